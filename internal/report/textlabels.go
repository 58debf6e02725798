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

// roomy reports whether labels, from left to right, leave a gap between each other.
func roomy(labels []placed) bool {
	for i := 1; i < len(labels); i++ {
		if labels[i].start < labels[i-1].end()+gutter {
			return false
		}
	}
	return true
}

// marks sets the title of the vertical axis and over each mark its name, on as many
// lines as it takes that they leave each other room.
func (p *page) marks(t *plot) {
	var rows [][]placed // from the bottom
	for _, m := range t.chart.Marks {
		name := clean(m.Label)
		switch {
		case !drawable(m.X) || name == "":
		case widthOf(name) > p.width:
			p.prose(0, name, dim)
		default:
			rows = stacked(rows, 0, centred(t.left+t.column(m.X), name, p.width))
		}
	}
	if title := clean(t.chart.Y.Title); widthOf(title) > p.width {
		p.prose(0, title, dim)
	} else if title != "" {
		rows = stacked(rows, max(0, len(rows)-1), placed{0, title})
	}
	for _, row := range slices.Backward(rows) {
		var l line
		for _, text := range row {
			l.put(text.start, text.text, dim)
		}
		p.add(l)
	}
}

// stacked puts a label on the first row, not below the given one, that has room for it.
func stacked(rows [][]placed, from int, one placed) [][]placed {
	for i := from; i < len(rows); i++ {
		if larger := inserted(rows[i], one); roomy(larger) {
			rows[i] = larger
			return rows
		}
	}
	return append(rows, []placed{one})
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
		if roomy(labels) {
			break
		}
	}
	title := clean(t.chart.X.Title)
	if beside := (placed{t.left + t.canvas.columns + 1, title}); title != "" && beside.end() <= p.width && roomy(inserted(labels, beside)) {
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
