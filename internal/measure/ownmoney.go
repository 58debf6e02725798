// SPDX-License-Identifier: Apache-2.0

package measure

import "offtake/internal/vec"

// ownMoney is the share of the provider's revenue from the lab that is its own
// money come back. Cash is fungible, so no one answer is right: first-dollar
// says that its money is spent on it first, last-dollar that it is spent last,
// proportional that it mixes with all the lab's inflows.
func ownMoney(s *Setting) []Measure {
	if !s.funds() {
		return nil
	}
	out := []Measure{each("own_money_first", Rate, "share of the provider's revenue that is its own money, if that is spent on it first",
		func(b *Book, i int) float64 { return b.asAgreed().ownMoney(i, "first") }, uses(roundTripSources)).bySteps().unless("nothing is paid for compute")}
	if s.OtherInflow == nil {
		return out
	}
	return append(out,
		each("own_money_proportional", Rate, "the same, if it mixes with all that the lab takes in",
			func(b *Book, i int) float64 { return b.asAgreed().ownMoney(i, "proportional") }, uses(roundTripSources)).bySteps().unless("nothing is taken in"),
		each("own_money_last", Rate, "the same, if it is spent last",
			func(b *Book, i int) float64 { return b.asAgreed().ownMoney(i, "last") }, uses(roundTripSources)).bySteps().unless("nothing is paid for compute"))
}

// takeIn adds what the lab takes in from others in step t.
func (b *Book) takeIn(t int) {
	switch {
	case b.s.OtherInflow == nil:
	case b.s.OtherInflowLanes != nil:
		vec.Accumulate(b.inflow, b.s.OtherInflowLanes[t])
	default:
		for i := range b.inflow {
			b.inflow[i] += b.s.OtherInflow[t]
		}
	}
}

// ownMoney totals revenue and capital over the run and applies the convention.
func (b *Book) ownMoney(lane int, convention string) float64 {
	revenue, capital, other := 0.0, 0.0, b.inflow[lane]
	for k := range b.steps.paid {
		revenue += b.steps.paid[k][lane]
		capital += b.steps.capital[0][k][lane] + b.steps.lent[k][lane]
	}
	switch convention {
	case "proportional":
		return ratio(capital, capital+other)
	case "last":
		return ratio(min(capital, max(0, revenue-other)), revenue)
	}
	return ratio(min(capital, revenue), revenue)
}
