// SPDX-License-Identifier: Apache-2.0

package contract

import "offtake/internal/vec"

// othersRound is how the buyer sells shares to others than the parties, in
// rounds that belong to the world and to no clause.
type othersRound struct {
	pay   LineID
	issue IssueID
}

// bindRound adds the lines of those rounds.
func (p *Program) bindRound(b *Builder) {
	p.others.pay = b.Line(Line{From: Outside, To: p.buyer, Asset: Asset{Kind: Cash}, Kind: "round_of_others", Role: Cheque})
	p.others.issue = b.Issue("", Outside, "issue_in_round", Issue)
}

// openRound opens the world's round of the step: its money and its price are
// known before anybody is paid. Holders with a right to take part do so first.
// A share that is worth nothing is not sold.
func (m *Month) openRound() {
	raised, at := m.Obs.Col[Raised], m.Obs.Col[RaisedAt]
	if vec.AllEqual(raised, 0) {
		return
	}
	price, left := m.Out(OthersPrice), m.Out(RoundLeft)
	m.FairPrice(price)
	shares := m.Temp()
	m.Outstanding(shares)
	vec.Mul(left, raised, m.Solvent(m.p.buyer))
	for i := range price {
		if at[i] > 0 {
			price[i] = at[i] / shares[i]
		}
		if price[i] <= 0 {
			left[i] = 0
		}
		if left[i] == 0 {
			price[i] = 0
		}
	}
	m.Round(left, price)
	m.Free(1)
}

// closeRound sells the rest of the round to the market, at its opening price.
func (m *Month) closeRound() {
	if vec.AllEqual(m.Obs.Col[Raised], 0) {
		return
	}
	shares, price, left := m.Temp(), m.See(OthersPrice), m.See(RoundLeft)
	m.Post(m.p.others.pay, left)
	m.Raise(left)
	for i := range shares {
		shares[i] = 0
		if price[i] > 0 {
			shares[i] = left[i] / price[i]
		}
	}
	m.Issue(m.p.others.issue, shares)
	m.Free(1)
}

// Round says that a round is held in the step: how much new money it has had so
// far, and its price a share. The largest of the step counts.
func (m *Month) Round(money, price []float64) {
	most, at := m.Q(RoundMoney), m.Q(RoundPrice)
	for i, x := range money {
		if x > most[i] {
			most[i], at[i] = x, price[i]
		}
	}
}
