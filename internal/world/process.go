// SPDX-License-Identifier: Apache-2.0

package world

import (
	"math"

	"offtake/internal/calendar"
	"offtake/internal/field"
)

// A Process is how one number of the world moves over the steps of a grid. Its
// own numbers may be uncertain: they are drawn once a path, its noise each step.
type Process interface {
	// Name is the process's name in the catalogue and in deal files.
	Name() string
	// Fields is the table of what a file may say.
	Fields() []field.Field
	// Numbers are those of its numbers that may be uncertain, by their names
	// below the process's own; "" is that of a process which is one number.
	Numbers() []Named
	// Check reports what no single field can; at is the path of what moves.
	Check(in Setting, at string, r field.Report)
	// Mean fills level[t], a column over the lanes for each step t, with the
	// expected level, a yearly rate or a price, given the numbers.
	Mean(s *Sampling, level [][]float64)
	// Sampled tells whether noise moves the level. Only a sampled process is
	// asked for what follows.
	Sampled() bool
	// Variance fills in the variance of the level, given the numbers.
	Variance(s *Sampling, level [][]float64)
	// Sample turns level[t], which holds the standard normal numbers of the
	// process's own walk, into levels.
	Sample(s *Sampling, level [][]float64)
}

// A Reverting process is drawn back to a level at a rate, so that what a walk
// did long ago counts less; correlations look at it.
type Reverting interface{ Reversion() *Number }

// A Scaling process samples levels times a number, none of them below 0, where all
// paths have the same numbers; else it does nothing, and says so.
type Scaling interface {
	SampleTimes(s *Sampling, level [][]float64, scale float64) bool
}

// A Setting is what a world is checked against.
type Setting struct {
	Grid    *calendar.Grid
	Parties []string
	Sides   []string // buyer and supplier
	regimes *Regimes
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
	{"generations", "a price that falls by steps, on the days on which generations of chips come out", func() Process { return &Generations{} }},
	{"logistic", "a ramp that grows by a rate until it nears a limit", func() Process { return &Logistic{} }},
	{"gompertz", "a ramp towards a limit that slows down earlier than a logistic one", func() Process { return &Gompertz{} }},
	{"bass", "a ramp towards a limit as something new spreads, by itself and from one to the next", func() Process { return &Bass{} }},
	{"lognormal", "a geometric Brownian motion around a mean", func() Process { return &Lognormal{} }},
	{"geometric", "a geometric Brownian motion with a drift", func() Process { return &Geometric{} }},
	{"ornstein_uhlenbeck", "a level drawn back to another one, with noise that does not grow with it", func() Process { return &OrnsteinUhlenbeck{} }},
	{"schwartz", "a price whose logarithm is drawn back to a level (Schwartz's one-factor model)", func() Process { return &Schwartz{} }},
	{"merton", "a geometric Brownian motion with jumps, around a mean", func() Process { return &Merton{} }},
	{"by_regime", "a geometric Brownian motion whose drift, volatility and level depend on the world's regime", func() Process { return &ByRegime{} }},
}

// steady is the part of a process that noise does not move.
type steady struct{}

// Sampled is false.
func (steady) Sampled() bool { return false }

// Sample panics: there is nothing to draw.
func (steady) Sample(*Sampling, [][]float64) { panic("world: a process without noise was sampled") }

// Variance panics likewise.
func (steady) Variance(*Sampling, [][]float64) {
	panic("world: a process without noise has no variance")
}

// noisy is the part of one that it does.
type noisy struct{}

// Sampled is true.
func (noisy) Sampled() bool { return true }

