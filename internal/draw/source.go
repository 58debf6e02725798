// SPDX-License-Identifier: Apache-2.0

package draw

// A Source gives the numbers of one block of paths.
type Source struct {
	Seed     uint64
	First    uint64 // number of the block's first path
	Quasi    bool   // not known here yet
	Scramble uint32
}

// Uniform fills dst with one number in (0, 1) a path: of the factor, at an index (0 for what is drawn once a path).
func (s Source) Uniform(dst []float64, f Factor, index int) {
	Uniform(dst, s.Seed, f, s.First, index)
}

// Normal fills dst with the inverse normal of Uniform.
func (s Source) Normal(dst []float64, f Factor, index int) { Normal(dst, s.Seed, f, s.First, index) }

// Walk fills dst[t], a column over paths for each step t, with independent standard normal numbers: the increments
// of a Brownian motion of unit steps.
func (s Source) Walk(dst [][]float64, f Factor) {
	for t, col := range dst {
		s.Normal(col, f, t)
	}
}

// Noise fills dst with numbers in (0, 1) whatever the mode: for jumps and whatever has no slot.
func (s Source) Noise(dst []float64, f Factor, index int) {
	Uniform(dst, s.Seed, f, s.First, index)
}

// Parameter fills dst with one number in (0, 1) a path for an uncertain parameter, by the path of its name in the
// file (world.cost.sunk).
func (s Source) Parameter(dst []float64, name string) {
	h := hash63(name)
	Uniform(dst, s.Seed, Factor(1<<31|h>>32), s.First, int(h&0xffffffff))
}
