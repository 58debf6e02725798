// SPDX-License-Identifier: Apache-2.0

package vec

// SumSquares returns the sum of (a[i] - c)^2, added up as Sum does.
func SumSquares(a []float64, c float64) float64 {
	if len(a) <= sumChunk {
		return sumSquaresChunkPlain(a, c)
	}
	half := sumChunk
	for 2*half < len(a) {
		half *= 2
	}
	return SumSquares(a[:half], c) + SumSquares(a[half:], c)
}
