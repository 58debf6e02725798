// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/unit"
	"offtake/internal/world"
)

// checkCapacity warns of a minimum that what is promised cannot meet: in some period
// it is more than all promised compute costs at the list price that the world expects.
func (p *parse) checkCapacity() {
	worth, at := p.promisedCents()
	if worth == nil {
		return
	}
	setting := p.d.Setting()
	for _, x := range p.read {
		c, ok := x.Clause.(*clause.Commitment)
		if !ok || c.PayFor != "use" {
			continue
		}
		periods, minimums := c.Minimums(p.d.grid)
		first, short := 0, 0
		for y, minimum := range minimums {
			if minimum > sumOver(worth, periods, y) {
				if short++; short == 1 {
					first = y
				}
			}
		}
		if short > 0 {
			p.r.Warn(codeMinimumCapacity, p.r.Place(x.path+".total"), "check units_per_gw, the total and its schedule; what cannot be met is a deficiency, or relieved",
				"in %d of %d periods the minimum is more than the promised capacity costs at %s: %s against %s in period %d",
				short, len(minimums), at, setting.Money(minimums[first]), setting.Money(sumOver(worth, periods, first)), first+1)
		}
	}
}

// promisedCents is the cost of what is promised, by step of the term, and at which
// price; nil without a promise.
func (p *parse) promisedCents() (worth []float64, at string) {
	price, at := world.MeanPath(p.d.World.ListPrice, p.d.grid, p.d.World.Regimes), "list"
	for _, x := range p.read {
		c, ok := x.Clause.(*clause.Price)
		for t := 0; ok && c.Fixed != nil && t < len(price); t++ {
			if day, h := p.d.grid.StepStart(t), c.Head(); !day.Before(h.Since) && (h.Until.IsZero() || day.Before(h.Until)) {
				price[t], at = *c.Fixed, "the fixed price"
			}
		}
	}
	for _, x := range p.read {
		c, ok := x.Clause.(*clause.Capacity)
		if !ok {
			continue
		}
		if worth == nil {
			worth = make([]float64, p.d.grid.Term())
		}
		_, units := clause.Promised(c, p.d.grid)
		for t := range worth {
			worth[t] += float64(units[t] * price[t] * unit.MinorPerMajor)
		}
	}
	return worth, at
}

func sumOver(steps []float64, periods calendar.Periods, y int) float64 {
	sum := 0.0
	for t := periods.First(y); t <= periods.Last(y); t++ {
		sum += steps[t]
	}
	return sum
}
