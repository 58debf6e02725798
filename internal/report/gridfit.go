// SPDX-License-Identifier: Apache-2.0

package report

import (
	"sort"
	"strings"
)

const (
	maxTitleLines = 4  // most lines that the head of a column takes
	maxWord       = 24 // wider words may be broken where room is short
	minText       = 12 // text in cells is wrapped no narrower where there is a choice
	maxRelax      = 4  // cells that one line less of a head is worth
	minColumn     = 2  // no column is narrower
	warnSign      = "!"
)

// total returns the width of columns side by side, each as wide as need says.
func (g *grid) total(columns []int, gap int, need func(j int) int) int {
	total := gap * max(0, len(columns)-1)
	for _, j := range columns {
		total += need(j)
		if g.columns[j].apart {
			total += gutter
		}
	}
	if n := len(columns); n > 0 && g.columns[columns[n-1]].warns {
		total += len(warnSign)
	}
	return total
}

// least returns the width below which a column cannot go without breaking words.
func (g *grid) least(j int) int { return g.columns[j].least }

// whole returns what gives the width of a column whose cells are not wrapped and whose
// head takes at most the given number of lines.
func (g *grid) whole(titleLines int) func(j int) int {
	return func(j int) int {
		c := &g.columns[j]
		return max(c.body, c.heads[titleLines], c.minWidth, minColumn)
	}
}

// titleWidth returns the least width at which a title takes at most the given number of
// lines and no word of it is broken.
func titleWidth(title string, lines int) int {
	least := 1
	for _, part := range splitTitle(title) {
		least = max(least, min(widthOf(strings.TrimRight(part, " ")), maxWord))
	}
	most := max(least, widthOf(title))
	return least + sort.Search(most-least, func(more int) bool {
		return len(wrapTitle(title, least+more)) <= lines
	})
}

// fit chooses the widths of columns on a page: heads on as few lines as possible, then
// text wrapped, then everything wrapped.
func (g *grid) fit(columns []int, width int) part {
	for lines := 1; lines <= maxTitleLines; lines++ {
		if need := g.whole(lines); g.total(columns, gutter, need) <= width {
			return g.part(columns, g.relax(columns, lines, width), width)
		}
	}
	return g.part(columns, g.squeeze(columns, width), width)
}

// relax returns widths at which no head takes more than the given number of lines, and
// those that need little room for it take fewer.
func (g *grid) relax(columns []int, lines, width int) []int {
	widths := make([]int, len(g.columns))
	for _, j := range columns {
		widths[j] = g.whole(lines)(j)
	}
	have := func(j int) int { return widths[j] }
	for fewer := lines - 1; fewer >= 1; fewer-- {
		for _, j := range columns {
			narrow := widths[j]
			if wide := g.whole(fewer)(j); wide-narrow <= maxRelax {
				widths[j] = wide
			}
			if g.total(columns, gutter, have) > width {
				widths[j] = narrow
			}
		}
	}
	return widths
}

// squeeze takes cell after cell from the widest column that can give one, first only
// where no word is broken.
func (g *grid) squeeze(columns []int, width int) []int {
	widths := make([]int, len(g.columns))
	for j := range widths {
		widths[j] = min(g.whole(maxTitleLines)(j), width)
	}
	have := func(j int) int { return widths[j] }
	for floor := g.least; g.total(columns, gutter, have) > width; {
		widest, found := 0, false
		for _, j := range columns {
			if widths[j] > floor(j) && (!found || widths[j] > widths[widest]) {
				widest, found = j, true
			}
		}
		if found {
			widths[widest]--
		} else {
			floor = func(int) int { return minColumn }
		}
	}
	return widths
}

// part gives the headings of groups the room that they need, first for their parts
// between hyphens and then for whole words, and takes one cell more for each gap, if the
// page has them.
func (g *grid) part(columns []int, widths []int, width int) part {
	have := func(j int) int { return widths[j] }
	for _, need := range []func(c *gridColumn) int{(*gridColumn).groupPart, (*gridColumn).groupWord} {
		for _, group := range g.groups(columns) {
			last := group[len(group)-1]
			lacks := need(&g.columns[last]) - g.total(group, gutter, have)
			if lacks > 0 && g.total(columns, gutter, have)+lacks <= width {
				widths[last] += lacks
			}
		}
	}
	p := part{columns: columns, gap: gutter}
	for _, j := range columns {
		p.widths = append(p.widths, widths[j])
	}
	if g.total(columns, gutter+1, have) <= width {
		p.gap++
	}
	return p
}

// groupPart returns the width of the widest part of the heading over a column that a line
// must not break.
func (c *gridColumn) groupPart() int {
	widest := 0
	for _, part := range splitTitle(c.group) {
		widest = max(widest, widthOf(strings.TrimRight(part, " ")))
	}
	return min(widest, maxWord)
}

// groupWord returns the width of the widest word of the heading over a column.
func (c *gridColumn) groupWord() int { return min(widest(strings.Fields(c.group)), maxWord) }
