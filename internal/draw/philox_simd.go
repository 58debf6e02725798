// SPDX-License-Identifier: Apache-2.0

//go:build goexperiment.simd && amd64

package draw

import (
	"simd/archsimd"
	"unsafe"

	"offtake/internal/vec"
)

// uniformWide fills whole blocks of paths, from path 2 half on, with what pair gives them, and returns how
// many paths that are: 16 a block with AVX-512, 8 with AVX2, none without.
func uniformWide(dst []float64, k key, factor Factor, half uint64, step int) int {
	switch {
	case len(dst) < 16:
		return 0
	case vec.Width() == 8:
		return uniform8(dst, k, factor, half, step)
	case vec.Width() == 4:
		return uniform4(dst, k, factor, half, step)
	}
	return 0
}

// uniform8 has one word of eight counters in a register, each in the lower half of its lane; the product of
// two words fills the lane.
func uniform8(dst []float64, k key, factor Factor, half uint64, step int) int {
	var keys [philoxRounds][2][8]uint64 // the words of each round's key, in every lane
	for round := range keys {
		archsimd.BroadcastUint64x8(uint64(k[0])).Store(&keys[round][0])
		archsimd.BroadcastUint64x8(uint64(k[1])).Store(&keys[round][1])
		k[0] += philoxWeyl0
		k[1] += philoxWeyl1
	}
	mul0, mul1 := archsimd.BroadcastUint64x8(philoxMul0), archsimd.BroadcastUint64x8(philoxMul1)
	low, high := archsimd.BroadcastUint64x8(1<<32-1), archsimd.BroadcastUint64x8(32)
	first, third := archsimd.BroadcastUint64x8(uint64(uint32(step))), archsimd.BroadcastUint64x8(uint64(factor))
	path := archsimd.BroadcastUint64x8(half).Add(archsimd.LoadUint64x8(&lanes))
	filled := 0
	for ; filled < len(dst)-15; filled += 16 {
		c0, c1, c2, c3 := first, third, path.And(low), path.ShiftRight(high)
		for round := range keys {
			p0, p1 := c0.Mul(mul0), c2.Mul(mul1)
			c0 = p1.ShiftRight(high).Xor(c1).Xor(archsimd.LoadUint64x8(&keys[round][0]))
			c2 = p0.ShiftRight(high).Xor(c3).Xor(archsimd.LoadUint64x8(&keys[round][1]))
			c1, c3 = p1.And(low), p0.And(low)
		}
		even, odd := unit8(c0, c1), unit8(c2, c3)
		even.ConcatPermute(odd, archsimd.LoadUint64x8(&lowPairs)).Store((*[8]float64)(unsafe.Pointer(&dst[filled])))
		even.ConcatPermute(odd, archsimd.LoadUint64x8(&highPairs)).Store((*[8]float64)(unsafe.Pointer(&dst[filled+8])))
		path = path.Add(archsimd.BroadcastUint64x8(8))
	}
	archsimd.ClearAVXUpperBits()
	return filled
}

var (
	lanes     = [8]uint64{0, 1, 2, 3, 4, 5, 6, 7}
	lowPairs  = [8]uint64{0, 8, 1, 9, 2, 10, 3, 11}
	highPairs = [8]uint64{4, 12, 5, 13, 6, 14, 7, 15}
)

// unit8 is unit of high<<32 | low in each lane.
func unit8(low, high archsimd.Uint64x8) archsimd.Float64x8 {
	bits := high.ShiftAllLeft(20).Or(low.ShiftAllRight(12)).Or(archsimd.BroadcastUint64x8(0x3ff << 52))
	return bits.AsFloat64x8().Sub(archsimd.BroadcastFloat64x8(1 - 0x1p-53))
}

// uniform4 is uniform8 with four counters. Its product takes the lower halves of lanes, whatever is above.
func uniform4(dst []float64, k key, factor Factor, half uint64, step int) int {
	var keys [philoxRounds][2][4]uint64
	for round := range keys {
		archsimd.BroadcastUint64x4(uint64(k[0])).Store(&keys[round][0])
		archsimd.BroadcastUint64x4(uint64(k[1])).Store(&keys[round][1])
		k[0] += philoxWeyl0
		k[1] += philoxWeyl1
	}
	mul0, mul1 := archsimd.BroadcastUint64x4(philoxMul0).AsUint32x8(), archsimd.BroadcastUint64x4(philoxMul1).AsUint32x8()
	high := archsimd.BroadcastUint64x4(32)
	first, third := archsimd.BroadcastUint64x4(uint64(uint32(step))), archsimd.BroadcastUint64x4(uint64(factor))
	path := archsimd.BroadcastUint64x4(half).Add(archsimd.LoadUint64x4Slice(lanes[:4]))
	filled := 0
	for ; filled < len(dst)-7; filled += 8 {
		c0, c1, c2, c3 := first, third, path, path.ShiftRight(high)
		for round := range keys {
			p0, p1 := c0.AsUint32x8().MulEvenWiden(mul0), c2.AsUint32x8().MulEvenWiden(mul1)
			c0 = p1.ShiftRight(high).Xor(c1).Xor(archsimd.LoadUint64x4(&keys[round][0]))
			c2 = p0.ShiftRight(high).Xor(c3).Xor(archsimd.LoadUint64x4(&keys[round][1]))
			c1, c3 = p1, p0
		}
		even, odd := unit4(c0, c1).AsUint64x4(), unit4(c2, c3).AsUint64x4()
		low, up := even.InterleaveLoGrouped(odd).AsFloat64x4(), even.InterleaveHiGrouped(odd).AsFloat64x4()
		low.Select128FromPair(0, 2, up).Store((*[4]float64)(unsafe.Pointer(&dst[filled])))
		low.Select128FromPair(1, 3, up).Store((*[4]float64)(unsafe.Pointer(&dst[filled+4])))
		path = path.Add(archsimd.BroadcastUint64x4(4))
	}
	archsimd.ClearAVXUpperBits()
	return filled
}

// unit4 is unit of the lower halves of high and low.
func unit4(low, high archsimd.Uint64x4) archsimd.Float64x4 {
	lower := archsimd.BroadcastUint64x4(1<<32 - 1)
	bits := high.And(lower).ShiftAllLeft(20).Or(low.And(lower).ShiftAllRight(12)).Or(archsimd.BroadcastUint64x4(0x3ff << 52))
	return bits.AsFloat64x4().Sub(archsimd.BroadcastFloat64x4(1 - 0x1p-53))
}
