// SPDX-License-Identifier: Apache-2.0

package world

import (
	"math"

	"offtake/internal/contract"
	"offtake/internal/draw"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// Factors are the world's columns for one block of paths. They are made once
// and shown to every contract that runs on the block.
type Factors struct {
	plan    *Plan
	lanes   int
	s       *Sampling
	levels  [][][]float64                     // by moving number and step; nil where all paths agree
	sampled [contract.Observables][][]float64 // by observable and step; nil where all paths agree
	same    [contract.Observables][]float64   // the running step's column where all paths agree
	last    [contract.Observables]float64     // what same holds
	rooms   map[contract.Observable][][]float64
	// What only measures ask for, where it differs between paths, by lane.
	Unmet       []float64 // cents per unit of need that the market could not meet
	DefaultCost []float64 // cents
	signing     []float64 // what the lab is worth at the signing; nil where all paths agree
	events      map[string][]float64
	index       map[string][]float64
	uniform     []float64
	source      draw.Source
	drawn       bool // the block is sampled; else it is at its means
	quiet       bool // noise is off
	controls    [][]float64
}

// Factors makes room for a block of lanes.
func (p *Plan) Factors(lanes int) *Factors {
	f := &Factors{plan: p, lanes: lanes, uniform: make([]float64, lanes), events: map[string][]float64{}, index: map[string][]float64{},
		rooms: map[contract.Observable][][]float64{}, s: newSampling(p.Grid, p.World.Regimes, lanes)}
	for o := range f.same {
		f.same[o] = make([]float64, lanes)
	}
	for _, e := range p.World.Events {
		f.events[e.Name] = make([]float64, lanes)
	}
	for _, x := range p.World.Indexes {
		f.index[x.Name] = make([]float64, lanes)
	}
	for _, x := range p.uncertain {
		f.s.drawn[x.Number] = make([]float64, lanes)
	}
	for _, m := range p.moves {
		var level [][]float64
		if m.process.Sampled() || !f.s.agree(m.process) || m.path == labValue {
			level = columns(p.Grid.Steps(), lanes)
		}
		f.levels = append(f.levels, level)
	}
	if !p.World.UnmetValue.Certain() {
		f.Unmet = make([]float64, lanes)
	}
	if !p.World.Default.CostCents.Certain() {
		f.DefaultCost = make([]float64, lanes)
	}
	f.settle()
	return f
}

// settle has every uncertain number at its mean.
func (f *Factors) settle() {
	for n, col := range f.s.drawn {
		vec.Fill(col, n.Mean())
	}
}

// Base sets every factor to its mean, for a base run: nobody fails in the last
// lane, and the buyer fails in step d in lane d of the others. There are as
// many lanes as Plan.BaseWeights.
func (f *Factors) Base() {
	f.drawn, f.signing = false, nil
	f.settle()
	for o := range f.sampled {
		f.sampled[o] = nil
	}
	if f.lanes == 1 {
		return
	}
	for t, col := range f.room(contract.Alive) {
		for lane := range col {
			col[lane] = 0
			if t < lane || lane == len(col)-1 {
				col[lane] = 1
			}
		}
	}
}

// BaseWeights are the probabilities of the lanes of a base run: of a default in
// each step, and of none. With nobody to fail there is one lane.
func (p *Plan) BaseWeights() []float64 {
	if !p.canFail() {
		return []float64{1}
	}
	out, before := make([]float64, 0, len(p.Survival)+1), 1.0
	for _, s := range p.Survival {
		out, before = append(out, before-s), s
	}
	return append(out, before)
}

// canFail tells whether the buyer may fail at all.
func (p *Plan) canFail() bool {
	return p.World.Default.Mode != "none" && p.World.Default.Hazard.Mean() != 0
}

// Noisy tells whether chance moves anything: processes with noise, or failures that are
// drawn.
func (p *Plan) Noisy() bool {
	for _, m := range p.moves {
		if m.process.Sampled() {
			return true
		}
	}
	for _, x := range p.World.Failures {
		if x.On.IsZero() && x.Hazard.Mean() > 0 {
			return true
		}
	}
	return p.canFail()
}

// Sample draws a block of paths: what is uncertain, once a path, and noise,
// each step.
func (f *Factors) Sample(src draw.Source) { f.SampleApart(&src, &src) }

// SampleApart draws uncertain numbers and noise from sources of their own, so
// that what each of them does to a result can be told apart. Without a source
// for them, uncertain numbers are at their means; without noise, processes are
// at their means given the numbers, nobody fails, and what is bound by chance
// is bound in part.
func (f *Factors) SampleApart(parameters, noise *draw.Source) {
	f.SampleEach(func(int) *draw.Source { return parameters }, noise)
}

// SampleEach is SampleApart with a source for each uncertain number, by its place
// in World.Uncertain.
func (f *Factors) SampleEach(number func(k int) *draw.Source, noise *draw.Source) {
	f.sampleNumbers(number, noise)
	f.sampleSingle()
	f.sampleValue()
	f.sampleDefault()
}

// samplePilot draws what a hazard follows, and nobody's failing.
func (f *Factors) samplePilot(src *draw.Source) {
	f.sampleNumbers(func(int) *draw.Source { return src }, src)
	f.sampleValue()
}

// sampleNumbers draws uncertain numbers, regimes and all that moves.
func (f *Factors) sampleNumbers(number func(k int) *draw.Source, noise *draw.Source) {
	f.drawn, f.quiet, f.signing = true, noise == nil, nil
	if noise != nil {
		f.source, f.s.Source = *noise, *noise
	}
	f.settle()
	for k, x := range f.plan.uncertain {
		if src := number(k); src != nil {
			x.Number.Draw(f.s.drawn[x.Number], *src, x.Path)
		}
	}
	if noise != nil && f.plan.World.Regimes != nil && f.plan.switched() {
		f.s.chain.sample(f.s, *noise)
	}
	f.sampleMoves()
}

// switched tells whether anything moves by the world's regimes.
func (p *Plan) switched() bool {
	for _, m := range p.moves {
		if _, ok := m.process.(*ByRegime); ok {
			return true
		}
	}
	return false
}

// sampleMoves draws the walks of all numbers that noise moves, correlates them,
// and has the processes turn them into levels.
func (f *Factors) sampleMoves() {
	p := f.plan
	if !f.quiet {
		for i, m := range p.moves {
			if m.process.Sampled() {
				f.source.Walk(f.levels[i], m.factor)
			}
		}
		p.correlated.mix(f.s, f.levels)
	}
	clear(f.s.means)
	for i, m := range p.moves {
		level := f.levels[i]
		if level == nil {
			continue
		}
		f.sampleMove(m, level)
		if o, ok := observed[m.path]; ok {
			f.sampled[o] = level
		}
	}
}

// sampleMove has the process of one number turn its walk into levels, in the
// contract's units.
func (f *Factors) sampleMove(m moving, level [][]float64) {
	f.s.Factor, f.s.Jump, f.s.JumpSize = m.factor, m.jump, m.size
	scale, noise := m.scale(f.plan.Grid.StepsPerYear()), m.process.Sampled() && !f.quiet
	if p, ok := m.process.(Scaling); ok && noise && math.IsInf(m.high, 1) && p.SampleTimes(f.s, level, scale) {
		return
	}
	if noise {
		m.process.Sample(f.s, level)
	} else {
		m.process.Mean(f.s, level)
	}
	for _, col := range level {
		cut(col, m.high)
		if scale != 1 {
			vec.Scale(col, col, scale)
		}
	}
}

// cut keeps levels from 0 to a highest one.
func cut(col []float64, high float64) {
	vec.MaxOf(col, col, 0)
	if !math.IsInf(high, 1) {
		vec.MinOf(col, col, high)
	}
}

// sampleSingle shows the uncertain numbers that are observed and do not move.
func (f *Factors) sampleSingle() {
	w := f.plan.World
	for _, x := range []struct {
		o     contract.Observable
		n     *Number
		scale float64
	}{{contract.FlexibleValue, &w.FlexibleValue, unit.MinorPerMajor}, {contract.AccruedRecovery, &w.Default.AccruedRecovery, 1}, {contract.ClaimRecovery, &w.Default.CommitmentRecovery, 1}} {
		if x.n.Certain() {
			continue
		}
		steady := f.steady(x.o)
		vec.Scale(steady[0], f.s.Of(x.n), x.scale)
		f.sampled[x.o] = steady
	}
	if f.Unmet != nil {
		vec.Scale(f.Unmet, f.s.Of(&w.UnmetValue), unit.MinorPerMajor)
	}
	if f.DefaultCost != nil {
		vec.Copy(f.DefaultCost, f.s.Of(&w.Default.CostCents))
	}
}

// steady is one column for all steps of an observable.
func (f *Factors) steady(o contract.Observable) [][]float64 {
	if f.rooms[o] == nil {
		col := make([]float64, f.lanes)
		for range f.plan.Grid.Steps() {
			f.rooms[o] = append(f.rooms[o], col)
		}
	}
	return f.rooms[o]
}

// sampleValue has the lab's value grow at the riskless rate from where it
// starts, times its noise over the mean of that: so that its discounted value is
// expected to stay at the start, given the numbers and in any process.
func (f *Factors) sampleValue() {
	p, start := f.plan, &f.plan.World.LabValue.StartCents
	moves := p.World.LabValue.Moves
	if moves == nil && start.Certain() {
		f.sampled[contract.LabValue] = nil
		return
	}
	begin := f.s.Of(start)
	if f.signing = begin; moves == nil {
		level := f.room(contract.LabValue)
		for t, col := range level {
			vec.Scale(col, begin, 1/p.Curve[t])
		}
		return
	}
	mean, level, grown := f.s.mean(moves), f.sampled[contract.LabValue], f.s.temp(0)
	for t, col := range level {
		switch expected := mean[t]; {
		case len(expected) > 1:
			for i, m := range expected {
				col[i] = overMean(col[i], m)
			}
		case expected[0] == 1:
		case expected[0] > 0:
			vec.DivOf(col, col, expected[0])
		default:
			vec.Fill(col, 1)
		}
		if same, one := f.s.One(start); one {
			vec.Scale(col, col, same/p.Curve[t])
			continue
		}
		vec.DivOf(grown, begin, p.Curve[t])
		vec.Mul(col, grown, col)
	}
}

// overMean is noise over its mean, or none where there is no mean.
func overMean(x, mean float64) float64 {
	if mean <= 0 {
		return 1
	}
	return x / mean
}

// sampleDefault draws when the buyer fails.
func (f *Factors) sampleDefault() {
	p := f.plan
	if !p.canFail() || f.quiet {
		f.sampled[contract.Alive] = nil
		return
	}
	f.source.Uniform(f.uniform, draw.DefaultTime, 0)
	alive := f.room(contract.Alive)
	if p.scale == nil && p.World.Default.Hazard.Certain() {
		for t, col := range alive {
			vec.Below(col, f.uniform, p.Survival[t])
		}
		return
	}
	left, x := f.s.temp(0), f.s.temp(1)
	vec.Fill(left, 0)
	for t, col := range alive {
		f.hazard(x, t)
		scale := f.s.Dt(t)
		if p.scale != nil {
			scale *= p.scale[t]
		}
		vec.AddScaled(left, x, -scale)
		vec.Exp(x, left)
		vec.Sub(x, f.uniform, x) // exact to the sign
		vec.Below(col, x, 0)
	}
}

// room is the sampled columns of an observable, made on first use.
func (f *Factors) room(o contract.Observable) [][]float64 {
	if f.rooms[o] == nil {
		f.rooms[o] = columns(f.plan.Grid.Steps(), f.lanes)
	}
	f.sampled[o] = f.rooms[o]
	return f.sampled[o]
}

// Step sets the columns in which all paths agree to step t; signing is -1.
// Call it once a step, before Show.
func (f *Factors) Step(t int) {
	at := max(t, 0)
	for o := range f.same {
		x := f.plan.level[o][at]
		if t < 0 && contract.Observable(o) == contract.LabValue {
			x = f.plan.World.LabValue.StartCents.Mean() // on the valuation date, not at the first step's end
		}
		if x != f.last[o] {
			vec.Fill(f.same[o], x)
			f.last[o] = x
		}
	}
	for _, e := range f.plan.World.Events {
		seen := 0.0
		if t >= 0 && e.On.Before(f.plan.Grid.StepEnd(t)) || t < 0 && !e.On.After(f.plan.Grid.Valuation()) {
			seen = 1
		}
		vec.Fill(f.events[e.Name], seen)
	}
	for name, col := range f.index {
		if level := f.Level("indexes." + name); level != nil && f.drawn {
			vec.Copy(col, level[at])
		} else {
			vec.Fill(col, f.plan.index[name][at])
		}
	}
}

// Level is the columns by step of a moving number that may differ between the
// paths of a sampled block, in the contract's units, by its path below world;
// nil where all paths agree. The columns are the same for every block.
func (f *Factors) Level(path string) [][]float64 {
	for i, m := range f.plan.moves {
		if m.path == path {
			return f.levels[i]
		}
	}
	return nil
}

// Cost is the columns of a view of the provider's cost, likewise.
func (f *Factors) Cost(name string) [][]float64 { return f.Level(f.plan.costPath(name)) }
