// SPDX-License-Identifier: Apache-2.0

//go:build goexperiment.simd && amd64

package vec

import "simd/archsimd"

func exp(dst, a []float64) {
	n := 0
	switch kernelFor(len(dst)) {
	case avx512:
		n = expWide(dst, a)
	case avx2:
		n = expHalf(dst, a)
	}
	expPlain(dst[n:], a[n:])
}

// Coefficients of the polynomial; see eight.
var (
	exp3Wide, exp4Wide, exp5Wide = eight(exp3), eight(exp4), eight(exp5)
	exp6Wide, exp7Wide, halfWide = eight(exp6), eight(exp7), eight(0.5)
)

// expWide is ExpOf over registers. The table is one register, and its index the last three bits of the
// shifted number; Scale multiplies by 2^floor(k/8), rounding once as timesPow2 does.
func expWide(dst, a []float64) int {
	top, bottom := archsimd.BroadcastFloat64x8(expMax), archsimd.BroadcastFloat64x8(expMin)
	eighths, shift := archsimd.BroadcastFloat64x8(eighthsPerLn2), archsimd.BroadcastFloat64x8(shifter)
	minusHi, minusLo := archsimd.BroadcastFloat64x8(-ln2By8Hi), archsimd.BroadcastFloat64x8(-ln2By8Lo)
	c8, eighth := archsimd.BroadcastFloat64x8(exp8), archsimd.BroadcastFloat64x8(0.125)
	tableHi, tableLo := archsimd.LoadFloat64x8(&exp2Hi), archsimd.LoadFloat64x8(&exp2Lo)

	n := map8(dst, a, func(x f8) f8 {
		x = top.Merge(x, x.Greater(top))
		x = bottom.Merge(x, x.Less(bottom))
		shifted := x.MulAdd(eighths, shift)
		k := shifted.Sub(shift)
		r := minusLo.MulAdd(k, minusHi.MulAdd(k, x))

		q := c8.MulAdd(r, archsimd.LoadFloat64x8(&exp7Wide))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&exp6Wide))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&exp5Wide))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&exp4Wide))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&exp3Wide))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&halfWide))
		p := r.Mul(r).MulAdd(q, r)

		j := shifted.AsUint64x8()
		hi := tableHi.Permute(j)
		return hi.Add(p.MulAdd(hi, tableLo.Permute(j))).Scale(k.Mul(eighth))
	})
	archsimd.ClearAVXUpperBits()
	return n
}

// expHalf is expWide with four lanes. A table is two registers of which the last bit but two chooses, each
// looked up by halves of its elements; the power of two is multiplied in two steps, as timesPow2 does.
func expHalf(dst, a []float64) int {
	top, bottom := archsimd.BroadcastFloat64x4(expMax), archsimd.BroadcastFloat64x4(expMin)
	eighths, shift := archsimd.BroadcastFloat64x4(eighthsPerLn2), archsimd.BroadcastFloat64x4(shifter)
	minusHi, minusLo := archsimd.BroadcastFloat64x4(-ln2By8Hi), archsimd.BroadcastFloat64x4(-ln2By8Lo)
	c3, c4, c5 := archsimd.BroadcastFloat64x4(exp3), archsimd.BroadcastFloat64x4(exp4), archsimd.BroadcastFloat64x4(exp5)
	c6, c7, c8 := archsimd.BroadcastFloat64x4(exp6), archsimd.BroadcastFloat64x4(exp7), archsimd.BroadcastFloat64x4(exp8)
	half, bias := archsimd.BroadcastFloat64x4(0.5), archsimd.BroadcastInt32x8(1023)
	six, upper, four := archsimd.BroadcastUint64x4(6), archsimd.BroadcastUint64x4(1<<32), archsimd.BroadcastUint64x4(4)
	hi03, hi47 := archsimd.LoadFloat64x4Slice(exp2Hi[:4]).AsUint32x8(), archsimd.LoadFloat64x4Slice(exp2Hi[4:]).AsUint32x8()
	lo03, lo47 := archsimd.LoadFloat64x4Slice(exp2Lo[:4]).AsUint32x8(), archsimd.LoadFloat64x4Slice(exp2Lo[4:]).AsUint32x8()

	n := map4(dst, a, func(x f4) f4 {
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
		first := m.ShiftAllRight(1)
		rest := m.Sub(first)
		y = y.Mul(first.Add(bias).AsUint64x4().ShiftAllLeft(52).AsFloat64x4())
		return y.Mul(rest.Add(bias).AsUint64x4().ShiftAllLeft(52).AsFloat64x4())
	})
	archsimd.ClearAVXUpperBits()
	return n
}
