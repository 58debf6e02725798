// SPDX-License-Identifier: Apache-2.0

package report

import "fmt"

// Table is rows of cells under columns. Every row and footer has at most one cell for
// each column; cells missing at its end are empty.
type Table struct {
	Title        string   `json:"title,omitempty"`
	Columns      []Column `json:"columns"`
	Stub         int      `json:"stub,omitempty"` // leading columns that say what a row is, repeated if the table is stacked; 0 is 1
	Rows         [][]Cell `json:"rows"`
	Footer       [][]Cell `json:"footer,omitempty"` // totals
	Note         string   `json:"note,omitempty"`
	Transposable bool     `json:"transposable,omitempty"` // rows may become columns if that fits the page better
	Behind
}

// Column is the head of a column.
type Column struct {
	Group    string `json:"group,omitempty"` // heading over neighbours with the same Group
	Title    string `json:"title"`
	Unit     string `json:"unit,omitempty"` // of its numbers: $B; one that most columns share is said once, over the table
	Align    Align  `json:"align,omitempty"`
	Priority int    `json:"priority,omitempty"`  // in a stacked table, higher ones come into the first tables; equal ones keep their order
	MinWidth int    `json:"min_width,omitempty"` // narrowest that its text is wrapped to, in characters; 0 leaves it to the renderer
	Clause   string `json:"clause,omitempty"`    // id of the clause that makes its numbers
}

// Cell is one entry of a table.
type Cell struct {
	Text   string `json:"text"`
	Strong bool   `json:"strong,omitempty"`
	Dim    bool   `json:"dim,omitempty"`
	Warn   bool   `json:"warn,omitempty"` // marked, so that the eye stops; the table's Note says why
	Line   int    `json:"line,omitempty"` // of the document's file, where what it says stands
	Link   string `json:"link,omitempty"` // an address where more is to be found
}

// Align is how the cells of a column stand under each other.
type Align int

const (
	AlignAuto    Align = iota // AlignDecimal if all cells are numbers, else and in the stub AlignLeft
	AlignLeft                 //
	AlignRight                //
	AlignDecimal              // numbers by their decimal point, other texts at the right
)

// String returns "auto", "left", "right" or "decimal".
func (a Align) String() string {
	return [...]string{AlignAuto: "auto", AlignLeft: "left", AlignRight: "right", AlignDecimal: "decimal"}[a]
}

// MarshalText returns String, for JSON.
func (a Align) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// Row makes cells of texts.
func Row(texts ...string) []Cell {
	cells := make([]Cell, len(texts))
	for i, text := range texts {
		cells[i].Text = text
	}
	return cells
}

// stub returns the number of leading columns that say what a row is.
func (t *Table) stub() int { return min(max(t.Stub, 1), len(t.Columns)) }

// mustFit panics if a row has more cells than there are columns.
func (t *Table) mustFit() {
	for _, rows := range [2][][]Cell{t.Rows, t.Footer} {
		for _, row := range rows {
			if len(row) > len(t.Columns) {
				panic(fmt.Sprintf("report: table %q has %d columns and a row of %d cells", t.Title, len(t.Columns), len(row)))
			}
		}
	}
}
