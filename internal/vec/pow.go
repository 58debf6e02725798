// SPDX-License-Identifier: Apache-2.0

package vec

import "math"

// PowOf returns x^y as e^(y log x), with the logarithm and its product with y carried in two float64.
// Error: below 1 ulp; a result that a float64 can hold, such as 3^4, is exact.
//
// Special cases are those of C99, annex F.9.4.4: x^0 = 1 and 1^y = 1 even for NaN, (-1)^(±Inf) = 1, a
// finite negative x with y not an integer gives NaN, and an odd integer y keeps the sign of x.
func PowOf(x, y float64) float64 {
	size := math.Abs(x)
	switch {
	case y == 0 || x == 1:
		return 1
	case x != x || y != y:
		return math.NaN()
	case x < 0 && size < math.Inf(1) && y != math.Trunc(y):
		return math.NaN()
	}
	p := powOfSize(size, y)
	if math.Signbit(x) && isOdd(y) {
		return -p
	}
	return p
}

// powOfSize returns x^y for x in [0, +Inf] and y not 0.
func powOfSize(x, y float64) float64 {
	if x == 1 {
		return 1
	}
	hi, lo := logParts(x)
	log := hi + lo
	lost := (hi - log) + lo
	product := y * log
	if !(math.Abs(product) < -expMin) {
		return ExpOf(product)
	}
	lo = math.FMA(y, log, -product) + float64(y*lost)
	return timesPow2(expParts(product, lo))
}

// isOdd reports whether y is an odd integer; every float64 of 2^53 and above is even.
func isOdd(y float64) bool {
	y = math.Abs(y)
	return y < 1<<53 && y == math.Trunc(y) && int64(y)&1 == 1
}
