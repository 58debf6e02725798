// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// drawLines are the lines along which draws are paid, and what they are against.
type drawLines struct {
	lent, note  contract.LineID // money against a note or a loan, and that paper
	principal   contract.Col
	fed         contract.Col    // what a note clause is to take over; -1 for none
	sold        contract.LineID // money for shares
	price       priced
	holding     contract.Holding
	first, then contract.IssueID
}

// bindDraws adds them, as far as draws may be against each.
func (f *boundFacility) bindDraws(b *contract.Builder) {
	c, id, from, to := f.c, f.c.head.ID, f.c.head.From, f.c.head.To
	cash, d := contract.Asset{Kind: contract.Cash}, &f.draw
	d.fed = -1
	switch {
	case c.lends() && c.Into != "":
		d.lent = b.Line(contract.Line{From: from, To: to, Asset: cash, Kind: "draw", Clause: id, Role: contract.Lend})
		d.fed = b.Shared(fedInto(c.Into))
	case c.lends():
		paper := contract.Asset{Kind: contract.Note, Of: id}
		d.lent = b.Line(contract.Line{From: from, To: to, Asset: cash, Kind: "draw", Clause: id, Role: contract.Draw})
		d.note = b.Line(contract.Line{From: to, To: from, Asset: paper, Kind: "note", Clause: id})
		d.principal = b.Column(id + ".principal")
		b.Stock(from, paper, d.principal)
	}
	if !c.sellsShares() {
		return
	}
	d.sold = b.Line(contract.Line{From: from, To: to, Asset: cash, Kind: "draw_for_shares", Clause: id, Role: contract.Cheque})
	d.price, d.holding = c.Shares.bind(b, id), b.Holding(from)
	if isShares(c.Security) {
		d.first = b.Issue(id, from, issueFirst, contract.Issue)
	}
	if c.Then != nil && isShares(c.Then.Kind) {
		d.then = b.Issue(id, from, issueThen, contract.Issue)
	}
}

// fedInto names the column of what is drawn into a note and not yet noted in it.
func fedInto(note string) string { return note + ".fed" }

// security is what a draw of lane i is against in the step.
func (f *boundFacility) security(m *contract.Month, i int) (kind string, then bool) {
	if f.change >= 0 && m.Obs.Events[f.change][i] != 0 {
		return f.c.Then.Kind, true
	}
	return f.c.Security, false
}

// offerPuts offers the lender to put in what is open, where its security is
// worth more than the money.
func (f *boundFacility) offerPuts(m *contract.Month, on []float64) {
	offer, fair, price := m.Offer(f.puts), m.Temp(), m.Temp()
	vec.Mul(offer, m.Col(f.open), on)
	m.FairPrice(fair)
	if f.c.sellsShares() {
		f.draw.price.cents(m, price)
	}
	for i := range offer {
		kind, _ := f.security(m, i)
		pays := f.c.Worth > 1
		m.Worth(f.puts)[i] = f.c.Worth
		if isShares(kind) {
			m.Worth(f.puts)[i] = fair[i] / price[i]
			pays = fair[i] > price[i]*(1+paysMargin)
		}
		if !pays {
			offer[i] = 0
		}
	}
	m.Free(2)
}

// fund pays the fee and what was called for, and lapses what can no longer be
// drawn.
func (f *boundFacility) fund(m *contract.Month) {
	if f.c.FeeRate > 0 {
		f.payFee(m)
	}
	if len(f.called) == 0 && vec.AllEqual(m.Col(f.open), 0) {
		return
	}
	call := m.Temp()
	f.call(m, call)
	vec.Sub(m.Col(f.open), m.Col(f.open), call)
	if n := len(f.called); n > 0 {
		vec.Accumulate(m.Col(f.called[(m.T+f.delays[m.T])%n]), call)
		due := m.Col(f.called[m.T%n])
		vec.Copy(call, due)
		vec.Fill(due, 0)
	}
	if !vec.AllEqual(call, 0) {
		f.pay(m, call)
	}
	m.Free(1)
	if len(f.called) > 0 || !vec.AllEqual(m.Col(f.open), 0) {
		f.lapseRest(m)
	}
}

// call writes what is called for in the step.
func (f *boundFacility) call(m *contract.Month, call []float64) {
	open, chosen := m.Col(f.open), m.Zero()
	if f.draws >= 0 {
		chosen = m.Chosen(f.draws)
	}
	vec.Copy(call, chosen)
	if f.draws >= 0 && f.c.LeastCents > 0 {
		for i := range call {
			if call[i] < min(f.c.LeastCents, open[i]) {
				call[i] = 0
			}
		}
	}
	if f.puts >= 0 {
		for i, put := range m.Chosen(f.puts) {
			call[i] += min(put, open[i]-call[i])
		}
	}
	m.SettleCents(call)
}

