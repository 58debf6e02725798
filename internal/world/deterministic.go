// SPDX-License-Identifier: Apache-2.0

package world

import (
	"fmt"

	"offtake/internal/field"
	"offtake/internal/vec"
)

// Constant is the same level in every step.
type Constant struct {
	steady
	Level  Number
	direct bool // the file has a distribution in the place of the process
}

// At is a constant without doubt.
func At(level float64) *Constant { return &Constant{Level: Certainly(level)} }

// Name is "constant".
func (*Constant) Name() string { return "constant" }

// Fields is the table of what a file may say.
func (p *Constant) Fields() []field.Field {
	return []field.Field{numberField(field.Field{Name: "constant", Kind: field.Number}, &p.Level)}
}

// Numbers is the level.
func (p *Constant) Numbers() []Named { return []Named{{"", &p.Level}} }

// Check reports faults of the number.
func (p *Constant) Check(_ Setting, at string, r field.Report) {
	if p.direct {
		p.Level.Check(at, r)
	} else {
		p.Level.Check(at+".constant", r)
	}
}

// Mean is the level.
func (p *Constant) Mean(s *Sampling, level [][]float64) {
	for _, col := range level {
		vec.Copy(col, s.Of(&p.Level))
	}
}

// Table is a level for each contract year.
type Table struct {
	steady
	ByYear []*Number
}

// Years is a table without doubt.
func Years(levels ...float64) *Table {
	p := &Table{}
	for _, x := range levels {
		n := Certainly(x)
		p.ByYear = append(p.ByYear, &n)
	}
	return p
}

// Name is "table".
func (*Table) Name() string { return "table" }

// Fields is the table of what a file may say.
func (p *Table) Fields() []field.Field {
	return []field.Field{{Name: "table", Kind: field.Series, Item: field.Number, Each: func() field.Field {
		p.ByYear = append(p.ByYear, &Number{})
		return numberField(field.Field{Kind: field.Number}, p.ByYear[len(p.ByYear)-1])
	}}}
}

// Numbers are the entries.
func (p *Table) Numbers() []Named {
	var out []Named
	for i, n := range p.ByYear {
		out = append(out, Named{fmt.Sprintf("[%d]", i), n})
	}
	return out
}

// Check reports a table that does not cover the term.
func (p *Table) Check(in Setting, at string, r field.Report) {
	if n := in.Grid.ContractYears(); len(p.ByYear) != n {
		r.Fault("TABLE-LENGTH", at+".table", fmt.Sprintf("write %d numbers, one a contract year", n), "the table has %d", len(p.ByYear))
	}
	checkNumbers(p, at, r)
}

// Mean is the year's entry.
func (p *Table) Mean(s *Sampling, level [][]float64) {
	if len(p.ByYear) == 0 {
		return // reported as empty
	}
	for t, col := range level {
		vec.Copy(col, s.Of(p.ByYear[min(s.Grid.ContractYear(t), len(p.ByYear)-1)]))
	}
}

// PerYear changes by a rate each year, evenly over its steps:
// from (1 + r)^(years since the start, at the step's beginning).
type PerYear struct {
	steady
	trend
}

// trend is a rate of change and the level that it starts from.
type trend struct {
	Rate Number
	From Number
}

// fields is the table of a trend: the rate alone, or with the level it starts
// from.
func (d *trend) fields(name string) []field.Field {
	change := required(rate("rate", "per year", "change each year", field.Beyond(-1), field.At(10), &d.Rate))
	start := from(&d.From, "level at the start")
	start.Bare.Min = field.At(0)
	d.From.min = field.At(0)
	bare := *change.Bare
	bare.Name = name
	return []field.Field{{Name: name, Kind: field.Group, Bare: &bare, Fields: func() []field.Field { return []field.Field{change, start} }}}
}

// Numbers are the rate and the start.
func (d *trend) Numbers() []Named { return []Named{{"rate", &d.Rate}, {"from", &d.From}} }

// Name is "per_year".
func (*PerYear) Name() string { return "per_year" }

// Fields is the table of what a file may say.
func (p *PerYear) Fields() []field.Field {
	return p.fields("per_year")
}

// Check reports faults of the numbers.
func (p *PerYear) Check(_ Setting, at string, r field.Report) { checkNumbers(p, at, r) }

// Mean is the level.
func (p *PerYear) Mean(s *Sampling, level [][]float64) {
	p.powers(s, level, s.Since, func(rate float64) float64 { return 1 + rate })
}

// Performance is the price of a fixed amount of compute when performance per
// unit of money rises by a rate each year: from / (1 + r)^years. "30% a year" so
// read is a price falling by 23%, not by 30%; over ten years the two differ by
// a factor of 2.6 (Epoch AI states the trend both ways).
type Performance struct {
	steady
	trend
}

// Name is "performance_per_year".
func (*Performance) Name() string { return "performance_per_year" }

// Fields is the table of what a file may say.
func (p *Performance) Fields() []field.Field {
	return p.fields("performance_per_year")
}

// Check reports faults of the numbers.
func (p *Performance) Check(_ Setting, at string, r field.Report) { checkNumbers(p, at, r) }

// Mean is the level.
func (p *Performance) Mean(s *Sampling, level [][]float64) {
	p.powers(s, level, s.Since, func(rate float64) float64 { return 1 / (1 + rate) })
}

// powers is from base^years, by the rate that all lanes have or lane by lane.
func (d *trend) powers(s *Sampling, level [][]float64, years func(t int) float64, base func(rate float64) float64) {
	start := s.Of(&d.From)
	if r, one := s.One(&d.Rate); one {
		b := base(r)
		for t, col := range level {
			vec.Scale(col, start, vec.PowOf(b, years(t)))
		}
		return
	}
	logs := s.temp(0)
	for i, r := range s.Of(&d.Rate) {
		logs[i] = base(r)
	}
	vec.Log(logs, logs)
	for t, col := range level {
		vec.Scale(col, logs, years(t))
		vec.Exp(col, col)
		vec.Mul(col, col, start)
	}
}
