// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"
	"slices"

	"offtake/internal/contract"
	"offtake/internal/vec"
)

// A Right is what one party may do or not under a clause, with the lines that are its own.
type Right struct {
	ID      string   // of the right within the deal
	Clauses []string // whose lines are its own
	Kinds   []string // of these lines; nil for all
	Holder  string   // whose right it is
}

// details are the parts of the bargain party by party, for those who take a value apart:
// every row adds up over all parties, and every party's rows to its net present value.
func details(s *Setting) []Measure {
	if !s.Detailed {
		return nil
	}
	out := []Measure{
		column("supply_net", "", Money, "N: what the supply side adds to the lab's equity: S - O - F + X + L", func(b *Book) []float64 { return b.parts.SupplyNet }, supplyNetSources),
		column("instruments_outside", "", Money, "what other clauses bring those outside the agreement", func(b *Book) []float64 { return b.parts.Outside }, outsideSources),
		column("pv_market", "", Money, "present value of the units taken at the market price", func(b *Book) []float64 { return b.market }, marketSources),
		{Name: "joint_value", Unit: Money, Sources: jointSources(s), Doc: "S + G - W: what the deal brings all parties together under the headline cost",
			Value: func(b *Book, out []float64) {
				p := &b.parts
				for i := range out {
					out[i] = p.Surplus[i] + p.Gain[s.Headline][i] - p.Deadweight[i]
				}
			}},
		each("price_above_market", Rate, "what a unit is billed at in all, set against the market price of the same units: effective_price / effective_market_price - 1",
			func(b *Book, i int) float64 { return b.aboveMarket(i) }, uses(overchargeSources)).unless("nothing is taken"),
		each("supply_share", Rate, "(O + F + G) / (O + F + G + |premium| + |X|): how much of what the deal moves is supply; undefined where O + F + G is below zero",
			func(b *Book, i int) float64 { return b.supplyShare(i) }, supplyShareSources).unless("supply brings the provider nothing"),
	}
	for h, holder := range s.Holders {
		out = append(out, stakeDetails(h, holder.Party)...)
	}
	out = append(out, labDetails(s.Program.Buyer())...)
	for _, x := range s.Hurdles {
		if m, ok := preferenceInTime(s, x); ok {
			out = append(out, m)
		}
	}
	for k, r := range s.Rights {
		out = append(out, Measure{Name: "own_flows", Party: r.Holder, Clause: r.ID, Unit: Money, Sources: ownFlowSources(k),
			Doc:   "present value, to who has the right, of the flows that are the right's own; shares at what they are worth with the deal",
			Value: func(b *Book, out []float64) { copy(out, b.parts.OwnFlows[k]) }})
	}
	return out
}

// stakeDetails are what a holder's place on the cap table is worth to it.
func stakeDetails(h int, party string) []Measure {
	return []Measure{
		column("cheques", party, Money, "I: the party's money in the rounds", func(b *Book) []float64 { return b.parts.Cheque[h] }, func(b *Book) []Source { return b.moneySources(h) }),
		column("stake_with", party, Money, "s1 (V0 + R + N): the party's stake with the deal", func(b *Book) []float64 { return b.stakeWith(h) }, stakeWithSources(h)),
		column("stake_without", party, Money, "s0 V0: its stake without the deal", func(b *Book) []float64 { return b.parts.Before[h] }, stakeWithoutSources(h)),
		{Name: "stake_gain", Party: party, Unit: Money, Sources: func(b *Book) []Source { return b.stakeGainSources(h, 1) }, Doc: "what the party's stake gains, less its cheques",
			Value: func(b *Book, out []float64) { b.stakeGain(out, h) }},
		{Name: "instruments", Party: party, Unit: Money, Sources: func(b *Book) []Source { return b.instrumentsOf(h) }, Doc: "what draws and other clauses bring the party, less what they take: of the provider, -X",
			Value: func(b *Book, out []float64) { vec.Negate(out, b.parts.Gifts[h]) }},
	}
}

// labDetails are those of all holders of the lab who are not a party.
func labDetails(lab string) []Measure {
	return []Measure{
		{Name: "stake_gain", Party: lab, Unit: Money, Sources: func(b *Book) (out []Source) {
			for h := range b.s.Holders {
				out = append(out, b.stakeGainSources(h, -1)...)
			}
			return out
		}, Doc: "what the parties' stakes take from the other holders of the lab, less their cheques",
			Value: func(b *Book, out []float64) {
				vec.Fill(out, 0)
				for h := range b.s.Holders {
					for i := range out {
						out[i] -= b.parts.Stake[h][i] - b.parts.Before[h][i] - b.parts.Cheque[h][i]
					}
				}
			}},
		{Name: "instruments", Party: lab, Unit: Money, Sources: func(b *Book) []Source { return append(b.gotSources(), b.boughtSources()...) },
			Doc:   "what draws and other clauses bring the lab, less what they take and what other holders pay the parties for their shares",
			Value: func(b *Book, out []float64) { vec.Sub(out, b.parts.Received, b.parts.Bought) }},
	}
}

