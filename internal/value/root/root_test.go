// SPDX-License-Identifier: Apache-2.0

package root

import (
	"errors"
	"math"
	"slices"
	"testing"

	"offtake/internal/draw"
)

// exact is a function without error, whose evaluations are counted.
func exact(f func(x float64) float64, count *int) Function {
	return func(x float64) (float64, float64, error) {
		*count++
		return f(x), 0, nil
	}
}

func TestAnswers(t *testing.T) {
	for _, c := range []struct {
		name   string
		f      func(x float64) float64
		lo, hi float64
		want   Answer
		at     []float64
	}{
		{"a line", func(x float64) float64 { return 3 - x }, 0, 10, One, []float64{3}},
		{"a root at the end", func(x float64) float64 { return x }, 0, 1, One, []float64{0}},
		{"a root at the other end", func(x float64) float64 { return x - 1 }, 0, 1, One, []float64{1}},
		{"a root on the grid", func(x float64) float64 { return x - 0.5 }, 0, 1, One, []float64{0.5}},
		{"never", func(x float64) float64 { return 1 + x*x }, -2, 2, None, nil},
		{"never, by a little", func(x float64) float64 { return 1e-6 + (x-0.3)*(x-0.3) }, 0, 1, None, nil},
		{"beyond the bracket", func(x float64) float64 { return x + 0.1 }, 0, 1, None, nil},
		{"three", func(x float64) float64 { return (x - 1) * (x - 2.2) * (x - 3.7) }, 0, 5, Several, []float64{1, 2.2, 3.7}},
		{"two in one cell", func(x float64) float64 { return (x - 0.301) * (x - 0.302) }, 0, 1, Several, []float64{0.301, 0.302}},
		{"two in the first cell", func(x float64) float64 { return (x - 0.010) * (x - 0.012) }, 0, 1, Several, []float64{0.010, 0.012}},
		{"two in the last cell", func(x float64) float64 { return (x - 0.990) * (x - 0.988) }, 0, 1, Several, []float64{0.988, 0.990}},
		{"two beside a third", func(x float64) float64 { return (x - 0.295) * (x - 0.325) * (x - 0.335) }, 0, 1, Several, []float64{0.295, 0.325, 0.335}},
		{"touches", func(x float64) float64 { return (x - 0.3) * (x - 0.3) }, 0, 1, Touches, []float64{0.3}},
		{"touches from below, on the grid", func(x float64) float64 { return -(x - 0.5) * (x - 0.5) }, 0, 1, Touches, []float64{0.5}},
		{"touches in a corner", func(x float64) float64 { return math.Abs(x - 0.3) }, 0, 1, Touches, []float64{0.3}},
		{"touches in the first cell", func(x float64) float64 { return (x - 0.01) * (x - 0.01) }, 0, 1, Touches, []float64{0.01}},
		{"touches and crosses", func(x float64) float64 { return (x - 0.3) * (x - 0.3) * (x - 0.8) }, 0, 1, Several, []float64{0.3, 0.8}},
		{"jumps", func(x float64) float64 { return math.Copysign(2, x-0.3) }, 0, 1, Jumps, []float64{0.3}},
		{"a pole", func(x float64) float64 { return 1 / (x - 0.3) }, 0, 1, Jumps, []float64{0.3}},
		{"steep", func(x float64) float64 { return math.Tanh(1e4 * (x - 0.3)) }, 0, 1, One, []float64{0.3}},
		{"flat", func(x float64) float64 { return math.Pow(x-0.3, 5) }, 0, 1, One, []float64{0.3}},
		{"in steps", func(x float64) float64 { return math.Floor(10*x) - 3 }, 0, 1, Several, nil},
		{"all zero", func(float64) float64 { return 0 }, 0, 1, Several, nil},
	} {
		count := 0
		got, err := All(exact(c.f, &count), c.lo, c.hi, Settings{})
		if err != nil || got.Answer() != c.want || got.Evaluations != count || count > 400 || !got.Complete() {
			t.Errorf("%s: %q, error %v, %d evaluations counted as %d: %+v", c.name, got.Answer(), err, count, got.Evaluations, got)
		}
		if c.at == nil {
			continue
		}
		// A root of order 5 is known to the fifth root of what the tolerance leaves, one that touches to the square root.
		near := func(r Root, x float64) bool { return math.Abs(r.X-x) < 1e-9 || r.Touches && math.Abs(r.X-x) < 1e-6 }
		if !slices.EqualFunc(got.Roots, c.at, near) {
			t.Errorf("%s: %+v, want roots at %v", c.name, got.Roots, c.at)
		}
	}
}

