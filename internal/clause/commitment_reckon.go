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
	if m.HasExits() {
		vec.Mul(gone, gone, m.Paying())
	}
	y, runs := k.next(m.T)
	k.deliverLate(m, y, runs)
	if runs {
		now := m.Temp()
		due := k.fallsDue(m, now)
		if due {
			row := k.rows.open(m)
			if k.c.PayFor == "availability" {
				k.settleAvailability(m, y, now, row)
			} else {
				k.settle(m, y, now, row)
			}
			k.readStatus(m, y, now)
		}
		k.leave(m)
		if due {
			for _, c := range k.ofPeriod {
				vec.Select(m.Col(c), now, m.Zero(), m.Col(c))
			}
		}
		k.release(m, y)
		m.Free(1)
	} else if m.T < k.grid.Term() {
		k.leave(m)
	}
	if !m.None(contract.Exiting) {
		vec.Max(gone, gone, m.See(contract.Exiting))
	}
}

// fallsDue writes in which lanes a row is settled now, if it is in any.
func (k *running) fallsDue(m *contract.Month, now []float64) bool {
	switch ends := k.settled.EndsAt(m.T); {
	case ends && k.c.Survives:
		vec.Max(now, m.See(contract.Live), m.Col(k.gone))
	case ends:
		vec.Copy(now, m.See(contract.Live))
	case k.c.Survives || m.None(contract.Exiting):
		return false
	default:
		vec.Copy(now, m.See(contract.Exiting))
	}
	return vec.Any(now)
}

// leaves tells whether the buyer's leaving settles the row in a lane.
func (k *running) leaves(m *contract.Month, i int) bool {
	return !k.c.Survives && m.See(contract.Exiting)[i] != 0
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
		case y == k.settled.Count()-1 && (!k.leaves(m, i) || m.See(contract.Expiring)[i] != 0):
			expired[i] = 1
		}
	}
}

// settle writes the ledger's row of period y in the lanes of now, moves the
// banks, and bills the deficiency.
func (k *running) settle(m *contract.Month, y int, now []float64, row rowColumns) {
	x := ledger{
		schedule: row.schedule, take: m.Temp(), relief: row.relief, putOff: m.Temp(), spend: row.spend,
		bank: m.Temp(), banked: m.Temp(), credited: m.Temp(), deferralCap: m.Temp(), charged: m.Temp(),
		minimum: row.minimum, carryUsed: row.carryUsed, deferred: row.deferred, deficiency: row.deficiency, paid: row.deficiencyPaid,
		makeUpUsed: m.Temp(), carryAdded: m.Temp(),
	}
	k.open(m, y, now, &x)
	terms := k.terms()
	terms.settle(m, &x)
	vec.Select(row.taken, now, m.Col(k.taken), m.Zero())
	k.handOn(m, now, x.minimum)
	k.bill(m, k.deficiency, row.deficiencyPaid)
	k.moveCarry(m, row, x.carryAdded, now)
	k.moveDeferral(m, row, now)
	if k.slots > 0 {
		more := x.makeUpUsed
		vec.Excess(more, x.makeUpUsed, x.credited)
		k.takeMakeUp(m, more)
		k.ageMakeUp(m, y, row, now)
	}
	k.moveCredit(m, row, now)
	vec.Sub(row.paid, m.Col(k.eligible), m.Col(k.credited))
	vec.Accumulate(row.paid, row.deficiencyPaid)
	vec.Accumulate(row.paid, m.Col(k.topped))
	vec.Select(row.paid, now, row.paid, m.Zero())
	m.Free(9)
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
	exiting := m.See(contract.Exiting)
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
