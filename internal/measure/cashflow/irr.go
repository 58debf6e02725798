// SPDX-License-Identifier: Apache-2.0

package cashflow

import (
	"fmt"
	"math"
)

// The rates that [IRR] and [XIRR] list lie from MinRate to MaxRate, as fractions per period. Rates
// outside are counted, not listed: in finance they say no more than "everything was lost" and "the
// cheque came back at once".
const (
	MinRate = -0.9999
	MaxRate = 1e6

	minRateText = "-99.99%"
	maxRateText = "100,000,000%"
)

// CellLimit is the most cells of rates that one search splits: a bound on its work. Lists of 120
// flows with random signs need about ten.
const CellLimit = 4096

// IRR finds the internal rates of return per period of flows in regular periods: every rate above
// -1 at which [NPV] is zero. It never guesses: see [Roots].
func IRR(flows []float64) Roots {
	years := make([]float64, len(flows))
	for i := range years {
		years[i] = float64(i)
	}
	return XIRR(flows, years)
}

// XIRR finds the internal rates of return per year of dated flows: every rate above -1 at which
// [XNPV] is zero. years lie within ±1e9, in any order; flows of one date are added up first.
// It never guesses: see [Roots]. It panics unless there are as many years as flows.
func XIRR(flows, years []float64) Roots {
	if len(flows) != len(years) {
		panic(fmt.Sprintf("cashflow: %d flows but %d years", len(flows), len(years)))
	}
	if err := check(flows, years); err != nil {
		return Roots{Err: err}
	}
	value := newSum(flows, years)
	switch {
	case len(value.amounts) == 0:
		return Roots{Reason: NoFlow}
	case value.changes() == 0:
		return Roots{Reason: OneSign}
	}
	return value.search()
}

// maxAmount and minAmount bound the size of a flow other than zero, in cents, and maxYears that of a
// date, so that no sum or exponent overflows.
const (
	maxAmount = 1e120
	minAmount = 1e-120
	maxYears  = 1e9
)

// check says which flow or date cannot be used.
func check(flows, years []float64) error {
	for i, flow := range flows {
		size := math.Abs(flow)
		switch {
		case math.IsNaN(flow) || math.IsInf(flow, 0):
			return fmt.Errorf("flow %d is %v, not a number of cents", i, flow)
		case size > maxAmount || size != 0 && size < minAmount:
			return fmt.Errorf("flow %d is %v cents; the size of a flow is 0, or from %v to %v", i, flow, minAmount, maxAmount)
		case !(math.Abs(years[i]) <= maxYears):
			return fmt.Errorf("the date of flow %d is %v years; it must be a number from -%v to %v", i, years[i], maxYears, maxYears)
		}
	}
	return nil
}
