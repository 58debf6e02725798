// SPDX-License-Identifier: Apache-2.0

package vec

// Exp sets dst[i] = ExpOf(a[i]).
func Exp(dst, a []float64) {
	sameLength2(dst, a)
	grow(dst, a, 0, [3]float64{1, 1, 1})
}

// Grow sets dst[i] = ExpOf(a[i]+c) * by[0] * by[1] * by[2], each step rounded.
func Grow(dst, a []float64, c float64, by [3]float64) {
	sameLength2(dst, a)
	grow(dst, a, c, by)
}

// Log sets dst[i] = LogOf(a[i]).
func Log(dst, a []float64) {
	sameLength2(dst, a)
	log(dst, a)
}

// NormInv sets dst[i] = NormInvOf(u[i]).
func NormInv(dst, u []float64) {
	sameLength2(dst, u)
	normInv(dst, u)
}
