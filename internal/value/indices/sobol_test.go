// SPDX-License-Identifier: Apache-2.0

package indices

import (
	"errors"
	"math"
	"testing"

	"offtake/internal/value/estimate"
)

// holds checks estimates against what they should be: within four standard errors, and within a tolerance.
func holds(t *testing.T, what string, got []estimate.Estimate, want []float64, tolerance float64) {
	t.Helper()
	for i, e := range got {
		if off := math.Abs(e.Mean - want[i]); !(off <= 4*e.Error+1e-12) || off > tolerance {
			t.Errorf("%s of input %d: %.6f +- %.6f, want %.6f", what, i+1, e.Mean, e.Error, want[i])
		}
	}
}

// The Ishigami function, whose indices are integrals in closed form: see ishigami1. Its Shapley effects are those of
// first order and half of what x1 and x3 do together, each.
func TestSA1(t *testing.T) {
	for _, want := range [][2]float64{
		{ishigamiV, 13.844587940719}, {ishigami1 / ishigamiV, 0.313905191148}, {ishigami2 / ishigamiV, 0.442411144790}, {ishigami13 / ishigamiV, 0.243683664062},
	} {
		if math.Abs(want[0]-want[1]) > 1e-11 {
			t.Errorf("integral %v, in digits %v", want[0], want[1])
		}
	}
	got, err := Sobol(Plan{3, 1, 1024, 16, 1}, ishigami)
	if err != nil {
		t.Fatal(err)
	}
	x := got[0]
	first := []float64{ishigami1 / ishigamiV, ishigami2 / ishigamiV, 0}
	total := []float64{(ishigami1 + ishigami13) / ishigamiV, ishigami2 / ishigamiV, ishigami13 / ishigamiV}
	holds(t, "first-order index", x.First, first, 1e-2)
	holds(t, "first-order index by Jansen", x.FirstJansen, first, 1e-2)
	holds(t, "total index", x.Total, total, 1e-2)
	holds(t, "mean", []estimate.Estimate{x.Mean}, []float64{3.5}, 1e-2)
	holds(t, "variance", []estimate.Estimate{x.Variance}, []float64{ishigamiV}, 0.05)

	effects, err := Shapley(Plan{3, 1, 1024, 16, 1}, nil, ishigami)
	if err != nil {
		t.Fatal(err)
	}
	holds(t, "Shapley effect", effects[0].Shapley, []float64{0.435747023179, 0.442411144790, 0.121841832031}, 1e-2)
	holds(t, "variance", []estimate.Estimate{effects[0].Variance}, []float64{ishigamiV}, 0.05)
}

// The g-function of Saltelli and Sobol' 1995, "About the use of rank transformation in sensitivity analysis": the product of
// (|4u-2| + a)/(1 + a) has first-order parts 1/(3 (1+a)^2) and a variance of the product of one and these, less one. A large mean
// beside it changes nothing.
func TestGFunction(t *testing.T) {
	a := []float64{0, 1, 4.5, 9, 99, 99, 99, 99}
	const far = 1e6
	model := func(y, u [][]float64) error {
		for n := range y[0] {
			product := 1.0
			for j := range a {
				product *= (math.Abs(4*u[j][n]-2) + a[j]) / (1 + a[j])
			}
			y[0][n] = far + product
		}
		return nil
	}
	whole := 1.0
	for _, x := range a {
		whole *= 1 + 1/(3*(1+x)*(1+x))
	}
	variance := whole - 1
	first, total := make([]float64, len(a)), make([]float64, len(a))
	for j, x := range a {
		part := 1 / (3 * (1 + x) * (1 + x))
		first[j], total[j] = part/variance, part*whole/(1+part)/variance
	}
	got, err := Sobol(Plan{8, 1, 1024, 16, 2}, model)
	if err != nil {
		t.Fatal(err)
	}
	holds(t, "first-order index", got[0].First, first, 1e-2)
	holds(t, "first-order index by Jansen", got[0].FirstJansen, first, 1e-2)
	holds(t, "total index", got[0].Total, total, 1e-2)
}

// Intervals hold the index in 95 of 100 cases.
func TestSobolCoverage(t *testing.T) {
	const seeds = 300
	hits, cases := 0, 0
	for seed := range uint64(seeds) {
		got, _ := Sobol(Plan{3, 1, 128, 16, seed}, ishigami)
		for i, want := range []float64{ishigami1 / ishigamiV, ishigami2 / ishigamiV, 0} {
			total := []float64{want + ishigami13/ishigamiV, want, ishigami13 / ishigamiV}[i]
			for _, c := range []struct {
				e    estimate.Estimate
				want float64
			}{{got[0].First[i], want}, {got[0].Total[i], total}} {
				cases++
				if math.Abs(c.e.Mean-c.want) <= c.e.Margin {
					hits++
				}
			}
		}
	}
	// The six indices of one seed hang together: the count's own error is at most that of 300 cases, 1.3%.
	if share := float64(hits) / float64(cases); share < 0.91 || share > 0.99 {
		t.Errorf("%.3f of %d intervals hold the index", share, cases)
	}
}

func TestOutputsAndFaults(t *testing.T) {
	plan := Plan{3, 2, 64, 16, 5}
	both, err := Sobol(plan, also(ishigami, linear(0, 0, 0)))
	if err != nil {
		t.Fatal(err)
	}
	alone, _ := Sobol(Plan{3, 1, 64, 16, 5}, ishigami)
	if both[0].First[0] != alone[0].First[0] || both[0].Total[2] != alone[0].Total[2] {
		t.Error("a second output changes the first")
	}
	if !math.IsNaN(both[1].First[0].Mean) || both[1].Variance.Mean != 0 {
		t.Errorf("a constant has indices %+v", both[1])
	}
	broken := errors.New("no such input")
	if _, err := Sobol(plan, func(_, _ [][]float64) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	if _, err := Shapley(plan, nil, func(_, _ [][]float64) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}
