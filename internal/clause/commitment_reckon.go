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
	k.countLate(m)
	gone := m.Col(k.gone)
	vec.Mul(gone, gone, m.Paying())
	y, runs := k.next(m.T)
	k.deliverLate(m, y, runs)
	if runs {
		now := m.Temp()
		if k.fallsDue(m, now); vec.Any(now) {
			row := k.rows.open(m)
			if k.c.PayFor == "availability" {
				k.settleAvailability(m, y, now, row)
			} else {
				k.settle(m, y, now, row)
			}
			k.readStatus(m, y, now)
		}
		k.leave(m)
		if vec.Any(now) {
			for _, c := range k.ofPeriod {
				vec.Select(m.Col(c), now, m.Zero(), m.Col(c))
			}
		}
		k.release(m, y)
		m.Free(1)
	} else if m.T < k.grid.Term() {
		k.leave(m)
	}
	vec.Max(gone, gone, m.Q(contract.Exiting))
}

// fallsDue writes in which lanes a row is settled now.
func (k *running) fallsDue(m *contract.Month, now []float64) {
	switch ends := k.settled.EndsAt(m.T); {
	case ends && k.c.Survives:
		vec.Max(now, m.Q(contract.Live), m.Col(k.gone))
	case ends:
		vec.Copy(now, m.Q(contract.Live))
	case k.c.Survives:
		vec.Fill(now, 0)
	default:
		vec.Copy(now, m.Q(contract.Exiting))
	}
}

// leaves tells whether the buyer's leaving settles the row in a lane.
func (k *running) leaves(m *contract.Month, i int) bool {
	return !k.c.Survives && m.Q(contract.Exiting)[i] != 0
}

// readStatus reports whether all has been spent, and in the last row whether
// the commitment expires without that.
func (k *running) readStatus(m *contract.Month, y int, now []float64) {
	if len(k.c.Milestones) == 0 {
		return
	}
	completed, expired, all := m.ReadTo(k.completed), m.ReadTo(k.expired), m.Col(k.all)
	for i := range now {
		switch done := reaches(all[i], k.c.Take*k.c.Total.Value); {
		case now[i] == 0:
		case done:
			completed[i] = 1
		case y == k.settled.Count()-1 && !k.leaves(m, i):
			expired[i] = 1
		}
	}
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
		k.handOn(m, i, r.minimum)
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
	t := ledgerTerms{scheduleCents: k.planned(m, y, i), take: c.Take, deficiency: c.Deficiency, waived: 1 - k.elected(m, i),
		toSchedule: c.ReliefTo == "schedule", deferredCents: m.Col(k.deferredIn)[i], swing: c.swing()}
	leaving := k.leaves(m, i)
	if leaving {
		t.scheduleCents = k.elapsedSchedule(m, y, i)
	}
	if k.gate >= 0 {
		t.take *= m.Col(k.inForce)[i] / k.daysTo(m.T, y)
	}
	if m.Col(k.gone)[i] == 0 {
		t.reliefCents = m.Cents(k.relief(m, i, t))
	}
	if c.Carry != nil {
		t.carries, t.threshold, t.carryCap = true, c.Carry.Threshold, c.Carry.Cap
	}
	if c.Deferral != nil && !leaving && k.mayDefer(y) {
		t.deferralCap = c.Deferral.Cap
	}
	return t
}

func (k *running) mayDefer(y int) bool {
	if y == k.settled.Count()-1 {
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
		if k.leaves(m, i) {
			schedule = k.elapsedSchedule(m, y, i)
		}
		take := k.c.Take
		if k.gate >= 0 {
			take *= m.Col(k.inForce)[i] / k.daysTo(m.T, y)
		}
		spend, charged := m.Col(k.eligible)[i], m.Col(k.charged)[i]
		row.schedule[i], row.minimum[i], row.relief[i] = schedule, due, max(0, float64(m.Cents(take*schedule))-due)
		row.taken[i], row.spend[i] = m.Col(k.taken)[i], spend
		row.deficiency[i], row.deficiencyPaid[i], row.paid[i] = charged, charged, spend+charged
	}
}

// leave bills the exit fee, a share of the minimums still to run, where the
// buyer leaves by its exit and not by a notice.
func (k *running) leave(m *contract.Month) {
	exiting := m.Q(contract.Exiting)
	if k.c.Exit == nil || !vec.Any(exiting) {
		return
	}
	fee := m.Temp()
	for i := range fee {
		fee[i] = 0
		if exiting[i] != 0 && m.Q(contract.Terminated)[i] == 0 {
			fee[i] = k.rest(m, i) * k.c.Exit.Fee
		}
	}
	m.Bill(k.exitFee, fee)
	m.Free(1)
}
