// SPDX-License-Identifier: Apache-2.0

package vec

// Exp sets dst[i] = ExpOf(a[i]).
func Exp(dst, a []float64) {
	sameLength2(dst, a)
	exp(dst, a)
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
