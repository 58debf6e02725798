// SPDX-License-Identifier: Apache-2.0

package world

import (
	"offtake/internal/field"
	"offtake/internal/vec"
)

// Lognormal is a geometric Brownian motion around a mean path:
//
//	X(t) = mean(t) exp(sigma W(t) - sigma^2 t / 2)
//
// with t the years from the valuation date to the step's end, so that E[X(t)]
// = mean(t) and every step's level is read from one Brownian path (Black and
// Scholes 1973, "The pricing of options and corporate liabilities"). In steps
// that end before the valuation date the level is the mean.
type Lognormal struct {
	noisy
	MeanPath   Process
	Volatility Number // per square root of a year
	free       bool   // the mean is 1 where the file does not give it
}

// Name is "lognormal".
func (*Lognormal) Name() string { return "lognormal" }

// Fields is the table of what a file may say.
func (p *Lognormal) Fields() []field.Field {
	p.MeanPath = At(0)
	if p.free {
		p.MeanPath = At(1)
	}
	return []field.Field{{Name: "lognormal", Kind: field.Group, Fields: func() []field.Field {
		mean := meanField(&p.MeanPath)
		if mean.Required = !p.free; p.free {
			mean.Default = "1"
		}
		return []field.Field{mean, volatility(&p.Volatility)}
	}}}
}

// meanField is the field of a mean path, which is a process without noise.
func meanField(into *Process) field.Field {
	c := &Constant{}
	c.Level.min = field.Beyond(0)
	return field.Field{Name: "mean", Kind: field.Variant, Doc: "the expected level", Shared: "steady-process",
		Bare:   &field.Field{Name: "mean", Kind: field.Number, Min: field.Beyond(0), Into: &bareConstant{into, c}},
		Fields: func() []field.Field { return steadyVariants(into) }}
}

// steadyVariants are the processes without noise.
func steadyVariants(into *Process) []field.Field {
	var out []field.Field
	for _, k := range Catalog {
		p := k.New()
		if p.Sampled() {
			continue
		}
		f := p.Fields()[0]
		f.Doc = k.Doc
		f.Chosen = func() { *into = p }
		out = append(out, f)
	}
	return out
}

// Numbers are those of the mean, and the volatility.
func (p *Lognormal) Numbers() []Named {
	return append(meanNumbers(p.MeanPath), Named{"volatility", &p.Volatility})
}

// meanNumbers are the numbers of a mean path, below its name.
func meanNumbers(p Process) []Named { return within(join("mean", p.Name()), p.Numbers()) }

// Check reports faults of the mean path and the numbers.
func (p *Lognormal) Check(in Setting, at string, r field.Report) {
	p.MeanPath.Check(in, at+".lognormal.mean", r)
	p.Volatility.Check(at+".lognormal.volatility", r)
}

// Mean is the mean path.
func (p *Lognormal) Mean(s *Sampling, level [][]float64) { p.MeanPath.Mean(s, level) }

// Variance is mean^2 (e^(sigma^2 t) - 1).
func (p *Lognormal) Variance(s *Sampling, level [][]float64) {
	p.MeanPath.Mean(s, level)
	spread(s, level, func(i int, t int) float64 {
		sigma := s.Of(&p.Volatility)[i]
		return sigma * sigma * s.At(t)
	})
}

// spread turns means into the variances of lognormal levels, by the variance of
// their logarithms.
func spread(s *Sampling, level [][]float64, v func(i, t int) float64) {
	for t, col := range level {
		for i, m := range col {
			col[i] = m * m * (vec.ExpOf(v(i, t)) - 1)
		}
	}
}

// Sample reads every step off one Brownian path a lane.
func (p *Lognormal) Sample(s *Sampling, level [][]float64) {
	if p.SampleTimes(s, level, 1) {
		return
	}
	mean := s.mean(p.MeanPath)
	martingale(s, level, &p.Volatility, func(t int, col []float64) { times(col, mean[t]) })
}

// SampleTimes is Sample in one go where all paths have the same numbers.
func (p *Lognormal) SampleTimes(s *Sampling, level [][]float64, scale float64) bool {
	sigma, one := s.One(&p.Volatility)
	if !one || !s.agree(p.MeanPath) {
		return false
	}
	mean := s.mean(p.MeanPath)
	s.grow(level, sigma, func(t int) [3]float64 { return [3]float64{mean[t][0], 1, scale} })
	return true
}

// grow turns the steps' normal numbers into exp(sigma W(t) - sigma^2 t/2) times
// three numbers of each step, each product rounded.
func (s *Sampling) grow(level [][]float64, sigma float64, by func(t int) [3]float64) {
	walk := s.temp(walking)
	vec.Fill(walk, 0)
	for t, col := range level {
		vec.AddMultiple(walk, col, float64(sigma*sqrt(s.dt[t])))
		vec.Grow(col, walk, float64(-0.5*sigma*sigma*s.At(t)), by(t))
	}
}

// martingale turns the steps' normal numbers into exp(sigma W(t) - sigma^2 t/2),
// a column after the other, each while it is at hand, and hands it on.
func martingale(s *Sampling, level [][]float64, volatility *Number, then func(t int, col []float64)) {
	sigma, one := s.One(volatility)
	walk := s.temp(walking)
	vec.Fill(walk, 0)
	for t, col := range level {
		if one {
			vec.AddMultiple(walk, col, float64(sigma*sqrt(s.dt[t])))
			vec.AddOf(col, walk, float64(-0.5*sigma*sigma*s.At(t)))
		} else {
			vec.Scale(col, col, sqrt(s.dt[t]))
			vec.AddProduct(walk, col, s.Of(volatility))
			for i, x := range s.Of(volatility) {
				col[i] = walk[i] - float64(0.5*x*x*s.At(t))
			}
		}
		vec.Exp(col, col)
		then(t, col)
	}
}
