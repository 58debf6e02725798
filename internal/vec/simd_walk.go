// SPDX-License-Identifier: Apache-2.0

//go:build goexperiment.simd && amd64

package vec

import "simd/archsimd"

func below(dst, a []float64, c float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		k, zero, one := archsimd.BroadcastFloat64x8(c), archsimd.BroadcastFloat64x8(0), archsimd.BroadcastFloat64x8(1)
		n = map8(dst, a, func(x f8) f8 { return one.Merge(zero, x.Less(k)) })
		archsimd.ClearAVXUpperBits()
	case avx2:
		k, zero, one := archsimd.BroadcastFloat64x4(c), archsimd.BroadcastFloat64x4(0), archsimd.BroadcastFloat64x4(1)
		n = map4(dst, a, func(x f4) f4 { return one.Merge(zero, x.Less(k)) })
		archsimd.ClearAVXUpperBits()
	}
	belowPlain(dst[n:], a[n:], c)
}

func rotate(a, b []float64, u, z float64) {
	n := 0
	b = b[:len(a)]
	switch kernelFor(len(a)) {
	case avx512:
		u, z := archsimd.BroadcastFloat64x8(u), archsimd.BroadcastFloat64x8(z)
		for ; n < len(a)-7; n += 8 {
			x, y := archsimd.LoadFloat64x8(at8(a, n)), archsimd.LoadFloat64x8(at8(b, n))
			u.Mul(x).Add(z.Mul(y)).Store(at8(a, n))
			z.Mul(x).Sub(u.Mul(y)).Store(at8(b, n))
		}
		archsimd.ClearAVXUpperBits()
	case avx2:
		u, z := archsimd.BroadcastFloat64x4(u), archsimd.BroadcastFloat64x4(z)
		for ; n < len(a)-3; n += 4 {
			x, y := archsimd.LoadFloat64x4(at4(a, n)), archsimd.LoadFloat64x4(at4(b, n))
			u.Mul(x).Add(z.Mul(y)).Store(at4(a, n))
			z.Mul(x).Sub(u.Mul(y)).Store(at4(b, n))
		}
		archsimd.ClearAVXUpperBits()
	}
	rotatePlain(a[n:], b[n:], u, z)
}
