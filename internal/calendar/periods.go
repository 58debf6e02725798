// SPDX-License-Identifier: Apache-2.0

package calendar

import (
	"fmt"
	"slices"
)

// Period is the stretch over which a minimum is measured.
type Period int

const (
	PeriodMonth   Period = iota // month of the contract, from the day of the start date
	PeriodQuarter               // three such months
	PeriodYear                  // contract year, from the start date
	PeriodTerm                  // the whole term, one period
)

// periodWords are the periods as a deal file spells them.
var periodWords = []string{"month", "quarter", "year", "term"}

// ParsePeriod reads "month", "quarter", "year" or "term". The error, if any, is an *Error.
func ParsePeriod(s string) (Period, error) {
	i, err := parseWord(s, "a period", periodWords)
	return Period(i), err
}

// String returns the period as a deal file spells it.
func (p Period) String() string { return periodWords[p] }

// Periods divides a stretch of a grid's term, mostly all of it: period y holds the steps
// First(y) to Last(y). Steps outside the stretch, those of the tail among them, are in none.
type Periods struct {
	grid  *Grid
	edges []int // first step of each period, then the step after the last
}

// Periods divides the term into periods of one length; the last may be shorter. The error,
// an *Error, says that a period is shorter than a step.
func (g *Grid) Periods(p Period) (Periods, error) { return g.PeriodsIn(p, 0, g.term) }

// PeriodsIn divides the steps from one up to another, which is excluded, into periods that
// are counted from the first of them. The error is that of Periods.
func (g *Grid) PeriodsIn(p Period, from, to int) (Periods, error) {
	if p == PeriodTerm {
		return g.PeriodsAt(from, to), nil
	}
	length := []Step{PeriodMonth: Month, PeriodQuarter: Quarter, PeriodYear: Year}[p]
	if length.Months()%g.MonthsPerStep() != 0 {
		return Periods{}, &Error{p.String(), fmt.Sprintf("is shorter than a step, which is a %v", g.step),
			fmt.Sprintf("measure over a %v or longer, or choose shorter steps", g.step)}
	}
	edges := []int{from}
	for t := from; t < to; edges = append(edges, t) {
		t = min(t+length.Months()/g.MonthsPerStep(), to)
	}
	return g.PeriodsAt(edges...), nil
}

// PeriodsAt makes periods of any lengths: their first steps in rising order, then the step
// after the last.
func (g *Grid) PeriodsAt(edges ...int) Periods { return Periods{g, edges} }

// Count returns the number of periods.
func (p Periods) Count() int { return len(p.edges) - 1 }

// Edges returns the first step of each period, then the step after the last. The slice must
// not be changed.
func (p Periods) Edges() []int { return p.edges }

// FullSteps returns the number of steps in the longest period.
func (p Periods) FullSteps() int {
	most := 0
	for y := range p.Count() {
		most = max(most, p.Steps(y))
	}
	return most
}

// First returns the first step of period y.
func (p Periods) First(y int) int {
	if y < 0 || y >= p.Count() {
		panic(fmt.Sprintf("calendar: period %d of %d", y, p.Count()))
	}
	return p.edges[y]
}

// Last returns the last step of period y, inclusive.
func (p Periods) Last(y int) int {
	p.First(y)
	return p.edges[y+1] - 1
}

// Steps returns the number of steps in period y.
func (p Periods) Steps(y int) int { return p.Last(y) - p.First(y) + 1 }

// Of returns the period of step t; -1 outside all of them, as in the tail.
func (p Periods) Of(t int) int {
	if t < 0 || t >= p.grid.Steps() {
		panic(fmt.Sprintf("calendar: step %d of a grid of %d", t, p.grid.Steps()))
	}
	y, found := slices.BinarySearch(p.edges, t)
	if !found {
		y--
	}
	if y >= p.Count() {
		return -1
	}
	return y
}

// StartsAt reports whether step t is the first of a period; never outside all of them.
func (p Periods) StartsAt(t int) bool { y := p.Of(t); return y >= 0 && t == p.First(y) }

// EndsAt reports whether step t is the last of a period; never outside all of them.
func (p Periods) EndsAt(t int) bool { y := p.Of(t); return y >= 0 && t == p.Last(y) }

// Days returns the number of days of period y.
func (p Periods) Days(y int) int { return p.DaysTo(p.Last(y)) }

// DaysTo returns the days from the start of the period of step t to the end of step t.
// It panics where t is in no period.
func (p Periods) DaysTo(t int) int {
	y := p.Of(t)
	if y < 0 {
		panic(fmt.Sprintf("calendar: step %d is in no period", t))
	}
	return p.grid.StepEnd(t).Days(p.grid.StepStart(p.First(y)))
}
