// SPDX-License-Identifier: Apache-2.0

package world

import (
	"offtake/internal/field"
	"offtake/internal/vec"
)

// Geometric is a geometric Brownian motion with a drift:
//
//	X(t) = from exp((drift - sigma^2/2) t + sigma W(t)),  E[X(t)] = from e^(drift t)
//
// with t the years from the valuation date to the step's end (Samuelson 1965,
// "Rational theory of warrant pricing").
type Geometric struct {
	noisy
	From, Drift, Volatility Number
}

// Name is "geometric".
func (*Geometric) Name() string { return "geometric" }

// Fields is the table of what a file may say.
func (p *Geometric) Fields() []field.Field {
	return []field.Field{{Name: "geometric", Kind: field.Group, Fields: func() []field.Field {
		return []field.Field{from(&p.From, "level on the valuation date"), driftField(&p.Drift), volatility(&p.Volatility)}
	}}}
}

// driftField is the field of an expected growth.
func driftField(into *Number) field.Field {
	f := rate("drift", "per year, continuous", "growth of the expected level", field.At(-5), field.At(5), into)
	f.Default = "0%"
	return f
}

// Numbers are all three.
func (p *Geometric) Numbers() []Named {
	return []Named{{"from", &p.From}, {"drift", &p.Drift}, {"volatility", &p.Volatility}}
}

// Check reports faults of the numbers.
func (p *Geometric) Check(_ Setting, at string, r field.Report) { checkNumbers(p, at, r) }

// Mean is from e^(drift t).
func (p *Geometric) Mean(s *Sampling, level [][]float64) { grow(s, level, &p.From, &p.Drift) }

// grow fills in from e^(drift t).
func grow(s *Sampling, level [][]float64, from, drift *Number) {
	start := s.Of(from)
	for t, col := range level {
		s.decay(col, drift, -s.At(t))
		vec.Mul(col, col, start)
	}
}

// Variance is mean^2 (e^(sigma^2 t) - 1).
func (p *Geometric) Variance(s *Sampling, level [][]float64) {
	p.Mean(s, level)
	sigma := s.Of(&p.Volatility)
	spread(s, level, func(i, t int) float64 { return sigma[i] * sigma[i] * s.At(t) })
}

// Sample reads every step off one Brownian path a lane.
func (p *Geometric) Sample(s *Sampling, level [][]float64) {
	if p.SampleTimes(s, level, 1) {
		return
	}
	start, grown := s.Of(&p.From), s.temp(0)
	martingale(s, level, &p.Volatility, func(t int, col []float64) {
		s.decay(grown, &p.Drift, -s.At(t))
		vec.Mul(col, col, grown)
		vec.Mul(col, col, start)
	})
}

// SampleTimes is Sample in one go where all paths have the same numbers.
func (p *Geometric) SampleTimes(s *Sampling, level [][]float64, scale float64) bool {
	sigma, one := s.One(&p.Volatility)
	if !one || !s.agree(p) {
		return false
	}
	start, drift := s.Of(&p.From)[0], s.Of(&p.Drift)[0]
	s.grow(level, sigma, func(t int) [3]float64 {
		return [3]float64{vec.ExpOf(float64(drift * s.At(t))), start, scale}
	})
	return true
}
