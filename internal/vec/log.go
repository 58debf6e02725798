// SPDX-License-Identifier: Apache-2.0

package vec

import "math"

// The logarithm after Tang 1990, "Table-driven implementation of the logarithm function in IEEE
// floating-point arithmetic", with sixteen table entries (two registers of a SIMD kernel):
//
//	x = 2^k m,  m in [0.734, 1.469)
//	log x = k ln2 - log c + log(1+r),  r = m c - 1,  |r| < 0.043
//
// c = j/32 is chosen so that r is exact, and 1 in the interval around m = 1, so that nothing cancels
// there. log(1+r) is a polynomial of which r - r^2/2 is carried in two float64.

const (
	minNormalBits = 0x0010000000000000
	infBits       = 0x7ff0000000000000

	// The intervals of m are 2^48 apart in the bits of a float64; the ninth has 1 in its middle.
	logOffset = 0x3fe7800000000000

	// ln2 in two parts. The first is a multiple of 2^-42, as logHi is, so that k ln2Hi + logHi is exact.
	ln2Hi = 0x1.62e42fefa3800p-1
	ln2Lo = 0x1.ef35793c76730p-45
)

// (log(1+r) - r + r^2/2) / r^3 interpolated at the ten Chebyshev nodes of -0.04297 < r < 0.04102:
// relative error of log(1+r) below 5e-20.
const (
	log3  = 0x1.5555555555555p-2
	log4  = -0x1.0000000000003p-2
	log5  = 0x1.9999999998f74p-3
	log6  = -0x1.5555555549484p-3
	log7  = 0x1.2492492fcdde4p-3
	log8  = -0x1.000000750dd6bp-3
	log9  = 0x1.c71be640158d7p-4
	log10 = -0x1.999647d0008cap-4
	log11 = 0x1.75bf69e650d8ep-4
	log12 = -0x1.59bd174bdde33p-4
)

var logC = [16]float64{
	43.0 / 32, 41.0 / 32, 39.0 / 32, 38.0 / 32, 37.0 / 32, 35.0 / 32, 34.0 / 32, 33.0 / 32,
	32.0 / 32, 30.0 / 32, 28.0 / 32, 27.0 / 32, 26.0 / 32, 24.0 / 32, 23.0 / 32, 22.0 / 32,
}

// logHi[i] + logLo[i] is -log(logC[i]); logHi is a multiple of 2^-42.
var logHi = [16]float64{
	-0x1.2e8e2bae12000p-2, -0x1.fb9186d5e4000p-3, -0x1.9525a9cf46000p-3, -0x1.5ff3070a7a000p-3,
	-0x1.29552f8200000p-3, -0x1.6f0d28ae58000p-4, -0x1.f0a30c0118000p-5, -0x1.f829b0e780000p-6,
	0, 0x1.08598b59e4000p-4, 0x1.1178e8227e000p-3, 0x1.5bf406b544000p-3,
	0x1.a93ed3c8ae000p-3, 0x1.269621134e000p-2, 0x1.522ae0738a000p-2, 0x1.7fafa3bd81000p-2,
}

var logLo = [16]float64{
	0x1.67b1e99b72bd8p-45, 0x1.d572aab993c87p-47, 0x1.297137d9f158fp-44, 0x1.8586f183bebf2p-44,
	0x1.5b967f4471dfcp-44, 0x1.4b4641b664613p-44, 0x1.d599e83368e91p-45, -0x1.980267c7e09e4p-45,
	0, -0x1.7e5dd7009902cp-46, 0x1.1ef78ce2d07f2p-45, -0x1.27023eb68981cp-46,
	-0x1.8724350562169p-45, -0x1.1b61f10522625p-44, 0x1.ebe708164c759p-45, 0x1.46fb79bf6d4cbp-44,
}

// LogOf returns the natural logarithm of x. Error: below 0.51 ulp.
// LogOf(±0) = -Inf, LogOf(+Inf) = +Inf, LogOf(x < 0) = NaN, LogOf(NaN) = NaN.
func LogOf(x float64) float64 {
	hi, lo := logParts(x)
	return hi + lo
}

// logParts returns log x as hi + lo, to a relative error of 1.5e-19; |lo| is below 2^-10 |hi|.
// Where the result is not finite, it stands in hi.
func logParts(x float64) (hi, lo float64) {
	bits := math.Float64bits(x)
	var shift int64
	if bits-minNormalBits >= infBits-minNormalBits {
		if !(x > 0 && x < math.Inf(1)) {
			return logEdge(x), 0
		}
		bits = math.Float64bits(x * 0x1p54)
		shift = -54
	}
	offset := bits - logOffset
	i := offset >> 48 & 15
	k := float64(int64(offset)>>52 + shift)
	m := math.Float64frombits(bits - offset&^(1<<52-1))
	r := math.FMA(m, logC[i], -1)

	q := math.FMA(r, log12, log11)
	q = math.FMA(r, q, log10)
	q = math.FMA(r, q, log9)
	q = math.FMA(r, q, log8)
	q = math.FMA(r, q, log7)
	q = math.FMA(r, q, log6)
	q = math.FMA(r, q, log5)
	q = math.FMA(r, q, log4)
	q = math.FMA(r, q, log3)

	// Each difference recovers what the sum before it lost: the first operand is the larger (Dekker 1971).
	table := math.FMA(k, ln2Hi, logHi[i])
	linear := table + r
	linearLost := (table - linear) + r
	square := 0.5 * r * r
	squareLost := math.FMA(0.5*r, r, -square)
	hi = linear - square
	hiLost := (linear - hi) - square
	rest := math.FMA(k, ln2Lo, logLo[i]) - squareLost
	return hi, (linearLost + hiLost) + math.FMA(r*r, r*q, rest)
}

// logEdge returns the logarithm of what is neither positive nor finite.
func logEdge(x float64) float64 {
	switch {
	case x == 0:
		return math.Inf(-1)
	case x < 0:
		return math.NaN()
	}
	return x
}
