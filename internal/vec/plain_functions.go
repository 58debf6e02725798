// SPDX-License-Identifier: Apache-2.0

package vec

// for i { dst[i] = ExpOf(a[i]) }
func expPlain(dst, a []float64) {
	a = a[:len(dst)]
	for i := range dst {
		dst[i] = ExpOf(a[i])
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
