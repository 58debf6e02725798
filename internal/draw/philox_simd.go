// SPDX-License-Identifier: Apache-2.0

//go:build goexperiment.simd && amd64

package draw

import (
	"simd/archsimd"
	"unsafe"

	"offtake/internal/vec"
)

// uniformWide fills whole blocks of 16 paths, from path 2 half on, with what pair gives them, and returns
// how many paths that are: none where the processor has no AVX-512. A register holds one word of eight
// counters, each in the lower half of its lane, and the product of two words fills the lane.
func uniformWide(dst []float64, k key, factor Factor, half uint64, step int) int {
	if len(dst) < 16 || !vec.Wide() {
		return 0
	}
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
		even, odd := unitWide(c0, c1), unitWide(c2, c3)
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

// unitWide is unit of high<<32 | low in each lane.
func unitWide(low, high archsimd.Uint64x8) archsimd.Float64x8 {
	bits := high.ShiftAllLeft(20).Or(low.ShiftAllRight(12)).Or(archsimd.BroadcastUint64x8(0x3ff << 52))
	return bits.AsFloat64x8().Sub(archsimd.BroadcastFloat64x8(1 - 0x1p-53))
}
