// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/contract"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// boundOption is an option laid out.
type boundOption struct {
	c       *Option
	gate    contract.Gate
	bound   contract.Gate // the same without dates: whether the right is bought at all
	fleet   *fleet
	slot    contract.Slot
	premium contract.LineID
	dearer  contract.BillID // the deal's price is below the option's
	cheaper contract.BillID

	called contract.Col // how far it was in force when it was exercised; 0 before
	from   contract.Col // the first step in which its capacity runs
	bought contract.Col // how far the premium has been paid
	below  contract.Col // units that are taken before any of its own
	own    contract.Col // its own units in the step
	differ contract.Col // cents by which its units cost more than the deal's
	raise  contract.Col // cents a step that exercising adds to a commitment, of all options
}

// Bind attaches the clause: Quote adds what runs and offers the right, Settle
// takes note of its exercise and bills the difference in price.
func (c *Option) Bind(b *contract.Builder) {
	id, cash := c.head.ID, contract.Asset{Kind: contract.Cash}
	k := &boundOption{c: c, gate: c.head.gate(b),
		bound: b.Gate(id, contract.Terms{Event: c.head.If, Probability: c.head.Likely}), fleet: layFleet(b, id, c.Generations), slot: b.Election(id+".call", id, contract.CallSlot),
		called: b.Column(id + ".called"), from: b.Column(id + ".from"), bought: b.Column(id + ".bought")}
	b.On(contract.Supply, id, k.supply)
	b.On(contract.Standing, id, k.offer)
	b.On(contract.Taking, id, k.take)
	if c.Premium.Value > 0 {
		k.premium = b.Line(contract.Line{From: b.Buyer(), To: b.Supplier(), Asset: cash, Kind: "option_premium", Clause: id, Role: contract.Use})
		b.On(contract.Signing, id, func(m *contract.Month) { k.pay(m, m.One()) })
		b.On(contract.Funding, id, func(m *contract.Month) { k.pay(m, m.Q(contract.Live)) })
	}
	if c.Price != nil {
		bill := func(from, to, kind string) contract.BillID {
			return b.Bill(contract.Line{From: from, To: to, Asset: cash, Kind: kind, Clause: id, Role: contract.Use}, c.netMonths/b.Grid().MonthsPerStep())
		}
		k.dearer, k.cheaper = bill(b.Buyer(), b.Supplier(), "option_surcharge"), bill(b.Supplier(), b.Buyer(), "option_discount")
		k.below, k.own, k.differ = b.Column(id+".below"), b.Column(id+".own"), b.Column(id+".difference")
		b.On(contract.Taking, id, k.price)
		b.On(contract.Crediting, id, k.bill)
	}
	if c.raising {
		k.raise = b.Shared(c.Raises.Commitment + ".raise")
	}
}

// supply adds what runs where the option has been exercised.
func (k *boundOption) supply(m *contract.Month) {
	called, from := m.Col(k.called), m.Col(k.from)
	if k.c.Price != nil {
		vec.Copy(m.Col(k.below), m.Q(contract.Capacity))
		vec.Fill(m.Col(k.own), 0)
	}
	if !m.Has(contract.Capacity) || m.T >= len(k.fleet.units) || !vec.Any(called) {
		return
	}
	delivery, kept := m.Obs.Col[contract.Delivery], m.Q(contract.Kept)
	onTime := k.fleet.onTime(m)
	for i := range called {
		if called[i] == 0 || float64(m.T) < from[i] {
			continue
		}
		share := called[i] * kept[i]
		m.Q(contract.Promised)[i] += float64(share * k.fleet.units[m.T])
		m.Q(contract.PromisedPower)[i] += float64(share * k.fleet.powerGW[m.T])
		m.Q(contract.PromisedLater)[i] += float64(share * (k.fleet.later[m.T] - k.fleet.later[m.LastsTo(i)]))
		powerGW, units := k.fleet.powerGW[m.T], k.fleet.units[m.T]
		if !onTime {
			powerGW, units = k.fleet.running(m, i, from[i])
		}
		units = float64(units * (share * delivery[i]))
		m.Q(contract.Power)[i] += float64(powerGW * (share * delivery[i]))
		m.Q(contract.Delivered)[i] += units
		m.Q(contract.Capacity)[i] += units
		if k.c.Price != nil {
			m.Col(k.own)[i] = units
		}
		if left := m.LastsTo(i) - m.T; k.c.raising && left > 0 && float64(m.T) == from[i] {
			m.Col(k.raise)[i] += float64(called[i] * k.c.Raises.Cents / float64(left))
		}
	}
}

// offer lets the buyer exercise the option once.
func (k *boundOption) offer(m *contract.Month) {
	offer := m.Offer(k.slot)
	m.Force(k.gate, offer)
	for i, called := range m.Col(k.called) {
		if called != 0 {
			offer[i] = 0
		} else if offer[i] > 0 {
			offer[i] = 1
		}
	}
}

// take notes that the option is exercised.
func (k *boundOption) take(m *contract.Month) {
	chosen := m.Chosen(k.slot)
	if !vec.Any(chosen) {
		return
	}
	force, called, from := m.Temp(), m.Col(k.called), m.Col(k.from)
	m.Force(k.gate, force)
	for i := range chosen {
		if chosen[i] > 0 {
			called[i], from[i] = force[i], float64(m.T+k.c.steps(m.Grid()))
		}
	}
	m.Free(1)
}

// pay pays the premium as far as the right is newly bought.
func (k *boundOption) pay(m *contract.Month, live []float64) {
	amount, bought := m.Temp(), m.Col(k.bought)
	m.Force(k.bound, amount)
	for i := range amount {
		more := float64(live[i] * max(0, amount[i]-bought[i]))
		bought[i] += more
		amount[i] = more * k.c.Premium.Value
	}
	m.Post(k.premium, amount)
	m.Free(1)
}

// price sets what the option's units cost more than the deal's; it is spend.
func (k *boundOption) price(m *contract.Month) {
	differ, own, below, taken, price := m.Col(k.differ), m.Col(k.own), m.Col(k.below), m.Q(contract.Taken), m.Q(contract.Price)
	for i := range differ {
		units := max(0, min(own[i], taken[i]-below[i]))
		differ[i] = m.Cents(units * (float64(*k.c.Price*unit.MinorPerMajor) - price[i]))
	}
	vec.Accumulate(m.Q(contract.Eligible), differ)
}

// bill bills the difference in price, one way or the other.
func (k *boundOption) bill(m *contract.Month) {
	amount, differ := m.Temp(), m.Col(k.differ)
	vec.MaxOf(amount, differ, 0)
	m.Bill(k.dearer, amount)
	vec.Negate(amount, differ)
	vec.MaxOf(amount, amount, 0)
	m.Bill(k.cheaper, amount)
	m.Free(1)
}
