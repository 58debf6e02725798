// SPDX-License-Identifier: Apache-2.0

package report

import "strconv"

const (
	gutter    = 2  // cells between neighbours on a line
	minProse  = 52 // running text beside other columns is no narrower
	maxMargin = 24 // places and names beside running text are no wider
)

// clauses sets a term sheet: in three columns if there is room for the text in the
// middle one, else the text under a line of names.
func (p *page) clauses(c Clauses) {
	items := make([]Clause, len(c.Items))
	var names, places []string
	for i, item := range c.Items {
		items[i] = Clause{ID: clean(item.ID), Place: clean(item.Place), Text: clean(item.Text), Mark: clean(item.Mark)}
		names = append(names, items[i].ID, items[i].Mark)
		places = append(places, items[i].Place)
	}
	hang := len(strconv.Itoa(len(items))) + gutter
	text := hang + widest(names) + 2*gutter
	room := p.width - text - 2*gutter - widest(places)
	beside := room >= minProse && widest(names) <= maxMargin && widest(places) <= maxMargin
	for i, item := range items {
		if i > 0 {
			p.space(1)
		}
		if beside {
			p.clauseBeside(i+1, item, hang, text, min(room, proseWidth))
		} else {
			p.clauseUnder(i+1, item, hang)
		}
	}
}

// putNumber sets the number of a clause at the right of its column.
func putNumber(l *line, number, hang int) {
	digits := strconv.Itoa(number)
	l.put(hang-gutter-len(digits), digits, dim)
}

// clauseBeside sets number, name, text and place on one line, the mark under the name.
func (p *page) clauseBeside(number int, c Clause, hang, column, room int) {
	text := wrap(c.Text, room)
	for i := range max(len(text), 2) {
		var l line
		switch i {
		case 0:
			putNumber(&l, number, hang)
			l.put(hang, c.ID, strong)
		case 1:
			l.put(hang, c.Mark, dim)
		}
		if i < len(text) {
			l.put(column, text[i], plain)
		}
		if i == 0 {
			l.put(p.width-widthOf(c.Place), c.Place, dim)
		}
		if l.width > 0 {
			p.add(l)
		}
	}
}

// clauseUnder sets number, name, mark and place on one line if they fit, and the text
// under the name.
func (p *page) clauseUnder(number int, c Clause, hang int) {
	var head line
	putNumber(&head, number, hang)
	for i, name := range wrap(c.ID, p.width-hang) {
		if i > 0 {
			p.add(head)
			head = line{}
		}
		head.put(hang, name, strong)
	}
	if width := widthOf(c.Mark); c.Mark != "" && head.width+gutter+width <= p.width {
		head.put(head.width+gutter, c.Mark, dim)
		c.Mark = ""
	}
	if width := widthOf(c.Place); c.Place != "" && head.width+gutter+width <= p.width {
		head.put(p.width-width, c.Place, dim)
		c.Place = ""
	}
	p.add(head)
	p.prose(hang, c.Mark, dim)
	p.prose(hang, c.Text, plain)
	p.prose(hang, c.Place, dim)
}
