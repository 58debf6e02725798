// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"

	"offtake/internal/provider"
	"offtake/internal/report"
	"offtake/internal/unit"
)

// cloud are the questions of the supplier.
func (v *View) cloud() []Answer {
	return []Answer{v.back(), v.lost(), v.underwrites(), v.discounts(), v.ownMoney(), v.worth()}
}

// underwriting is what the commitment carries; nil where no capacity is promised.
func (v *View) underwriting(opt RunOptions) *Underwriting {
	u, err := NewUnderwriting(v.run.Source, v.run.Edits, v.run.Deal, opt)
	if err != nil {
		return nil
	}
	return u
}

// back is when the supplier has its money back.
func (v *View) back() Answer {
	r, cloud := v.run, v.run.Deal.Supplier()
	a := Answer{Question: "What does it get back, and when?", Clauses: v.of(nil, "equity", "note", "loan", "facility", "prepayment"), Rests: []string{"world.need", "world.list_price"},
		Assumed: "Cash back is all that is paid for compute, of which a part only is gain."}
	month := r.reading("round_trip_month", "", "", 0, noCapital)
	switch {
	case month.known():
		a.Says = fmt.Sprintf("Cash paid for compute first reaches the capital put in in %s on average", month.Text)
		if a.Says += "."; month.Never > 0 {
			a.Says = fmt.Sprintf("Cash paid for compute first reaches the capital put in in %s on average; on %s of paths it never does.", month.Text, unit.FormatRate(month.Never))
		}
	case month.Why == noCapital:
		a.Says = fmt.Sprintf("%s puts no money into %s, so that there is none to come back.", v.cloudName(), v.labName())
	default:
		a.Says = fmt.Sprintf("No month can be named: %s.", month.Why)
	}
	a.Figures = []Told{{"cash back reaches capital", month}, v.figure("deepest outlay", "peak_exposure", cloud, noCapital), v.figure("money in / money out", "multiple", cloud, noCapital),
		v.figure("internal rate of return", "irr", cloud, noCapital), v.figure("gain on compute / capital", "margin_ratio", "", noCapital), v.figure("receives in all", "total_received", cloud, noSpend), v.figure("gives in all", "total_given", cloud, noSpend)}
	return a
}

// lost is what the buyer's failure costs.
func (v *View) lost() Answer {
	r := v.run
	a := Answer{Question: fmt.Sprintf("What is lost if %s fails?", v.labName()), Clauses: v.of(nil, "default", "guarantee", "collateral", "backstop"), Rests: []string{"world.default", "provider.resale"},
		Assumed: "A probability of failure is the world's, for pricing, and no forecast."}
	p, loss := r.chanceOf("default", "", 0, neverFails), r.reading("default_loss", r.Deal.Supplier(), "", 0, neverFails)
	a.Figures = []Told{{"chance that it fails within the run", p}, {"value lost to that, on average", loss}, v.figure("estate's payments less bills lost", "credit_loss", "", neverFails)}
	a.Says = fmt.Sprintf("In the file's world %s cannot fail, and nothing is lost.", v.labName())
	if p.known() {
		a.Says = fmt.Sprintf("It fails on %s of paths; that costs %s %s of value on average over all of them.", p.Text, v.cloudName(), loss.Text)
	}
	u := v.underwriting(RunOptions{})
	if u == nil {
		return a
	}
	worst, at := 0.0, 0
	for year, f := range u.Failures {
		if f.LostCents > worst {
			worst, at = f.LostCents, year
		}
	}
	if worst > cent {
		a.Says += fmt.Sprintf(" Of the committed floor, at the most %s would be lost, if it fails %s.", money(r.Deal, worst), atYear(at))
		a.Figures = append(a.Figures, Told{"most of the floor that is lost", r.moneyReading(worst)})
	}
	return a
}

