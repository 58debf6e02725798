// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"slices"

	"offtake/internal/contract"
	"offtake/internal/report"
	"offtake/internal/unit"
)

// flows is who pays whom, by clause and contract year; what each party gets and
// pays, where there are more than two; and apart from cash what is given in
// kind.
func (r *Run) flows() report.Section {
	s := report.Section{Title: "Cash by contract year", Note: "As agreed, undiscounted and before default, on the mean of every input."}
	cash := r.moves(contract.Cash)
	pairs := r.byPair(cash, "From %s to %s, by clause")
	for _, t := range pairs {
		s.Blocks = append(s.Blocks, t)
	}
	switch len(pairs) {
	case 0:
		s.Blocks = append(s.Blocks, report.Paragraph{Text: "No cash moves."})
	case 1: // what one pays is what the other gets
	default:
		s.Blocks = append(s.Blocks, r.byParty(cash))
	}
	for i, t := range r.byPair(r.moves(contract.InKind), "In kind from %s to %s, by clause, at its worth on the day") {
		if i == 0 {
			t.Note = "What is given in kind is in none of the tables of cash."
		}
		s.Blocks = append(s.Blocks, t)
	}
	return s
}

// A pair is two between whom something moves; amounts count toward to.
type pair struct{ from, to string }

// pairOf is the pair of a line: toward the supplier, else toward a third party,
// else toward a party from those outside.
func (r *Run) pairOf(l *contract.Line) pair {
	rank := func(party string) int {
		switch party {
		case contract.Outside:
			return 0
		case r.Deal.Buyer():
			return 1
		case r.Deal.Supplier():
			return 1000
		}
		for i, p := range r.Deal.Parties {
			if p.Key == party {
				return 2 + i
			}
		}
		return 1
	}
	if rank(l.From) > rank(l.To) {
		return pair{l.To, l.From}
	}
	return pair{l.From, l.To}
}

// byPair is a table for each two between whom something moves: the two sides
// first, those outside last.
func (r *Run) byPair(moves []move, title string) []report.Table {
	var pairs []pair
	for _, m := range moves {
		if p := r.pairOf(m.Line); !slices.Contains(pairs, p) {
			pairs = append(pairs, p)
		}
	}
	sides := func(p pair) int {
		switch {
		case p == pair{r.Deal.Buyer(), r.Deal.Supplier()}:
			return 0
		case p.from == contract.Outside:
			return 2
		}
		return 1
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return sides(a) - sides(b) })
	var out []report.Table
	for _, p := range pairs {
		out = append(out, r.between(p, moves, title))
	}
	return out
}

// between is what moves within a pair, by clause and kind.
func (r *Run) between(p pair, moves []move, title string) report.Table {
	var titles, groups []string
	var cols [][]float64
	net := make([]float64, r.years()+1)
	there, back := false, false
	for _, m := range moves {
		if r.pairOf(m.Line) != p {
			continue
		}
		sign := 1.0
		if there, back = there || m.To == p.to, back || m.From == p.to; m.From == p.to {
			sign = -1
		}
		col := make([]float64, len(m.years))
		for y, x := range m.years {
			col[y] = float64(sign * x)
			net[y] += col[y]
		}
		titles, groups, cols = append(titles, r.nameIn(m, moves)), append(groups, m.Clause), append(cols, col)
	}
	if there && back {
		title += "; a minus is the other way"
	}
	if !there {
		p = pair{p.to, p.from}
		for _, col := range append(cols, net) {
			for y := range col {
				col[y] = -col[y]
			}
		}
	}
	if len(cols) > 1 {
		titles, groups, cols = append(titles, "Net"), append(groups, ""), append(cols, net)
	}
	t := r.yearTable(titles, groups, cols)
	t.Title = fmt.Sprintf(title, r.partyName(p.from), r.partyName(p.to))
	return t
}

// nameIn names a line among others: use that a discount is taken off is at
// list.
func (r *Run) nameIn(m move, moves []move) string {
	discounted := func(o move) bool { return o.Clause == m.Clause && o.Kind == "discount" }
	if m.Kind == "usage" && slices.ContainsFunc(moves, discounted) {
		return "Use at list"
	}
	return lineName(m.Kind)
}

