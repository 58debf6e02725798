// SPDX-License-Identifier: Apache-2.0

//go:build goexperiment.simd && amd64

package vec

import (
	"simd/archsimd"
	"unsafe"
)

// The kernels: AVX-512 (eight lanes) and AVX2 (four) by Go's experimental simd/archsimd. Each stands
// under the name of its plain twin, runs whole registers, and leaves the last few lanes to the twin.
//
// Three traps of the package in Go 1.26. Its Min and Max are marked as commutative, so the compiler may
// exchange what is not exchangeable: kernels compare and merge instead. AndNot followed by Or becomes one
// instruction that complements the wrong operand: kernels use And with the complement. And it never clears
// the upper halves of the registers, which slows the plain code that follows on some processors: every
// kernel ends with ClearAVXUpperBits.

// signBit is the bits of -0.
const signBit = -1 << 63

type (
	f8 = archsimd.Float64x8
	f4 = archsimd.Float64x4
)

func bestKernel() kernel {
	switch x86 := archsimd.X86; {
	case x86.AVX512():
		return avx512
	case x86.AVX2() && x86.FMA():
		return avx2
	}
	return plain
}

func whyNoBetter() string { return "this processor has not the instructions" }

// kernelFor returns the set that runs a column of n lanes.
func kernelFor(n int) kernel {
	if n < 8 {
		return plain
	}
	return active
}

// at8 returns the eight lanes from i on, which the caller knows to be there: a slice and its conversion
// would cost more than the arithmetic of most kernels.
func at8(a []float64, i int) *[8]float64 {
	return (*[8]float64)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(a)), 8*i))
}

// at4 is at8 for four lanes.
func at4(a []float64, i int) *[4]float64 { return (*[4]float64)(unsafe.Pointer(&a[i])) }

// eight returns c in every lane. The compiler keeps 15 registers and moves what is beyond to the stack and
// back; longer kernels therefore have their constants in memory eight times over, from where the last
// operand of an instruction comes for nothing.
func eight[T any](c T) [8]T { return [8]T{c, c, c, c, c, c, c, c} }

// onHeap returns a place for a kernel's constants. What is a whole number of registers long lies on a line of
// the cache there. Among variables it lies on half of one, and each use of it costs two reads.
func onHeap[T any](constants T) *T {
	place := new(T)
	*place = constants
	return place
}

// zip8 sets dst[i] = op(a[i], b[i]) for whole registers and returns how many lanes it set. It is inlined,
// and op with it: its size is just below what the compiler still inlines.
func zip8(dst, a, b []float64, op func(x, y f8) f8) (i int) {
	a, b = a[:len(dst)], b[:len(dst)]
	for ; i < len(dst)-7; i += 8 {
		op(archsimd.LoadFloat64x8(at8(a, i)), archsimd.LoadFloat64x8(at8(b, i))).Store(at8(dst, i))
	}
	return
}

// zip4 is zip8 for four lanes.
func zip4(dst, a, b []float64, op func(x, y f4) f4) (i int) {
	a, b = a[:len(dst)], b[:len(dst)]
	for ; i < len(dst)-3; i += 4 {
		op(archsimd.LoadFloat64x4(at4(a, i)), archsimd.LoadFloat64x4(at4(b, i))).Store(at4(dst, i))
	}
	return
}

// map8 sets dst[i] = op(a[i]) as zip8 does.
func map8(dst, a []float64, op func(x f8) f8) (i int) {
	a = a[:len(dst)]
	for ; i < len(dst)-7; i += 8 {
		op(archsimd.LoadFloat64x8(at8(a, i))).Store(at8(dst, i))
	}
	return
}

// map4 is map8 for four lanes.
func map4(dst, a []float64, op func(x f4) f4) (i int) {
	a = a[:len(dst)]
	for ; i < len(dst)-3; i += 4 {
		op(archsimd.LoadFloat64x4(at4(a, i))).Store(at4(dst, i))
	}
	return
}
