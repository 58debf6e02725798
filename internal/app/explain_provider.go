// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"slices"

	"offtake/internal/accounts"
	"offtake/internal/clause"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/provider"
	"offtake/internal/value/estimate"
)

// followedBuilds is what a commitment underwrites, with what it is made of.
type followedBuilds struct {
	*Underwriting
	floor, expected []billedLine
	builders        []string // the capacity clauses that something is built for
	built           [][]provider.Year
	out             []printed
}

// ofProvider are the figures of provider.
func (q explaining) ofProvider() ([]printed, error) {
	u, err := NewUnderwriting(q.src, q.e, q.d, q.opt)
	if err != nil {
		return nil, err
	}
	b, r := &followedBuilds{Underwriting: u}, u.run
	_, least := r.floors(q.d.Signed)
	b.floor, b.expected = r.floorLines(least), r.expectedLines(r.agreed())
	for _, c := range q.d.Clauses {
		if x, ok := c.(*clause.Capacity); ok {
			id := x.Head().ID
			if builds := r.buildsOf(func(o string) bool { return o == id }); len(builds) > 0 {
				b.builders, b.built = append(b.builders, id), append(b.built, u.terms.Years(builds, len(u.Years)))
			}
		}
	}
	b.add(composed{name: "capital", value: exactly(provider.CapitalCents(u.Years)), sources: b.byClause("built for", "provider.capital", provider.CapitalCents),
		doc: "All that is built costs", how: "Gigawatts that capacity clauses promise, and chips that replace others, at what a gigawatt costs, undiscounted."})
	for y := range u.Years {
		b.year(y)
	}
	b.debt()
	for at := range u.Failures {
		b.failure(at)
	}
	b.exposed()
	return b.out, nil
}

func (b *followedBuilds) add(c composed) {
	c.name = "provider." + c.name
	b.out = append(b.out, printed{c.name, func() (*Explained, error) { return b.run.composed(c), nil }})
}

// byClause is an amount of builds by the clauses that promise the capacity.
func (b *followedBuilds) byClause(label, inputs string, of func([]provider.Year) float64) []measure.Source {
	var out []measure.Source
	for k, id := range b.builders {
		out = append(out, measure.Source{Label: label, Clause: id, Sign: 1, Value: []float64{of(b.built[k])}, Inputs: []string{inputs, "clauses." + id + ".generations"}})
	}
	return out
}

// billed are the lines that a year's bills are made of.
func (b *followedBuilds) billed(lines []billedLine, y int) []measure.Source {
	return ofLines(lines, func(s accounts.Schedule) float64 { return b.run.contractYears(s)[y] })
}

