// SPDX-License-Identifier: Apache-2.0

package draw

import (
	"math"

	"offtake/internal/vec"
)

// streamNoise is the constant of the stream of Noise: "offtake2" in ASCII.
const streamNoise = 0x6f666674616b6532

const (
	slots  = 64 // of factors below firstParameterSlot, of parameters from there on
	levels = dimensions / slots
	// A path's number is that of its scrambling, then that of its point in so many bits.
	pointBits     = 40
	maxScramble   = 1 << (64 - pointBits)
	pointsPerSeed = 1 << sobolBits
)

// A Source gives the numbers of one block of paths: pseudo-random, or scrambled Sobol points.
type Source struct {
	Seed     uint64
	First    uint64 // pseudo: number of the block's first path; quasi: number of its first point within the scrambling
	Quasi    bool
	Scramble uint32 // quasi: which scrambling, from 0
}

// Uniform fills dst with one number in (0, 1) a path: the factor's at an index, 0 for what is drawn once a path.
// Quasi: coordinate index x 64 + slot of the Sobol points for an index below 16, Philox beyond.
func (s Source) Uniform(dst []float64, f Factor, index int) {
	if s.Quasi && 0 < f && f < firstParameterSlot && 0 <= index && index < levels {
		s.point(dst, int(f), index)
		return
	}
	Uniform(dst, s.Seed, f, s.path(len(dst)), index)
}

// Normal fills dst with standard normal numbers: the inverse normal distribution at those of Uniform.
func (s Source) Normal(dst []float64, f Factor, index int) {
	s.Uniform(dst, f, index)
	vec.NormInv(dst, dst)
}

// Walk fills dst[t], a column over paths for each step t, with independent standard normal numbers: the increments of
// a Brownian motion over steps of one unit of time. They are made of Normal at the indexes from 0 to
// len(dst)-1, so a factor is drawn by Walk or by these. Pseudo: step t has that of index t. Quasi: by a Brownian
// bridge, from the coarse to the fine, so that the first few indexes, which are good, settle most of the path.
func (s Source) Walk(dst [][]float64, f Factor) {
	if !s.Quasi {
		for t, column := range dst {
			s.Normal(column, f, t)
		}
		return
	}
	if len(dst) == 0 {
		return
	}
	s.Normal(dst[0], f, 0)
	for i, cut := range bridge(len(dst)) {
		s.Normal(dst[cut.far], f, i+1)
		vec.Rotate(dst[cut.near], dst[cut.far], cut.u, cut.z)
	}
}

// Noise fills dst with one number in (0, 1) a path, of Philox in either mode and independent of all that the factor
// is drawn by otherwise: for single jumps, and for what happens so often or so rarely that a coordinate would be wasted on it.
func (s Source) Noise(dst []float64, f Factor, index int) {
	// Uniform's key is the seed XOR its own stream's constant.
	Uniform(dst, s.Seed^streamPaths^streamNoise, f, s.path(len(dst)), index)
}

// NoiseNormal fills dst with standard normal numbers: the inverse normal distribution at those of Noise.
func (s Source) NoiseNormal(dst []float64, f Factor, index int) {
	s.Noise(dst, f, index)
	vec.NormInv(dst, dst)
}

// Parameter fills dst with one number in (0, 1) a path for a parameter that is uncertain, by its path in the file, such as
// world.cost.sunk. Quasi: names in the catalogue of parameters have coordinates of their own. Others, and all in the
// other mode, are of Philox by a hash of the name; in neither does one name move another's numbers.
func (s Source) Parameter(dst []float64, name string) {
	if s.Quasi {
		if slot, level, reserved := place(name); reserved {
			s.point(dst, slot, level)
			return
		}
	}
	h := hash63(name)
	Uniform(dst, s.Seed, Factor(1<<31|h>>32), s.path(len(dst)), int(h&math.MaxUint32))
}

// point fills dst with a coordinate of the scrambled Sobol points, blurred.
func (s Source) point(dst []float64, slot, level int) {
	s.path(len(dst))
	dimension := int(dealt[level][slot])
	generators()[dimension].fill(dst, uint32(s.First), scramble(s.Seed, s.Scramble, dimension), true)
}

// path returns the number that the block's first path has in Philox's counter. It panics if the block goes
// beyond the last point, 2^32, or scrambling, 2^24.
func (s Source) path(lanes int) uint64 {
	if !s.Quasi {
		return s.First
	}
	if s.First > pointsPerSeed-uint64(lanes) || s.Scramble >= maxScramble {
		panic("draw: no such points")
	}
	return uint64(s.Scramble)<<pointBits | s.First
}
