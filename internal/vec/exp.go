// SPDX-License-Identifier: Apache-2.0

package vec

import "math"

// The exponential function after Tang 1989, "Table-driven implementation of the exponential function
// in IEEE floating-point arithmetic", with eight table entries (one register of a SIMD kernel):
//
//	x = k ln2/8 + r,  |r| <= ln2/16,  k = 8m + j
//	e^x = 2^m 2^(j/8) e^r
//
// e^r - 1 is a polynomial; the table holds 2^(j/8) as an unevaluated sum of two float64.

const (
	expMax = 710  // e^710 overflows
	expMin = -746 // e^-746 is below half the least subnormal

	eighthsPerLn2 = 0x1.71547652b82fep+3 // 8/ln2

	// ln2/8 in two parts. The first has 39 significant bits, so that its product with any k is exact.
	ln2By8Hi = 0x1.62e42fefa4000p-4
	ln2By8Lo = -0x1.8432a1b0e2634p-46

	// Adding 1.5 * 2^52 rounds to an integer, ties to even, and leaves it in the low bits.
	shifter     = 0x1.8p52
	shifterBits = 0x4338000000000000
)

// (e^r - 1 - r - r^2/2) / r^3 interpolated at the six Chebyshev nodes of |r| <= ln2/16: relative error
// of e^r below 5e-20.
const (
	exp3 = 0x1.555555555556ap-3
	exp4 = 0x1.555555555555ep-5
	exp5 = 0x1.1111110e10556p-7
	exp6 = 0x1.6c16c169afc58p-10
	exp7 = 0x1.a01e2c15a33f3p-13
	exp8 = 0x1.a01d56ca3b4b5p-16
)

// exp2Hi[j] + exp2Lo[j] is 2^(j/8) to 106 bits.
var exp2Hi = [8]float64{
	0x1.0000000000000p+0, 0x1.172b83c7d517bp+0, 0x1.306fe0a31b715p+0, 0x1.4bfdad5362a27p+0,
	0x1.6a09e667f3bcdp+0, 0x1.8ace5422aa0dbp+0, 0x1.ae89f995ad3adp+0, 0x1.d5818dcfba487p+0,
}

var exp2Lo = [8]float64{
	0, -0x1.19041b9d78a76p-55, 0x1.6f46ad23182e4p-55, 0x1.d4397afec42e2p-56,
	-0x1.bdd3413b26456p-54, 0x1.6e9f156864b27p-54, 0x1.7a1cd345dcc81p-54, 0x1.2ed02d75b3707p-55,
}

// ExpOf returns e^x. Error: below 0.6 ulp, 0.8 ulp where the result is subnormal.
// ExpOf(+Inf) = +Inf, ExpOf(-Inf) = 0, ExpOf(NaN) = NaN.
func ExpOf(x float64) float64 {
	y, m := expParts(x, 0)
	return timesPow2(y, m)
}

// expParts returns y in (0.95, 2) and m with e^(hi+lo) = y 2^m, for |lo| below 2^-40; hi is clamped to
// where the result is 0 or +Inf anyhow. A NaN gives a NaN y and a meaningless m.
func expParts(hi, lo float64) (y float64, m int64) {
	if hi > expMax {
		hi = expMax
	}
	if hi < expMin {
		hi = expMin
	}
	shifted := math.FMA(hi, eighthsPerLn2, shifter)
	n := int64(math.Float64bits(shifted) - shifterBits)
	k := shifted - shifter
	r := math.FMA(-k, ln2By8Lo, math.FMA(-k, ln2By8Hi, hi)) + lo

	q := math.FMA(r, exp8, exp7)
	q = math.FMA(r, q, exp6)
	q = math.FMA(r, q, exp5)
	q = math.FMA(r, q, exp4)
	q = math.FMA(r, q, exp3)
	q = math.FMA(r, q, 0.5)
	p := math.FMA(r*r, q, r)

	j := n & 7
	return exp2Hi[j] + math.FMA(exp2Hi[j], p, exp2Lo[j]), n >> 3
}

// timesPow2 returns y 2^m, rounded once, for y in [2^-10, 2) and |m| < 1100. The first of two steps
// cannot leave the normal numbers, so only the second rounds.
func timesPow2(y float64, m int64) float64 {
	first := m >> 1
	return y * pow2(first) * pow2(m-first)
}

// pow2 returns 2^m for m in [-1022, 1023].
func pow2(m int64) float64 { return math.Float64frombits(uint64(m+1023) << 52) }
