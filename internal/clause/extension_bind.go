// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// boundExtension is an extension laid out.
type boundExtension struct {
	c           *Extension
	gate        contract.Gate
	slot        contract.Slot
	used        contract.Col // how often the term has been extended
	first, last int          // steps for notice, counted back from the end of the term
	heads       []*Head      // of all prices
}

// Bind attaches the clause: Quote offers the right while notice may be given,
// Settle lengthens the term.
func (c *Extension) Bind(b *contract.Builder) {
	id := c.head.ID
	k := &boundExtension{c: c, gate: c.head.gate(b), slot: b.Election(id+".extend", id, contract.ExtendSlot), used: b.Column(id + ".times")}
	k.first, k.last = c.times(b.Grid())
	for _, p := range c.prices {
		k.heads = append(k.heads, &p.head)
	}
	b.On(contract.Standing, id, k.stand)
	b.On(contract.Taking, id, k.take)
}

// stand offers the right, and says what it is worth to its holder: what
// compute costs in the market over what it costs here, or the other way.
func (k *boundExtension) stand(m *contract.Month) {
	offer, worth, price := m.Offer(k.slot), m.Worth(k.slot), m.Temp()
	vec.Fill(offer, 0)
	force, used, at := m.InForce(k.gate), m.Col(k.used), -1
	for i := range offer {
		end := m.LastsTo(i)
		if left := end - m.T; force[i] < contract.Likely || used[i] >= float64(k.c.Times) || left < k.last || left > k.first || end >= m.Grid().Term() {
			continue
		}
		if end != at {
			at = end
			k.price(m, at, price)
		}
		offer[i], worth[i] = 1, m.Obs.Col[contract.Market][i]/price[i]
		if k.c.By == "supplier" {
			worth[i] = price[i] / m.Obs.Col[contract.Market][i]
		}
	}
	m.Free(1)
}

// price writes what a unit costs by the terms that hold in a later step, at what
// list and market stand at today.
func (k *boundExtension) price(m *contract.Month, t int, out []float64) {
	vec.Copy(out, m.See(contract.Price))
	then := k.priceOf(m.Grid(), t)
	switch {
	case then == nil || then == k.priceOf(m.Grid(), m.T):
	case then.Fixed != nil:
		vec.Fill(out, *then.Fixed*unit.MinorPerMajor)
	default:
		vec.Scale(out, m.Obs.Col[contract.List], 1-then.Discount)
	}
}

// priceOf is the price clause that a step belongs to; nil where there is none.
func (k *boundExtension) priceOf(grid *calendar.Grid, t int) *Price {
	if len(k.heads) == 0 {
		return nil
	}
	id := holder(k.heads, grid, t).ID
	for _, p := range k.c.prices {
		if p.head.ID == id {
			return p
		}
	}
	return nil
}

// take lengthens the term where notice is given.
func (k *boundExtension) take(m *contract.Month) {
	for i, x := range m.Chosen(k.slot) {
		if x > 0 {
			m.Extend(i, k.c.steps(m.Grid()))
			m.Col(k.used)[i]++
		}
	}
}
