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

// Scramblings that count one of two neighbouring numbers have the margin of coins, also where
// all agree; where they differ by more, errors by Student's t and 3/N add as independent ones do. That
// holds for a chance and for the mean of what is one number or nothing; a mean of several numbers is left alone.
func TestMarginsOfEvents(t *testing.T) {
	const n = 64
	alike := func(int) int { return 20 }
	for k := range 17 {
		for _, x := range []float64{1, -250} {
			e := scrambled(n, x, func(g int) int { return 20 + map[bool]int{true: 1}[g < k] })
			want := coinMargins[min(k, 16-k)] / (16 * n)
			if got := e.HappensMargin(); math.Abs(got-want) > 1e-15 {
				t.Errorf("%d of 16: the margin of a chance is %v, want %v", k, got, want)
			}
			if got := e.Margin(); math.Abs(got/math.Abs(x)-want) > 1e-12 {
				t.Errorf("%d of 16: the margin of %v or nothing is %v, want %v", k, x, got, want)
			}
		}
	}
	for name, shown := range map[string]int{"never": 0, "always": n} {
		e := scrambled(n, 1, func(int) int { return shown })
		if p, _ := e.Happens(); e.HappensMargin() != Bound(16*n) || p != float64(shown)/n {
			t.Errorf("%s: %v +- %v", name, p, e.HappensMargin())
		}
	}
	e := scrambled(n, 1, func(g int) int { return 20 + 2*(g%2) })
	_, se := e.Happens()
	if got, want := e.HappensMargin(), math.Hypot(2.131449546*se, Bound(16*n)); math.Abs(got-want) > 1e-15 || math.Abs(se-1/(n*math.Sqrt(15))) > 1e-15 {
		t.Errorf("%v, want %v; error %v", got, want, se)
	}
	two := scrambled(n, 1, alike)
	two.Moments.M2 *= 1.01 // as of two numbers
	if two.Margin() > 1e-15 {
		t.Errorf("the margin of several numbers is %v", two.Margin())
	}
}

// Averaged over all chances of a coin, the intervals of 16 coins contain the chance 95% of
// the time, and those of each outcome do (SciPy's beta distribution gave the margins); at one
// chance no interval can: there are 17 of them. At no chance is it below 86%.
func TestCoinMarginsAreCalibrated(t *testing.T) {
	const cells = 20000
	least, average, of := 1.0, 0.0, [17][2]float64{}
	for c := range cells {
		f := (float64(c) + 0.5) / cells
		p, inside := math.Pow(1-f, 16), 0.0
		for k := range 17 {
			of[k][0] += p
			if math.Abs(float64(k)-16*f) <= coinMargins[min(k, 16-k)] {
				of[k][1], inside = of[k][1]+p, inside+p
			}
			p *= float64(16-k) / float64(k+1) * f / (1 - f)
		}
		least, average = min(least, inside), average+inside/cells
	}
	for k, x := range of {
		if math.Abs(x[1]/x[0]-0.95) > 1e-3 {
			t.Errorf("%d of 16 coins: %v", k, x[1]/x[0])
		}
	}
	if math.Abs(average-0.95) > 5e-4 || least < 0.86 {
		t.Errorf("on average %v, at the least %v", average, least)
	}
}
