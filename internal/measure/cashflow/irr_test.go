// SPDX-License-Identifier: Apache-2.0

package cashflow

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// annuity is a first flow and then n equal ones.
func annuity(first, each float64, n int) []float64 {
	flows := make([]float64, n+1)
	flows[0] = first
	for i := 1; i <= n; i++ {
		flows[i] = each
	}
	return flows
}

// power is the coefficients of scale (1 - growth x)^n: flows whose net present value touches or
// crosses zero n times at the rate growth-1.
func power(scale, growth float64, n int) []float64 {
	flows := []float64{scale}
	for range n {
		next := append([]float64{0}, flows...)
		for i := range next {
			next[i] *= -growth
		}
		for i, flow := range flows {
			next[i] += flow
		}
		flows = next
	}
	return flows
}

func TestIRRSays(t *testing.T) {
	for _, test := range []struct {
		name  string
		flows []float64
		want  string
	}{
		{"no flows", nil, "none: no date has a flow other than zero"},
		{"all zero", []float64{0, 0, 0}, "none: no date has a flow other than zero"},
		{"one flow", []float64{-5}, "none: the flows never change sign"},
		{"one flow among zeros", []float64{0, 7, 0}, "none: the flows never change sign"},
		{"only payments", []float64{-5, -1, -2}, "none: the flows never change sign"},
		{"simple", []float64{-100, 110}, "10%"},
		{"loss", []float64{-100, 58.8}, "-41.2%"},
		{"two decimals", []float64{-10000, 11234}, "12.34%"},
		{"money back", []float64{-100, 30, 70}, "0%"},
		{"zeros around", []float64{0, 0, -100, 0, 121, 0}, "10%"},
		// Lorie & Savage 1955, "Three problems in rationing capital", the oil pump: 25% and 400%.
		{"oil pump", []float64{-1600, 10000, -10000}, "2 rates: 25%, 400%"},
		// -1000 (1 - 1.1x) (1 - 1.2x) (1 - 1.3x), expanded.
		{"three rates", []float64{-1000, 3600, -4310, 1716}, "3 rates: 10%, 20%, 30%"},
		// (1 - 1.1001x) (1 - 1.1002x) x 1e8, expanded: the fourth digit does not tell them apart.
		{"close rates", []float64{1e8, -220030000, 121033002}, "2 rates: 10.01%, 10.02%"},
		// (1 - 1.100001x) (1 - 1.100002x) x 1e12, expanded.
		{"closer rates", []float64{1e12, -2200003000000, 1210003300002}, "2 rates: 10.0001%, 10.0002%"},
		// x^2 - x + 1 has no real root.
		{"sign changes but no zero", []float64{100, -100, 100}, "none: the net present value is zero at no rate"},
		// The whole commitment taken as a loan of the cheque: 5 = 10 a(10, r) gives r just under 2
		// (a perpetuity's 10/5), as 1 - (1+r)^-10 is 1 - 1.7e-5.
		{"+5 then -10 a year", annuity(5, -10, 10), "200%"},
		{"touches zero", []float64{-100, 220, -121}, "undecided near 10%"},
		{"at once a fortune", []float64{-1, 1e8}, "none from -99.99% to 100,000,000%; 1 above 100,000,000%"},
		{"all but lost", []float64{-1, 1e-9}, "none from -99.99% to 100,000,000%; 1 below -99.99%"},
		{"one in, one out of range", []float64{-1, 1e9, -1e12}, "99900%; 1 above 100,000,000%"},
		{"not a number", []float64{-1, math.NaN()}, "invalid: flow 1 is NaN, not a number of cents"},
		{"infinite", []float64{-1, 2, math.Inf(-1)}, "invalid: flow 2 is -Inf, not a number of cents"},
		{"absurd", []float64{-1, 1e200}, "invalid: flow 1 is 1e+200 cents; the size of a flow is 0, or from 1e-120 to 1e+120"},
	} {
		if got := IRR(test.flows).String(); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestXIRRSays(t *testing.T) {
	for _, test := range []struct {
		name         string
		flows, years []float64
		want         string
	}{
		{"half a year", []float64{-100, 110}, []float64{0, 0.5}, "21%"},
		{"any order", []float64{121, -100}, []float64{2, 0}, "10%"},
		{"one date nets out", []float64{-100, 100}, []float64{1, 1}, "none: no date has a flow other than zero"},
		{"one date nets to a gain", []float64{-100, 130}, []float64{1, 1}, "none: the flows never change sign"},
		{"dates are added up first", []float64{-150, 50, 110}, []float64{0, 0, 1}, "10%"},
		{"a moment apart", []float64{-100, 130}, []float64{0, 1e-300}, "none from -99.99% to 100,000,000%; 1 above 100,000,000%"},
		{"oil pump by half years", []float64{-1600, 10000, -10000}, []float64{0, 0.5, 1}, "2 rates: 56.25%, 2400%"},
		{"bad date", []float64{-1, 2}, []float64{0, math.NaN()}, "invalid: the date of flow 1 is NaN years; it must be a number from -1e+09 to 1e+09"},
		// x = 2 ± √2 for x = (1+r)^-1e9, so r = -ln(x)/1e9.
		{"ages apart", []float64{-1, 2, -0.5}, []float64{-1e9, 0, 1e9}, "2 rates: -0.0000001%, 0.0000001%"},
	} {
		if got := XIRR(test.flows, test.years).String(); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestXIRRPanicsOnUnequalLengths(t *testing.T) {
	defer func() {
		if got := recover(); got != "cashflow: 2 flows but 1 years" {
			t.Errorf("got %v", got)
		}
	}()
	XIRR([]float64{-1, 2}, []float64{0})
}

func TestOnly(t *testing.T) {
	if rate, ok := IRR([]float64{-100, 110}).Only(); !ok || math.Abs(rate-0.1) > 1e-15 {
		t.Errorf("got %v, %v", rate, ok)
	}
	for _, flows := range [][]float64{
		{-1600, 10000, -10000}, // two
		{-100, 220, -121},      // undecided
		{-1, 1e9, -1e12},       // one more above the range
		{-1, -1},               // none
	} {
		if rate, ok := IRR(flows).Only(); ok {
			t.Errorf("%v: got %v", flows, rate)
		}
	}
}

// A net present value that is flat at zero over a wide span of rates is the worst case: the search
// must give up before its limit, with a few allocations, and still say where.
func TestSearchIsBounded(t *testing.T) {
	for _, growth := range []float64{1, 1.1} {
		for _, n := range []int{2, 3, 4, 7, 12, 20, 33, 40, 90} {
			flows := power(1e9, growth, n)
			value := newSum(flows, periods(flows))
			roots := value.search()
			if value.cells >= CellLimit {
				t.Errorf("(1-%vx)^%d: %d cells", growth, n, value.cells)
			}
			if len(roots.Rates) != 0 || len(roots.Undecided) != 1 || roots.Undecided[0].AtLeast != n%2 {
				t.Fatalf("(1-%vx)^%d: got %v", growth, n, roots)
			}
			if span := roots.Undecided[0]; !(-0.95 < span.Lo && span.Lo < growth-1 && growth-1 < span.Hi && span.Hi < 10) {
				t.Errorf("(1-%vx)^%d: got %v", growth, n, roots)
			}
			if allocs := testing.AllocsPerRun(1, func() { IRR(flows) }); allocs > 60 {
				t.Errorf("(1-%vx)^%d: %v allocations", growth, n, allocs)
			}
		}
	}
}

// Money that comes back without interest has a rate of zero, to the last bit.
func TestMoneyBackIsZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows, total := []float64{0}, 0.0
		for _, flow := range rapid.SliceOfN(rapid.IntRange(1, 1e9), 1, 30).Draw(t, "flows") {
			flows = append(flows, float64(flow))
			total += float64(flow)
		}
		flows[0] = -total
		if rate, ok := IRR(flows).Only(); !ok || rate != 0 {
			t.Fatalf("got %v", rate)
		}
	})
}

// A search that runs out of cells says so, and keeps what is certain: what it found, and by the
// first and last flow whether an odd number is still missing.
func TestSearchOutOfCells(t *testing.T) {
	threeRates := []float64{-1000, 3600, -4310, 1716}
	for _, left := range []int{0, 1, 2} {
		value := newSum(threeRates, []float64{0, 1, 2, 3})
		value.cells = CellLimit - left
		roots := value.search()
		if n, more := certain(roots); n%2 != 1 || !more || value.cells != CellLimit {
			t.Errorf("%d cells left: got %v", left, roots)
		}
	}
}
