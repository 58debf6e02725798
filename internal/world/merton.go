// SPDX-License-Identifier: Apache-2.0

package world

import (
	"offtake/internal/field"
	"offtake/internal/vec"
)

// Merton is a geometric Brownian motion with jumps around a mean path (Merton
// 1976, "Option pricing when underlying stock returns are discontinuous"):
//
//	X(t) = mean(t) exp(sigma W(t) - sigma^2 t/2 + J(t) - rate t (e^(m + s^2/2) - 1))
//
// with J(t) the sum of a Poisson number of normal jumps of the logarithm, of
// mean m and deviation s; the last term takes out what they add on average.
type Merton struct {
	noisy
	MeanPath                           Process
	Volatility, Jumps, Size, Deviation Number
}

// Name is "merton".
func (*Merton) Name() string { return "merton" }

// Fields is the table of what a file may say.
func (p *Merton) Fields() []field.Field {
	p.MeanPath = At(1)
	return []field.Field{{Name: "merton", Kind: field.Group, Fields: func() []field.Field {
		mean := meanField(&p.MeanPath)
		mean.Default = "1"
		return []field.Field{mean, volatility(&p.Volatility), {Name: "jumps", Kind: field.Group, Required: true, Unit: "jumps", Doc: "how often it jumps, and how far", Fields: func() []field.Field {
			return []field.Field{required(rate("rate", "per year", "jumps a year", field.At(0), field.At(50), &p.Jumps)),
				required(rate("mean", "logarithm", "mean of a jump of the logarithm", field.At(-3), field.At(3), &p.Size)),
				required(rate("sd", "logarithm", "standard deviation of a jump of the logarithm", field.At(0), field.At(2), &p.Deviation))}
		}}}
	}}}
}

// Numbers are those of the mean, the volatility and those of the jumps.
func (p *Merton) Numbers() []Named {
	return append(meanNumbers(p.MeanPath), Named{"volatility", &p.Volatility}, Named{"jumps.rate", &p.Jumps}, Named{"jumps.mean", &p.Size}, Named{"jumps.sd", &p.Deviation})
}

// Check reports faults of the mean path and the numbers.
func (p *Merton) Check(in Setting, at string, r field.Report) {
	p.MeanPath.Check(in, at+".merton.mean", r)
	for _, x := range p.Numbers() {
		if x.Path[:4] != "mean" {
			x.Number.Check(at+".merton."+x.Path, r)
		}
	}
}

// Mean is the mean path.
func (p *Merton) Mean(s *Sampling, level [][]float64) { p.MeanPath.Mean(s, level) }

// Variance is mean^2 (exp((sigma^2 + rate E[(e^J - 1)^2]) t) - 1), with J one jump.
func (p *Merton) Variance(s *Sampling, level [][]float64) {
	p.MeanPath.Mean(s, level)
	sigma, often, m, sd := s.Of(&p.Volatility), s.Of(&p.Jumps), s.Of(&p.Size), s.Of(&p.Deviation)
	spread(s, level, func(i, t int) float64 {
		v := float64(sd[i] * sd[i])
		square := vec.ExpOf(2*(m[i]+v)) - float64(2*vec.ExpOf(m[i]+float64(0.5*v))) + 1
		return (float64(sigma[i]*sigma[i]) + float64(often[i]*square)) * s.At(t)
	})
}

// Sample adds the jumps of each step to a Brownian path.
func (p *Merton) Sample(s *Sampling, level [][]float64) {
	often, m, sd, mean := s.Of(&p.Jumps), s.Of(&p.Size), s.Of(&p.Deviation), s.mean(p.MeanPath)
	jumped, sum, far, grows := s.jumps(often, m, sd), s.temp(0), s.temp(1), s.temp(2)
	for i := range grows {
		grows[i] = vec.ExpOf(m[i]+float64(0.5*sd[i]*sd[i])) - 1 // in the mean, by a jump
	}
	vec.Fill(sum, 0)
	martingale(s, level, &p.Volatility, func(t int, col []float64) {
		h := s.Dt(t)
		for i, x := range jumped[t] {
			sum[i] += x - float64(often[i]*h*grows[i])
		}
		vec.Exp(far, sum)
		vec.Mul(col, col, far)
		times(col, mean[t])
	})
}
