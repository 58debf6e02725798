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

// The margin of a chance, and of the mean of what is one number or nothing, is that of Student's t;
// where less than 30 paths show the event, or do not, or no two scramblings differ, 3/N is added as
// independent errors are. A mean of several numbers is left alone.
func TestMarginsOfEvents(t *testing.T) {
	const n = 64
	for name, c := range map[string]struct {
		shown func(g int) int
		bound bool
	}{
		"never":      {func(int) int { return 0 }, true},
		"always":     {func(int) int { return n }, true},
		"alike":      {func(int) int { return 20 }, true},
		"likely":     {func(g int) int { return 20 + g%2 }, false},
		"more":       {func(g int) int { return 20 + g%5 }, false},
		"30 times":   {func(g int) int { return 1 + g%8/7*7 }, false}, // 14 + 2 x 8
		"29 times":   {func(g int) int { return 1 + g%8/7*7 - g/15 }, true},
		"all but 30": {func(g int) int { return n - 1 - g%8/7*7 }, false},
		"all but 29": {func(g int) int { return n - 1 - g%8/7*7 + g/15 }, true},
	} {
		counts := 0
		for g := range Groups {
			counts += c.shown(g)
		}
		mean, squares := float64(counts)/Groups, 0.0
		for g := range Groups {
			squares += (float64(c.shown(g)) - mean) * (float64(c.shown(g)) - mean)
		}
		se := math.Sqrt(squares/(Groups*(Groups-1))) / n
		want := 2.131449546 * se // Student's t, 15 degrees of freedom: Abramowitz and Stegun 1964, 26.10
		if c.bound {
			want = math.Hypot(want, 3.0/(16*n))
		}
		for _, x := range []float64{1, -250} {
			e := scrambled(n, x, c.shown)
			if p, got := e.Happens(); math.Abs(got-se) > 1e-15 || p != mean/n {
				t.Errorf("%s: a chance of %v +- %v, want %v +- %v", name, p, got, mean/n, se)
			}
			if got := e.HappensMargin(); math.Abs(got-want) > 1e-15 {
				t.Errorf("%s: the margin of a chance is %v, want %v", name, got, want)
			}
			if _, ok := e.one(); ok && math.Abs(e.Margin()/math.Abs(x)-want) > 1e-12 {
				t.Errorf("%s: the margin of %v or nothing is %v, want %v", name, x, e.Margin()/math.Abs(x), want)
			}
		}
	}
	two := scrambled(n, 1, func(int) int { return 20 })
	two.Moments.M2 *= 1.01 // as of two numbers
	if two.Margin() > 1e-15 {
		t.Errorf("the margin of several numbers is %v", two.Margin())
	}
}

// Scramblings that show an event as often at different points have means which differ by rounding;
// that is no error of sampling.
func TestMarginOfEventsAlike(t *testing.T) {
	const n, x = 64, 12.34
	e := &Estimate{Groups: make([]Moments, Groups)}
	for g := range e.Groups {
		values := make([]float64, n)
		for i := range 20 {
			values[(i*7+g*5)%n] = x
		}
		m := MomentsOf(values, 0)
		e.Add(g, &m)
	}
	if got, want := e.Margin(), x*Bound(Groups*n); math.Abs(got-want) > 1e-12*want {
		t.Errorf("the margin is %v, want %v", got, want)
	}
}

// Of plain numbers the margin is that of the normal distribution, with 3/N for what is rare.
func TestMarginsOfPlainEvents(t *testing.T) {
	const n = 1000
	for shown, bound := range map[int]bool{0: true, 1: true, 29: true, 30: false, 500: false, 970: false, 971: true, 1000: true} {
		values := make([]float64, n)
		for i := range shown {
			values[i] = 1
		}
		e, m := &Estimate{}, MomentsOf(values, 0)
		e.Add(0, &m)
		p := float64(shown) / n
		want := 1.959963985 * math.Sqrt(p*(1-p)/(n-1)) // the normal distribution's 97.5%: Abramowitz and Stegun 1964, 26.2
		if bound {
			want = math.Hypot(want, 3.0/n)
		}
		if got := e.HappensMargin(); math.Abs(got-want) > 1e-12 {
			t.Errorf("%d of %d: %v, want %v", shown, n, got, want)
		}
		if got := e.Margin(); shown > 0 && shown < n && math.Abs(got-want) > 1e-12 {
			t.Errorf("%d of %d: the mean's margin is %v, want %v", shown, n, got, want)
		}
	}
}

// A mean is rough where some paths, but less than 30, show anything but zero.
func TestRough(t *testing.T) {
	for shown, want := range map[int]bool{0: false, 1: true, 29: true, 30: false, 63: false, 64: false} {
		e := scrambled(64, 5, func(g int) int {
			if g == 0 {
				return shown
			}
			return 0
		})
		if e.Rough() != want {
			t.Errorf("%d paths: %v", shown, !want)
		}
	}
}
