// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"offtake/internal/contract"
	"offtake/internal/vec"
)

// equityTerms are what the cheques buy.
func equityTerms(s *Setting) []Measure {
	if s.firstCheque() == 0 {
		return nil
	}
	return []Measure{
		each("net_equity_price", Money, "the provider's cheques less the overcharge on compute",
			func(b *Book, i int) float64 { return b.bought(i) - b.parts.Overcharge[i] },
			func(b *Book) []Source { return append(s.chequeSources(b), negate(overchargeSources(b))...) }),
		each("premium", Money, "the provider's cheques above the fair value of the stake they buy",
			func(b *Book, i int) float64 { return b.premium(i) },
			func(b *Book) []Source { return append(s.chequeSources(b), negate(s.fairStakeSources(b))...) }),
		column("stake", "", Rate, "share of the lab bought",
			func(b *Book) []float64 { return b.parts.ShareBought }, uses(s.chequeSources)),
		column("stake_fair_value", "", Money, "share bought x (value without the deal + new money)",
			func(b *Book) []float64 { return b.parts.FairStake }, s.fairStakeSources),
	}
}

// premium is what the cheques pay above the fair value of the stake.
func (b *Book) premium(i int) float64 { return b.bought(i) - b.parts.FairStake[i] }

// bought is what the provider pays for shares in cash or in credits.
func (b *Book) bought(i int) float64 { return b.parts.Cheque[0][i] - b.parts.GivenUp[i] }

// capTable is who holds the lab after the deal, and what preferences move.
func capTable(s *Setting) []Measure {
	any := len(s.Rounds) > 0 || len(s.Facilities) > 0
	for _, h := range s.Holders {
		any = any || h.Share > 0
	}
	for _, l := range s.Program.Lines() {
		any = any || l.Clause != "" && (l.Role == contract.Issue || l.Role == contract.Convert)
	}
	if !any {
		return nil
	}
	var out []Measure
	for h, holder := range s.Holders {
		out = append(out, column("stake_after", holder.Party, Rate, "the party's whole share of the lab after the deal, as converted",
			func(b *Book) []float64 { return b.parts.ShareAfter[h] }, uses(shareSources(h))))
	}
	if len(s.Preferences) == 0 {
		return out
	}
	for h, holder := range s.Holders {
		out = append(out, column("preference", holder.Party, Money, "what preferences add to the party's stake, or take from it, at the horizon",
			func(b *Book) []float64 { return b.parts.Preference[h] }, preferenceSources(h)))
	}
	return out
}

// shareSources are the clauses that issue shares, and the rounds behind them.
func shareSources(h int) func(b *Book) []Source {
	return func(b *Book) []Source {
		out := b.lineSources(b.cash, func(_ int, x lineInfo) bool {
			return (x.role == contract.Issue || x.role == contract.Convert) && x.to == h
		})
		sold := b.lineSources(b.cash, func(_ int, x lineInfo) bool { return x.moves() && x.from == h })
		out = append(out, negate(sold)...)
		for i := range out {
			out[i].Unit = Shares
		}
		return append(out, Source{Label: "terms of the rounds", Inputs: append(b.s.roundPaths(), "existing")})
	}
}

// preferenceSources set the stake against what the shares are worth as
// converted.
func preferenceSources(h int) func(b *Book) []Source {
	return func(b *Book) []Source {
		converted := make([]float64, b.lanes)
		vec.Sub(converted, b.parts.Stake[h], b.parts.Preference[h])
		return []Source{
			{Label: "its stake with the deal", Inputs: b.s.roundPaths(), Sign: 1, Value: b.parts.Stake[h]},
			{Label: "its share of the lab's equity as converted", Inputs: []string{"world.lab_value.start"}, Sign: -1, Value: converted},
		}
	}
}
