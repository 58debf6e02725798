// SPDX-License-Identifier: Apache-2.0

package world

import (
	"offtake/internal/field"
	"offtake/internal/vec"
)

// Bass is a ramp as something new spreads, by itself and from one to the next:
//
//	limit (1 - e^(-(p+q) t)) / (1 + (q/p) e^(-(p+q) t))
//
// with t the years from its launch to the step's beginning, 0 before it (Bass
// 1969, "A new product growth for model consumer durables"). It grows fastest
// ln(q/p)/(p+q) years after the launch.
type Bass struct {
	steady
	Limit, Innovation, Imitation, Launched Number
}

// Name is "bass".
func (*Bass) Name() string { return "bass" }

// Fields is the table of what a file may say.
func (p *Bass) Fields() []field.Field {
	return []field.Field{{Name: "bass", Kind: field.Group, Fields: func() []field.Field {
		launched := numberField(field.Field{Name: "launched", Kind: field.Number, Unit: "years", Default: "0", Min: field.At(0), Max: field.At(100), Doc: "years before the start of the term at which it began"}, &p.Launched)
		return []field.Field{required(level("limit", "what it nears", &p.Limit)),
			required(rate("innovation", "per year", "share of those without it who take it up by themselves each year: p", field.Beyond(0), field.At(10), &p.Innovation)),
			required(rate("imitation", "per year", "and how much more where all others have it: q", field.At(0), field.At(100), &p.Imitation)), launched}
	}}}
}

// Numbers are all four.
func (p *Bass) Numbers() []Named {
	return []Named{{"limit", &p.Limit}, {"innovation", &p.Innovation}, {"imitation", &p.Imitation}, {"launched", &p.Launched}}
}

// Check reports faults of the numbers.
func (p *Bass) Check(_ Setting, at string, r field.Report) { checkNumbers(p, at, r) }

// Mean is the level.
func (p *Bass) Mean(s *Sampling, level [][]float64) {
	limit, own, others, before := s.Of(&p.Limit), s.Of(&p.Innovation), s.Of(&p.Imitation), s.Of(&p.Launched)
	for t, col := range level {
		years := s.Since(t)
		for i := range col {
			col[i] = -(own[i] + others[i]) * (years + before[i])
		}
		vec.Exp(col, col)
		for i, e := range col {
			col[i] = limit[i] * (1 - e) / (1 + float64(others[i]/own[i]*e))
		}
	}
}
