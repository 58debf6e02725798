// SPDX-License-Identifier: Apache-2.0

package measure

import "math"

// Moments gather the values of one measure over paths: how many, their mean
// and spread. They are updated value by value within a chunk and merged chunk
// by chunk in order (Chan, Golub and LeVeque 1983, "Algorithms for computing
// the sample variance"), so the same values in the same order of chunks give
// the same bits whoever computed them.
type Moments struct {
	N         int     // defined values
	Undefined int     // values that were NaN
	Mean      float64 // of the defined values
	M2        float64 // sum of squared deviations from the mean
	Histogram Histogram
}

// Add takes one value; NaN counts as undefined.
func (m *Moments) Add(x float64) {
	if math.IsNaN(x) {
		m.Undefined++
		return
	}
	m.N++
	d := x - m.Mean
	m.Mean += d / float64(m.N)
	m.M2 += float64(d * (x - m.Mean))
	m.Histogram.Add(x)
}

// Merge takes what another chunk gathered.
func (m *Moments) Merge(o *Moments) {
	m.Undefined += o.Undefined
	m.Histogram.Merge(&o.Histogram)
	if o.N == 0 {
		return
	}
	n, k := float64(m.N), float64(o.N)
	d := o.Mean - m.Mean
	m.M2 += o.M2 + float64(d*d*(n*k/(n+k)))
	m.Mean += float64(d * (k / (n + k)))
	m.N += o.N
}

// StandardError is the standard error of the mean, by the sample's spread; NaN
// below two values.
func (m *Moments) StandardError() float64 {
	if m.N < 2 {
		return math.NaN()
	}
	return math.Sqrt(m.M2 / float64(m.N-1) / float64(m.N))
}
