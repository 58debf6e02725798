// SPDX-License-Identifier: Apache-2.0

package clause

import "offtake/internal/calendar"

// steps are those in which the clause may be in force, the last excluded.
func (h *Head) steps(grid *calendar.Grid) (from, to int) {
	t := h.terms(grid)
	if t.To == 0 {
		t.To = grid.Steps()
	}
	return t.From, t.To
}

// holder is the price, among several by their heads, that a step belongs to:
// the one in whose window it lies; in a gap the one whose window ended last
// before it; else the one that begins first.
func holder(heads []*Head, grid *calendar.Grid, t int) *Head {
	var inside, before, first *Head
	for _, h := range heads {
		from, to := h.steps(grid)
		if inside == nil && from <= t && t < to {
			inside = h
		}
		if to <= t && (before == nil || to > last(before, grid)) {
			before = h
		}
		if first == nil || from < begin(first, grid) {
			first = h
		}
	}
	switch {
	case inside != nil:
		return inside
	case before != nil:
		return before
	}
	return first
}

func begin(h *Head, grid *calendar.Grid) int { from, _ := h.steps(grid); return from }
func last(h *Head, grid *calendar.Grid) int  { _, to := h.steps(grid); return to }

// held tells by step of the grid whether this price is the one of the step.
func (c *Price) held(grid *calendar.Grid) []bool {
	out := make([]bool, grid.Steps())
	for t := range out {
		out[t] = len(c.others) == 0 || holder(c.others, grid, t).ID == c.head.ID
	}
	return out
}

// starts is the first day on which the price is in force.
func (c *Price) starts(grid *calendar.Grid) calendar.Date {
	if c.head.Since.After(grid.Start()) {
		return c.head.Since
	}
	return grid.Start()
}

// reviews tells by step of the grid whether a review falls in it.
func (c *Price) reviews(grid *calendar.Grid) []bool {
	out := make([]bool, grid.Steps())
	if c.Review == nil {
		return out
	}
	n := 1
	due := func() calendar.Date {
		return c.starts(grid).Add(calendar.Span{Months: n * c.Review.Every.Months, Days: n * c.Review.Every.Days})
	}
	for t := range out {
		for ; !due().After(grid.StepStart(t)); n++ {
			out[t] = true
		}
	}
	return out
}

// intro is the introductory price of step t, or nil.
func (c *Price) intro(grid *calendar.Grid, t int) *Intro {
	for i := range c.Intro {
		if grid.StepStart(t).Before(c.Intro[i].Until) {
			return &c.Intro[i]
		}
	}
	return nil
}
