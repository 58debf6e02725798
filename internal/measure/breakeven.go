// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"

	"offtake/internal/measure/cashflow"
)

// breakeven says what price of compute would repay the cheque.
func breakeven(s *Setting) []Measure {
	if s.firstCheque() == 0 {
		return nil
	}
	return []Measure{
		each("breakeven_markup", Rate, "mark-up over market at which the price of compute alone repays the cheques: I / (PV(spend) - I)",
			func(b *Book, i int) float64 { return markup(b.bought(i), b.spendPV(i)) }, withCheques(spendSources)).unless("spend does not come to so much"),
		each("breakeven_markup_fair", Rate, "mark-up that repays only what the cheques pay above the fair value of the stake: premium / (PV(spend) - premium)",
			func(b *Book, i int) float64 { return markup(b.premium(i), b.spendPV(i)) },
			withCheques(func(b *Book) []Source { return append(spendSources(b), s.fairStakeSources(b)...) })).unless("spend does not come to so much"),
		{Name: "implied_cost_of_capital", Unit: Rate, BySteps: true, Sources: withCheques(func(b *Book) []Source {
			return append(overchargeSources(b), Source{Label: "share bought, of what the lab is worth with the deal", Inputs: s.roundPaths(), Sign: 1, Value: b.parts.StakeBought})
		}),
			Doc:   "yearly rate at which the overcharge and the stake at the horizon together repay the cheques; undefined where there is none or several",
			Why:   func(*Book) string { return "there is none, or several" },
			Value: func(b *Book, out []float64) { b.impliedCost(out) }},
	}
}

// markup is repaid / (spend - repaid); undefined when spend does not reach it.
func markup(repaid, spend float64) float64 {
	if spend <= repaid {
		return math.NaN()
	}
	return repaid / (spend - repaid)
}

// impliedCost solves I = sum of overcharge / (1+y)^t + s E[V_T] / (1+y)^T for
// y, the lab's value growing at the riskless rate to the horizon T.
func (b *Book) impliedCost(out []float64) {
	n := len(b.steps.paid)
	flows, years := make([]float64, n), b.stepYears()
	solver := b.solver(years)
	for i := range out {
		for k := range flows {
			over, cheque := b.steps.spend[k][i]-b.steps.market[k][i], b.steps.capital[0][k][i]-b.steps.draws[k][i]
			flows[k] = over - cheque
		}
		flows[n-1] += b.parts.StakeBought[i] / b.s.factor(n-2)
		out[i] = rateOf(solver, flows, years)
	}
}

// only is the one rate of a cash flow, or NaN where there is none or several.
func only(r cashflow.Roots) float64 {
	if rate, ok := r.Only(); ok {
		return rate
	}
	return math.NaN()
}
