// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// boundLoan is a loan laid out.
type boundLoan struct {
	c                *Loan
	gate             contract.Gate
	draw, mature     int // steps
	early            int // first step in which it may be repaid early
	drawing          contract.Slot
	repaying         contract.Slot
	principal, drawn contract.Col // cents owed, and paid out so far
	claim            contract.LiabilityID

	lent, note, interest, added, repaid, back      contract.LineID
	fee, premium, subsidy, lost, left, outstanding contract.LineID
}

// Bind attaches the clause: Quote offers draws on bills and early repayment;
// in the Funding stage interest is paid, then what is due is repaid, then the
// loan is paid out. What a failed borrower owes is a claim, and what is owed at
// the end of the term counts at its worth.
func (c *Loan) Bind(b *contract.Builder) {
	id, from, to, grid := c.head.ID, c.head.From, c.head.To, b.Grid()
	l := &boundLoan{c: c, gate: c.head.gate(b), draw: c.drawStep(grid), mature: c.matureStep(grid),
		principal: b.Column(id + ".principal"), drawn: b.Column(id + ".drawn")}
	l.bindLines(b)
	watch(b, from)
	watch(b, to)
	b.Stock(from, contract.Asset{Kind: contract.Note, Of: id}, l.principal)
	b.Debt(from, to, l.principal, l.left, l.back)
	if c.OnlyFor != "" {
		l.drawing = b.Election(id+".draw", id, contract.DrawSlot)
		b.On(contract.Standing, id, l.offerDraw)
	} else if l.draw < 0 {
		b.On(contract.Signing, id, func(m *contract.Month) { l.payOut(m, m.One()) })
	}
	if c.Early != nil {
		l.repaying = b.Election(id+".repay", id, contract.RepaySlot)
		if at, ok := grid.At(grid.Start().Add(c.Early.From)); ok {
			l.early = at
		}
		b.On(contract.Standing, id, l.offerRepayment)
	}
	b.On(contract.Funding, id, l.fund)
	b.On(contract.Claiming, id, l.file)
	b.On(contract.Ending, id, l.close)
}

func (l *boundLoan) bindLines(b *contract.Builder) {
	c := l.c
	id, from, to := c.head.ID, c.head.From, c.head.To
	cash, note := contract.Asset{Kind: contract.Cash}, contract.Asset{Kind: contract.Note, Of: id}
	line := func(from, to string, asset contract.Asset, kind string, role contract.Role) contract.LineID {
		return b.Line(contract.Line{From: from, To: to, Asset: asset, Kind: kind, Clause: id, Role: role})
	}
	l.lent, l.note = line(from, to, cash, "lent", contract.Lend), line(to, from, note, "note", contract.NoRole)
	if c.Interest == "pik" {
		l.added = line(to, from, note, "interest_added", contract.NoRole)
	} else {
		l.interest = line(to, from, cash, "interest", contract.Instrument)
	}
	l.repaid, l.back = line(to, from, cash, "repayment", contract.Instrument), line(from, to, note, "note_repaid", contract.NoRole)
	l.left = line(to, from, cash, "set_off", contract.Instrument)
	if c.Fee > 0 {
		l.fee = line(to, from, cash, "fee", contract.Instrument)
	}
	if c.Early != nil {
		l.premium = line(to, from, cash, "premium", contract.Instrument)
	}
	if c.Subsidy != nil {
		l.subsidy = line(c.Subsidy.By, from, cash, "subsidy", contract.Instrument)
		watch(b, c.Subsidy.By)
	}
	l.outstanding = line(to, from, contract.Asset{Kind: contract.InKind, Of: id}, "outstanding", contract.Instrument)
	l.lost = line(from, to, note, "note_written_off", contract.NoRole)
	l.claim = b.Liability(contract.Liability{Clause: id, Debtor: to, Creditor: from, Of: contract.OfLoan, Last: c.Last, Share: c.Recovery,
		Pays: line(to, from, cash, "loan_recovered", contract.Instrument)})
}

// mayLend writes 1 where money may be paid out: the agreement runs, both
// parties are solvent, and no failure of another has reached the loan.
func (l *boundLoan) mayLend(m *contract.Month, out []float64) {
	vec.Mul(out, m.Q(contract.Live), m.Solvent(l.c.head.From))
	vec.Mul(out, out, m.Solvent(l.c.head.To))
	m.Stop(l.c.head.ID, out)
}

// offerDraw offers what may still be drawn on bills.
func (l *boundLoan) offerDraw(m *contract.Month) {
	if m.T < l.draw || m.T >= l.mature || m.T >= m.Grid().Term() {
		return
	}
	offer, may := m.Offer(l.drawing), m.Temp()
	l.mayLend(m, may)
	m.Force(l.gate, offer)
	for i, f := range offer {
		offer[i] = max(0, float64(f*l.c.Principal.Value)-m.Col(l.drawn)[i]) * may[i]
	}
	m.Free(1)
}

// offerRepayment offers what is owed.
func (l *boundLoan) offerRepayment(m *contract.Month) {
	if m.T >= l.early && m.T < m.Grid().Term() {
		vec.Mul(m.Offer(l.repaying), m.Col(l.principal), m.Solvent(l.c.head.To))
	}
}

