// SPDX-License-Identifier: Apache-2.0

package report

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

const (
	maxTitleLines = 4  // most lines that the head of a column takes
	maxWord       = 24 // wider words may be broken where room is short
	minText       = 12 // text in cells is wrapped no narrower where there is a choice
	minColumn     = 2  // no column is narrower where nothing else helps
	warnSign      = "!"
)

// part is some columns of a grid that stand side by side, and their widths in cells.
type part struct {
	columns []int
	widths  []int
	gap     int // between neighbours
}

// split lays a grid out on a page: one part if it fits, else as few as possible, each
// with the stub, and of widths as even as possible.
func (g *grid) split(width int) []part {
	g.measure()
	if (g.stub+1)*(minColumn+gutter)+gutter > width {
		g.stub = 1
	}
	order := g.order()
	groups := g.pack(order, width)
	for narrower := width - 1; narrower > 0 && len(groups) > 1; narrower-- {
		even := g.pack(order, narrower)
		if len(even) > len(groups) {
			break
		}
		groups = even
	}
	parts := make([]part, len(groups))
	for i, columns := range groups {
		parts[i] = g.fit(columns, width)
	}
	return parts
}

// order returns the columns after the stub, those of higher priority first.
func (g *grid) order() []int {
	var order []int
	for j := g.stub; j < len(g.columns); j++ {
		order = append(order, j)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(g.columns[b].priority, g.columns[a].priority)
	})
	return order
}

// pack puts columns, in the order given, into groups no wider than width, each with the
// stub and at least one column more.
func (g *grid) pack(order []int, width int) (groups [][]int) {
	var stub []int
	for j := range g.stub {
		stub = append(stub, j)
	}
	group := slices.Clone(stub)
	for _, j := range order {
		larger := append(slices.Clone(group), j)
		slices.Sort(larger)
		if len(group) > g.stub && g.total(larger, gutter, g.least) > width {
			groups = append(groups, group)
			larger = append(slices.Clone(stub), j)
		}
		group = larger
	}
	return append(groups, group)
}

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
		return max(c.body, c.heads[titleLines], c.minWidth)
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
			return g.part(columns, need, width)
		}
	}
	widths := g.squeeze(columns, width)
	return g.part(columns, func(j int) int { return widths[j] }, width)
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

// part takes up to one cell more for each gap if the page has them.
func (g *grid) part(columns []int, need func(j int) int, width int) part {
	p := part{columns: columns, gap: gutter}
	for _, j := range columns {
		p.widths = append(p.widths, need(j))
	}
	if g.total(columns, gutter+1, need) <= width {
		p.gap++
	}
	return p
}
