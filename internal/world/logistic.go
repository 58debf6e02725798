// SPDX-License-Identifier: Apache-2.0

package world

import (
	"offtake/internal/field"
	"offtake/internal/vec"
)

// Logistic is a ramp that grows by a rate at first and nears a limit:
//
//	limit / (1 + e^(-rate (t - midpoint)))
//
// with t the years from the start of the term to the step's beginning (Verhulst
// 1838, "Notice sur la loi que la population suit dans son accroissement"). It
// takes 2 ln 9 / rate years from a tenth to nine tenths of the limit.
type Logistic struct {
	steady
	Limit, Rate, Midpoint Number
}

// Name is "logistic".
func (*Logistic) Name() string { return "logistic" }

// Fields is the table of what a file may say.
func (p *Logistic) Fields() []field.Field {
	return []field.Field{{Name: "logistic", Kind: field.Group, Fields: func() []field.Field {
		return []field.Field{required(level("limit", "what it nears", &p.Limit)),
			required(rate("rate", "per year", "growth each year, continuous, while it is small", field.Beyond(0), field.At(100), &p.Rate)),
			required(numberField(field.Field{Name: "midpoint", Kind: field.Number, Unit: "years", Min: field.At(-100), Max: field.At(100), Doc: "years from the start until it is half the limit"}, &p.Midpoint))}
	}}}
}

// Numbers are all three.
func (p *Logistic) Numbers() []Named {
	return []Named{{"limit", &p.Limit}, {"rate", &p.Rate}, {"midpoint", &p.Midpoint}}
}

// Check reports faults of the numbers.
func (p *Logistic) Check(_ Setting, at string, r field.Report) { checkNumbers(p, at, r) }

// Mean is the level.
func (p *Logistic) Mean(s *Sampling, level [][]float64) {
	limit, rate, midpoint := s.Of(&p.Limit), s.Of(&p.Rate), s.Of(&p.Midpoint)
	for t, col := range level {
		years := s.Since(t)
		for i := range col {
			col[i] = rate[i] * (midpoint[i] - years)
		}
		vec.Exp(col, col)
		for i, e := range col {
			col[i] = limit[i] / (1 + e)
		}
	}
}
