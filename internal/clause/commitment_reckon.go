// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// rowColumns are the ledger's row of the period being settled, over the
// lanes; zero in lanes that are not settled now.
type rowColumns struct {
	schedule, relief, minimum, taken, spend, carryUsed, carryBank, deferred,
	deficiency, deficiencyPaid, makeUpUsed, makeUpBank, paid []float64
}

func (r *rowReadings) open(m *contract.Month) rowColumns {
	return rowColumns{
		schedule: m.ReadTo(r.schedule), relief: m.ReadTo(r.relief), minimum: m.ReadTo(r.minimum),
		taken: m.ReadTo(r.taken), spend: m.ReadTo(r.spend), carryUsed: m.ReadTo(r.carryUsed), carryBank: m.ReadTo(r.carryBank),
		deferred: m.ReadTo(r.deferred), deficiency: m.ReadTo(r.deficiency), deficiencyPaid: m.ReadTo(r.deficiencyPaid),
		makeUpUsed: m.ReadTo(r.makeUpUsed), makeUpBank: m.ReadTo(r.makeUpBank), paid: m.ReadTo(r.paid),
	}
}

// reckon settles the ledger in lanes where the period ends here or the buyer
// leaves.
func (k *running) reckon(m *contract.Month) {
	y := k.periods.Of(m.T)
	if y < 0 {
		return
	}
	k.gather(m)
	now := m.Temp()
	vec.Copy(now, m.Q(contract.Exiting))
	if k.periods.EndsAt(m.T) {
		vec.Copy(now, m.Q(contract.Live))
	}
	if vec.Any(now) {
		row := k.rows.open(m)
		if k.c.PayFor == "availability" {
			k.settleAvailability(m, y, now, row)
		} else {
			k.settle(m, y, now, row)
		}
		k.leave(m, y)
		for _, c := range k.ofPeriod {
			vec.Select(m.Col(c), now, m.Zero(), m.Col(c))
		}
	}
	k.release(m, y)
	m.Free(1)
}

// settle writes the ledger's row of period y in the lanes of now, moves the
// banks, and bills the deficiency.
func (k *running) settle(m *contract.Month, y int, now []float64, row rowColumns) {
	banked, extra := m.Temp(), m.Temp()
	eligible, credited, taken, carry := m.Col(k.eligible), m.Col(k.credited), m.Col(k.taken), m.Col(k.carry)
	for i := range now {
		banked[i], extra[i] = 0, 0
		if now[i] == 0 {
			continue
		}
		t := k.terms(m, y, i)
		t.creditedCents = credited[i]
		r := t.settle(eligible[i], credited[i]+k.bankCents(m, i), carry[i], m.Cents)
		row.schedule[i], row.relief[i], row.minimum[i] = t.scheduleCents, t.reliefCents, r.minimum
		row.taken[i], row.spend[i] = taken[i], eligible[i]
		row.carryUsed[i], row.deferred[i] = r.carryUsed, r.deferred
		row.deficiency[i], row.deficiencyPaid[i] = r.deficiency, r.paid
		banked[i], extra[i] = r.carryAdded, max(0, r.makeUpUsed-credited[i])
	}
	k.bill(m, k.deficiency, row.deficiencyPaid)
	k.moveCarry(m, row, banked, now)
	k.moveDeferral(m, row, now)
	if k.slots > 0 {
		k.takeMakeUp(m, extra)
		k.ageMakeUp(m, y, row, now)
	}
	k.moveCredit(m, row, now)
	topped := m.Col(k.topped)
	for i := range now {
		if now[i] != 0 {
			row.paid[i] = eligible[i] - credited[i] + row.deficiencyPaid[i] + topped[i]
		}
	}
	m.Free(2)
}

// bill invoices a copy of the column, and counts it as eligible spend of the
// commitment around this one.
func (k *running) bill(m *contract.Month, id contract.BillID, amount []float64) {
	billed := m.Temp()
	vec.Copy(billed, amount)
	m.Bill(id, billed)
	if k.c.Within != "" {
		vec.Accumulate(m.Col(k.around), billed)
	}
	m.Free(1)
}

// terms are the ledger's terms of period y in one lane.
func (k *running) terms(m *contract.Month, y, i int) ledgerTerms {
	c := k.c
	t := ledgerTerms{scheduleCents: k.planned(m, y, i), take: c.Take, deficiency: c.Deficiency,
		toSchedule: c.ReliefTo == "schedule", deferredCents: m.Col(k.deferredIn)[i]}
	leaving := m.Q(contract.Exiting)[i] != 0
	if leaving {
		t.scheduleCents = k.elapsedSchedule(m, y, i)
	}
	t.reliefCents = m.Cents(k.relief(m, i, t))
	if c.Carry != nil {
		t.carries, t.threshold, t.carryCap = true, c.Carry.Threshold, c.Carry.Cap
	}
	if c.Deferral != nil && !leaving && k.mayDefer(y) {
		t.deferralCap = c.Deferral.Cap
	}
	return t
}

// elapsed is the share of period y's days up to the end of step t.
func (k *running) elapsed(t, y int) float64 {
	return float64(k.periods.DaysTo(t)) / float64(k.periods.Days(y))
}

func (k *running) mayDefer(y int) bool {
	if y == k.periods.Count()-1 {
		return false
	}
	for _, p := range k.c.Deferral.Periods {
		if p == y+1 {
			return true
		}
	}
	return len(k.c.Deferral.Periods) == 0
}

// relief is what undelivered capacity takes off the minimum or the schedule.
func (k *running) relief(m *contract.Month, i int, t ledgerTerms) float64 {
	if !m.Has(contract.Capacity) || k.c.Relief == "none" {
		return 0
	}
	of := t.scheduleCents
	if !t.toSchedule {
		of *= t.take
	}
	if k.c.Relief == "impossibility" {
		return max(0, of-m.Col(k.possible)[i])
	}
	promised := m.Col(k.promised)[i]
	if promised == 0 {
		return of
	}
	return of * (1 - m.Col(k.delivered)[i]/promised)
}

// settleAvailability writes the row of a commitment that pays for
// availability; its charges were billed step by step.
func (k *running) settleAvailability(m *contract.Month, y int, now []float64, row rowColumns) {
	for i := range now {
		if now[i] == 0 {
			continue
		}
		schedule, due := k.planned(m, y, i), m.Col(k.due)[i]
		if m.Q(contract.Exiting)[i] != 0 {
			schedule = k.elapsedSchedule(m, y, i)
		}
		spend, charged := m.Col(k.eligible)[i], m.Col(k.charged)[i]
		row.schedule[i], row.minimum[i], row.relief[i] = schedule, due, max(0, m.Cents(k.c.Take*schedule)-due)
		row.taken[i], row.spend[i] = m.Col(k.taken)[i], spend
		row.deficiency[i], row.deficiencyPaid[i], row.paid[i] = charged, charged, spend+charged
	}
}

// leave bills the exit fee, a share of the minimums still to run, where the
// buyer leaves by its exit and not by a notice.
func (k *running) leave(m *contract.Month, y int) {
	if k.c.Exit == nil {
		return
	}
	exiting := m.Q(contract.Exiting)
	if !vec.Any(exiting) {
		return
	}
	fee := m.Temp()
	for i := range fee {
		fee[i] = 0
		if exiting[i] != 0 && m.Q(contract.Terminated)[i] == 0 {
			fee[i] = k.rest(m, y, i) * k.c.Exit.Fee
		}
	}
	m.Bill(k.exitFee, fee)
	m.Free(1)
}
