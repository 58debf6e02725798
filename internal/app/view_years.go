// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/measure"
	"offtake/internal/report"
	"offtake/internal/unit"
	"offtake/internal/value/estimate"
)

// A viewYear is a contract year, as several readers ask after it. Amounts are in cents; what
// has no error is of the terms alone.
type viewYear struct {
	Need      estimate.Estimate // what the firm need would cost at market prices
	Floor     float64           // owed here, taken or not, with any right to leave used at once
	Exclusive estimate.Estimate // of the need, at market prices, what exclusivity and first refusal bind here
	Here      estimate.Estimate // bound here: the floor or what is exclusive, whichever is more
	Bound     estimate.Estimate // the share of the need that is
	Left      estimate.Estimate // of the need, what is neither bound here nor by the minimums with others
	Elsewhere float64           // minimums with others
	GWYears   float64           // capacity promised here
	Level     string            // the strictest level of exclusivity in it
}

// needs are what is asked of the need, by the terms.
func (r *Run) needs() *measure.Needs {
	grid := r.Deal.Grid()
	_, least := r.floors(r.Deal.Signed)
	out := &measure.Needs{Floor: r.contractYears(r.floorSchedule(least)), Elsewhere: make([]float64, grid.ContractYears())}
	copy(out.Elsewhere, r.Base.Job.Elsewhere)
	for _, c := range r.Deal.Clauses {
		if x, ok := c.(*clause.Exclusivity); ok {
			out.Held = append(out.Held, r.held(x))
		}
	}
	return out
}

// held is what exclusivity holds of the need: all that is in its scope, or what that has
// grown by since the level began.
func (r *Run) held(x *clause.Exclusivity) measure.Held {
	grid := r.Deal.Grid()
	out := measure.Held{Scope: make([]float64, grid.Term()), Since: make([]int, grid.Term())}
	for t := range grid.Term() {
		k := rungAt(x, grid.StepStart(t))
		if out.Since[t] = -1; k < 0 || !binds(x.Ladder[k]) || !r.bindingOn(grid.StepStart(t))(x.Head()) {
			continue
		}
		out.Scope[t] = x.Ladder[k].Scope
		if x.Ladder[k].Level == "exclusive" {
			continue
		}
		if out.Since[t] = t; t > 0 && rungAt(x, grid.StepStart(t-1)) == k && out.Since[t-1] >= 0 {
			out.Since[t] = out.Since[t-1]
		}
	}
	return out
}

// viewYears are the contract years: what is estimated are means over the sample, whose job
// must ask for the need.
func (r *Run) viewYears() []viewYear {
	grid, of := r.Deal.Grid(), r.needs()
	out := make([]viewYear, grid.ContractYears())
	for y := range out {
		at := func(name string) estimate.Estimate { return seriesOf(r.yearly(name)[y]) }
		out[y] = viewYear{Need: at("need_value"), Floor: of.Floor[y], Exclusive: at("need_held"), Here: at("need_here"), Bound: at("need_bound"), Left: at("need_left"), Elsewhere: of.Elsewhere[y]}
		for _, b := range r.builds() {
			out[y].GWYears += float64(b.PowerGW * max(0, min(b.Until, float64(y+1))-max(b.Years, float64(y))))
		}
	}
	for t := range grid.Term() {
		y := &out[grid.ContractYear(t)]
		for _, c := range r.Deal.Clauses {
			if x, ok := c.(*clause.Exclusivity); ok && r.bindingOn(grid.StepStart(t))(x.Head()) {
				if k := rungAt(x, grid.StepStart(t)); k >= 0 && slices.Index(ladderLevels, x.Ladder[k].Level) > slices.Index(ladderLevels, y.Level) {
					y.Level = x.Ladder[k].Level
				}
			}
		}
	}
	return out
}

// yearly are the estimates of a series by contract year.
func (r *Run) yearly(name string) []*measure.Estimate {
	var out []*measure.Estimate
	for i, m := range r.Sample.Series {
		if m.Name == name {
			out = append(out, &r.Sample.SeriesEstimates[i])
		}
	}
	return out
}

// seriesOf is a mean with its errors.
func seriesOf(e *measure.Estimate) estimate.Estimate {
	return estimate.Estimate{Mean: e.Mean, Error: e.StandardError(), Margin: e.Margin()}
}

// overTerm are the sums of a series over the term, on each scrambling.
func (r *Run) overTerm(name string) []float64 {
	var out []float64
	for _, e := range r.yearly(name) {
		for g, x := range e.GroupMeans() {
			if g == len(out) {
				out = append(out, 0)
			}
			out[g] += x
		}
	}
	return out
}

