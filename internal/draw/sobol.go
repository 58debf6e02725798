// SPDX-License-Identifier: Apache-2.0

package draw

import (
	"math/bits"
	"sync"
)

const (
	dimensions = 1024
	sobolBits  = 32 // of a coordinate, and of a point's number
)

// A generator makes one coordinate of the points of a Sobol sequence. Bit 0 of a coordinate stands for 1/2,
// bit 1 for 1/4 and so on, the reverse of the usual order, because scrambling runs that way.
//
// With v[j] the direction number of bit j of a point's number, a generator holds v[0] ^ ... ^ v[j]: what a
// coordinate changes by when the bits 0 to j of the number do, so that counting up by one costs one XOR.
type generator [sobolBits]uint32

// generators has all dimensions, from 0; made on first use.
var generators = sync.OnceValue(func() *[dimensions]generator {
	all := new([dimensions]generator)
	var v [sobolBits]uint32
	for j := range v {
		v[j] = 1 << (sobolBits - 1 - j) // van der Corput
	}
	all[0].set(&v)
	rest := joeKuo[:]
	for d := 1; d < dimensions; d++ {
		degree := bits.Len16(rest[0]) - 1
		direct(&v, rest[0], rest[1:1+degree])
		all[d].set(&v)
		rest = rest[1+degree:]
	}
	return all
})

// direct sets the direction numbers of a primitive polynomial and its initial numbers by the recurrence of
// Bratley & Fox 1988, "Algorithm 659: Implementing Sobol's quasirandom sequence generator".
func direct(v *[sobolBits]uint32, polynomial uint16, initial []uint16) {
	degree := len(initial)
	for j := range v {
		if j < degree {
			v[j] = uint32(initial[j]) << (sobolBits - 1 - j)
			continue
		}
		v[j] = v[j-degree] ^ v[j-degree]>>degree
		for k := 1; k < degree; k++ {
			if polynomial>>(degree-k)&1 == 1 {
				v[j] ^= v[j-k]
			}
		}
	}
}

// set takes direction numbers, written in the usual order of bits.
func (g *generator) set(v *[sobolBits]uint32) {
	sum := uint32(0)
	for j := range v {
		sum ^= bits.Reverse32(v[j])
		g[j] = sum
	}
}

// at returns the coordinate of a point. XOR of v[j] over the bits j that are set in the number is XOR of
// v[0] ^ ... ^ v[j] over those j at which bit j differs from bit j+1.
func (g *generator) at(number uint32) (x uint32) {
	for changes := number ^ number>>1; changes != 0; changes &= changes - 1 {
		x ^= g[bits.TrailingZeros32(changes)]
	}
	return x
}

// fill sets dst to the scrambled coordinates of the points first, first+1, ..., as numbers in (0, 1), blurred or not.
func (g *generator) fill(dst []float64, first uint32, s scrambling, blurred bool) {
	done := g.fillWide(dst, first, s, blurred)
	dst, first = dst[done:], first+uint32(done)
	x, next := g.at(first), first
	for i := range dst {
		word := s.word(x)
		if blurred {
			word = blur(word, next)
		}
		dst[i] = unit(word)
		next++
		x ^= g[bits.TrailingZeros32(next)%sobolBits]
	}
}
