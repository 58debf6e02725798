// SPDX-License-Identifier: Apache-2.0

package world

import (
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/contract"
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
	// The numbers that processes move, with their expected levels by step in the
	// contract's units; those of them that are correlated; all that is uncertain; and the
	// controls.
	moves      []moving
	means      [][]float64
	correlated *correlated
	uncertain  []Named
	controls   []control
	scale      []float64 // by step, what the hazard that follows factors is multiplied by; nil where it follows none
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

// Lay lays the world out on the grid. What takes a pilot to find is taken from a plan
// that is like it in all that the pilot sees, if one is given.
func (w *World) Lay(grid *calendar.Grid, like ...*Plan) *Plan {
	p := &Plan{World: w, Grid: grid, Curve: make([]float64, grid.Steps()), Survival: make([]float64, grid.Steps())}
	for t := range p.Curve {
		p.Curve[t] = w.Discount.Factor(grid.Years(t))
		p.Survival[t] = 1
		if w.Default.Mode != "none" {
			// On the valuation date the buyer is solvent, and was before.
			p.Survival[t] = vec.ExpOf(-w.Default.Hazard.Mean() * max(0, grid.Years(t)))
		}
	}
	p.layMoves()
	cents := float64(unit.MinorPerMajor)
	p.level[contract.LabValue] = make([]float64, grid.Steps())
	for t, df := range p.Curve {
		p.level[contract.LabValue][t] = w.LabValue.StartCents.Mean() / df // it drifts at the riskless rate
	}
	p.layRounds()
	set := func(o contract.Observable, x float64) {
		p.level[o] = make([]float64, grid.Steps())
		vec.Fill(p.level[o], x)
	}
	set(contract.FlexibleValue, float64(w.FlexibleValue.Mean()*cents))
	set(contract.Alive, 1)
	set(contract.AccruedRecovery, w.Default.AccruedRecovery.Mean())
	set(contract.ClaimRecovery, w.Default.CommitmentRecovery.Mean())
	p.MarketCapacity, p.OtherInflow = p.meanOf("market_capacity"), p.meanOf("other_inflow")
	if p.MarketCapacity != nil {
		p.UnmetValue = float64(w.UnmetValue.Mean() * cents)
	}
	for _, name := range []string{"sunk", "scarce", "build"} {
		if col := p.meanOf(p.costPath(name)); col != nil {
			p.Costs = append(p.Costs, CostView{name, col})
		}
	}
	p.layHazard(like)
	p.layControls()
	return p
}

// costPath is the number behind a view of the cost: scarce is the market price
// unless it is given.
func (p *Plan) costPath(name string) string {
	if name == "scarce" && p.World.Cost.Scarce == nil {
		return "market_price"
	}
	return "cost." + name
}

// observed says which moving number is which of the contract's observables.
var observed = map[string]contract.Observable{
	"need.firm": contract.Need, "need.flexible.amount": contract.Flexible, "list_price": contract.List, "market_price": contract.Market,
	"delivery": contract.Delivery, labValue: contract.LabValue,
}

// layMoves lays out the numbers that processes move, at their means.
func (p *Plan) layMoves() {
	w := p.World
	p.moves, p.index = w.moving(), map[string][]float64{}
	for _, o := range observed {
		p.level[o] = make([]float64, p.Grid.Steps())
	}
	for _, m := range p.moves {
		mean := MeanPath(m.process, p.Grid, w.Regimes)
		vec.Scale(mean, mean, m.scale(p.Grid.StepsPerYear()))
		p.means = append(p.means, mean)
		if o, ok := observed[m.path]; ok {
			p.level[o] = mean
		}
		if name, ok := strings.CutPrefix(m.path, "indexes."); ok {
			p.index[name] = mean
		}
	}
	p.correlated = w.correlate(p.moves)
	p.uncertain = w.Uncertain()
}

// meanOf is the expected level of a moving number by step, in the contract's
// units; nil where the world does not give it.
func (p *Plan) meanOf(path string) []float64 {
	for i, m := range p.moves {
		if m.path == path {
			return p.means[i]
		}
	}
	return nil
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
