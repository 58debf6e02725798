// SPDX-License-Identifier: Apache-2.0

package cashflow

import (
	"fmt"
	"math"

	"offtake/internal/vec"
)

// NPV is the net present value of flows in regular periods: flows[i] falls at the end of period i
// counted from 0, so flows[0] is not discounted: Σ flows[i] / (1+rate)^i, in the unit of flows.
// The function of the same name in spreadsheets discounts the first value too: theirs is
// NPV(rate, flows) / (1+rate).
//
// rate is per period and must exceed -1, otherwise the result is NaN. No flows are worth 0.
func NPV(rate float64, flows []float64) float64 {
	if !(rate > -1) {
		return math.NaN()
	}
	value, growth := 0.0, 1+rate
	for i := len(flows) - 1; i >= 0; i-- {
		value = flows[i] + value/growth
	}
	return value
}

// XNPV is the net present value of dated flows: Σ flows[i] / (1+rate)^years[i], in the unit of
// flows. years[i] counts from the valuation date, usually the first date; spreadsheets use days/365.
// rate is per year and must exceed -1, otherwise the result is NaN. It panics unless there are as
// many years as flows.
func XNPV(rate float64, flows, years []float64) float64 {
	if !(rate > -1) {
		return math.NaN()
	}
	return NPVContinuous(log1p(rate), flows, years)
}

// NPVContinuous is the net present value under a continuously compounded rate per year:
// Σ flows[i] e^(-rate years[i]), in the unit of flows. It panics unless there are as many years as
// flows.
func NPVContinuous(rate float64, flows, years []float64) float64 {
	if len(flows) != len(years) {
		panic(fmt.Sprintf("cashflow: %d flows but %d years", len(flows), len(years)))
	}
	value := 0.0
	for i, flow := range flows {
		value += float64(flow * vec.ExpOf(-rate*years[i]))
	}
	return value
}

// log1p is ln(1+x) for x > -1 without the loss of digits near 0: the rounding of 1+x is divided
// out again (Goldberg 1991, "What every computer scientist should know about floating-point
// arithmetic", theorem 4).
func log1p(x float64) float64 {
	y := 1 + x
	if y == 1 || math.IsInf(y, 1) {
		return x
	}
	return x * (vec.LogOf(y) / (y - 1))
}

// expm1 is e^x - 1 without the loss of digits near 0 (Higham 2002, "Accuracy and stability of
// numerical algorithms", section 1.14.1; the method is Kahan's).
func expm1(x float64) float64 {
	y := vec.ExpOf(x)
	switch {
	case y == 1:
		return x
	case math.Abs(x) > 1:
		return y - 1
	}
	return x * ((y - 1) / vec.LogOf(y))
}
