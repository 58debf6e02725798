// SPDX-License-Identifier: Apache-2.0

//go:build goexperiment.simd && amd64

package vec

import (
	"math/bits"
	"simd/archsimd"
)

// normInvChunk is the number of lanes whose tails are gathered before they are computed.
const normInvChunk = 128

// tails holds the lanes of a chunk that are outside of the middle, packed, with room for a whole register
// beyond the last.
type tails [normInvChunk + 8]float64

// normInv computes every lane by the formula of the middle, gathers the 15% or so that it does not hold
// for, computes those together, and puts them back.
func normInv(dst, u []float64) {
	n := 0
	if kernelFor(len(dst)) == avx512 {
		var packed, work tails
		var where [normInvChunk / 8]uint8
		for n < len(dst)-7 {
			end := min(n+normInvChunk, len(dst)&^7)
			if found := normInvMiddleWide(dst[n:end], u[n:end], &packed, &where); found > 0 {
				normInvTails(packed[:(found+7)&^7], work[:(found+7)&^7])
				unpack(dst[n:end], &packed, &where)
			}
			n = end
		}
		archsimd.ClearAVXUpperBits()
	}
	normInvPlain(dst[n:], u[n:])
}

// normInvMiddleWide sets dst to the formula of the middle and packs the u of the other lanes, of which it
// returns the number; bit j of where[b] is set if lane 8b+j is one of them.
func normInvMiddleWide(dst, u []float64, packed *tails, where *[normInvChunk / 8]uint8) (found int) {
	half, middle, square := archsimd.BroadcastFloat64x8(0.5), archsimd.BroadcastFloat64x8(normInvMiddle), archsimd.BroadcastFloat64x8(normInvMiddleSq)
	sign, magnitude := archsimd.BroadcastInt64x8(signBit), archsimd.BroadcastInt64x8(^signBit)
	over, under := &normInvCentral.over, &normInvCentral.under
	a7, b7 := archsimd.BroadcastFloat64x8(over[7]), archsimd.BroadcastFloat64x8(under[7])
	a6, b6 := archsimd.BroadcastFloat64x8(over[6]), archsimd.BroadcastFloat64x8(under[6])
	a5, b5 := archsimd.BroadcastFloat64x8(over[5]), archsimd.BroadcastFloat64x8(under[5])
	a4, b4 := archsimd.BroadcastFloat64x8(over[4]), archsimd.BroadcastFloat64x8(under[4])
	a3, b3 := archsimd.BroadcastFloat64x8(over[3]), archsimd.BroadcastFloat64x8(under[3])
	a2, b2 := archsimd.BroadcastFloat64x8(over[2]), archsimd.BroadcastFloat64x8(under[2])
	a1, b1 := archsimd.BroadcastFloat64x8(over[1]), archsimd.BroadcastFloat64x8(under[1])
	a0, b0 := archsimd.BroadcastFloat64x8(over[0]), archsimd.BroadcastFloat64x8(under[0])
	u = u[:len(dst)]
	for i := 0; i < len(dst)-7; i += 8 {
		x := archsimd.LoadFloat64x8(at8(u, i))
		q := x.Sub(half)
		minus := q.AsInt64x8().Xor(sign).AsFloat64x8()
		r := minus.MulAdd(q, square)
		p, d := a7.MulAdd(r, a6), b7.MulAdd(r, b6)
		p, d = p.MulAdd(r, a5), d.MulAdd(r, b5)
		p, d = p.MulAdd(r, a4), d.MulAdd(r, b4)
		p, d = p.MulAdd(r, a3), d.MulAdd(r, b3)
		p, d = p.MulAdd(r, a2), d.MulAdd(r, b2)
		p, d = p.MulAdd(r, a1), d.MulAdd(r, b1)
		p, d = p.MulAdd(r, a0), d.MulAdd(r, b0)
		q.Mul(p.Div(d)).Store(at8(dst, i))

		size := q.AsInt64x8().And(magnitude).AsFloat64x8()
		outside := ^size.LessEqual(middle).ToBits()
		x.Compress(archsimd.Mask64x8FromBits(outside)).Store((*[8]float64)(packed[found:]))
		where[i/8] = outside
		found += bits.OnesCount8(outside)
	}
	// What follows the last is computed too: a number that needs no special care.
	archsimd.BroadcastFloat64x8(0.01).Store((*[8]float64)(packed[found:]))
	return found
}

// normInvTails replaces each u by its inverse, for whole registers of lanes outside of the middle.
func normInvTails(u, work []float64) {
	one, half, zero := archsimd.BroadcastFloat64x8(1), archsimd.BroadcastFloat64x8(0.5), archsimd.BroadcastFloat64x8(0)
	for i := 0; i < len(u)-7; i += 8 {
		x := archsimd.LoadFloat64x8(at8(u, i))
		one.Sub(x).Merge(x, x.Sub(half).Greater(zero)).Store(at8(work, i))
	}
	log(work, work)
	normInvOfLogs(u, work)
}

// normInvOfLogs is the rest of normInvTails, given log(min(u, 1-u)).
func normInvOfLogs(u, logs []float64) {
	half := archsimd.BroadcastFloat64x8(0.5)
	sign, magnitude := archsimd.BroadcastInt64x8(signBit), archsimd.BroadcastInt64x8(^signBit)
	far, near := archsimd.BroadcastFloat64x8(normInvFar), archsimd.BroadcastFloat64x8(normInvNearAt)
	least := archsimd.BroadcastFloat64x8(-1000) // below the logarithm of any float64 above 0
	for i := 0; i < len(u)-7; i += 8 {
		x, l := archsimd.LoadFloat64x8(at8(u, i)), archsimd.LoadFloat64x8(at8(logs, i))
		if l.Greater(least).ToBits() != 0xff {
			normInvPlain(u[i:i+8], u[i:i+8])
			continue
		}
		r := l.AsInt64x8().Xor(sign).AsFloat64x8().Sqrt()
		size := normInvNear.at8(r.Sub(near))
		if beyond := r.Greater(far); beyond.ToBits() != 0 {
			size = normInvTail.at8(r.Sub(far)).Merge(size, beyond)
		}
		side := x.Sub(half).AsInt64x8().And(sign)
		size.AsInt64x8().And(magnitude).Or(side).AsFloat64x8().Store(at8(u, i))
	}
}

// at8 is at over a register. Coefficients come from memory: calls are few.
func (p *ratio) at8(r f8) f8 {
	over, under := archsimd.BroadcastFloat64x8(p.over[7]), archsimd.BroadcastFloat64x8(p.under[7])
	for i := 6; i >= 0; i-- {
		over = over.MulAdd(r, archsimd.BroadcastFloat64x8(p.over[i]))
		under = under.MulAdd(r, archsimd.BroadcastFloat64x8(p.under[i]))
	}
	return over.Div(under)
}

// unpack puts the packed lanes back where they were found.
func unpack(dst []float64, packed *tails, where *[normInvChunk / 8]uint8) {
	found := 0
	for i := 0; i < len(dst)-7; i += 8 {
		outside := where[i/8]
		mask := archsimd.Mask64x8FromBits(outside)
		spread := archsimd.LoadFloat64x8((*[8]float64)(packed[found:])).Expand(mask)
		spread.Merge(archsimd.LoadFloat64x8(at8(dst, i)), mask).Store(at8(dst, i))
		found += bits.OnesCount8(outside)
	}
}
