// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"strings"

	"offtake/internal/clause"
	"offtake/internal/unit"
)

// Why a deal does not have a figure.
const (
	nothingPromised = "nothing is committed"
	noCapital       = "the supplier puts in no capital"
	noCheque        = "the supplier buys no shares"
	noCapacity      = "no capacity is promised in gigawatts"
	neverFails      = "in the file's world the buyer cannot fail"
	noDeficiency    = "no commitment charges a deficiency"
	noSpend         = "nothing is paid for use"
	noGifts         = "no grants, warrants or soft loans"
	noShares        = "nobody who is a party comes to hold shares of the buyer"
)

// A besideRow is one question that is put to each deal.
type besideRow struct {
	group, label string
	of           func(r *Run) Reading
}

// besideRows are the questions, in the order of the page.
var besideRows = []besideRow{
	{"What is promised", "commitment", func(r *Run) Reading { return r.reading("commitment", "", "", 0, nothingPromised) }},
	{"What is promised", "length of the deal", func(r *Run) Reading { return stated(r.Deal.Term.Words()) }},
	{"What is promised", "commitment a year", (*Run).commitmentYearly},
	{"What is promised", "capacity, GW-years", (*Run).capacityYears},
	{"What is promised", "commitment per GW-year", (*Run).commitmentPerGWYear},
	{"What is promised", "PV spend", func(r *Run) Reading { return r.reading("pv_spend", "", "", 0, noSpend) }},
	{"What is promised", "PV spend a year", func(r *Run) Reading {
		return r.scaled(r.reading("pv_spend", "", "", 0, noSpend), 1/r.Deal.Term.Years(), r.inCurrency)
	}},
	{"Against capital", "commitment / first cheque", func(r *Run) Reading { return r.reading("headline_ratio", "", "", 0, r.unless(noCheque)) }},
	{"Against capital", "commitment / all capital", func(r *Run) Reading { return r.reading("total_ratio", "", "", 0, r.unless(noCapital)) }},
	{"Against capital", "PV spend / PV capital", func(r *Run) Reading { return r.reading("survival_ratio", "", "", 0, noCapital) }},
	{"Against capital", "first year's spend funded", func(r *Run) Reading { return r.reading("months_funded", "", "", 0, noCapital) }},
	{"Against capital", "cash back reaches capital", func(r *Run) Reading { return r.reading("round_trip_month", "", "", 0, noCapital) }},
	{"Against capital", "own money in revenue, if it mixes", func(r *Run) Reading {
		return r.reading("own_money_proportional", "", "", 0, "needs capital, and the buyer's other money (world.other_inflow)")
	}},
	{"What compute costs", "price / market price", (*Run).priceOverMarket},
	{"What compute costs", "discount off list", (*Run).listDiscount},
	{"What compute costs", "net gift by other clauses / spend", func(r *Run) Reading { return r.reading("effective_discount", "", "", 0, noGifts) }},
	{"If it takes less", "share that must be paid for", func(r *Run) Reading {
		return r.ofCommitment(func(c *clause.Commitment) string { return unit.FormatRate(c.Take) })
	}},
	{"If it takes less", "price of what is missing", func(r *Run) Reading {
		return r.ofCommitment(func(c *clause.Commitment) string { return unit.FormatRate(c.Deficiency) })
	}},
	{"If it takes less", "relief for late capacity", func(r *Run) Reading { return r.ofCommitment(reliefWords) }},
	{"If it takes less", "make-up", func(r *Run) Reading { return r.ofCommitment(makeUpWords) }},
	{"If it takes less", "carry-forward", func(r *Run) Reading { return r.ofCommitment(carryWords) }},
	{"If it takes less", "chance of any deficiency", func(r *Run) Reading { return r.chanceOf("deficiency_total", "", 0, noDeficiency) }},
	{"If it takes less", "mean deficiency / commitment", func(r *Run) Reading { return r.per("deficiency_total", "", "commitment", "", noDeficiency) }},
	{"What capital costs", "share of the buyer bought", func(r *Run) Reading { return r.reading("stake", "", "", 0, noCheque) }},
	{"What capital costs", "supplier's whole share after", func(r *Run) Reading {
		return r.reading("stake_after", r.Deal.Supplier(), "", 0, noShares)
	}},
	{"What capital costs", "implied cost of capital", func(r *Run) Reading { return r.reading("implied_cost_of_capital", "", "", 0, noCheque) }},
	{"What it is worth", "NPV to the supplier", func(r *Run) Reading { return r.reading("npv", r.Deal.Supplier(), "", 0, noSpend) }},
	{"What it is worth", "the same / PV capital", (*Run).worthPerCapital},
	{"What it is worth", "the same / PV spend", func(r *Run) Reading { return r.per("npv", r.Deal.Supplier(), "pv_spend", "", noSpend) }},
	{"What it is worth", "NPV to the buyer's other holders", func(r *Run) Reading { return r.reading("npv", r.Deal.Buyer(), "", 0, noSpend) }},
	{"What it is worth", "chance that the buyer fails", func(r *Run) Reading { return r.chanceOf("default", "", 0, neverFails) }},
	{"What it is worth", "lost to that / PV spend", func(r *Run) Reading { return r.per("default_loss", "", "pv_spend", "", neverFails) }},
}

