// SPDX-License-Identifier: Apache-2.0

package vec

import "math"

// for i { s[i%8] = fma(a[i]-c, a[i]-c, s[i%8]) }; return ((s0+s4)+(s2+s6)) + ((s1+s5)+(s3+s7))
func sumSquaresChunkPlain(a []float64, c float64) float64 {
	var s [sumWidth]float64
	for i, x := range a {
		d := x - c
		s[i%sumWidth] = math.FMA(d, d, s[i%sumWidth])
	}
	return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]))
}
