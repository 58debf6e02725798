// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"

	"offtake/internal/vec"
)

// Moments gather the values of one measure over paths: how many, their mean
// and spread. They are taken chunk by chunk and merged in the order of chunks
// (Chan, Golub and LeVeque 1983, "Algorithms for computing the sample
// variance"), so the same values in the same order of chunks give the same bits
// whoever computed them.
type Moments struct {
	N         int     // defined values
	Undefined int     // values that were NaN
	Zero      int     // defined values that are zero, of which an event that did not happen has one
	Mean      float64 // of the defined values
	M2        float64 // sum of squared deviations from the mean
}

// MomentsOf are those of one chunk of values: their mean, then the deviations
// from it. They use the values up: what is not a number is left out of them. A value
// that is no larger than nothing, which rounding leaves, counts as zero.
func MomentsOf(values []float64, nothing float64) Moments {
	var m Moments
	defined := values[:0]
	for _, x := range values {
		if math.Abs(x) <= nothing {
			m.Zero++
		}
		if x == x {
			defined = append(defined, x)
		}
	}
	m.N, m.Undefined = len(defined), len(values)-len(defined)
	if m.N > 0 {
		m.Mean = vec.Sum(defined) / float64(m.N)
		m.M2 = vec.SumSquares(defined, m.Mean)
	}
	return m
}

// Merge takes what another chunk gathered.
func (m *Moments) Merge(o *Moments) {
	m.Undefined += o.Undefined
	m.Zero += o.Zero
	if o.N == 0 {
		return
	}
	n, k := float64(m.N), float64(o.N)
	d := o.Mean - m.Mean
	m.M2 += o.M2 + float64(d*d*(n*k/(n+k)))
	m.Mean += float64(d * (k / (n + k)))
	m.N += o.N
}

// Spread is the standard deviation of one path's value; NaN below two values.
func (m *Moments) Spread() float64 {
	if m.N < 2 {
		return math.NaN()
	}
	return math.Sqrt(m.M2 / float64(m.N-1))
}
