// SPDX-License-Identifier: Apache-2.0

package world

import (
	"slices"

	"offtake/internal/field"
	"offtake/internal/vec"
)

// ByRegime is a geometric Brownian motion whose drift and volatility are those
// of the regime that the world is in, times a level of the regime at the step's
// end (Hamilton 1989, "A new approach to the economic analysis of nonstationary
// time series and the business cycle", in continuous time):
//
//	ln X = ln from + ln level(R(t)) + sum over regimes of (drift - sigma^2/2) (years in it) + noise
//
// with noise of variance sigma^2 (years in it) from each, which is exact
// whatever the length of a step, and
//
//	E[X(t)] = from e_start' expm((Q + diag(drift)) t) level.
type ByRegime struct {
	noisy
	From   Number
	States []*RegimeMove
}

// A RegimeMove is how a number moves in one state.
type RegimeMove struct {
	Name                     string
	Drift, Volatility, Level Number
}

// Name is "by_regime".
func (*ByRegime) Name() string { return "by_regime" }

// Fields is the table of what a file may say.
func (p *ByRegime) Fields() []field.Field {
	return []field.Field{{Name: "by_regime", Kind: field.Group, Fields: func() []field.Field {
		return []field.Field{from(&p.From, "level on the valuation date, before that of the regime"),
			{Name: "states", Kind: field.Places, Required: true, Key: p.state, Doc: "how it moves in each of the states of world.regimes"}}
	}}}
}

func (p *ByRegime) state(name string) field.Field {
	x := &RegimeMove{Name: name, Level: Certainly(1)}
	p.States = append(p.States, x)
	return field.Field{Name: name, Kind: field.Group, Doc: "how it moves in that state", Unit: "regime", Fields: func() []field.Field {
		sigma := volatility(&x.Volatility)
		sigma.Required, sigma.Default = false, "0%"
		level := numberField(field.Field{Name: "level", Kind: field.Number, Unit: "times", Default: "1", Min: field.Beyond(0), Max: field.At(1000), Doc: "what the level is multiplied by in that state"}, &x.Level)
		return []field.Field{driftField(&x.Drift), sigma, level}
	}}
}

// Numbers are the start and those of each state.
func (p *ByRegime) Numbers() []Named {
	out := []Named{{"from", &p.From}}
	for _, x := range p.States {
		out = append(out, within("states."+x.Name, []Named{{"drift", &x.Drift}, {"volatility", &x.Volatility}, {"level", &x.Level}})...)
	}
	return out
}

// Check reports states that there are not, and those that are left out.
func (p *ByRegime) Check(in Setting, at string, r field.Report) {
	checkNumbers(p, at, r)
	if in.regimes == nil {
		r.Fault("REGIME-MISSING", at, "state them: world.regimes: {states: [boom, bust], rates: [...]}", "the world has no regimes to move by")
		return
	}
	for _, x := range p.States {
		in.regimes.known(x.Name, join(at+".by_regime.states", x.Name), r)
	}
	for _, name := range in.regimes.States {
		if !slices.ContainsFunc(p.States, func(x *RegimeMove) bool { return x.Name == name }) {
			r.Fault("REGIME-MISSING", at+".by_regime.states", "add "+name+": {drift: 0%, volatility: 0%}", "it is not said how it moves in %s", name)
		}
	}
}

// of is how it moves in each state of the chain, in its order.
func (p *ByRegime) of(c *chain) []*RegimeMove {
	out := make([]*RegimeMove, c.states())
	for k, name := range c.x.States {
		for _, x := range p.States {
			if x.Name == name {
				out[k] = x
			}
		}
	}
	return out
}

// Mean is from e_start' expm((Q + diag(drift)) t) level.
func (p *ByRegime) Mean(s *Sampling, level [][]float64) {
	p.expected(s, level, func(m *RegimeMove, i int) (rate, level float64) { return s.Of(&m.Drift)[i], s.Of(&m.Level)[i] })
	for _, col := range level {
		vec.Mul(col, col, s.Of(&p.From))
	}
}

// Variance is the expected square, by twice the drift and the variance in its
// place, less that of the mean.
func (p *ByRegime) Variance(s *Sampling, level [][]float64) {
	mean := columns(len(level), s.Lanes)
	p.Mean(s, mean)
	p.expected(s, level, func(m *RegimeMove, i int) (rate, level float64) {
		sigma, x := s.Of(&m.Volatility)[i], s.Of(&m.Level)[i]
		return float64(2*s.Of(&m.Drift)[i]) + float64(sigma*sigma), x * x
	})
	for t, col := range level {
		for i, start := range s.Of(&p.From) {
			col[i] = float64(start*start*col[i]) - float64(mean[t][i]*mean[t][i])
		}
	}
}

// expected fills in e_start' expm((Q + diag(rate)) t) level, by a rate and a
// level in each state.
func (p *ByRegime) expected(s *Sampling, level [][]float64, of func(m *RegimeMove, lane int) (rate, level float64)) {
	c, moves := s.chain, p.of(s.chain)
	lengths, which := s.lengths()
	steps, end := make([]matrix, len(lengths)), make([]float64, c.states())
	row, next := make([]float64, c.states()), make([]float64, c.states())
	same := s.agree(p)
	for i := range s.Lanes {
		if i > 0 && same {
			for _, col := range level {
				col[i] = col[0]
			}
			continue
		}
		a := c.rates(s, i)
		for k, m := range moves {
			r, x := of(m, i)
			a[k][k] += r
			end[k] = x
		}
		for k, h := range lengths {
			steps[k] = a.times(h).exp()
		}
		clear(row)
		row[c.x.start()] = 1
		for t := range level {
			steps[which[t]].after(next, row)
			row, next = next, row
			level[t][i] = dot(row, end)
		}
	}
}

// Sample adds up drift and noise by the years in each state.
func (p *ByRegime) Sample(s *Sampling, level [][]float64) {
	c, moves, start := s.chain, p.of(s.chain), s.Of(&p.From)
	sum, v := s.temp(0), s.temp(1)
	vec.Fill(sum, 0)
	for t, col := range level {
		vec.Fill(v, 0)
		for k, m := range moves {
			drift, sigma, stay := s.Of(&m.Drift), s.Of(&m.Volatility), c.stay[t][k]
			for i, years := range stay {
				square := sigma[i] * sigma[i]
				v[i] += float64(square * years)
				sum[i] += float64((drift[i] - square/2) * years)
			}
		}
		for i, z := range col {
			sum[i] += float64(sqrt(v[i]) * z)
		}
		vec.Exp(col, sum)
		for i, k := range c.end[t] {
			col[i] *= start[i] * s.Of(&moves[k].Level)[i]
		}
	}
}
