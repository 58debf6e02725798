// SPDX-License-Identifier: Apache-2.0

package world

import (
	"slices"

	"offtake/internal/contract"
	"offtake/internal/draw"
	"offtake/internal/vec"
)

// An Observer shows a block's factors to one program.
type Observer struct {
	*contract.Obs
	f       *Factors
	watch   *contract.Watch
	uniform [][]float64  // by party that may fail: the draw that decides when
	after   [2][]float64 // firm and flexible need, of those who have failed too; nil where failure does not change it
}

// Observe makes observations that a contract of the program can be shown. What
// the program watches and the world does not know stays as it is: events do
// not happen, indexes are 0, parties do not fail.
func (f *Factors) Observe(p *contract.Program) *Observer {
	o := &Observer{Obs: p.NewObs(f.lanes), f: f, watch: p.Watch()}
	o.Curve = f.plan.Curve
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
	for i, x := range o.watch.Delays {
		vec.Fill(o.Late[i], float64(f.plan.World.late(x, f.plan.Grid)))
	}
	if f.plan.World.Default.NeedAfter != nil {
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
	for i, x := range o.watch.Chances {
		vec.Fill(o.Chance[i], x.Probability)
		if o.f.drawn {
			draw.Uniform(o.Chance[i], o.f.seed, draw.Binding, o.f.first, int(name32(x.Clause)))
			for k, u := range o.Chance[i] {
				o.Chance[i][k] = 0
				if u < x.Probability {
					o.Chance[i][k] = 1
				}
			}
		}
	}
	if o.f.drawn {
		for i, party := range o.watch.Parties {
			if o.hazard(party) > 0 {
				draw.Uniform(o.uniform[i], o.f.seed, draw.SupplierDefault, o.f.first, int(name32(party)))
			}
		}
	}
}

func (o *Observer) hazard(party string) float64 {
	for _, x := range o.f.plan.World.Failures {
		if x.Party == party {
			return x.Hazard
		}
	}
	return 0
}

// Show points the observations at step t's columns; signing is -1.
func (o *Observer) Show(t int) {
	f := o.f
	for i := range o.Col {
		o.Col[i] = f.same[i]
		if s := f.sampled[i]; s != nil {
			o.Col[i] = s[max(t, 0)]
		}
	}
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
		part := *o.f.plan.World.Default.NeedAfter
		for i, alive := range o.Col[contract.Alive] {
			col[i] = o.Col[need][i]
			if alive == 0 {
				col[i] *= part
			}
		}
		o.Col[need] = col
	}
}

// fail says who is solvent at the end of step t.
func (o *Observer) fail(t int, x Failure, i int) {
	grid, col := o.f.plan.Grid, o.Solvent[i]
	vec.Fill(col, 1)
	switch {
	case t < 0:
	case !x.On.IsZero():
		if x.On.Before(grid.StepEnd(t)) {
			vec.Fill(col, 0)
		}
	case o.f.drawn:
		survival := vec.ExpOf(-x.Hazard * max(0, grid.Years(t)))
		for k, u := range o.uniform[i] {
			if u >= survival {
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
