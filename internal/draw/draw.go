// SPDX-License-Identifier: Apache-2.0

package draw

import (
	"math"

	"offtake/internal/vec"
)

// streamPaths is the constant of the stream that paths are sampled from: "offtake1" in ASCII.
// Another use of the same seed takes another constant.
const streamPaths = 0x6f666674616b6531

// Stream is a seed, for those who draw many columns from one.
type Stream struct{ Seed uint64 }

// Uniform is the function of that name with the stream's seed.
func (s Stream) Uniform(dst []float64, factor Factor, firstPath uint64, step int) {
	Uniform(dst, s.Seed, factor, firstPath, step)
}

// Normal is the function of that name with the stream's seed.
func (s Stream) Normal(dst []float64, factor Factor, firstPath uint64, step int) {
	Normal(dst, s.Seed, factor, firstPath, step)
}

// Uniform fills dst with the numbers, uniform in (0, 1), of paths firstPath, firstPath+1, ... at the step.
// They are the odd multiples of 2^-53: never 0 or 1, and symmetric around 1/2.
// A step outside [0, 2^32) panics.
func Uniform(dst []float64, seed uint64, factor Factor, firstPath uint64, step int) {
	if step < 0 || int64(step) > math.MaxUint32 {
		panic("draw: step outside [0, 2^32)")
	}
	mixed := seed ^ streamPaths
	k := key{uint32(mixed), uint32(mixed >> 32)}
	path, rest := firstPath, dst
	if path&1 == 1 && len(rest) > 0 {
		_, rest[0] = pair(k, factor, path>>1, step)
		path, rest = path+1, rest[1:]
	}
	wide := uniformWide(rest, k, factor, path>>1, step)
	path, rest = path+uint64(wide), rest[wide:]
	for len(rest) > 1 {
		rest[0], rest[1] = pair(k, factor, path>>1, step)
		path, rest = path+2, rest[2:]
	}
	if len(rest) == 1 {
		rest[0], _ = pair(k, factor, path>>1, step)
	}
}

// Normal fills dst with standard normal numbers: the inverse normal distribution at those of Uniform.
// None is beyond 8.21 in size.
func Normal(dst []float64, seed uint64, factor Factor, firstPath uint64, step int) {
	Uniform(dst, seed, factor, firstPath, step)
	vec.NormInv(dst, dst)
}

// pair returns the uniform numbers of the paths 2 half and 2 half + 1.
func pair(k key, factor Factor, half uint64, step int) (even, odd float64) {
	w := philox(counter{uint32(step), uint32(factor), uint32(half), uint32(half >> 32)}, k)
	return unit(uint64(w[1])<<32 | uint64(w[0])), unit(uint64(w[3])<<32 | uint64(w[2]))
}

// unit returns (n + 1/2) / 2^52 where n is the upper 52 bits of the word. Of 53 bits the last half would
// not fit a float64, and the largest would round to 1. All steps are exact.
func unit(word uint64) float64 {
	oneToTwo := math.Float64frombits(0x3ff<<52 | word>>12)
	return oneToTwo - (1 - 0x1p-53)
}
