// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"math"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/vec"
)

// A span is a period of a commitment.
type span struct {
	first, last int     // steps over which it is scheduled
	settled     int     // the step in which its row is settled
	cents       float64 // A
}

func (s span) days(grid *calendar.Grid) float64 {
	return float64(grid.StepEnd(s.last).Days(grid.StepStart(s.first)))
}

// daysTo are those up to the end of step t.
func (s span) daysTo(t int, grid *calendar.Grid) float64 {
	return float64(grid.StepEnd(min(t, s.last)).Days(grid.StepStart(s.first)))
}

// spansOf are the periods of a commitment with what is scheduled in them.
func spansOf(c *clause.Commitment, grid *calendar.Grid) []span {
	starts := moment(c.Starts, grid.Start(), grid.Start())
	first := stepOnOrAfter(starts, grid)
	var out []span
	if len(c.Milestones) > 0 {
		for _, m := range c.Milestones {
			last := first
			for !m.By.Before(grid.StepEnd(last)) {
				last++
			}
			out = append(out, span{first, last, last, m.Cents})
			first = last + 1
		}
	} else {
		end := stepOnOrAfter(moment(c.Ends, starts, grid.SignedEnd()), grid)
		months := map[string]int{"hour": grid.MonthsPerStep(), "month": 1, "quarter": 3, "year": 12}[c.Period]
		if c.Period == "term" || c.Settle == "term" {
			months = (end - first) * grid.MonthsPerStep()
		}
		for at := first; at < end; {
			next := min(end, at+max(1, months/grid.MonthsPerStep()))
			out = append(out, span{first: at, last: next - 1, settled: next - 1})
			at = next
		}
		spread(c, out, grid)
	}
	out[len(out)-1].settled += c.RunOn.Months / grid.MonthsPerStep()
	return out
}

func moment(m clause.Moment, from, usual calendar.Date) calendar.Date {
	if m.Passes {
		return from.AddMonths(m.After.Months).AddDays(m.After.Days)
	}
	if !m.On.IsZero() {
		return m.On
	}
	return usual
}

func stepOnOrAfter(d calendar.Date, grid *calendar.Grid) int {
	for t := range grid.Term() {
		if !grid.StepStart(t).Before(d) {
			return t
		}
	}
	return grid.Term()
}

// spread puts the total on the spans, in whole cents that add up to it.
func spread(c *clause.Commitment, spans []span, grid *calendar.Grid) {
	if len(spans) == 1 {
		spans[0].cents = c.Total.Value
		return
	}
	begin, end := spans[0].first, spans[len(spans)-1].last+1
	years := (end - begin + grid.StepsPerYear() - 1) / grid.StepsPerYear()
	weights := make([]float64, end-begin)
	sum := 0.0
	for y, s := range spans {
		for t := s.first; t <= s.last; t++ {
			year := (t - begin) / grid.StepsPerYear()
			w := weight(&c.Schedule, year)
			switch len(c.Schedule.Table) {
			case 0:
			case years:
				inYear := min(grid.StepsPerYear(), end-begin-year*grid.StepsPerYear())
				w = c.Schedule.Table[year] / float64(inYear)
			default:
				w = c.Schedule.Table[y] / float64(s.last-s.first+1)
			}
			weights[t-begin] = w
			sum += w
		}
	}
	run, before := 0.0, 0.0
	for y := range spans {
		for t := spans[y].first; t <= spans[y].last; t++ {
			run += weights[t-begin]
		}
		upTo := math.RoundToEven(c.Total.Value * run / sum)
		spans[y].cents = upTo - before
		before = upTo
	}
}

// weight is that of a step in a year of the commitment, but for tables.
func weight(s *clause.Schedule, year int) float64 {
	switch s.Shape {
	case "growth":
		w := 1.0
		for range year {
			w *= 1 + s.PerYear
		}
		return w
	case "logistic":
		return 1 / (1 + vec.ExpOf(-(float64(year)+0.5-s.Midpoint)/s.Width))
	}
	return 1
}

// stepsOfYear is the number of the term's steps in a contract year.
func stepsOfYear(grid *calendar.Grid, year int) int {
	n := 0
	for t := range grid.Term() {
		if grid.ContractYear(t) == year {
			n++
		}
	}
	return n
}
