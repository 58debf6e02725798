// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"

	"offtake/internal/clause"
	"offtake/internal/provider"
	"offtake/internal/report"
	"offtake/internal/unit"
)

// lender are the questions of who lends to the cloud for what it builds.
func (v *View) lender() []Answer {
	u := v.underwriting(RunOptions{Paths: v.run.Options.Paths, Seed: v.run.Options.Seed, Workers: v.run.Options.Workers})
	return []Answer{v.floorOf(), v.coverOf(u), v.failing(u), v.endings(), v.concentrated(u)}
}

// floorOf is what is owed, and how firm.
func (v *View) floorOf() Answer {
	r := v.run
	stay, least := r.floors(r.Deal.Signed)
	all, out := r.floorSchedule(stay).Total(), r.floorSchedule(least).Total()
	a := Answer{Question: "What is the floor, and how firm is it?", Clauses: v.of(nil, "commitment", "prepayment", "charge"), Assumed: "The floor is owed for all that is promised, delivered on time: a lender also bears the delivery."}
	a.Figures = []Told{{"owed, taken or not", r.moneyReading(all)}, {"with any right to leave used at once", r.moneyReading(out)}, v.figure("commitment, as written", "commitment", "", nothingPromised)}
	switch {
	case all < cent:
		a.Says = "There is none: nothing is owed for what is not taken."
	case out < all-cent:
		a.Says = fmt.Sprintf("%s is owed if %s stays, but it may leave and owe %s: that is the floor.", money(r.Deal, all), v.labName(), money(r.Deal, out))
	default:
		a.Says = fmt.Sprintf("%s is owed whatever %s takes, and no right to leave lowers it.", money(r.Deal, all), v.labName())
	}
	a.Blocks = []report.Block{v.byYears("", v.cents("Floor", func(y *viewYear) float64 { return y.Floor }), gwColumn)}
	return a
}

// coverOf is cover by year.
func (v *View) coverOf(u *Underwriting) Answer {
	a := Answer{Question: "How well is debt covered, by year?", Rests: []string{"provider", "world.need"}}
	if u == nil {
		a.Says = "No capacity is promised in gigawatts, so that what is built, and the debt on it, is not known: add a capacity clause."
		a.Figures = []Told{{"debt that the floor carries", none(noCapacity)}}
		return a
	}
	onFloor, _, onStressed := u.cases()
	_, least := u.expectedCover()
	a.Says = fmt.Sprintf("The floor carries debt of %s, %s of the capital cost (%s); cover is at least %s on the floor and %s on stressed spend.", money(v.run.Deal, u.Loan.Cents), ratio(u.Loan.Cents, provider.CapitalCents(u.Years)),
		boundWords[u.Loan.Bound], cover(provider.Least(onFloor)), cover(provider.Least(onStressed)))
	a.Figures = []Told{{"debt that the floor carries", v.run.moneyReading(u.Loan.Cents)}, {"least cover on the floor", stated(cover(provider.Least(onFloor)))}, {"least cover on stressed spend", stated(cover(provider.Least(onStressed)))},
		{"least cover on expected spend", stated(coverWithMargin(least))}}
	s := u.covers()
	a.Blocks, a.Assumed = s.Blocks, s.Note+" Stressed spend is "+u.stressWords()+"."
	return a
}

