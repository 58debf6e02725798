// SPDX-License-Identifier: Apache-2.0

package report

// Laid is a table as renderers other than text need it: clean texts, all rows of equal
// length, every alignment decided, and a unit that most columns share said once.
type Laid struct {
	Caption string // title and shared unit
	Stub    int    // leading columns that say what a row is
	Columns []Column
	Rows    [][]Cell
	Footer  [][]Cell
}

// Lay makes a table ready to be set. It panics if a row has more cells than there are
// columns.
func (t *Table) Lay() Laid {
	g := newGrid(t)
	out := Laid{Caption: g.title, Stub: g.stub, Rows: g.rows, Footer: g.footer}
	if g.unit != "" {
		if out.Caption != "" {
			out.Caption += ", "
		}
		out.Caption += g.unit
	}
	for j, c := range g.columns {
		out.Columns = append(out.Columns, Column{Group: c.group, Title: c.title, Unit: c.unit, Align: c.align, Clause: t.Columns[j].Clause})
	}
	return out
}

// Clean makes a text safe to show: one line, single spaces, and all that is not printable
// escaped. Spaces that join words stay.
func Clean(text string) string { return clean(text) }
