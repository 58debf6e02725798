// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"slices"

	"offtake/internal/contract"
	"offtake/internal/vec"
)

// boundEquity is an equity clause laid out.
type boundEquity struct {
	c             *Equity
	gate          contract.Gate
	payments      []Payment
	price         priced
	holding       contract.Holding
	slot          contract.Slot // of taking part in rounds of others; -1 for no right to
	pay, others   contract.LineID
	proRata       contract.LineID
	issue, spread contract.IssueID
	credits       contract.Col
	paid          paidCols
	round         contract.Col // new money of the round so far
	joined        contract.Col // of what was paid in, in rounds of others
}

// Bind attaches the clause: parts of the cheque fall at signing or in the
// Funding stage of their steps; credits then pay invoices.
func (c *Equity) Bind(b *contract.Builder) {
	id, cash := c.head.ID, contract.Asset{Kind: contract.Cash}
	paid, role := cash, contract.Cheque
	if c.PaidIn == "credits" {
		paid, role = contract.Asset{Kind: contract.Credits, Of: id}, contract.NoRole
	}
	watch(b, c.head.From)
	e := &boundEquity{
		c: c, gate: c.head.gate(b), payments: c.Payments(b.Grid()), slot: -1,
		price: c.price().bind(b, c.Lead()), holding: b.Holding(c.head.From),
		pay:    b.Line(contract.Line{From: c.head.From, To: c.head.To, Asset: paid, Kind: "purchase", Clause: id, Role: role}),
		others: b.Line(contract.Line{From: contract.Outside, To: c.head.To, Asset: cash, Kind: "purchase_by_others", Clause: id, Role: contract.Cheque}),
		issue:  b.Issue(id, c.head.From, "issue", contract.Issue),
		spread: b.Issue(id, contract.Outside, "issue_to_others", contract.Issue),
		paid:   bindPaid(b, id), round: b.Shared(c.Lead() + ".round_money"),
	}
	if c.Preference != nil && c.Preference.Until != "" {
		b.Event(c.Preference.Until) // measures ask whether it has happened
	}
	e.credits = c.bindCredits(b)
	b.On(contract.Signing, id, func(m *contract.Month) { e.fund(m, m.One()) })
	b.On(contract.Funding, id, func(m *contract.Month) {
		if !e.pays(m.T) {
			return
		}
		live := m.Temp()
		mayFund(m, c.head.From, live)
		e.fund(m, live)
		m.Free(1)
	})
	if c.ProRata != nil {
		e.bindProRata(b)
	}
}

// paidCols are what came in under a clause, in cents: in all, and after the
// signing.
type paidCols struct{ all, later contract.Col }

func bindPaid(b *contract.Builder, id string) paidCols {
	return paidCols{b.Shared(id + ".paid_in"), b.Shared(id + ".paid_in_later")}
}

// add counts money.
func (p paidCols) add(m *contract.Month, cents []float64) {
	vec.Accumulate(m.Col(p.all), cents)
	if m.T >= 0 {
		vec.Accumulate(m.Col(p.later), cents)
	}
}

// pays tells whether a part falls in the step.
func (e *boundEquity) pays(t int) bool {
	return slices.ContainsFunc(e.payments, func(p Payment) bool { return p.Step == t })
}

// fund pays the parts that fall in the step.
func (e *boundEquity) fund(m *contract.Month, live []float64) {
	for k, p := range e.payments {
		if p.Step == m.T {
			e.close(m, live, p.Cents, k == 0)
		}
	}
}

// close sells shares for a part of the cheque, and with the first part to the
// others in the round: everybody pays the same price.
func (e *boundEquity) close(m *contract.Month, live []float64, cents float64, first bool) {
	force, amount, price, shares, rest := m.Temp(), m.Temp(), m.Temp(), m.Temp(), m.Temp()
	m.Force(e.gate, force)
	vec.Mul(force, force, live)
	e.price.cents(m, price)
	for i, x := range price {
		if x <= 0 {
			force[i] = 0
		}
	}
	vec.Fill(rest, 0)
	if first {
		vec.Scale(rest, force, e.c.NewMoney()-e.c.Amount.Value)
	}
	vec.Scale(amount, force, cents)
	sharesFor(shares, rest, price)
	capMoney(m, e.c.Cap, e.holding, price, shares, amount)
	m.Post(e.pay, amount)
	if e.c.PaidIn == "credits" {
		vec.Accumulate(m.Col(e.credits), amount)
	}
	sharesFor(shares, amount, price)
	m.Issue(e.issue, shares)
	m.Post(e.others, rest)
	sharesFor(shares, rest, price)
	m.Issue(e.spread, shares)
	e.count(m, amount, rest, price)
	m.Free(5)
}

// count notes what came in, and that a round is held at the price.
func (e *boundEquity) count(m *contract.Month, amount, rest, price []float64) {
	m.Raise(amount)
	m.Raise(rest)
	e.paid.add(m, amount)
	money := m.Temp()
	vec.Add(money, amount, rest)
	e.price.hold(m, price, money)
	round := m.Col(e.round)
	vec.Accumulate(round, money)
	vec.Select(money, money, round, m.Zero())
	m.Round(money, price)
	m.Free(1)
}

