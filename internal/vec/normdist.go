// SPDX-License-Identifier: Apache-2.0

package vec

import "math"

// The normal distribution function. With z = |x|,
//
//	Phi(-z) = e^(-z^2/2) G(t) / (1+z),  t = (z-4)/(z+4)
//
// where G is smooth on all of t in [-1, 1]: the form of Shepherd & Laframboise 1981, "Chebyshev
// approximation of (1+2x)exp(x^2)erfc x in 0 <= x < infinity", taken for Phi itself.

// normTail interpolates G at the 25 Chebyshev nodes of z in [0, 39], as coefficients of t^0, t^1, ...:
// relative error below 4e-17 with the coefficients rounded to float64.
var normTail = [...]float64{
	0x1.e361ea6fba141p-2, -0x1.8c18f2086e349p-4, 0x1.cabd72a60f8e4p-7, 0x1.d4969f10dfdbap-6,
	-0x1.07c3c2582be60p-5, 0x1.25dd720607130p-6, -0x1.47d5fc747c5bep-8, -0x1.2b7f5e21dc7d5p-12,
	0x1.6c538315921d0p-11, -0x1.8c11ab7ae4335p-14, -0x1.707bb65ad4fb4p-14, 0x1.648343e709296p-16,
	0x1.c9402f0f1ee28p-17, -0x1.cc8b3aa38ebcep-19, -0x1.5ec7826162312p-19, 0x1.aff2e829d1fb2p-22,
	0x1.28c14309bea5dp-21, 0x1.5d9b80e796930p-28, -0x1.ddd5e9dbd62aap-24, -0x1.96be7ba65fdf6p-26,
	0x1.25b676071a9fbp-26, 0x1.23b492a257e71p-27, -0x1.c44a8a96afb08p-31, -0x1.79b7299482a66p-30,
	-0x1.27d09cdb8ab3cp-32,
}

// normCDFEnd is where Phi(-z) has long been below the least subnormal.
const normCDFEnd = 39

// NormCDFOf returns the probability that a standard normal variable is at most x.
// Error: below 5 ulp, also in the lower tail down to the subnormal results at x = -38.
// NormCDFOf(-Inf) = 0, NormCDFOf(+Inf) = 1, NormCDFOf(NaN) = NaN.
func NormCDFOf(x float64) float64 {
	z := math.Abs(x)
	if z > normCDFEnd {
		z = normCDFEnd
	}
	t := (z - 4) / (z + 4)
	g := 0.0
	for i := len(normTail) - 1; i >= 0; i-- {
		g = math.FMA(g, t, normTail[i])
	}
	// The square is needed to its last bit and beyond: an error e in the exponent is one of e in the result.
	square := z * z
	rest := math.FMA(z, z, -square)
	y, m := expParts(-square/2, -rest/2)
	tail := timesPow2(y*g/(1+z), m)
	if x > 0 {
		return 1 - tail
	}
	return tail
}