// stakeWith is a holder's stake with the deal: of the provider, with N from its parts.
func (b *Book) stakeWith(h int) []float64 {
	if h == 0 {
		return b.parts.StakeParts
	}
	return b.parts.Stake[h]
}

func (b *Book) stakeGain(out []float64, h int) {
	with := b.stakeWith(h)
	for i := range out {
		out[i] = with[i] - b.parts.Before[h][i] - b.parts.Cheque[h][i]
	}
}

// supplyShare is the part of supply in what the deal moves between the two sides.
func (b *Book) supplyShare(i int) float64 {
	p := &b.parts
	supply := p.Overcharge[i] + p.Deficiency[i] + p.Gain[b.s.Headline][i]
	whole := supply + math.Abs(b.premium(i)) + math.Abs(p.Options[i])
	if supply < 0 || whole == 0 {
		return math.NaN()
	}
	return supply / whole
}

// aboveMarket is how far what use is billed at lies above the market price.
func (b *Book) aboveMarket(i int) float64 {
	if b.market[i] <= 0 {
		return math.NaN()
	}
	return b.parts.Overcharge[i] / b.market[i]
}

// preferenceInTime is what a party's own rate takes from its flows beyond the riskless one.
func preferenceInTime(s *Setting, x Hurdle) (Measure, bool) {
	h := theLab
	if x.Party != s.Program.Buyer() {
		if h = slices.IndexFunc(s.Holders, func(h Holding) bool { return h.Party == x.Party }); h < 0 {
			return Measure{}, false
		}
	}
	return Measure{Name: "time_preference", Party: x.Party, Unit: Money, BySteps: true, Sources: preferenceInTimeSources(h, x.Rate),
		Doc: "the party's flows at its own yearly rate less the same flows at the riskless one",
		Value: func(b *Book, out []float64) {
			b.discountFlows(out, b.net.of(b, h), x.Rate)
			for k, col := range b.net.of(b, h) {
				vec.AddScaled(out, col, -b.s.factor(k-1))
			}
		}}, true
}

// closeRights adds up, for each right, the flows that are its own, to who has it: money
// and things at their present value, draws less the paper given for them, and shares at
// their part of what the lab is worth with the deal.
func (b *Book) closeRights() {
	if len(b.s.Rights) == 0 {
		return
	}
	p, price := &b.parts, b.sharePrice()
	for k, r := range b.s.Rights {
		vec.Fill(p.OwnFlows[k], 0)
		for i, l := range b.s.Program.Lines() {
			toward := b.toward(&r, &l)
			if toward != 0 {
				b.addOwn(p.OwnFlows[k], i, toward, price)
			}
			if toward != 0 && b.info[i].moves() {
				b.addOwn(p.OwnShares[k], i, toward, price)
			}
		}
	}
}

// toward is 1 where a line is a right's own and brings its holder something, -1 where it
// takes something, and 0 where it is none of its own.
func (b *Book) toward(r *Right, l *contract.Line) float64 {
	if !slices.Contains(r.Clauses, l.Clause) || r.Kinds != nil && !slices.Contains(r.Kinds, l.Kind) {
		return 0
	}
	switch r.Holder {
	case l.To:
		return 1
	case l.From:
		return -1
	}
	return 0
}

func (b *Book) addOwn(out []float64, line int, toward float64, price []float64) {
	x := &b.info[line]
	switch {
	case x.moves():
		for i, n := range b.cash[line] {
			out[i] += float64(n * price[i] * toward)
		}
	case x.role == contract.Draw && x.cash:
		vec.AddScaled(out, b.cash[line], toward*(1-b.worthOf(b.s.Program.Lines()[line].Clause)))
	case x.cash || x.kind:
		vec.AddScaled(out, b.cash[line], toward)
	}
}

// worthOf is what the paper given for a draw is worth, per cent drawn.
func (b *Book) worthOf(clause string) float64 {
	for _, f := range b.s.Facilities {
		if f.Clause == clause {
			return f.Worth
		}
	}
	return 0
}

// sharePrice is what a share of the lab is worth with the deal, in cents of present value.
func (b *Book) sharePrice() []float64 {
	all := make([]float64, b.lanes)
	vec.Fill(all, b.s.Program.Shares())
	for i := range b.info {
		if x := &b.info[i]; x.role == contract.Issue || x.role == contract.Convert {
			vec.Accumulate(all, b.cash[i])
		}
	}
	for i := range all {
		worth := b.labValue[i] + b.parts.Round[i]
		if b.s.Feedback {
			worth += b.parts.SupplyFlow[i]
		}
		all[i] = worth / all[i]
	}
	return all
}
