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

// The constants: see eight.
var (
	leastBitsWide, spanBitsWide    = eight(uint64(minNormalBits)), eight(uint64(infBits - minNormalBits))
	logOffsetWide, exponentWide    = eight(uint64(logOffset)), eight(uint64(0xfff << 52))
	signWide, minusOneWide         = eight(int64(signBit)), eight(-1.0)
	log3Wide, log4Wide, log5Wide   = eight(log3), eight(log4), eight(log5)
	log6Wide, log7Wide, log8Wide   = eight(log6), eight(log7), eight(log8)
	log9Wide, log10Wide, log11Wide = eight(log9), eight(log10), eight(log11)
)

// logWide is LogOf over registers, each table in two of them. It returns how many lanes it did before
// one that needs logEdge or is subnormal.
func logWide(dst, a []float64) (i int) {
	tableC, tableHi, tableLo := archsimd.LoadFloat64x8Slice(logC[:8]), archsimd.LoadFloat64x8Slice(logHi[:8]), archsimd.LoadFloat64x8Slice(logLo[:8])
	ln2High, ln2Low := archsimd.BroadcastFloat64x8(ln2Hi), archsimd.BroadcastFloat64x8(ln2Lo)
	c12, half := archsimd.BroadcastFloat64x8(log12), archsimd.BroadcastFloat64x8(0.5)
	a = a[:len(dst)]
	for ; i < len(dst)-7; i += 8 {
		bits := archsimd.LoadFloat64x8(at8(a, i)).AsUint64x8()
		if bits.Sub(archsimd.LoadUint64x8(&leastBitsWide)).GreaterEqual(archsimd.LoadUint64x8(&spanBitsWide)).ToBits() != 0 {
			break
		}
		offset := bits.Sub(archsimd.LoadUint64x8(&logOffsetWide))
		j := offset.ShiftAllRight(48)
		k := offset.AsInt64x8().ShiftAllRight(52).ConvertToFloat64()
		m := bits.Sub(offset.And(archsimd.LoadUint64x8(&exponentWide))).AsFloat64x8()
		r := m.MulAdd(tableC.ConcatPermute(archsimd.LoadFloat64x8Slice(logC[8:]), j), archsimd.LoadFloat64x8(&minusOneWide))

		q := c12.MulAdd(r, archsimd.LoadFloat64x8(&log11Wide))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&log10Wide))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&log9Wide))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&log8Wide))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&log7Wide))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&log6Wide))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&log5Wide))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&log4Wide))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&log3Wide))

		table := ln2High.MulAdd(k, tableHi.ConcatPermute(archsimd.LoadFloat64x8Slice(logHi[8:]), j))
		linear := table.Add(r)
		linearLost := table.Sub(linear).Add(r)
		halfR := half.Mul(r)
		square := halfR.Mul(r)
		squareLost := halfR.MulAdd(r, square.AsInt64x8().Xor(archsimd.LoadInt64x8(&signWide)).AsFloat64x8())
		hi := linear.Sub(square)
		hiLost := linear.Sub(hi).Sub(square)
		rest := ln2Low.MulAdd(k, tableLo.ConcatPermute(archsimd.LoadFloat64x8Slice(logLo[8:]), j)).Sub(squareLost)
		lo := linearLost.Add(hiLost).Add(q.Mul(r).MulAdd(r.Mul(r), rest))
		hi.Add(lo).Store(at8(dst, i))
	}
	archsimd.ClearAVXUpperBits()
	return i
}
