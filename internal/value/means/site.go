// SPDX-License-Identifier: Apache-2.0

package means

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// A hall is power of one's own from a day on.
type hall struct {
	from       calendar.Date
	powerGW    float64
	unitsPerGW float64 // a month
}

// halls are sized so that they yield the compute that the given deal's base run takes: as
// its capacity arrives, in proportion, or all from the start where none is promised.
func (g *Given) halls() []hall {
	grid, end := g.Deal.Grid(), g.Deal.Grid().End()
	var all []hall
	for _, c := range g.Deal.Clauses {
		if x, ok := c.(*clause.Capacity); ok {
			for _, gen := range x.Generations {
				if gen.From.Before(end) {
					all = append(all, hall{later(gen.From, grid.Start()), gen.PowerGW, gen.UnitsPerGW})
				}
			}
		}
	}
	if len(all) == 0 {
		all = []hall{{grid.Start(), 1, g.Terms.YieldCents / 12 / g.Base.Job.Plan.Level(contract.List)[0]}}
	}
	taken, promised := g.taken(), 0.0
	for _, h := range all {
		for t := range grid.Term() {
			if !grid.StepStart(t).Before(h.from) {
				promised += float64(h.powerGW * h.unitsPerGW * float64(grid.MonthsPerStep()) * g.Base.Job.Plan.Curve[t])
			}
		}
	}
	for i := range all {
		all[i].powerGW *= taken / promised
	}
	return all
}

// taken is the units that the given deal's base run takes, each at its discount factor.
func (g *Given) taken() float64 {
	if price := g.figure("effective_market_price"); price > 0 {
		return (g.figure("pv_market")) / price
	}
	return 0
}

func later(a, b calendar.Date) calendar.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// ownSite builds halls, and chips for them again when they are worn out. A company of the
// lab's owns them and lets them to it at cost: level payments of what was built, as the
// lenders and the lab put it in, and running costs.
func (d *draft) ownSite() {
	d.keep = []string{"default"}
	d.policy = "{take: {share: 0%}}"
	d.shares()
	site, bank := d.party("site", "The lab's own site", "other"), d.party("bank", "Project lenders", "other")
	d.mean.Borrowers = append(d.mean.Borrowers, site)
	halls := d.halls()
	for i, h := range halls {
		if !(h.powerGW > 0) {
			continue // nothing is taken
		}
		for from, n := h.from, 0; from.Before(d.Deal.Grid().End()); n++ {
			from = d.build(h, site, bank, from, fmt.Sprintf("%s-%d", number("hall", i, len(halls)), n+1), n > 0)
		}
	}
}

// build builds a hall, or buys chips for it anew, and returns the day on which they are worn
// out.
func (d *draft) build(h hall, site, bank string, from calendar.Date, id string, again bool) calendar.Date {
	t, end := d.Terms, d.Deal.Grid().End()
	months := min(12*t.LifeYears, monthsBetween(from, end))
	worn := from.AddMonths(months)
	cost := t.BuildCents * h.powerGW
	left := 0.0 // where more chips follow, the halls stay with these
	if !worn.Before(end) {
		left = float64(cost*(1-t.ChipShare)) + float64(cost*t.ChipShare*(1-float64(months)/float64(12*t.LifeYears)))
	}
	if again {
		cost *= t.ChipShare
	}
	rate := t.DebtRate / 12
	level := cost * rate / (1 - vec.PowOf(1+rate, -float64(months)))
	running := t.RunningCents * h.powerGW / 12
	d.clause(id, "build cost: "+Reasons[2].Says+"; running costs, which are in the outlay at the riskless rate: "+Reasons[3].Says+"; at the end halls keep their value and chips what is left of their life",
		"lease: {id: %s, from: %s, to: %s, starts: %s, term: %dm, rent: %s, gw: %.10g, units_per_gw: %.10g, outlay: %s, residual: %s, purchase: {price: 0}}",
		id, site, d.Deal.Buyer(), from, months, amount(level+running), h.powerGW, h.unitsPerGW, amount(cost+d.worthAt(from, worn, running)), amount(left))
	terms := fmt.Sprintf("at: %s, matures: %s, rate: %s, repay: annuity", from, from.AddMonths(months-1), percent(t.DebtRate))
	d.financing(id+"-debt", Reasons[4].Says, "loan: {id: %s-debt, from: %s, to: %s, principal: %s, %s}", id, bank, site, amount(cost*t.DebtShare), terms)
	if own := cost * (1 - t.DebtShare); own >= 1 {
		d.clause(id+"-own", "what the lab puts in itself, on the terms of the debt, since the site lets at cost",
			"loan: {id: %s-own, from: %s, to: %s, principal: %s, %s}", id, d.Deal.Buyer(), site, amount(own), terms)
	}
	return worn
}

// worthAt is what an amount a month, in cents, is worth on the first of the days between which
// it is paid, at the riskless rate.
func (d *draft) worthAt(from, to calendar.Date, monthly float64) float64 {
	curve, grid, sum, first := d.Base.Job.Plan.Curve, d.Deal.Grid(), 0.0, -1
	for t := range grid.Term() {
		if start := grid.StepStart(t); start.Before(from) || !start.Before(to) {
			continue
		}
		if first < 0 {
			first = t
		}
		sum += float64(monthly * float64(grid.MonthsPerStep()) * curve[t] / curve[first])
	}
	return sum
}

// monthsBetween is how many whole months lie between two days.
func monthsBetween(from, to calendar.Date) int {
	n := 12*(to.Year()-from.Year()) + to.Month() - from.Month()
	return max(1, n)
}
