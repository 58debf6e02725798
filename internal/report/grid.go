// SPDX-License-Identifier: Apache-2.0

package report

import "strings"

// grid is a table ready to be measured: clean texts, every row complete.
type grid struct {
	title, unit string // over the table; the unit is that of most columns
	stub        int    // leading columns that are repeated
	columns     []gridColumn
	rows        [][]Cell
	footer      [][]Cell
}

// gridColumn is a column with what it needs; widths are in cells.
type gridColumn struct {
	group, title, unit string
	align              Align // any but AlignAuto
	priority           int
	minWidth           int
	apart              bool // set off from the column before: totals of a transposed table

	cut    func(string) numeral   // where amounts are aligned: their decimal points, or their ends if their units differ
	number numerals               // of amounts to be aligned
	body   int                    // widest cell on one line
	word   int                    // widest word of a cell
	warns  bool                   // some amount carries a mark, which hangs in the gap at its right
	heads  [maxTitleLines + 1]int // width of the title on at most so many lines
	least  int                    // width below which words would be broken
}

func newGrid(t *Table) *grid {
	t.mustFit()
	g := &grid{stub: t.stub(), rows: cleanRows(t.Rows, len(t.Columns)), footer: cleanRows(t.Footer, len(t.Columns))}
	for _, c := range t.Columns {
		g.columns = append(g.columns, gridColumn{
			group: clean(c.Group), title: clean(c.Title), unit: clean(c.Unit),
			align: c.Align, priority: c.Priority, minWidth: c.MinWidth,
		})
	}
	g.resolveAlign()
	g.title = clean(t.Title)
	unit, exceptions := g.hoistUnit()
	if unit != "" {
		g.unit = "in " + unit
	}
	if exceptions {
		g.unit += " unless another unit is given"
	}
	return g
}

// cleanRows returns rows with clean texts and width cells each.
func cleanRows(rows [][]Cell, width int) [][]Cell {
	cleaned := make([][]Cell, len(rows))
	for i, row := range rows {
		cleaned[i] = make([]Cell, width)
		for j, cell := range row {
			cell.Text = clean(cell.Text)
			cleaned[i][j] = cell
		}
	}
	return cleaned
}

// each calls f for every cell of a column.
func (g *grid) each(column int, f func(*Cell)) {
	for _, rows := range [2][][]Cell{g.rows, g.footer} {
		for _, row := range rows {
			f(&row[column])
		}
	}
}

// resolveAlign replaces AlignAuto.
func (g *grid) resolveAlign() {
	for j := range g.columns {
		if g.columns[j].align != AlignAuto {
			continue
		}
		if j < g.stub {
			g.columns[j].align = AlignLeft
			continue
		}
		numbers, filled := true, false
		g.each(j, func(c *Cell) {
			numbers = numbers && isNumber(c.Text)
			filled = filled || c.Text != ""
		})
		g.columns[j].align = AlignLeft
		if numbers && filled {
			g.columns[j].align = AlignDecimal
		}
	}
}

// hoistUnit takes the commonest unit out of the columns, if more than half of them have
// it and no column of numbers is without a unit. It returns the unit, or "".
func (g *grid) hoistUnit() (unit string, exceptions bool) {
	count, most, all := map[string]int{}, 0, 0
	for _, c := range g.columns[g.stub:] {
		switch {
		case c.unit != "":
			all++
			count[c.unit]++
			if count[c.unit] > most {
				unit, most = c.unit, count[c.unit]
			}
		case c.align != AlignLeft:
			return "", false
		}
	}
	if most < 2 || 2*most <= all {
		return "", false
	}
	for j := g.stub; j < len(g.columns); j++ {
		if g.columns[j].unit == unit {
			g.columns[j].unit = ""
		}
	}
	return unit, most < all
}

// measure fills in what the columns need.
func (g *grid) measure() {
	for j := range g.columns {
		c := &g.columns[j]
		c.cut = g.cut(j)
		g.each(j, func(cell *Cell) {
			if cell.Warn && c.align == AlignLeft {
				cell.Text = strings.TrimLeft(cell.Text+" "+warnSign, " ")
			} else if cell.Warn {
				c.warns = true
			}
			for _, word := range strings.Split(cell.Text, " ") {
				c.word = max(c.word, widthOf(word))
			}
			if c.align == AlignDecimal && isNumber(cell.Text) {
				c.number.fit(c.cut(cell.Text))
			}
			c.body = max(c.body, widthOf(cell.Text))
		})
		c.body = max(c.body, c.number.width())
		for lines := 1; lines <= maxTitleLines; lines++ {
			c.heads[lines] = max(titleWidth(c.title, lines), widthOf(c.unit))
		}
		c.least = c.body
		if c.align == AlignLeft {
			c.least = min(c.body, max(min(c.word, maxWord), c.minWidth, minText))
		}
		c.least = max(c.least, c.heads[maxTitleLines], minColumn)
	}
}

// cut returns where the amounts of a column are aligned.
func (g *grid) cut(column int) func(string) numeral {
	cut, unit := lastNumeral, ""
	g.each(column, func(c *Cell) {
		switch own := attachedUnit(c.Text); {
		case own == "":
		case unit == "":
			unit = own
		case own != unit:
			cut = endNumeral
		}
	})
	return cut
}

// transposed returns the grid with its rows as columns. Footers become columns too, set
// off from the others.
func (g *grid) transposed() *grid {
	t := &grid{title: g.title, unit: g.unit, stub: 1, columns: []gridColumn{{title: g.join(g.titles()), align: AlignLeft}}}
	for _, c := range g.columns[g.stub:] {
		t.rows = append(t.rows, []Cell{{Text: c.label()}})
	}
	for half, rows := range [2][][]Cell{g.rows, g.footer} {
		for i, row := range rows {
			t.columns = append(t.columns, gridColumn{title: g.join(row), align: AlignDecimal, apart: half == 1 && i == 0})
			for j, cell := range row[g.stub:] {
				t.rows[j] = append(t.rows[j], cell)
			}
		}
	}
	return t
}

// label names a column where it is a row.
func (c gridColumn) label() string {
	label := c.title
	if c.group != "" {
		label = c.group + ", " + label
	}
	if c.unit != "" {
		label += ", " + c.unit
	}
	return label
}

// titles returns the heads of the columns as a row.
func (g *grid) titles() []Cell {
	cells := make([]Cell, len(g.columns))
	for j, c := range g.columns {
		cells[j].Text = c.title
	}
	return cells
}

// join returns the texts of a row that say what it is.
func (g *grid) join(row []Cell) string {
	var words []string
	for _, cell := range row[:g.stub] {
		if cell.Text != "" {
			words = append(words, cell.Text)
		}
		if cell.Warn {
			words = append(words, warnSign)
		}
	}
	return strings.Join(words, " ")
}
