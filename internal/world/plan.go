// SPDX-License-Identifier: Apache-2.0

package world

import (
	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/draw"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// A Plan is a world laid out on a grid: everything that does not differ
// between paths, by step. It is immutable.
type Plan struct {
	World    *World
	Grid     *calendar.Grid
	Curve    []float64 // riskless discount factors at the steps' ends
	Survival []float64 // probability that the buyer is solvent at the steps' ends
	// level holds the contract's observables, by step, in its units: cents,
	// and units a step.
	level [contract.Observables][]float64
	index map[string][]float64 // by name and step, as stated
	// What only measures ask for.
	MarketCapacity []float64 // units a step; nil for no limit
	UnmetValue     float64   // cents per unit of need that the market could not meet
	Costs          []CostView
	OtherInflow    []float64 // cents a step; nil when not given
}

// A CostView is one way to see the provider's opportunity cost.
type CostView struct {
	Name  string    // sunk, scarce or build
	Cents []float64 // per unit, by step
}

// Headline is the index in Costs of the view behind the headline figures.
func (p *Plan) Headline() int {
	for i, c := range p.Costs {
		if c.Name == p.World.Cost.Headline {
			return i
		}
	}
	return 0
}

// Lay lays the world out on the grid.
func (w *World) Lay(grid *calendar.Grid) *Plan {
	p := &Plan{World: w, Grid: grid, Curve: make([]float64, grid.Steps()), Survival: make([]float64, grid.Steps())}
	for t := range p.Curve {
		p.Curve[t] = w.Discount.Factor(grid.Years(t))
		p.Survival[t] = 1
		if w.Default.Mode != "none" {
			// On the valuation date the buyer is solvent, and was before.
			p.Survival[t] = vec.ExpOf(-w.Default.Hazard * max(0, grid.Years(t)))
		}
	}
	perStep, cents := 1/float64(grid.StepsPerYear()), float64(unit.MinorPerMajor)
	set := func(o contract.Observable, pr Process, scale float64) { p.level[o] = scaled(pr, grid, scale) }
	set(contract.Need, w.Firm, perStep)
	set(contract.Flexible, w.Flexible, perStep)
	set(contract.FlexibleValue, &Constant{Level: w.FlexibleValue}, cents)
	set(contract.List, w.ListPrice, cents)
	set(contract.Market, w.MarketPrice, cents)
	set(contract.Delivery, w.Delivery, 1)
	p.level[contract.LabValue] = make([]float64, grid.Steps())
	for t, df := range p.Curve {
		p.level[contract.LabValue][t] = w.LabValue.StartCents / df // it drifts at the riskless rate
	}
	p.layRounds()
	p.index = map[string][]float64{}
	for _, x := range w.Indexes {
		p.index[x.Name] = scaled(x.Of, grid, 1)
	}
	set(contract.Alive, &Constant{Level: 1}, 1)
	set(contract.AccruedRecovery, &Constant{Level: w.Default.AccruedRecovery}, 1)
	set(contract.ClaimRecovery, &Constant{Level: w.Default.CommitmentRecovery}, 1)
	if w.MarketCapacity != nil {
		p.MarketCapacity, p.UnmetValue = scaled(w.MarketCapacity, grid, perStep), *w.UnmetValue*cents
	}
	if w.OtherInflow != nil {
		p.OtherInflow = scaled(w.OtherInflow, grid, cents*perStep)
	}
	scarce := w.Cost.Scarce
	if scarce == nil {
		scarce = w.MarketPrice
	}
	for _, c := range []struct {
		name string
		p    Process
	}{{"sunk", w.Cost.Sunk}, {"scarce", scarce}, {"build", w.Cost.Build}} {
		if c.p != nil {
			p.Costs = append(p.Costs, CostView{c.name, scaled(c.p, grid, cents)})
		}
	}
	return p
}

func scaled(pr Process, grid *calendar.Grid, scale float64) []float64 {
	if pr == nil {
		return make([]float64, grid.Steps())
	}
	out := pr.Mean(grid)
	vec.Scale(out, out, scale)
	return out
}

// Factor is the riskless value today of a cent in so many years.
func (d Discount) Factor(years float64) float64 {
	if d.Continuous != nil {
		return vec.ExpOf(-*d.Continuous * years)
	}
	return vec.PowOf(1+d.Annual, -years)
}

// Level is the expected observable by step, in the contract's units.
func (p *Plan) Level(o contract.Observable) []float64 { return p.level[o] }

// Factors are the world's columns for one block of paths. They are made once
// and shown to every contract that runs on the block.
type Factors struct {
	plan    *Plan
	lanes   int
	sampled [contract.Observables][][]float64 // by observable and step; nil where all paths agree
	same    [contract.Observables][]float64   // the running step's column where all paths agree
	last    [contract.Observables]float64     // what same holds
	events  map[string][]float64
	index   map[string][]float64
	uniform []float64
	seed    uint64
	first   uint64 // number of the block's first path
	drawn   bool   // the block is sampled; else it is at its means
}

// Factors makes room for a block of lanes.
func (p *Plan) Factors(lanes int) *Factors {
	f := &Factors{plan: p, lanes: lanes, uniform: make([]float64, lanes), events: map[string][]float64{}, index: map[string][]float64{}}
	for o := range f.same {
		f.same[o] = make([]float64, lanes)
	}
	for _, e := range p.World.Events {
		f.events[e.Name] = make([]float64, lanes)
	}
	for _, x := range p.World.Indexes {
		f.index[x.Name] = make([]float64, lanes)
	}
	return f
}

// Base sets every factor to its mean, for a base run: nobody fails in the last
// lane, and the buyer fails in step d in lane d of the others. There are as
// many lanes as Plan.BaseWeights.
func (f *Factors) Base() {
	f.drawn = false
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
	if p.World.Default.Mode == "none" || p.World.Default.Hazard == 0 {
		return []float64{1}
	}
	out, before := make([]float64, 0, len(p.Survival)+1), 1.0
	for _, s := range p.Survival {
		out, before = append(out, before-s), s
	}
	return append(out, before)
}

// Sample draws the block of paths that starts at firstPath.
func (f *Factors) Sample(seed uint64, firstPath uint64) {
	p, w := f.plan, f.plan.World
	f.seed, f.first, f.drawn = seed, firstPath, true
	if w.Firm.Sampled() {
		need := f.room(contract.Need)
		w.Firm.Sample(p.Grid, seed, draw.Need, firstPath, need)
		for _, col := range need {
			vec.Scale(col, col, 1/float64(p.Grid.StepsPerYear()))
		}
	}
	if w.Default.Mode == "none" || w.Default.Hazard == 0 {
		return
	}
	draw.Uniform(f.uniform, seed, draw.DefaultTime, firstPath, 0)
	for t, col := range f.room(contract.Alive) {
		for i, u := range f.uniform {
			col[i] = 0
			if u < p.Survival[t] {
				col[i] = 1
			}
		}
	}
}

// room is the sampled columns of an observable, made on first use.
func (f *Factors) room(o contract.Observable) [][]float64 {
	if f.sampled[o] == nil {
		steps := f.plan.Grid.Steps()
		arena := make([]float64, steps*f.lanes)
		f.sampled[o] = make([][]float64, steps)
		for t := range f.sampled[o] {
			f.sampled[o][t] = arena[t*f.lanes : (t+1)*f.lanes : (t+1)*f.lanes]
		}
	}
	return f.sampled[o]
}

// Step sets the columns in which all paths agree to step t; signing is -1.
// Call it once a step, before Show.
func (f *Factors) Step(t int) {
	at := max(t, 0)
	for o := range f.same {
		x := f.plan.level[o][at]
		if t < 0 && contract.Observable(o) == contract.LabValue {
			x = f.plan.World.LabValue.StartCents // on the valuation date, not at the first step's end
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
		vec.Fill(col, f.plan.index[name][at])
	}
}