// byParty is what each party gets and pays in cash, and those outside.
func (r *Run) byParty(cash []move) report.Table {
	var titles, groups []string
	var cols [][]float64
	keys := make([]string, 0, len(r.Deal.Parties)+1)
	for _, p := range r.Deal.Parties {
		keys = append(keys, p.Key)
	}
	for _, key := range append(keys, contract.Outside) {
		gets, pays := r.account(key, cash)
		net := make([]float64, len(gets))
		for y := range net {
			net[y] = gets[y] - pays[y]
		}
		if !allZero(gets) && !allZero(pays) {
			titles, groups, cols = append(titles, "receives", "pays", "net"), append(groups, r.partyName(key), r.partyName(key), r.partyName(key)), append(cols, gets, pays, net)
		} else {
			titles, groups, cols = append(titles, "receives", "pays"), append(groups, r.partyName(key), r.partyName(key)), append(cols, gets, pays)
		}
	}
	t := r.yearTable(titles, groups, cols)
	t.Title = "By party; discounts and what else lowers a bill for compute are taken off it"
	return t
}

// account is what a party gets and pays by year. What is for compute is netted
// in each year: the buyer pays it, or gets what is left over.
func (r *Run) account(key string, cash []move) (gets, pays []float64) {
	gets, pays = make([]float64, r.years()+1), make([]float64, r.years()+1)
	compute := make([]float64, r.years()+1)
	for _, m := range cash {
		for y, x := range m.years {
			switch {
			case forCompute(m.Line) && m.To == key:
				compute[y] += x
			case forCompute(m.Line) && m.From == key:
				compute[y] -= x
			case m.To == key:
				gets[y] += x
			case m.From == key:
				pays[y] += x
			}
		}
	}
	for y, x := range compute {
		gets[y] += max(0, x)
		pays[y] += max(0, -x)
	}
	return gets, pays
}

func yearName(y int) string {
	if y == 0 {
		return "signing"
	}
	return fmt.Sprint(y)
}

// yearTable is a table of amounts by contract year, with a total. Columns in
// which nothing moves are left out.
func (r *Run) yearTable(titles, groups []string, cols [][]float64) report.Table {
	scale, name := scaleOf(r.Deal.Currency, cols)
	t := report.Table{Columns: []report.Column{{Title: "Year", Align: report.AlignRight}}}
	var kept [][]float64
	for k, col := range cols {
		if allZero(col) {
			continue
		}
		c := report.Column{Title: titles[k], Group: groups[k], Unit: name, Align: report.AlignDecimal}
		if r.isClause(groups[k]) {
			c.Clause = groups[k]
		}
		t.Columns = append(t.Columns, c)
		kept = append(kept, col)
	}
	total := []report.Cell{{Text: "total", Strong: true}}
	for _, col := range kept {
		sum := 0.0
		for _, x := range col {
			sum += x
		}
		total = append(total, report.Cell{Text: fixed(sum, scale), Strong: true})
	}
	for y := range r.years() + 1 {
		row := []report.Cell{{Text: yearName(y)}}
		for _, col := range kept {
			row = append(row, amountCell(col[y], scale))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Footer = [][]report.Cell{total}
	return t
}

// amountCell is an amount on the table's scale; nothing, or less than half a
// cent, is a dim dash.
func amountCell(cents, scale float64) report.Cell {
	if math.Abs(cents) < 0.5 {
		return report.Cell{Text: "–", Dim: true}
	}
	return report.Cell{Text: fixed(cents, scale)}
}

func fixed(cents, scale float64) string {
	if text := fmt.Sprintf("%.2f", cents/scale); text != "-0.00" {
		return text
	}
	return "0.00"
}

// scaleOf picks the scale of a table's amounts, and its name: $B, $M, or $.
func scaleOf(c unit.Currency, cols [][]float64) (scale float64, name string) {
	largest := 0.0
	for _, col := range cols {
		for _, x := range col {
			largest = math.Max(largest, math.Abs(x))
		}
	}
	for _, s := range []struct {
		at   float64
		name string
	}{{1e11, "B"}, {1e8, "M"}, {1e5, "k"}} {
		if largest >= s.at {
			return s.at, c.Symbol + s.name
		}
	}
	return unit.MinorPerMajor, c.Symbol
}
