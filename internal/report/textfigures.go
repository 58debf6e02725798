// SPDX-License-Identifier: Apache-2.0

package report

import "strings"

// minNote is the least room for notes beside figures; below it they stand underneath.
const minNote = 26

// figureColumns is where the parts of figures stand.
type figureColumns struct {
	indent int // of labels
	label  int // cells for labels
	value  int // first cell of values
	number numerals
	values int // cells for values
	note   int // first cell of notes; 0 if they stand underneath
}

// figures sets labels, values aligned on their decimal points, and notes.
func (p *page) figures(f Figures) {
	rows := make([]Figure, len(f.Rows))
	for i, r := range f.Rows {
		rows[i] = Figure{clean(r.Group), clean(r.Label), clean(r.Value), clean(r.Note)}
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
	for _, r := range rows {
		labels, notes = append(labels, r.Label), append(notes, r.Note)
		c.number.fit(lastNumeral(r.Value))
		if r.Group != "" {
			c.indent = gutter
		}
	}
	most := (p.width - c.indent - 2*gutter) / 2
	c.label = min(widest(labels), most)
	c.value = c.indent + c.label + 2*gutter
	c.values = c.number.width()
	if c.values > p.width-c.value { // too wide to be aligned
		c.values = p.width - c.value
		c.number = numerals{}
	}
	note := c.value + c.values + 2*gutter
	if room := p.width - note; room >= minNote || room >= widest(notes) {
		c.note = note
	}
	return c
}

func (p *page) figure(r Figure, c figureColumns) {
	labels := hanging(r.Label, c.label)
	values := wrap(r.Value, c.values)
	var notes []string
	if c.note > 0 {
		notes = wrap(r.Note, min(p.width-c.note, measure))
	}
	for i := range max(len(labels), len(values), len(notes)) {
		var l line
		if i < len(labels) {
			l.put(c.indent, labels[i], plain)
		}
		if i < len(values) {
			l.put(c.value+c.offset(values[i]), values[i], strong)
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

// offset returns where a value starts in its column.
func (c figureColumns) offset(value string) int {
	if c.number.width() == 0 {
		return c.values - widthOf(value)
	}
	return c.number.offset(lastNumeral(value), c.values)
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
