// SPDX-License-Identifier: Apache-2.0

package report

import (
	"cmp"
	"slices"
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

// pack puts columns, in the order given, into parts no wider than width, each with the
// stub and at least one column more. Columns of a group stay together if they can.
func (g *grid) pack(order []int, width int) (parts [][]int) {
	stub := make([]int, g.stub)
	for j := range stub {
		stub[j] = j
	}
	now := slices.Clone(stub)
	add := func(columns []int) bool {
		larger := slices.Concat(now, columns)
		slices.Sort(larger)
		fits := g.total(larger, gutter, g.least) <= width
		if fits || len(larger) == g.stub+1 {
			now = larger
			return true
		}
		return false
	}
	next := func() {
		if len(now) > g.stub {
			parts = append(parts, now)
		}
		now = slices.Clone(stub)
	}
	for _, group := range g.groups(order) {
		if add(group) {
			continue
		}
		next()
		if add(group) {
			continue
		}
		for i := range group {
			if column := group[i : i+1]; !add(column) {
				next()
				add(column)
			}
		}
	}
	return append(parts, now)
}

// groups cuts columns into runs that have a heading in common; others are on their own.
func (g *grid) groups(columns []int) (groups [][]int) {
	for from := 0; from < len(columns); {
		to := from + 1
		for group := g.columns[columns[from]].group; group != "" && to < len(columns) && g.columns[columns[to]].group == group; {
			to++
		}
		groups = append(groups, columns[from:to])
		from = to
	}
	return groups
}