// processField is the field of a process: one of the catalogue's names with
// its parameters, or a bare number.
func processField(name, unit, doc string, min field.Limit, into *Process) field.Field {
	constant := &Constant{}
	bare := field.Field{Name: name, Kind: field.Number, Unit: unit, Min: min, Into: &bareConstant{into, constant}}
	constant.Level.min, constant.Level.kind = min, field.Number
	return field.Field{Name: name, Kind: field.Variant, Unit: unit, Doc: doc, Bare: &bare, Shared: "process",
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
	return append(out, uncertainConstant(unit, min, into)...)
}

// uncertainConstant are the distributions written in the place of a process: a
// constant that is not certain. The lognormal one is a process's name, and is
// written as an interval, or under constant.
func uncertainConstant(unit string, min field.Limit, into *Process) []field.Field {
	c := &Constant{}
	var out []field.Field
	for _, f := range numberField(field.Field{Kind: field.Number, Unit: unit, Min: min}, &c.Level).Fields() {
		if f.Name == "lognormal" {
			continue
		}
		chosen := f.Chosen
		f.Chosen = func() { chosen(); c.direct, *into = true, c }
		out = append(out, inUnit(f, unit, min))
	}
	return out
}

// hasUnit tells whether a field of the kind says numbers in a unit.
func hasUnit(k field.Kind) bool {
	switch k {
	case field.Number, field.Rate, field.Money, field.Count, field.Series, field.Counts, field.Group, field.Variant:
		return true
	}
	return false
}

// inUnit gives the levels in a process's table the unit and the limit of what
// the process moves. What has a unit of its own, such as a rate, keeps it.
func inUnit(f field.Field, unit string, min field.Limit) field.Field {
	if f.Unit == "" && hasUnit(f.Kind) {
		f.Unit = unit
		if n, ok := f.Into.(*Number); ok && !n.min.Set() {
			n.min = min
		}
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
	if open := f.Key; open != nil {
		f.Key = func(name string) field.Field { return inUnit(open(name), unit, min) }
	}
	if open := f.Each; open != nil {
		f.Each = func() field.Field { return inUnit(open(), unit, min) }
	}
	return f
}

// bareConstant takes a plain number, or an interval, as a constant process.
type bareConstant struct {
	into *Process
	c    *Constant
}

// SetNumber takes the number.
func (b *bareConstant) SetNumber(x float64) {
	b.c.Level.SetNumber(x)
	*b.into = b.c
}

// SetInterval takes the interval.
func (b *bareConstant) SetInterval(low, high float64) {
	b.c.Level.SetInterval(low, high)
	*b.into = b.c
}

// level is the field of a level of a process: its unit and limits are those of
// what the process moves.
func level(name, doc string, into *Number) field.Field {
	return numberField(field.Field{Name: name, Kind: field.Number, Doc: doc}, into)
}

// from is the field of the level that a process starts from: 1 unless given.
func from(into *Number, doc string) field.Field {
	*into = Certainly(1)
	f := level("from", doc, into)
	f.Default = "1"
	return f
}

// rate is the field of a rate of a process.
func rate(name, unit, doc string, min, max field.Limit, into *Number) field.Field {
	return numberField(field.Field{Name: name, Kind: field.Rate, Unit: unit, Min: min, Max: max, Doc: doc}, into)
}

// volatility is the field of a standard deviation of yearly log changes.
func volatility(into *Number) field.Field {
	return required(rate("volatility", "per square root of a year", "standard deviation of the yearly log change", field.At(0), field.At(5), into))
}

// within puts numbers below a name.
func within(name string, numbers []Named) []Named {
	out := make([]Named, len(numbers))
	for i, x := range numbers {
		out[i] = Named{join(name, x.Path), x.Number}
	}
	return out
}

func join(a, b string) string {
	switch {
	case a == "":
		return b
	case b == "" || b[0] == '[':
		return a + b
	}
	return a + "." + b
}

// checkNumbers has each number of a process check itself.
func checkNumbers(p Process, at string, r field.Report) {
	for _, x := range p.Numbers() {
		x.Number.Check(join(at+"."+p.Name(), x.Path), r)
	}
}

// MeanPath is the expected level of a process in each step, all of its numbers
// at their means.
func MeanPath(p Process, grid *calendar.Grid, regimes *Regimes) []float64 {
	out := make([]float64, grid.Steps())
	for t, col := range newSampling(grid, regimes, 1).mean(p) {
		out[t] = col[0]
	}
	return out
}

func sqrt(x float64) float64 { return math.Sqrt(max(0, x)) }