// underwrites is what can be built and borrowed on the deal.
func (v *View) underwrites() Answer {
	r := v.run
	a := Answer{Question: "What does it underwrite?", Clauses: v.of(nil, "capacity"), Rests: []string{"provider"},
		Assumed: "What building, running and borrowing costs is in provider: usual values where the file gives none (docs/provider.md)."}
	u := v.underwriting(RunOptions{})
	_, least := r.floors(r.Deal.Signed)
	floor := r.floorSchedule(least).Total()
	if u == nil {
		a.Says = fmt.Sprintf("The committed floor is %s. No capacity is promised, so that nothing is built for the deal alone.", money(r.Deal, floor))
		a.Figures = []Told{{"committed floor", r.moneyReading(floor)}, {"capital cost of what is built", none(noCapacity)}}
		return a
	}
	capital := provider.CapitalCents(u.Years)
	onFloor, _, _ := u.cases()
	a.Says = fmt.Sprintf("What is promised costs %s to build; the floor of %s is %s of that and carries debt of %s.", money(r.Deal, capital), money(r.Deal, floor), ratio(floor, capital), money(r.Deal, u.Loan.Cents))
	a.Figures = []Told{{"committed floor", r.moneyReading(floor)}, {"capital cost of what is built", r.moneyReading(capital)}, {"debt that the floor carries", r.moneyReading(u.Loan.Cents)},
		{"least cover on the floor", stated(cover(provider.Least(onFloor)))}}
	return a
}

// giftTold is the least share of what is billed that is told of.
const giftTold = 0.001

// discounts is what the price comes to.
func (v *View) discounts() Answer {
	r := v.run
	a := Answer{Question: "What discount does it give?", Clauses: v.of(nil, "price", "grant", "warrant", "hardware"), Rests: []string{"world.list_price", "world.market_price"},
		Assumed: "The market price is what the file's world says it is."}
	per, gift := r.priceOverMarket(), r.reading("effective_discount", "", "", 0, noGifts)
	a.Says = "Nothing is taken, so that there is no price."
	if per.known() {
		a.Says = fmt.Sprintf("A unit costs %s times its market price in the end.", per.Text)
		switch {
		case gift.Value == nil || math.Abs(*gift.Value) < giftTold:
		case *gift.Value > 0:
			a.Says += fmt.Sprintf(" Grants, warrants and soft terms give another %s of what is billed.", gift.Text)
		default:
			a.Says += fmt.Sprintf(" Other clauses take more than they give, by %s of what is billed.", unit.FormatRate(-*gift.Value))
		}
	}
	a.Figures = []Told{{"price / market price", per}, {"discount off list, as stated", r.listDiscount()}, v.figure("effective price", "effective_price", "", noSpend), v.figure("market price of the same units", "effective_market_price", "", noSpend),
		v.figure("overcharge, as a present value", "overcharge", "", noSpend), {"net gift by other clauses / spend", gift}}
	return a
}

// ownMoney is how much of the revenue is the supplier's own money.
func (v *View) ownMoney() Answer {
	r := v.run
	needs := "needs capital, and the buyer's other money (world.other_inflow)"
	a := Answer{Question: "How much of the revenue is its own money?", Rests: []string{"world.other_inflow"}, Assumed: "Cash is fungible: no one number is right, and the range is the answer."}
	first, last, mixed := r.reading("own_money_first", "", "", 0, noCapital), r.reading("own_money_last", "", "", 0, needs), r.reading("own_money_proportional", "", "", 0, needs)
	switch {
	case !first.known():
		a.Says = "None: " + first.Why + "."
	case !last.known():
		a.Says = fmt.Sprintf("Up to %s, if its money is spent on it first; the other end of the range needs world.other_inflow.", first.Text)
	default:
		a.Says = fmt.Sprintf("Between %s and %s of revenue, as one counts; %s if money mixes.", last.Text, first.Text, mixed.Text)
	}
	a.Figures = []Told{{"if it is spent here first", first}, {"if money mixes", mixed}, {"if it is spent here last", last}}
	return a
}

// worth is the value under each view of the cost.
func (v *View) worth() Answer {
	r, cloud := v.run, v.run.Deal.Supplier()
	a := Answer{Question: "What is it worth?", Says: r.verdict() + r.onPaths(), Rests: []string{"world.cost", "world.discount", "world.lab_value"},
		Assumed: "Capacity is seen as sunk, scarce (it could be sold to others) or built for this; the headline is " + r.Deal.World.Cost.Headline + "."}
	for _, c := range r.Base.Job.Plan.Costs {
		a.Figures = append(a.Figures, v.figure("if its capacity is "+costWords[c.Name], "npv_if_"+c.Name, cloud, noSpend))
	}
	a.Figures = append(a.Figures, v.figure("at its own hurdle rate", "npv_at_hurdle", cloud, "the world has no hurdle rate of it"))
	i := r.seen("npv", cloud, "", 0)
	if e := &r.Sample.Estimates[i]; e.Varies() {
		a.Blocks = []report.Block{r.distribution(fmt.Sprintf("Net present value to %s, over sampled paths.", v.cloudName()), r.Sample.Measures[i], e)}
	}
	return a
}
