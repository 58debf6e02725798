// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"math"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
)

// supply is what the clauses that promise capacity come to in a step.
type supply struct {
	powerGW    float64 // delivered
	promisedGW float64
	promised   float64 // units
	delivered  float64 // units that count as delivered
	units      float64 // units that can be taken; both +Inf without a capacity clause
}

// worth is what units cost at a price; without a bound there is no end to it.
func worth(units, cents float64) float64 {
	if math.IsInf(units, 1) {
		return units
	}
	return units * cents
}

func (h *history) supply() supply {
	var s supply
	if len(h.capacities) == 0 {
		s.units, s.delivered = math.Inf(1), math.Inf(1)
		return s
	}
	for _, c := range h.capacities {
		id := c.Head().ID
		share := h.force(c.Head()) * h.kept
		runs := h.add(&s, id, c.Generations, share, math.MinInt)
		yields, counts := h.yields(c)
		s.units += float64(runs * yields)
		s.delivered += float64(runs * counts)
		h.lacking[id] = runs * (counts - yields)
	}
	return s
}

// add adds a share of generations to what is promised and to the power that is
// delivered, and returns the units that run. Nothing was to run before a step.
func (h *history) add(s *supply, id string, list []clause.Generation, share float64, from int) float64 {
	running, delivered := 0.0, h.obs.Obs[contract.Delivery]
	for _, g := range list {
		if h.t >= from && h.t < h.grid.Term() {
			powerGW, units := h.comesTo(g, h.t)
			s.promised += float64(units * share)
			s.promisedGW += float64(powerGW * share)
		}
		if at := h.t - h.late(id, g.Name); at >= from && h.t < h.grid.Term() {
			powerGW, units := h.comesTo(g, at)
			s.powerGW += float64(powerGW * share * delivered)
			running += float64(units * share * delivered)
		}
	}
	return running
}

// comesTo is what a generation is promised to come to in a step, which may lie
// before the first.
func (h *history) comesTo(g clause.Generation, t int) (powerGW, units float64) {
	first := h.grid.Start().AddMonths(t * h.grid.MonthsPerStep())
	if g.From.After(first) {
		return 0, 0
	}
	return g.PowerGW, unitsOf(g, first, h.grid.MonthsPerStep())
}

// late is how many steps late a generation of a clause runs.
func (h *history) late(id, name string) int {
	for i, x := range h.tape.Watch.Delays {
		if x.Clause == id && x.Name == name {
			return int(h.obs.Late[i])
		}
	}
	return 0
}

// yields is the share of the clause's units that its chips yield, and the share
// that counts as delivered.
func (h *history) yields(c *clause.Capacity) (yields, counts float64) {
	p := c.Performance
	if p == nil {
		return 1, 1
	}
	yields = min(1, h.index(p.Measured)/p.Promised)
	if p.Relief == "price" {
		return yields, 1
	}
	return yields, yields
}

// creditPerformance credits, for each clause that makes it good in the price,
// what its chips did not yield.
func (h *history) creditPerformance() {
	for _, c := range h.capacities {
		if c.Performance == nil || c.Performance.Relief != "price" || h.offer.delivered == 0 {
			continue
		}
		id := c.Head().ID
		h.invoice -= h.chargeUsage(Flow{From: h.in.Supplier, To: h.in.Buyer, Kind: "performance_credit", Clause: id,
			Amount: h.spend * (h.lacking[id] / h.offer.delivered)})
	}
}

// unitsOf is what a generation that runs yields in a step that begins on the
// first day.
func unitsOf(g clause.Generation, first calendar.Date, months int) float64 {
	units := g.PowerGW * g.UnitsPerGW * float64(months)
	if g.Refresh == (calendar.Span{}) {
		return units
	}
	for n := 1; ; n++ {
		refreshed := g.From.Add(calendar.Span{Months: n * g.Refresh.Months, Days: n * g.Refresh.Days})
		if refreshed.After(first) {
			return units
		}
		units *= g.Gain
	}
}
