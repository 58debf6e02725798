// SPDX-License-Identifier: Apache-2.0

package world

import (
	"math"

	"offtake/internal/contract"
)

// A control is a number that noise moves, at the end of one step: its level over its
// expected level, less 1. Given the path's uncertain numbers that is expected to be
// zero, and so it is over all paths.
type control struct {
	move, step int
	wide       bool // its variance is at least wideSpread
}

// controlsMost is how many controls there are at most: each costs a sum over the paths
// of every measure.
const controlsMost = 6

// controlSpread is the most that the variance of a control may be. That of a lognormal
// level is e^(sigma^2 t) - 1: 601 of a volatility of 80% over ten years. Beyond, a few of
// thousands of paths make up the sums that coefficients are from, and spoil the means of
// what the number hardly moves (docs/models/sampling.md).
const controlSpread = 700

// wideSpread is the least variance of a control that is wide. Evenly spread points find it
// hard to integrate; what spreads less they integrate so well, with all that measures have
// to do with it, that to take off the little that is left adds to errors.
const wideSpread = 1

// layControls picks the controls: the lab's value first, then the other numbers in their
// order.
func (p *Plan) layControls() {
	add := func(lab bool) {
		for i, m := range p.moves {
			if lab != (m.path == labValue) || len(p.controls) == controlsMost || !m.positive() {
				continue
			}
			if c := p.controlOf(i); c.step >= 0 {
				p.controls = append(p.controls, c)
			}
		}
	}
	add(true)
	add(false)
}

// positive tells whether noise moves the number without ever taking it to where it
// would be cut, which would move its mean.
func (m moving) positive() bool {
	switch m.process.(type) {
	case *Lognormal, *Geometric, *Merton, *Schwartz, *ByRegime:
		return math.IsInf(m.high, 1)
	}
	return false
}

// controlOf is the control of a number at the last step of the term in which it is
// expected above zero; at step -1 where there is none, or the number does not move by then
// or spreads too far, with all uncertain numbers at their means.
func (p *Plan) controlOf(i int) control {
	s := newSampling(p.Grid, p.World.Regimes, 1)
	mean, variance := columns(p.Grid.Steps(), 1), columns(p.Grid.Steps(), 1)
	p.moves[i].process.Mean(s, mean)
	p.moves[i].process.Variance(s, variance)
	t := p.Grid.Term() - 1
	for t >= 0 && !(mean[t][0] > 0) {
		t--
	}
	if t < 0 || !(variance[t][0] > 0) || !(variance[t][0] <= controlSpread*mean[t][0]*mean[t][0]) {
		return control{step: -1}
	}
	return control{i, t, variance[t][0] >= wideSpread*mean[t][0]*mean[t][0]}
}

// Controls name the controls of the world's paths, in their order, by their paths below
// world: all of them, or the wide ones, which scrambled points are to use.
func (p *Plan) Controls(wide bool) []string {
	var out []string
	for _, c := range p.controls {
		if c.wide || !wide {
			out = append(out, p.moves[c.move].path)
		}
	}
	return out
}

// Controls are the controls over the lanes of a sampled block, in the order in which the
// plan names them; nil for a base run and where noise is off. The columns are the same
// for every block.
func (f *Factors) Controls(wide bool) [][]float64 {
	if !f.drawn || f.quiet {
		return nil
	}
	if f.controls == nil {
		f.controls = columns(len(f.plan.controls), f.lanes)
	}
	n := 0
	for _, c := range f.plan.controls {
		if wide && !c.wide {
			continue
		}
		if f.plan.moves[c.move].path == labValue {
			f.controlValue(f.controls[n], c.step)
		} else {
			f.controlMove(f.controls[n], c)
		}
		n++
	}
	return f.controls[:n]
}

// controlMove is the control of a number that is shown as its process has it.
func (f *Factors) controlMove(col []float64, c control) {
	m := f.plan.moves[c.move]
	expected, level := f.s.mean(m.process)[c.step], f.levels[c.move][c.step]
	scale := m.scale(f.plan.Grid.StepsPerYear())
	for i, x := range level {
		mean := expected[0]
		if len(expected) > 1 {
			mean = expected[i]
		}
		col[i] = overMean(x, mean*scale) - 1
	}
}

// controlValue is that of the lab's value, which is expected to grow at the riskless
// rate from where it starts.
func (f *Factors) controlValue(col []float64, step int) {
	begin, level := f.s.Of(&f.plan.World.LabValue.StartCents), f.sampled[contract.LabValue][step]
	for i, x := range level {
		col[i] = overMean(x, begin[i]/f.plan.Curve[step]) - 1
	}
}
