// SPDX-License-Identifier: Apache-2.0

package report

import (
	"cmp"
	"slices"
)

// placed is a text that stands at a certain place of a line.
type placed struct {
	start int // first cell
	text  string
}

func (l placed) end() int { return l.start + widthOf(l.text) }

// centred returns a text around a cell, moved and, if it is that wide, cut to lie between
// the page's edges.
func centred(cell int, text string, width int) placed {
	if widthOf(text) > width {
		text = text[:breakAt(text, width)]
	}
	size := widthOf(text)
	return placed{max(0, min(cell-size/2, width-size)), text}
}

// roomy reports whether texts, from left to right, leave so many cells between them.
func roomy(labels []placed, between int) bool {
	for i := 1; i < len(labels); i++ {
		if labels[i].start < labels[i-1].end()+between {
			return false
		}
	}
	return true
}

// marks sets the title of the vertical axis and over each mark its name, as flags on
// poles: on as many lines as it takes that they leave each other room.
func (p *page) marks(t *plot) {
	var rows [][]placed // from the bottom
	for _, m := range t.marksFromRight() {
		name := clean(m.Label)
		size := widthOf(name)
		if size > p.width {
			p.prose(0, name, dim)
		} else if size > 0 {
			rows = t.raise(rows, t.left+t.column(m.X), name, p.width)
		}
	}
	if title := clean(t.chart.Y.Title); widthOf(title) > p.width {
		p.prose(0, title, dim)
	} else if title != "" {
		rows, _ = stacked(rows, max(0, len(rows)-1), placed{0, title})
	}
	for _, row := range slices.Backward(rows) {
		var l line
		for _, text := range row {
			l.put(text.start, text.text, dim)
		}
		p.add(l)
	}
}

// marksFromRight returns the marks that can be drawn, the rightmost first: what stands
// to the right of a pole is lower.
func (t *plot) marksFromRight() []Mark {
	marks := slices.DeleteFunc(slices.Clone(t.chart.Marks), func(m Mark) bool { return !drawable(m.X) })
	slices.SortStableFunc(marks, func(a, b Mark) int { return cmp.Compare(b.X, a.X) })
	return marks
}

// raise puts a name on the lowest row that has room for it, and its pole on those below.
func (t *plot) raise(rows [][]placed, cell int, name string, width int) [][]placed {
	rows, row := stacked(rows, 0, placed{min(cell, width-widthOf(name)), name})
	for i, lower := range rows[:row] {
		if larger := inserted(lower, placed{cell, t.signs.mark}); roomy(larger, 0) {
			rows[i] = larger
		}
	}
	return rows
}

// stacked puts a text on the first row, not below the given one, that has room for it,
// and returns which that is.
func stacked(rows [][]placed, from int, one placed) (larger [][]placed, row int) {
	for i := from; i < len(rows); i++ {
		if larger := inserted(rows[i], one); roomy(larger, gutter) {
			rows[i] = larger
			return rows, i
		}
	}
	return append(rows, []placed{one}), len(rows)
}

// inserted returns labels with one more, in their order on the line.
func inserted(labels []placed, one placed) []placed {
	larger := append(slices.Clone(labels), one)
	slices.SortStableFunc(larger, func(a, b placed) int { return cmp.Compare(a.start, b.start) })
	return larger
}

// tickLabels sets the names of ticks under the horizontal axis, every second or third
// only if there is no room for all, and the title of the axis.
func (p *page) tickLabels(t *plot) {
	ticks := t.ticks()
	var labels []placed
	for every := 1; every <= len(ticks); every++ {
		labels = labels[:0]
		for i := 0; i < len(ticks); i += every {
			if text := clean(ticks[i].Label); text != "" {
				labels = inserted(labels, centred(t.left+t.column(ticks[i].X), text, p.width))
			}
		}
		if roomy(labels, gutter) {
			break
		}
	}
	title := clean(t.chart.X.Title)
	if beside := (placed{t.left + t.canvas.columns + 1, title}); title != "" && beside.end() <= p.width && roomy(inserted(labels, beside), gutter) {
		labels, title = inserted(labels, beside), ""
	}
	var l line
	for _, text := range labels {
		l.put(text.start, text.text, dim)
	}
	p.add(l)
	for _, words := range wrap(title, p.width) {
		var l line
		middle := centred(t.left+t.canvas.columns/2, words, p.width)
		l.put(middle.start, middle.text, dim)
		p.add(l)
	}
}
