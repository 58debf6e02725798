// SPDX-License-Identifier: Apache-2.0

package calendar_test

import (
	"testing"

	"offtake/internal/calendar"
)

// A day is 1/365 of a year and a month 1/12; what is begun counts in full.
func TestStepsIn(t *testing.T) {
	for _, c := range []struct {
		span string
		step calendar.Step
		want int
	}{
		{"0d", calendar.Month, 0}, {"1d", calendar.Month, 1}, {"30d", calendar.Month, 1}, {"31d", calendar.Month, 2}, {"60d", calendar.Month, 2},
		{"90d", calendar.Month, 3}, {"180d", calendar.Month, 6}, {"365d", calendar.Month, 12}, {"2m", calendar.Month, 2}, {"2m 30d", calendar.Month, 3},
		{"7m", calendar.Month, 7}, {"90d", calendar.Quarter, 1}, {"4m", calendar.Quarter, 2}, {"2y", calendar.Quarter, 8}, {"1d", calendar.Year, 1},
		{"1y", calendar.Year, 1}, {"13m", calendar.Year, 2},
	} {
		g := newGrid(t, "2027-01-01", "2027-01-01", "10y", c.step, 0)
		span, err := calendar.ParseSpan(c.span)
		if err != nil {
			t.Fatal(err)
		}
		if got := g.StepsIn(span); got != c.want {
			t.Errorf("%s takes %d steps of a %v, want %d", c.span, got, c.step, c.want)
		}
	}
}
