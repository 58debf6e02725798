// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"

	"offtake/internal/vec"
)

// Controls gather numbers over paths whose expectation is known to be zero: control
// variates. What a measure has in common with them is an error of its mean that is
// seen, and taken off. Like moments they are taken chunk by chunk and merged in the
// order of chunks.
type Controls struct {
	N     int
	Mean  []float64   // by control
	Cross [][]float64 // sums of products of deviations from the means, by two controls
	// Groups are the means on each scrambling; nil of plain paths.
	Groups []ControlMeans
}

// ControlMeans are the means of controls over so many paths.
type ControlMeans struct {
	N    int
	Mean []float64
}

// NewControls are so many controls over no paths.
func NewControls(n, groups int) *Controls {
	c := &Controls{Mean: make([]float64, n), Cross: make([][]float64, n), Groups: make([]ControlMeans, groups)}
	for k := range c.Cross {
		c.Cross[k] = make([]float64, n)
	}
	for g := range c.Groups {
		c.Groups[g].Mean = make([]float64, n)
	}
	return c
}

// Take gathers one chunk: a column a control over its paths, which is left less its
// mean. scratch has room for one.
func (c *Controls) Take(columns [][]float64, scratch []float64) {
	for k, col := range columns {
		c.N = len(col)
		c.Mean[k] = vec.Sum(col) / float64(c.N)
		vec.AddOf(col, col, -c.Mean[k])
	}
	for k := range columns {
		Products(c.Cross[k][:k+1], columns[:k+1], columns[k], scratch)
		for j, x := range c.Cross[k][:k] {
			c.Cross[j][k] = x
		}
	}
}

// Products are the sums over the paths of a chunk of what a column is times each
// control, which is less its mean. scratch has room for one column.
func Products(out []float64, controls [][]float64, col, scratch []float64) {
	for k, c := range controls {
		vec.Mul(scratch, c, col)
		out[k] = vec.Sum(scratch)
	}
}

// A Gap is how far the controls' means of other paths lie above these, and the weight of
// products of such distances in sums over all paths (Chan, Golub and LeVeque 1983, as of
// Moments).
type Gap struct {
	apart  []float64
	weight float64
}

// To is the gap to others, which have yet to be merged.
func (c *Controls) To(o *Controls) *Gap {
	n, k := float64(c.N), float64(o.N)
	gap := &Gap{apart: make([]float64, len(c.Mean)), weight: n * k / (n + k)}
	for i, x := range o.Mean {
		gap.apart[i] = x - c.Mean[i]
	}
	return gap
}

// Merge takes what other paths showed, of which the gap is known.
func (c *Controls) Merge(o *Controls, gap *Gap) {
	n, k := float64(c.N), float64(o.N)
	for i, row := range c.Cross {
		c.Mean[i] += float64(gap.apart[i] * (k / (n + k)))
		for j := range row {
			row[j] += o.Cross[i][j] + float64(gap.apart[i]*gap.apart[j]*gap.weight)
		}
	}
	c.N += o.N
	for g := range o.Groups {
		c.Groups[g].add(o.Groups[g].N, o.Groups[g].Mean)
	}
}

// MergeGroup takes a chunk of one scrambling.
func (c *Controls) MergeGroup(o *Controls, gap *Gap, group int) {
	c.Merge(o, gap)
	if len(c.Groups) > 0 {
		c.Groups[group].add(o.N, o.Mean)
	}
}

func (m *ControlMeans) add(n int, mean []float64) {
	if n == 0 {
		return
	}
	m.N += n
	for i, x := range mean {
		m.Mean[i] += float64((x - m.Mean[i]) * (float64(n) / float64(m.N)))
	}
}

// Relate merges a measure's products with the controls, which other paths showed, into
// those of the estimate. m are the measure's moments on them; both have yet to be merged.
func (e *Estimate) Relate(products []float64, m *Moments, gap *Gap) {
	if e.products == nil {
		e.products = make([]float64, len(products))
	}
	apart := m.Mean - e.Moments.Mean
	for k, x := range products {
		e.products[k] += x + float64(gap.apart[k]*apart*gap.weight)
	}
}

// RelateOf merges the products of another estimate likewise, which has yet to be merged.
// One that is not related to controls is left alone.
func (e *Estimate) RelateOf(o *Estimate, gap *Gap) {
	if o.products != nil {
		e.Relate(o.products, &o.Moments, gap)
	}
}

