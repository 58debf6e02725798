// SPDX-License-Identifier: Apache-2.0

package world

import (
	"math"

	"offtake/internal/vec"
)

// betaQuantile turns probabilities into quantiles of a beta distribution. It
// takes the regularized incomplete beta function by its continued fraction
// (DLMF 8.17.22) in the way of Lentz 1976, "Generating Bessel functions in Mie
// scattering calculations using continued fractions", and its inverse by
// Newton's steps inside a bracket that is halved where they leave it.
type betaQuantile struct {
	a, b, logB float64
}

func newBetaQuantile(a, b float64) *betaQuantile {
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	return &betaQuantile{a, b, la + lb - lab}
}

// density is that of the distribution at x in (0, 1).
func (q *betaQuantile) density(x float64) float64 {
	return vec.ExpOf(float64((q.a-1)*vec.LogOf(x)) + float64((q.b-1)*vec.LogOf(1-x)) - q.logB)
}

// cdf is the probability of at most x.
func (q *betaQuantile) cdf(x float64) float64 {
	front := vec.ExpOf(float64(q.a*vec.LogOf(x)) + float64(q.b*vec.LogOf(1-x)) - q.logB)
	if x < (q.a+1)/(q.a+q.b+2) {
		return front * fraction(q.a, q.b, x) / q.a
	}
	return 1 - front*fraction(q.b, q.a, 1-x)/q.b
}

// fraction is the continued fraction of the incomplete beta function.
func fraction(a, b, x float64) float64 {
	const least = 1e-300
	keep := func(v float64) float64 {
		if math.Abs(v) < least {
			return least
		}
		return v
	}
	c, d := 1.0, 1/keep(1-float64((a+b)*x)/(a+1))
	f := d
	for m := 1.0; m <= 10000; m++ {
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d = 1 / keep(1+float64(even*d))
		c = keep(1 + even/c)
		f *= c * d
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d = 1 / keep(1+float64(odd*d))
		c = keep(1 + odd/c)
		f *= c * d
		if math.Abs(c*d-1) < 1e-15 {
			break
		}
	}
	return f
}

// at is the quantile of a probability.
func (q *betaQuantile) at(u float64) float64 {
	low, high, x := 0.0, 1.0, q.a/(q.a+q.b)
	for range 200 {
		miss := q.cdf(x) - u
		if miss < 0 {
			low = x
		} else {
			high = x
		}
		next := x - miss/q.density(x)
		if !(next > low && next < high) {
			next = (low + high) / 2
		}
		if math.Abs(next-x) <= 1e-15*x || next <= 0 || next >= 1 {
			return next
		}
		x = next
	}
	return x
}
