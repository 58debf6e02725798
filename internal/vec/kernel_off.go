// SPDX-License-Identifier: Apache-2.0

//go:build !goexperiment.simd || !amd64

package vec

// Without the experiment simd/archsimd of Go, or on another architecture, every loop is its plain twin.

func bestKernel() kernel { return plain }

func whyNoBetter() string { return "the program was built without them (GOEXPERIMENT=simd)" }

func fill(dst []float64, c float64)         { fillPlain(dst, c) }
func add(dst, a, b []float64)               { addPlain(dst, a, b) }
func sub(dst, a, b []float64)               { subPlain(dst, a, b) }
func mul(dst, a, b []float64)               { mulPlain(dst, a, b) }
func div(dst, a, b []float64)               { divPlain(dst, a, b) }
func scale(dst, a []float64, c float64)     { scalePlain(dst, a, c) }
func addScaled(dst, a []float64, c float64) { addScaledPlain(dst, a, c) }
func mulAdd(dst, a, b, c []float64)         { mulAddPlain(dst, a, b, c) }
func negate(dst, a []float64)               { negatePlain(dst, a) }
func roundEven(dst, a []float64)            { roundEvenPlain(dst, a) }

func minimum(dst, a, b []float64)                     { minPlain(dst, a, b) }
func maximum(dst, a, b []float64)                     { maxPlain(dst, a, b) }
func minOf(dst, a []float64, c float64)               { minOfPlain(dst, a, c) }
func maxOf(dst, a []float64, c float64)               { maxOfPlain(dst, a, c) }
func excess(dst, a, b []float64)                      { excessPlain(dst, a, b) }
func choose(dst, mask, a, b []float64)                { selectPlain(dst, mask, a, b) }
func anySet(mask []float64) bool                      { return anyPlain(mask) }
func allEqual(a []float64, c float64) bool            { return allEqualPlain(a, c) }
func sumChunkOf(a []float64) float64                  { return sumChunkPlain(a) }
func log(dst, a []float64)                            { logPlain(dst, a) }
func grow(dst, a []float64, c float64, by [3]float64) { growPlain(dst, a, c, by) }
func normInv(dst, u []float64)                        { normInvPlain(dst, u) }

func below(dst, a []float64, c float64)                         { belowPlain(dst, a, c) }
func rotate(a, b []float64, u, z float64)                       { rotatePlain(a, b, u, z) }
func addOf(dst, a []float64, c float64)                         { addOfPlain(dst, a, c) }
func divOf(dst, a []float64, c float64)                         { divOfPlain(dst, a, c) }
func short(dst, a []float64, c float64)                         { shortPlain(dst, a, c) }
func addProduct(dst, a, b []float64)                            { addProductPlain(dst, a, b) }
func addMultiple(dst, a []float64, c float64)                   { addMultiplePlain(dst, a, c) }
func scaleAdd(dst []float64, c float64, a []float64, k float64) { scaleAddPlain(dst, c, a, k) }
func allAbove(a []float64, c float64) bool                      { return allAbovePlain(a, c) }
func noneAbove(a, b []float64) bool                             { return noneAbovePlain(a, b) }
func drain(from, to, most []float64)                            { drainPlain(from, to, most) }
