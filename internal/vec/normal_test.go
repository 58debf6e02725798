// SPDX-License-Identifier: Apache-2.0

package vec

import (
	"math"
	"math/big"
	"testing"
)

// bigSqrt2Pi is the square root of 2 pi; the digits of pi are those of any table.
var bigSqrt2Pi = func() *big.Float {
	pi, _, err := big.ParseFloat("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899", 10, bigPrec, big.ToNearestEven)
	if err != nil {
		panic(err)
	}
	return pi.Sqrt(pi.Mul(pi, newBig(2)))
}()

// bigDensity returns the standard normal density at x.
func bigDensity(x *big.Float) *big.Float {
	square := new(big.Float).SetPrec(bigPrec).Mul(x, x)
	square.SetMantExp(square, -1)
	density := bigExp(square.Neg(square))
	return density.Quo(density, bigSqrt2Pi)
}

// bigTail returns Phi(-z) for z >= 0: below 3 by the series 1/2 - phi(z) (z + z^3/3 + z^5/15 + ...),
// from 3 by Laplace's continued fraction phi(z) / (z + 1/(z + 2/(z + 3/(z + ...)))).
func bigTail(z *big.Float) *big.Float {
	if z.Cmp(newBig(3)) < 0 {
		square := new(big.Float).SetPrec(bigPrec).Mul(z, z)
		term := new(big.Float).SetPrec(bigPrec).Set(z)
		sum := new(big.Float).SetPrec(bigPrec).Set(z)
		for n := int64(3); n < 400; n += 2 {
			term.Mul(term, square)
			term.Quo(term, new(big.Float).SetInt64(n))
			sum.Add(sum, term)
		}
		return sum.Sub(newBig(0.5), sum.Mul(sum, bigDensity(z)))
	}
	fraction := new(big.Float).SetPrec(bigPrec).Set(z)
	for n := int64(300); n > 0; n-- {
		fraction.Quo(new(big.Float).SetInt64(n), fraction)
		fraction.Add(fraction, z)
	}
	return fraction.Quo(bigDensity(z), fraction)
}

// bigCDF returns Phi(x).
func bigCDF(x *big.Float) *big.Float {
	size := new(big.Float).SetPrec(bigPrec).Abs(x)
	tail := bigTail(size)
	if x.Sign() > 0 {
		return tail.Sub(newBig(1), tail)
	}
	return tail
}

// bigNormInv returns the x with Phi(x) = u by Newton's method from a start that is near it.
func bigNormInv(u, start float64) *big.Float {
	x := newBig(start)
	for range 4 {
		step := bigCDF(x)
		step.Sub(step, newBig(u))
		x.Sub(x, step.Quo(step, bigDensity(x)))
	}
	return x
}

func TestNormCDFError(t *testing.T) {
	r := newRand()
	inputs := []float64{0, 1, -1, 3, -3, 8.3, -8.3, -37.5, -37.6, -38, -38.4, 1e-300, -1e-300}
	for range 1000 {
		inputs = append(inputs, 2*r.NormFloat64(), -38.4*r.Float64(), 9*r.Float64(), math.Ldexp(r.Float64()-0.5, -r.IntN(60)))
	}
	var normal, subnormal worst
	for _, x := range inputs {
		w := &normal
		if x < -37.5 {
			w = &subnormal
		}
		w.add(ulps(NormCDFOf(x), bigCDF(newBig(x))), x)
	}
	normal.atMost(t, 5)
	subnormal.atMost(t, 5)
}

// TestNormCDFPublished: Abramowitz & Stegun 1964, table 26.1 (15 decimals), and the tail values of
// Wichura 1988, whose inverses they are.
func TestNormCDFPublished(t *testing.T) {
	for _, c := range []struct{ x, want float64 }{
		{0, 0.5}, {1, 0.841344746068543}, {2, 0.977249868051821}, {3, 0.998650101968370},
		{-3.090232306167814, 0.001}, {-0.6744897501960817, 0.25},
	} {
		if got := NormCDFOf(c.x); math.Abs(got-c.want) > 5.1e-16 {
			t.Errorf("NormCDFOf(%v) = %v, want %v", c.x, got, c.want)
		}
	}
}

func TestNormCDFEdges(t *testing.T) {
	for _, c := range []struct{ x, want float64 }{
		{math.Inf(-1), 0}, {math.Inf(1), 1}, {math.NaN(), math.NaN()}, {-1e300, 0}, {1e300, 1}, {-39, 0}, {-38.6, 0}, {9, 1},
	} {
		if got := NormCDFOf(c.x); !sameFloat(got, c.want) {
			t.Errorf("NormCDFOf(%v) = %v, want %v", c.x, got, c.want)
		}
	}
}

func TestNormInvError(t *testing.T) {
	r := newRand()
	inputs := []float64{
		0x1p-53, 1 - 0x1p-53, 0.5 + 0x1p-53, 0.5 - 0x1p-54, 0.075, 0.925, 0.0749999, 0.9250001,
		math.Exp(-25), 1.0000001 * math.Exp(-25), 1e-300, 5e-324,
	}
	for range 500 {
		inputs = append(inputs, r.Float64(), 0.08*r.Float64(), 1-0.08*r.Float64(), 0.5+math.Ldexp(r.Float64()-0.5, -r.IntN(50)), anyFloat(r))
	}
	var w worst
	for _, u := range inputs {
		if u <= 0 || u >= 1 || u == 0.5 {
			continue
		}
		got := NormInvOf(u)
		want := bigNormInv(u, got)
		gap := new(big.Float).SetPrec(bigPrec).Sub(newBig(got), want)
		relative, _ := gap.Quo(gap, want).Float64()
		w.add(math.Abs(relative), u)
	}
	w.atMost(t, 1e-15)
}

// TestNormInvPublished: the check values of Wichura 1988, and 1.959963984540054, which any table has.
func TestNormInvPublished(t *testing.T) {
	for _, c := range []struct{ u, want float64 }{
		{0.25, -0.6744897501960817}, {0.001, -3.090232306167814}, {1e-20, -9.262340089798408}, {0.975, 1.959963984540054},
	} {
		if got := NormInvOf(c.u); math.Abs(got/c.want-1) > 1e-15 {
			t.Errorf("NormInvOf(%v) = %v, want %v", c.u, got, c.want)
		}
	}
}

func TestNormInvEdges(t *testing.T) {
	for _, c := range []struct{ u, want float64 }{
		{0, math.Inf(-1)}, {math.Copysign(0, -1), math.Inf(-1)}, {1, math.Inf(1)}, {0.5, 0},
		{-1e-300, math.NaN()}, {1.0000000000000002, math.NaN()}, {math.NaN(), math.NaN()}, {math.Inf(1), math.NaN()}, {math.Inf(-1), math.NaN()},
	} {
		if got := NormInvOf(c.u); !sameFloat(got, c.want) {
			t.Errorf("NormInvOf(%v) = %v, want %v", c.u, got, c.want)
		}
	}
	for _, u := range []float64{0x1p-53, 0.015625, 0.125, 0.375} {
		if below, above := NormInvOf(u), NormInvOf(1-u); below != -above {
			t.Errorf("NormInvOf(%v) = %v and NormInvOf(1-%v) = %v differ in size", u, below, u, above)
		}
	}
}