// payFee charges for what was undrawn before the step's draws.
func (f *boundFacility) payFee(m *contract.Month) {
	fee, drawn, years := m.Temp(), m.Col(f.drawn.all), f.c.FeeRate*accrual(m.Grid(), m.T)
	m.Force(f.gate, fee)
	for i := range fee {
		undrawn := m.Col(f.open)[i]
		if f.c.FeeOn == "limit" {
			undrawn = max(0, float64(f.limit(m, i)*fee[i])-drawn[i])
		}
		fee[i] = undrawn * years * m.Col(f.onOffer)[i]
	}
	m.Post(f.fee, fee)
	m.Free(1)
}

// pay pays what is due of the draws, as far as their use and a cap allow; what
// they do not is open again.
func (f *boundFacility) pay(m *contract.Month, call []float64) {
	pay, price, sold := m.Temp(), m.Temp(), m.Temp()
	f.available(m, pay)
	vec.Mul(pay, pay, call)
	if len(f.reductions) > 0 {
		f.keepBelow(m, pay)
	}
	if f.c.Use == "invoices" {
		for i, bill := range m.See(contract.Invoice) {
			pay[i] = min(pay[i], max(0, bill))
		}
	}
	if f.c.sellsShares() {
		f.draw.price.cents(m, price)
		vec.Copy(sold, pay)
		capMoney(m, f.c.Cap, f.draw.holding, price, m.Zero(), sold)
		for i := range pay {
			if kind, _ := f.security(m, i); isShares(kind) {
				pay[i] = 0
				if price[i] > 0 {
					pay[i] = sold[i]
				}
			}
		}
	}
	m.Post(f.used, pay)
	f.drawn.add(m, pay)
	vec.Sub(call, call, pay)
	vec.Accumulate(m.Col(f.open), call)
	if f.c.sellsShares() {
		f.sell(m, pay, price)
	}
	if f.c.lends() {
		f.lend(m, pay)
	}
	m.Free(3)
}

// keepBelow cuts a draw to what a limit lowered in the same step leaves.
func (f *boundFacility) keepBelow(m *contract.Month, pay []float64) {
	force, drawn := m.Temp(), m.Col(f.drawn.all)
	m.Force(f.gate, force)
	for i := range pay {
		pay[i] = min(pay[i], max(0, float64(f.limit(m, i)*force[i])-drawn[i]))
	}
	m.Free(1)
}

// sell takes from pay what is paid for shares, and issues them.
func (f *boundFacility) sell(m *contract.Month, pay, price []float64) {
	sold, shares, first, then := m.Temp(), m.Temp(), m.Temp(), m.Temp()
	for i := range pay {
		kind, after := f.security(m, i)
		sold[i], first[i], then[i] = 0, 0, 0
		if isShares(kind) {
			sold[i], pay[i] = pay[i], 0
			first[i] = 1
		}
		if after {
			first[i], then[i] = 0, first[i]
		}
	}
	m.Post(f.draw.sold, sold)
	if f.c.Shares.PreMoney > 0 {
		f.draw.price.hold(m, price, sold)
	}
	m.Raise(sold)
	sharesFor(shares, sold, price)
	vec.Mul(first, first, shares)
	vec.Mul(then, then, shares)
	if isShares(f.c.Security) {
		m.Issue(f.draw.first, first)
	}
	if f.c.Then != nil && isShares(f.c.Then.Kind) {
		m.Issue(f.draw.then, then)
	}
	m.Free(4)
}

// lend pays the rest against a note or a loan.
func (f *boundFacility) lend(m *contract.Month, pay []float64) {
	m.Post(f.draw.lent, pay)
	if f.draw.fed >= 0 {
		vec.Accumulate(m.Col(f.draw.fed), pay)
		return
	}
	m.Post(f.draw.note, pay)
	vec.Accumulate(m.Col(f.draw.principal), pay)
}

// lapseRest lapses what is open and no longer on offer, and what was called for
// from a lender or by a borrower that is no more.
func (f *boundFacility) lapseRest(m *contract.Month) {
	gone, live, on, open := m.Temp(), m.Temp(), m.Col(f.onOffer), m.Col(f.open)
	f.available(m, live)
	for i := range gone {
		gone[i] = 0
		if on[i] == 0 {
			gone[i], open[i] = open[i], 0
		}
		if live[i] == 0 {
			for _, c := range f.called {
				gone[i] += m.Col(c)[i]
				m.Col(c)[i] = 0
			}
		}
	}
	m.Post(f.lapse, gone)
	m.Free(2)
}
