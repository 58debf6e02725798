// SPDX-License-Identifier: Apache-2.0

package vec

import "math"

// for i { dst[i] = a[i] + c }
func addOfPlain(dst, a []float64, c float64) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = a[i] + c
	}
}

// for i { dst[i] = a[i] / c }
func divOfPlain(dst, a []float64, c float64) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = a[i] / c
	}
}

// for i { d := c - a[i]; dst[i] = 0 > d ? 0 : d }
func shortPlain(dst, a []float64, c float64) {
	a = a[:len(dst)]
	for i := range dst {
		d := c - a[i]
		if 0 > d {
			d = 0
		}
		dst[i] = d
	}
}

// for i { dst[i] = dst[i] + (a[i] * b[i]) }
func addProductPlain(dst, a, b []float64) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] += float64(a[i] * b[i])
	}
}

// for i { if !(a[i] > c) { return false } }; return true
func allAbovePlain(a []float64, c float64) bool {
	for _, v := range a {
		if !(v > c) {
			return false
		}
	}
	return true
}

// for i { if a[i] > b[i] { return false } }; return true
func noneAbovePlain(a, b []float64) bool {
	b = b[:len(a)]
	for i, v := range a {
		if v > b[i] {
			return false
		}
	}
	return true
}

// for i { d := most[i] - to[i]; x := 0 > d ? 0 : d; x = from[i] < x ? from[i] : x; from[i] -= x; to[i] += x }
func drainPlain(from, to, most []float64) {
	to, most = to[:len(from)], most[:len(from)]
	for i := range from {
		x := most[i] - to[i]
		if 0 > x {
			x = 0
		}
		if from[i] < x {
			x = from[i]
		}
		from[i] -= x
		to[i] += x
	}
}

// for i { dst[i] += a[i]*c }
func addMultiplePlain(dst, a []float64, c float64) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] += float64(a[i] * c)
	}
}

// for i { dst[i] = FMA(a[i], k, dst[i]*c) }
func scaleAddPlain(dst []float64, c float64, a []float64, k float64) {
	a = a[:len(dst)]
	for i, x := range dst {
		dst[i] = math.FMA(a[i], k, float64(x*c))
	}
}
