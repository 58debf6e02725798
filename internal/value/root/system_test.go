// SPDX-License-Identifier: Apache-2.0

package root

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"offtake/internal/draw"
)

// system is one without error.
func system(f func(x []float64) []float64) System {
	return func(x []float64) ([]float64, []float64, error) {
		y := f(x)
		return y, make([]float64, len(y)), nil
	}
}

func TestSystems(t *testing.T) {
	for _, c := range []struct {
		name   string
		f      func(x []float64) []float64
		lo, hi []float64
		want   [][]float64
	}{
		// Moré, Garbow and Hillstrom 1981, "Testing unconstrained optimization software", number 1: at (1, 1).
		{"Rosenbrock", func(x []float64) []float64 { return []float64{10 * (x[1] - x[0]*x[0]), 1 - x[0]} }, []float64{-2, -2}, []float64{2, 2}, [][]float64{{1, 1}}},
		// The same, number 7: at (1, 0, 0).
		{"helical valley", func(x []float64) []float64 {
			return []float64{10 * (x[2] - 10*math.Atan2(x[1], x[0])/(2*math.Pi)), 10 * (math.Hypot(x[0], x[1]) - 1), x[2]}
		}, []float64{-2, -2, -2}, []float64{3, 3, 3}, [][]float64{{1, 0, 0}}},
		{"circle and line", func(x []float64) []float64 { return []float64{x[0]*x[0] + x[1]*x[1] - 25, x[1] - x[0] - 1} }, []float64{-10, -10}, []float64{10, 10}, [][]float64{{-4, -3}, {3, 4}}},
		{"a corner", func(x []float64) []float64 { return []float64{x[0] + x[1], x[0] - x[1]} }, []float64{0, 0}, []float64{1, 1}, [][]float64{{0, 0}}},
		{"one unknown", func(x []float64) []float64 { return []float64{math.Exp(x[0]) - 2} }, []float64{-5}, []float64{5}, [][]float64{{math.Ln2}}},
		{"sizes far apart", func(x []float64) []float64 { return []float64{1e9 * (x[0] - 2e6), 1e-6 * (x[1] - 3e-3)} }, []float64{0, 0}, []float64{1e7, 1e-2}, [][]float64{{2e6, 3e-3}}},
		{"none", func(x []float64) []float64 { return []float64{x[0]*x[0] + x[1]*x[1] + 1, x[0] - x[1]} }, []float64{-2, -2}, []float64{2, 2}, nil},
		{"beyond the box", func(x []float64) []float64 { return []float64{x[0] + 1, x[1] - 0.5} }, []float64{0, 0}, []float64{1, 1}, nil},
		{"one equation twice, which contradict", func(x []float64) []float64 { return []float64{x[0] + x[1], x[0] + x[1] - 1} }, []float64{0, 0}, []float64{1, 1}, nil},
	} {
		got, err := Solve(system(c.f), c.lo, c.hi, SystemSettings{})
		near := func(s Solution, x []float64) bool {
			for i := range x {
				if math.Abs(s.X[i]-x[i]) > 1e-7*(c.hi[i]-c.lo[i]) {
					return false
				}
			}
			return s.Solved
		}
		if err != nil || !slices.EqualFunc(got.Solved, c.want, near) || got.Evaluations > 2000 {
			t.Errorf("%s: error %v, %+v, want %v", c.name, err, got, c.want)
		}
		if (got.Nearest == nil) != (len(c.want) > 0) {
			t.Errorf("%s: the nearest place is %+v", c.name, got.Nearest)
		}
	}
}

// Where nothing solves, the nearest place and what is left of it are said.
func TestNearest(t *testing.T) {
	f := system(func(x []float64) []float64 { return []float64{x[0] + 1, x[1] - 0.5} })
	got, _ := Solve(f, []float64{0, 0}, []float64{1, 1}, SystemSettings{})
	if n := got.Nearest; n == nil || n.X[0] != 0 || math.Abs(n.X[1]-0.5) > 1e-6 || math.Abs(n.Left[0]-1) > 1e-9 || !slices.Equal(n.AtBound, []int{0}) || n.Solved {
		t.Errorf("%+v", n)
	}
}