// What a function does where it has no value is not known, and said so.
func TestUndefined(t *testing.T) {
	f := func(x float64) (float64, float64, error) { return math.Sqrt(x-0.26) - 0.4, 0, nil }
	got, err := All(f, 0, 1, Settings{Cells: 10})
	if err != nil || len(got.Roots) != 1 || math.Abs(got.Roots[0].X-0.42) > 1e-9 {
		t.Errorf("%+v, error %v", got, err)
	}
	if len(got.Undefined) != 1 || got.Undefined[0].Lo != 0 || math.Abs(got.Undefined[0].Hi-0.3) > 1e-12 || got.Complete() {
		t.Errorf("undefined %+v", got.Undefined)
	}
	hole := func(x float64) (float64, float64, error) {
		if math.Abs(x-0.33) < 0.02 {
			return math.NaN(), 0, nil
		}
		return x - 0.33, 0, nil
	}
	if got, _ = All(hole, 0, 1, Settings{Cells: 10}); len(got.Roots) > 0 || len(got.Undefined) != 1 || got.Answer() != None {
		t.Errorf("over a hole: %+v", got)
	}
}

func TestEvaluationsRunOut(t *testing.T) {
	f := func(x float64) (float64, float64, error) { return math.Pow(x-0.337, 3), 0, nil }
	got, err := All(f, 0, 1, Settings{Cells: 10, Most: 14})
	if err != nil || got.Evaluations != 14 || len(got.Open) != 1 || got.Open[0].Lo > 0.337 || got.Open[0].Hi < 0.337 || got.Complete() {
		t.Errorf("%+v, error %v", got, err)
	}
	broken := errors.New("no such deal")
	for k := range 20 {
		n := 0
		_, err := All(func(x float64) (float64, float64, error) {
			if n++; n > k {
				return 0, 0, broken
			}
			return x - 0.3, 0, nil
		}, 0, 1, Settings{Cells: 10})
		if !errors.Is(err, broken) && k < 12 {
			t.Errorf("error at evaluation %d: %v", k+1, err)
		}
	}
}

// uniforms are n numbers of a case.
func uniforms(n, number int) []float64 {
	u := make([]float64, n)
	draw.Uniform(u, 17, draw.Named("cases"), 0, number)
	return u
}

// 1,000 random functions with known roots, at least a cell from each other: products of their distances, bent by an exponential
// function, times a sign. Each root is found, and no other; what is left there is nothing beside the function's size.
func TestRandomFunctions(t *testing.T) {
	for number := range 1000 {
		u := uniforms(10, number)
		count := int(5 * u[0])
		var want []float64
		for k := range count {
			want = append(want, (float64(k)+0.1+0.8*u[k+1])/float64(count))
		}
		if slices.ContainsFunc(want, func(x float64) bool { return x > 1 }) || tooClose(want, 1.0/32) {
			continue
		}
		scale, bend := math.Pow(10, 8*u[8]-2), 4*u[9]-2
		f := func(x float64) float64 {
			y := scale * math.Exp(bend*x)
			for _, r := range want {
				y *= x - r
			}
			return y
		}
		got, err := All(func(x float64) (float64, float64, error) { return f(x), 0, nil }, 0, 1, Settings{})
		near := func(r Root, x float64) bool { return math.Abs(r.X-x) < 1e-9 && !r.Touches && !r.Jumps }
		if err != nil || !slices.EqualFunc(got.Roots, want, near) {
			t.Fatalf("case %d: %+v, want roots at %v", number, got.Roots, want)
		}
		for _, r := range got.Roots {
			if r.Y != f(r.X) || math.Abs(r.Y) > 1e-8*math.Max(math.Abs(got.Lowest), math.Abs(got.Highest)) {
				t.Errorf("case %d: %v is left at %v", number, r.Y, r.X)
			}
			if slope := (f(r.X+1e-6) - f(r.X-1e-6)) / 2e-6; math.Abs(r.Slope-slope) > 1e-3*math.Abs(slope) {
				t.Errorf("case %d: slope %v at %v, want %v", number, r.Slope, r.X, slope)
			}
		}
	}
}

