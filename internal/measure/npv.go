// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// paid is the present value of what the buyer pays for compute in cash, its
// estate included.
func (b *Book) paid(out []float64) {
	vec.Fill(out, 0)
	for i, x := range b.info {
		if x.cash && (x.role == contract.Use || x.role == contract.Miss || x.role == contract.Offset || x.role == contract.Estate) {
			vec.AddScaled(out, b.cash[i], x.sign)
		}
	}
}

// NPVProvider is the provider's net present value from its flows under cost
// view k, in cents: cash received for compute, less the cost of supplying it
// and of default, less what is paid in and lent, plus the securities got, plus
// the change in value of its stake.
func (b *Book) NPVProvider(out []float64, k int) {
	p := &b.parts
	b.paid(out)
	for i := range out {
		out[i] += p.Stake[0][i] - p.Before[0][i] - b.cost[k][i] - b.dead[i] - b.paidCheque(i) - p.Options[i] + b.supplied[i]
	}
}

// paidCheque is the part of the provider's cheques that is not paid in credits:
// in cash, or in claims given up.
func (b *Book) paidCheque(i int) float64 {
	sum := 0.0
	for id, x := range b.info {
		if (x.cash || x.kind) && x.role == contract.Cheque && x.party == b.s.provider() {
			sum += b.cash[id][i]
		}
	}
	return sum
}

// NPVThird is the net present value, in cents, of holder h who neither
// supplies nor takes compute: the change of its stake, less its cheques and
// what its draws give away.
func (b *Book) NPVThird(out []float64, h int) {
	p := &b.parts
	for i := range out {
		out[i] = p.Stake[h][i] - p.Before[h][i] - p.Cheque[h][i] - p.Gifts[h][i]
	}
}

// NPVOthers is the net present value of all other holders of the lab from its
// flows, in cents: all of the lab's equity with the deal, less the stakes of
// the parties, less what the others had and what they pay in and for shares of a
// party. With feedback
// off the stakes have no part in N, and the others have all of it.
func (b *Book) NPVOthers(out []float64) {
	p := &b.parts
	for i := range out {
		out[i] = p.SupplyFlow[i] - p.Bought[i]
		for h := range b.s.Holders {
			out[i] += p.Before[h][i] + p.Cheque[h][i] - p.Stake[h][i]
		}
	}
}

// NPVProviderFromParts is the provider's net present value put together from
// the parts, in cents: section 6 of docs/semantics.md.
func (b *Book) NPVProviderFromParts(out []float64, k int) {
	p := &b.parts
	for i := range out {
		out[i] = p.StakeParts[i] - p.Before[0][i] - p.Cheque[0][i] + p.Overcharge[i] + p.Deficiency[i] + p.Gain[k][i] - p.Options[i] - p.CreditLoss[i] - p.Deadweight[i]
	}
}
