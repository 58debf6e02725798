// SPDX-License-Identifier: Apache-2.0

//go:build goexperiment.simd && amd64

package vec

import (
	"math"
	"math/bits"
	"simd/archsimd"
)

// normInvChunk is the number of lanes whose tails are gathered before they are computed.
const normInvChunk = 512

// A tails holds the lanes of a chunk that are outside of the middle, packed, with room for a whole register
// beyond the last; bit j of outside[b] is set if lane 8b+j is one of them.
type tails struct {
	packed  [normInvChunk + 8]float64
	outside [normInvChunk / 8]uint8
}

// ratioWide is a ratio whose coefficients are in memory eight times over: see eight.
type ratioWide struct{ over, under [8][8]float64 }

var normInvWide = onHeap(struct {
	central, near, tail ratioWide
	middleSq            [8]float64
}{normInvCentral.wide(), normInvNear.wide(), normInvTail.wide(), eight(normInvMiddleSq)})

func (p *ratio) wide() (w ratioWide) {
	for i := range p.over {
		w.over[i], w.under[i] = eight(p.over[i]), eight(p.under[i])
	}
	return w
}

// normInv computes every lane by the formula of the middle, gathers the 15% or so that it does not hold
// for, computes those together, and puts them back.
func normInv(dst, u []float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx2:
		n = normInvHalf(dst, u)
	case avx512:
		var t tails
		for n < len(dst)-7 {
			end := min(n+normInvChunk, len(dst)&^7)
			if found := t.middle(dst[n:end], u[n:end]); found > 0 {
				normInvTails(t.packed[:(found+7)&^7])
				t.unpack(dst[n:end])
			}
			n = end
		}
		archsimd.ClearAVXUpperBits()
	}
	normInvPlain(dst[n:], u[n:])
}

// middle sets dst to the formula of the middle, or to u-1/2 in lanes that are outside; it packs the u of
// those and returns their number.
func (t *tails) middle(dst, u []float64) (found int) {
	half, sign := archsimd.BroadcastFloat64x8(0.5), archsimd.BroadcastInt64x8(signBit)
	magnitude, middle := archsimd.BroadcastInt64x8(^signBit), archsimd.BroadcastFloat64x8(normInvMiddle)
	a7, b7 := archsimd.LoadFloat64x8(&normInvWide.central.over[7]), archsimd.LoadFloat64x8(&normInvWide.central.under[7])
	over, under, square := &normInvWide.central.over, &normInvWide.central.under, &normInvWide.middleSq
	u = u[:len(dst)]
	for i := 0; i < len(dst)-7; i += 8 {
		x := archsimd.LoadFloat64x8(at8(u, i))
		q := x.Sub(half)
		r := q.AsInt64x8().Xor(sign).AsFloat64x8().MulAdd(q, archsimd.LoadFloat64x8(square))
		p, d := a7.MulAdd(r, archsimd.LoadFloat64x8(&over[6])), b7.MulAdd(r, archsimd.LoadFloat64x8(&under[6]))
		p, d = p.MulAdd(r, archsimd.LoadFloat64x8(&over[5])), d.MulAdd(r, archsimd.LoadFloat64x8(&under[5]))
		p, d = p.MulAdd(r, archsimd.LoadFloat64x8(&over[4])), d.MulAdd(r, archsimd.LoadFloat64x8(&under[4]))
		p, d = p.MulAdd(r, archsimd.LoadFloat64x8(&over[3])), d.MulAdd(r, archsimd.LoadFloat64x8(&under[3]))
		p, d = p.MulAdd(r, archsimd.LoadFloat64x8(&over[2])), d.MulAdd(r, archsimd.LoadFloat64x8(&under[2]))
		p, d = p.MulAdd(r, archsimd.LoadFloat64x8(&over[1])), d.MulAdd(r, archsimd.LoadFloat64x8(&under[1]))
		p, d = p.MulAdd(r, archsimd.LoadFloat64x8(&over[0])), d.MulAdd(r, archsimd.LoadFloat64x8(&under[0]))
		inside := q.AsInt64x8().And(magnitude).AsFloat64x8().LessEqual(middle)
		q.Mul(p.Div(d)).Merge(q, inside).Store(at8(dst, i))

		outside := ^inside.ToBits()
		x.Compress(archsimd.Mask64x8FromBits(outside)).Store(at8(t.packed[:], found))
		t.outside[i/8] = outside
		found += bits.OnesCount64(uint64(outside))
	}
	// What follows the last is computed too: a number that needs no special care.
	archsimd.BroadcastFloat64x8(0.01).Store(at8(t.packed[:], found))
	return found
}

