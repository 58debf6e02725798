// SPDX-License-Identifier: Apache-2.0

package clause

import "offtake/internal/calendar"

// Promised is the compute promised in each step of the term, in units.
func (c *Capacity) Promised(grid *calendar.Grid) []float64 {
	_, units := c.schedule(grid)
	return units
}

// Minimums are what must be paid in each period, in cents, before relief and
// what is put off, with the periods; of a commitment that was checked.
func (c *Commitment) Minimums(grid *calendar.Grid) (calendar.Periods, []float64) {
	period, _ := calendar.ParsePeriod(c.Period)
	periods, err := grid.Periods(period)
	if err != nil {
		panic("clause: " + err.Error()) // Check has reported it
	}
	minimums := c.Schedule.amounts(c.Total.Value, grid, periods)
	for y := range minimums {
		minimums[y] *= c.Take
	}
	return periods, minimums
}
