// SPDX-License-Identifier: Apache-2.0

package report

import (
	"slices"
	"strings"
)

const (
	minNote = 26 // least room for notes beside figures; below it they stand underneath
	apart   = 3  // cells between the columns of figures
)

// figureColumns is where the parts of figures stand, in cells.
type figureColumns struct {
	indent   int // of labels
	label    int // room for labels
	value    int // start of values
	valueEnd int // which all values share; units of a word of their own hang behind it
	values   int // room for values that are not aligned; 0 if all are
	note     int // start of notes; 0 if they stand underneath
}

// figures sets labels, values aligned on their decimal points, and notes.
func (p *page) figures(f Figures) {
	rows := make([]Figure, len(f.Rows))
	for i, r := range f.Rows {
		rows[i] = Figure{Group: clean(r.Group), Label: clean(r.Label), Value: clean(r.Value), Note: clean(r.Note)}
	}
	columns := p.figureColumns(rows)
	group := ""
	for i, r := range rows {
		if r.Group != group {
			if i > 0 {
				p.space(1)
			}
			p.prose(0, r.Group, strong)
			group = r.Group
		}
		p.figure(r, columns)
	}
}

func (p *page) figureColumns(rows []Figure) figureColumns {
	var c figureColumns
	var labels, notes []string
	var values numerals
	for _, r := range rows {
		labels, notes = append(labels, r.Label), append(notes, r.Note)
		values.fit(endNumeral(r.Value))
		if r.Group != "" {
			c.indent = gutter
		}
	}
	c.label = min(widest(labels), (p.width-c.indent)/2-gutter)
	c.value = c.indent + c.label + apart
	c.valueEnd = c.value + values.head
	if c.value+values.width() > p.width {
		c.values = p.width - c.value
		return c
	}
	if room := p.width - c.valueEnd - apart; room >= minNote || room >= widest(notes) {
		c.note = c.valueEnd + apart
	}
	return c
}

func (p *page) figure(r Figure, c figureColumns) {
	labels := hanging(r.Label, c.label)
	value := endNumeral(r.Value)
	values := []string{r.Value}
	if c.values > 0 {
		values = wrap(r.Value, c.values)
	}
	var notes []string
	if c.note > 0 {
		notes = wrap(r.Note, min(p.width-c.note, proseWidth))
	}
	if value.tail != "" && len(notes) > 0 && c.values == 0 { // the unit stands where notes do
		notes = slices.Insert(notes, 0, "")
	}
	for i := range max(len(labels), len(values), len(notes)) {
		var l line
		if i < len(labels) {
			l.put(c.indent, labels[i], plain)
		}
		if i < len(values) {
			start := c.value
			if c.values == 0 {
				start = c.valueEnd - widthOf(value.head)
			}
			l.put(start, values[i], strong)
		}
		if i < len(notes) {
			l.put(c.note, notes[i], dim)
		}
		p.add(l)
	}
	if c.note == 0 {
		p.prose(c.indent+2*gutter, r.Note, dim)
	}
}

// hanging returns a label in lines of at most width cells, all but the first indented.
func hanging(label string, width int) []string {
	if widthOf(label) <= width {
		return []string{label}
	}
	lines := wrap(label, width-gutter)
	for i := 1; i < len(lines); i++ {
		lines[i] = strings.Repeat(" ", gutter) + lines[i]
	}
	return lines
}
