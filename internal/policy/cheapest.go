// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"fmt"

	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Cheapest fills the minimums of all the lab's agreements first, and runs the
// rest wherever a unit is cheaper in the step: here, or at the market price. What
// moving costs is the margin by which the price here must be above the market's
// before the rest goes.
type Cheapest struct {
	Margin float64
}

// Name is "cheapest".
func (*Cheapest) Name() string { return "cheapest" }

// Fields is the table of what a file may say.
func (p *Cheapest) Fields() []field.Field {
	return []field.Field{{Name: "cheapest", Kind: field.Group, Fields: func() []field.Field {
		return []field.Field{{Name: "margin", Kind: field.Rate, Default: "0%", Min: field.At(0), Max: field.At(10), Into: &p.Margin,
			Doc: "how far above the market price a unit may be here before it is run elsewhere"}}
	}}}
}

// Explain says the policy in English.
func (p *Cheapest) Explain(buyer string) string {
	where := "wherever a unit is cheaper in the month"
	if p.Margin > 0 {
		where = fmt.Sprintf("with this provider while a unit costs no more than %s above the market price", unit.FormatRate(p.Margin))
	}
	return fmt.Sprintf("%s fills its minimums first, and runs the rest %s.", buyer, where)
}

// Take wants what is missing here, and the rest where it is no dearer here.
func (p *Cheapest) Take(v *View, units []float64) {
	market := v.Obs.Col[contract.Market]
	for i := range units {
		fills, rest := minimumFirst(v, i)
		if units[i] = fills; v.Quote.Price[i]+at(v.Quote.PerUnit, i) <= market[i]*(1+p.Margin) {
			units[i] += rest
		}
	}
}
