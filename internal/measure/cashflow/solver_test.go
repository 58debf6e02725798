// SPDX-License-Identifier: Apache-2.0

package cashflow

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Where the solver knows, the certified search agrees: on the rate, and on there
// being none or several. On flows like those of deals it nearly always knows.
func TestSolverAgreesWithSearch(t *testing.T) {
	known, one, asked := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 140).Draw(t, "dates")
		years, at := make([]float64, n), 0.0
		for i := range years {
			years[i] = at
			at += float64(rapid.IntRange(1, 60).Draw(t, "days")) / 365
		}
		s := NewSolver(years)
		for range 5 {
			flows := drawFlows(t, n)
			rate, is, sure := s.Only(flows)
			asked++
			if !sure {
				continue
			}
			known++
			want, only := XIRR(flows, years).Only()
			if is != only && math.Abs(want) < 5 && want > -0.8 {
				t.Fatalf("%v: one rate: %v, the search says %v (%v)", flows, is, only, XIRR(flows, years))
			}
			if is && only {
				one++
				if !alike(rate, want, 1e-10) {
					t.Fatalf("%v: %v, the search says %v", flows, rate, want)
				}
			}
		}
	})
	if known < asked/3 || one < asked/10 {
		t.Errorf("of %d lists it knew %d, and %d rates", asked, known, one)
	}
}

// drawFlows are flows as deals have them: cheques, then receipts, then perhaps a
// loss at the end.
func drawFlows(t *rapid.T, n int) []float64 {
	flows := make([]float64, n)
	turn := rapid.IntRange(0, n).Draw(t, "turn")
	loss := rapid.IntRange(0, 3).Draw(t, "loss")
	for i := range flows {
		x := float64(rapid.IntRange(0, 1e9).Draw(t, "flow"))
		if i < turn || loss == 0 && i > n-3 {
			x = -x
		}
		if rapid.IntRange(0, 4).Draw(t, "rest") == 0 {
			x = 0
		}
		flows[i] = x
	}
	return flows
}

// A rate does not depend on what was solved before, to the last bit.
func TestSolverForgets(t *testing.T) {
	years := make([]float64, 121)
	for i := range years {
		years[i] = float64(i) / 12
	}
	s := NewSolver(years)
	list := func(up float64) []float64 {
		flows := make([]float64, len(years))
		flows[0] = -100
		for i := 1; i < len(flows); i++ {
			flows[i] = up
		}
		return flows
	}
	want, _, _ := s.Only(list(1.5))
	for _, up := range []float64{0.2, 40, 0.9, 3} {
		s.Only(list(up))
		if got, _, _ := s.Only(list(1.5)); math.Float64bits(got) != math.Float64bits(want) {
			t.Fatalf("after %v it is %v, before %v", up, got, want)
		}
	}
	// 100 = 1.5 a(120 months): the monthly rate by the annuity's own equation.
	m := math.Pow(1+want, 1.0/12) - 1
	if pv := 1.5 * (1 - math.Pow(1+m, -120)) / m; math.Abs(pv-100) > 1e-9 {
		t.Errorf("at %v the annuity is worth %v, want 100", want, pv)
	}
}

// The oil pump has two rates (Lorie and Savage 1955), and no change of signs
// in the sums that would hide them.
func TestSolverKnowsItsLimits(t *testing.T) {
	s := NewSolver([]float64{0, 1, 2})
	if _, one, known := s.Only([]float64{-1600, 10000, -10000}); known && one {
		t.Error("the oil pump has one rate")
	}
	for _, flows := range [][]float64{{-1, 0, 1}, {math.NaN(), 1, 1}, {-1, math.Inf(1), 0}, {-1, 1e9, 0}} {
		if rate, one, known := s.Only(flows); known && one {
			t.Errorf("%v: %v", flows, rate)
		}
	}
	if _, one, known := s.Only([]float64{0, 0, 0}); one || !known {
		t.Error("nothing has a rate")
	}
	if NewSolver([]float64{0, -1, 2}) != nil || NewSolver([]float64{0}) != nil {
		t.Error("dates out of order have a solver")
	}
}

func BenchmarkSolver(b *testing.B) {
	years, flows := make([]float64, 132), make([]float64, 132)
	for i := range years {
		years[i], flows[i] = float64(i)/12, 1+float64(i%7)
	}
	flows[0] = -150
	s := NewSolver(years)
	b.Run("solver", func(b *testing.B) {
		for b.Loop() {
			s.Only(flows)
		}
	})
	b.Run("search", func(b *testing.B) {
		for b.Loop() {
			XIRR(flows, years)
		}
	})
}