func (l *boundLoan) fund(m *contract.Month) {
	if m.T >= m.Grid().Term() {
		return
	}
	if !vec.AllEqual(m.Col(l.principal), 0) {
		l.service(m)
	}
	may := m.Temp()
	l.mayLend(m, may)
	switch {
	case l.c.OnlyFor != "":
		billed := m.Temp()
		m.Billed(l.c.OnlyFor, billed)
		vec.MaxOf(billed, billed, 0)
		vec.Min(billed, billed, m.Chosen(l.drawing))
		l.lend(m, billed)
		m.Free(1)
	case m.T >= l.draw && m.T < l.mature:
		l.payOut(m, may)
	}
	m.Free(1)
}

// payOut pays the loan out where that may be and has not been.
func (l *boundLoan) payOut(m *contract.Month, may []float64) {
	amount := m.Temp()
	m.Force(l.gate, amount)
	for i, f := range amount {
		amount[i] = f * l.c.Principal.Value * may[i]
		if m.Col(l.drawn)[i] != 0 {
			amount[i] = 0
		}
	}
	l.lend(m, amount)
	m.Free(1)
}

// lend pays amounts out, with the fee and the subsidy that come with them.
func (l *boundLoan) lend(m *contract.Month, amount []float64) {
	if vec.AllEqual(amount, 0) {
		return
	}
	m.Post(l.lent, amount)
	m.Post(l.note, amount)
	vec.Accumulate(m.Col(l.principal), amount)
	vec.Accumulate(m.Col(l.drawn), amount)
	part := m.Temp()
	if l.c.Fee > 0 {
		vec.Scale(part, amount, l.c.Fee)
		m.Post(l.fee, part)
	}
	if s := l.c.Subsidy; s != nil {
		vec.Scale(part, amount, s.Share)
		vec.Mul(part, part, m.Solvent(s.By))
		m.Post(l.subsidy, part)
	}
	m.Free(1)
}

// service pays interest and repays what is due, where the borrower is solvent.
func (l *boundLoan) service(m *contract.Month) {
	owed, solvent := m.Col(l.principal), m.Solvent(l.c.head.To)
	amount := m.Temp()
	vec.Scale(amount, owed, l.c.stepRate(m.Grid(), m.Obs.Curve, m.T))
	vec.Mul(amount, amount, solvent)
	if l.c.Interest == "pik" {
		m.Post(l.added, amount)
		vec.Accumulate(owed, amount)
	} else {
		m.Post(l.interest, amount)
	}
	due := m.Temp()
	m.FallsDue(l.c.head.ID, due)
	l.scheduled(m, amount)
	vec.Select(amount, due, owed, amount)
	vec.Min(amount, amount, owed)
	vec.Mul(amount, amount, solvent)
	l.repay(m, amount)
	if l.c.Early != nil {
		vec.Min(amount, m.Chosen(l.repaying), owed)
		l.repay(m, amount)
		vec.Scale(amount, amount, l.c.Early.Premium)
		m.Post(l.premium, amount)
	}
	m.Free(2)
}

// scheduled writes what is to be repaid in the step.
func (l *boundLoan) scheduled(m *contract.Month, amount []float64) {
	owed, grid := m.Col(l.principal), m.Grid()
	switch {
	case m.T >= l.mature:
		vec.Copy(amount, owed)
	case l.c.Repay == "equal":
		for i, x := range owed {
			amount[i] = x / float64(l.mature-m.T+1)
		}
	case l.c.Repay == "annuity":
		vec.Scale(amount, owed, l.c.level(grid, m.Obs.Curve, m.T, l.mature))
	case l.c.Repay == "table":
		year := grid.ContractYear(m.T)
		for i, x := range m.Col(l.drawn) {
			amount[i] = x * l.c.Table[year] / l.c.Principal.Value / float64(stepsOfYear(grid, year))
		}
	default:
		vec.Fill(amount, 0)
	}
}

func (l *boundLoan) repay(m *contract.Month, amount []float64) {
	m.Post(l.repaid, amount)
	m.Post(l.back, amount)
	vec.Sub(m.Col(l.principal), m.Col(l.principal), amount)
}

// file turns what a failed borrower owes into a claim.
func (l *boundLoan) file(m *contract.Month) {
	owed := m.Col(l.principal)
	if m.T >= m.Grid().Term() || vec.AllEqual(owed, 0) {
		return
	}
	gone := m.Temp()
	vec.Sub(gone, m.One(), m.Solvent(l.c.head.To))
	if vec.Any(gone) {
		vec.Mul(gone, gone, owed)
		m.Post(l.lost, gone)
		vec.Sub(owed, owed, gone)
		m.File(l.claim, gone)
	}
	m.Free(1)
}

// close counts what is owed at the end of the term at its worth.
func (l *boundLoan) close(m *contract.Month) {
	if m.T != m.Grid().Term()-1 {
		return
	}
	owed, worth := m.Col(l.principal), m.Temp()
	vec.Scale(worth, owed, l.c.Worth)
	m.Post(l.outstanding, worth)
	vec.Copy(worth, owed)
	m.Post(l.back, worth)
	vec.Fill(owed, 0)
	m.Free(1)
}
