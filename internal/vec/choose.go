// SPDX-License-Identifier: Apache-2.0

package vec

// Min sets dst[i] = a[i] if a[i] < b[i], else b[i]: the instruction MINPD with b as second operand.
func Min(dst, a, b []float64) {
	sameLength3(dst, a, b)
	minimum(dst, a, b)
}

// Max sets dst[i] = a[i] if a[i] > b[i], else b[i]: the instruction MAXPD with b as second operand.
func Max(dst, a, b []float64) {
	sameLength3(dst, a, b)
	maximum(dst, a, b)
}

// MinOf is Min with a column of c as second operand: a NaN in a becomes c.
func MinOf(dst, a []float64, c float64) {
	sameLength2(dst, a)
	minOf(dst, a, c)
}

// MaxOf is Max with a column of c as second operand: a NaN in a becomes c.
func MaxOf(dst, a []float64, c float64) {
	sameLength2(dst, a)
	maxOf(dst, a, c)
}

// Excess sets dst[i] = max(0, a[i]-b[i]), the positive part of the difference: MAXPD with 0 as first
// operand, so that a NaN stays NaN.
func Excess(dst, a, b []float64) {
	sameLength3(dst, a, b)
	excess(dst, a, b)
}

// Select sets dst[i] = a[i] where the mask is set, else b[i].
func Select(dst, mask, a, b []float64) {
	sameLength3(dst, a, b)
	sameLength2(dst, mask)
	choose(dst, mask, a, b)
}

// Any reports whether some lane of the mask is set.
func Any(mask []float64) bool { return anySet(mask) }

// AllEqual reports whether every a[i] == c. A NaN equals nothing; an empty column equals anything.
func AllEqual(a []float64, c float64) bool { return allEqual(a, c) }
