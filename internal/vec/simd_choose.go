// SPDX-License-Identifier: Apache-2.0

//go:build goexperiment.simd && amd64

package vec

import "simd/archsimd"

func minimum(dst, a, b []float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		n = zip8(dst, a, b, func(x, y f8) f8 { return x.Merge(y, x.Less(y)) })
		archsimd.ClearAVXUpperBits()
	case avx2:
		n = zip4(dst, a, b, func(x, y f4) f4 { return x.Merge(y, x.Less(y)) })
		archsimd.ClearAVXUpperBits()
	}
	minPlain(dst[n:], a[n:], b[n:])
}

func maximum(dst, a, b []float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		n = zip8(dst, a, b, func(x, y f8) f8 { return x.Merge(y, x.Greater(y)) })
		archsimd.ClearAVXUpperBits()
	case avx2:
		n = zip4(dst, a, b, func(x, y f4) f4 { return x.Merge(y, x.Greater(y)) })
		archsimd.ClearAVXUpperBits()
	}
	maxPlain(dst[n:], a[n:], b[n:])
}

func minOf(dst, a []float64, c float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		k := archsimd.BroadcastFloat64x8(c)
		n = map8(dst, a, func(x f8) f8 { return x.Merge(k, x.Less(k)) })
		archsimd.ClearAVXUpperBits()
	case avx2:
		k := archsimd.BroadcastFloat64x4(c)
		n = map4(dst, a, func(x f4) f4 { return x.Merge(k, x.Less(k)) })
		archsimd.ClearAVXUpperBits()
	}
	minOfPlain(dst[n:], a[n:], c)
}

func maxOf(dst, a []float64, c float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		k := archsimd.BroadcastFloat64x8(c)
		n = map8(dst, a, func(x f8) f8 { return x.Merge(k, x.Greater(k)) })
		archsimd.ClearAVXUpperBits()
	case avx2:
		k := archsimd.BroadcastFloat64x4(c)
		n = map4(dst, a, func(x f4) f4 { return x.Merge(k, x.Greater(k)) })
		archsimd.ClearAVXUpperBits()
	}
	maxOfPlain(dst[n:], a[n:], c)
}

func excess(dst, a, b []float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		zero := archsimd.BroadcastFloat64x8(0)
		n = zip8(dst, a, b, func(x, y f8) f8 {
			d := x.Sub(y)
			return zero.Merge(d, d.Less(zero))
		})
		archsimd.ClearAVXUpperBits()
	case avx2:
		zero := archsimd.BroadcastFloat64x4(0)
		n = zip4(dst, a, b, func(x, y f4) f4 {
			d := x.Sub(y)
			return zero.Merge(d, d.Less(zero))
		})
		archsimd.ClearAVXUpperBits()
	}
	excessPlain(dst[n:], a[n:], b[n:])
}

func choose(dst, mask, a, b []float64) {
	n := 0
	mask, a, b = mask[:len(dst)], a[:len(dst)], b[:len(dst)]
	switch kernelFor(len(dst)) {
	case avx512:
		zero := archsimd.BroadcastFloat64x8(0)
		for ; n < len(dst)-7; n += 8 {
			x, y, z := archsimd.LoadFloat64x8(at8(mask, n)), archsimd.LoadFloat64x8(at8(a, n)), archsimd.LoadFloat64x8(at8(b, n))
			y.Merge(z, x.NotEqual(zero)).Store(at8(dst, n))
		}
		archsimd.ClearAVXUpperBits()
	case avx2:
		zero := archsimd.BroadcastFloat64x4(0)
		for ; n < len(dst)-3; n += 4 {
			x, y, z := archsimd.LoadFloat64x4(at4(mask, n)), archsimd.LoadFloat64x4(at4(a, n)), archsimd.LoadFloat64x4(at4(b, n))
			y.Merge(z, x.NotEqual(zero)).Store(at4(dst, n))
		}
		archsimd.ClearAVXUpperBits()
	}
	selectPlain(dst[n:], mask[n:], a[n:], b[n:])
}

func anySet(mask []float64) bool {
	n := 0
	switch kernelFor(len(mask)) {
	case avx512:
		k := archsimd.BroadcastFloat64x8(0)
		for ; n < len(mask)-7; n += 8 {
			if archsimd.LoadFloat64x8(at8(mask, n)).NotEqual(k).ToBits() != 0 {
				archsimd.ClearAVXUpperBits()
				return true
			}
		}
		archsimd.ClearAVXUpperBits()
	case avx2:
		k := archsimd.BroadcastFloat64x4(0)
		for ; n < len(mask)-3; n += 4 {
			if archsimd.LoadFloat64x4(at4(mask, n)).NotEqual(k).ToBits() != 0 {
				archsimd.ClearAVXUpperBits()
				return true
			}
		}
		archsimd.ClearAVXUpperBits()
	}
	return anyPlain(mask[n:])
}

func allEqual(a []float64, c float64) bool {
	n := 0
	switch kernelFor(len(a)) {
	case avx512:
		k := archsimd.BroadcastFloat64x8(c)
		for ; n < len(a)-7; n += 8 {
			if archsimd.LoadFloat64x8(at8(a, n)).NotEqual(k).ToBits() != 0 {
				archsimd.ClearAVXUpperBits()
				return false
			}
		}
		archsimd.ClearAVXUpperBits()
	case avx2:
		k := archsimd.BroadcastFloat64x4(c)
		for ; n < len(a)-3; n += 4 {
			if archsimd.LoadFloat64x4(at4(a, n)).NotEqual(k).ToBits() != 0 {
				archsimd.ClearAVXUpperBits()
				return false
			}
		}
		archsimd.ClearAVXUpperBits()
	}
	return allEqualPlain(a[n:], c)
}
