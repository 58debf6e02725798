// SPDX-License-Identifier: Apache-2.0

package world

import (
	"offtake/internal/field"
	"offtake/internal/vec"
)

// Schwartz is a price whose logarithm is an Ornstein-Uhlenbeck process around
// that of a level (Schwartz 1997, "The stochastic behavior of commodity prices",
// the model with one factor):
//
//	E[S(t)] = exp(e^(-k t) ln from + (1 - e^(-k t)) ln level + sigma^2 (1 - e^(-2 k t)) / (4 k))
//
// The level is the median in the long run, e^alpha there; Schwartz's mu is
// ln level + sigma^2/(2 k). The mean in the long run is level e^(sigma^2/(4 k)).
type Schwartz struct {
	noisy
	From, Level, Reverts, Volatility Number
}

// Name is "schwartz".
func (*Schwartz) Name() string { return "schwartz" }

// Fields is the table of what a file may say.
func (p *Schwartz) Fields() []field.Field {
	return []field.Field{{Name: "schwartz", Kind: field.Group, Fields: func() []field.Field {
		start, back := from(&p.From, "level on the valuation date"), required(level("level", "what it is drawn back to: its median in the long run", &p.Level))
		for _, f := range []*field.Field{&start, &back} {
			f.Bare.Min = field.Beyond(0)
			f.Bare.Into.(*Number).min = field.Beyond(0)
		}
		return []field.Field{start, back, reversion(&p.Reverts), volatility(&p.Volatility)}
	}}}
}

// Numbers are all four.
func (p *Schwartz) Numbers() []Named {
	return []Named{{"from", &p.From}, {"level", &p.Level}, {"reversion", &p.Reverts}, {"volatility", &p.Volatility}}
}

// Reversion is the rate at which it is drawn back.
func (p *Schwartz) Reversion() *Number { return &p.Reverts }

// Check reports faults of the numbers.
func (p *Schwartz) Check(_ Setting, at string, r field.Report) { checkNumbers(p, at, r) }

// Mean is the expected price.
func (p *Schwartz) Mean(s *Sampling, level [][]float64) {
	start, back, v := s.temp(0), s.temp(1), s.temp(2)
	vec.Log(start, s.Of(&p.From))
	vec.Log(back, s.Of(&p.Level))
	for t, col := range level {
		s.reverted(v, &p.Reverts, &p.Volatility, s.At(t))
		s.decay(col, &p.Reverts, s.At(t))
		for i, e := range col {
			col[i] = back[i] + float64((start[i]-back[i])*e) + float64(0.5*v[i]*v[i])
		}
		vec.Exp(col, col)
	}
}

// Variance is that of a lognormal whose logarithm has an Ornstein-Uhlenbeck
// process's.
func (p *Schwartz) Variance(s *Sampling, level [][]float64) {
	p.Mean(s, level)
	v := s.temp(3)
	for t, col := range level {
		s.reverted(v, &p.Reverts, &p.Volatility, s.At(t))
		for i, m := range col {
			col[i] = m * m * (vec.ExpOf(v[i]*v[i]) - 1)
		}
	}
}

// Sample takes one exact step of the logarithm after the other.
func (p *Schwartz) Sample(s *Sampling, level [][]float64) {
	now, back := s.temp(0), s.temp(3)
	vec.Log(now, s.Of(&p.From))
	vec.Log(back, s.Of(&p.Level))
	s.revert(level, &p.Reverts, &p.Volatility, back, now)
	for _, col := range level {
		vec.Exp(col, col)
	}
}
