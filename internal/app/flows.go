// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"

	"offtake/internal/contract"
	"offtake/internal/report"
	"offtake/internal/unit"
)

// kinds of cash flow, in the order of the report's columns.
var kindColumns = []struct {
	title string
	kinds []string
}{
	{"Use at list", []string{"usage"}},
	{"Discount", []string{"discount"}},
	{"Deficiency", []string{"deficiency", "top_up"}},
	{"Availability", []string{"availability"}},
	{"Exit fee", []string{"exit_fee"}},
	{"Make-up, credits", []string{"make_up", "credit", "refund"}},
	{"Shares", []string{"purchase"}},
	{"Draws", []string{"draw"}},
}

// flows is cash by party and contract year, and what it is for.
func (r *Run) flows() report.Section {
	years := r.Base.Job.Program.Grid().ContractYears()
	s := report.Section{Title: "Cash by contract year", Note: "As agreed, undiscounted and before default, on the mean of every input."}
	s.Blocks = append(s.Blocks, r.byKind(years), r.byParty(years))
	return s
}

// yearOf is the row of a flow: 0 for the signing, else the contract year.
func (r *Run) yearOf(step int) int {
	if step < 0 {
		return 0
	}
	return r.Base.Job.Program.Grid().ContractYear(step) + 1
}

func yearName(y int) string {
	if y == 0 {
		return "signing"
	}
	return fmt.Sprint(y)
}

// byKind is cash between the two sides by what it is for.
func (r *Run) byKind(years int) report.Table {
	cols := make([][]float64, len(kindColumns)+1)
	for k := range cols {
		cols[k] = make([]float64, years+2)
	}
	provider := r.Deal.Supplier()
	r.eachCash(func(step int, l *contract.Line, cents float64) {
		if l.From != provider && l.To != provider {
			return
		}
		if l.From == provider {
			cents = -cents
		}
		for k, c := range kindColumns {
			for _, kind := range c.kinds {
				if kind == l.Kind {
					cols[k][r.yearOf(step)] += cents
				}
			}
		}
		cols[len(kindColumns)][r.yearOf(step)] += cents
	})
	titles := make([]string, 0, len(cols))
	for _, c := range kindColumns {
		titles = append(titles, c.title)
	}
	t := r.yearTable(append(titles, "Net"), nil, cols, years)
	t.Title = fmt.Sprintf("To %s (minus: from it), by what it is for", r.Deal.Name(provider))
	return t
}

// byParty is what each party receives and pays.
func (r *Run) byParty(years int) report.Table {
	var titles, groups []string
	var cols [][]float64
	for _, p := range r.Deal.Parties {
		in, out, net := make([]float64, years+2), make([]float64, years+2), make([]float64, years+2)
		r.eachCash(func(step int, l *contract.Line, cents float64) {
			y := r.yearOf(step)
			if l.To == p.Key {
				in[y] += cents
				net[y] += cents
			}
			if l.From == p.Key {
				out[y] += cents
				net[y] -= cents
			}
		})
		titles, cols = append(titles, "receives", "pays", "net"), append(cols, in, out, net)
		for range 3 {
			groups = append(groups, r.Deal.Name(p.Key))
		}
	}
	t := r.yearTable(titles, groups, cols, years)
	t.Title = "By party, gross: discounts and credits count as paid back"
	return t
}

// eachCash calls f for every cash flow of the base run.
func (r *Run) eachCash(f func(step int, l *contract.Line, cents float64)) {
	for _, m := range r.Base.Months {
		for _, x := range m.Flows {
			if x.Line.Asset.Kind == contract.Cash {
				f(m.Step, x.Line, x.Amount)
			}
		}
	}
}

// yearTable is a table of amounts by contract year, with a total. Columns in
// which nothing moves are left out.
func (r *Run) yearTable(titles, groups []string, cols [][]float64, years int) report.Table {
	scale, name := scaleOf(r.Deal.Currency, cols)
	t := report.Table{Columns: []report.Column{{Title: "Year", Align: report.AlignRight}}}
	var kept [][]float64
	for k, col := range cols {
		moved := false
		for _, x := range col {
			moved = moved || math.Abs(x) >= 0.5
		}
		if !moved {
			continue
		}
		c := report.Column{Title: titles[k], Unit: name, Align: report.AlignDecimal}
		if groups != nil {
			c.Group = groups[k]
		}
		t.Columns, kept = append(t.Columns, c), append(kept, col)
	}
	total := []report.Cell{{Text: "total", Strong: true}}
	for _, col := range kept {
		sum := 0.0
		for _, x := range col {
			sum += x
		}
		total = append(total, report.Cell{Text: fixed(sum, scale), Strong: true})
	}
	for y := range years + 1 {
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

func fixed(cents, scale float64) string { return fmt.Sprintf("%.2f", cents/scale) }

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

// ledgerColumns are the rows of a commitment's ledger, as columns.
var ledgerColumns = []struct{ name, title string }{
	{"schedule", "Schedule"}, {"relief", "Relief"}, {"minimum", "Minimum"}, {"taken", "Taken"}, {"spend", "Spend"},
	{"carry_forward_used", "Carried in"}, {"deferred", "Deferred"}, {"deficiency", "Deficiency"}, {"deficiency_paid", "Paid for it"},
	{"make_up_used", "Make-up used"}, {"make_up_bank", "Make-up bank"}, {"carry_forward_bank", "Carry bank"}, {"paid", "Paid"},
}
