// SPDX-License-Identifier: Apache-2.0

package value

import (
	"cmp"
	"slices"

	"offtake/internal/paths"
)

// roundedPaths is how many paths are run when so many are asked for.
func roundedPaths(n int) int { return paths.Rounded(n, false) }

// points are all values of the one unknown that were run, ascending.
func (e *evaluator) points() []Point {
	if len(e.unknowns) != 1 {
		return nil
	}
	u := &e.unknowns[0]
	var out []Point
	for key, o := range e.known {
		if key == "" || o.fault != nil {
			continue
		}
		x, _, err := u.Parse(key[len(u.Path)+1:], e.deal.Currency)
		if err == nil && o.gaps[0].Value == o.gaps[0].Value {
			out = append(out, Point{x, o.gaps[0].Value, o.gaps[0].Error})
		}
	}
	slices.SortFunc(out, func(a, b Point) int { return cmp.Compare(a.X, b.X) })
	return out
}

// invalid are the stretches between points of the grid at which the deal is none, each with its first fault.
func (e *evaluator) invalid(grid [][]float64) []Invalid {
	var out []Invalid
	before := false
	for _, x := range grid {
		o := e.known[textOf(edits(e.unknowns, x))]
		if o.fault == nil {
			before = false
			continue
		}
		if before && out[len(out)-1].Fault.Code == o.fault.Code {
			out[len(out)-1].Hi = x[0]
		} else {
			out = append(out, Invalid{x[0], x[0], *o.fault})
		}
		before = true
	}
	return out
}
