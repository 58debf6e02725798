// SPDX-License-Identifier: Apache-2.0

package vec

// for i { dst[i] = ExpOf(a[i]+c)*by[0]*by[1]*by[2] }
func growPlain(dst, a []float64, c float64, by [3]float64) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = ExpOf(a[i]+c) * by[0] * by[1] * by[2]
	}
}

// for i { dst[i] = LogOf(a[i]) }
func logPlain(dst, a []float64) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = LogOf(a[i])
	}
}

// for i { dst[i] = NormInvOf(u[i]) }
func normInvPlain(dst, u []float64) {
	u = u[:len(dst)]
	for i := range dst {
		dst[i] = NormInvOf(u[i])
	}
}
