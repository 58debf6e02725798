// SPDX-License-Identifier: Apache-2.0

package contract

import (
	"slices"

	"offtake/internal/vec"
)

// A bill is an amount that is billed in one step and paid some steps later.
// With no delay it is one cash line. With a delay, billing posts a receivable,
// a ring of columns holds what is outstanding, and paying it posts cash and
// takes the receivable back.
type bill struct {
	net      int // steps between being billed and being paid
	cash     LineID
	raise    LineID // the receivable comes into being
	clear    LineID // the receivable is paid
	writeOff LineID // the receivable is lost in default
	recover  LineID // what the estate pays on it
	// lostValue reads what is written off at its present value when due, seen
	// from the valuation date.
	lostValue ReadingID
	ring      []Col
	claim     LiabilityID // of what default leaves unpaid
	credit    bool        // a contra line: it lowers the invoice
}

// WrittenOff names the reading of billed amounts lost in default: their
// present value, signed by their effect on the invoice.
const WrittenOff = "written_off_value"

// BillID is the handle of a billed line.
type BillID int

// Bill adds a line that is billed: what the payer owes is invoiced now and
// paid net steps later. A line from the supplier to the buyer lowers the
// invoice.
func (b *Builder) Bill(l Line, net int) BillID {
	p := b.p
	x := bill{net: net, credit: l.From == p.supplier}
	x.cash = b.Line(l)
	if net > 0 {
		owed, back := l, l
		owed.Asset, owed.Due = Asset{DueLater, l.Clause + "." + l.Kind}, net
		back.Asset, back.From, back.To = owed.Asset, l.To, l.From
		x.raise = b.Line(owed)
		back.Kind = l.Kind + "_paid"
		x.clear = b.Line(back)
		back.Kind = l.Kind + "_written_off"
		x.writeOff = b.Line(back)
		paid := l
		paid.Kind, paid.Role = l.Kind+"_recovered", Estate
		x.recover = b.Line(paid)
		x.lostValue = b.Reading(Reading{Name: WrittenOff, Unit: "cents", Clause: l.Clause})
		x.claim = b.Liability(Liability{Clause: l.Clause, Debtor: p.buyer, Creditor: p.supplier, Of: OfBills, Pays: x.recover, Lowers: x.credit})
		x.ring = b.Columns(l.Clause+"."+l.Kind+".due", net)
		b.Stock(l.To, owed.Asset, x.ring...)
	}
	if net > 0 && !slices.Contains(p.billing, l.Clause) {
		p.billing = append(p.billing, l.Clause)
	}
	p.bills = append(p.bills, x)
	return BillID(len(p.bills) - 1)
}

// Bill invoices the column, which afterwards holds the amounts as posted.
func (m *Month) Bill(id BillID, amount []float64) {
	x := &m.p.bills[id]
	if x.net == 0 {
		m.Post(x.cash, amount)
	} else {
		m.Post(x.raise, amount)
		vec.Accumulate(m.Col(x.ring[m.T%x.net]), amount)
	}
	if x.credit {
		vec.Sub(m.Q(Invoice), m.Q(Invoice), amount)
	} else {
		m.Add(Invoice, amount)
	}
}

// payDue pays what was billed net steps ago, where the buyer is solvent or the
// contract has been carried on.
func (m *Month) payDue() {
	for i := range m.p.bills {
		x := &m.p.bills[i]
		if x.net == 0 || m.T < x.net {
			continue
		}
		due := m.Col(x.ring[m.T%x.net])
		if vec.AllEqual(due, 0) {
			continue
		}
		paid := m.Temp()
		vec.Mul(paid, due, m.pays)
		m.Post(x.cash, paid)
		m.Post(x.clear, paid)
		vec.Sub(due, due, paid)
		m.Free(1)
	}
}

// fileBills closes what an insolvent buyer owes, also one that left before: the
// receivable goes, and a claim upon the estate takes its place. Where the
// contract is carried on nothing is closed.
func (m *Month) fileBills() {
	if len(m.p.billing) == 0 {
		return
	}
	insolvent := m.Temp()
	vec.Sub(insolvent, m.one, m.pays)
	if vec.Any(insolvent) {
		m.writeOff(insolvent)
	}
	m.Free(1)
	m.sumReceivable()
}

func (m *Month) writeOff(insolvent []float64) {
	gone, lost := m.Temp(), m.Temp()
	for i := range m.p.bills {
		x := &m.p.bills[i]
		if x.net == 0 {
			continue
		}
		vec.Fill(gone, 0)
		none := true // amounts that cancel are still to be closed
		for _, c := range x.ring {
			vec.Accumulate(gone, m.Col(c))
			none = none && vec.AllEqual(m.Col(c), 0)
		}
		if none {
			continue
		}
		vec.Mul(gone, gone, insolvent)
		vec.Fill(lost, 0)
		for k, c := range x.ring {
			vec.AddScaled(lost, m.Col(c), m.Obs.Curve[m.dueStep(k, x.net)])
		}
		vec.Mul(lost, lost, insolvent)
		if x.credit {
			vec.Negate(lost, lost)
		}
		m.Read(x.lostValue, lost)
		m.Post(x.writeOff, gone)
		m.File(x.claim, gone)
		for _, c := range x.ring {
			vec.Select(m.Col(c), insolvent, m.zero, m.Col(c))
		}
	}
	m.Free(2)
	m.balanceBills()
}

// dueStep is the step in which slot k of a ring of the given length falls
// due, seen from a step T in which nothing was billed: T itself at the
// earliest.
func (m *Month) dueStep(k, net int) int {
	return min(m.T+(k-m.T%net+net)%net, m.p.grid.Steps()-1)
}

// Owed is the least that counts as billed and unpaid, in cents: less is what
// the rounding of sums leaves.
const Owed = 0.5

// sumReceivable adds up what is billed and not yet due.
func (m *Month) sumReceivable() {
	sum := m.Q(Receivable)
	for i := range m.p.bills {
		x := &m.p.bills[i]
		for _, c := range x.ring {
			if x.credit {
				vec.Sub(sum, sum, m.Col(c))
			} else {
				vec.Accumulate(sum, m.Col(c))
			}
		}
	}
}
