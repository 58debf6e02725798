// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// Bind attaches the clause: it tells the contract what carries it on, what is
// recovered and what falls due, and acts on it in the step of the failure.
func (c *Default) Bind(b *contract.Builder) {
	id, gate := c.head.ID, c.head.gate(b)
	watch(b, c.whose())
	c.bindCross(b, gate)
	which := contract.Which{Debtor: c.head.From, Creditor: c.head.To}
	for kind, share := range c.Recovery {
		if share != nil {
			b.Recovery(which, contract.LiabilityKind(kind), *share, gate)
		}
	}
	if c.Acceleration != nil {
		b.Accelerate(which, *c.Acceleration, gate)
	}
	if c.runsOn() {
		carried := b.CarryOn(c.head.From, gate)
		if c.StepIn != nil {
			b.On(contract.Supply, id, func(m *contract.Month) { c.StepIn.keepRunning(m, m.Col(carried)) })
		}
	}
	if c.Damages != nil {
		c.Damages.bind(b, &c.head, gate)
	}
	if c.SetOff {
		bindSetOff(b, which, id, gate)
	}
}

// bindCross lets the failure reach other clauses, for good, from the first step
// in which the party is insolvent and the clause in force.
func (c *Default) bindCross(b *contract.Builder, gate contract.Gate) {
	if len(c.Cross) == 0 {
		return
	}
	struck := b.Column(c.head.ID + ".struck")
	for _, x := range c.Cross {
		b.Strike(x.Clause, struck, x.Effect == "due")
	}
	b.On(contract.Supply, c.head.ID, func(m *contract.Month) {
		force, at := m.Temp(), m.Col(struck)
		m.Force(gate, force)
		for i, solvent := range m.Solvent(c.whose()) {
			if solvent == 0 && force[i] >= contract.Likely {
				at[i] = 1
			}
		}
		m.Free(1)
	})
}

// keepRunning lowers what is delivered where somebody has stepped in.
func (s *StepIn) keepRunning(m *contract.Month, carried []float64) {
	for _, q := range []contract.Quantity{contract.Capacity, contract.Power} {
		for i, x := range m.Q(q) {
			if carried[i] == 1 {
				m.Q(q)[i] = x * s.Delivery
			}
		}
	}
}

// bind files what a failing supplier owes for replacing what it promised.
func (d *Damages) bind(b *contract.Builder, head *Head, gate contract.Gate) {
	claim := b.Liability(contract.Liability{Clause: head.ID, Debtor: head.From, Creditor: head.To, Of: contract.OfDamages,
		Pays: b.Line(contract.Line{From: head.From, To: head.To, Asset: contract.Asset{Kind: contract.Cash}, Kind: "damages_recovered",
			Clause: head.ID, Role: contract.Instrument})})
	b.On(contract.Claiming, head.ID, func(m *contract.Month) {
		if m.T >= m.Grid().Term() || !vec.Any(m.Q(contract.SupplierFailing)) {
			return
		}
		force, owed := m.Temp(), m.Temp()
		m.Force(gate, force)
		market, price, units := m.Obs.Col[contract.Market], m.Q(contract.Price), m.Q(contract.PromisedLater)
		for i, failing := range m.Q(contract.SupplierFailing) {
			owed[i] = units[i] * max(0, market[i]-price[i])
			if d.CapCents != nil {
				owed[i] = min(owed[i], *d.CapCents)
			}
			owed[i] *= failing * force[i]
		}
		m.File(claim, owed)
		m.Free(2)
	})
}

// bindSetOff meets claims with what the creditor owes the failed party.
func bindSetOff(b *contract.Builder, which contract.Which, id string, gate contract.Gate) {
	pays := bindSecured(b, which, id, "set_off")
	b.On(contract.Securing, id, func(m *contract.Month) {
		pot := m.Temp()
		m.Owed(which.Debtor, which.Creditor, pot)
		if !vec.AllEqual(pot, 0) {
			force := m.Temp()
			m.Force(gate, force)
			vec.Mul(pot, pot, force)
			pays.cover(m, pot)
			m.Discharge(which.Debtor, which.Creditor, pot)
			m.Free(1)
		}
		m.Free(1)
	})
}

// secured are claims that are met before any estate pays, and the lines of
// what meets them: on loans, and on all else.
type secured struct {
	which       contract.Which
	rest, loans contract.LineID
}

func bindSecured(b *contract.Builder, which contract.Which, id, kind string) secured {
	role := contract.Instrument
	if which.Debtor == b.Buyer() && which.Creditor == b.Supplier() {
		role = contract.Estate
	}
	line := contract.Line{From: which.Debtor, To: which.Creditor, Asset: contract.Asset{Kind: contract.Cash}, Kind: kind, Clause: id, Role: role}
	s := secured{which: which, rest: b.Line(line)}
	line.Kind, line.Role = kind+"_for_loans", contract.Instrument
	s.loans = b.Line(line)
	return s
}

// cover meets the claims from the pot, which afterwards holds what was taken.
func (s *secured) cover(m *contract.Month, pot []float64) {
	taken, loans := m.Temp(), m.Temp()
	m.Cover(s.which, pot, taken, loans)
	vec.Copy(pot, taken)
	vec.Sub(taken, taken, loans)
	m.Post(s.rest, taken)
	m.Post(s.loans, loans)
	m.Free(2)
}
