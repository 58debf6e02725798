// SPDX-License-Identifier: Apache-2.0

package world

import (
	"fmt"
	"reflect"
	"slices"

	"offtake/internal/diag"
	"offtake/internal/draw"
	"offtake/internal/field"
	"offtake/internal/vec"
)

// A Follow is a number that the hazard follows, and how strongly.
type Follow struct {
	Name string
	By   Number
}

func (w *World) follow(name string) field.Field {
	x := &Follow{Name: name}
	w.Default.Follows = append(w.Default.Follows, x)
	return numberField(field.Field{Name: name, Kind: field.Number, Unit: "elasticity", Min: field.At(-10), Max: field.At(10),
		Doc: "percent that the hazard rises by where the number is a percent above its mean; below 0 it falls"}, &x.By)
}

// valueStill says how the lab's value can move.
const valueStill = "say how it moves: lab_value: {moves: {geometric: {volatility: 60%}}}"

// checkFollows reports numbers that there are not, and that do not move.
func (w *World) checkFollows(r field.Report) {
	moves := w.moving()
	var names []string
	for _, m := range moves {
		names = append(names, m.path)
	}
	for _, x := range w.Default.Follows {
		at := "default.follows[" + x.Name + "]"
		i := slices.Index(names, x.Name)
		if i < 0 {
			hint := "such numbers are " + fmt.Sprint(names)
			if meant := diag.Suggest(x.Name, names); meant != "" {
				hint = "did you mean " + meant + "?"
			}
			if x.Name == labValue {
				hint = valueStill
			}
			r.Fault("FOLLOWS-STILL", at, hint, "the world has no number %s that moves", x.Name)
			continue
		}
		still := true
		for _, n := range moves[i].process.Numbers() {
			still = still && n.Number.Certain()
		}
		if still && !moves[i].process.Sampled() {
			r.Fault("FOLLOWS-STILL", at, "have it move, as by lognormal, or leave it out", "%s is the same on every path", x.Name)
		}
	}
}

// The pilot that scales a hazard: so many paths, of a seed of their own.
const (
	pilotPaths = 4096
	pilotSeed  = 0x70696c6f74 // "pilot" in ASCII
	pilotLanes = 512
)

// layHazard finds, step by step, by what a hazard that follows factors must be
// multiplied for as many to survive on average as by the stated one:
//
//	h(t) = h0 e^(a(t)) (X(t)/E X(t))^b,  E[exp(-integral of h)] = e^(-h0 t)
//
// (Hull and White 2012, "CVA and wrong-way risk"). The expectation is that over
// a pilot of paths that no run sees, the same for every seed; e^(a(t)) is found by
// Newton's steps.
func (p *Plan) layHazard(like []*Plan) {
	if len(p.World.Default.Follows) == 0 || !p.canFail() {
		return
	}
	for _, other := range like {
		if p.failsAs(other) {
			p.scale = other.scale
			return
		}
	}
	f := p.Factors(pilotLanes)
	steps := p.Grid.Steps()
	rates := columns(steps, pilotPaths)
	for first := 0; first < pilotPaths; first += pilotLanes {
		f.samplePilot(&draw.Source{Seed: pilotSeed, First: uint64(first)})
		for t := range rates {
			f.hazard(rates[t][first:first+pilotLanes], t)
		}
	}
	p.scale = make([]float64, steps)
	alive, room := make([]float64, pilotPaths), make([]float64, pilotPaths)
	vec.Fill(alive, 1)
	for t := range p.scale {
		p.scale[t] = scaleOf(alive, rates[t], f.s.Dt(t), p.Survival[t], room)
		survive(room, alive, rates[t], p.scale[t], f.s.Dt(t))
		vec.Copy(alive, room)
	}
}

// failsAs tells whether another plan's pilot sees the same: the same hazard, which
// follows the same numbers, on the same grid.
func (p *Plan) failsAs(other *Plan) bool {
	w, o := p.World, other.World
	if other.scale == nil || !reflect.DeepEqual(p.Grid, other.Grid) || !reflect.DeepEqual(p.Curve, other.Curve) || !reflect.DeepEqual(p.correlated, other.correlated) ||
		!reflect.DeepEqual(w.Default, o.Default) || !reflect.DeepEqual(w.Regimes, o.Regimes) || !reflect.DeepEqual(w.LabValue, o.LabValue) {
		return false
	}
	for _, x := range w.Default.Follows {
		follows := func(m moving) bool { return m.path == x.Name }
		k, l := slices.IndexFunc(p.moves, follows), slices.IndexFunc(other.moves, follows)
		if k < 0 || l < 0 || !reflect.DeepEqual(p.moves[k], other.moves[l]) || !reflect.DeepEqual(p.means[k], other.means[l]) {
			return false
		}
	}
	return true
}

// survive writes what is left of those alive after years at rates that are scaled.
func survive(dst, alive, rates []float64, scale, years float64) {
	vec.Scale(dst, rates, -scale)
	vec.Scale(dst, dst, years)
	vec.Exp(dst, dst)
	vec.Mul(dst, alive, dst)
}

// scaleOf is by what rates over years must be multiplied for so many of those
// alive to be left on average; room is scratch.
func scaleOf(alive, rates []float64, years, left float64, room []float64) float64 {
	if years == 0 {
		return 1
	}
	scale := 1.0
	for range 50 {
		sum, slope := 0.0, 0.0
		survive(room, alive, rates, scale, years)
		for i, x := range room {
			sum += x
			slope += float64(x * rates[i] * years)
		}
		miss := sum/float64(len(alive)) - left
		if slope <= 0 {
			break
		}
		step := miss * float64(len(alive)) / slope
		if scale += step; scale < 0 {
			scale = 0
		}
		if step < 1e-12 && step > -1e-12 {
			break
		}
	}
	return scale
}

// hazard writes the hazard in step t in each lane, as far as it follows factors:
// h0 (X/E X)^b, before it is scaled.
func (f *Factors) hazard(dst []float64, t int) {
	p, log := f.plan, f.s.temp(2)
	vec.Fill(dst, 0)
	for _, x := range p.World.Default.Follows {
		by := f.s.Of(&x.By)
		for k, m := range p.moves {
			if m.path != x.Name || f.levels[k] == nil {
				continue
			}
			vec.DivOf(log, f.levels[k][t], p.expected(k, t))
			clamp(log, 1e-4, 1e4)
			vec.Log(log, log)
			vec.Mul(log, by, log)
			vec.Accumulate(dst, log)
		}
	}
	clamp(dst, -30, 30)
	vec.Exp(dst, dst)
	vec.Mul(dst, f.s.Of(&p.World.Default.Hazard), dst)
}

// clamp keeps a column between two numbers.
func clamp(col []float64, low, high float64) {
	vec.MaxOf(col, col, low)
	vec.MinOf(col, col, high)
}

// expected is the mean of a moving number in step t in the units of its levels.
func (p *Plan) expected(k, t int) float64 {
	mean := p.means[k][t]
	if p.moves[k].path == labValue {
		mean = p.World.LabValue.StartCents.Mean() / p.Curve[t]
	}
	if mean <= 0 {
		return 1
	}
	return mean
}
