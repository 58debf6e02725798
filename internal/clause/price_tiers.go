// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// bindTiers bills at list less a discount that depends on the contract year's
// spend at list so far.
func (c *Price) bindTiers(b *contract.Builder, usage, discount contract.BillID) {
	id, grid := c.head.ID, b.Grid()
	gross := b.Column(id + ".gross_this_year")
	given := b.Column(id + ".discount_this_year")
	b.On(contract.Pricing, id, func(m *contract.Month) {
		if m.T == 0 || grid.ContractYear(m.T) != grid.ContractYear(m.T-1) {
			vec.Fill(m.Col(gross), 0)
			vec.Fill(m.Col(given), 0)
		}
		price, list, so := m.Q(contract.Price), m.Obs.Col[contract.List], m.Col(gross)
		for i := range price {
			price[i] = list[i] * (1 - c.tierAt(so[i]))
		}
	})
	b.On(contract.Billing, id, func(m *contract.Month) {
		list, off := m.Temp(), m.Temp()
		vec.Mul(list, m.Q(contract.Taken), m.Obs.Col[contract.List])
		m.Bill(usage, list)
		so, was := m.Col(gross), m.Col(given)
		for i := range so {
			so[i] += list[i]
			off[i] = m.Cents(max(0, c.discountOn(so[i])-was[i]))
			was[i] += off[i]
		}
		m.Bill(discount, off)
		spent(m, list, off)
		m.Free(2)
	})
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
