// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/report"
	"offtake/internal/unit"
)

// A viewYear is a contract year of the base run, as several readers ask after it. Amounts
// are in cents.
type viewYear struct {
	Need      float64 // what the firm need would cost at market prices
	Floor     float64 // owed here, taken or not, with any right to leave used at once
	Exclusive float64 // of the need, at market prices, what exclusivity and first refusal bind here
	Elsewhere float64 // minimums with others
	GWYears   float64 // capacity promised here
	Level     string  // the strictest level of exclusivity in it
}

// Bound is the share of the need that is bound here: the floor or what exclusivity holds,
// whichever is more, and no more than all.
func (y *viewYear) Bound() float64 {
	if y.Need <= 0 {
		return 0
	}
	return min(1, max(y.Floor, y.Exclusive)/y.Need)
}

// Left is what is left of the need to bid for, beside what is bound here and the minimums
// with others.
func (y *viewYear) Left() float64 { return max(0, y.Need-max(y.Floor, y.Exclusive)-y.Elsewhere) }

// viewYears are the contract years of the base run.
func (r *Run) viewYears() []viewYear {
	grid := r.Deal.Grid()
	out := make([]viewYear, grid.ContractYears())
	_, least := r.floors(r.Deal.Signed)
	for y, x := range r.contractYears(r.floorSchedule(least)) {
		out[y].Floor = x
	}
	for y := range out {
		if other := r.Base.Job.Elsewhere; y < len(other) {
			out[y].Elsewhere = other[y]
		}
		for _, b := range r.builds() {
			out[y].GWYears += float64(b.PowerGW * max(0, min(b.Until, float64(y+1))-max(b.Years, float64(y))))
		}
	}
	need, price := r.observed(contract.Need), r.observed(contract.Market)
	for t := range grid.Term() {
		y := &out[grid.ContractYear(t)]
		y.Need += float64(need[t] * price[t])
		for _, c := range r.Deal.Clauses {
			if x, ok := c.(*clause.Exclusivity); ok && r.bindingOn(grid.StepStart(t))(x.Head()) {
				y.hold(x, grid, t, need, price[t])
			}
		}
	}
	return out
}

// observed is a number of the world by step of the base run.
func (r *Run) observed(o contract.Observable) []float64 {
	tape := r.Base.Tape
	out := make([]float64, r.Deal.Grid().Term())
	for k, s := range tape.Steps {
		if t := k + tape.Start; t >= 0 && t < len(out) {
			out[t] = s.Obs[o]
		}
	}
	return out
}

// levels are from the freest to the strictest.
var ladderLevels = []string{"", "none", "preferred", "first_refusal", "exclusive"}

// hold adds what exclusivity binds in a step: all need in its scope, or what that has
// grown by since the level began.
func (y *viewYear) hold(x *clause.Exclusivity, grid *calendar.Grid, t int, need []float64, price float64) {
	k := rungAt(x, grid.StepStart(t))
	if k < 0 {
		return
	}
	g := &x.Ladder[k]
	units := 0.0
	switch g.Level {
	case "exclusive":
		units = need[t]
	case "first_refusal":
		first := t
		for first > 0 && rungAt(x, grid.StepStart(first-1)) == k {
			first--
		}
		units = max(0, need[t]-need[first])
	}
	y.Exclusive += float64(units * g.Scope * price)
	if place(ladderLevels, g.Level) > place(ladderLevels, y.Level) {
		y.Level = g.Level
	}
}

func place(among []string, word string) int {
	for i, x := range among {
		if x == word {
			return i
		}
	}
	return -1
}

// rungAt is the level of a ladder that holds on a day, or -1.
func rungAt(x *clause.Exclusivity, day calendar.Date) int {
	out := -1
	for k, g := range x.Ladder {
		if !day.Before(g.From) {
			out = k
		}
	}
	return out
}

// yearRow is one column of a table by year.
type yearColumn struct {
	title string
	of    func(y *viewYear) string
}

// byYears is a table of contract years.
func (v *View) byYears(note string, columns ...yearColumn) report.Table {
	t := report.Table{Columns: []report.Column{{Title: "Year", Align: report.AlignRight}}, Note: note}
	for _, c := range columns {
		t.Columns = append(t.Columns, report.Column{Title: c.title, Align: report.AlignDecimal})
	}
	for i := range v.years {
		row := report.Row(fmt.Sprint(i + 1))
		for _, c := range columns {
			row = append(row, report.Cell{Text: c.of(&v.years[i])})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (v *View) cents(title string, of func(y *viewYear) float64) yearColumn {
	return yearColumn{title, func(y *viewYear) string { return money(v.run.Deal, of(y)) }}
}

func shareColumn(title string, of func(y *viewYear) float64) yearColumn {
	return yearColumn{title, func(y *viewYear) string { return wholePercent(of(y)) }}
}

var gwColumn = yearColumn{"GW-years", func(y *viewYear) string { return unit.FormatNumber(y.GWYears) }}

// mostBound is the largest share of the need that is bound in any year, and that year.
func (v *View) mostBound() (share float64, year int) {
	for i := range v.years {
		if x := v.years[i].Bound(); x > share {
			share, year = x, i+1
		}
	}
	return share, year
}

// bindsSomething tells whether anything is bound in some year.
func (v *View) bindsSomething() bool { share, _ := v.mostBound(); return share > 0 }

// needNote says what need by year is.
const needNote = "Need is firm need at market prices, and bound here the committed floor or what exclusivity and first refusal hold, whichever is more: all on the mean of every input."
