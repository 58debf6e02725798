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

// logsWide has the constants of logWide: see eight. The coefficients are those of r^3, r^4 and on.
var logsWide = onHeap(struct {
	least, span, offset, exponent, sign [8]uint64
	of                                  [10][8]float64
	minusOne, half, ln2Hi, ln2Lo        [8]float64
	c, hi, lo                           [16]float64
}{
	eight(uint64(minNormalBits)), eight(uint64(infBits - minNormalBits)), eight(uint64(logOffset)), eight(uint64(0xfff << 52)), eight(uint64(1 << 63)),
	[10][8]float64{eight(log3), eight(log4), eight(log5), eight(log6), eight(log7), eight(log8), eight(log9), eight(log10), eight(log11), eight(log12)},
	eight(-1.0), eight(0.5), eight(ln2Hi), eight(ln2Lo), logC, logHi, logLo,
})

// logWide is LogOf over registers, each table in two of them. It returns how many lanes it did before
// one that needs logEdge or is subnormal.
func logWide(dst, a []float64) (i int) {
	w := logsWide
	a = a[:len(dst)]
	for ; i < len(dst)-7; i += 8 {
		bits := archsimd.LoadFloat64x8(at8(a, i)).AsUint64x8()
		if bits.Sub(archsimd.LoadUint64x8(&w.least)).GreaterEqual(archsimd.LoadUint64x8(&w.span)).ToBits() != 0 {
			break
		}
		offset := bits.Sub(archsimd.LoadUint64x8(&w.offset))
		j := offset.AsInt64x8().ShiftAllRight(48).AsUint64x8() // its last four bits count
		k := offset.AsInt64x8().ShiftAllRight(52).ConvertToFloat64()
		m := bits.Sub(offset.And(archsimd.LoadUint64x8(&w.exponent))).AsFloat64x8()
		r := m.MulAdd(table8(&w.c, j), archsimd.LoadFloat64x8(&w.minusOne))

		q := archsimd.LoadFloat64x8(&w.of[9]).MulAdd(r, archsimd.LoadFloat64x8(&w.of[8]))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&w.of[7]))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&w.of[6]))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&w.of[5]))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&w.of[4]))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&w.of[3]))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&w.of[2]))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&w.of[1]))
		q = q.MulAdd(r, archsimd.LoadFloat64x8(&w.of[0]))

		table := archsimd.LoadFloat64x8(&w.ln2Hi).MulAdd(k, table8(&w.hi, j))
		linear := table.Add(r)
		linearLost := table.Sub(linear).Add(r)
		halfR := archsimd.LoadFloat64x8(&w.half).Mul(r)
		square := halfR.Mul(r)
		squareLost := halfR.MulAdd(r, square.AsUint64x8().Xor(archsimd.LoadUint64x8(&w.sign)).AsFloat64x8())
		hi := linear.Sub(square)
		hiLost := linear.Sub(hi).Sub(square)
		rest := archsimd.LoadFloat64x8(&w.ln2Lo).MulAdd(k, table8(&w.lo, j)).Sub(squareLost)
		lo := linearLost.Add(hiLost).Add(q.Mul(r).MulAdd(r.Mul(r), rest))
		hi.Add(lo).Store(at8(dst, i))
	}
	archsimd.ClearAVXUpperBits()
	return i
}

// table8 looks up sixteen numbers.
func table8(table *[16]float64, j archsimd.Uint64x8) f8 {
	return archsimd.LoadFloat64x8(at8(table[:], 0)).ConcatPermute(archsimd.LoadFloat64x8(at8(table[:], 8)), j)
}
