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
	return &betaQuantile{a, b, logGamma(a) + logGamma(b) - logGamma(a+b)}
}

// logGamma is ln Gamma(x) of x > 0: Stirling's series (DLMF 5.11.1), at x + n
// where it is exact to the last digits, less the logarithm of what lies between.
func logGamma(x float64) float64 {
	between := 1.0
	for x < 16 {
		between *= x
		x++
	}
	square := 1 / (x * x)
	series := 0.0
	for _, c := range []float64{-691.0 / 360360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12} {
		series = float64(series*square) + c
	}
	return float64((x-0.5)*vec.LogOf(x)) - x + logTwoPi/2 + series/x - vec.LogOf(between)
}

// logTwoPi is ln(2 pi).
const logTwoPi = 1.8378770664093454836

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
	return 1 - float64(front*fraction(q.b, q.a, 1-x))/q.b
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
		two := a + float64(2*m)
		even := m * (b - m) * x / ((two - 1) * two)
		d = 1 / keep(1+float64(even*d))
		c = keep(1 + even/c)
		f *= c * d
		odd := -(a + m) * (a + b + m) * x / (two * (two + 1))
		d = 1 / keep(1+float64(odd*d))
		c = keep(1 + odd/c)
		f *= c * d
		if math.Abs(float64(c*d)-1) < 1e-15 {
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
