// SPDX-License-Identifier: Apache-2.0

package clause

import "offtake/internal/contract"

// tierDiscount is what the step's spend at list earns, given the contract
// year's spend so far. What is spent where the clause is not in force counts
// for nothing.
func (p *pricing) tierDiscount(m *contract.Month, force, gross, off []float64) {
	so, was := m.Col(p.gross), m.Col(p.given)
	for i := range so {
		off[i] = 0
		if force[i] == 0 {
			continue
		}
		so[i] += gross[i]
		off[i] = m.Cents(max(0, p.c.discountOn(so[i])-was[i]))
		was[i] += off[i]
	}
}

// tierAt is the discount on the next unit after the given spend at list.
func (c *Price) tierAt(grossCents float64) float64 {
	d := 0.0
	for _, t := range c.Tiers {
		if grossCents >= t.FromCents {
			d = t.Discount
		}
	}
	return d
}

// discountOn is the discount, in cents, on a contract year's spend at list.
func (c *Price) discountOn(grossCents float64) float64 {
	if c.Retroactive {
		return grossCents * c.tierAt(grossCents)
	}
	sum := 0.0
	for i, t := range c.Tiers {
		top := grossCents
		if i+1 < len(c.Tiers) {
			top = min(top, c.Tiers[i+1].FromCents)
		}
		sum += float64(max(0, top-t.FromCents) * t.Discount)
	}
	return sum
}
