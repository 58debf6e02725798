// SPDX-License-Identifier: Apache-2.0

package vec

// The built-in min and max treat NaN and signed zeros unlike the instruction, hence the comparisons.

// for i { dst[i] = a[i] < b[i] ? a[i] : b[i] }
func minPlain(dst, a, b []float64) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		m := b[i]
		if a[i] < m {
			m = a[i]
		}
		dst[i] = m
	}
}

// for i { dst[i] = a[i] > b[i] ? a[i] : b[i] }
func maxPlain(dst, a, b []float64) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		m := b[i]
		if a[i] > m {
			m = a[i]
		}
		dst[i] = m
	}
}

// for i { dst[i] = a[i] < c ? a[i] : c }
func minOfPlain(dst, a []float64, c float64) {
	a = a[:len(dst)]
	for i := range dst {
		m := c
		if a[i] < m {
			m = a[i]
		}
		dst[i] = m
	}
}

// for i { dst[i] = a[i] > c ? a[i] : c }
func maxOfPlain(dst, a []float64, c float64) {
	a = a[:len(dst)]
	for i := range dst {
		m := c
		if a[i] > m {
			m = a[i]
		}
		dst[i] = m
	}
}

// for i { d := a[i] - b[i]; dst[i] = 0 > d ? 0 : d }
func excessPlain(dst, a, b []float64) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		d := a[i] - b[i]
		if 0 > d {
			d = 0
		}
		dst[i] = d
	}
}

// for i { dst[i] = mask[i] != 0 ? a[i] : b[i] }
func selectPlain(dst, mask, a, b []float64) {
	mask, a, b = mask[:len(dst)], a[:len(dst)], b[:len(dst)]
	for i := range dst {
		v := b[i]
		if mask[i] != 0 {
			v = a[i]
		}
		dst[i] = v
	}
}

// for i { if mask[i] != 0 { return true } }; return false
func anyPlain(mask []float64) bool {
	for _, m := range mask {
		if m != 0 {
			return true
		}
	}
	return false
}

// for i { if a[i] != c { return false } }; return true
func allEqualPlain(a []float64, c float64) bool {
	for _, v := range a {
		if v != c {
			return false
		}
	}
	return true
}
