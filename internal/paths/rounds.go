// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"iter"

	"offtake/internal/draw"
	"offtake/internal/measure"
)

// firstPoints is how many points of each scrambling a first round has, at most:
// enough for full columns, and soon done.
const firstPoints = 512

// A span is a run of points of one scrambling, or of plain paths, that is
// gathered before it is merged.
type span struct {
	group int    // the scrambling; 0 for plain paths
	first uint64 // its first point, or path
	n     int
}

// A round is what is run between two looks at the errors. Its spans are merged in
// this order.
type round struct {
	spans []span
	paths int
}

// Rounded is how many paths are run when so many are asked for: 16 scramblings
// of a power of two of points, at least 1,024 in all, so that the points of each
// are evenly spread; of plain paths as many as asked for.
func Rounded(n int, plain bool) int {
	if plain {
		return max(n, 2)
	}
	return measure.Groups * pointsFor(n)
}

// pointsFor is how many points of each scrambling make up n paths at least.
func pointsFor(n int) int {
	points := draw.FewestPoints
	for measure.Groups*points < n {
		points *= 2
	}
	return points
}

// layRounds cuts a sample into rounds, each of which doubles the number of paths.
func layRounds(opt Options) iter.Seq[*round] {
	all, groups := Rounded(opt.Paths, opt.Plain), measure.Groups
	if opt.Plain {
		groups = 1
	}
	each := all / groups
	return func(yield func(*round) bool) {
		from, to := 0, min(each, firstPoints*measure.Groups/groups)
		for from < each {
			r := &round{paths: groups * (to - from)}
			for g := range groups {
				for first := from; first < to; first += ChunkPaths {
					r.spans = append(r.spans, span{g, uint64(first), min(ChunkPaths, to-first)})
				}
			}
			if !yield(r) {
				return
			}
			from, to = to, min(2*to, each)
		}
	}
}
