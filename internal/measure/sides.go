// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"slices"

	"offtake/internal/contract"
)

// Of a closed book of one lane, what makes up each side's value beside the flows
// between parties: a workbook sums it again. Amounts are in cents; those by step
// begin with the signing.

// Sides are the keys of those who have flows of their own: the provider, the lab,
// and whoever else holds, invests or lends.
func (s *Setting) Sides() []string {
	out := []string{s.provider(), s.Program.Buyer()}
	for _, h := range s.Holders[1:] {
		out = append(out, h.Party)
	}
	return out
}

// holder is the number of a side among the holders, or the lab's.
func (b *Book) holder(party string) int {
	if party == b.s.Program.Buyer() {
		return theLab
	}
	return slices.IndexFunc(b.s.Holders, func(h Holding) bool { return h.Party == party })
}

// NetFlows are a side's flows, with what compute costs or is worth to it, and at
// the horizon what its shares and securities are worth to it beyond what it had.
func (b *Book) NetFlows(party string) []float64 {
	return firstLane(b.net.of(b, b.holder(party)))
}

// Moved is what a line moves by step, the signing first, of a book of one lane that keeps
// flows: cents, or units of its asset.
func (b *Book) Moved(line int) []float64 { return firstLane(b.moved[line]) }

// SupplyCost is the provider's headline cost of what it supplies.
func (b *Book) SupplyCost() []float64 { return firstLane(b.steps.cost) }

// NextBest is what the lab would have paid or lost without the deal.
func (b *Book) NextBest() []float64 { return firstLane(b.steps.next) }

// Horizon is what a side's shares and securities are worth at the horizon beyond
// what it would have had; to the lab's other holders, what they leave to others.
func (b *Book) Horizon(party string) float64 {
	h := b.holder(party)
	last := b.s.factor(len(b.steps.paid) - 2)
	if h != theLab {
		return (b.parts.Stake[h][0] - b.parts.Before[h][0] + b.securities(h, 0)) / last
	}
	sum := 0.0
	for h := range b.s.Holders {
		sum -= b.parts.Stake[h][0] - b.parts.Before[h][0] + b.securities(h, 0)
	}
	return sum / last
}

// Deadweight is the present value of what default costs the provider beyond what
// is not paid.
func (b *Book) Deadweight() float64 { return b.dead[0] }

// StakeLessCheques is what the provider's stake gains, less its money in the
// rounds, from the parts of the bargain.
func (b *Book) StakeLessCheques() float64 {
	return b.parts.StakeParts[0] - b.parts.Before[0][0] - b.parts.Cheque[0][0]
}

// Toward is how a line's amounts enter a side's flows: 1, -1 or not at all.
func (b *Book) Toward(party string, line *contract.Line) float64 {
	role, kind := line.Role, line.Asset.Kind
	switch {
	case kind == contract.Cash && role != contract.Resale:
	case kind == contract.InKind && (role == contract.Instrument || role == contract.Lend || role == contract.Cheque):
	default:
		return 0
	}
	if role == contract.Sold && party == b.s.Program.Buyer() {
		return -1 // its other holders pay
	}
	switch party {
	case line.To:
		// What outsiders pay for shares of the lab buys them their part of it.
		if party == b.s.Program.Buyer() && (role == contract.Cheque || role == contract.Draw) && b.holder(line.From) < 0 {
			return 0
		}
		return 1
	case line.From:
		return -1
	}
	return 0
}

// firstLane is what columns of one lane have.
func firstLane(steps [][]float64) []float64 {
	flows := make([]float64, len(steps))
	lane(flows, steps, 0)
	return flows
}
