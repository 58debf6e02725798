// SPDX-License-Identifier: Apache-2.0

//go:build goexperiment.simd && amd64

package vec

import "simd/archsimd"

func fill(dst []float64, c float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		k := archsimd.BroadcastFloat64x8(c)
		for ; n < len(dst)-7; n += 8 {
			k.Store(at8(dst, n))
		}
		archsimd.ClearAVXUpperBits()
	case avx2:
		k := archsimd.BroadcastFloat64x4(c)
		for ; n < len(dst)-3; n += 4 {
			k.Store(at4(dst, n))
		}
		archsimd.ClearAVXUpperBits()
	}
	fillPlain(dst[n:], c)
}

func add(dst, a, b []float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		n = zip8(dst, a, b, func(x, y f8) f8 { return x.Add(y) })
		archsimd.ClearAVXUpperBits()
	case avx2:
		n = zip4(dst, a, b, func(x, y f4) f4 { return x.Add(y) })
		archsimd.ClearAVXUpperBits()
	}
	addPlain(dst[n:], a[n:], b[n:])
}

func sub(dst, a, b []float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		n = zip8(dst, a, b, func(x, y f8) f8 { return x.Sub(y) })
		archsimd.ClearAVXUpperBits()
	case avx2:
		n = zip4(dst, a, b, func(x, y f4) f4 { return x.Sub(y) })
		archsimd.ClearAVXUpperBits()
	}
	subPlain(dst[n:], a[n:], b[n:])
}

func mul(dst, a, b []float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		n = zip8(dst, a, b, func(x, y f8) f8 { return x.Mul(y) })
		archsimd.ClearAVXUpperBits()
	case avx2:
		n = zip4(dst, a, b, func(x, y f4) f4 { return x.Mul(y) })
		archsimd.ClearAVXUpperBits()
	}
	mulPlain(dst[n:], a[n:], b[n:])
}

func div(dst, a, b []float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		n = zip8(dst, a, b, func(x, y f8) f8 { return x.Div(y) })
		archsimd.ClearAVXUpperBits()
	case avx2:
		n = zip4(dst, a, b, func(x, y f4) f4 { return x.Div(y) })
		archsimd.ClearAVXUpperBits()
	}
	divPlain(dst[n:], a[n:], b[n:])
}

func scale(dst, a []float64, c float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		k := archsimd.BroadcastFloat64x8(c)
		n = map8(dst, a, func(x f8) f8 { return x.Mul(k) })
		archsimd.ClearAVXUpperBits()
	case avx2:
		k := archsimd.BroadcastFloat64x4(c)
		n = map4(dst, a, func(x f4) f4 { return x.Mul(k) })
		archsimd.ClearAVXUpperBits()
	}
	scalePlain(dst[n:], a[n:], c)
}

func addScaled(dst, a []float64, c float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		k := archsimd.BroadcastFloat64x8(c)
		n = zip8(dst, a, dst, func(x, y f8) f8 { return x.MulAdd(k, y) })
		archsimd.ClearAVXUpperBits()
	case avx2:
		k := archsimd.BroadcastFloat64x4(c)
		n = zip4(dst, a, dst, func(x, y f4) f4 { return x.MulAdd(k, y) })
		archsimd.ClearAVXUpperBits()
	}
	addScaledPlain(dst[n:], a[n:], c)
}

func mulAdd(dst, a, b, c []float64) {
	n := 0
	a, b, c = a[:len(dst)], b[:len(dst)], c[:len(dst)]
	switch kernelFor(len(dst)) {
	case avx512:
		for ; n < len(dst)-7; n += 8 {
			x, y, z := archsimd.LoadFloat64x8(at8(a, n)), archsimd.LoadFloat64x8(at8(b, n)), archsimd.LoadFloat64x8(at8(c, n))
			x.MulAdd(y, z).Store(at8(dst, n))
		}
		archsimd.ClearAVXUpperBits()
	case avx2:
		for ; n < len(dst)-3; n += 4 {
			x, y, z := archsimd.LoadFloat64x4(at4(a, n)), archsimd.LoadFloat64x4(at4(b, n)), archsimd.LoadFloat64x4(at4(c, n))
			x.MulAdd(y, z).Store(at4(dst, n))
		}
		archsimd.ClearAVXUpperBits()
	}
	mulAddPlain(dst[n:], a[n:], b[n:], c[n:])
}

func negate(dst, a []float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		sign := archsimd.BroadcastInt64x8(signBit)
		n = map8(dst, a, func(x f8) f8 { return x.AsInt64x8().Xor(sign).AsFloat64x8() })
		archsimd.ClearAVXUpperBits()
	case avx2:
		sign := archsimd.BroadcastInt64x4(signBit)
		n = map4(dst, a, func(x f4) f4 { return x.AsInt64x4().Xor(sign).AsFloat64x4() })
		archsimd.ClearAVXUpperBits()
	}
	negatePlain(dst[n:], a[n:])
}

func roundEven(dst, a []float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		n = map8(dst, a, func(x f8) f8 { return x.RoundToEvenScaled(0) })
		archsimd.ClearAVXUpperBits()
	case avx2:
		n = map4(dst, a, func(x f4) f4 { return x.RoundToEven() })
		archsimd.ClearAVXUpperBits()
	}
	roundEvenPlain(dst[n:], a[n:])
}