// A smooth function takes few evaluations beyond the grid: 33 of it, 2 next to the root and 2 for the slope.
func TestFewEvaluations(t *testing.T) {
	count := 0
	for k := range 100 {
		at := 0.1 + 0.008*float64(k)
		if got, _ := All(exact(func(x float64) float64 { return math.Exp(3*x) - math.Exp(3*at) }, &count), 0, 1, Settings{}); got.Answer() != One {
			t.Fatalf("%+v", got)
		}
	}
	// Interpolation that goes wrong, and is mended by halving, takes 4,181.
	if count > 4140 {
		t.Errorf("%d evaluations for 100 roots", count)
	}
}

func tooClose(sorted []float64, least float64) bool {
	for k := 1; k < len(sorted); k++ {
		if sorted[k]-sorted[k-1] < least {
			return true
		}
	}
	return false
}

// A function known up to an error that is the same everywhere moves its root: 95 of 100 intervals hold the true one. The
// search ends once more digits say nothing.
func TestNoise(t *testing.T) {
	const cases, truth, se = 1000, 0.37, 0.02
	hits, evaluations := 0, 0
	noise := make([]float64, cases)
	draw.Normal(noise, 3, draw.Named("noise"), 0, 0)
	for _, z := range noise {
		f := func(x float64) (float64, float64, error) { return math.Exp(2*x) - math.Exp(2*truth) + se*z, se, nil }
		got, err := All(f, 0, 1, Settings{})
		if err != nil || got.Answer() != One {
			t.Fatalf("%+v, error %v", got, err)
		}
		r := got.Roots[0]
		// The derivative at the root is 2 e^(2x).
		if want := se / (2 * math.Exp(2*r.X)); math.Abs(r.Error-want) > 1e-3*want {
			t.Errorf("error %v, want %v", r.Error, want)
		}
		if math.Abs(r.X-truth) <= 1.959963985*r.Error {
			hits++
		}
		evaluations += got.Evaluations
	}
	// Four standard errors of a count of 1,000 at 95% are 28.
	if hits < 950-28 || hits > 950+28 {
		t.Errorf("%d of %d intervals hold the root", hits, cases)
	}
	// 33 of the grid, 2 for the slope, 1 or 2 next to the root, and little more; 41 without regard to errors.
	if mean := float64(evaluations) / cases; mean > 39 {
		t.Errorf("%v evaluations in the mean", mean)
	}
	// Near zero by less than two errors is touching it.
	for distance, want := range map[float64]Answer{0.03: Touches, 0.05: None} {
		got, _ := All(func(x float64) (float64, float64, error) { return (x-0.3)*(x-0.3) + distance, se, nil }, 0, 1, Settings{})
		if got.Answer() != want {
			t.Errorf("%v above zero: %q", distance, got.Answer())
		}
	}
}

// A chance is a count of paths, which goes in steps smaller than its error: it crosses, with the slope of the whole and an
// error to match, and does not jump.
func TestCountsCross(t *testing.T) {
	const paths = 100
	f := func(x float64) (y, se float64, err error) {
		share := math.Floor(paths*x) / paths
		return share - 0.305, math.Sqrt(share * (1 - share) / paths), nil
	}
	got, err := All(f, 0, 1, Settings{Near: 2})
	if err != nil || got.Answer() != One {
		t.Fatalf("%+v, %v", got, err)
	}
	r := got.Roots[0]
	if math.Abs(r.X-0.31) > 0.02 || math.Abs(r.Slope-1) > 0.2 || !(r.Error > 0.035 && r.Error < 0.06) {
		t.Errorf("%+v", r)
	}
	// Without errors the same steps are jumps.
	exact := func(x float64) (float64, float64, error) { y, _, err := f(x); return y, 0, err }
	if got, _ := All(exact, 0, 1, Settings{}); got.Answer() != Jumps {
		t.Errorf("%+v", got)
	}
}
