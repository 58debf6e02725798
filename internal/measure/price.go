// SPDX-License-Identifier: Apache-2.0

package measure

import "offtake/internal/contract"

// prices are what a unit costs in the end, beside what it costs in the market.
// Both average over the units taken, each at its present value: what is billed
// over the units, as a levelised price is (International Energy Agency and
// OECD Nuclear Energy Agency 2020, "Projected Costs of Generating
// Electricity").
func prices(s *Setting) []Measure {
	billed := uses(overchargeSources)
	out := []Measure{
		each("effective_price", Price, "what is billed for use per unit taken, both as present values, with everything that comes with it: fees, deposits, damages",
			func(b *Book, i int) float64 { return ratio(b.parts.Overcharge[i]+b.market[i], b.units[i]) }, billed).unless("nothing is taken"),
		each("effective_market_price", Price, "the market price of the same units, likewise averaged",
			func(b *Book, i int) float64 { return ratio(b.market[i], b.units[i]) }, billed).unless("nothing is taken"),
	}
	if s.rewards() {
		out = append(out, Measure{Name: "effective_discount", Unit: Rate,
			Doc: "what the provider gives the buyer in grants, warrants, soft loans and other instruments, less what it gets for them, over what is billed for use, both as present values",
			Value: func(b *Book, out []float64) {
				total(out, b.rewardSources())
				for i := range out {
					out[i] = ratio(out[i], b.parts.Overcharge[i]+b.market[i])
				}
			},
			Sources: uses(func(b *Book) []Source { return append(b.rewardSources(), overchargeSources(b)...) })}.unless("nothing is billed for use"))
	}
	return out
}

// reward tells whether a line is an instrument between the two sides.
func (x *lineInfo) reward() bool {
	return x.instrument() && (x.from == 0 && x.lab > 0 || x.to == 0 && x.lab < 0)
}

// rewards tells whether the provider may give the buyer something that is
// neither compute nor money for shares at their price.
func (s *Setting) rewards() bool {
	for _, x := range classify(s) {
		if x.reward() {
			return true
		}
	}
	for _, f := range s.Facilities {
		if f.Lender == s.provider() && f.Worth != 1 {
			return true
		}
	}
	return false
}

// rewardSources are what instruments between the two sides give the lab.
func (b *Book) rewardSources() []Source {
	out := b.giftSources()
	lines := b.lineSources(b.cash, func(_ int, x lineInfo) bool { return x.reward() })
	for i := range lines {
		lines[i].Sign = b.info[lines[i].line].lab
	}
	return append(out, lines...)
}

// giftSources are the draws on the provider's facilities, as far as the
// securities got for them are not worth it.
func (b *Book) giftSources() []Source {
	var out []Source
	for _, x := range b.lineSources(b.cash, func(_ int, x lineInfo) bool { return x.cash && x.role == contract.Draw }) {
		for _, f := range b.s.Facilities {
			if f.Clause == x.Clause && f.Lender == b.s.provider() {
				x.Inputs, x.Sign = []string{"clauses." + f.Clause + ".worth"}, 1-f.Worth
				out = append(out, x)
			}
		}
	}
	return out
}
