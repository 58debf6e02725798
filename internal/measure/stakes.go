// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// closeRounds reads the cap table off the shares that were issued in each
// lane, and the money that came in with them. A round that a lane does not
// live to see issues nothing in it.
func (b *Book) closeRounds() {
	p, s := &b.parts, b.s
	share, bought := p.ShareAfter, make([]float64, b.lanes)
	all := make([]float64, b.lanes)
	vec.Fill(all, s.Program.Shares())
	for h, holder := range s.Holders {
		vec.Fill(share[h], s.Program.HeldBefore(holder.Party))
	}
	for i, x := range b.info {
		if x.moves() && !x.issues() {
			vec.Sub(share[x.from], share[x.from], b.cash[i])
		}
		if !x.issues() {
			continue
		}
		vec.Accumulate(all, b.cash[i])
		if x.to < 0 {
			continue
		}
		vec.Accumulate(share[x.to], b.cash[i])
		if x.role == contract.Issue && x.to == 0 {
			vec.Accumulate(bought, b.cash[i])
		}
	}
	for h := range share {
		vec.Div(share[h], share[h], all)
	}
	vec.Div(p.ShareBought, bought, all)
	b.closeCheques()
	b.closeStakes(all)
}

// closeCheques adds up the new money of the rounds: in cash, in credits as they
// are used, and in claims that were given up for shares.
func (b *Book) closeCheques() {
	p := &b.parts
	for i, x := range b.info {
		money := b.cash[i]
		switch {
		case x.role == contract.Cheque && (x.cash || x.kind):
		case x.role == contract.Offset && b.promised[i]:
			money = b.bill[i]
		default:
			continue
		}
		vec.Accumulate(p.Round, money)
		if x.from >= 0 {
			vec.Accumulate(p.Cheque[x.from], money)
		}
		if x.from == 0 && x.kind {
			vec.Accumulate(p.GivenUp, money)
		}
	}
}

// closeStakes values the shares: as converted, and what preferences move from
// some holders to others.
func (b *Book) closeStakes(all []float64) {
	p, s := &b.parts, b.s
	share := p.ShareAfter
	horizon := s.factor(s.grid().Steps() - 1)
	for i := range p.Round {
		fair := b.labValue[i] + p.Round[i]
		flows, parts := fair, fair
		if s.Feedback {
			flows, parts = fair+p.SupplyFlow[i], fair+p.SupplyNet[i]
		}
		p.FairStake[i] = p.ShareBought[i] * fair
		p.StakeBought[i] = p.ShareBought[i] * flows
		without := b.dilution[i] * (b.labValue[i] + b.raised[i])
		for h := range share {
			p.Before[h][i] = s.Holders[h].Share * without
			p.Stake[h][i] = share[h][i] * flows
			p.Preference[h][i] = 0
		}
		p.StakeParts[i] = share[0][i] * parts
		if len(s.Preferences) == 0 {
			continue
		}
		b.prefs.share(b, i, parts/horizon, all[i])
		p.StakeParts[i] += float64(b.prefs.adds[0] * horizon)
		b.prefs.share(b, i, flows/horizon, all[i])
		for h := range share {
			p.Preference[h][i] = b.prefs.adds[h] * horizon
			p.Stake[h][i] += p.Preference[h][i]
		}
	}
}
