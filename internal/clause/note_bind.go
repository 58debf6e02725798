// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// boundNote is a note laid out.
type boundNote struct {
	c        *Note
	gate     contract.Gate
	payments []Payment
	owed     contract.Col // principal, with interest added to it
	fed      contract.Col // drawn by facilities in the step
	paid     paidCols
	due      int // step in which it matures; the grid's number of steps for none
	slot     contract.Slot
	event    contract.Event
	holding  contract.Holding
	convert  contract.IssueID

	advance, note, noteBack, interest, accrued contract.LineID
	given, forShares, repay, standing          contract.LineID
	claim                                      contract.LiabilityID
}

// Bind attaches the clause: money, interest, conversion and repayment in the
// Funding stage; a failure in the Claiming stage, and the end of the term in
// the Ending stage.
func (c *Note) Bind(b *contract.Builder) {
	id, from, to := c.head.ID, c.head.From, c.head.To
	cash, paper, kind := contract.Asset{Kind: contract.Cash}, contract.Asset{Kind: contract.Note, Of: id}, contract.Asset{Kind: contract.InKind, Of: id}
	line := func(from, to string, asset contract.Asset, name string, role contract.Role) contract.LineID {
		return b.Line(contract.Line{From: from, To: to, Asset: asset, Kind: name, Clause: id, Role: role})
	}
	watch(b, from)
	n := &boundNote{
		c: c, gate: c.head.gate(b), payments: c.Payments(b.Grid()), owed: b.Column(id + ".owed"), fed: b.Shared(fedInto(id)), paid: bindPaid(b, id),
		due: c.dueStep(b.Grid()), slot: -1, event: -1, holding: b.Holding(from),
		advance: line(from, to, cash, "advance", contract.Lend), note: line(to, from, paper, "note", contract.NoRole), noteBack: line(from, to, paper, "note_back", contract.NoRole),
		repay: line(to, from, cash, "repayment", contract.Instrument), standing: line(to, from, kind, "outstanding", contract.Instrument),
	}
	b.Stock(from, paper, n.owed)
	if c.Coupon > 0 && c.Interest == "cash" {
		n.interest = line(to, from, cash, "interest", contract.Instrument)
	} else if c.Coupon > 0 {
		n.accrued = line(to, from, paper, "interest_added", contract.NoRole)
	}
	n.claim = b.Liability(contract.Liability{Clause: id, Debtor: to, Creditor: from, Of: contract.OfLoan, Pays: line(to, from, cash, "note_recovered", contract.Instrument)})
	if x := c.Converts; x != nil {
		n.given, n.forShares = line(to, from, kind, "note_given_up", contract.Instrument), line(from, to, kind, "note_for_shares", contract.Cheque)
		n.convert = b.Issue(id, from, "conversion", contract.Convert)
		if x.On != "" {
			n.event = b.Event(x.On)
		}
		if x.AtElection {
			n.slot = b.Election(id+".convert", id, contract.ConvertSlot)
			b.On(contract.Standing, id, n.offer)
		}
	}
	b.On(contract.Signing, id, n.lend)
	b.On(contract.Funding, id, n.fund)
	b.On(contract.Claiming, id, n.file)
	b.On(contract.Ending, id, n.end)
}

// dueStep is the step in which the note matures, or the number of steps.
func (c *Note) dueStep(grid *calendar.Grid) int {
	if t, ok := grid.At(c.Matures); ok && c.Matures != (calendar.Date{}) && t < grid.Term() {
		return t
	}
	return grid.Steps()
}

// fund is a step of the note, in the order of the page: interest, money,
// conversion, repayment.
func (n *boundNote) fund(m *contract.Month) {
	if m.T >= m.Grid().Term() {
		return
	}
	if n.c.Coupon > 0 {
		n.accrue(m)
	}
	n.lend(m)
	if n.c.Converts != nil {
		n.convertAll(m)
	}
	n.repayAll(m)
}

// accrue pays interest, or adds it to what is owed.
func (n *boundNote) accrue(m *contract.Month) {
	x, owed := m.Temp(), m.Col(n.owed)
	vec.Mul(x, owed, m.Solvent(m.Buyer()))
	vec.Scale(x, x, n.c.Coupon*accrual(m.Grid(), m.T))
	if n.c.Interest == "cash" {
		m.Post(n.interest, x)
	} else {
		m.Post(n.accrued, x)
		vec.Accumulate(owed, x)
	}
	m.Free(1)
}

// lend pays what is lent in the step, and takes over what facilities drew.
func (n *boundNote) lend(m *contract.Month) {
	amount, owed, fed := m.Temp(), m.Col(n.owed), m.Col(n.fed)
	for _, p := range n.payments {
		if p.Step != m.T {
			continue
		}
		m.Force(n.gate, amount)
		if m.T >= 0 {
			may := m.Temp()
			mayFund(m, n.c.head.From, may)
			m.Stop(n.c.head.ID, may)
			vec.Mul(amount, amount, may)
			m.Free(1)
		}
		vec.Scale(amount, amount, p.Cents)
		m.Post(n.advance, amount)
		n.paid.add(m, amount)
		m.Post(n.note, amount)
		vec.Accumulate(owed, amount)
	}
	vec.Copy(amount, fed)
	m.Post(n.note, amount)
	n.paid.add(m, amount)
	vec.Accumulate(owed, amount)
	vec.Fill(fed, 0)
	m.Free(1)
}

