// SPDX-License-Identifier: Apache-2.0

package clause

import "offtake/internal/calendar"

// Promised is the compute promised in each step of the term, in units.
func (c *Capacity) Promised(grid *calendar.Grid) []float64 {
	_, units := totalOf(c.Generations, grid)
	return units
}

// Generations are what a clause promises, or lets the buyer call for, by
// generation of chips; none where it does neither.
func Generations(c Clause) []Generation {
	switch x := c.(type) {
	case *Capacity:
		return x.Generations
	case *Option:
		return x.Generations
	}
	return nil
}

// MayEnd tells whether a clause gives the buyer, or the supplier, a right to
// end the agreement or a part of it.
func MayEnd(c Clause, role string) bool {
	switch x := c.(type) {
	case *Commitment:
		return role == "buyer" && x.Exit != nil
	case *Termination:
		return x.By == role || x.By == "either"
	case *Switching:
		return role == "buyer"
	}
	return false
}

// Minimums are what must be paid in each period in which the ledger is
// settled, in cents, before relief and what is put off, with the periods; of a
// commitment that was checked.
func (c *Commitment) Minimums(grid *calendar.Grid) (calendar.Periods, []float64) {
	periods, minimums := c.scheduled(grid)
	for y := range minimums {
		minimums[y] *= c.Take
	}
	return periods, minimums
}

// scheduled are the periods in which the ledger is settled and what is
// scheduled in each, in cents.
func (c *Commitment) scheduled(grid *calendar.Grid) (calendar.Periods, []float64) {
	periods, err := grid.Periods(c.settles())
	if err != nil {
		panic("clause: " + err.Error()) // Check has reported it
	}
	if c.Settle == "term" {
		return periods, []float64{c.Total.Value}
	}
	return periods, c.Schedule.amounts(c.Total.Value, grid, periods)
}

// settles is the period after which the ledger is settled. A period that is
// none counts as a month: Check has reported it.
func (c *Commitment) settles() calendar.Period {
	if c.Settle == "term" {
		return calendar.PeriodTerm
	}
	period, _ := calendar.ParsePeriod(c.Period)
	return period
}
