// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"slices"

	"offtake/internal/contract"
	"offtake/internal/vec"
)

// Sources of the figures that take a value apart.

// signed are sources whose sign is set by what their lines are.
func (b *Book) signed(in []Source, sign func(x *lineInfo) float64) []Source {
	for i := range in {
		in[i].Sign = sign(&b.info[in[i].line])
	}
	return in
}

// behindIt are the lines of some sources without their amounts: they stand behind a figure
// whose formula uses other ones.
func behindIt(in []Source) []Source {
	out := slices.Clone(in)
	for i := range out {
		out[i].Value, out[i].Sign = nil, 0
	}
	return out
}

// drawSources are draws as far as the paper that is given for them is not worth them,
// with a sign that depends on who gives.
func (b *Book) drawSources(sign func(lender string) float64) []Source {
	var out []Source
	for _, x := range b.lineSources(b.cash, func(_ int, x lineInfo) bool { return x.cash && x.role == contract.Draw }) {
		for _, f := range b.s.Facilities {
			if by := sign(f.Lender); f.Clause == x.Clause && by != 0 {
				x.Inputs, x.Sign = []string{"clauses." + f.Clause + ".worth"}, float64(by*(1-f.Worth))
				out = append(out, x)
			}
		}
	}
	return out
}

// gotSources are what draws and other instruments bring the lab.
func (b *Book) gotSources() []Source {
	lines := b.lineSources(b.cash, func(_ int, x lineInfo) bool { return x.instrument() && x.lab != 0 })
	return append(b.drawSources(func(string) float64 { return 1 }), b.signed(lines, func(x *lineInfo) float64 { return x.lab })...)
}

// instrumentsOf are what draws and other instruments bring holder h.
func (b *Book) instrumentsOf(h int) []Source {
	lines := b.lineSources(b.cash, func(_ int, x lineInfo) bool { return x.instrument() && (x.from == h) != (x.to == h) })
	draws := b.drawSources(func(lender string) float64 {
		if lender == b.s.Holders[h].Party {
			return -1
		}
		return 0
	})
	return append(draws, b.signed(lines, func(x *lineInfo) float64 {
		if x.to == h {
			return 1
		}
		return -1
	})...)
}

// outsideSources are what instruments bring those outside the agreement.
func outsideSources(b *Book) []Source {
	toward := func(x *lineInfo) (sign float64) {
		if x.from < 0 && x.lab >= 0 && x.role != contract.Sold {
			sign--
		}
		if x.to < 0 && x.lab <= 0 {
			sign++
		}
		return sign
	}
	lines := b.lineSources(b.cash, func(_ int, x lineInfo) bool { return x.instrument() && toward(&x) != 0 })
	return b.signed(lines, toward)
}

// supplyNetSources are N from its parts: S - O - F + what the lab gets + L.
func supplyNetSources(b *Book) []Source {
	out := []Source{b.nextBestSource()} // of S and of O the market price goes out
	out = append(out, negate(b.lineSources(b.bill, func(i int, x lineInfo) bool { return b.promised[i] && x.role == contract.Use }))...)
	out = append(append(out, negate(deficiencySources(b))...), b.gotSources()...)
	return append(out, lossSources(b)...)
}

func (b *Book) nextBestSource() Source {
	return Source{Label: "units taken at the lab's next-best cost", Inputs: []string{"world.market_capacity", "world.market_price", "world.need"}, Sign: 1, Value: b.nextBest}
}

// supplyFlowSources are N from the lab's own flows.
func (b *Book) supplyFlowSources() []Source {
	paid := b.lineSources(b.cash, func(_ int, x lineInfo) bool {
		return x.cash && (x.role == contract.Use || x.role == contract.Miss || x.role == contract.Offset || x.role == contract.Estate)
	})
	credits := b.lineSources(b.bill, func(i int, x lineInfo) bool { return b.promised[i] && x.role == contract.Offset })
	return append(append(append([]Source{b.nextBestSource()}, negate(paid)...), credits...), b.gotSources()...)
}

// jointSources are S + G - W, of which the market price goes out.
func jointSources(s *Setting) func(b *Book) []Source {
	return func(b *Book) []Source {
		return append(append([]Source{b.nextBestSource()}, gainSources(s, s.Headline)(b)[1:]...), negate(deadweightSources(b))...)
	}
}

// marketSources are the units taken at the market price.
func marketSources(b *Book) []Source {
	return []Source{{Label: "units taken at the market price", Inputs: []string{"world.market_price", "world.need"}, Sign: 1, Value: b.market}}
}

// supplyShareSources are the five amounts of the formula.
func supplyShareSources(b *Book) []Source {
	p, premium := &b.parts, make([]float64, b.lanes)
	for i := range premium {
		premium[i] = b.premium(i)
	}
	out := []Source{{Label: "O overcharge", Value: p.Overcharge}, {Label: "F deficiency", Value: p.Deficiency}, {Label: "G gain of supply", Value: p.Gain[b.s.Headline]},
		{Label: "premium", Value: premium, Inputs: b.s.roundPaths()}, {Label: "X draws and other clauses", Value: p.Options}}
	for _, of := range [][]Source{marginSources(b), b.s.chequeSources(b), optionSources(b)} {
		out = append(out, behindIt(of)...)
	}
	return out
}

