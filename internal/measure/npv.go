// SPDX-License-Identifier: Apache-2.0

package measure

import "offtake/internal/vec"

// labAfter is what all the lab's equity is worth with the deal, on the
// valuation date: V0 + R, and N where feedback is on.
func (b *Book) labAfter(out, supplyNet []float64) {
	vec.Fill(out, b.s.LabValueCents)
	vec.Accumulate(out, b.parts.Round)
	if b.s.Feedback {
		vec.Accumulate(out, supplyNet)
	}
}

// paid is the present value of what the buyer pays for compute in cash, its
// estate included.
func (b *Book) paid(out []float64) {
	vec.Copy(out, b.estate)
	for i, x := range b.info {
		if x.cash && (x.role == spendRole || x.role == missRole || x.role == creditRole || x.role == estateRole) {
			vec.AddScaled(out, b.cash[i], x.sign)
		}
	}
}

// netFromFlows is N from the lab's own flows: what it would have paid or lost
// without the deal, less what it pays, credits bought with shares set aside,
// plus what draws give it.
func (b *Book) netFromFlows(out []float64) {
	b.paid(out)
	b.total(b.tmp, b.bill, creditRole)
	vec.Sub(out, out, b.tmp)
	vec.Sub(out, b.nextBest, out)
	vec.Accumulate(out, b.parts.Gifts)
}

// NPVProvider is the provider's net present value from its flows under cost
// view k, in cents: cash received for compute, less the cost of supplying it
// and of default, less what is paid in and lent, plus the securities got, plus
// the change in value of its stake.
func (b *Book) NPVProvider(out []float64, k int) {
	p, n := &b.parts, columns(2, b.lanes)
	b.netFromFlows(n[0])
	b.labAfter(n[1], n[0])
	b.paid(out)
	for i := range out {
		stake := float64(p.ShareAfter[i]*n[1][i]) - float64(b.s.PriorShare*b.s.LabValueCents)
		out[i] += stake - b.cost[k][i] - b.dead[i] - b.cashCheque(i) - p.Options[i]
	}
}

// cashCheque is the part of the provider's cheques that is paid in cash.
func (b *Book) cashCheque(i int) float64 {
	sum := 0.0
	for id, x := range b.info {
		if x.cash && x.role == equityRole && x.party == b.s.Program.Supplier() {
			sum += b.cash[id][i]
		}
	}
	return sum
}

// NPVOthers is the net present value of all other holders of the lab from its
// flows, in cents: all of the lab's equity with the deal, less the provider's
// stake, less what they had and what they pay in. With feedback off the
// provider's stake has no part in N, and theirs has all of it.
func (b *Book) NPVOthers(out []float64) {
	p, n := &b.parts, columns(2, b.lanes)
	b.netFromFlows(n[0])
	b.labAfter(n[1], n[0])
	for i := range out {
		all := b.s.LabValueCents + p.Round[i] + n[0][i]
		stake := float64(p.ShareAfter[i] * n[1][i])
		before := float64((1 - b.s.PriorShare) * b.s.LabValueCents)
		out[i] = all - stake - before - (p.Round[i] - p.Cheque[i])
	}
}

// NPVProviderFromParts is the provider's net present value put together from
// the parts, in cents: section 4 of docs/semantics.md.
func (b *Book) NPVProviderFromParts(out []float64, k int) {
	p, after := &b.parts, columns(1, b.lanes)[0]
	b.labAfter(after, p.SupplyNet)
	for i := range out {
		stake := float64(p.ShareAfter[i]*after[i]) - float64(b.s.PriorShare*b.s.LabValueCents)
		out[i] = stake - p.Cheque[i] + p.Overcharge[i] + p.Deficiency[i] + p.Gain[k][i] - p.Options[i] - p.CreditLoss[i] - p.Deadweight[i]
	}
}
