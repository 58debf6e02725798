// SPDX-License-Identifier: Apache-2.0

//go:build goexperiment.simd && amd64

package vec

import "simd/archsimd"

func addOf(dst, a []float64, c float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		k := archsimd.BroadcastFloat64x8(c)
		n = map8(dst, a, func(x f8) f8 { return x.Add(k) })
		archsimd.ClearAVXUpperBits()
	case avx2:
		k := archsimd.BroadcastFloat64x4(c)
		n = map4(dst, a, func(x f4) f4 { return x.Add(k) })
		archsimd.ClearAVXUpperBits()
	}
	addOfPlain(dst[n:], a[n:], c)
}

func divOf(dst, a []float64, c float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		k := archsimd.BroadcastFloat64x8(c)
		n = map8(dst, a, func(x f8) f8 { return x.Div(k) })
		archsimd.ClearAVXUpperBits()
	case avx2:
		k := archsimd.BroadcastFloat64x4(c)
		n = map4(dst, a, func(x f4) f4 { return x.Div(k) })
		archsimd.ClearAVXUpperBits()
	}
	divOfPlain(dst[n:], a[n:], c)
}

func short(dst, a []float64, c float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		zero, k := archsimd.BroadcastFloat64x8(0), archsimd.BroadcastFloat64x8(c)
		n = map8(dst, a, func(x f8) f8 {
			d := k.Sub(x)
			return zero.Merge(d, d.Less(zero))
		})
		archsimd.ClearAVXUpperBits()
	case avx2:
		zero, k := archsimd.BroadcastFloat64x4(0), archsimd.BroadcastFloat64x4(c)
		n = map4(dst, a, func(x f4) f4 {
			d := k.Sub(x)
			return zero.Merge(d, d.Less(zero))
		})
		archsimd.ClearAVXUpperBits()
	}
	shortPlain(dst[n:], a[n:], c)
}

func addProduct(dst, a, b []float64) {
	n := 0
	a, b = a[:len(dst)], b[:len(dst)]
	switch kernelFor(len(dst)) {
	case avx512:
		for ; n < len(dst)-7; n += 8 {
			x := archsimd.LoadFloat64x8(at8(a, n)).Mul(archsimd.LoadFloat64x8(at8(b, n)))
			archsimd.LoadFloat64x8(at8(dst, n)).Add(x).Store(at8(dst, n))
		}
		archsimd.ClearAVXUpperBits()
	case avx2:
		for ; n < len(dst)-3; n += 4 {
			x := archsimd.LoadFloat64x4(at4(a, n)).Mul(archsimd.LoadFloat64x4(at4(b, n)))
			archsimd.LoadFloat64x4(at4(dst, n)).Add(x).Store(at4(dst, n))
		}
		archsimd.ClearAVXUpperBits()
	}
	addProductPlain(dst[n:], a[n:], b[n:])
}

func addMultiple(dst, a []float64, c float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		k := archsimd.BroadcastFloat64x8(c)
		n = zip8(dst, a, dst, func(x, y f8) f8 { return y.Add(x.Mul(k)) })
		archsimd.ClearAVXUpperBits()
	case avx2:
		k := archsimd.BroadcastFloat64x4(c)
		n = zip4(dst, a, dst, func(x, y f4) f4 { return y.Add(x.Mul(k)) })
		archsimd.ClearAVXUpperBits()
	}
	addMultiplePlain(dst[n:], a[n:], c)
}

func scaleAdd(dst []float64, c float64, a []float64, k float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		c, k := archsimd.BroadcastFloat64x8(c), archsimd.BroadcastFloat64x8(k)
		n = zip8(dst, a, dst, func(x, y f8) f8 { return x.MulAdd(k, y.Mul(c)) })
		archsimd.ClearAVXUpperBits()
	case avx2:
		c, k := archsimd.BroadcastFloat64x4(c), archsimd.BroadcastFloat64x4(k)
		n = zip4(dst, a, dst, func(x, y f4) f4 { return x.MulAdd(k, y.Mul(c)) })
		archsimd.ClearAVXUpperBits()
	}
	scaleAddPlain(dst[n:], c, a[n:], k)
}

func allAbove(a []float64, c float64) bool {
	n := 0
	switch kernelFor(len(a)) {
	case avx512:
		k := archsimd.BroadcastFloat64x8(c)
		for ; n < len(a)-7; n += 8 {
			if archsimd.LoadFloat64x8(at8(a, n)).Greater(k).ToBits() != 0xff {
				archsimd.ClearAVXUpperBits()
				return false
			}
		}
		archsimd.ClearAVXUpperBits()
	case avx2:
		k := archsimd.BroadcastFloat64x4(c)
		for ; n < len(a)-3; n += 4 {
			if archsimd.LoadFloat64x4(at4(a, n)).Greater(k).ToBits() != 0xf {
				archsimd.ClearAVXUpperBits()
				return false
			}
		}
		archsimd.ClearAVXUpperBits()
	}
	return allAbovePlain(a[n:], c)
}

func noneAbove(a, b []float64) bool {
	n := 0
	b = b[:len(a)]
	switch kernelFor(len(a)) {
	case avx512:
		for ; n < len(a)-7; n += 8 {
			if archsimd.LoadFloat64x8(at8(a, n)).Greater(archsimd.LoadFloat64x8(at8(b, n))).ToBits() != 0 {
				archsimd.ClearAVXUpperBits()
				return false
			}
		}
		archsimd.ClearAVXUpperBits()
	case avx2:
		for ; n < len(a)-3; n += 4 {
			if archsimd.LoadFloat64x4(at4(a, n)).Greater(archsimd.LoadFloat64x4(at4(b, n))).ToBits() != 0 {
				archsimd.ClearAVXUpperBits()
				return false
			}
		}
		archsimd.ClearAVXUpperBits()
	}
	return noneAbovePlain(a[n:], b[n:])
}

func drain(from, to, most []float64) {
	n := 0
	to, most = to[:len(from)], most[:len(from)]
	switch kernelFor(len(from)) {
	case avx512:
		zero := archsimd.BroadcastFloat64x8(0)
		for ; n < len(from)-7; n += 8 {
			f, t := archsimd.LoadFloat64x8(at8(from, n)), archsimd.LoadFloat64x8(at8(to, n))
			x := archsimd.LoadFloat64x8(at8(most, n)).Sub(t)
			x = zero.Merge(x, x.Less(zero))
			x = f.Merge(x, f.Less(x))
			f.Sub(x).Store(at8(from, n))
			t.Add(x).Store(at8(to, n))
		}
		archsimd.ClearAVXUpperBits()
	case avx2:
		zero := archsimd.BroadcastFloat64x4(0)
		for ; n < len(from)-3; n += 4 {
			f, t := archsimd.LoadFloat64x4(at4(from, n)), archsimd.LoadFloat64x4(at4(to, n))
			x := archsimd.LoadFloat64x4(at4(most, n)).Sub(t)
			x = zero.Merge(x, x.Less(zero))
			x = f.Merge(x, f.Less(x))
			f.Sub(x).Store(at4(from, n))
			t.Add(x).Store(at4(to, n))
		}
		archsimd.ClearAVXUpperBits()
	}
	drainPlain(from[n:], to[n:], most[n:])
}
