// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"
	"testing"
)

// scrambled is a sample of 16 scramblings of n points, of which so many show an
// event that is worth x.
func scrambled(n int, x float64, shown func(g int) int) *Estimate {
	e := &Estimate{Groups: make([]Moments, Groups)}
	for g := range e.Groups {
		values := make([]float64, n)
		for i := range shown(g) {
			values[i] = x
		}
		e.Histogram.AddAll(values)
		m := MomentsOf(values, 0)
		e.Add(g, &m)
	}
	return e
}

// Scramblings that agree have no spread, and say no more than that one in 3/16 would
// not have: 3/N of all points. That holds for a chance and for the mean of what is
// one number or nothing; a mean of several numbers is left alone.
func TestMarginsOfEvents(t *testing.T) {
	const n = 64
	alike := func(int) int { return 20 }
	for _, x := range []float64{1, -250} {
		e := scrambled(n, x, alike)
		if se := e.StandardError(); se > 1e-15 {
			t.Errorf("scramblings that agree have an error of %v", se)
		}
		if got := e.HappensMargin(); math.Abs(got-3.0/(16*n)) > 1e-15 {
			t.Errorf("the margin of a chance is %v", got)
		}
		if got := e.Margin(); math.Abs(got/math.Abs(x)-3.0/(16*n)) > 1e-12 {
			t.Errorf("the margin of %v or nothing is %v", x, got)
		}
	}
	for name, shown := range map[string]int{"never": 0, "always": n} {
		e := scrambled(n, 1, func(int) int { return shown })
		if p, _ := e.Happens(); e.HappensMargin() != Bound(16*n) || p != float64(shown)/n {
			t.Errorf("%s: %v +- %v", name, p, e.HappensMargin())
		}
	}
	// Where scramblings differ, it adds as independent errors do.
	e := scrambled(n, 1, func(g int) int { return 20 + g%2 })
	_, se := e.Happens()
	if got, want := e.HappensMargin(), math.Hypot(2.131449546*se, Bound(16*n)); math.Abs(got-want) > 1e-15 || math.Abs(se-1/(2*n*math.Sqrt(15))) > 1e-15 {
		t.Errorf("%v, want %v; error %v", got, want, se)
	}
	two := scrambled(n, 1, alike)
	two.Moments.M2 *= 1.01 // as of two numbers
	if two.Margin() > 1e-15 {
		t.Errorf("the margin of several numbers is %v", two.Margin())
	}
}
