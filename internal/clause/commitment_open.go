// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// terms are those of the ledger in every period.
func (k *running) terms() ledgerTerms {
	t := ledgerTerms{toSchedule: k.c.ReliefTo == "schedule", carryCap: -1, swing: k.c.swing()}
	if c := k.c.Carry; c != nil {
		t.carries, t.threshold, t.carryCap = true, c.Threshold, c.Cap
	}
	return t
}

// open writes what goes into the ledger of period y, in the lanes of now.
func (k *running) open(m *contract.Month, y int, now []float64, x *ledger) {
	k.openSchedule(m, y, x.schedule)
	k.openShares(m, y, x)
	k.relief(m, x)
	k.bankCents(m, x.bank)
	vec.Accumulate(x.bank, m.Col(k.credited))
	for _, c := range []struct{ out, of []float64 }{
		{x.schedule, x.schedule}, {x.relief, x.relief}, {x.putOff, m.Col(k.deferredIn)}, {x.spend, m.Col(k.eligible)},
		{x.bank, x.bank}, {x.banked, m.Col(k.carry)}, {x.credited, m.Col(k.credited)},
	} {
		vec.Select(c.out, now, c.of, m.Zero())
	}
}

// openSchedule writes A: of the part of the period that has passed where the
// buyer leaves.
func (k *running) openSchedule(m *contract.Month, y int, out []float64) {
	if k.c.bends {
		for i := range out {
			out[i] = k.planned(m, y, i)
		}
	} else {
		vec.Fill(out, k.amounts[y])
	}
	if m.None(contract.Exiting) {
		return
	}
	for i := range out {
		if k.leaves(m, i) {
			out[i] = k.elapsedSchedule(m, y, i)
		}
	}
}

// openShares writes what is to be taken of the schedule, what may be put off
// and what is charged of a deficiency.
func (k *running) openShares(m *contract.Month, y int, x *ledger) {
	vec.Fill(x.take, k.c.Take)
	if k.gate >= 0 {
		vec.DivOf(x.take, m.Col(k.inForce), k.daysTo(m.T, y))
		vec.Scale(x.take, x.take, k.c.Take)
	}
	vec.Fill(x.charged, k.c.Deficiency)
	if k.charge >= 0 {
		for i := range x.charged {
			waived := 1 - k.elected(m, i)
			x.charged[i] = k.c.Deficiency * (1 - waived)
		}
	}
	vec.Fill(x.deferralCap, 0)
	if k.c.Deferral == nil || !k.mayDefer(y) {
		return
	}
	vec.Fill(x.deferralCap, k.c.Deferral.Cap)
	if !k.c.Survives {
		vec.Select(x.deferralCap, m.See(contract.Exiting), m.Zero(), x.deferralCap)
	}
}

// relief writes what undelivered capacity takes off the minimum or the
// schedule; nothing where the buyer has left.
func (k *running) relief(m *contract.Month, x *ledger) {
	if !m.Has(contract.Capacity) || k.c.Relief == "none" {
		vec.Fill(x.relief, 0)
		return
	}
	vec.Copy(x.relief, x.schedule)
	if k.c.ReliefTo != "schedule" {
		vec.Mul(x.relief, x.schedule, x.take)
	}
	if k.c.Relief == "impossibility" {
		vec.Excess(x.relief, x.relief, m.Col(k.possible))
	} else {
		promised, delivered := m.Col(k.promised), m.Col(k.delivered)
		for i := range promised {
			if promised[i] != 0 {
				x.relief[i] *= 1 - delivered[i]/promised[i]
			}
		}
	}
	m.SettleCents(x.relief)
	if m.HasExits() {
		vec.Select(x.relief, m.Col(k.gone), m.Zero(), x.relief)
	}
}

// bankCents writes what all living vintages of make-up are worth at the price
// of the step.
func (k *running) bankCents(m *contract.Month, out []float64) {
	k.bankOf(m, out)
	if k.slots > 0 && k.inUnits() {
		vec.Mul(out, out, m.See(contract.Price))
	}
}

// bankOf writes what stands in the bank, in its own unit.
func (k *running) bankOf(m *contract.Month, out []float64) {
	vec.Fill(out, 0)
	for _, c := range k.bank {
		vec.Accumulate(out, m.Col(c))
	}
}
