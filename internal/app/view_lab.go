// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"strings"

	"offtake/internal/clause"
	"offtake/internal/report"
)

// lab are the questions of the lab.
func (v *View) lab() []Answer {
	return []Answer{v.binds(), v.moneyCosts(), v.deficiency(), v.runway(), v.leaving(), v.ladder("Which exclusivity and first refusal bind it?")}
}

// binds is what the lab owes whatever happens.
func (v *View) binds() Answer {
	r := v.run
	a := Answer{Question: "What does this bind it to?", Clauses: v.of(nil, "commitment", "lease", "prepayment", "charge"),
		Assumed: needNote, Rests: []string{"world.need", "world.market_price"}}
	committed, escapeNot := r.reading("commitment", "", "", 0, nothingPromised), r.reading("effective_commitment", "", "", 0, nothingPromised)
	share, year := v.mostBound()
	switch {
	case !committed.known() && !v.bindsSomething():
		a.Says = fmt.Sprintf("Nothing is committed: %s pays %s for what it takes.", v.labName(), v.cloudName())
	case !committed.known():
		a.Says = fmt.Sprintf("No total is committed, but %s of the need of %s is bound here in year %d by other terms.", wholePercent(share.Mean), v.labName(), year)
	default:
		a.Says = fmt.Sprintf("%s promises %s; %s of it must be paid even if it takes nothing and uses any right to leave at once. At the most, first in year %d, that is %s of its firm need.",
			v.labName(), committed.Text, escapeNot.Text, year, wholePercent(share.Mean))
		if share.Mean == 0 {
			a.Says = fmt.Sprintf("%s promises %s, of which %s must be paid even if it takes nothing and uses any right to leave at once.", v.labName(), committed.Text, escapeNot.Text)
		}
	}
	a.Figures = []Told{{"commitment", committed}, {"of it, cannot be escaped", escapeNot}, v.figure("present value of spend", "pv_spend", "", noSpend)}
	if v.bindsSomething() {
		a.Blocks = []report.Block{v.byYears("", v.cents("Owed here", func(y *viewYear) float64 { return y.Floor }), v.cents("Owed elsewhere", func(y *viewYear) float64 { return y.Elsewhere }),
			v.estimated("Need", needColumn), shareColumn("Bound here", boundColumn))}
	}
	return a
}

// moneyCosts is what the capital costs the lab.
func (v *View) moneyCosts() Answer {
	r := v.run
	a := Answer{Question: "What does the money cost?", Clauses: v.of(nil, "equity", "note", "loan", "facility", "warrant"), Rests: []string{"world.lab_value", "world.list_price", "world.market_price"},
		Assumed: "The implied cost takes the stake at what the world says that the lab is worth."}
	cost, rate, stake := r.reading("implied_cost_of_capital", "", "", 0, noCheque), r.reading("irr", r.Deal.Buyer(), "", 0, noCapital), r.reading("stake", "", "", 0, noCheque)
	switch {
	case cost.known():
		a.Says = fmt.Sprintf("What %s pays above the market for compute and the shares it gives come to %s a year on the cheques; it gives up %s of itself for them.", v.labName(), cost.Text, stake.Text)
	case rate.known():
		a.Says = fmt.Sprintf("The money it gets costs %s %s a year, by all that it pays above the market and gives up.", v.labName(), rate.Text)
	case stake.known():
		a.Says = fmt.Sprintf("No one yearly rate says it; %s gives up %s of itself.", v.labName(), stake.Text)
	default:
		a.Says = fmt.Sprintf("%s buys no shares of %s, and no rate of return is defined for what it puts in, if anything.", v.cloudName(), v.labName())
	}
	a.Figures = []Told{{"implied cost of capital", cost}, {"yearly rate it pays for this money", rate}, {"share of it bought by the cheques", stake},
		v.figure("whole share of "+v.cloudName()+" after", "stake_after", r.Deal.Supplier(), noShares), v.figure("cheques above fair value", "premium", "", noCheque),
		{"price / market price", r.priceOverMarket()}, v.figure("cheques less overcharge", "net_equity_price", "", noCheque)}
	return a
}

// deficiency is how likely and how large it is, by period.
func (v *View) deficiency() Answer {
	r := v.run
	a := Answer{Question: "How likely is a deficiency, and how large?", Rests: []string{"world.need", "world.market_price", "policy.take"},
		Assumed: "It takes compute as the file's policy says, and need falls as its world has it."}
	p, mean := r.chanceOf("deficiency_total", "", 0, noDeficiency), r.reading("deficiency_total", "", "", 0, noDeficiency)
	a.Figures = []Told{{"chance of any", p}, {"in all, not discounted", mean}, v.figure("the worst period's", "deficiency_worst", "", noDeficiency), v.figure("with others, in all", "deficiency_elsewhere", "", "it has no minimums with others")}
	switch {
	case !p.known():
		a.Says = "None: no commitment here charges one."
		return a
	case *p.Value == 0:
		a.Says = fmt.Sprintf("No path of the sample has one: the chance is %s.", p.Text)
	default:
		a.Says = fmt.Sprintf("One is charged on %s of paths and comes to %s on average over all of them.", p.Text, mean.Text)
	}
	for _, id := range v.of(nil, "commitment") {
		if t, any := r.deficiencies(id); any {
			a.Blocks = append(a.Blocks, t)
		}
	}
	return a
}

