// SPDX-License-Identifier: Apache-2.0

package vec

// Below sets dst[i] = 1 if a[i] < c, else 0.
func Below(dst, a []float64, c float64) {
	sameLength2(dst, a)
	below(dst, a, c)
}

// Rotate turns the pairs (a[i], b[i]): a[i] = u*a[i] + z*b[i] and b[i] = z*a[i] - u*b[i], of the old values, each
// product rounded. With u^2 + z^2 = 1 that is a reflection, so what is independent and of unit variance stays so.
func Rotate(a, b []float64, u, z float64) {
	sameLength2(a, b)
	rotate(a, b, u, z)
}
