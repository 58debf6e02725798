// SPDX-License-Identifier: Apache-2.0

package world

import (
	"math"
	"strings"

	"offtake/internal/draw"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// A moving number is one of the world's that a process moves.
type moving struct {
	path       string // by which correlations and hazards name it
	file       string // of the process, below world
	process    Process
	factor     draw.Factor
	jump, size draw.Factor // size 0: without coordinates
	high       float64     // what levels are cut to; they are cut to 0 too
}

// moving are the numbers that processes move, in the order of their factors;
// those by name come last. Each has a factor of its own, so that none ever
// shifts the draws of another.
func (w *World) moving() []moving {
	var out []moving
	add := func(path string, p Process, factor draw.Factor, high float64) {
		if p == nil {
			return
		}
		jump, size, reserved := draw.Jumps(factor)
		if !reserved {
			jump = draw.Named(path + " jumps")
		}
		file := path
		if path == labValue {
			file = "lab_value.moves"
		}
		out = append(out, moving{path, file, p, factor, jump, size, high})
	}
	any := math.Inf(1)
	add("need.firm", w.Firm, draw.Need, any)
	add("need.flexible.amount", w.Flexible, draw.FlexibleNeed, any)
	add("list_price", w.ListPrice, draw.ListPrice, any)
	add("market_price", w.MarketPrice, draw.MarketPrice, any)
	add(labValue, w.LabValue.Moves, draw.LabValue, any)
	add("cost.sunk", w.Cost.Sunk, draw.Cost, any)
	add("cost.scarce", w.Cost.Scarce, draw.ScarceCost, any)
	add("cost.build", w.Cost.Build, draw.BuildCost, any)
	add("delivery", w.Delivery, draw.DeliveryShare, 1)
	add("market_capacity", w.MarketCapacity, draw.MarketCapacity, any)
	add("other_inflow", w.OtherInflow, draw.OtherInflow, any)
	for _, x := range w.Indexes {
		add("indexes."+x.Name, x.Of, draw.Named("indexes."+x.Name), any)
	}
	add(otherOutflow, w.Default.Cash.outflow(), draw.Named(otherOutflow), any)
	return out
}

const labValue = "lab_value"

// noisyVariants are the processes with noise.
func noisyVariants(into *Process) []field.Field {
	var out []field.Field
	for _, k := range Catalog {
		p := k.New()
		if !p.Sampled() {
			continue
		}
		if x, ok := p.(*Lognormal); ok {
			x.free = true
		}
		f := inUnit(p.Fields()[0], "times its mean", field.Beyond(0))
		f.Doc = k.Doc
		f.Chosen = func() { *into = p }
		out = append(out, f)
	}
	return out
}

// single are the numbers that no process moves, by their paths below world.
func (w *World) single() []Named {
	out := []Named{{"need.flexible.value", &w.FlexibleValue}, {"need.unmet_value", &w.UnmetValue}, {"lab_value.start", &w.LabValue.StartCents},
		{"default.hazard", &w.Default.Hazard}, {"default.cost", &w.Default.CostCents}, {"default.need_after", &w.Default.NeedAfter}}
	if d := &w.Default; d.OneRecovery {
		// One number, drawn once for both.
		out = append(out, Named{"default.recovery", &d.AccruedRecovery}, Named{"default.recovery", &d.CommitmentRecovery})
	} else {
		out = append(out, Named{"default.recovery.accrued", &d.AccruedRecovery}, Named{"default.recovery.commitment", &d.CommitmentRecovery})
	}
	out = append(out, w.Default.Cash.numbers()...)
	for _, x := range w.Default.Follows {
		out = append(out, Named{"default.follows[" + x.Name + "]", &x.By})
	}
	for _, x := range w.Failures {
		out = append(out, Named{"failures." + x.Party + ".hazard", &x.Hazard})
	}
	for _, x := range w.Delays {
		out = append(out, Named{"delays." + x.Name, x.By})
	}
	if w.Regimes != nil {
		out = append(out, w.Regimes.numbers()...)
	}
	return out
}

// Uncertain are the numbers that are no certain ones, by the paths that name
// their draws: world.cost.sunk.
func (w *World) Uncertain() []Named {
	var out []Named
	add := func(list []Named) {
		for _, x := range list {
			if !x.Number.Certain() {
				// A constant is one number, written bare or by its name.
				out = append(out, Named{"world." + strings.TrimSuffix(strings.ReplaceAll(x.Path, ".constant.", "."), ".constant"), x.Number})
			}
		}
	}
	for _, m := range w.moving() {
		add(within(join(m.file, m.process.Name()), m.process.Numbers()))
	}
	add(w.single())
	return out
}

// scale is what turns levels into the contract's units: cents, and units a step.
func (m moving) scale(stepsPerYear int) float64 {
	perStep, cents := 1/float64(stepsPerYear), float64(unit.MinorPerMajor)
	switch {
	case strings.HasPrefix(m.path, "need.") || m.path == "market_capacity":
		return perStep
	case m.path == "other_inflow" || m.path == otherOutflow:
		return cents * perStep
	case m.path == "list_price" || m.path == "market_price" || strings.HasPrefix(m.path, "cost."):
		return cents
	}
	return 1
}
