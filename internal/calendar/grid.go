// SPDX-License-Identifier: Apache-2.0

package calendar

import (
	"fmt"
	"sort"
)

// Grid is the time of a deal: equal steps from its start date over its term, then a
// tail of further steps for payments that come late. It does not change once made.
type Grid struct {
	valuation Date
	step      Step
	dayCount  DayCount
	term      int       // steps of the term; the tail follows
	signed    int       // of them, those of the term as signed; extensions follow
	edges     []Date    // [steps+1] start of each step, and the end of the last
	years     []float64 // [steps] years from the valuation date to the end of each step
	lengths   []float64 // [steps] years of each step
}

// gridStepsMost bounds a grid: its term and its tail.
const gridStepsMost = 2 * spanYearsMost * monthsPerYear

// NewGrid makes the grid of a deal. The term is a whole number of steps and at least
// one; tail is the number of steps after it; valuation is the date that years count
// from, before the grid's end. The error, if any, is an *Error.
func NewGrid(valuation, start Date, term Span, step Step, tail int, dc DayCount) (*Grid, error) {
	if problem := checkGrid(valuation, start, term, step, tail); problem != nil {
		return nil, problem
	}
	steps := term.Months/step.Months() + tail
	g := &Grid{valuation: valuation, step: step, dayCount: dc, term: steps - tail, signed: steps - tail,
		edges: make([]Date, steps+1), years: make([]float64, steps), lengths: make([]float64, steps)}
	for t := range g.edges {
		g.edges[t] = start.AddMonths(t * step.Months())
	}
	if last := g.edges[steps]; !valuation.Before(last) {
		return nil, &Error{valuation.String(), "is a valuation date after all is over",
			"the last step ends on " + last.String() + "; value the deal before it"}
	}
	for t := range steps {
		g.years[t] = dc.Years(valuation, g.edges[t+1])
		g.lengths[t] = dc.Years(g.edges[t], g.edges[t+1])
	}
	return g, nil
}

// checkGrid refuses what no grid can be made of. It returns an error and not an
// *Error so that no problem is a nil interface.
func checkGrid(valuation, start Date, term Span, step Step, tail int) error {
	switch {
	case start.IsZero() || valuation.IsZero():
		return &Error{Problem: "the start date or the valuation date is missing", Hint: "state both dates"}
	case term.Days != 0 || term.Months%step.Months() != 0:
		return &Error{term.String(), fmt.Sprintf("is not a whole number of steps of a %v", step), "change the term or choose a shorter step"}
	case term.Months <= 0:
		return &Error{term.String(), "is not a term", fmt.Sprintf("a term is at least one %v", step)}
	case tail < 0:
		return &Error{Problem: fmt.Sprintf("the tail is %d steps", tail), Hint: "the steps after the term are zero or more"}
	case term.Months/step.Months() > gridStepsMost-tail:
		return &Error{term.String(), "is too long, or its tail is", fmt.Sprintf("term and tail have at most %d steps", gridStepsMost)}
	}
	return nil
}

// Steps returns the number of steps: term and tail.
func (g *Grid) Steps() int { return len(g.years) }

// Term returns the number of steps in the longest term, with all extensions.
func (g *Grid) Term() int { return g.term }

// Extending returns the same grid for a deal of whose term the last steps, so many, are
// extensions: they come to pass only where they are agreed. It panics where they leave none.
func (g *Grid) Extending(steps int) *Grid {
	if steps < 0 || steps >= g.term {
		panic(fmt.Sprintf("calendar: %d of %d steps are extensions", steps, g.term))
	}
	out := *g
	out.signed = g.term - steps
	return &out
}

// Signed returns the number of steps in the term as signed, without extensions.
func (g *Grid) Signed() int { return g.signed }

// SignedEnd returns the day after the last day of the term as signed.
func (g *Grid) SignedEnd() Date { return g.edges[g.signed] }

// Step returns the length of a step.
func (g *Grid) Step() Step { return g.step }

// StepsPerYear returns the number of steps in a year.
func (g *Grid) StepsPerYear() int { return g.step.PerYear() }

// MonthsPerStep returns the length of a step in months.
func (g *Grid) MonthsPerStep() int { return g.step.Months() }

// DayCount returns the rule by which the grid turns dates into years.
func (g *Grid) DayCount() DayCount { return g.dayCount }

// Valuation returns the date that years count from.
func (g *Grid) Valuation() Date { return g.valuation }

// Start returns the first day of the term.
func (g *Grid) Start() Date { return g.edges[0] }

// End returns the day after the last day of the term.
func (g *Grid) End() Date { return g.edges[g.term] }

// StepStart returns the first day of step t, 0 <= t <= Steps(): for t = Steps() the day
// after the grid's last. Each is counted from the start date, not from the step before.
func (g *Grid) StepStart(t int) Date { return g.edges[t] }

// StepEnd returns the day after the last day of step t, on which its flows fall: StepStart(t+1).
func (g *Grid) StepEnd(t int) Date { return g.edges[t+1] }

// Years returns the years from the valuation date to StepEnd(t), by the day count;
// negative for steps that end before the valuation date.
func (g *Grid) Years(t int) float64 { return g.years[t] }

// YearsAt returns the years from the valuation date to d, by the day count.
func (g *Grid) YearsAt(d Date) float64 { return g.dayCount.Years(g.valuation, d) }

// StepYears returns the length of step t in years, by the day count. Under 30/360 the
// steps from the last days of a month need not sum to the whole.
func (g *Grid) StepYears(t int) float64 { return g.lengths[t] }

// At returns the step that holds d: StepStart <= d < StepEnd; not ok outside the grid.
func (g *Grid) At(d Date) (step int, ok bool) {
	after := sort.Search(len(g.edges), func(i int) bool { return g.edges[i].After(d) })
	if after == 0 || after == len(g.edges) {
		return 0, false
	}
	return after - 1, true
}

// ContractYear returns the contract year of step t, from 0 at the start date; steps of
// the tail stay in the last year.
func (g *Grid) ContractYear(t int) int {
	if t < 0 || t >= g.Steps() {
		panic(fmt.Sprintf("calendar: step %d of a grid of %d", t, g.Steps()))
	}
	return min(t/g.StepsPerYear(), g.ContractYears()-1)
}

// ContractYears returns the number of contract years in the term; the last may be short.
func (g *Grid) ContractYears() int {
	return (g.term + g.StepsPerYear() - 1) / g.StepsPerYear()
}
