// SPDX-License-Identifier: Apache-2.0

package world

import (
	"math"

	"offtake/internal/calendar"
	"offtake/internal/draw"
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
	MeanPath   Process
	Volatility float64 // per square root of a year
}

// Name is "lognormal".
func (*Lognormal) Name() string { return "lognormal" }

// Fields is the table of what a file may say.
func (p *Lognormal) Fields() []field.Field {
	p.MeanPath = &Constant{}
	return []field.Field{{Name: "lognormal", Kind: field.Group, Fields: func() []field.Field {
		mean := field.Field{Name: "mean", Kind: field.Variant, Required: true, Doc: "the expected level",
			Bare:   &field.Field{Name: "mean", Kind: field.Number, Min: field.Beyond(0), Into: &bareConstant{&p.MeanPath, &Constant{}}},
			Fields: func() []field.Field { return fixedVariants(&p.MeanPath) }}
		return []field.Field{mean, {Name: "volatility", Kind: field.Rate, Unit: "per square root of a year", Required: true,
			Min: field.At(0), Max: field.At(5), Into: &p.Volatility, Doc: "standard deviation of the yearly log change"}}
	}}}
}

// fixedVariants are the processes without draws.
func fixedVariants(into *Process) []field.Field {
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

// Check reports faults of the mean path.
func (p *Lognormal) Check(in Setting, at string, r field.Report) {
	p.MeanPath.Check(in, at+".lognormal.mean", r)
}

// Mean is the mean path.
func (p *Lognormal) Mean(grid *calendar.Grid) []float64 { return p.MeanPath.Mean(grid) }

// Sampled is true.
func (*Lognormal) Sampled() bool { return true }

// Sample draws one Brownian path a lane, an increment a step.
func (p *Lognormal) Sample(grid *calendar.Grid, seed uint64, factor draw.Factor, firstPath uint64, level [][]float64) {
	mean := p.Mean(grid)
	at := 0.0
	for t, col := range level {
		draw.Normal(col, seed, factor, firstPath, t)
		years := max(0, grid.Years(t))
		vec.Scale(col, col, p.Volatility*math.Sqrt(years-at))
		at = years
		if t > 0 {
			vec.Accumulate(col, level[t-1])
		}
	}
	for t, col := range level {
		drift := float64(-0.5 * p.Volatility * p.Volatility * max(0, grid.Years(t)))
		for i := range col {
			col[i] += drift
		}
		vec.Exp(col, col)
		vec.Scale(col, col, mean[t])
	}
}
