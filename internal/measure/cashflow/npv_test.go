// SPDX-License-Identifier: Apache-2.0

package cashflow

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// near says whether got is want up to a relative tolerance.
func near(got, want, tolerance float64) bool {
	return math.Abs(got-want) <= tolerance*math.Abs(want)
}

func TestNPV(t *testing.T) {
	for _, test := range []struct {
		rate  float64
		flows []float64
		want  float64
	}{
		{0.1, []float64{-100, 110}, 0},
		{0.1, []float64{-100, 0, 121}, 0},
		{0, []float64{-100, 30, 80}, 10},
		{0.5, nil, 0},
		{0.5, []float64{7}, 7},     // the first flow is not discounted
		{-0.5, []float64{1, 1}, 3}, // 1 + 1/0.5
		// An annuity: ten payments of 10 in arrears at 8%.
		{0.08, annuity(0, 10, 10), 67.1008139894},
	} {
		if got := NPV(test.rate, test.flows); math.Abs(got-test.want) > 1e-10*math.Max(1, test.want) {
			t.Errorf("NPV(%v, %v) = %v, want %v", test.rate, test.flows, got, test.want)
		}
	}
	for _, rate := range []float64{-1, -3, math.NaN()} {
		if got := NPV(rate, []float64{1, 2}); !math.IsNaN(got) {
			t.Errorf("NPV at rate %v = %v", rate, got)
		}
		if got := XNPV(rate, []float64{1, 2}, []float64{0, 1}); !math.IsNaN(got) {
			t.Errorf("XNPV at rate %v = %v", rate, got)
		}
	}
}

// The worked example of the deal model: 10 a year at the ends of years 1 to 10, discounted at 5%
// continuously, then also weighted by a survival of e^(-0.04t), which is 9% in all.
func TestNPVContinuousWorkedExample(t *testing.T) {
	flows, years := make([]float64, 10), make([]float64, 10)
	for i := range flows {
		flows[i], years[i] = 10, float64(i+1)
	}
	if got := NPVContinuous(0.05, flows, years); !near(got, 76.742915228816, 1e-13) {
		t.Errorf("riskless %v", got)
	}
	if got := NPVContinuous(0.09, flows, years); !near(got, 63.014054040166, 1e-13) {
		t.Errorf("survival-weighted %v", got)
	}
}

// exactNPV is NPV in rational arithmetic.
func exactNPV(rate float64, flows []float64) float64 {
	growth := new(big.Rat).Add(big.NewRat(1, 1), new(big.Rat).SetFloat64(rate))
	value := new(big.Rat)
	for i := len(flows) - 1; i >= 0; i-- {
		value.Quo(value, growth)
		value.Add(value, new(big.Rat).SetFloat64(flows[i]))
	}
	exact, _ := value.Float64()
	return exact
}

// All three functions against exact arithmetic, relative to the size of the discounted flows.
func TestNPVExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows := rapid.SliceOfN(rapid.Float64Range(-1e12, 1e12), 1, 30).Draw(t, "flows")
		rate := rapid.Float64Range(-0.6, 3).Draw(t, "rate")
		years, gross := make([]float64, len(flows)), 0.0
		for i, flow := range flows {
			years[i] = float64(i)
			gross += math.Abs(flow) * math.Pow(1+rate, -float64(i))
		}
		want := exactNPV(rate, flows)
		for name, got := range map[string]float64{
			"NPV":           NPV(rate, flows),
			"XNPV":          XNPV(rate, flows, years),
			"NPVContinuous": NPVContinuous(math.Log1p(rate), flows, years),
		} {
			if math.Abs(got-want) > 1e-13*gross {
				t.Fatalf("%s = %v, want %v of %v", name, got, want, gross)
			}
		}
	})
}

func TestLog1pExpm1(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := math.Pow(10, rapid.Float64Range(-30, 2).Draw(t, "size"))
		if got := log1p(size); !near(got, math.Log1p(size), 1e-15) {
			t.Fatalf("log1p(%v) = %v, want %v", size, got, math.Log1p(size))
		}
		if size < 0.9999 && !near(log1p(-size), math.Log1p(-size), 1e-15) {
			t.Fatalf("log1p(%v) = %v, want %v", -size, log1p(-size), math.Log1p(-size))
		}
		for _, x := range []float64{size, -size} {
			if got := expm1(x); !near(got, math.Expm1(x), 2e-15) {
				t.Fatalf("expm1(%v) = %v, want %v", x, got, math.Expm1(x))
			}
		}
	})
	for _, x := range []float64{0, math.Inf(1)} {
		if log1p(x) != x || expm1(x) != x {
			t.Errorf("at %v: %v, %v", x, log1p(x), expm1(x))
		}
	}
	if got := expm1(math.Inf(-1)); got != -1 {
		t.Errorf("expm1(-Inf) = %v", got)
	}
}
