// SPDX-License-Identifier: Apache-2.0

package vec

// Operations that would be two or three passes over the same columns.

// AddOf sets dst[i] = a[i] + c.
func AddOf(dst, a []float64, c float64) {
	sameLength2(dst, a)
	addOf(dst, a, c)
}

// DivOf sets dst[i] = a[i] / c.
func DivOf(dst, a []float64, c float64) {
	sameLength2(dst, a)
	divOf(dst, a, c)
}

// Short sets dst[i] = max(0, c-a[i]), what a[i] falls short of c: MAXPD with 0 as first operand,
// so that a NaN stays NaN.
func Short(dst, a []float64, c float64) {
	sameLength2(dst, a)
	short(dst, a, c)
}

// AddProduct sets dst[i] = dst[i] + a[i]*b[i], the product rounded first: Mul and Accumulate in one.
func AddProduct(dst, a, b []float64) {
	sameLength3(dst, a, b)
	addProduct(dst, a, b)
}

// AddMultiple sets dst[i] = dst[i] + a[i]*c, the product rounded first; AddScaled rounds once.
func AddMultiple(dst, a []float64, c float64) {
	sameLength2(dst, a)
	addMultiple(dst, a, c)
}

// ScaleAdd sets dst[i] = dst[i]*c + a[i]*k, the first product rounded, then once: Scale and AddScaled in one.
func ScaleAdd(dst []float64, c float64, a []float64, k float64) {
	sameLength2(dst, a)
	scaleAdd(dst, c, a, k)
}

// AllAbove reports whether every a[i] > c. A NaN is above nothing; an empty column is above anything.
func AllAbove(a []float64, c float64) bool { return allAbove(a, c) }

// NoneAbove reports whether no a[i] > b[i]. A NaN is above nothing.
func NoneAbove(a, b []float64) bool {
	sameLength2(a, b)
	return noneAbove(a, b)
}

// Drain moves from one column to another until that comes to most[i], as far as there is any: x = min(from[i],
// max(0, most[i]-to[i])) as Min and Excess have it, from[i] -= x, to[i] += x. The three are different columns.
func Drain(from, to, most []float64) {
	sameLength3(from, to, most)
	drain(from, to, most)
}
