// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"fmt"

	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/vec"
)

// MinimumFirst fills the minimums of all the lab's agreements before anything
// else, each in proportion to what is missing when need does not go round, and
// runs a fixed share of the rest here.
type MinimumFirst struct {
	Of float64
}

// Name is "minimum_first".
func (*MinimumFirst) Name() string { return "minimum_first" }

// Fields is the table of what a file may say.
func (p *MinimumFirst) Fields() []field.Field {
	return []field.Field{{Name: "minimum_first", Kind: field.Group, Fields: func() []field.Field {
		return []field.Field{{Name: "share", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(1), Into: &p.Of,
			Doc: "of what is left once the minimums are met"}}
	}}}
}

// Explain says the policy in English.
func (p *MinimumFirst) Explain(buyer string) string {
	return fmt.Sprintf("%s fills its minimums first, and runs %s with this provider.", buyer, part(p.Of, "the rest"))
}

// Take wants what is missing here and a share of the rest.
func (p *MinimumFirst) Take(v *View, units []float64) {
	if v.ElsewhereLeft == nil && p.here(v, units) {
		return
	}
	for i := range units {
		fills, rest := minimumFirst(v, i)
		units[i] = fills + float64(p.Of*rest)
	}
}

// here is Take for a lab that has firm need alone and no minimums elsewhere, at a
// price above 0, with nothing owed for a unit beside it; false where that is not
// so, and units are then of no use. Of need n, with fills f of the minimum:
//
//	min(f, n) + share x max(0, n - f)
func (p *MinimumFirst) here(v *View, units []float64) bool {
	q, need := v.Quote, v.Obs.Col[contract.Need]
	for _, other := range [][]float64{v.Obs.Col[contract.Flexible], q.PerUnit, q.PerUnitEligible, q.Leased} {
		if !vec.AllEqual(other, 0) {
			return false
		}
	}
	if !vec.AllAbove(q.Price, 0) {
		return false
	}
	if v.rest == nil {
		v.rest = make([]float64, len(units))
	}
	vec.Div(units, q.MinimumLeft, q.Price)
	vec.MinOf(units, units, mostUnits)
	vec.Excess(v.rest, need, units)
	vec.Scale(v.rest, v.rest, p.Of)
	vec.Min(units, units, need)
	vec.Accumulate(units, v.rest)
	return true
}

// minimumFirst is what of the lab's need fills the minimums here, in units, and
// what is left to be run once those here and elsewhere are met, beyond what it
// leases.
func minimumFirst(v *View, i int) (fills, rest float64) {
	want, here, there := wanted(v, i), missingUnits(v, i), 0.0
	if v.ElsewhereLeft != nil {
		there = v.ElsewhereLeft[i]
	}
	if here+there < want {
		return here, max(0, want-here-there-leased(v, i))
	}
	if here > 0 {
		return want * (here / (here + there)), 0
	}
	return 0, 0
}

// mostUnits keeps what is missing at next to no price finite, so that shares of
// it are numbers.
const mostUnits = 1e300

// missingUnits is what is missing from the minimum here, in units.
func missingUnits(v *View, i int) float64 {
	price := v.Quote.Price[i] + at(v.Quote.PerUnitEligible, i)
	if price <= 0 {
		return 0
	}
	return min(v.Quote.MinimumLeft[i]/price, mostUnits)
}
