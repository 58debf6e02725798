// SPDX-License-Identifier: Apache-2.0

package contract

import "offtake/internal/vec"

// DefaultShares is how many shares the buyer is taken to have had where
// nothing is said: only ratios of shares matter.
const DefaultShares = 1e9

// An IssueID is the handle of new shares that a clause may issue.
type IssueID struct {
	line LineID
	held Col // shares of this clause that the holder has
	all  Col // shares that the holder was issued, by all clauses
}

// Issue adds a line along which the buyer issues shares to a holder, in a
// class of the clause's own. The cap table follows it. The role is Issue or
// Convert.
func (b *Builder) Issue(clause, holder, kind string, role Role) IssueID {
	asset := Asset{Shares, clause}
	x := IssueID{
		line: b.Line(Line{From: b.Buyer(), To: holder, Asset: asset, Kind: kind, Clause: clause, Role: role}),
		held: b.Shared(clause + ".shares." + holder),
		all:  b.Shared("shares_issued." + holder),
	}
	if !b.declared(holder, asset) {
		b.Stock(holder, asset, x.held)
	}
	return x
}

func (b *Builder) declared(holder string, asset Asset) bool {
	for _, s := range b.p.stocks {
		if s.holder == holder && s.asset == asset {
			return true
		}
	}
	return false
}

// Issue issues the column of shares.
func (m *Month) Issue(id IssueID, shares []float64) {
	m.Post(id.line, shares)
	vec.Accumulate(m.Col(id.held), shares)
	vec.Accumulate(m.Col(id.all), shares)
	vec.Accumulate(m.Col(m.p.issued), shares)
}

// A SaleID is the handle of shares of one clause's issue that their holder may
// sell to the market.
type SaleID struct {
	line     LineID
	from, to [2]Col // shares of the clause, and of all clauses, that the holder and the market have
}

// Sale adds a line along which a clause sells a holder's shares of another clause's
// issue to the market.
func (b *Builder) Sale(clause, of, holder string) SaleID {
	has := func(who string) [2]Col {
		return [2]Col{b.Shared(of + ".shares." + who), b.Shared("shares_issued." + who)}
	}
	return SaleID{b.Line(Line{From: holder, To: Outside, Asset: Asset{Shares, of}, Kind: "sale", Clause: clause, Role: Sold}), has(holder), has(Outside)}
}

// Lot is how many of the shares the holder has.
func (m *Month) Lot(id SaleID) []float64 { return m.Col(id.from[0]) }

// Sell sells the column of shares, which is not above Lot.
func (m *Month) Sell(id SaleID, shares []float64) {
	m.Post(id.line, shares)
	for k := range id.from {
		vec.Sub(m.Col(id.from[k]), m.Col(id.from[k]), shares)
		vec.Accumulate(m.Col(id.to[k]), shares)
	}
}

// Raise counts new money for shares of the buyer, in cash or given up for them:
// it is in their fair price from now on.
func (m *Month) Raise(cents []float64) {
	vec.AddScaled(m.Col(m.p.raised), cents, m.discount())
}

// discount is the riskless discount factor at the end of the running step.
func (m *Month) discount() float64 {
	if m.T < 0 {
		return 1
	}
	return m.Obs.Curve[m.T]
}

// FairValue writes what the buyer's equity is worth in cents: without the
// agreement, with the new money that has come in since the signing, grown at
// the riskless rate. What the agreement adds beside is not in it.
func (m *Month) FairValue(out []float64) {
	vec.Scale(out, m.Col(m.p.raised), 1/m.discount())
	vec.Accumulate(out, m.Obs.Col[LabValue])
}

// FairPrice writes the fair price of a share of the buyer in cents.
func (m *Month) FairPrice(out []float64) {
	shares := m.Temp()
	m.Outstanding(shares)
	m.FairValue(out)
	vec.Div(out, out, shares)
	m.Free(1)
}

// Room writes how many more shares a holder may get without its share of the
// buyer coming to more than the cap, when others get some at the same time.
func (m *Month) Room(h Holding, cap float64, others, out []float64) {
	held := m.Temp()
	m.Held(h, held)
	m.Outstanding(out)
	for i, all := range out {
		out[i] = Dust(all, (float64(cap*(all+others[i]))-held[i])/(1-cap))
	}
	m.Free(1)
}

// Dust is a number of shares, or none where it is below a billionth of all: what
// rounding leaves of equal amounts is nothing that could be sold.
func Dust(all, shares float64) float64 {
	if shares < 1e-9*all {
		return 0
	}
	return shares
}

// Outstanding writes how many shares of the buyer there are.
func (m *Month) Outstanding(out []float64) {
	vec.Fill(out, m.p.shares)
	vec.Accumulate(out, m.Col(m.p.issued))
}

// A Holding is the handle of all shares of the buyer that a party has.
type Holding struct {
	before float64
	issued Col
}

// Holding makes the handle for a party.
func (b *Builder) Holding(party string) Holding {
	return Holding{b.p.held[party], b.Shared("shares_issued." + party)}
}

// Held writes how many shares of the buyer the party has.
func (m *Month) Held(h Holding, out []float64) {
	vec.Fill(out, h.before)
	vec.Accumulate(out, m.Col(h.issued))
}

// Shares is how many shares of the buyer there were before the agreement.
func (p *Program) Shares() float64 { return p.shares }

// HeldBefore is how many of them a party had.
func (p *Program) HeldBefore(party string) float64 { return p.held[party] }