// unless is why there is no ratio of a commitment to capital.
func (r *Run) unless(why string) string {
	if r.seen("commitment", "", "", 0) < 0 {
		return nothingPromised
	}
	return why
}

// commitments are the deal's, the largest first.
func (r *Run) largestCommitment() *clause.Commitment {
	var out *clause.Commitment
	for _, c := range r.Deal.Clauses {
		if x, ok := c.(*clause.Commitment); ok && (out == nil || x.Total.Value > out.Total.Value) {
			out = x
		}
	}
	return out
}

// ofCommitment is what the largest commitment says.
func (r *Run) ofCommitment(say func(*clause.Commitment) string) Reading {
	c := r.largestCommitment()
	if c == nil {
		return none(nothingPromised)
	}
	return stated(say(c))
}

func reliefWords(c *clause.Commitment) string {
	return map[string]string{"impossibility": "what could not be taken", "pro_rata": "undelivered share", "none": "none"}[c.Relief]
}

func makeUpWords(c *clause.Commitment) string {
	switch {
	case c.MakeUp == nil && c.Credit != nil:
		return "as prepaid credit"
	case c.MakeUp == nil:
		return "none"
	case c.MakeUp.Life == 0:
		return "without end"
	}
	return counted(c.MakeUp.Life, "period")
}

func carryWords(c *clause.Commitment) string {
	switch {
	case c.Carry == nil:
		return "none"
	case c.Carry.Cap < 0:
		return "without cap"
	}
	return "up to " + unit.FormatRate(c.Carry.Cap)
}

// committedCents is what commitments come to together.
func (r *Run) committedCents() float64 { return r.Base.Job.Setting(true).CommitmentCents }

// committedYears is from the first day of any commitment to the last.
func (r *Run) committedYears() float64 {
	grid, from, to := r.Deal.Grid(), -1, 0
	for _, c := range r.Deal.Clauses {
		if x, ok := c.(*clause.Commitment); ok {
			first, last := x.Window(grid)
			if from < 0 || first < from {
				from = first
			}
			to = max(to, last)
		}
	}
	return float64(to-max(from, 0)) / float64(grid.StepsPerYear())
}

// commitmentYearly is the commitment over the years that it runs.
func (r *Run) commitmentYearly() Reading {
	years := r.committedYears()
	if r.committedCents() == 0 || years == 0 {
		return none(nothingPromised)
	}
	return r.moneyReading(r.committedCents()/years, "commitment")
}

// gwYears is the capacity that is promised, in gigawatts times years, as promised and
// whether taken or not.
func (r *Run) gwYears() float64 {
	sum := 0.0
	for _, b := range r.builds() {
		sum += float64(b.PowerGW * (b.Until - b.Years))
	}
	return sum
}

func (r *Run) capacityYears() Reading {
	x := r.gwYears()
	if x == 0 {
		return none(noCapacity)
	}
	return Reading{Unit: "GW-years", Value: finite(x), Text: unit.FormatNumber(x)}
}

func (r *Run) commitmentPerGWYear() Reading {
	switch {
	case r.committedCents() == 0:
		return none(nothingPromised)
	case r.gwYears() == 0:
		return none(noCapacity)
	}
	return r.moneyReading(r.committedCents()/r.gwYears(), "commitment")
}

// listDiscount is what the price clauses take off the list price.
func (r *Run) listDiscount() Reading {
	var out []string
	for _, c := range r.Deal.Clauses {
		x, ok := c.(*clause.Price)
		switch {
		case !ok:
		case x.Fixed != nil:
			out = append(out, "fixed price")
		case len(x.Tiers) > 0:
			out = append(out, "by tiers")
		default:
			out = append(out, unit.FormatRate(x.Discount))
		}
	}
	if len(out) == 0 {
		return none("no price is stated")
	}
	return stated(strings.Join(distinct(out), ", "))
}

// distinct are texts without those that came before.
func distinct(all []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, x := range all {
		if !seen[x] {
			seen[x], out = true, append(out, x)
		}
	}
	return out
}

// worthPerCapital is the supplier's value for each unit of currency that it puts in: both
// as present values. PV capital is PV spend over the ratio of the two.
func (r *Run) worthPerCapital() Reading {
	i, j := r.seen("survival_ratio", "", "", 0), r.seen("pv_spend", "", "", 0)
	if i < 0 || j < 0 || !(r.Sample.OfMeans[i] > 0) {
		return none(noCapital)
	}
	capital := r.Sample.Estimates[j].Mean / r.Sample.OfMeans[i]
	x := r.scaled(r.reading("npv", r.Deal.Supplier(), "", 0, noCapital), unit.MinorPerMajor/capital, unit.FormatNumber)
	x.Unit, x.P5, x.P95, x.Figures = "ratio", nil, nil, append(x.Figures, "pv_spend", "survival_ratio")
	return x
}

// besideNote says how the rows are to be read.
func besideNote(paths int, seed uint64) string {
	return fmt.Sprintf("Means over %s paths (seed %d), ± half a 95%% confidence interval; in brackets where 90%% of paths lie, of ratios and rates, which are of the mean flows. GW-years count capacity as promised, taken or not; "+
		"what is reckoned per PV capital has the error of its numerator alone.", unit.FormatCount(paths), seed)
}