func (b *followedBuilds) year(y int) {
	x, at, in := &b.Years[y], fmt.Sprintf("years.%d.", y+1), fmt.Sprintf(" in contract year %d", y+1)
	built := func(name, doc, how, label, inputs string, value float64, of func(*provider.Year) float64) {
		b.add(composed{name: at + name, value: exactly(value), doc: doc + in, how: how, sources: b.byClause(label, inputs, func(years []provider.Year) float64 { return of(&years[y]) })})
	}
	var running []measure.Source
	for k, id := range b.builders {
		running = append(running, measure.Source{Label: "power promised, GW", Clause: id, Unit: measure.Ratio, Value: []float64{b.built[k][y].PowerGW}, Inputs: []string{"clauses." + id + ".generations"}})
	}
	b.add(composed{name: at + "gw", unit: measure.Ratio, of: "GW", value: exactly(x.PowerGW), sources: running, doc: "Power that runs at the end of the year, or when the last of it stops," + in, how: "Of the generations that capacity clauses promise; replaced chips add none."})
	built("chips", "Chips built", "As they begin to run.", "chips for", "provider.capital.chips_per_gw", x.ChipsCents, func(x *provider.Year) float64 { return x.ChipsCents })
	built("shell", "Land, building, power and cooling built", "As they begin to run.", "built for", "provider.capital.shell_per_gw", x.ShellCents, func(x *provider.Year) float64 { return x.ShellCents })
	built("depreciation", "Depreciation", "In straight lines over the lives of chips and of the rest.", "written off for", "provider.capital", x.ChipsDepreciated+x.ShellWritten, func(x *provider.Year) float64 { return x.ChipsDepreciated + x.ShellWritten })
	before := 0.0
	if y > 0 {
		before = b.Years[y-1].BookCents
	}
	b.add(composed{name: at + "book_value", value: exactly(x.BookCents), doc: "What is not yet written off at the end" + in, how: "That of the year before, and what is built, less depreciation.",
		sources: append(append([]measure.Source{sumOf("of the year before", before)}, b.byClause("built for", "provider.capital", func(of []provider.Year) float64 { return of[y].ChipsCents + of[y].ShellCents })...),
			taken(b.byClause("written off for", "provider.capital", func(of []provider.Year) float64 { return of[y].ChipsDepreciated + of[y].ShellWritten }))...)})
	built("power", "Power drawn", "Gigawatts that run x hours x load x all power drawn over that of the machines x price.", "power for", "provider.power", x.EnergyCents, func(x *provider.Year) float64 { return x.EnergyCents })
	built("upkeep", "Upkeep", "A share of what running power costs to build.", "upkeep for", "provider.capital", x.UpkeepCents, func(x *provider.Year) float64 { return x.UpkeepCents })
	b.add(composed{name: at + "floor", value: exactly(b.Floor[y]), sources: b.billed(b.floor, y), moves: b.run.movesOf(b.floor), doc: "The least that is owed" + in, how: "Taken or not, as a buyer that leaves if that is cheaper would owe it, before default."})
	b.add(composed{name: at + "expected", value: b.expectedIn(y), sources: b.billed(b.expected, y), moves: b.run.movesOf(b.expected), doc: "What is expected to be billed" + in, how: "As agreed and before default."})
	how := "Stressed spend is a share of what is expected, and never below the floor that is delivered for."
	if b.quantiles {
		how = "The 5% quantile of what is billed in the year over the paths; beside it, what is expected."
	}
	b.add(composed{name: at + "stressed", value: exactly(b.Stressed[y]), sources: append(unsigned(b.billed(b.expected, y)), used("expected", measure.Money, b.Expected[y], "provider.stress"), used("floor", measure.Money, b.Floor[y])), moves: b.run.movesOf(b.expected), doc: "What is billed in a bad case" + in, how: how})
}

// expectedIn is what is expected to be billed in a year.
func (b *followedBuilds) expectedIn(y int) estimate.Estimate { return b.Underwriting.expected()[y] }

func (b *followedBuilds) debt() {
	rate, df, l := b.terms.Debt.Rate, 1.0, &b.Loan
	var parts []measure.Source
	for y, x := range l.Service {
		df /= 1 + rate
		parts = append(parts, sumOf(fmt.Sprintf("service of year %d at present value", y+1), float64(x*df), "provider.debt"))
	}
	moves := b.run.movesOf(b.floor)
	terms := measure.Source{Inputs: []string{"provider.capital", "provider.power"}}
	b.add(composed{name: "debt.amount", value: exactly(l.Cents), sources: append(slices.Clone(parts), append(unsigned(ofLines(b.floor, accounts.Schedule.Total)), terms)...), moves: moves,
		doc: "The debt that the floor carries, " + boundWords[l.Bound], how: "Its service at the rate of the debt: cash of the floor over the cover, and no more than the share of the capital cost that is lent. Below it, what the floor comes to."})
	floor, expected, stressed := b.cases()
	covers, least := b.expectedCover()
	owed := l.Cents
	for y, x := range l.Service {
		at, in := fmt.Sprintf("debt.years.%d.", y+1), fmt.Sprintf(" in contract year %d", y+1)
		cash := func(label string, lines []billedLine, billed float64) []measure.Source {
			return append(unsigned(b.billed(lines, y)), used(label, measure.Money, billed, "provider.debt"), used("power and upkeep", measure.Money, b.Years[y].Running(), "provider.power", "provider.capital"))
		}
		b.add(composed{name: at + "service", value: exactly(x), sources: cash("floor", b.floor, b.Floor[y]), moves: moves, doc: "Debt service" + in,
			how: "What the floor leaves after power and upkeep, over the cover, if it is sculpted; that of the worst year, if it is level; lowered in proportion where the capital cost bounds the debt."})
		b.add(composed{name: at + "owed", value: exactly(l.Left[y]), sources: []measure.Source{sumOf("owed before", owed, "provider.debt"), sumOf("interest", float64(owed*rate)), {Label: "service", Sign: -1, Value: []float64{x}}}, doc: "What is owed at the end" + in, how: "What was owed, and interest on it, less the year's service."})
		owed = l.Left[y]
		for _, c := range []struct {
			name, words string
			lines       []billedLine
			billed      float64
			value       estimate.Estimate
		}{{"floor", "the floor", b.floor, b.Floor[y], exactly(floor[y])}, {"stressed", "stressed spend", b.expected, b.Stressed[y], exactly(stressed[y])}, {"expected", "expected spend", b.expected, b.Expected[y], covers[y]}} {
			b.add(composed{name: at + "cover_" + c.name, unit: measure.Ratio, value: c.value, moves: b.run.movesOf(c.lines), doc: "Cover on " + c.words + in, how: "What is billed, less power and upkeep, over debt service.",
				sources: append(cash(c.words, c.lines, c.billed), used("debt service", measure.Money, x))})
		}
	}
	b.least("floor", b.floor, floor, exactly(provider.Least(floor)))
	b.least("stressed", b.expected, stressed, exactly(provider.Least(stressed)))
	b.least("expected", b.expected, expected, least)
}

