// SPDX-License-Identifier: Apache-2.0

package cashflow

import "testing"

func TestMultiple(t *testing.T) {
	for _, test := range []struct {
		flows   []float64
		want    float64
		defined bool
	}{
		{[]float64{-100, 50, 200}, 2.5, true},
		{[]float64{-100, -100, 50}, 0.25, true},
		{[]float64{-100}, 0, true},
		{[]float64{100}, 0, false},
		{[]float64{0, 0}, 0, false},
		{nil, 0, false},
	} {
		if got, defined := Multiple(test.flows); got != test.want || defined != test.defined {
			t.Errorf("%v: got %v, %v", test.flows, got, defined)
		}
	}
}

func TestPeakExposure(t *testing.T) {
	for _, test := range []struct {
		flows []float64
		want  float64
		index int
	}{
		{[]float64{-5, -3, 2, 4}, 8, 1},
		{[]float64{-5, 5, -5, 5}, 5, 0}, // the first of equals
		{[]float64{10, -4, -9, 20}, 3, 2},
		{[]float64{1, -1, 2}, 0, -1},
		{nil, 0, -1},
	} {
		if got, index := PeakExposure(test.flows); got != test.want || index != test.index {
			t.Errorf("%v: got %v at %d", test.flows, got, index)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	for _, test := range []struct {
		out, in []float64
		index   int
		ok      bool
	}{
		{[]float64{5, 0, 0, 0}, []float64{0, 2, 3, 9}, 2, true},
		{[]float64{0, 5, 0, 0}, []float64{0, 0, 4, 1}, 3, true}, // nothing is back before it went out
		{[]float64{5, 0, 5}, []float64{0, 5, 0}, 1, true},       // out again later
		{[]float64{5, 0}, []float64{0, 4}, -1, false},
		{[]float64{0, 0}, []float64{3, 4}, -1, false},
		{nil, nil, -1, false},
	} {
		if index, ok := RoundTrip(test.out, test.in); index != test.index || ok != test.ok {
			t.Errorf("%v against %v: got %d, %v", test.out, test.in, index, ok)
		}
	}
	defer func() {
		if got := recover(); got != "cashflow: 1 outflows but 2 inflows" {
			t.Errorf("got %v", got)
		}
	}()
	RoundTrip([]float64{1}, []float64{1, 2})
}
