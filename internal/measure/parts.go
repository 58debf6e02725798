// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// Parts are what a bargain's value is made of: section 6 of docs/semantics.md.
// Each is a present value in cents over the lanes, from its own flows; none is
// what is left over when the others are known.
type Parts struct {
	Overcharge []float64   // O: what compute is billed above the market price
	Deficiency []float64   // F: deficiency billed, net of make-up later used
	Gain       [][]float64 // G, by cost view: market price above the provider's opportunity cost
	Surplus    []float64   // S: the lab's next-best cost above the market price
	Options    []float64   // X: given by the provider less received by it
	CreditLoss []float64   // L: billed and not paid, less what the estate pays
	Deadweight []float64   // W: cost of default
	SupplyNet  []float64   // N: what the supply side adds to the lab
	SupplyFlow []float64   // the same from the lab's flows

	Round       []float64   // R: all new money of the rounds
	ShareBought []float64   // of the provider's share of the lab, what was bought here
	FairStake   []float64   // share bought x (V0 + R)
	StakeBought []float64   // share bought x the lab's value with the deal
	StakeParts  []float64   // the provider's stake with the deal, N from parts
	DrawsPV     []float64   // draws on the provider's facilities
	DrawGifts   []float64   // of them, what the securities got are not worth
	Outside     []float64   // what instruments bring those outside the agreement
	Bought      []float64   // what other holders pay the parties for their shares
	Received    []float64   // what draws and other instruments bring the lab
	LentPV      []float64   // what else the provider finances the lab with
	GivenUp     []float64   // of the provider's money in the rounds, claims that it gave up for shares
	ShareAfter  [][]float64 // by holder: s1, its share of the lab
	Before      [][]float64 // by holder: its stake without the deal
	Preference  [][]float64 // by holder: what its preferences add to its stake, or those of others take from it
	Cheque      [][]float64 // by holder: I, its money in the rounds
	Gifts       [][]float64 // by holder: X, what it gives in draws and other instruments less what it gets
	Stake       [][]float64 // by holder: its stake with the deal, N from flows
	OwnFlows    [][]float64 // by right: what flows of its own bring its holder
	OwnShares   [][]float64 // by right: of that, shares
}

// scalars are the columns that every deal has once.
func (p *Parts) scalars() []*[]float64 {
	return []*[]float64{&p.Overcharge, &p.Deficiency, &p.Surplus, &p.Options, &p.CreditLoss, &p.Deadweight, &p.SupplyNet, &p.SupplyFlow,
		&p.Round, &p.ShareBought, &p.FairStake, &p.StakeBought, &p.StakeParts, &p.DrawsPV, &p.DrawGifts, &p.Outside, &p.Bought, &p.Received, &p.LentPV, &p.GivenUp}
}

// all are all columns, in a fixed order.
func (p *Parts) all() [][]float64 {
	var out [][]float64
	for _, col := range p.scalars() {
		out = append(out, *col)
	}
	for _, group := range [][][]float64{p.Gain, p.Cheque, p.Gifts, p.Stake, p.ShareAfter, p.Before, p.Preference, p.OwnFlows, p.OwnShares} {
		out = append(out, group...)
	}
	return out
}

func newParts(s *Setting, lanes int) Parts {
	h := len(s.Holders)
	p := Parts{Gain: columns(len(s.Costs), lanes), Cheque: columns(h, lanes), Gifts: columns(h, lanes), Stake: columns(h, lanes),
		ShareAfter: columns(h, lanes), Before: columns(h, lanes), Preference: columns(h, lanes), OwnFlows: columns(len(s.Rights), lanes), OwnShares: columns(len(s.Rights), lanes)}
	for _, col := range p.scalars() {
		*col = make([]float64, lanes)
	}
	return p
}

// Parts are the parts of the bargain's value, once the book is closed.
func (b *Book) Parts() *Parts { return &b.parts }