// An unknown that would leave the box stays at its end, and the others do what they can without it: x + y = 0.3 and y - 2x = 0.9
// meet at x = -0.2; at x = 0 least is left, in squares, half-way between 0.3 and 0.9. So do x - y = 0.7 and y + 2x = 1.9 at
// x = 0.87: at x = 0.5 least is left half-way between -0.2 and 0.9.
func TestNearestWithOneAtItsEnd(t *testing.T) {
	f := system(func(x []float64) []float64 { return []float64{x[0] + x[1] - 0.3, x[1] - 2*x[0] - 0.9} })
	got, _ := Solve(f, []float64{0, 0}, []float64{1, 1}, SystemSettings{Scale: []float64{1, 1}})
	if n := got.Nearest; n == nil || n.X[0] != 0 || math.Abs(n.X[1]-0.6) > 1e-5 {
		t.Errorf("%+v", n)
	}
	f = system(func(x []float64) []float64 { return []float64{x[0] - x[1] - 0.7, -x[1] - 2*x[0] + 1.9} })
	got, _ = Solve(f, []float64{0, 0}, []float64{0.5, 1}, SystemSettings{Scale: []float64{1, 1}})
	if n := got.Nearest; n == nil || n.X[0] != 0.5 || math.Abs(n.X[1]-0.35) > 1e-5 {
		t.Errorf("%+v", n)
	}
}

// Newton's steps go wild where slopes are flat, and are halved; one equation said twice has a line of solutions, of which one is
// found, and whose error is not known.
func TestStepsAreHeld(t *testing.T) {
	flat := system(func(x []float64) []float64 { return []float64{math.Atan(x[0] + 20)} })
	if got, _ := Solve(flat, []float64{-30}, []float64{70}, SystemSettings{Starts: 1}); len(got.Solved) != 1 || math.Abs(got.Solved[0].X[0]+20) > 1e-6 {
		t.Errorf("%+v", got)
	}
	twice := func(x []float64) ([]float64, []float64, error) {
		return []float64{x[0] + x[1] - 0.3, 2*x[0] + 2*x[1] - 0.6}, []float64{1e-3, 2e-3}, nil
	}
	got, _ := Solve(twice, []float64{0, 0}, []float64{1, 1}, SystemSettings{Starts: 1})
	if len(got.Solved) != 1 || math.Abs(got.Solved[0].X[0]+got.Solved[0].X[1]-0.3) > 1e-4 || got.Solved[0].Errors != nil {
		t.Errorf("%+v", got)
	}
}

// 1,000 random systems of one to four equations: regular ones with a solution that is planted, bent by sines that never make the
// slopes singular, so that there is no other. Each is found, and what is left is checked by putting it in.
func TestRandomSystems(t *testing.T) {
	evaluations := 0
	for number := range 1000 {
		u := uniforms(40, number)
		n := 1 + number%4
		root, lo, hi, size := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
		a := square(n)
		for i := range n {
			size[i] = math.Pow(10, 6*u[i]-3)
			lo[i], hi[i] = -size[i], 2*size[i]
			root[i] = lo[i] + (hi[i]-lo[i])*u[4+i]
			for j := range n {
				a[i][j] = (2*u[8+4*i+j] - 1) / float64(n)
			}
			a[i][i] = math.Copysign(1.5+u[24+i], u[28+i]-0.5)
		}
		bend := 0.4 * u[32] / float64(n)
		f := func(x []float64) []float64 {
			y := make([]float64, n)
			for i := range n {
				for j := range n {
					d := (x[j] - root[j]) / size[j]
					y[i] += a[i][j]*d + bend*math.Sin(2*d+float64(i)) - bend*math.Sin(float64(i))
				}
				y[i] *= 1e4 * size[i]
			}
			return y
		}
		got, err := Solve(system(f), lo, hi, SystemSettings{Starts: 3, Seed: uint64(number)})
		if err != nil || len(got.Solved) != 1 {
			t.Fatalf("case %d: error %v, %+v, want %v", number, err, got, root)
		}
		evaluations += got.Evaluations
		s := got.Solved[0]
		left := f(s.X)
		for i := range n {
			if left[i] != s.Left[i] && math.Abs(left[i]-s.Left[i]) > 1e-9*math.Abs(left[i]) || math.Abs(left[i]) > 1e-7*1e4*size[i] {
				t.Errorf("case %d: %v is left of equation %d, said %v", number, left[i], i, s.Left[i])
			}
			if math.Abs(s.X[i]-root[i]) > 1e-7*size[i] {
				t.Errorf("case %d: %v, want %v", number, s.X, root)
			}
		}
	}
	// From three starts: slopes of up to four unknowns and a few steps each. Without Broyden's updates it is 39.
	if mean := float64(evaluations) / 1000; mean > 30 {
		t.Errorf("%v evaluations in the mean", mean)
	}
}

