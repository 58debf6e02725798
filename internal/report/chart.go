// SPDX-License-Identifier: Apache-2.0

package report

import "fmt"

// Chart is lines over a common horizontal axis, such as money over months.
type Chart struct {
	Title  string   `json:"title"` // a sentence that says what is seen
	X      Axis     `json:"x"`
	Y      Axis     `json:"y"`
	Series []Series `json:"series"`
	Marks  []Mark   `json:"marks,omitempty"`
	Note   string   `json:"note,omitempty"`
	Behind
}

// Axis is one direction of a chart. It reaches over all data, ticks and marks. Where ticks
// stand too close for their labels, some go without; a label wider than a third of the
// page is cut.
type Axis struct {
	Title  string               `json:"title,omitempty"` // with its unit: billions of US dollars
	Ticks  []Mark               `json:"ticks,omitempty"` // of the horizontal axis; none: round numbers are chosen, as always on the vertical
	Format func(float64) string `json:"-"`               // writes a chosen tick, which may be a multiple of 2.5; nil: a plain decimal
}

// Mark is a place on the horizontal axis with a name, such as the round-trip month.
type Mark struct {
	X     float64 `json:"x"`
	Label string  `json:"label"`
}

// Series is one line through points (X[i], Y[i]), of equal number and in the order in
// which they are joined. A point that is not a number, is infinite or is beyond 1e300
// in size is a gap.
type Series struct {
	Name   string    `json:"name"`
	X      []float64 `json:"x"`
	Y      []float64 `json:"y"`
	Marker string    `json:"marker,omitempty"` // one character on the line, which draws it where there is no finer means; empty: chosen
}

// Bars is a bar for each of a few signed amounts, to both sides of zero.
type Bars struct {
	Title string `json:"title,omitempty"` // a sentence that says what is seen, or the amounts' unit
	Rows  []Bar  `json:"rows"`
	Note  string `json:"note,omitempty"`
	Behind
}

// Bar is one amount.
type Bar struct {
	Label  string  `json:"label"`
	Value  string  `json:"value"`           // the amount as written
	Amount float64 `json:"amount"`          // in any unit that all rows share
	Total  bool    `json:"total,omitempty"` // set off from the rows before it, which it sums
	Behind
}

// mustPair panics if a series has not one Y for each X.
func (c *Chart) mustPair() {
	for _, s := range c.Series {
		if len(s.X) != len(s.Y) {
			panic(fmt.Sprintf("report: series %q has %d X and %d Y", s.Name, len(s.X), len(s.Y)))
		}
	}
}