// normInvTails replaces each u by the size of its inverse, for whole registers of lanes outside of the middle.
func normInvTails(u []float64) {
	one, half, zero := archsimd.BroadcastFloat64x8(1), archsimd.BroadcastFloat64x8(0.5), archsimd.BroadcastFloat64x8(0)
	for i := 0; i < len(u)-7; i += 8 {
		x := archsimd.LoadFloat64x8(at8(u, i))
		one.Sub(x).Merge(x, x.Sub(half).Greater(zero)).Store(at8(u, i))
	}
	log(u, u)
	sign := archsimd.BroadcastInt64x8(signBit)
	far, near := archsimd.BroadcastFloat64x8(normInvFar), archsimd.BroadcastFloat64x8(normInvNearAt)
	infinite := archsimd.BroadcastFloat64x8(math.Inf(1))
	for i := 0; i < len(u)-7; i += 8 {
		// Of 0 and 1 the logarithm is -Inf, of what is no probability NaN.
		r := archsimd.LoadFloat64x8(at8(u, i)).AsInt64x8().Xor(sign).AsFloat64x8().Sqrt()
		size := normInvWide.near.at(r.Sub(near))
		if beyond := r.Greater(far); beyond.ToBits() != 0 {
			size = normInvWide.tail.at(r.Sub(far)).Merge(size, beyond)
			size = infinite.Merge(size, r.Equal(infinite))
		}
		size.Store(at8(u, i))
	}
}

// at is that of ratio over a register.
func (p *ratioWide) at(r f8) f8 {
	over, under := archsimd.LoadFloat64x8(&p.over[7]), archsimd.LoadFloat64x8(&p.under[7])
	over, under = over.MulAdd(r, archsimd.LoadFloat64x8(&p.over[6])), under.MulAdd(r, archsimd.LoadFloat64x8(&p.under[6]))
	over, under = over.MulAdd(r, archsimd.LoadFloat64x8(&p.over[5])), under.MulAdd(r, archsimd.LoadFloat64x8(&p.under[5]))
	over, under = over.MulAdd(r, archsimd.LoadFloat64x8(&p.over[4])), under.MulAdd(r, archsimd.LoadFloat64x8(&p.under[4]))
	over, under = over.MulAdd(r, archsimd.LoadFloat64x8(&p.over[3])), under.MulAdd(r, archsimd.LoadFloat64x8(&p.under[3]))
	over, under = over.MulAdd(r, archsimd.LoadFloat64x8(&p.over[2])), under.MulAdd(r, archsimd.LoadFloat64x8(&p.under[2]))
	over, under = over.MulAdd(r, archsimd.LoadFloat64x8(&p.over[1])), under.MulAdd(r, archsimd.LoadFloat64x8(&p.under[1]))
	over, under = over.MulAdd(r, archsimd.LoadFloat64x8(&p.over[0])), under.MulAdd(r, archsimd.LoadFloat64x8(&p.under[0]))
	return over.Div(under)
}

