// SPDX-License-Identifier: Apache-2.0

package cashflow

import "fmt"

// Multiple is the money received over the money paid: the sum of the positive flows divided by the
// sum of the negative ones, a plain number of at least 0. It is not discounted. Where nothing was
// paid it is undefined, and defined is false.
func Multiple(flows []float64) (multiple float64, defined bool) {
	in, out := 0.0, 0.0
	for _, flow := range flows {
		if flow > 0 {
			in += flow
		} else {
			out -= flow
		}
	}
	if !(out > 0) {
		return 0, false
	}
	return in / out, true
}

// PeakExposure is the most money that was ever out at once: the lowest running sum of the flows, as
// a positive amount in the unit of flows, and the index of the flow that first brought it there.
// A running sum that is never negative gives 0 and index -1.
func PeakExposure(flows []float64) (amount float64, index int) {
	balance, lowest := 0.0, 0.0
	index = -1
	for i, flow := range flows {
		balance += flow
		if balance < lowest {
			lowest, index = balance, i
		}
	}
	return 0 - lowest, index
}

// RoundTrip is the index at which the money is first back: the first at which something has been
// paid and the inflows so far are at least the outflows so far. Both lists hold amounts that are
// positive, in one unit and on one grid. Outflows after that index may put the money out again; this
// is not looked at. ok is false, and index -1, when the money never comes back or nothing is paid.
// It panics unless the lists are equally long.
func RoundTrip(outflows, inflows []float64) (index int, ok bool) {
	if len(outflows) != len(inflows) {
		panic(fmt.Sprintf("cashflow: %d outflows but %d inflows", len(outflows), len(inflows)))
	}
	out, in := 0.0, 0.0
	for i := range outflows {
		out += outflows[i]
		in += inflows[i]
		if out > 0 && in >= out {
			return i, true
		}
	}
	return -1, false
}
