// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"math"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/vec"
)

// A Schedule says how a total falls over the contract years.
type Schedule struct {
	Shape    string    // flat, growth, logistic or table; "" for flat
	PerYear  float64   // growth
	Midpoint float64   // logistic: years after the start
	Width    float64   // logistic: years
	Table    []float64 // cents, by contract year or by period
}

func (s *Schedule) fields() []field.Field {
	shape := func(name string, fields []field.Field) func() []field.Field {
		return func() []field.Field { s.Shape = name; return fields }
	}
	return []field.Field{
		{Name: "flat", Kind: field.Group, Fields: shape("flat", nil), Doc: "the same in every year"},
		{Name: "growth", Kind: field.Group, Doc: "each year so much more than the year before", Fields: shape("growth", []field.Field{
			{Name: "per_year", Kind: field.Rate, Required: true, Min: field.Beyond(-1), Max: field.At(100), Into: &s.PerYear, Doc: "growth from year to year"},
		})},
		{Name: "logistic", Kind: field.Group, Doc: "an S-curve of yearly amounts, read at mid-year", Fields: shape("logistic", []field.Field{
			{Name: "midpoint", Kind: field.Span, Required: true, Into: (*years)(&s.Midpoint), Doc: "when half of the final level is reached, after the start"},
			{Name: "width", Kind: field.Span, Required: true, Into: (*years)(&s.Width), Doc: "time scale of the rise: 4.4 widths from 10% to 90%"},
		})},
		{Name: "table", Kind: field.Series, Item: field.Money, Min: field.At(0), Into: s.table(), Doc: "the amounts, by contract year or by period",
			Chosen: func() { s.Shape = "table" }},
	}
}

// years lets a span of whole months fill a number of years.
type years float64

// SetSpan takes a span as years.
func (y *years) SetSpan(s calendar.Span) { *y = years(s.Years()) }

func (s *Schedule) table() *[]float64 { return &s.Table }

// amounts are the scheduled cents of each period. They are whole cents, add up
// to the total, and are rounded so that every running sum is the rounded
// running sum.
func (s *Schedule) amounts(totalCents float64, grid *calendar.Grid, periods calendar.Periods) []float64 {
	weights := s.stepWeights(grid, periods)
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	out := make([]float64, periods.Count())
	run, paid, y := 0.0, 0.0, 0
	for i, w := range weights {
		run += w
		if periods.EndsAt(periods.First(0) + i) {
			upTo := math.RoundToEven(totalCents * run / sum)
			out[y], paid = upTo-paid, upTo
			y++
		}
	}
	return out
}

// stepWeights are the relative amounts of the steps of all periods. Years are
// counted from the first of these steps.
func (s *Schedule) stepWeights(grid *calendar.Grid, periods calendar.Periods) []float64 {
	first, perYear := periods.First(0), grid.StepsPerYear()
	w := make([]float64, periods.Last(periods.Count()-1)+1-first)
	for i := range w {
		year := i / perYear
		switch {
		case s.Shape == "growth":
			w[i] = vec.PowOf(1+s.PerYear, float64(year))
		case s.Shape == "logistic":
			w[i] = 1 / (1 + vec.ExpOf(-(float64(year)+0.5-s.Midpoint)/s.Width))
		case len(s.Table) == 0:
			w[i] = 1
		case len(s.Table) == periods.Count():
			y := periods.Of(first + i)
			w[i] = s.Table[y] / float64(periods.Steps(y))
		default:
			w[i] = s.Table[year] / float64(min(perYear, len(w)-perYear*year))
		}
	}
	return w
}

// contractYears is how many years the steps of all periods are; the last may be short.
func contractYears(grid *calendar.Grid, periods calendar.Periods) int {
	steps, perYear := periods.Last(periods.Count()-1)+1-periods.First(0), grid.StepsPerYear()
	return (steps + perYear - 1) / perYear
}

// fits tells whether a table, if there is one, has an amount for each year or
// each period.
func (s *Schedule) fits(grid *calendar.Grid, periods calendar.Periods) bool {
	n := len(s.Table)
	return n == 0 || n == periods.Count() || n == contractYears(grid, periods)
}

// stepsOfYear is how many steps of the term are in a contract year.
func stepsOfYear(grid *calendar.Grid, year int) int {
	n := 0
	for t := range grid.Term() {
		if grid.ContractYear(t) == year {
			n++
		}
	}
	return n
}

// check reports a table of the wrong length, or one that does not add up.
func (s *Schedule) check(totalCents float64, in *Setting, periods calendar.Periods, r field.Report) {
	if s.Shape == "logistic" && s.Width <= 0 {
		r.Fault("SCHEDULE-WIDTH", "schedule.logistic.width", "a width of 1y to 3y is usual", "the S-curve has no width")
	}
	if len(s.Table) == 0 {
		return
	}
	if n, years := len(s.Table), contractYears(in.Grid, periods); !s.fits(in.Grid, periods) {
		want := fmt.Sprintf("write %d amounts, one a contract year", years)
		if periods.Count() != years {
			want += fmt.Sprintf(", or %d, one a period", periods.Count())
		}
		r.Fault("SCHEDULE-LENGTH", "schedule.table", want, "the table has %d amounts", n)
		return
	}
	sum := 0.0
	for _, x := range s.Table {
		sum += x
	}
	if sum != totalCents {
		r.Fault("SCHEDULE-SUM", "schedule.table", "make the table add up to the total, or change the total",
			"the table adds up to %s, the total is %s", in.Money(sum), in.Money(totalCents))
	}
}
