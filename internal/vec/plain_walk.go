// SPDX-License-Identifier: Apache-2.0

package vec

// for i { dst[i] = a[i] < c ? 1 : 0 }
func belowPlain(dst, a []float64, c float64) {
	a = a[:len(dst)]
	for i := range dst {
		is := 0.0
		if a[i] < c {
			is = 1
		}
		dst[i] = is
	}
}

// for i { a[i], b[i] = u*a[i] + z*b[i], z*a[i] - u*b[i] }
func rotatePlain(a, b []float64, u, z float64) {
	b = b[:len(a)]
	for i, x := range a {
		y := b[i]
		a[i] = float64(u*x) + float64(z*y)
		b[i] = float64(z*x) - float64(u*y)
	}
}
