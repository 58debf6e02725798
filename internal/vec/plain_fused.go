// SPDX-License-Identifier: Apache-2.0

package vec

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
