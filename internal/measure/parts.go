// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"offtake/internal/vec"
)

// Parts are what a bargain's value is made of: section 4 of docs/semantics.md.
// Each is a present value in cents over the lanes, from its own flows; none is
// what is left over when the others are known.
type Parts struct {
	Overcharge []float64   // O: what compute is billed above the market price
	Deficiency []float64   // F: deficiency billed, net of make-up later used
	Gain       [][]float64 // G, by cost view: market price above the provider's opportunity cost
	Surplus    []float64   // S: the lab's next-best cost above the market price
	Options    []float64   // X: given by the provider less received by it
	Gifts      []float64   // likewise, given by anybody
	CreditLoss []float64   // L: billed and not paid, less what the estate pays
	Deadweight []float64   // W: cost of default
	SupplyNet  []float64   // N = S - O - F + X + L: what the supply side adds to the lab

	Cheque      []float64 // I: the provider's money in the rounds
	Round       []float64 // R: all new money of the rounds
	ShareAfter  []float64 // s1: the provider's share of the lab
	ShareBought []float64 // of it, what was bought here
	DrawsPV     []float64 // draws on the provider's facilities
}

func newParts(s *Setting, lanes int) Parts {
	c := columns(13, lanes)
	return Parts{Overcharge: c[0], Deficiency: c[1], Gain: columns(len(s.Costs), lanes), Surplus: c[2], Options: c[3], Gifts: c[4],
		CreditLoss: c[5], Deadweight: c[6], SupplyNet: c[7], Cheque: c[8], Round: c[9], ShareAfter: c[10], ShareBought: c[11], DrawsPV: c[12]}
}

// Parts are the parts of the bargain's value, once the book is closed.
func (b *Book) Parts() *Parts { return &b.parts }

// Close reads the parts off what was observed.
func (b *Book) Close() {
	p := &b.parts
	b.total(p.Overcharge, b.bill, spendRole)
	vec.Sub(p.Overcharge, p.Overcharge, b.market)
	b.total(p.Deficiency, b.bill, missRole)
	for k := range p.Gain {
		vec.Sub(p.Gain[k], b.market, b.cost[k])
	}
	vec.Sub(p.Surplus, b.nextBest, b.market)
	b.closeOptions()
	b.total(p.CreditLoss, b.cash, estateRole)
	vec.Accumulate(p.CreditLoss, b.estate)
	vec.Sub(p.CreditLoss, b.lost, p.CreditLoss)
	vec.Copy(p.Deadweight, b.dead)
	for i := range p.SupplyNet {
		p.SupplyNet[i] = p.Surplus[i] - p.Overcharge[i] - p.Deficiency[i] + p.Gifts[i] + p.CreditLoss[i]
	}
	b.closeRounds()
}

// total sums the columns of a role's lines, signed toward the provider.
// Billed values are summed over promised lines, paid ones over cash lines.
func (b *Book) total(out []float64, cols [][]float64, r role) {
	vec.Fill(out, 0)
	billed := &cols[0] == &b.bill[0]
	for i, x := range b.info {
		if x.role == r && (billed && b.promised[i] || !billed && x.cash) {
			vec.AddScaled(out, cols[i], x.sign)
		}
	}
}

// closeOptions values the rights to draw: what a draw costs its giver beyond
// the security that it gets.
func (b *Book) closeOptions() {
	p := &b.parts
	for _, col := range [][]float64{p.Options, p.Gifts, p.DrawsPV} {
		vec.Fill(col, 0)
	}
	for i, l := range b.s.Program.Lines() {
		if b.info[i].role != drawRole || !b.info[i].cash {
			continue
		}
		for _, f := range b.s.Facilities {
			if f.Clause != l.Clause {
				continue
			}
			vec.AddScaled(p.Gifts, b.cash[i], 1-f.Worth)
			if f.Lender == b.s.Program.Supplier() {
				vec.AddScaled(p.Options, b.cash[i], 1-f.Worth)
				vec.Accumulate(p.DrawsPV, b.cash[i])
			}
		}
	}
}

// closeRounds follows the cap table: in a round at a pre-money value P with
// new money R, an investor of I gets I / (P + R) of the company and everybody
// else is diluted by P / (P + R). A round that a lane never sees counts for
// nothing there, and one that a weighted run sees with some probability for
// that much.
func (b *Book) closeRounds() {
	p := &b.parts
	vec.Fill(p.Cheque, 0)
	vec.Fill(p.Round, 0)
	vec.Fill(p.ShareBought, 0)
	vec.Fill(p.ShareAfter, b.s.PriorShare)
	for _, r := range b.s.Rounds {
		cheque, happened := b.cheque(r)
		mine := r.Investor == b.s.Program.Supplier()
		others := (r.NewMoneyCents - r.AmountCents) * b.s.factor(r.Step)
		post := r.PreMoneyCents + r.NewMoneyCents
		for i := range p.Round {
			w := happened[i]
			p.Round[i] += cheque[i] + float64(others*w)
			bought := 0.0
			if mine {
				p.Cheque[i] += cheque[i]
				bought = r.AmountCents / post
			}
			keep := r.PreMoneyCents / post
			p.ShareAfter[i] += float64(w * (float64(p.ShareAfter[i]*keep) + bought - p.ShareAfter[i]))
			p.ShareBought[i] += float64(w * (float64(p.ShareBought[i]*keep) + bought - p.ShareBought[i]))
		}
	}
}

// cheque is the present value of what the round's clause pays, in cash or in
// credits as they are used, and how far the round happens in each lane.
func (b *Book) cheque(r Round) (value, happened []float64) {
	value = b.tmp
	vec.Fill(value, 0)
	happened = make([]float64, b.lanes)
	vec.Fill(happened, b.s.weight(r.Step))
	for i, l := range b.s.Program.Lines() {
		if l.Clause != r.Clause {
			continue
		}
		switch {
		case b.info[i].role == equityRole && b.info[i].cash:
			vec.Copy(value, b.cash[i])
			for j := range happened {
				if value[j] == 0 {
					happened[j] = 0
				}
			}
		case b.info[i].role == creditRole && b.promised[i]:
			vec.Copy(value, b.bill[i])
		}
	}
	return value, happened
}
