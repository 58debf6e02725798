// SPDX-License-Identifier: Apache-2.0

package report

import "strings"

// table sets a table in the orientation that needs fewer parts, one below the other.
func (p *page) table(t *Table) {
	if len(t.Columns) == 0 {
		return
	}
	g := newGrid(t)
	parts := g.split(p.width)
	if len(parts) > 1 && t.Transposable {
		turned := newGrid(t).transposed()
		if turnedParts := turned.split(p.width); len(turnedParts) < len(parts) {
			g, parts = turned, turnedParts
		}
	}
	caption := g.title
	if caption != "" && g.unit != "" {
		caption += ", "
	}
	p.prose(0, caption+g.unit, plain)
	for i, part := range parts {
		if i > 0 || caption+g.unit != "" {
			p.space(1)
		}
		p.part(g, part)
	}
	p.after(t.Note)
}

// part sets columns side by side.
func (p *page) part(g *grid, t part) {
	starts, width := g.starts(t)
	p.groupHeads(g, t, starts)
	p.heads(g, t, starts)
	p.rule(p.signs.rule, width)
	for _, row := range g.rows {
		p.row(g, t, starts, row)
	}
	if len(g.footer) > 0 {
		p.rule(p.signs.rule, width)
	}
	for _, row := range g.footer {
		p.row(g, t, starts, row)
	}
}

// starts returns the first cell of each column of a part, and the part's width.
func (g *grid) starts(t part) (starts []int, width int) {
	for i, j := range t.columns {
		if i > 0 {
			width += t.gap
		}
		if g.columns[j].apart {
			width += gutter
		}
		starts = append(starts, width)
		width += t.widths[i]
	}
	return starts, width
}

// groupHeads sets the headings over neighbouring columns, each above a thin line.
func (p *page) groupHeads(g *grid, t part, starts []int) {
	type head struct {
		lines       []string
		start, room int
	}
	var heads []head
	height := 0
	for i := 0; i < len(t.columns); {
		group, last := g.columns[t.columns[i]].group, i
		for last+1 < len(t.columns) && g.columns[t.columns[last+1]].group == group {
			last++
		}
		if group != "" {
			room := starts[last] + t.widths[last] - starts[i]
			lines := wrapTitle(group, room)
			heads = append(heads, head{lines, starts[i], room})
			height = max(height, len(lines))
		}
		i = last + 1
	}
	if height == 0 {
		return
	}
	for row := range height {
		var l line
		for _, h := range heads {
			if at := row - height + len(h.lines); at >= 0 {
				l.put(h.start+(h.room-widthOf(h.lines[at]))/2, h.lines[at], plain)
			}
		}
		p.add(l)
	}
	var under line
	for _, h := range heads {
		under.put(h.start, strings.Repeat(p.signs.rule, h.room), dim)
	}
	p.add(under)
}

// heads sets the titles of columns and under them their units, all on the same foot.
func (p *page) heads(g *grid, t part, starts []int) {
	heads := make([][]string, len(t.columns))
	units := make([]int, len(t.columns)) // lines of each that are unit
	height := 0
	for i, j := range t.columns {
		c := &g.columns[j]
		unit := wrap(c.unit, t.widths[i])
		heads[i] = append(wrapTitle(c.title, t.widths[i]), unit...)
		units[i] = len(unit)
		height = max(height, len(heads[i]))
	}
	for row := range height {
		var l line
		for i, j := range t.columns {
			at := row - height + len(heads[i])
			if at < 0 {
				continue
			}
			column, look := starts[i], plain
			if g.columns[j].align != AlignLeft {
				column += t.widths[i] - widthOf(heads[i][at])
			}
			if at >= len(heads[i])-units[i] {
				look = dim
			}
			l.put(column, heads[i][at], look)
		}
		p.add(l)
	}
}

// row sets the cells of a row, which may take several lines.
func (p *page) row(g *grid, t part, starts []int, row []Cell) {
	cells := make([][]string, len(t.columns))
	height := 1
	for i, j := range t.columns {
		cells[i] = wrap(row[j].Text, t.widths[i])
		height = max(height, len(cells[i]))
	}
	for at := range height {
		var l line
		for i, j := range t.columns {
			if at < len(cells[i]) {
				c := &g.columns[j]
				l.put(starts[i]+c.offset(cells[i][at], t.widths[i]), cells[i][at], row[j].look())
			}
			if at == 0 && row[j].Warn && g.columns[j].align != AlignLeft {
				l.put(starts[i]+t.widths[i], warnSign, accent)
			}
		}
		p.add(l)
	}
}

// offset returns where text starts in a column.
func (c *gridColumn) offset(text string, width int) int {
	switch {
	case c.align == AlignLeft:
		return 0
	case c.align == AlignDecimal && isNumber(text) && c.number.width() <= width:
		return c.number.offset(c.cut(text), width)
	}
	return max(0, width-widthOf(text))
}

// look returns the style of a cell.
func (c Cell) look() style {
	var s style
	if c.Strong {
		s |= strong
	}
	if c.Dim {
		s |= dim
	}
	if c.Warn {
		s |= accent
	}
	return s
}
