// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// inUnits tells whether make-up is owed in units of compute.
func (k *running) inUnits() bool { return k.c.MakeUp.In == "units" }

// creditMakeUp credits make-up as soon as the period's own minimum is met.
// Relief is not known before the period's end; it only lowers the minimum, so
// nothing credited here has to be taken back.
func (k *running) creditMakeUp(m *contract.Month) {
	y, runs := k.next(m.T)
	if !runs || k.empty(m) {
		return
	}
	want, spent := m.Temp(), m.Col(k.eligible)
	if k.steady() {
		vec.AddOf(want, spent, -k.provisional(m, y))
	} else {
		k.floor(m, y, want)
		vec.Sub(want, spent, want)
	}
	vec.Excess(want, want, m.Col(k.credited))
	vec.Mul(want, want, m.See(contract.Live))
	k.takeMakeUp(m, want)
	m.Free(1)
}

// empty tells whether there is no make-up to be taken in any lane.
func (k *running) empty(m *contract.Month) bool {
	for _, c := range k.bank {
		if !vec.AllEqual(m.Col(c), 0) {
			return false
		}
	}
	return true
}

// takeMakeUp takes up to the wanted cents from the bank, oldest vintage first,
// and credits them on the invoice.
func (k *running) takeMakeUp(m *contract.Month, want []float64) {
	if vec.AllEqual(want, 0) || k.empty(m) {
		return
	}
	out := m.Temp()
	if k.inUnits() {
		price := m.See(contract.Price)
		for i := range want {
			out[i] = k.draw(m, k.bank, i, unitsAt(want[i], price[i]))
		}
	} else {
		k.drawAll(m, k.bank, want, out)
	}
	m.Post(k.bankOut, out)
	vec.Accumulate(m.Col(k.used), out)
	if k.inUnits() {
		k.priceMakeUp(m, out)
	}
	m.Bill(k.makeUp, out)
	vec.Accumulate(m.Col(k.credited), out)
	m.Free(1)
}

// priceMakeUp puts in the place of units of make-up what is credited for them
// at the step's price, and bills what is to be paid on top.
func (k *running) priceMakeUp(m *contract.Month, units []float64) {
	credit, top := units, m.Temp()
	vec.Mul(credit, units, m.See(contract.Price))
	m.SettleCents(credit)
	if k.c.MakeUp.TopUp == "unpaid" {
		vec.Scale(top, credit, 1-k.c.Deficiency)
		m.Bill(k.topUp, top)
		vec.Accumulate(m.Col(k.topped), top)
	}
	m.Free(1)
}

// draw takes up to ask from the vintages, oldest first, and returns what it
// took.
func (k *running) draw(m *contract.Month, vintages []contract.Col, i int, ask float64) float64 {
	took := 0.0
	for v := len(vintages) - 1; v >= 0 && took < ask; v-- {
		col := m.Col(vintages[v])
		use := min(col[i], ask-took)
		col[i] -= use
		took += use
	}
	return took
}

// drawAll is draw in all lanes; none asks for less than nothing.
func (k *running) drawAll(m *contract.Month, vintages []contract.Col, ask, took []float64) {
	vec.Fill(took, 0)
	for v := len(vintages) - 1; v >= 0; v-- {
		vec.Drain(m.Col(vintages[v]), took, ask)
	}
}

func unitsAt(cents, priceCents float64) float64 {
	if priceCents <= 0 {
		return 0
	}
	return cents / priceCents
}

// ageMakeUp ends a period for the bank: the oldest vintage expires, the others
// grow older, and what was paid as deficiency becomes the newest.
func (k *running) ageMakeUp(m *contract.Month, y int, row rowColumns, now []float64) {
	fresh := m.Temp()
	vec.Copy(fresh, row.deficiencyPaid)
	if k.inUnits() {
		for i := range fresh {
			fresh[i] = unitsAt(row.deficiency[i]*k.elected(m, i), m.See(contract.Price)[i])
		}
	}
	k.age(m, k.bank, k.bankLost, k.bankIn, fresh, now)
	k.bankOf(m, row.makeUpBank)
	vec.Select(row.makeUpBank, now, row.makeUpBank, m.Zero())
	vec.Select(row.makeUpUsed, now, m.Col(k.used), m.Zero())
	ends := m.See(contract.Exiting)
	if k.c.Survives {
		ends = m.Zero()
	}
	if y == k.settled.Count()-1 {
		ends = now
	}
	if vec.Any(ends) {
		k.closeMakeUp(m, ends)
	}
	m.Free(1)
}

