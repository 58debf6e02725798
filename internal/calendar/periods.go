// SPDX-License-Identifier: Apache-2.0

package calendar

import "fmt"

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

// Periods divides the term of a grid: period y holds the steps First(y) to Last(y).
// All are FullSteps long but the last, which may be shorter. The tail is in none.
type Periods struct {
	grid *Grid
	full int // steps of a full period
}

// Periods divides the term into periods. The error, an *Error, says that a period is
// shorter than a step.
func (g *Grid) Periods(p Period) (Periods, error) {
	if p == PeriodTerm {
		return Periods{g, g.term}, nil
	}
	length := []Step{PeriodMonth: Month, PeriodQuarter: Quarter, PeriodYear: Year}[p]
	if length.Months()%g.MonthsPerStep() != 0 {
		return Periods{}, &Error{p.String(), fmt.Sprintf("is shorter than a step, which is a %v", g.step),
			fmt.Sprintf("measure over a %v or longer, or choose shorter steps", g.step)}
	}
	return Periods{g, length.Months() / g.MonthsPerStep()}, nil
}

// Count returns the number of periods.
func (p Periods) Count() int { return (p.grid.term + p.full - 1) / p.full }

// FullSteps returns the number of steps in a full period.
func (p Periods) FullSteps() int { return p.full }

// First returns the first step of period y.
func (p Periods) First(y int) int {
	if y < 0 || y >= p.Count() {
		panic(fmt.Sprintf("calendar: period %d of %d", y, p.Count()))
	}
	return y * p.full
}

// Last returns the last step of period y, inclusive.
func (p Periods) Last(y int) int { return min(p.First(y)+p.full, p.grid.term) - 1 }

// Steps returns the number of steps in period y: FullSteps, or fewer in the last.
func (p Periods) Steps(y int) int { return p.Last(y) - p.First(y) + 1 }

// Of returns the period of step t; -1 in the tail.
func (p Periods) Of(t int) int {
	switch {
	case t < 0 || t >= p.grid.Steps():
		panic(fmt.Sprintf("calendar: step %d of a grid of %d", t, p.grid.Steps()))
	case t >= p.grid.term:
		return -1
	}
	return t / p.full
}

// StartsAt reports whether step t is the first of a period; never in the tail.
func (p Periods) StartsAt(t int) bool { return p.Of(t) >= 0 && t%p.full == 0 }

// EndsAt reports whether step t is the last of a period; never in the tail.
func (p Periods) EndsAt(t int) bool { return p.Of(t) >= 0 && ((t+1)%p.full == 0 || t+1 == p.grid.term) }

// Days returns the number of days of period y.
func (p Periods) Days(y int) int { return p.DaysTo(p.Last(y)) }

// DaysTo returns the days from the start of the period of step t to the end of step t.
// It panics in the tail, which has no period.
func (p Periods) DaysTo(t int) int {
	y := p.Of(t)
	if y < 0 {
		panic(fmt.Sprintf("calendar: step %d is in the tail", t))
	}
	return p.grid.StepEnd(t).Days(p.grid.StepStart(p.First(y)))
}
