// SPDX-License-Identifier: Apache-2.0

package vec

import "math"

// for i { dst[i] = c }
func fillPlain(dst []float64, c float64) {
	for i := range dst {
		dst[i] = c
	}
}

// for i { dst[i] = a[i] + b[i] }
func addPlain(dst, a, b []float64) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] + b[i]
	}
}

// for i { dst[i] = a[i] - b[i] }
func subPlain(dst, a, b []float64) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] - b[i]
	}
}

// for i { dst[i] = a[i] * b[i] }
func mulPlain(dst, a, b []float64) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] * b[i]
	}
}

// for i { dst[i] = a[i] / b[i] }
func divPlain(dst, a, b []float64) {
	a, b = a[:len(dst)], b[:len(dst)]
	for i := range dst {
		dst[i] = a[i] / b[i]
	}
}

// for i { dst[i] = a[i] * c }
func scalePlain(dst, a []float64, c float64) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = a[i] * c
	}
}

// for i { dst[i] = fma(a[i], c, dst[i]) }
func addScaledPlain(dst, a []float64, c float64) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = math.FMA(a[i], c, dst[i])
	}
}

// for i { dst[i] = fma(a[i], b[i], c[i]) }
func mulAddPlain(dst, a, b, c []float64) {
	a, b, c = a[:len(dst)], b[:len(dst)], c[:len(dst)]
	for i := range dst {
		dst[i] = math.FMA(a[i], b[i], c[i])
	}
}

// for i { dst[i] = -a[i] }
func negatePlain(dst, a []float64) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = -a[i]
	}
}

// for i { dst[i] = roundeven(a[i]) }
func roundEvenPlain(dst, a []float64) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = math.RoundToEven(a[i])
	}
}