// age ends a period for vintages: post what expires along lost and what is
// fresh along in.
func (k *running) age(m *contract.Month, vintages []contract.Col, lost, in contract.LineID, fresh, now []float64) {
	last := len(vintages) - 1
	expired := m.Temp()
	vec.Select(expired, now, m.Col(vintages[last]), m.Zero())
	m.Post(lost, expired)
	for v := last; v > 0; v-- {
		vec.Select(m.Col(vintages[v]), now, m.Col(vintages[v-1]), m.Col(vintages[v]))
	}
	m.Post(in, fresh)
	vec.Select(m.Col(vintages[0]), now, fresh, m.Col(vintages[0]))
	m.Free(1)
}

// closeMakeUp empties the bank after the last period, which is the running one
// where the buyer leaves. What is left is lost, or paid out: money as it
// stands, units at the part of the day's price that the deficiency paid.
func (k *running) closeMakeUp(m *contract.Month, ends []float64) {
	out, cents := m.Temp(), m.Temp()
	for i := range out {
		out[i], cents[i] = 0, 0
		if ends[i] == 0 {
			continue
		}
		for _, c := range k.bank {
			out[i] += m.Col(c)[i]
			m.Col(c)[i] = 0
		}
		cents[i] = out[i]
		if k.inUnits() {
			cents[i] = out[i] * m.See(contract.Price)[i] * k.c.Deficiency
		}
	}
	if k.c.MakeUp.AtEnd == "refunded" {
		m.Post(k.bankOut, out)
		m.Bill(k.refund, cents)
	} else {
		m.Post(k.bankLost, out)
	}
	m.Free(2)
}

// moveCarry uses and banks spend carried forward.
func (k *running) moveCarry(m *contract.Month, row rowColumns, banked, now []float64) {
	if k.c.Carry == nil {
		return
	}
	carry := m.Col(k.carry)
	m.Post(k.carryOut, row.carryUsed)
	m.Post(k.carryIn, banked)
	vec.Sub(carry, carry, row.carryUsed)
	vec.Accumulate(carry, banked)
	vec.Mul(row.carryBank, carry, now)
}

// moveDeferral releases what was put off to this period and puts off to the
// next.
func (k *running) moveDeferral(m *contract.Month, row rowColumns, now []float64) {
	if k.c.Deferral == nil {
		return
	}
	late, due := m.Col(k.deferredIn), m.Temp()
	vec.Mul(due, late, now)
	m.Post(k.deferOut, due)
	m.Post(k.deferIn, row.deferred)
	vec.Sub(late, late, due)
	vec.Accumulate(late, row.deferred)
	m.Free(1)
}

// moveCredit ages prepaid credit and adds the period's deficiency to it.
func (k *running) moveCredit(m *contract.Month, row rowColumns, now []float64) {
	if k.c.Credit == nil {
		return
	}
	fresh := m.Temp()
	vec.Copy(fresh, row.deficiencyPaid)
	k.age(m, k.credit, k.creditLost, k.creditIn, fresh, now)
	m.Free(1)
}

// useCredit pays the step's invoice for usage with what credit is left,
// oldest first.
func (k *running) useCredit(m *contract.Month) {
	used, invoice, notUsage := m.Temp(), m.Q(contract.Invoice), m.Q(contract.NotUsage)
	for i := range used {
		used[i] = k.draw(m, k.credit, i, max(0, invoice[i]-notUsage[i]))
	}
	m.Post(k.creditOut, used)
	vec.Accumulate(m.Q(contract.ByPrepaid), used)
	m.Bill(k.creditUse, used)
	m.Free(1)
}