// least is the least cover of the years in one case.
func (b *followedBuilds) least(name string, lines []billedLine, covers []float64, value estimate.Estimate) {
	sources := unsigned(ofLines(lines, accounts.Schedule.Total))
	for y, x := range covers {
		sources = append(sources, used(fmt.Sprintf("cover of year %d", y+1), measure.Ratio, x, "provider.debt", "provider.power", "provider.capital"))
	}
	b.add(composed{name: "debt.least_cover_" + name, unit: measure.Ratio, value: value, sources: sources, moves: b.run.movesOf(lines), doc: "The least cover of all years", how: "The lowest of those below, of years in which something is due."})
}

func (b *followedBuilds) failure(at int) {
	x, f := &b.Failures[at], fmt.Sprintf("failures.%d.", at)
	in := " if the buyer fails at the end of contract year " + fmt.Sprint(at)
	if at == 0 {
		in = " if the buyer fails at the start"
	}
	rate, resale := b.terms.Debt.Rate, b.terms.Resale
	moves := b.run.movesOf(b.floor)
	present := func(years []float64) float64 {
		sum, df := 0.0, 1.0
		for y := at; y < len(years); y++ {
			df /= 1 + rate
			sum += float64(years[y] * df)
		}
		return sum
	}
	lines := ofLines(b.floor, func(s accounts.Schedule) float64 { return present(b.run.contractYears(s)) })
	for i := range lines {
		lines[i].Inputs = []string{"provider.debt.rate"}
	}
	b.add(composed{name: f + "floor", value: exactly(x.FloorCents), sources: lines, moves: moves, doc: "The floor still to run" + in, how: "At present value on that day, at the rate of the debt."})
	b.add(composed{name: f + "lost", value: exactly(x.LostCents), sources: append(unsigned(lines), used("floor still to run", measure.Money, x.FloorCents, "provider.resale")), moves: moves, doc: "What of the floor letting the capacity to others does not bring" + in, how: "The floor still to run x (1 - resale)."})
	book := []measure.Source{sumOf("nothing is built yet", 0)}
	debt := []measure.Source{sumOf("debt", x.DebtCents, "provider.debt")}
	if at > 0 {
		book = b.byClause("not written off, built for", "provider.capital", func(of []provider.Year) float64 { return of[at-1].BookCents })
	}
	b.add(composed{name: f + "book_value", value: exactly(x.BookCents), sources: book, doc: "What is not yet written off" + in, how: "As provider.years has it at the end of the year."})
	b.add(composed{name: f + "debt", value: exactly(x.DebtCents), sources: debt, doc: "What is owed" + in, how: "As provider.debt has it at the end of the year."})
	var cash []measure.Source
	df := 1.0
	for y := at; y < min(len(b.Floor), len(b.Loan.Service)); y++ {
		df /= 1 + rate
		cash = append(cash, sumOf(fmt.Sprintf("of year %d", y+1), float64(max(0, float64(resale*b.Floor[y])-b.Years[y].Running())*df), "provider.resale", "provider.power", "provider.capital", "provider.debt"))
	}
	b.add(composed{name: f + "cash", value: exactly(x.CashCents), sources: append(cash, unsigned(lines)...), moves: moves, doc: "Cash from letting to others over the debt's tenor" + in, how: "Resale x floor less power and upkeep, where that is above zero, at present value; below it, what the floor still to run comes to."})
	b.add(composed{name: f + "short", value: exactly(x.ShortCents), sources: append([]measure.Source{used("owed", measure.Money, x.DebtCents, "provider.debt"), used("cash from letting to others", measure.Money, x.CashCents, "provider.resale", "provider.power", "provider.capital")}, unsigned(lines)...), moves: moves, doc: "What of the debt is not paid" + in, how: "What is owed less that cash; nothing if the cash is more."})
}

