// SPDX-License-Identifier: Apache-2.0

package indices

import (
	"offtake/internal/draw"
	"offtake/internal/value/estimate"
)

// A Model computes outputs of rows of inputs: u[j] is the column of input j, a number in (0, 1) for
// each row, and y[k] that of output k, to be filled. It may not change u.
type Model func(y, u [][]float64) error

// A Plan is how many numbers go into the indices.
type Plan struct {
	Inputs, Outputs int
	Points          int    // rows of a replication's matrices; best a power of two
	Replications    int    // independent estimates, from which errors are made: at least 2, well 16
	Seed            uint64 // of all points
}

// MostInputs is how many inputs Sobol's points have coordinates for, twice.
const MostInputs = draw.Dimensions / 2

// check panics if the plan is none.
func (p Plan) check() {
	if p.Inputs < 1 || p.Inputs > MostInputs || p.Outputs < 1 || p.Points < 2 || p.Replications < 2 {
		panic("indices: no such plan")
	}
}

// points are the matrices A and B of a replication, by columns: the first half and the second of the
// coordinates of one point (Saltelli et al. 2010, "Variance based sensitivity analysis of model output").
func (p Plan) points(replication int) (a, b [][]float64) {
	all := columns(2*p.Inputs, p.Points)
	for j, column := range all {
		draw.Points(column, p.Seed, uint32(replication), j)
	}
	return all[:p.Inputs], all[p.Inputs:]
}

// evaluate runs the model on a matrix.
func (p Plan) evaluate(model Model, u [][]float64) (y [][]float64, err error) {
	y = columns(p.Outputs, p.Points)
	return y, model(y, u)
}

func columns(n, rows int) [][]float64 {
	all, out := make([]float64, n*rows), make([][]float64, n)
	for i := range out {
		out[i], all = all[:rows:rows], all[rows:]
	}
	return out
}

// meanProduct is the mean over rows of (a-from)(b-c).
func meanProduct(a []float64, from float64, b, c []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += float64((a[i] - from) * (b[i] - c[i]))
	}
	return sum / float64(len(a))
}

// halfSquare is half the mean squared difference of two columns: the variance that is left of a
// column by what the two do not share, as Jansen 1999, "Analysis of variance designs for model output", has it.
func halfSquare(a, b []float64) float64 {
	return 0.5 * (meanProduct(a, 0, a, b) - meanProduct(b, 0, a, b))
}

// mean is that of both columns.
func mean(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += a[i] + b[i]
	}
	return sum / float64(2*len(a))
}

// ratios are estimates of shares: of each input, those of over[input], a number a replication.
func ratios(over [][]float64, under []float64) []estimate.Estimate {
	out := make([]estimate.Estimate, len(over))
	for i := range over {
		out[i] = estimate.Ratio(over[i], under)
	}
	return out
}