// Close reads the parts off what was observed.
func (b *Book) Close() {
	b.net.forget()
	p := &b.parts
	for _, col := range p.all() {
		vec.Fill(col, 0)
	}
	b.total(p.Overcharge, b.bill, contract.Use)
	vec.Sub(p.Overcharge, p.Overcharge, b.market)
	b.total(p.Deficiency, b.bill, contract.Miss)
	for k := range p.Gain {
		vec.Sub(p.Gain[k], b.market, b.cost[k])
		vec.Accumulate(p.Gain[k], b.supplied)
	}
	vec.Sub(p.Surplus, b.nextBest, b.market)
	b.total(p.CreditLoss, b.cash, contract.Estate)
	vec.Sub(p.CreditLoss, b.lost, p.CreditLoss)
	vec.Copy(p.Deadweight, b.dead)
	gifts := b.closeDraws()
	vec.Copy(p.DrawGifts, p.Gifts[0])
	b.closeInstruments(gifts)
	vec.Copy(p.Options, p.Gifts[0])
	vec.Copy(p.Received, gifts)
	for i := range p.SupplyNet {
		p.SupplyNet[i] = p.Surplus[i] - p.Overcharge[i] - p.Deficiency[i] + gifts[i] + p.CreditLoss[i]
	}
	b.closeFlows(gifts)
	b.closeRounds()
	b.closeRights()
}

// total sums the columns of a role's lines, signed toward the provider.
// Billed values are summed over promised lines, paid ones over cash lines.
func (b *Book) total(out []float64, cols [][]float64, r contract.Role) {
	vec.Fill(out, 0)
	billed := &cols[0] == &b.bill[0]
	for i, x := range b.info {
		if x.role == r && (billed && b.promised[i] || !billed && x.cash) {
			vec.AddScaled(out, cols[i], x.sign)
		}
	}
}

// closeDraws values the rights to draw: what a draw costs its giver beyond the
// security that it gets. It returns what all draws give away.
func (b *Book) closeDraws() (gifts []float64) {
	p := &b.parts
	gifts = make([]float64, b.lanes)
	for i, l := range b.s.Program.Lines() {
		if b.info[i].role != contract.Draw || !b.info[i].cash {
			continue
		}
		for _, f := range b.s.Facilities {
			if f.Clause != l.Clause {
				continue
			}
			vec.AddScaled(gifts, b.cash[i], 1-f.Worth)
			for h, holder := range b.s.Holders {
				if holder.Party == f.Lender {
					vec.AddScaled(p.Gifts[h], b.cash[i], 1-f.Worth)
				}
			}
			if f.Lender == b.s.provider() {
				vec.Accumulate(p.DrawsPV, b.cash[i])
			}
		}
	}
	return gifts
}

// closeInstruments adds what instruments give to the lab, and what each holder
// gives less what it receives, in present value.
func (b *Book) closeInstruments(gifts []float64) {
	p := &b.parts
	for i, x := range b.info {
		if !x.instrument() {
			continue
		}
		vec.AddScaled(gifts, b.cash[i], x.lab)
		switch {
		case x.role == contract.Sold:
			vec.Accumulate(p.Bought, b.cash[i])
		case x.from >= 0:
			vec.Accumulate(p.Gifts[x.from], b.cash[i])
		case x.lab >= 0:
			vec.Sub(p.Outside, p.Outside, b.cash[i])
		}
		switch {
		case x.to >= 0:
			vec.Sub(p.Gifts[x.to], p.Gifts[x.to], b.cash[i])
		case x.lab <= 0:
			vec.Accumulate(p.Outside, b.cash[i])
		}
		if x.role == contract.Lend && x.from == 0 && x.lab > 0 {
			vec.Accumulate(p.LentPV, b.cash[i])
		}
	}
}

// closeFlows is N from the lab's own flows: what it would have paid or lost
// without the deal, less what it pays, credits bought with shares set aside,
// plus what draws give it.
func (b *Book) closeFlows(gifts []float64) {
	out, credits := b.parts.SupplyFlow, b.tmp
	b.paid(out)
	b.total(credits, b.bill, contract.Offset)
	for i := range out {
		out[i] = b.nextBest[i] - (out[i] - credits[i]) + gifts[i]
	}
}