// failing is the counterparty.
func (v *View) failing(u *Underwriting) Answer {
	r := v.run
	a := Answer{Question: "What if the counterparty fails?", Clauses: v.of(nil, "default", "guarantee", "backstop", "collateral"), Rests: []string{"world.default", "provider.resale"},
		Assumed: "The chance of failure is the world's, for pricing, and no forecast."}
	p := r.chanceOf("default", "", 0, neverFails)
	a.Figures = []Told{{"chance that " + v.labName() + " fails within the run", p}, v.figure("estate's payments less bills lost", "credit_loss", "", neverFails)}
	a.Says = fmt.Sprintf("In the file's world %s cannot fail.", v.labName())
	if p.known() {
		a.Says = fmt.Sprintf("%s fails on %s of paths.", v.labName(), p.Text)
	}
	if support := v.of(nil, "guarantee", "backstop"); len(support) > 0 {
		a.Says += fmt.Sprintf(" Others stand in under %s.", enumerate(support))
	}
	if u != nil {
		s := u.fails()
		a.Blocks, a.Assumed = s.Blocks, a.Assumed+" "+s.Note
		worst, at := 0.0, 0
		for year, f := range u.Failures {
			if f.ShortCents > worst {
				worst, at = f.ShortCents, year
			}
		}
		short := " The debt is never short: letting to others pays it, as assumed."
		if worst > cent {
			short = fmt.Sprintf(" The debt is short by up to %s, if it fails %s.", money(r.Deal, worst), atYear(at))
		}
		a.Says += short
	}
	return a
}

// atYear is the end of a year, or the start.
func atYear(y int) string {
	if y == 0 {
		return "at the start"
	}
	return fmt.Sprintf("after year %d", y)
}

// endings are the rights that end the contract.
func (v *View) endings() Answer {
	a := Answer{Question: "Who can end the contract?", Clauses: v.of(nil, "termination", "switching"), Assumed: "What the law gives either side beside the contract is not here."}
	byBuyer := v.of(func(c clause.Clause) bool { x, ok := c.(*clause.Termination); return !ok || x.By != "supplier" }, "termination", "switching")
	exits := v.of(func(c clause.Clause) bool { return c.(*clause.Commitment).Exit != nil }, "commitment")
	lasting := v.of(func(c clause.Clause) bool { return c.(*clause.Commitment).Survives }, "commitment")
	a.Clauses = append(a.Clauses, exits...)
	a.Says = "No clause lets either side end it before its time."
	if n := len(byBuyer) + len(exits); n > 0 {
		a.Says = fmt.Sprintf("%s may end it, or a part of it, under %s.", v.labName(), enumerate(append(byBuyer, exits...)))
	} else if len(a.Clauses) > 0 {
		a.Says = fmt.Sprintf("Only %s may end it.", v.cloudName())
	}
	a.Figures = []Told{{"rights of " + v.labName(), stated(fmt.Sprint(len(byBuyer) + len(exits)))}, {"commitments that survive", stated(fmt.Sprint(len(lasting)))}}
	if len(lasting) > 0 {
		a.Says += fmt.Sprintf(" What is still committed under %s survives.", enumerate(lasting))
	}
	return a
}

// concentrated is this deal among the supplier's business.
func (v *View) concentrated(u *Underwriting) Answer {
	books := v.books()
	share := func(x *float64, path string) Reading {
		if x == nil {
			return none("needs " + path)
		}
		return Reading{Unit: "rate", Value: x, Text: unit.FormatRate(*x)}
	}
	backlog, revenue := books.Shares()
	a := Answer{Question: "How concentrated is the supplier on it?", Rests: []string{"accounting", "provider.balance"}, Assumed: "By this deal alone: what else the two have between them is not counted."}
	a.Figures = []Told{{"of the supplier's remaining obligations", share(backlog, "accounting.supplier_backlog")}, {"of its revenue, by the next 12 months", share(revenue, "accounting.supplier_revenue")}}
	var equity *float64
	if u != nil {
		_, equity = u.Exposure()
	}
	a.Figures = append(a.Figures, Told{"most lost of the floor / its equity", share(equity, "provider.balance.equity, and a capacity clause")})
	a.Says = fmt.Sprintf("The file does not say what else %s has sold: how far it depends on %s is unknown.", v.cloudName(), v.labName())
	if backlog != nil {
		a.Says = fmt.Sprintf("%s is %s of the remaining obligations of %s by this deal.", v.labName(), unit.FormatRate(*backlog), v.cloudName())
	}
	return a
}
