// SPDX-License-Identifier: Apache-2.0

package vec

// sumChunk is the number of lanes that one run of eight partial sums covers. It is part of the
// meaning of Sum: another value gives other last bits.
const sumChunk = 512

// sumWidth is the number of partial sums: the float64 lanes of one AVX-512 register.
const sumWidth = 8

// Sum returns the sum of a in one fixed order, whatever kernel computes it:
//
//   - a is cut into chunks of 512 lanes, the last one possibly shorter;
//   - in a chunk, partial sum j of eight adds a[j], a[j+8], a[j+16], ... in that order, from zero,
//     and the eight are folded as ((0+4)+(2+6)) + ((1+5)+(3+7));
//   - chunk sums are added as a balanced binary tree, the left half holding the largest power of two
//     of chunks that leaves something for the right.
//
// Its rounding error grows with the logarithm of the number of chunks (Higham 1993, "The accuracy of
// floating point summation"). The sum of no lanes is 0.
func Sum(a []float64) float64 {
	if len(a) <= sumChunk {
		return sumChunkOf(a)
	}
	half := sumChunk
	for 2*half < len(a) {
		half *= 2
	}
	return Sum(a[:half]) + Sum(a[half:])
}