// billedYears are what is expected to be billed here by contract year.
func (r *Run) billedYears() []estimate.Estimate {
	return spreadYears(r.booked(), r.apart(), func(of *booked) []float64 { return r.contractYears(r.expectedSchedule(of)) })
}

// billedOverNeed is what is billed here over the term as a share of the need.
func (r *Run) billedOverNeed() Reading {
	var billed []float64
	for _, of := range r.apart() {
		billed = append(billed, r.expectedSchedule(of).Total())
	}
	need := r.overTerm("need_value")
	if total(need) <= 0 {
		return none(noNeed)
	}
	return shareReading(estimate.Ratio(billed, need))
}

// noNeed says why there is no share of it.
const noNeed = "the world has no need"

// shareReading is a share with its error, in whole percents.
func shareReading(e estimate.Estimate) Reading {
	out := Reading{Unit: "rate", Value: finite(e.Mean), Text: wholePercent(e.Mean)}
	if told(e, 1e-12) {
		out.Margin, out.Error = finite(e.Margin), fmt.Sprintf("± %.1f%%", 100*e.Margin)
	}
	return out
}

// centsReading is an amount with its error.
func (r *Run) centsReading(e estimate.Estimate) Reading {
	out := r.moneyReading(e.Mean)
	if told(e, 0.5) {
		out.Margin, out.Error = finite(inMoney(e.Margin)), "± "+money(r.Deal, e.Margin)
	}
	return out
}

// levels are from the freest to the strictest.
var ladderLevels = []string{"", "none", "preferred", "first_refusal", "exclusive"}

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

// yearColumn is one column of a table by year, with that of its errors where it has any.
type yearColumn struct {
	title  string
	of     func(y *viewYear) string
	margin func(y *viewYear) string // "" where there is none; nil for a column of the terms
}

// byYears is a table of contract years.
func (v *View) byYears(note string, columns ...yearColumn) report.Table {
	t := report.Table{Columns: []report.Column{{Title: "Year", Align: report.AlignRight}}, Note: note}
	t.Rows = make([][]report.Cell, len(v.years))
	for i := range v.years {
		t.Rows[i] = report.Row(fmt.Sprint(i + 1))
	}
	add := func(title string, of func(y *viewYear) string) {
		t.Columns = append(t.Columns, report.Column{Title: title, Align: report.AlignDecimal})
		for i := range v.years {
			t.Rows[i] = append(t.Rows[i], report.Cell{Text: of(&v.years[i])})
		}
	}
	for _, c := range columns {
		add(c.title, c.of)
		for i := range v.years {
			if c.margin != nil && c.margin(&v.years[i]) != "" {
				add("±", c.margin)
				break
			}
		}
	}
	return t
}

// cents are amounts of the terms.
func (v *View) cents(title string, of func(y *viewYear) float64) yearColumn {
	return yearColumn{title: title, of: func(y *viewYear) string { return money(v.run.Deal, of(y)) }}
}

// estimated are amounts with their errors.
func (v *View) estimated(title string, of func(y *viewYear) estimate.Estimate) yearColumn {
	return yearColumn{title, func(y *viewYear) string { return money(v.run.Deal, cleared(of(y).Mean)) }, func(y *viewYear) string {
		if e := of(y); told(e, 0.5) {
			return money(v.run.Deal, e.Margin)
		}
		return ""
	}}
}

func shareColumn(title string, of func(y *viewYear) estimate.Estimate) yearColumn {
	return yearColumn{title, func(y *viewYear) string { return wholePercent(of(y).Mean) }, func(y *viewYear) string {
		if e := of(y); told(e, 1e-12) {
			return fmt.Sprintf("%.1f%%", 100*e.Margin)
		}
		return ""
	}}
}

var (
	gwColumn    = yearColumn{title: "GW-years", of: func(y *viewYear) string { return unit.FormatNumber(y.GWYears) }}
	boundColumn = func(y *viewYear) estimate.Estimate { return y.Bound }
	needColumn  = func(y *viewYear) estimate.Estimate { return y.Need }
)

// mostBound is the largest mean share of the need that is bound in any year, and that year.
func (v *View) mostBound() (share estimate.Estimate, year int) {
	for i := range v.years {
		if x := v.years[i].Bound; x.Mean > share.Mean {
			share, year = x, i+1
		}
	}
	return share, year
}

// bindsSomething tells whether anything is bound in some year.
func (v *View) bindsSomething() bool { share, _ := v.mostBound(); return share.Mean > 0 }

// needNote says what need by year is.
const needNote = "Need is firm need at market prices, whether the lab lasts or not, and bound here the committed floor or what exclusivity and first refusal hold, whichever is more. The floor is of the terms, and so are minimums with others; all else is a mean over the sampled paths."
