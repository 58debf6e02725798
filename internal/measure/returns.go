// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"

	"offtake/internal/measure/cashflow"
)

// returns are rates, multiples and exposures of each side's flows, net of what
// supplying compute costs the provider and of what the lab would have paid
// without the deal. On gross flows "+5, then -10 a year" would earn 200%.
func returns(s *Setting) []Measure {
	var out []Measure
	for _, party := range []string{s.Program.Supplier(), s.Program.Buyer()} {
		provider := party == s.Program.Supplier()
		flows := uses(netFlowSources(provider))
		per := func(name string, unit Unit, doc string, of func(b *Book, flows []float64) float64) Measure {
			m := each(name, unit, doc, nil, flows)
			m.Party = party
			m.Value = func(b *Book, out []float64) { b.overFlows(out, provider, of) }
			return m
		}
		rates := func(b *Book, flows []float64) cashflow.Roots { return cashflow.XIRR(flows, b.stepYears()) }
		for _, h := range s.Hurdles {
			if h.Party == party {
				out = append(out, per("npv_at_hurdle", Money, "net present value of the party's flows at its own yearly rate",
					func(b *Book, flows []float64) float64 { return cashflow.XNPV(h.Rate, flows, b.stepYears()) }))
			}
		}
		irr := per("irr", Rate, "yearly internal rate of return; undefined where no capital is put in, and where there is none or several",
			func(b *Book, flows []float64) float64 {
				if s.capital() == 0 {
					return math.NaN() // a rate of return needs money put in
				}
				return only(rates(b, flows))
			})
		irr.Why = func(b *Book) string {
			if s.capital() == 0 {
				return "no capital is put in"
			}
			flows := make([]float64, len(b.steps.paid))
			b.netFlows(flows, provider, 0)
			return rates(b, flows).String()
		}
		out = append(out, irr,
			per("multiple", Ratio, "money in over money out", func(_ *Book, flows []float64) float64 {
				if x, ok := cashflow.Multiple(flows); ok {
					return x
				}
				return math.NaN()
			}),
			per("peak_exposure", Money, "the deepest that the party's cumulative flow goes below zero", func(_ *Book, flows []float64) float64 {
				x, _ := cashflow.PeakExposure(flows)
				return x
			}))
	}
	return out
}

// stepYears are the times of the signing and of the steps' ends.
func (b *Book) stepYears() []float64 {
	years := make([]float64, len(b.steps.paid))
	for k := range years {
		years[k] = b.s.years(k - 1)
	}
	return years
}

// overFlows computes a number of the party's net flows in each lane.
func (b *Book) overFlows(out []float64, provider bool, of func(b *Book, flows []float64) float64) {
	flows := make([]float64, len(b.steps.paid))
	for i := range out {
		b.netFlows(flows, provider, i)
		out[i] = of(b, flows)
	}
}

// netFlows are a side's flows in one lane: capital, payments for compute, the
// provider's headline cost or the lab's next-best cost, and at the horizon the
// change of the provider's stake and the securities got for draws, both grown
// at the riskless rate. What the stake gains from the lab's supply flows is
// what the provider takes out of them.
func (b *Book) netFlows(flows []float64, provider bool, i int) {
	n := len(flows)
	for k := range flows {
		against := b.steps.cost[k][i] - b.steps.provider[k][i]
		if !provider {
			against = b.steps.next[k][i] + b.steps.lab[k][i]
		}
		flows[k] = b.steps.paid[k][i] - b.steps.capital[k][i] - against
	}
	securities := b.parts.DrawsPV[i] - b.parts.DrawGifts[i]
	flows[n-1] += (b.parts.Stake[0][i] - b.s.priorCents() + securities) / b.s.factor(n-2)
	if !provider {
		for k := range flows {
			flows[k] = -flows[k]
		}
	}
}