// unpack puts the packed sizes back where they were found, on the side that u-1/2 says.
func (t *tails) unpack(dst []float64) {
	sign, magnitude := archsimd.BroadcastInt64x8(signBit), archsimd.BroadcastInt64x8(^signBit)
	found := 0
	for i := 0; i < len(dst)-7; i += 8 {
		outside := t.outside[i/8]
		mask := archsimd.Mask64x8FromBits(outside)
		x := archsimd.LoadFloat64x8(at8(dst, i))
		size := archsimd.LoadFloat64x8(at8(t.packed[:], found)).Expand(mask)
		signed := size.AsInt64x8().And(magnitude).Or(x.AsInt64x8().And(sign)).AsFloat64x8()
		signed.Merge(x, mask).Store(at8(dst, i))
		found += bits.OnesCount64(uint64(outside))
	}
}

// normInvHalf has the formula of the middle for four lanes at once, and the others one by one.
func normInvHalf(dst, u []float64) (done int) {
	var outside [normInvChunk / 4]uint8
	for done < len(dst)-3 {
		end := min(done+normInvChunk, len(dst)&^3)
		chunk := dst[done:end]
		normInvMiddleHalf(chunk, u[done:end], &outside)
		for b := range len(chunk) / 4 {
			for rest := outside[b]; rest != 0; rest &= rest - 1 {
				lane := 4*b + bits.TrailingZeros8(rest)
				chunk[lane] = NormInvOf(chunk[lane])
			}
		}
		done = end
	}
	return done
}

// normInvMiddleHalf sets dst to the formula of the middle, or to u in lanes that are outside, which are
// those whose bits are set.
func normInvMiddleHalf(dst, u []float64, outside *[normInvChunk / 4]uint8) {
	half, middle, square := archsimd.BroadcastFloat64x4(0.5), archsimd.BroadcastFloat64x4(normInvMiddle), archsimd.BroadcastFloat64x4(normInvMiddleSq)
	sign, magnitude := archsimd.BroadcastInt64x4(signBit), archsimd.BroadcastInt64x4(^signBit)
	over, under := &normInvCentral.over, &normInvCentral.under
	a7, b7 := archsimd.BroadcastFloat64x4(over[7]), archsimd.BroadcastFloat64x4(under[7])
	a6, b6 := archsimd.BroadcastFloat64x4(over[6]), archsimd.BroadcastFloat64x4(under[6])
	a5, b5 := archsimd.BroadcastFloat64x4(over[5]), archsimd.BroadcastFloat64x4(under[5])
	a4, b4 := archsimd.BroadcastFloat64x4(over[4]), archsimd.BroadcastFloat64x4(under[4])
	a3, b3 := archsimd.BroadcastFloat64x4(over[3]), archsimd.BroadcastFloat64x4(under[3])
	a2, b2 := archsimd.BroadcastFloat64x4(over[2]), archsimd.BroadcastFloat64x4(under[2])
	a1, b1 := archsimd.BroadcastFloat64x4(over[1]), archsimd.BroadcastFloat64x4(under[1])
	a0, b0 := archsimd.BroadcastFloat64x4(over[0]), archsimd.BroadcastFloat64x4(under[0])
	u = u[:len(dst)]
	for i := 0; i < len(dst)-3; i += 4 {
		x := archsimd.LoadFloat64x4(at4(u, i))
		q := x.Sub(half)
		r := q.AsInt64x4().Xor(sign).AsFloat64x4().MulAdd(q, square)
		p, d := a7.MulAdd(r, a6), b7.MulAdd(r, b6)
		p, d = p.MulAdd(r, a5), d.MulAdd(r, b5)
		p, d = p.MulAdd(r, a4), d.MulAdd(r, b4)
		p, d = p.MulAdd(r, a3), d.MulAdd(r, b3)
		p, d = p.MulAdd(r, a2), d.MulAdd(r, b2)
		p, d = p.MulAdd(r, a1), d.MulAdd(r, b1)
		p, d = p.MulAdd(r, a0), d.MulAdd(r, b0)
		inside := q.AsInt64x4().And(magnitude).AsFloat64x4().LessEqual(middle)
		q.Mul(p.Div(d)).Merge(x, inside).Store(at4(dst, i))
		outside[i/4] = inside.ToBits() ^ 0xf
	}
	archsimd.ClearAVXUpperBits()
}
