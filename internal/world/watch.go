// SPDX-License-Identifier: Apache-2.0

package world

import (
	"math"
	"slices"

	"offtake/internal/contract"
	"offtake/internal/draw"
	"offtake/internal/vec"
)

// An Observer shows a block's factors to one program.
type Observer struct {
	*contract.Obs
	Lasting bool // the buyer is shown as solvent throughout
	ones    []float64
	f       *Factors
	watch   *contract.Watch
	uniform [][]float64  // by party that may fail: the draw that decides when
	broke   []float64    // 1 where the buyer's cash has run out; nil where that does not matter
	left    []float64    // who is solvent then
	after   [2][]float64 // firm and flexible need, of those who have failed too; nil where failure does not change it
}

// Observe makes observations that a contract of the program can be shown. What
// the program watches and the world does not know stays as it is: events do
// not happen, indexes are 0, parties do not fail.
func (f *Factors) Observe(p *contract.Program) *Observer {
	o := &Observer{Obs: p.NewObs(f.lanes), f: f, watch: p.Watch()}
	o.Curve = f.plan.Curve
	o.ones = make([]float64, f.lanes)
	vec.Fill(o.ones, 1)
	for i, name := range o.watch.Events {
		if col, ok := f.events[name]; ok {
			o.Events[i] = col
		}
	}
	for i, name := range o.watch.Indexes {
		if col, ok := f.index[name]; ok {
			o.Index[i] = col
		}
	}
	if f.plan.World.Default.NeedAfter.Given() {
		for k := range o.after {
			o.after[k] = make([]float64, f.lanes)
		}
	}
	for range o.watch.Parties {
		o.uniform = append(o.uniform, make([]float64, f.lanes))
	}
	return o
}

// Open prepares the observations for the block as it now is: what comes true
// in each path, and what decides who fails.
func (o *Observer) Open() {
	for i, x := range o.watch.Delays {
		o.delay(o.Late[i], x)
	}
	noise := o.f.drawn && !o.f.quiet
	for i, x := range o.watch.Chances {
		vec.Fill(o.Chance[i], x.Probability)
		if noise {
			o.f.source.Noise(o.Chance[i], draw.Binding, int(name32(x.Clause)))
			for k, u := range o.Chance[i] {
				o.Chance[i][k] = 0
				if u < x.Probability {
					o.Chance[i][k] = 1
				}
			}
		}
	}
	if noise {
		for i, party := range o.watch.Parties {
			if o.hazard(party) > 0 {
				o.f.source.Noise(o.uniform[i], draw.SupplierDefault, int(name32(party)))
			}
		}
	}
}

// delay is how many steps late something runs, in each lane: its length of time
// in whole steps, rounded up.
func (o *Observer) delay(dst []float64, x contract.Arrival) {
	vec.Fill(dst, 0)
	if by := o.f.plan.World.delayOf(x); by != nil {
		steps := float64(o.f.plan.Grid.StepsPerYear())
		for i, years := range o.f.s.Of(by) {
			dst[i] = math.Ceil(float64(years*steps) - 1e-9) // the slack is for thirds of a year, and far less than a day
		}
	}
}

func (o *Observer) hazard(party string) float64 {
	for _, x := range o.f.plan.World.Failures {
		if x.Party == party {
			return x.Hazard.Mean()
		}
	}
	return 0
}

// Show points the observations at step t's columns; signing is -1.
func (o *Observer) Show(t int) {
	f := o.f
	for i := range o.Col {
		o.Col[i] = f.same[i]
		switch s := f.sampled[i]; {
		case t < 0 && contract.Observable(i) == contract.LabValue:
			if f.signing != nil {
				o.Col[i] = f.signing
			}
		case s != nil:
			o.Col[i] = s[max(t, 0)]
		}
	}
	if o.Lasting {
		o.Col[contract.Alive] = o.ones
	}
	o.ruin(t)
	o.needAfter()
	for _, x := range f.plan.World.Failures {
		if i := slices.Index(o.watch.Parties, x.Party); i >= 0 {
			o.fail(t, x, i)
		}
	}
}

// needAfter lowers the need of a buyer that has failed to the part that it has
// left.
func (o *Observer) needAfter() {
	for k, col := range o.after {
		need := contract.Need
		if k == 1 {
			need = contract.Flexible
		}
		if col == nil {
			continue
		}
		part := o.f.s.Of(&o.f.plan.World.Default.NeedAfter)
		for i, alive := range o.Col[contract.Alive] {
			col[i] = o.Col[need][i]
			if alive == 0 {
				col[i] *= part[i]
			}
		}
		o.Col[need] = col
	}
}

// fail says who is solvent at the end of step t.
func (o *Observer) fail(t int, x *Failure, i int) {
	grid, col := o.f.plan.Grid, o.Solvent[i]
	vec.Fill(col, 1)
	switch {
	case t < 0:
	case !x.On.IsZero():
		if x.On.Before(grid.StepEnd(t)) {
			vec.Fill(col, 0)
		}
	case o.f.drawn && !o.f.quiet && x.Hazard.Certain():
		survival := vec.ExpOf(-x.Hazard.Value * max(0, grid.Years(t)))
		for k, u := range o.uniform[i] {
			if u >= survival {
				col[k] = 0
			}
		}
	case o.f.drawn && !o.f.quiet:
		hazard := o.f.s.Of(&x.Hazard)
		for k, u := range o.uniform[i] {
			if u >= vec.ExpOf(-hazard[k]*max(0, grid.Years(t))) {
				col[k] = 0
			}
		}
	}
}

// name32 numbers a name: FNV-1a, the same everywhere (Fowler, Noll and Vo 1991,
// "FNV hash").
func name32(name string) uint32 {
	h := uint32(2166136261)
	for i := range len(name) {
		h = (h ^ uint32(name[i])) * 16777619
	}
	return h
}