// RelateApart has the products of a difference of two estimates on the same paths.
func (e *Estimate) RelateApart(of, less *Estimate) {
	e.products = nil
	if of.products == nil || less.products == nil {
		return
	}
	e.products = make([]float64, len(of.products))
	for k, x := range of.products {
		e.products[k] = x - less.products[k]
	}
}

// fewestControlled is on how few paths means are not left as they are: coefficients of
// fewer are little but noise.
const fewestControlled = 128

// A Fit is what least squares need of controls: the inverse of their cross products.
type Fit struct {
	of      *Controls
	Used    []int       // those that are neither constant nor, nearly, what others make up
	inverse [][]float64 // of the cross products, by all controls; zero for those not used
	far     float64     // mean' inverse mean: how far the controls' means lie from zero
}

// leastOwn is how little of a control's variance may be left that others do not explain.
const leastOwn = 1e-6

// Fit finds it by sweeping the matrix of their correlations, the control of which most
// is left first (Goodnight 1979, "A tutorial on the SWEEP operator").
func (c *Controls) Fit() *Fit {
	n := len(c.Mean)
	f := &Fit{of: c, inverse: make([][]float64, n)}
	size, a := make([]float64, n), make([][]float64, n)
	for k := range a {
		size[k] = math.Sqrt(c.Cross[k][k])
		a[k], f.inverse[k] = make([]float64, n), make([]float64, n)
	}
	moves := func(k int) bool { return c.Cross[k][k] > 1e-20*float64(c.N) && !math.IsInf(size[k], 0) }
	swept := make([]bool, n)
	for i := range a {
		for j := range a {
			if moves(i) && moves(j) {
				a[i][j] = c.Cross[i][j] / (size[i] * size[j])
			}
		}
	}
	for c.N >= fewestControlled {
		best := -1
		for k := range a {
			if !swept[k] && a[k][k] > leastOwn && (best < 0 || a[k][k] > a[best][best]) {
				best = k
			}
		}
		if best < 0 {
			break
		}
		sweep(a, best)
		swept[best] = true
	}
	for i := range a {
		if !swept[i] {
			continue
		}
		f.Used = append(f.Used, i)
		for j := range a {
			if swept[j] {
				f.inverse[i][j] = -a[i][j] / (size[i] * size[j])
				f.far += float64(c.Mean[i] * f.inverse[i][j] * c.Mean[j])
			}
		}
	}
	return f
}

// sweep turns rows and columns that have been swept into less the inverse of theirs, and
// leaves in the others what those do not explain.
func sweep(a [][]float64, k int) {
	d := a[k][k]
	for i := range a {
		for j := range a {
			if i != k && j != k {
				a[i][j] -= float64(a[i][k] * a[k][j] / d)
			}
		}
	}
	for i := range a {
		if i != k {
			a[i][k] /= d
			a[k][i] /= d
		}
	}
	a[k][k] = -1 / d
}

// coefficients are those of least squares of a measure's values on the controls.
func (f *Fit) coefficients(products []float64) []float64 {
	out := make([]float64, len(products))
	for i, row := range f.inverse {
		for j, x := range products {
			out[i] += float64(row[j] * x)
		}
	}
	return out
}

// Settle sets the mean: by the controls where the measure is defined and related on all
// paths and varies, and else the plain one. A nil fit is of no controls.
func (e *Estimate) Settle(f *Fit) {
	e.Mean, e.means, e.fitted, e.residual = e.Moments.Mean, nil, 0, e.M2
	if f == nil || e.products == nil || len(f.Used) == 0 || e.Undefined > 0 || e.N != f.of.N || !e.Varies() {
		return
	}
	beta := f.coefficients(e.products)
	off := shift(beta, f.of.Mean)
	if math.IsNaN(off) || math.IsInf(off, 0) {
		return
	}
	explained := shift(beta, e.products)
	e.Mean -= off
	e.fitted, e.residual, e.far = len(f.Used), max(0, e.M2-explained), f.far
	if e.Groups != nil {
		e.means = make([]float64, len(e.Groups))
		for g := range e.means {
			e.means[g] = e.Groups[g].Mean - shift(beta, f.of.Groups[g].Mean)
		}
	}
}

// shift is the sum of coefficients times what they are of.
func shift(beta, of []float64) float64 {
	sum := 0.0
	for k, b := range beta {
		sum += float64(b * of[k])
	}
	return sum
}
