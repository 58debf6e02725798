// SPDX-License-Identifier: Apache-2.0

package contract

import "offtake/internal/vec"

// carrying says whose failure need not end the contract: the gates of the
// clauses by which it is carried on in spite of it, and where it has been.
type carrying struct {
	gates   []Gate
	carried Col
}

// CarryOn lets the contract run on after the buyer or the supplier has failed,
// where the gate is at least half open in the step in which it does: its estate
// assumes the contract, or somebody steps in. It returns the column that is 1
// where the contract has been carried on.
func (b *Builder) CarryOn(party string, gate Gate) Col {
	x := &b.p.buyerCarries
	if party == b.p.supplier {
		x = &b.p.supplierCarries
	}
	if len(x.gates) == 0 {
		x.carried = b.Column("carried_on." + party)
	}
	x.gates = append(x.gates, gate)
	return x.carried
}

// stands says whether a side stands by the contract: it is solvent, or the
// contract has been carried on. Where open is 1 the contract may be carried on
// from this step. The column may be room, and is else not to be written.
func (m *Month) stands(x *carrying, solvent, open, room []float64) []float64 {
	if len(x.gates) == 0 {
		return solvent
	}
	carried := m.Col(x.carried)
	if m.T < m.p.grid.Term() {
		for _, g := range x.gates {
			for i, f := range m.InForce(g) {
				if open[i] == 1 && solvent[i] == 0 && f >= Likely {
					carried[i] = 1
				}
			}
		}
	}
	vec.Max(room, solvent, carried)
	return room
}

// Likely is how far a gate must be open for what cannot be done in part to be
// done at all, where runs take means.
const Likely = 0.5

// live says where the agreement runs in the step, and which side ends it. The
// buyer's failure comes before the supplier's.
func (m *Month) live() {
	p, live, defaulting, room := m.p, m.Out(Live), m.Out(Defaulting), m.Temp()
	vec.Sub(defaulting, m.one, m.Col(p.ended))
	m.pays = m.stands(&p.buyerCarries, m.Obs.Col[Alive], defaulting, m.carried)
	vec.Mul(live, defaulting, m.pays)
	vec.Sub(defaulting, defaulting, live)
	if stands := m.stands(&p.supplierCarries, m.Solvent(p.supplier), live, room); !vec.AllEqual(stands, 1) {
		failing := m.Out(SupplierFailing)
		vec.Copy(failing, live)
		vec.Mul(live, live, stands)
		vec.Sub(failing, failing, live)
	}
	if m.T >= p.grid.Term() {
		vec.Fill(live, 0)
	}
	m.Free(1)
}

// Paying is 1 where what the buyer was billed is paid: it is solvent, or the
// contract has been carried on.
func (m *Month) Paying() []float64 { return m.pays }

// A strike is a failure that reaches another clause.
type strike struct {
	clause string
	struck Col
	due    bool // what is owed under the clause falls due
}

// Strike lets a failure reach another clause where the column is not zero: its
// rights to draw stop, and where due is set, what is owed under it falls due.
func (b *Builder) Strike(clause string, struck Col, due bool) {
	b.p.strikes = append(b.p.strikes, strike{clause, struck, due})
}

// Stop leaves the column where no failure has reached the clause, and puts it
// to zero elsewhere.
func (m *Month) Stop(clause string, col []float64) {
	for _, s := range m.p.strikes {
		if s.clause == clause {
			vec.Select(col, m.Col(s.struck), m.zero, col)
		}
	}
}

// FallsDue writes 1 where a failure has made what is owed under the clause fall
// due, and 0 elsewhere.
func (m *Month) FallsDue(clause string, out []float64) {
	vec.Fill(out, 0)
	for _, s := range m.p.strikes {
		if s.clause == clause && s.due {
			vec.Max(out, out, m.Col(s.struck))
		}
	}
}

// Instalment says what a step's part of a clause's minimum is, in cents before
// relief, for whoever takes the contract over.
func (b *Builder) Instalment(clause string, of func(m *Month, out []float64)) {
	b.p.instalments = append(b.p.instalments, instalment{clause, of})
}

type instalment struct {
	clause string
	of     func(m *Month, out []float64)
}

// Instalment writes the step's part of the clause's minimum; zero where it has
// none.
func (m *Month) Instalment(clause string, out []float64) {
	vec.Fill(out, 0)
	for _, x := range m.p.instalments {
		if x.clause == clause {
			x.of(m, out)
		}
	}
}

// Billed writes what was billed under the clause in the step, in cents, less
// what was billed the other way. It holds from the Funding stage on.
func (m *Month) Billed(clause string, out []float64) {
	vec.Fill(out, 0)
	for i := range m.p.bills {
		x := &m.p.bills[i]
		line := x.cash
		if x.net > 0 {
			line = x.raise
		}
		if m.p.lines[line].Clause != clause || !m.moved[line] {
			continue
		}
		if x.credit {
			vec.Sub(out, out, m.flow[line])
		} else {
			vec.Accumulate(out, m.flow[line])
		}
	}
}

// A debt is a standing loan: whoever owes it may set it off.
type debt struct {
	lender, borrower string
	principal        Col
	pay, back        LineID
}

// Debt says that a column is what one party owes another under a loan, and
// along which lines it pays it back: the money, and the note.
func (b *Builder) Debt(lender, borrower string, principal Col, pay, back LineID) {
	b.p.debts = append(b.p.debts, debt{lender, borrower, principal, pay, back})
}

// Owed writes what a party owes another under loans.
func (m *Month) Owed(lender, borrower string, out []float64) {
	vec.Fill(out, 0)
	for _, d := range m.p.debts {
		if d.lender == lender && d.borrower == borrower {
			vec.Accumulate(out, m.Col(d.principal))
		}
	}
}

// Discharge pays back loans that one party owes another, the first ones first.
// The column is what is paid, and zero afterwards.
func (m *Month) Discharge(lender, borrower string, amount []float64) {
	part := m.Temp()
	for _, d := range m.p.debts {
		if d.lender != lender || d.borrower != borrower {
			continue
		}
		vec.Min(part, amount, m.Col(d.principal))
		m.Post(d.pay, part)
		m.Post(d.back, part)
		vec.Sub(m.Col(d.principal), m.Col(d.principal), part)
		vec.Sub(amount, amount, part)
	}
	m.Free(1)
}
