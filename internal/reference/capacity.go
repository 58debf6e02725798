// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"math"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
)

// supply is what the capacity clauses come to in a step.
type supply struct {
	powerGW    float64 // delivered
	promised   float64 // units
	promisedGW float64
	units      float64 // units that can be delivered; +Inf without a capacity clause
}

// worth is the deliverable units at a price; without a bound there is no end
// to it.
func (s supply) worth(cents float64) float64 {
	if math.IsInf(s.units, 1) {
		return s.units
	}
	return s.units * cents
}

func (h *history) supply() supply {
	var s supply
	if len(h.capacities) == 0 {
		s.units = math.Inf(1)
		return s
	}
	first, delivered := h.grid.StepStart(h.t), h.obs.Obs[contract.Delivery]
	for _, c := range h.capacities {
		powerGW, units := 0.0, 0.0
		for _, g := range c.Generations {
			if !g.From.After(first) {
				powerGW += g.PowerGW
				units += unitsOf(g, first, h.grid.MonthsPerStep())
			}
		}
		force := h.force(c.Head())
		s.promised += float64(units * force)
		s.promisedGW += float64(powerGW * force)
		s.units += float64(units * force * delivered)
		s.powerGW += float64(powerGW * force * delivered)
	}
	return s
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
