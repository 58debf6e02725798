// SPDX-License-Identifier: Apache-2.0

package draw

import "math/bits"

// streamScramble is the constant of the stream that scramblings are drawn from: "offtake3" in ASCII.
const streamScramble = 0x6f666674616b6533

// A scrambling is one random nested uniform scrambling (Owen 1995, "Randomly permuted (t,m,s)-nets and
// (t,s)-sequences") of one coordinate: each bit is flipped or not by a coin that is a function of the bits
// before it. Coins are made by hashing, as Laine & Karras 2011, "Stratified sampling for stochastic transparency",
// found out: adding, and multiplying by what is odd, carry from low bits to high ones only, so that with the bits in
// reversed order (bit 0 stands for 1/2) any chain of them is a nested permutation.
type scrambling struct{ add, times, then, below uint32 }

// scramble returns the scrambling of a number for a dimension: the four words of Philox for (dimension, number).
func scramble(seed uint64, number uint32, dimension int) scrambling {
	mixed := seed ^ streamScramble
	w := philox(counter{uint32(dimension), number, 0, 0}, key{uint32(mixed), uint32(mixed >> 32)})
	return scrambling{w[0], w[1] | 1, w[2], w[3]}
}

// The constants of Vegdahl 2021, "Building a better LK hash", and the golden section of 2^32.
const (
	scramble1 = 0x3d20adea
	scramble2 = 0x05526c56
	scramble3 = 0x53a22864
	golden    = 0x9e3779b1
)

// word scrambles a coordinate and continues it below its 32 bits, for of these only 2^32 different numbers could be
// made and the smallest would be 0. Three random words
// take the place of the one seed that Vegdahl has. Of coins at different places in
// the first six bits no two are correlated (TestCoins); with the constants that Burley 2020, "Practical hash-based
// Owen scrambling", takes from Laine & Karras, some have 0.6.
func (s scrambling) word(x uint32) uint64 {
	x ^= x * scramble1
	x += s.add
	x *= s.times
	x ^= x * scramble2
	x += s.then
	x ^= x * scramble3
	// Points have different x, so a golden section of the circle spreads what comes below evenly, and as good as
	// independently of the bits above: see blur.
	return uint64(bits.Reverse32(x))<<32 | uint64(x*golden+s.below)
}
