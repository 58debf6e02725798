// SPDX-License-Identifier: Apache-2.0

package reference

import (
	"math"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/vec"
)

// schedule is A by period, in cents: whole, and adding up to the total.
func schedule(c *clause.Commitment, grid *calendar.Grid, periods calendar.Periods) []float64 {
	total := c.Total.Value
	if periods.Count() == 1 {
		return []float64{total}
	}
	weights := make([]float64, grid.Term())
	sum := 0.0
	for t := range weights {
		weights[t] = weight(&c.Schedule, t, grid, periods)
		sum += weights[t]
	}
	out := make([]float64, periods.Count())
	run, before := 0.0, 0.0
	for y := range out {
		for t := periods.First(y); t <= periods.Last(y); t++ {
			run += weights[t]
		}
		upTo := math.RoundToEven(total * run / sum)
		out[y] = upTo - before
		before = upTo
	}
	return out
}

// weight is the weight of step t.
func weight(s *clause.Schedule, t int, grid *calendar.Grid, periods calendar.Periods) float64 {
	year := grid.ContractYear(t)
	switch {
	case len(s.Table) == grid.ContractYears():
		return s.Table[year] / float64(stepsOfYear(grid, year))
	case len(s.Table) > 0:
		y := periods.Of(t)
		return s.Table[y] / float64(periods.Steps(y))
	case s.Shape == "growth":
		w := 1.0
		for range year {
			w *= 1 + s.PerYear
		}
		return w
	case s.Shape == "logistic":
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