// moneySources are a holder's money in the rounds.
func (b *Book) moneySources(h int) []Source {
	out := b.lineSources(b.cash, func(_ int, x lineInfo) bool { return x.role == contract.Cheque && (x.cash || x.kind) && x.from == h })
	out = append(out, b.lineSources(b.bill, func(i int, x lineInfo) bool { return b.promised[i] && x.role == contract.Offset && x.from == h })...)
	out = b.signed(out, func(*lineInfo) float64 { return 1 })
	return append(out, Source{Label: "terms of the round", Inputs: b.s.roundPaths()})
}

// stakeWithSources are the factors of a holder's stake: its share, and what it is a share of.
func stakeWithSources(h int) func(b *Book) []Source {
	return func(b *Book) []Source {
		p := &b.parts
		net := p.SupplyFlow
		if h == 0 {
			net = p.SupplyNet
		}
		out := []Source{{Label: "its share after the deal", Value: p.ShareAfter[h], Unit: Rate, Inputs: append(b.s.roundPaths(), "existing")},
			{Label: "the lab's equity without the deal", Value: b.labValue, Inputs: []string{"world.lab_value"}}, {Label: "new money of the rounds", Value: p.Round}}
		if b.s.Feedback {
			out = append(out, Source{Label: "N: what the supply side adds", Value: net, Inputs: []string{"world.feedback"}})
		}
		if len(b.s.Preferences) > 0 {
			out = append(out, Source{Label: "what preferences add", Value: p.Preference[h]})
		}
		return append(append(out, behindIt(shareSources(h)(b))...), behindIt(b.moneySources(h))...)
	}
}

// stakeWithoutSources are a holder's share of before, and the lab without the deal.
func stakeWithoutSources(h int) func(b *Book) []Source {
	return func(b *Book) []Source {
		return []Source{{Label: "its share before the deal", Value: constant(b.lanes, b.s.Holders[h].Share), Unit: Rate, Inputs: []string{"existing", "clauses"}},
			{Label: "the lab's equity without the deal", Value: b.labValue, Inputs: []string{"world.lab_value", "world.rounds"}}}
	}
}

// stakeGainSources are what a holder's stake gains, less its cheques, times sign.
func (b *Book) stakeGainSources(h int, sign float64) []Source {
	stake := b.stakeWith(h)
	if sign < 0 {
		stake = b.parts.Stake[h]
	}
	of := b.s.Holders[h].Party
	out := []Source{{Label: "stake of " + of + " with the deal", Inputs: b.s.roundPaths(), Sign: sign, Value: stake},
		{Label: "stake of " + of + " without it", Inputs: []string{"existing", "world.lab_value.start"}, Sign: -sign, Value: b.parts.Before[h]}}
	return append(out, b.signed(b.moneySources(h)[:len(b.moneySources(h))-1], func(*lineInfo) float64 { return -sign })...)
}

// preferenceInTimeSources are the flows at both rates.
func preferenceInTimeSources(h int, rate float64) func(b *Book) []Source {
	return func(b *Book) []Source {
		own, riskless := make([]float64, b.lanes), make([]float64, b.lanes)
		b.discountFlows(own, b.net.of(b, h), rate)
		for k, col := range b.net.of(b, h) {
			for i, x := range col {
				riskless[i] += float64(x * b.s.factor(k-1))
			}
		}
		out := []Source{{Label: "its flows at its own yearly rate", Inputs: []string{"world.hurdle"}, Sign: 1, Value: own},
			{Label: "the same flows at the riskless one", Inputs: []string{"world.discount"}, Sign: -1, Value: riskless}}
		return append(out, behindIt(netFlowSources(h)(b))...)
	}
}

// ownFlowSources are the lines that are a right's own, to who has it; shares together, since
// the price of each depends on all.
func ownFlowSources(k int) func(b *Book) []Source {
	return func(b *Book) []Source {
		var out []Source
		shares := Source{Label: "shares, at what they are worth with the deal", Inputs: b.s.roundPaths(), Sign: 1, Value: b.parts.OwnShares[k]}
		for i, l := range b.s.Program.Lines() {
			toward := b.toward(&b.s.Rights[k], &l)
			switch {
			case toward == 0:
			case b.info[i].moves():
				out = append(out, Source{Label: l.Kind, Clause: l.Clause, Kind: l.Kind})
			default:
				value := make([]float64, b.lanes)
				if b.addOwn(value, i, 1, nil); !vec.AllEqual(value, 0) {
					out = append(out, Source{Label: l.Kind, Clause: l.Clause, Kind: l.Kind, Sign: toward, Value: value, line: i})
				}
			}
		}
		return append(out, shares)
	}
}
