// SPDX-License-Identifier: Apache-2.0

package draw

import "math/bits"

// FewestPoints is how few points a sample may have of each scrambling, a power of two: over so many cells the first are blurred.
const FewestPoints = 64

// blur moves a coordinate of a point a little, evenly to either side, and back into (0, 1) at the ends:
// one of the first 64 by up to a 64th, and one of the first 2^k, but not of 2^(k-1), by up to half of 2^-k. Coordinates
// stay uniform and points near where they were, but which side of a boundary they lie on is left to
// chance, wherever it is. (Shifting rounds down, which moves coordinates by 2^-33 on average.)
//
// Without it n points of one scrambling count floor(n p) or one more below p, so that 16 scramblings tell of n p
// what 16 coins do, and no interval made of these holds the truth 95% of the time at every p. What blurring
// costs is small beside what coordinates do together: docs/models/random-numbers.md. The distance is what comes below a
// coordinate's 32 bits, read as a signed number; it is as good as independent of the bits above.
func blur(word uint64, number uint32) uint64 {
	by := int64(int32(word)) >> reach(number)
	moved := word + uint64(by)<<32
	if (moved < word) != (by < 0) { // beyond 0 or 1
		return ^moved
	}
	return moved
}

// reach is how many bits the distance of a point is shifted down by: of r bits it is below 2^-(r+1).
func reach(number uint32) int {
	if number < FewestPoints {
		return bits.Len32(FewestPoints) - 2
	}
	return bits.Len32(number)
}
