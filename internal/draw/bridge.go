// SPDX-License-Identifier: Apache-2.0

package draw

import (
	"math"
	"sync"
)

// A split cuts an interval of a Brownian path in two. With U the interval's increment over the square root of
// its length, kept at its first step, and Z a normal number of its own, the parts have
//
//	near = u U + z Z
//	far  = z U - u Z
//
// over the square roots of theirs, where u^2 and z^2 are the shares of the near part and of the far one. This
// is the Brownian bridge (Caflisch & Moskowitz 1995, "Modified Monte Carlo methods using quasi-random sequences"),
// written for increments: a rotation, so that what goes in independent and of unit variance comes out so.
type split struct {
	near, far int // first steps of the parts; Z comes in at far
	u, z      float64
}

// halve returns the splits of that many steps into single ones, always of the longest interval that
// is left, the first of several.
func halve(steps int) []split {
	length := make([]int, steps) // of the interval that begins there
	length[0] = steps
	splits := make([]split, 0, steps-1)
	for len(splits) < steps-1 {
		near := 0
		for first, n := range length {
			if n > length[near] {
				near = first
			}
		}
		whole := length[near]
		part := (whole + 1) / 2
		far := near + part
		length[near], length[far] = part, whole-part
		splits = append(splits, split{near, far, math.Sqrt(float64(part) / float64(whole)), math.Sqrt(float64(whole-part) / float64(whole))})
	}
	return splits
}

// bridges keeps the splits that were made: they depend on the number of steps alone.
var bridges = struct {
	sync.Mutex
	of map[int][]split
}{of: map[int][]split{}}

func bridge(steps int) []split {
	bridges.Lock()
	defer bridges.Unlock()
	splits, made := bridges.of[steps]
	if !made {
		splits = halve(steps)
		bridges.of[steps] = splits
	}
	return splits
}
