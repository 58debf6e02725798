// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// bindRents adds the landlord's claim for the rents still to run.
func bindRents(b *contract.Builder, head *Head) contract.LiabilityID {
	line := contract.Line{From: head.To, To: head.From, Asset: contract.Asset{Kind: contract.Cash}, Kind: "rents_recovered", Clause: head.ID, Role: contract.Instrument}
	if head.To == b.Buyer() && head.From == b.Supplier() {
		line.Role = contract.Estate
	}
	return b.Liability(contract.Liability{Clause: head.ID, Debtor: head.To, Creditor: head.From, Of: contract.OfMinimums, Pays: b.Line(line)})
}

// rents is what all from the step up to another come to: at present value, and at
// face value.
func (k *letting) rents(m *contract.Month, last int) (worth, due float64) {
	for t := m.T; t <= last; t++ {
		rent := k.agreed(t)
		worth += float64(rent * m.Obs.Curve[t] / m.Obs.Curve[m.T])
		due += rent
	}
	return worth, due
}

// fileRents says what a failing tenant owes for the rents of the step and of
// later ones in the deal: as agreed, at their present value, less the deposit
// that the landlord keeps.
func (k *letting) fileRents(m *contract.Month) {
	if !k.within(m.T) || m.T >= k.grid.Term() {
		return
	}
	gone := m.Q(contract.Defaulting)
	if k.c.head.To == m.Supplier() {
		gone = m.Q(contract.SupplierFailing)
	}
	if !vec.Any(gone) {
		return
	}
	claim, face := m.Temp(), m.Temp()
	m.Force(k.gate, face)
	vec.Mul(face, face, m.Col(k.on))
	vec.Mul(face, face, gone)
	to, worth, due := -1, 0.0, 0.0
	for i, x := range face {
		if last := min(k.last, m.LastsTo(i)-1); last != to {
			to = last
			worth, due = k.rents(m, to)
		}
		claim[i], face[i] = x*worth, x*due
	}
	m.Accelerated(k.claim, claim, face)
	for i, deposit := range m.Col(k.held) {
		claim[i] = max(0, claim[i]-deposit)
	}
	m.File(k.claim, claim)
	m.Free(2)
}
