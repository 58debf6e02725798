// SPDX-License-Identifier: Apache-2.0

package world

import (
	"offtake/internal/calendar"
	"offtake/internal/draw"
	"offtake/internal/field"
)

// A Process is how one number of the world moves over the steps of a grid.
type Process interface {
	// Name is the process's name in the catalogue and in deal files.
	Name() string
	// Fields is the table of what a file may say.
	Fields() []field.Field
	// Check reports what no single field can; at is the process's own path.
	Check(in Setting, at string, r field.Report)
	// Mean is the expected level in each step: a yearly rate or a price.
	Mean(grid *calendar.Grid) []float64
	// Sampled tells whether the level differs between paths.
	Sampled() bool
	// Sample fills level[t], a column over paths firstPath and up, for every
	// step t. Only sampled processes are asked.
	Sample(grid *calendar.Grid, seed uint64, factor draw.Factor, firstPath uint64, level [][]float64)
}

// A Setting is what a world is checked against.
type Setting struct {
	Grid    *calendar.Grid
	Parties []string
	Sides   []string // buyer and supplier
}

// Catalog lists the processes by name; a number written bare is a constant.
var Catalog = []struct {
	Name string
	Doc  string
	New  func() Process
}{
	{"constant", "the same in every step", func() Process { return &Constant{} }},
	{"table", "a number for each contract year", func() Process { return &Table{} }},
	{"per_year", "changes by a rate each year, from 1 or another level", func() Process { return &PerYear{} }},
	{"performance_per_year", "a price that falls as performance per unit of money rises by a rate each year, from 1 or another level", func() Process { return &Performance{} }},
	{"lognormal", "a geometric Brownian motion around a mean", func() Process { return &Lognormal{} }},
}

// processField is the field of a process: one of the catalogue's names with
// its parameters, or a bare number.
func processField(name, unit, doc string, min field.Limit, into *Process) field.Field {
	constant := &Constant{}
	bare := field.Field{Name: name, Kind: field.Number, Unit: unit, Min: min, Into: &bareConstant{into, constant}}
	return field.Field{Name: name, Kind: field.Variant, Unit: unit, Doc: doc, Bare: &bare,
		Fields: func() []field.Field { return variants(unit, min, into) }}
}

// variants opens the catalogue: the field that the file has sets the process.
func variants(unit string, min field.Limit, into *Process) []field.Field {
	var out []field.Field
	for _, k := range Catalog {
		p := k.New()
		f := inUnit(p.Fields()[0], unit, min)
		f.Doc = k.Doc
		f.Chosen = func() { *into = p }
		out = append(out, f)
	}
	return out
}

// inUnit gives the levels in a process's table the unit and the limit of what
// the process moves. What has a unit of its own, such as a rate, keeps it.
func inUnit(f field.Field, unit string, min field.Limit) field.Field {
	if f.Unit == "" {
		f.Unit = unit
		if !f.Min.Set() && (f.Kind == field.Number || f.Kind == field.Series) {
			f.Min = min
		}
	}
	if f.Bare != nil {
		bare := inUnit(*f.Bare, unit, min)
		f.Bare = &bare
	}
	if open := f.Fields; open != nil {
		f.Fields = func() []field.Field {
			table := open()
			for i := range table {
				table[i] = inUnit(table[i], unit, min)
			}
			return table
		}
	}
	return f
}

// bareConstant takes a plain number as a constant process.
type bareConstant struct {
	into *Process
	c    *Constant
}

// SetNumber takes the number.
func (b *bareConstant) SetNumber(x float64) {
	b.c.Level = x
	*b.into = b.c
}