// bindProRata adds the right to take part in rounds of others.
func (e *boundEquity) bindProRata(b *contract.Builder) {
	id := e.c.head.ID
	e.slot = b.Election(id+".pro_rata", id, contract.JoinSlot)
	e.joined = b.Column(id + ".joined")
	e.proRata = b.Line(contract.Line{From: e.c.head.From, To: e.c.head.To, Asset: contract.Asset{Kind: contract.Cash}, Kind: "pro_rata", Clause: id, Role: contract.Cheque})
	b.On(contract.Standing, id, e.offer)
	b.On(contract.Funding, id, e.join)
}

// offer offers the investor's part of the step's round of others, where the
// round is no dearer than it should be.
func (e *boundEquity) offer(m *contract.Month) {
	raised, at := m.Obs.Col[contract.Raised], m.Obs.Col[contract.RaisedAt]
	if vec.AllEqual(raised, 0) {
		return
	}
	offer, held, all, fair := m.Offer(e.slot), m.Temp(), m.Temp(), m.Temp()
	m.Force(e.gate, offer)
	vec.Mul(offer, offer, m.Solvent(e.c.head.From))
	vec.Mul(offer, offer, m.Solvent(m.Buyer()))
	m.Held(e.holding, held)
	m.Outstanding(all)
	m.FairValue(fair)
	for i := range offer {
		money := e.c.ProRata.Share * (held[i] / all[i]) * raised[i]
		if most := e.c.ProRata.UpTo; most != nil {
			money = min(money, *most-m.Col(e.joined)[i])
		}
		offer[i] *= max(0, money)
		if m.Worth(e.slot)[i] = 1; at[i] > 0 {
			m.Worth(e.slot)[i] = fair[i] / at[i]
		}
		if at[i] > fair[i]*(1+paysMargin) || at[i] == 0 && fair[i] <= 0 {
			offer[i] = 0
		}
	}
	m.Free(3)
}

// join buys the part of the round that was elected.
func (e *boundEquity) join(m *contract.Month) {
	if vec.AllEqual(m.See(contract.RoundLeft), 0) {
		return
	}
	left, price := m.Q(contract.RoundLeft), m.See(contract.OthersPrice)
	amount, shares, held, all := m.Temp(), m.Temp(), m.Temp(), m.Temp()
	vec.Min(amount, m.Chosen(e.slot), left)
	sharesFor(shares, left, price)
	m.Held(e.holding, held)
	m.Outstanding(all)
	for i := range amount {
		if e.c.Cap > 0 {
			room := contract.Dust(all[i], float64(e.c.Cap*(all[i]+shares[i]))-held[i])
			amount[i] = min(amount[i], room*price[i])
		}
	}
	m.Post(e.proRata, amount)
	sharesFor(shares, amount, price)
	m.Issue(e.issue, shares)
	m.Raise(amount)
	e.paid.add(m, amount)
	vec.Accumulate(m.Col(e.joined), amount)
	vec.Sub(left, left, amount)
	m.Free(4)
}

// mayFund writes 1 where money may be put into the buyer: the agreement runs,
// neither the buyer nor the giver has failed.
func mayFund(m *contract.Month, giver string, out []float64) {
	vec.Mul(out, m.See(contract.Live), m.Solvent(m.Buyer()))
	vec.Mul(out, out, m.Solvent(giver))
}

// bindCredits lets credits pay for usage: they lower the invoice until they
// are used up; what a failing supplier leaves of them is a claim upon it. It
// returns the column of credits left.
func (c *Equity) bindCredits(b *contract.Builder) contract.Col {
	if c.PaidIn != "credits" {
		return -1
	}
	id := c.head.ID
	asset := contract.Asset{Kind: contract.Credits, Of: id}
	left := b.Column(id + ".credits")
	b.Stock(c.head.To, asset, left)
	used := b.Bill(contract.Line{From: b.Supplier(), To: b.Buyer(), Asset: contract.Asset{Kind: contract.Cash}, Kind: "credit", Clause: id, Role: contract.Offset}, b.UsageNet())
	spend := b.Line(contract.Line{From: c.head.To, To: c.head.From, Asset: asset, Kind: "credit_used", Clause: id})
	b.On(contract.Billing, id, func(m *contract.Month) {
		use := m.Temp()
		vec.MaxOf(use, m.Q(contract.Invoice), 0)
		vec.Min(use, use, m.Col(left))
		m.Bill(used, use)
		m.Post(spend, use)
		vec.Sub(m.Col(left), m.Col(left), use)
		vec.Accumulate(m.Q(contract.ByCredits), use)
		m.Free(1)
	})
	owed := b.Liability(contract.Liability{Clause: id, Debtor: b.Supplier(), Creditor: b.Buyer(), Of: contract.OfPrepaid,
		Pays: b.Line(contract.Line{From: b.Supplier(), To: b.Buyer(), Asset: contract.Asset{Kind: contract.Cash}, Kind: "prepaid_recovered", Clause: id, Role: contract.Offset})})
	b.On(contract.Claiming, id, func(m *contract.Month) {
		if failing := m.Q(contract.SupplierFailing); m.T < m.Grid().Term() && vec.Any(failing) {
			unused := m.Temp()
			vec.Mul(unused, m.Col(left), failing)
			m.File(owed, unused)
			m.Free(1)
		}
	})
	return left
}
