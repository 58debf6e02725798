// SPDX-License-Identifier: Apache-2.0

package world

import (
	"offtake/internal/field"
	"offtake/internal/vec"
)

// Gompertz is a ramp that nears a limit more slowly than it left 0:
//
//	limit exp(-displacement e^(-rate t))
//
// with t the years from the start of the term to the step's beginning (Gompertz
// 1825, "On the nature of the function expressive of the law of human
// mortality"). It grows fastest after ln(displacement) / rate years, at limit/e.
type Gompertz struct {
	steady
	Limit, Displacement, Rate Number
}

// Name is "gompertz".
func (*Gompertz) Name() string { return "gompertz" }

// Fields is the table of what a file may say.
func (p *Gompertz) Fields() []field.Field {
	return []field.Field{{Name: "gompertz", Kind: field.Group, Fields: func() []field.Field {
		return []field.Field{required(level("limit", "what it nears", &p.Limit)),
			required(numberField(field.Field{Name: "displacement", Kind: field.Number, Unit: "logarithm", Min: field.At(0), Max: field.At(100), Doc: "how far below the limit it starts: at limit e^-displacement"}, &p.Displacement)),
			required(rate("rate", "per year", "how fast the logarithm of what is missing falls", field.Beyond(0), field.At(100), &p.Rate))}
	}}}
}

// Numbers are all three.
func (p *Gompertz) Numbers() []Named {
	return []Named{{"limit", &p.Limit}, {"displacement", &p.Displacement}, {"rate", &p.Rate}}
}

// Check reports faults of the numbers.
func (p *Gompertz) Check(_ Setting, at string, r field.Report) { checkNumbers(p, at, r) }

// Mean is the level.
func (p *Gompertz) Mean(s *Sampling, level [][]float64) {
	limit, far := s.Of(&p.Limit), s.Of(&p.Displacement)
	for t, col := range level {
		s.decay(col, &p.Rate, s.Since(t))
		for i, e := range col {
			col[i] = -far[i] * e
		}
		vec.Exp(col, col)
		vec.Mul(col, col, limit)
	}
}