func (b *followedBuilds) exposed() {
	backlog, equity := b.Exposure()
	floor := unsigned(ofLines(b.floor, accounts.Schedule.Total))
	if backlog != nil {
		b.add(composed{name: "exposure.backlog", unit: measure.Rate, value: exactly(*backlog), moves: b.run.movesOf(b.floor), doc: "The floor as a share of the supplier's backlog", how: "The floor in all over the backlog.",
			sources: append(slices.Clone(floor), used("backlog", measure.Money, *b.run.Deal.Accounting.BacklogCents, "accounting.supplier_backlog"))})
	}
	if equity != nil {
		most := 0.0
		for _, x := range b.Failures {
			most = math.Max(most, x.LostCents)
		}
		b.add(composed{name: "exposure.equity", unit: measure.Rate, value: exactly(*equity), moves: b.run.movesOf(b.floor), doc: "What the supplier would lose of the floor at most as a share of its equity", how: "The most of provider.failures over its equity.",
			sources: append(slices.Clone(floor), used("most lost", measure.Money, most, "provider.resale", "provider.debt.rate"), used("equity", measure.Money, *b.terms.Balance.EquityCents, "provider.balance.equity"))})
	}
	c, ok := b.unitCost()
	if !ok {
		return
	}
	taken := used("units taken, at the market price", measure.Money, pvMarket(b.run), "world.market_price", "world.need")
	b.add(composed{name: "unit_cost.built", unit: measure.Price, value: exactly(c.Built), sources: append(unsigned(b.byClause("built, undiscounted, for", "provider", provider.CapitalCents)), taken), doc: "What a unit taken costs by the provider's terms", how: "Capital less what is left of it at the end, power and upkeep, at present value, over the units expected to be taken in the base run at present value."})
	if !math.IsNaN(c.Share) {
		var generations []string
		for _, id := range b.builders {
			generations = append(generations, "clauses."+id+".generations")
		}
		share := []measure.Source{used("units taken", measure.Units, c.Units, "world.market_price", "world.need"), used("units delivered, as agreed", measure.Units, c.Units/c.Share, generations...)}
		b.add(composed{name: "unit_cost.taken_share", unit: measure.Rate, value: exactly(c.Share), sources: share, doc: "What part of the delivered units is taken", how: "Units taken over units delivered, both in the base run and at present value."})
		b.add(composed{name: "unit_cost.if_all_taken", unit: measure.Price, value: exactly(c.Full()), sources: append(share, used("cost of a unit taken", measure.Price, c.Built, "provider.capital", "provider.power")), doc: "What a unit would cost if all that is delivered were taken", how: "provider.unit_cost.built x provider.unit_cost.taken_share."})
	}
	if !math.IsNaN(c.Stated) {
		b.add(composed{name: "unit_cost.stated", unit: measure.Price, value: exactly(c.Stated), sources: []measure.Source{taken, {Inputs: []string{"world.cost.build"}}}, doc: "What a unit taken costs as the world has it", how: "world.cost.build of the units taken, over them, both at present value in the base run."})
	}
}

// pvMarket is what the units taken in the base run are worth at the market price.
func pvMarket(r *Run) float64 {
	base := paths.RunBase(r.Base.Job.Detailed(nil))
	return base.Values[measure.Find(base.Measures, "pv_market", "", "", 0)]
}
