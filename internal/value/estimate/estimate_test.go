// SPDX-License-Identifier: Apache-2.0

package estimate

import (
	"math"
	"testing"

	"offtake/internal/draw"
)

// The 97.5% points of table 26.10 in Abramowitz and Stegun 1964, "Handbook of
// mathematical functions".
func TestStudent(t *testing.T) {
	for degrees, want := range map[int]float64{1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 7: 2.365, 10: 2.228, 15: 2.131, 30: 2.042, 120: 1.980} {
		if got := Student(degrees); math.Abs(got-want) > 0.0005+0.0013*want/float64(degrees*degrees)*9 {
			t.Errorf("%d degrees: %v, want %v", degrees, got, want)
		}
	}
	if got := Student(15); math.Abs(got-2.131449546) > 2e-6 {
		t.Errorf("15 degrees: %.9f", got)
	}
	if !math.IsNaN(Student(0)) {
		t.Error("no degrees of freedom, yet a margin")
	}
}

// 2, 4, 4, 4, 5, 5, 7, 9 have the mean 5 and squared deviations that add up to 32.
func TestOf(t *testing.T) {
	got := Of([]float64{2, 4, 4, 4, 5, 5, 7, 9})
	want := math.Sqrt(32.0 / 7 / 8)
	if got.Mean != 5 || math.Abs(got.Error-want) > 1e-15 || math.Abs(got.Margin-want*Student(7)) > 1e-15 {
		t.Errorf("%+v", got)
	}
	if one := Of([]float64{3}); one.Mean != 3 || !math.IsNaN(one.Error) || !math.IsNaN(one.Margin) {
		t.Errorf("of one value: %+v", one)
	}
	both := got.Plus(2*want, 7)
	if math.Abs(both.Error-want*math.Sqrt(5)) > 1e-15 || math.Abs(both.Margin-got.Margin*math.Sqrt(5)) > 1e-14 {
		t.Errorf("with a second error: %+v", both)
	}
}

// A 95% interval holds the true value in 95 of 100 cases, of means and of ratios.
func TestCoverage(t *testing.T) {
	const cases, groups = 4000, 16
	means, ratios := 0, 0
	x, y := make([]float64, groups), make([]float64, groups)
	for k := range cases {
		draw.Normal(x, 1, draw.Named("x"), 0, k)
		draw.Normal(y, 1, draw.Named("y"), 0, k)
		for i := range y {
			y[i] = 10 + y[i]
			x[i] = 3*y[i] + x[i]
		}
		if e := Of(y); math.Abs(e.Mean-10) <= e.Margin {
			means++
		}
		if e := Ratio(x, y); math.Abs(e.Mean-3) <= e.Margin {
			ratios++
		}
	}
	// Four standard errors of a count of 4,000 at 95% are 55.
	for name, hits := range map[string]int{"means": means, "ratios": ratios} {
		if hits < 3800-55 || hits > 3800+55 {
			t.Errorf("%s: %d of %d intervals hold the value", name, hits, cases)
		}
	}
}
