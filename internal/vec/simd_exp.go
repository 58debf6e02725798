// SPDX-License-Identifier: Apache-2.0

//go:build goexperiment.simd && amd64

package vec

import "simd/archsimd"

// grow runs registers until one holds a lane whose power is beyond expNear; the twin does that register, and
// the last few lanes.
func grow(dst, a []float64, c float64, by [3]float64) {
	for kernelFor(len(dst)) == avx512 {
		n := growWide(dst, a, c, by)
		dst, a = dst[n:], a[n:]
		n = min(8, len(dst))
		growPlain(dst[:n], a[:n], c, by)
		dst, a = dst[n:], a[n:]
	}
	n := 0
	if kernelFor(len(dst)) == avx2 {
		n = growHalf(dst, a, c, by)
	}
	growPlain(dst[n:], a[n:], c, by)
}

// expNear is in the range of numbers whose power is neither infinite nor subnormal.
const expNear = 700

// expWide has the constants of growWide: see eight. The coefficients are those of r^3, r^4 and on.
var expWide = onHeap(struct {
	of                             [6][8]float64
	half, eighth, minusHi, minusLo [8]float64
	hi, lo                         [8]float64
}{
	[6][8]float64{eight(exp3), eight(exp4), eight(exp5), eight(exp6), eight(exp7), eight(exp8)},
	eight(0.5), eight(0.125), eight(-ln2By8Hi), eight(-ln2By8Lo), exp2Hi, exp2Lo,
})

// growWide is ExpOf over registers, of a sum and times three numbers. The table is one register, and its index
// the last three bits of the shifted number; Scale multiplies by 2^floor(k/8). It returns how many lanes it did
// before one that is not near: to clamp those would stand before all the rest.
func growWide(dst, a []float64, c float64, by [3]float64) (i int) {
	w := expWide
	eighths, shift := archsimd.BroadcastFloat64x8(eighthsPerLn2), archsimd.BroadcastFloat64x8(shifter)
	magnitude, near := archsimd.BroadcastInt64x8(^signBit), archsimd.BroadcastFloat64x8(expNear)
	plus, by0, by1, by2 := archsimd.BroadcastFloat64x8(c), archsimd.BroadcastFloat64x8(by[0]), archsimd.BroadcastFloat64x8(by[1]), archsimd.BroadcastFloat64x8(by[2])
	a = a[:len(dst)]
	for ; i < len(dst)-7; i += 8 {
		x := archsimd.LoadFloat64x8(at8(a, i)).Add(plus)
		if x.AsInt64x8().And(magnitude).AsFloat64x8().LessEqual(near).ToBits() != 0xff {
			break
		}
		shifted := x.MulAdd(eighths, shift)
		k := shifted.Sub(shift)
		r := k.MulAdd(archsimd.LoadFloat64x8(&w.minusLo), k.MulAdd(archsimd.LoadFloat64x8(&w.minusHi), x))

		q := archsimd.LoadFloat64x8(&w.of[5]).MulAdd(r, archsimd.LoadFloat64x8(&w.of[4]))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&w.of[3]))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&w.of[2]))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&w.of[1]))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&w.of[0]))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&w.half))
		p := r.Mul(r).MulAdd(q, r)

		j := shifted.AsUint64x8()
		hi := archsimd.LoadFloat64x8(&w.hi).Permute(j)
		y := hi.Add(p.MulAdd(hi, archsimd.LoadFloat64x8(&w.lo).Permute(j))).Scale(k.Mul(archsimd.LoadFloat64x8(&w.eighth)))
		y.Mul(by0).Mul(by1).Mul(by2).Store(at8(dst, i))
	}
	archsimd.ClearAVXUpperBits()
	return i
}

// growHalf is growWide with four lanes. A table is two registers of which the last bit but two chooses, each
// looked up by halves of its elements; the power of two is multiplied in two steps, as timesPow2 does.
func growHalf(dst, a []float64, c float64, by [3]float64) int {
	top, bottom := archsimd.BroadcastFloat64x4(expMax), archsimd.BroadcastFloat64x4(expMin)
	eighths, shift := archsimd.BroadcastFloat64x4(eighthsPerLn2), archsimd.BroadcastFloat64x4(shifter)
	minusHi, minusLo := archsimd.BroadcastFloat64x4(-ln2By8Hi), archsimd.BroadcastFloat64x4(-ln2By8Lo)
	c3, c4, c5 := archsimd.BroadcastFloat64x4(exp3), archsimd.BroadcastFloat64x4(exp4), archsimd.BroadcastFloat64x4(exp5)
	c6, c7, c8 := archsimd.BroadcastFloat64x4(exp6), archsimd.BroadcastFloat64x4(exp7), archsimd.BroadcastFloat64x4(exp8)
	half, bias := archsimd.BroadcastFloat64x4(0.5), archsimd.BroadcastInt32x8(1023)
	six, upper, four := archsimd.BroadcastUint64x4(6), archsimd.BroadcastUint64x4(1<<32), archsimd.BroadcastUint64x4(4)
	hi03, hi47 := archsimd.LoadFloat64x4Slice(exp2Hi[:4]).AsUint32x8(), archsimd.LoadFloat64x4Slice(exp2Hi[4:]).AsUint32x8()
	lo03, lo47 := archsimd.LoadFloat64x4Slice(exp2Lo[:4]).AsUint32x8(), archsimd.LoadFloat64x4Slice(exp2Lo[4:]).AsUint32x8()

	plus, by0, by1, by2 := archsimd.BroadcastFloat64x4(c), archsimd.BroadcastFloat64x4(by[0]), archsimd.BroadcastFloat64x4(by[1]), archsimd.BroadcastFloat64x4(by[2])

	n := map4(dst, a, func(x f4) f4 {
		x = x.Add(plus)
		x = top.Merge(x, x.Greater(top))
		x = bottom.Merge(x, x.Less(bottom))
		shifted := x.MulAdd(eighths, shift)
		k := shifted.Sub(shift)
		r := minusLo.MulAdd(k, minusHi.MulAdd(k, x))

		q := c8.MulAdd(r, c7)
		q = q.MulAdd(r, c6)
		q = q.MulAdd(r, c5)
		q = q.MulAdd(r, c4)
		q = q.MulAdd(r, c3)
		q = q.MulAdd(r, half)
		p := r.Mul(r).MulAdd(q, r)

		n := shifted.AsUint64x4()
		twice := n.ShiftAllLeft(1).And(six)
		j := twice.Or(twice.ShiftAllLeft(32)).Or(upper).AsUint32x8()
		second := n.And(four).Equal(four)
		hi := hi47.Permute(j).AsFloat64x4().Merge(hi03.Permute(j).AsFloat64x4(), second)
		lo := lo47.Permute(j).AsFloat64x4().Merge(lo03.Permute(j).AsFloat64x4(), second)
		y := hi.Add(p.MulAdd(hi, lo))

		m := shifted.AsInt32x8().ShiftAllRight(3)
		half := m.ShiftAllRight(1)
		rest := m.Sub(half)
		y = y.Mul(half.Add(bias).AsUint64x4().ShiftAllLeft(52).AsFloat64x4())
		y = y.Mul(rest.Add(bias).AsUint64x4().ShiftAllLeft(52).AsFloat64x4())
		return y.Mul(by0).Mul(by1).Mul(by2)
	})
	archsimd.ClearAVXUpperBits()
	return n
}
