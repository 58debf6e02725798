// SPDX-License-Identifier: Apache-2.0

package html

import (
	"slices"
	"strings"

	"offtake/internal/report"
)

// clause is one clause of a term sheet.
type clause struct {
	Anchor, ID, Mark, Text, Place string
	Number                        int
	Line                          *link
}

func (p *page) clauses(c report.Clauses) (out []clause) {
	for i, item := range c.Items {
		id := report.Clean(item.ID)
		out = append(out, clause{anchor(id), id, report.Clean(item.Mark), report.Clean(item.Text), report.Clean(item.Place), i + 1, p.line(item.Line)})
	}
	return out
}

// group is figures under one heading.
type group struct {
	Title string
	Rows  []figure
}

type figure struct {
	Label, Value, Note string
	From               *origin
}

func (p *page) figures(f report.Figures) (out []group) {
	for i, r := range f.Rows {
		if title := report.Clean(r.Group); i == 0 || title != out[len(out)-1].Title {
			out = append(out, group{Title: title})
		}
		g := &out[len(out)-1]
		g.Rows = append(g.Rows, figure{report.Clean(r.Label), report.Clean(r.Value), report.Clean(r.Note), p.from(r.Behind)})
	}
	return out
}

// join adds to a list what is not in it.
func join(list, more []string) []string {
	list = slices.Clone(list)
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// wideFrom is how many columns make a table wide, for paper.
const wideFrom = 9

// table is a table as the template sets it.
type table struct {
	Caption, Note string
	Wide          bool
	Groups        []head // empty: no row of them
	Heads         []head
	Rows, Footer  [][]cell
	From          *origin
}

// head is the head of a column, or over some.
type head struct {
	Title, Unit, Class string
	Span               int
	Link               *link
}

type cell struct {
	Text, Class  string
	Row          bool // says what the row is
	Strong, Warn bool
	To           string // address of a link, in the page or outside
	Outside      bool
}

func (p *page) table(t *report.Table) table {
	laid := t.Lay()
	out := table{Caption: laid.Caption, Note: report.Clean(t.Note), Wide: len(laid.Columns) > wideFrom, From: p.from(t.Behind)}
	grouped := slices.ContainsFunc(laid.Columns, func(c report.Column) bool { return c.Group != "" })
	for i := 0; grouped && i < len(laid.Columns); {
		c, span := laid.Columns[i], 1
		for i+span < len(laid.Columns) && laid.Columns[i+span].Group == c.Group && (c.Group != "" || i+span >= laid.Stub) && i > 0 {
			span++
		}
		out.Groups = append(out.Groups, head{Title: c.Group, Span: span, Link: p.toClause(c.Clause)})
		i += span
	}
	for j, c := range laid.Columns {
		h := head{Title: c.Title, Unit: c.Unit, Class: classOf(&laid, j)}
		if h.Class == "n" && len(c.Title) > short {
			h.Class += " tall" // in few lines where there is little room
		}
		if !grouped {
			h.Link = p.toClause(c.Clause)
		}
		out.Heads = append(out.Heads, h)
	}
	out.Rows, out.Footer = p.cells(&laid, laid.Rows), p.cells(&laid, laid.Footer)
	return out
}

// toClause is the way to a clause; nil where there is none.
func (p *page) toClause(id string) *link {
	if from := p.from(report.Behind{Clauses: []string{id}}); from != nil {
		return &from.Clauses[0]
	}
	return nil
}

// classOf is how the cells of a column are set: numbers at the right; long words in a
// column wide enough to be read.
func classOf(t *report.Laid, column int) string {
	if t.Columns[column].Align != report.AlignLeft {
		return "n"
	}
	longest := 0
	for _, row := range t.Rows {
		longest = max(longest, len(row[column].Text))
	}
	switch {
	case longest <= short:
		return "short"
	case longest > long && column > 0:
		return "words"
	}
	return ""
}

// Texts of at most short bytes stay on one line; where one is longer than long, its column
// has the width of running text.
const short, long = 18, 40

func (p *page) cells(t *report.Laid, rows [][]report.Cell) (out [][]cell) {
	for _, row := range rows {
		var cells []cell
		for j, c := range row {
			x := cell{Text: c.Text, Class: classOf(t, j), Row: j == 0, Strong: c.Strong, Warn: c.Warn}
			switch {
			case c.Warn:
				x.Class += " bad"
			case c.Dim:
				x.Class += " dim"
			}
			if l := p.line(c.Line); l != nil {
				x.To = l.To
			} else if strings.HasPrefix(c.Link, "https://") || strings.HasPrefix(c.Link, "http://") {
				x.To, x.Outside = c.Link, true
			}
			cells = append(cells, x)
		}
		out = append(out, cells)
	}
	return out
}
