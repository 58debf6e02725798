// SPDX-License-Identifier: Apache-2.0

//go:build goexperiment.simd && amd64

package draw

import (
	"simd/archsimd"
	"unsafe"

	"offtake/internal/vec"
)

// fillWide is fill for whole blocks of 16 points, and returns how many points they are: none without AVX-512.
// Coordinates are linear in the bits of a point's number, so from a number that 16 divides on they are that
// number's XOR those of 0 to 15.
func (g *generator) fillWide(dst []float64, first uint32, s scrambling, blurred bool) int {
	if vec.Width() < 8 || first%16 != 0 {
		return 0
	}
	var small [16]uint32
	for i := range small {
		small[i] = g.at(uint32(i))
	}
	offsets := archsimd.LoadUint32x16(&small)
	filled := 0
	for ; filled < len(dst)-15; filled += 16 {
		number := first + uint32(filled)
		high, low := s.words(archsimd.BroadcastUint32x16(g.at(number)).Xor(offsets))
		if blurred {
			high, low = blurs(high, low, reach(number))
		}
		unit8(low.GetLo().ExtendToUint64(), high.GetLo().ExtendToUint64()).Store((*[8]float64)(unsafe.Pointer(&dst[filled])))
		unit8(low.GetHi().ExtendToUint64(), high.GetHi().ExtendToUint64()).Store((*[8]float64)(unsafe.Pointer(&dst[filled+8])))
	}
	archsimd.ClearAVXUpperBits()
	return filled
}

// words is word in each lane, its upper half and its lower one.
func (s scrambling) words(x archsimd.Uint32x16) (high, low archsimd.Uint32x16) {
	x = x.Xor(x.Mul(archsimd.BroadcastUint32x16(scramble1)))
	x = x.Add(archsimd.BroadcastUint32x16(s.add)).Mul(archsimd.BroadcastUint32x16(s.times))
	x = x.Xor(x.Mul(archsimd.BroadcastUint32x16(scramble2))).Add(archsimd.BroadcastUint32x16(s.then))
	x = x.Xor(x.Mul(archsimd.BroadcastUint32x16(scramble3)))
	low = x.Mul(archsimd.BroadcastUint32x16(golden)).Add(archsimd.BroadcastUint32x16(s.below))
	return reverse(x), low
}

// blurs is blur in each lane. Numbers that differ in their last four bits have one reach.
func blurs(high, low archsimd.Uint32x16, reach int) (archsimd.Uint32x16, archsimd.Uint32x16) {
	by := low.AsInt32x16().ShiftAllRight(uint64(reach))
	moved := high.Add(by.AsUint32x16())
	crossed := moved.Less(high).ToInt32x16().Xor(by.ShiftAllRight(31)).AsUint32x16()
	return moved.Xor(crossed), low.Xor(crossed)
}

// reverse is bits.Reverse32 in each lane: single bits change places, then pairs and so on.
func reverse(x archsimd.Uint32x16) archsimd.Uint32x16 {
	bits, pairs := archsimd.BroadcastUint32x16(0x55555555), archsimd.BroadcastUint32x16(0x33333333)
	fours, bytes := archsimd.BroadcastUint32x16(0x0f0f0f0f), archsimd.BroadcastUint32x16(0x00ff00ff)
	x = x.And(bits).ShiftAllLeft(1).Or(x.ShiftAllRight(1).And(bits))
	x = x.And(pairs).ShiftAllLeft(2).Or(x.ShiftAllRight(2).And(pairs))
	x = x.And(fours).ShiftAllLeft(4).Or(x.ShiftAllRight(4).And(fours))
	x = x.And(bytes).ShiftAllLeft(8).Or(x.ShiftAllRight(8).And(bytes))
	return x.RotateAllLeft(16)
}
