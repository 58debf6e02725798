// SPDX-License-Identifier: Apache-2.0

//go:build goexperiment.simd && amd64

package vec

import "simd/archsimd"

// log runs registers until one holds a lane that is not positive, normal and finite; the twin does that
// register, and the last few lanes.
func log(dst, a []float64) {
	for kernelFor(len(dst)) == avx512 {
		n := logWide(dst, a)
		dst, a = dst[n:], a[n:]
		n = min(8, len(dst))
		logPlain(dst[:n], a[:n])
		dst, a = dst[n:], a[n:]
	}
	logPlain(dst, a)
}

// logWide is LogOf over registers, each table in two of them. It returns how many lanes it did before
// one that needs logEdge or is subnormal.
func logWide(dst, a []float64) int {
	least, span := archsimd.BroadcastUint64x8(minNormalBits), archsimd.BroadcastUint64x8(infBits-minNormalBits)
	offsets, exponent := archsimd.BroadcastUint64x8(logOffset), archsimd.BroadcastUint64x8(0xfff<<52)
	tableC, tableC1 := archsimd.LoadFloat64x8Slice(logC[:8]), archsimd.LoadFloat64x8Slice(logC[8:])
	tableHi, tableHi1 := archsimd.LoadFloat64x8Slice(logHi[:8]), archsimd.LoadFloat64x8Slice(logHi[8:])
	tableLo, tableLo1 := archsimd.LoadFloat64x8Slice(logLo[:8]), archsimd.LoadFloat64x8Slice(logLo[8:])
	minusOne, half := archsimd.BroadcastFloat64x8(-1), archsimd.BroadcastFloat64x8(0.5)
	ln2High, ln2Low := archsimd.BroadcastFloat64x8(ln2Hi), archsimd.BroadcastFloat64x8(ln2Lo)
	c3, c4 := archsimd.BroadcastFloat64x8(log3), archsimd.BroadcastFloat64x8(log4)
	c5, c6 := archsimd.BroadcastFloat64x8(log5), archsimd.BroadcastFloat64x8(log6)
	c7, c8 := archsimd.BroadcastFloat64x8(log7), archsimd.BroadcastFloat64x8(log8)
	c9, c10 := archsimd.BroadcastFloat64x8(log9), archsimd.BroadcastFloat64x8(log10)
	c11, c12 := archsimd.BroadcastFloat64x8(log11), archsimd.BroadcastFloat64x8(log12)
	sign := archsimd.BroadcastInt64x8(signBit)
	i := 0
	a = a[:len(dst)]
	for ; i < len(dst)-7; i += 8 {
		bits := archsimd.LoadFloat64x8(at8(a, i)).AsUint64x8()
		if bits.Sub(least).GreaterEqual(span).ToBits() != 0 {
			break
		}
		offset := bits.Sub(offsets)
		j := offset.ShiftAllRight(48)
		k := offset.AsInt64x8().ShiftAllRight(52).ConvertToFloat64()
		m := bits.Sub(offset.And(exponent)).AsFloat64x8()
		r := m.MulAdd(tableC.ConcatPermute(tableC1, j), minusOne)

		q := r.MulAdd(c12, c11)
		q = r.MulAdd(q, c10)
		q = r.MulAdd(q, c9)
		q = r.MulAdd(q, c8)
		q = r.MulAdd(q, c7)
		q = r.MulAdd(q, c6)
		q = r.MulAdd(q, c5)
		q = r.MulAdd(q, c4)
		q = r.MulAdd(q, c3)

		table := k.MulAdd(ln2High, tableHi.ConcatPermute(tableHi1, j))
		linear := table.Add(r)
		linearLost := table.Sub(linear).Add(r)
		halfR := half.Mul(r)
		square := halfR.Mul(r)
		squareLost := halfR.MulAdd(r, square.AsInt64x8().Xor(sign).AsFloat64x8())
		hi := linear.Sub(square)
		hiLost := linear.Sub(hi).Sub(square)
		rest := k.MulAdd(ln2Low, tableLo.ConcatPermute(tableLo1, j)).Sub(squareLost)
		lo := linearLost.Add(hiLost).Add(r.Mul(r).MulAdd(r.Mul(q), rest))
		hi.Add(lo).Store(at8(dst, i))
	}
	archsimd.ClearAVXUpperBits()
	return i
}
