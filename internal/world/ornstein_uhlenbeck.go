// SPDX-License-Identifier: Apache-2.0

package world

import (
	"math"

	"offtake/internal/field"
	"offtake/internal/vec"
)

// OrnsteinUhlenbeck is drawn back to a level at a rate k, with noise that does
// not grow with it, by steps that are exact whatever their length h:
//
//	x' = level + (x - level) e^(-k h) + sigma sqrt((1 - e^(-2 k h)) / (2 k)) Z
//
// (Uhlenbeck and Ornstein 1930, "On the theory of the Brownian motion"). It may
// fall below 0; what cannot is cut off there, which lifts its mean.
type OrnsteinUhlenbeck struct {
	noisy
	From, Level, Reverts, Volatility Number
}

// Name is "ornstein_uhlenbeck".
func (*OrnsteinUhlenbeck) Name() string { return "ornstein_uhlenbeck" }

// Fields is the table of what a file may say.
func (p *OrnsteinUhlenbeck) Fields() []field.Field {
	return []field.Field{{Name: "ornstein_uhlenbeck", Kind: field.Group, Fields: func() []field.Field {
		sigma := required(level("volatility", "standard deviation of a year's noise, in the unit of the level", &p.Volatility))
		sigma.Bare.Min, p.Volatility.min = field.At(0), field.At(0)
		return []field.Field{from(&p.From, "level on the valuation date"), required(level("level", "what it is drawn back to", &p.Level)), reversion(&p.Reverts), sigma}
	}}}
}

// reversion is the field of the rate at which a process is drawn back.
func reversion(into *Number) field.Field {
	return required(rate("reversion", "per year", "how fast it is drawn back: it halves its distance in ln 2 / reversion years", field.At(0.001), field.At(100), into))
}

// Numbers are all four.
func (p *OrnsteinUhlenbeck) Numbers() []Named {
	return []Named{{"from", &p.From}, {"level", &p.Level}, {"reversion", &p.Reverts}, {"volatility", &p.Volatility}}
}

// Reversion is the rate at which it is drawn back.
func (p *OrnsteinUhlenbeck) Reversion() *Number { return &p.Reverts }

// Check reports faults of the numbers.
func (p *OrnsteinUhlenbeck) Check(_ Setting, at string, r field.Report) { checkNumbers(p, at, r) }

// Mean is level + (from - level) e^(-k t).
func (p *OrnsteinUhlenbeck) Mean(s *Sampling, level [][]float64) {
	start, back := s.Of(&p.From), s.Of(&p.Level)
	for t, col := range level {
		s.decay(col, &p.Reverts, s.At(t))
		for i, e := range col {
			col[i] = back[i] + float64((start[i]-back[i])*e)
		}
	}
}

// Variance is sigma^2 (1 - e^(-2 k t)) / (2 k).
func (p *OrnsteinUhlenbeck) Variance(s *Sampling, level [][]float64) {
	for t, col := range level {
		s.reverted(col, &p.Reverts, &p.Volatility, s.At(t))
		vec.Mul(col, col, col)
	}
}

// reverted writes sigma sqrt((1 - e^(-2 k h)) / (2 k)): the standard deviation of
// the noise of h years that is drawn back at the rate k.
func (s *Sampling) reverted(dst []float64, k, volatility *Number, h float64) {
	s.decay(dst, k, 2*h)
	rate, sigma := s.Of(k), s.Of(volatility)
	for i, e := range dst {
		dst[i] = sigma[i] * math.Sqrt((1-e)/(2*rate[i]))
	}
}

// Sample takes one exact step after the other.
func (p *OrnsteinUhlenbeck) Sample(s *Sampling, level [][]float64) {
	back, now := s.Of(&p.Level), s.temp(0)
	vec.Copy(now, s.Of(&p.From))
	s.revert(level, &p.Reverts, &p.Volatility, back, now)
}

// revert turns normal numbers into steps of an Ornstein-Uhlenbeck process from
// now on; now is overwritten.
func (s *Sampling) revert(level [][]float64, k, volatility *Number, back, now []float64) {
	stays, noise, h := s.temp(1), s.temp(2), -1.0
	for t, col := range level {
		if s.Dt(t) != h {
			h = s.Dt(t)
			s.decay(stays, k, h)
			s.reverted(noise, k, volatility, h)
		}
		for i, z := range col {
			now[i] = back[i] + float64((now[i]-back[i])*stays[i]) + float64(noise[i]*z)
			col[i] = now[i]
		}
	}
}
