// SPDX-License-Identifier: Apache-2.0

package draw

// streamPoints is the constant of the stream that Points are scrambled from: "offtake4" in ASCII.
const streamPoints = 0x6f666674616b6534

// Dimensions is how many coordinates Points have.
const Dimensions = dimensions

// Points fills dst with a coordinate, in (0, 1), of the first len(dst) points of one scrambling of the
// Sobol sequence: for analyses whose points are no paths. They are independent of all that a Source
// draws on the same seed, and each scrambling of the others. Dimensions count from 0.
func Points(dst []float64, seed uint64, scrambling uint32, dimension int) {
	// scramble's key is the seed XOR its own stream's constant.
	generators()[dimension].fill(dst, 0, scramble(seed^streamScramble^streamPoints, scrambling, dimension), false)
}