// runway is what the capital pays for.
func (v *View) runway() Answer {
	r := v.run
	a := Answer{Question: "How long does the money last?", Rests: []string{"world.need", "world.list_price", "world.default.cash"}, Assumed: "The pace is that of the first contract year."}
	months, out := r.reading("months_funded", "", "", 0, noCapital), r.chanceOf("cash_out", "", 0, "the world has no account of the lab's cash (world.default.cash)")
	a.Says = "The supplier puts in no money that could fund any spend."
	if months.known() {
		a.Says = fmt.Sprintf("The first money pays for %s of spend at the pace of the first year.", months.Text)
	}
	if out.known() {
		a.Says += fmt.Sprintf(" Its cash runs out on %s of paths.", out.Text)
	}
	a.Figures = []Told{{"first year's spend funded", months}, {"cash runs out", out}}
	if out.known() {
		a.Figures = append(a.Figures, v.figure("when it does", "cash_out_month", "", out.Why), v.figure("lowest cash", "least_cash", "", out.Why))
	}
	return a
}

// leaving is what ending the agreement costs.
func (v *View) leaving() Answer {
	r := v.run
	ids := v.of(nil, "termination", "switching")
	exits := v.of(func(c clause.Clause) bool { x := c.(*clause.Commitment); return x.Exit != nil }, "commitment")
	a := Answer{Question: "What does leaving cost?", Clauses: append(ids, exits...), Assumed: "The least is that of a lab that takes nothing and leaves by the cheapest right on the first day that it may, once all is delivered."}
	stay, least := r.floors(r.Deal.Signed)
	all, out := r.floorSchedule(stay).Total(), r.floorSchedule(least).Total()
	a.Figures = []Told{{"owed if it stays and takes nothing", r.moneyReading(all)}, {"owed if it leaves as soon as it may", r.moneyReading(out)}}
	switch {
	case all < cent:
		a.Says = "Nothing is owed for what is not taken, so that stopping costs nothing but the money that was put in."
	case least.Leaves:
		a.Says = fmt.Sprintf("By leaving as soon as it may, %s owes %s instead of %s.", v.labName(), money(r.Deal, out), money(r.Deal, all))
	case len(a.Clauses) > 0:
		a.Says = fmt.Sprintf("No right to leave lowers the %s that is owed: those there are need a ground, or cost more.", money(r.Deal, all))
	default:
		a.Says = fmt.Sprintf("No clause lets %s leave: %s is owed, taken or not.", v.labName(), money(r.Deal, all))
	}
	return a
}

// binds tells whether a level holds the lab to anything.
func binds(g clause.Rung) bool { return g.Level == "exclusive" || g.Level == "first_refusal" }

// ladder is which exclusivity binds when, and which rights stand beside it.
func (v *View) ladder(question string) Answer {
	a := Answer{Question: question, Clauses: v.of(nil, "exclusivity")}
	var binding, rights []string
	t := report.Table{Columns: []report.Column{{Title: "From", Align: report.AlignLeft}, {Title: "Level", Align: report.AlignLeft}, {Title: "Of the need", Align: report.AlignRight}, {Title: "Clause", Align: report.AlignLeft}}}
	for _, c := range v.run.Deal.Clauses {
		switch x := c.(type) {
		case *clause.Exclusivity:
			for _, g := range x.Ladder {
				from := "the start"
				if !g.From.IsZero() {
					from = g.From.String()
				}
				scope := "-"
				if binds(g) {
					scope = wholePercent(g.Scope)
					binding = append(binding, strings.ReplaceAll(g.Level, "_", " ")+" from "+from)
				}
				t.Rows = append(t.Rows, report.Row(from, strings.ReplaceAll(g.Level, "_", " "), scope, x.Head().ID))
			}
		case *clause.Right:
			if x.Alone || x.What == "exclusive_resale" || x.What == "partner_status" || x.Blocks == "exit" {
				rights = append(rights, x.Head().ID)
			}
		}
	}
	a.Clauses = append(a.Clauses, rights...)
	switch {
	case len(binding) > 0:
		a.Says = fmt.Sprintf("Need is bound here: %s.", enumerate(binding))
	case len(t.Rows) > 0 || len(rights) > 0:
		a.Says = fmt.Sprintf("No clause makes %s run need here; titles and other rights stand beside.", v.labName())
	default:
		a.Says = fmt.Sprintf("None: %s may run what it does not owe here wherever it likes.", v.labName())
	}
	if len(t.Rows) > 0 {
		a.Blocks = append(a.Blocks, t)
	}
	a.Figures = []Told{{"levels that bind need", stated(fmt.Sprint(len(binding)))}, {"rights of it alone, or as a partner", stated(fmt.Sprint(len(rights)))}}
	a.Assumed = "What a right of no amount is worth, or keeps others from, is in no figure."
	return a
}