// offer lets the holder convert where a share is worth more than it would cost.
func (n *boundNote) offer(m *contract.Month) {
	price, fair, offer, worth := m.Temp(), m.Temp(), m.Offer(n.slot), m.Worth(n.slot)
	m.FairPrice(fair)
	n.price(m, fair, price)
	for i, owed := range m.Col(n.owed) {
		worth[i] = fair[i] / price[i]
		if offer[i] = 0; fair[i] > price[i]*(1+paysMargin) {
			offer[i] = owed
		}
	}
	m.Free(2)
}

// price writes what a share costs when the note converts, the price of the
// round or of the day given.
func (n *boundNote) price(m *contract.Month, day, out []float64) {
	x, all := n.c.Converts, m.Temp()
	m.Outstanding(all)
	for i := range out {
		if x.PerShare != nil {
			out[i] = *x.PerShare * unit.MinorPerMajor
			continue
		}
		out[i] = day[i] * (1 - x.Discount)
		if x.PriceCap != nil {
			out[i] = min(out[i], *x.PriceCap*unit.MinorPerMajor)
		}
		if x.ValuationCents != nil {
			out[i] = min(out[i], *x.ValuationCents/all[i])
		}
	}
	m.Free(1)
}

// convertAll turns all that is owed into shares where the time has come, as far
// as the cap allows: the claim is given up and pays for the shares at its face.
func (n *boundNote) convertAll(m *contract.Month) {
	owed := m.Col(n.owed)
	if vec.AllEqual(owed, 0) {
		return
	}
	day, price, amount, shares := m.Temp(), m.Temp(), m.Temp(), m.Temp()
	defer m.Free(4)
	alive, round := m.Solvent(m.Buyer()), m.Q(contract.RoundPrice)
	m.FairPrice(day)
	for i := range amount {
		amount[i] = 0
		qualifies := n.qualifies(m, i)
		if qualifies {
			day[i] = round[i]
		}
		if qualifies || n.comes(m, i) {
			amount[i] = owed[i] * alive[i]
		}
	}
	if vec.AllEqual(amount, 0) {
		return
	}
	n.price(m, day, price)
	for i := range amount {
		if price[i] <= 0 {
			amount[i] = 0
		}
	}
	capMoney(m, n.c.Cap, n.holding, price, m.Zero(), amount)
	m.Post(n.noteBack, amount)
	m.Post(n.given, amount)
	m.Post(n.forShares, amount)
	sharesFor(shares, amount, price)
	m.Issue(n.convert, shares)
	m.Raise(amount)
	vec.Sub(owed, owed, amount)
}

// qualifies tells whether the step has a round with which the note converts.
func (n *boundNote) qualifies(m *contract.Month, i int) bool {
	least, money := n.c.Converts.QualifiedCents, m.Q(contract.RoundMoney)[i]
	return least != nil && money > 0 && reaches(money, *least)
}

// comes tells whether the note converts for another reason.
func (n *boundNote) comes(m *contract.Month, i int) bool {
	return n.event >= 0 && m.Obs.Events[n.event][i] != 0 ||
		n.slot >= 0 && m.Chosen(n.slot)[i] > 0 ||
		m.T >= n.due && n.c.Converts.AtMaturity == "converts"
}

// repayAll repays what is owed from maturity on, unless it converts then, and
// what another's failure has made fall due.
func (n *boundNote) repayAll(m *contract.Month) {
	amount, owed := m.Temp(), m.Col(n.owed)
	m.FallsDue(n.c.head.ID, amount)
	if m.T >= n.due && (n.c.Converts == nil || n.c.Converts.AtMaturity == "repaid") {
		vec.Fill(amount, 1)
	}
	vec.Mul(amount, amount, owed)
	vec.Mul(amount, amount, m.Solvent(m.Buyer()))
	m.Post(n.repay, amount)
	m.Post(n.noteBack, amount)
	vec.Sub(owed, owed, amount)
	m.Free(1)
}

// file turns what an insolvent buyer owes into a claim.
func (n *boundNote) file(m *contract.Month) {
	owed := m.Col(n.owed)
	if m.T >= m.Grid().Term() || vec.AllEqual(owed, 0) {
		return
	}
	gone := m.Temp()
	vec.Sub(gone, m.One(), m.Solvent(m.Buyer()))
	if vec.Any(gone) {
		vec.Mul(gone, gone, owed)
		m.Post(n.noteBack, gone)
		vec.Sub(owed, owed, gone)
		m.File(n.claim, gone)
	}
	m.Free(1)
}

// end hands over what is outstanding at the end of the term, at its worth.
func (n *boundNote) end(m *contract.Month) {
	if m.T != m.Grid().Term()-1 {
		return
	}
	worth := m.Temp()
	vec.Scale(worth, m.Col(n.owed), n.c.Worth)
	m.Post(n.standing, worth)
	m.Free(1)
}
