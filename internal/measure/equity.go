// SPDX-License-Identifier: Apache-2.0

package measure

// equityTerms are what the cheques buy.
func equityTerms(s *Setting) []Measure {
	if s.firstCheque() == 0 {
		return nil
	}
	return []Measure{
		each("net_equity_price", Money, "the provider's cheques less the overcharge on compute",
			func(b *Book, i int) float64 { return b.parts.Cheque[0][i] - b.parts.Overcharge[i] },
			func(b *Book) []Source { return append(s.chequeSources(b), negate(overchargeSources(b))...) }),
		each("premium", Money, "the provider's cheques above the fair value of the stake they buy",
			func(b *Book, i int) float64 { return b.premium(i) },
			func(b *Book) []Source { return append(s.chequeSources(b), negate(s.fairStakeSources(b))...) }),
		column("stake", "", Rate, "share of the lab bought",
			func(b *Book) []float64 { return b.parts.ShareBought }, uses(s.chequeSources)),
		column("stake_after", "", Rate, "the provider's whole share of the lab after the deal",
			func(b *Book) []float64 { return b.parts.ShareAfter }, uses(s.chequeSources)),
		column("stake_fair_value", "", Money, "share bought x (value without the deal + new money)",
			func(b *Book) []float64 { return b.parts.FairStake }, s.fairStakeSources),
	}
}

// premium is what the cheques pay above the fair value of the stake.
func (b *Book) premium(i int) float64 { return b.parts.Cheque[0][i] - b.parts.FairStake[i] }