// Equations with errors move their solution: 95 of 100 intervals hold the true one, in each unknown.
func TestSystemNoise(t *testing.T) {
	const cases, se = 500, 0.01
	truth := []float64{0.4, 1.2}
	hits := [2]int{}
	noise := make([]float64, 2)
	evaluations := 0
	for number := range cases {
		draw.Normal(noise, 5, draw.Named("noise"), 0, number)
		f := func(x []float64) ([]float64, []float64, error) {
			y := []float64{x[0]*x[1] - 0.48 + se*noise[0], math.Exp(x[0]) + x[1] - math.Exp(0.4) - 1.2 + 2*se*noise[1]}
			return y, []float64{se, 2 * se}, nil
		}
		got, err := Solve(f, []float64{0, 0.8}, []float64{0.7, 2}, SystemSettings{Starts: 2})
		if err != nil || len(got.Solved) != 1 {
			t.Fatalf("%+v, error %v", got, err)
		}
		evaluations += got.Evaluations
		for i := range truth {
			if math.Abs(got.Solved[0].X[i]-truth[i]) <= 1.959963985*got.Solved[0].Errors[i] {
				hits[i]++
			}
		}
	}
	// Without regard to errors it is 23.
	if mean := float64(evaluations) / cases; mean > 19 {
		t.Errorf("%v evaluations in the mean", mean)
	}
	// Four standard errors of a count of 500 at 95% are 20.
	for i, n := range hits {
		if n < 475-20 || n > 475+20 {
			t.Errorf("unknown %d: %d of %d intervals hold it", i, n, cases)
		}
	}
}

func TestSystemEnds(t *testing.T) {
	broken := errors.New("no such deal")
	if _, err := Solve(func([]float64) ([]float64, []float64, error) { return nil, nil, broken }, []float64{0}, []float64{1}, SystemSettings{}); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	count := 0
	hard := func(x []float64) ([]float64, []float64, error) {
		count++
		return []float64{math.Abs(x[0]-0.3) + 1e-3, x[1] * x[0]}, []float64{0, 0}, nil
	}
	got, err := Solve(hard, []float64{0, -1}, []float64{1, 2}, SystemSettings{Most: 25})
	if err != nil || got.Evaluations > 25 || got.Evaluations != count || len(got.Solved) > 0 || got.Nearest == nil {
		t.Errorf("%+v after %d evaluations, error %v", got, count, err)
	}
	nowhere := func([]float64) ([]float64, []float64, error) { return []float64{math.NaN()}, []float64{0}, nil }
	if got, err := Solve(nowhere, []float64{0}, []float64{1}, SystemSettings{}); err != nil || got.Nearest != nil || len(got.Solved) > 0 {
		t.Errorf("%+v, error %v", got, err)
	}
	one, _ := Solve(hard, []float64{0, -1}, []float64{1, 2}, SystemSettings{Seed: 4})
	if again, _ := Solve(hard, []float64{0, -1}, []float64{1, 2}, SystemSettings{Seed: 4}); !reflect.DeepEqual(one, again) {
		t.Error("one seed gives two answers")
	}
}

func TestEliminate(t *testing.T) {
	// Needs a pivot, by hand: 2y = 4, x + y = 5.
	if got := eliminate([][]float64{{0, 2}, {1, 1}}, []float64{4, 5}); !slices.Equal(got, []float64{3, 2}) {
		t.Errorf("%v", got)
	}
	if got := eliminate([][]float64{{1, 2}, {2, 4}}, []float64{1, 1}); got != nil {
		t.Errorf("a singular system is solved by %v", got)
	}
}
