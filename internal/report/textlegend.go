// SPDX-License-Identifier: Apache-2.0

package report

import (
	"cmp"
	"slices"
	"strings"
)

// legend sets a sample of each line and its name, above the chart.
func (p *page) legend(t *plot) {
	var l line
	for i, name := range t.names {
		if name == "" {
			continue
		}
		if l.width > 0 && l.width+2*gutter+sampleWidth+1+widthOf(name) > p.width {
			p.add(l)
			l = line{}
		}
		start := 0
		if l.width > 0 {
			start = l.width + 2*gutter
		}
		l.put(start, t.sample(i), plain)
		for j, words := range wrap(name, p.width-sampleWidth-1) {
			if j > 0 {
				p.add(l)
				l = line{}
				start = 0
			}
			l.put(start+sampleWidth+1, words, plain)
		}
	}
	if l.width > 0 {
		p.add(l)
		p.space(1)
	}
}

// sample returns a short piece of the line of a series.
func (t *plot) sample(series int) string {
	c := newCanvas(sampleWidth, 1, t.signs.braille)
	drawn := t.pen(series, sampleWidth)
	drawn.every, drawn.phase = sampleWidth, sampleWidth/2
	middle := c.dotsY / 3
	drawn.visit(c, 0, middle)
	drawn.line(c, 0, middle, sampleWidth*c.dotsX-1, middle)
	return strings.Join(c.row(0), "")
}

// asideRows returns for each row of the canvas the series that is named beside it, or
// -1: as near to where the lines end as names on lines of their own can be.
func (t *plot) asideRows(ends []int) []int {
	rows := slices.Repeat([]int{-1}, t.canvas.rows)
	if t.aside == 0 {
		return rows
	}
	var order []int
	for i, end := range ends {
		if end >= 0 && t.names[i] != "" {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(ends[a], ends[b]) })
	at := make([]int, len(order))
	for i, series := range order {
		at[i] = ends[series]
		if i > 0 {
			at[i] = max(at[i], at[i-1]+1)
		}
	}
	limit := t.canvas.rows - 1
	for i := len(at) - 1; i >= 0; i-- {
		at[i] = min(at[i], limit)
		limit = at[i] - 1
		rows[at[i]] = order[i]
	}
	return rows
}
