// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// boundSale is a sale laid out.
type boundSale struct {
	c     *Sale
	gate  contract.Gate
	slot  contract.Slot
	lots  []contract.SaleID
	paid  []paidCols   // by lot
	sold  contract.Col // shares so far
	year  contract.Col // shares in the contract year so far
	price contract.LineID
}

// Bind attaches the clause: Quote offers what may be sold, the Funding stage sells it.
func (c *Sale) Bind(b *contract.Builder) {
	id, from := c.head.ID, c.head.From
	watch(b, from)
	s := &boundSale{
		c: c, gate: c.head.gate(b), slot: b.Election(id+".sell", id, contract.SellSlot), sold: b.Column(id + ".sold"), year: b.Column(id + ".sold_in_year"),
		price: b.Line(contract.Line{From: contract.Outside, To: from, Asset: contract.Asset{Kind: contract.Cash}, Kind: "shares_sold", Clause: id, Role: contract.Sold}),
	}
	for _, of := range c.Of {
		s.lots, s.paid = append(s.lots, b.Sale(id, of, from)), append(s.paid, bindPaid(b, of))
	}
	b.On(contract.Standing, id, s.offer)
	b.On(contract.Funding, id, s.sell)
}

// cents writes what a share fetches.
func (s *boundSale) cents(m *contract.Month, out []float64) {
	m.FairPrice(out)
	vec.Scale(out, out, 1-s.c.Discount)
}

// offer offers what is held and may be sold, and says what a share fetches as a
// multiple of what was paid for one.
func (s *boundSale) offer(m *contract.Month) {
	if g := m.Grid(); m.T == 0 || g.ContractYear(m.T) != g.ContractYear(m.T-1) {
		vec.Fill(m.Col(s.year), 0)
	}
	offer, worth, price, paid := m.Offer(s.slot), m.Worth(s.slot), m.Temp(), m.Temp()
	vec.Fill(offer, 0)
	vec.Fill(paid, 0)
	for k, lot := range s.lots {
		vec.Accumulate(offer, m.Lot(lot))
		vec.Accumulate(paid, m.Col(s.paid[k].all))
	}
	s.cents(m, price)
	force, holder, buyer := m.InForce(s.gate), m.Solvent(s.c.head.From), m.Solvent(m.Buyer())
	sold, year := m.Col(s.sold), m.Col(s.year)
	for i, held := range offer {
		got := held + sold[i]
		worth[i] = float64(price[i]*got) / paid[i]
		if s.c.Most > 0 {
			offer[i] = max(0, min(held, float64(s.c.Most*got)-year[i]))
		}
		if force[i] < contract.Likely || holder[i] == 0 || buyer[i] == 0 || price[i] <= 0 {
			offer[i] = 0
		}
	}
	m.Free(2)
}

// sell sells what was chosen, one clause's shares after the other's.
func (s *boundSale) sell(m *contract.Month) {
	chosen := m.Chosen(s.slot)
	if vec.AllEqual(chosen, 0) {
		return
	}
	left, lot, price := m.Temp(), m.Temp(), m.Temp()
	vec.Copy(left, chosen)
	for _, id := range s.lots {
		vec.Min(lot, left, m.Lot(id))
		m.Sell(id, lot)
		vec.Sub(left, left, lot)
	}
	s.cents(m, price)
	vec.Mul(price, price, chosen)
	m.Post(s.price, price)
	vec.Accumulate(m.Col(s.sold), chosen)
	vec.Accumulate(m.Col(s.year), chosen)
	m.Free(3)
}
