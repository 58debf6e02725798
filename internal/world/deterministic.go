// SPDX-License-Identifier: Apache-2.0

package world

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/draw"
	"offtake/internal/field"
	"offtake/internal/vec"
)

// fixed is the part of a process that does not differ between paths.
type fixed struct{}

// Sampled is false: every path has the same level.
func (fixed) Sampled() bool { return false }

// Sample panics: there is nothing to draw.
func (fixed) Sample(*calendar.Grid, uint64, draw.Factor, uint64, [][]float64) {
	panic("world: a process without draws was sampled")
}

// Check has nothing to report.
func (fixed) Check(Setting, string, field.Report) {}

// Constant is the same level in every step.
type Constant struct {
	fixed
	Level float64
}

// Name is "constant".
func (*Constant) Name() string { return "constant" }

// Fields is the table of what a file may say.
func (p *Constant) Fields() []field.Field {
	return []field.Field{{Name: "constant", Kind: field.Number, Into: &p.Level}}
}

// Mean is the level.
func (p *Constant) Mean(grid *calendar.Grid) []float64 {
	out := make([]float64, grid.Steps())
	vec.Fill(out, p.Level)
	return out
}

// Table is a level for each contract year.
type Table struct {
	fixed
	ByYear []float64
}

// Name is "table".
func (*Table) Name() string { return "table" }

// Fields is the table of what a file may say.
func (p *Table) Fields() []field.Field {
	return []field.Field{{Name: "table", Kind: field.Series, Item: field.Number, Into: &p.ByYear}}
}

// Check reports a table that does not cover the term.
func (p *Table) Check(in Setting, at string, r field.Report) {
	if n := in.Grid.ContractYears(); len(p.ByYear) != n {
		r.Fault("TABLE-LENGTH", at+".table", fmt.Sprintf("write %d numbers, one a contract year", n), "the table has %d", len(p.ByYear))
	}
}

// Mean is the year's entry.
func (p *Table) Mean(grid *calendar.Grid) []float64 {
	out := make([]float64, grid.Steps())
	for t := range out {
		out[t] = p.ByYear[min(grid.ContractYear(t), len(p.ByYear)-1)]
	}
	return out
}

// PerYear changes by a rate each year, evenly over its steps:
// from (1 + r)^(years since the start, at the step's beginning).
type PerYear struct {
	fixed
	trend
}

// trend is a rate of change and the level that it starts from.
type trend struct {
	Rate float64
	From float64
}

// fields is the table of a trend: the rate alone, or with the level it starts
// from.
func (d *trend) fields(name string) []field.Field {
	d.From = 1
	rate := field.Field{Name: "rate", Kind: field.Rate, Unit: "per year", Required: true, Min: field.Beyond(-1), Max: field.At(10), Into: &d.Rate, Doc: "change each year"}
	bare := rate
	bare.Name = name
	return []field.Field{{Name: name, Kind: field.Group, Bare: &bare, Fields: func() []field.Field {
		return []field.Field{rate, {Name: "from", Kind: field.Number, Default: "1", Min: field.At(0), Into: &d.From, Doc: "level at the start"}}
	}}}
}

// Name is "per_year".
func (*PerYear) Name() string { return "per_year" }

// Fields is the table of what a file may say.
func (p *PerYear) Fields() []field.Field {
	return p.fields("per_year")
}

// Mean is the level.
func (p *PerYear) Mean(grid *calendar.Grid) []float64 { return powers(grid, p.From, 1+p.Rate) }

// Performance is the price of a fixed amount of compute when performance per
// unit of money rises by a rate each year: from / (1 + r)^years. "30% a year" so
// read is a price falling by 23%, not by 30%; over ten years the two differ by
// a factor of 2.6 (Epoch AI states the trend both ways).
type Performance struct {
	fixed
	trend
}

// Name is "performance_per_year".
func (*Performance) Name() string { return "performance_per_year" }

// Fields is the table of what a file may say.
func (p *Performance) Fields() []field.Field {
	return p.fields("performance_per_year")
}

// Mean is the level.
func (p *Performance) Mean(grid *calendar.Grid) []float64 { return powers(grid, p.From, 1/(1+p.Rate)) }

// powers is from x base^(years since the start) at the beginning of each step.
func powers(grid *calendar.Grid, from, base float64) []float64 {
	out := make([]float64, grid.Steps())
	for t := range out {
		out[t] = from * vec.PowOf(base, float64(t)/float64(grid.StepsPerYear()))
	}
	return out
}
