// SPDX-License-Identifier: Apache-2.0

package world

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/field"
)

// Generations is a price that stands still until the next generation of chips
// comes out and then falls to where a yearly rate would have brought it:
//
//	from (1 + r)^Y  or  from / (1 + r)^Y
//
// with Y the years from the start of the term to the beginning of the step in
// which the last generation came out; 0 before the first, and for those that
// were out at the start. The dates are known: prices of compute fall by such
// steps, and not by a Poisson process.
type Generations struct {
	steady
	trend
	On     []calendar.Date
	better bool // the rate is of performance per unit of money
}

// Name is "generations".
func (*Generations) Name() string { return "generations" }

// Fields is the table of what a file may say.
func (p *Generations) Fields() []field.Field {
	start := from(&p.From, "level until the first of them")
	cheaper := rate("per_year", "per year", "change of the price each year", field.Beyond(-1), field.At(10), &p.Rate)
	better := rate("performance_per_year", "per year", "rise each year of performance per unit of money", field.Beyond(-1), field.At(10), &p.Rate)
	cheaper.Chosen, better.Chosen = func() { p.better = false }, func() { p.better = true }
	return []field.Field{{Name: "generations", Kind: field.Group, Fields: func() []field.Field {
		return []field.Field{start, {Name: "on", Kind: field.Dates, Required: true, Into: &p.On, Doc: "the days on which they come out"},
			{Name: "falls", Kind: field.Variant, Required: true, Unit: "per year", Doc: "how fast, in either meaning of a rate of progress",
				Fields: func() []field.Field { return []field.Field{cheaper, better} }}}
	}}}
}

// Numbers are the rate and the start.
func (p *Generations) Numbers() []Named {
	name := "falls.per_year"
	if p.better {
		name = "falls.performance_per_year"
	}
	return []Named{{name, &p.Rate}, {"from", &p.From}}
}

// Check reports days out of order or after the end.
func (p *Generations) Check(in Setting, at string, r field.Report) {
	checkNumbers(p, at, r)
	for i, day := range p.On {
		where := fmt.Sprintf("%s.generations.on[%d]", at, i)
		switch {
		case i > 0 && !day.After(p.On[i-1]):
			r.Fault("GENERATION-ORDER", where, "list the days from the first to the last", "%s does not come after %s", day, p.On[i-1])
		case !day.Before(in.Grid.StepStart(in.Grid.Steps())):
			r.Fault("DATE-OUTSIDE-TERM", where, "leave it out, or give a day before "+in.Grid.End().String(), "%s lies after the term", day)
		}
	}
}

// Mean is the level.
func (p *Generations) Mean(s *Sampling, level [][]float64) {
	years := func(t int) float64 {
		last := 0
		for _, day := range p.On {
			if at, ok := s.Grid.At(day); ok && at <= t {
				last = max(last, at)
			}
		}
		return s.Since(last)
	}
	p.powers(s, level, years, func(rate float64) float64 {
		if p.better {
			return 1 / (1 + rate)
		}
		return 1 + rate
	})
}
