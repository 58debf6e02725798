// SPDX-License-Identifier: Apache-2.0

//go:build goexperiment.simd && amd64

package vec

import "simd/archsimd"

func exp(dst, a []float64) {
	n := 0
	if kernelFor(len(dst)) == avx512 {
		n = expWide(dst, a)
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
