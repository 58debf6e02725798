// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"

	"offtake/internal/contract"
	"offtake/internal/measure/cashflow"
)

// theLab stands for the lab where holders are counted.
const theLab = -1

// returns are rates, multiples and exposures of the flows of each party that
// puts in capital, and of the lab where anybody does: net of what supplying
// compute costs the provider and of what the lab would have paid without the
// deal. On gross flows "+5, then -10 a year" would earn 200%.
func returns(s *Setting) []Measure {
	financed := s.finances(s.Program.Buyer())
	for _, h := range s.Holders {
		financed = financed || s.finances(h.Party)
	}
	out := append(returnsOf(s, 0, s.Program.Supplier(), financed), returnsOf(s, theLab, s.Program.Buyer(), financed)...)
	for h := 1; h < len(s.Holders); h++ {
		out = append(out, returnsOf(s, h, s.Holders[h].Party, s.finances(s.Holders[h].Party))...)
	}
	return out
}

// returnsOf are those of holder h, or of the lab.
func returnsOf(s *Setting, h int, party string, financed bool) []Measure {
	flows := uses(netFlowSources(h))
	per := func(name string, unit Unit, doc string, of func(b *Book, flows []float64) float64) Measure {
		m := each(name, unit, doc, nil, flows)
		m.Party = party
		m.Value = func(b *Book, out []float64) { b.overFlows(out, h, of) }
		return m
	}
	var out []Measure
	for _, x := range s.Hurdles {
		if x.Party == party {
			out = append(out, per("npv_at_hurdle", Money, "net present value of the party's flows at its own yearly rate",
				func(b *Book, flows []float64) float64 { return cashflow.XNPV(x.Rate, flows, b.stepYears()) }))
		}
	}
	if !financed {
		return out // a rate of return needs money put in
	}
	irr := per("irr", Rate, "yearly internal rate of return; undefined where no capital is put in, where none is ever outstanding, and where there is none or several", nil)
	irr.Value = func(b *Book, out []float64) { b.rates(out, h) }
	irr.Why = func(b *Book) string {
		_, why := b.rate(make([]float64, len(b.steps.paid)), h, 0)
		return why
	}
	multiple := per("multiple", Ratio, "money in over money out", func(_ *Book, flows []float64) float64 {
		if x, ok := cashflow.Multiple(flows); ok {
			return x
		}
		return math.NaN()
	}).unless("no step has more going out than coming in")
	return append(out, irr, multiple,
		per("peak_exposure", Money, "the deepest that the party's cumulative flow goes below zero", func(_ *Book, flows []float64) float64 {
			x, _ := cashflow.PeakExposure(flows)
			return x
		}))
}

func (b *Book) rates(out []float64, h int) {
	flows := make([]float64, len(b.steps.paid))
	for i := range out {
		out[i], _ = b.rate(flows, h, i)
	}
}

// rate is the yearly rate of holder h's flows in lane i, or of the lab's; where
// it is NaN, why says why. Money must be out at some time: the party's own or,
// of a party that puts in none, what the other side put into it. Without that
// the flows may have a rate, and it means nothing.
func (b *Book) rate(flows []float64, h, i int) (rate float64, why string) {
	own, all := b.capitalAround(h, i)
	if all == 0 {
		return math.NaN(), "no capital is put in"
	}
	clear(flows)
	b.netFlows(flows, h, i)
	if outstanding(flows, own > 0) <= 1e-9*all { // beyond what rounding leaves
		if own > 0 {
			return math.NaN(), "it is never out of pocket"
		}
		return math.NaN(), "it has never got more than it has paid"
	}
	roots := cashflow.XIRR(flows, b.stepYears())
	return only(roots), roots.String()
}

// capitalAround is the nominal capital that holder h puts in, or the lab, and
// that with what the other side puts in: the lab finances the provider alone,
// and anybody may finance the lab.
func (b *Book) capitalAround(h, lane int) (own, all float64) {
	lab := b.putIn(b.s.Program.Buyer(), lane)
	if h > 0 {
		own = b.putIn(b.s.Holders[h].Party, lane)
		return own, own
	}
	provider := b.putIn(b.s.provider(), lane)
	if h == 0 {
		return provider, provider + lab
	}
	for k := range b.s.Holders {
		all += b.putIn(b.s.Holders[k].Party, lane)
	}
	return lab, all + lab
}

// outstanding is the most money that is out at once: what a lender has paid
// beyond what it got, or a borrower got beyond what it paid.
func outstanding(flows []float64, lender bool) float64 {
	out, balance, most := -1.0, 0.0, 0.0
	if !lender {
		out = 1
	}
	for _, x := range flows {
		balance += float64(out * x)
		most = max(most, balance)
	}
	return most
}

// stepYears are the times of the signing and of the steps' ends.
func (b *Book) stepYears() []float64 {
	years := make([]float64, len(b.steps.paid))
	for k := range years {
		years[k] = b.s.years(k - 1)
	}
	return years
}

// overFlows computes a number of a party's net flows in each lane.
func (b *Book) overFlows(out []float64, h int, of func(b *Book, flows []float64) float64) {
	flows := make([]float64, len(b.steps.paid))
	for i := range out {
		clear(flows)
		b.netFlows(flows, h, i)
		out[i] = of(b, flows)
	}
}

// netFlows adds the flows of holder h in one lane, or those of the lab: capital
// and what other instruments move; of the two sides also payments for compute,
// and the provider's headline cost or the lab's next-best cost; and at the
// horizon the change of the stakes and the securities got for draws, both grown
// at the riskless rate. What a stake gains from the lab's supply flows is what
// its holder takes out of them. At the riskless rate they are worth the party's
// net present value, but for the cost of a default.
func (b *Book) netFlows(flows []float64, h, i int) {
	for k := range flows {
		switch {
		case h == 0:
			flows[k] += b.steps.paid[k][i] - b.steps.cost[k][i]
		case h == theLab:
			flows[k] += b.steps.next[k][i] - b.steps.paid[k][i] + b.steps.lab[k][i]
		}
	}
	if h != theLab {
		b.holderFlows(flows, h, i, 1)
		for k := range flows {
			flows[k] += b.steps.gifts[h][k][i]
		}
		return
	}
	for of := range b.s.Holders {
		b.holderFlows(flows, of, i, -1)
	}
}

// holderFlows adds the capital that holder h puts into the lab on its stake and
// on facilities, and what it has of it at the horizon, multiplied by sign.
func (b *Book) holderFlows(flows []float64, h, i int, sign float64) {
	for k := range flows {
		flows[k] -= float64(sign * b.steps.capital[h][k][i])
	}
	n := len(flows)
	gain := b.parts.Stake[h][i] - b.parts.Before[h][i] + b.securities(h, i)
	flows[n-1] += float64(sign*gain) / b.s.factor(n-2)
}

// securities are the present value of what holder h gets for its draws.
func (b *Book) securities(h, i int) float64 {
	sum := 0.0
	for line, l := range b.s.Program.Lines() {
		if x := &b.info[line]; x.role != contract.Draw || !x.cash || x.from != h {
			continue
		}
		for _, f := range b.s.Facilities {
			if f.Clause == l.Clause {
				sum += float64(f.Worth * b.cash[line][i])
			}
		}
	}
	return sum
}
