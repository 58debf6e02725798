// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"fmt"
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/unit"
	"offtake/internal/world"
)

// A demand is one thing that a part of a warrant asks for: whether it can be had by the
// end of a step.
type demand struct {
	field string
	can   func(t int) bool
	never string // what is said where it cannot be had in time
}

// checkVesting warns of parts of warrants that never vest, whatever happens: what they
// ask for is more than capacity clauses and options come to while the warrant runs, comes
// after it has ended, or is a price that a path without doubt does not reach.
func (p *parse) checkVesting() {
	powerGW, units := p.atMost()
	for _, x := range p.read {
		w, ok := x.Clause.(*clause.Warrant)
		if !ok {
			continue
		}
		reads := w.LastStep(p.d.grid) // what has vested is exercised a step later at the soonest
		for i := range w.Vests {
			at := fmt.Sprintf("%s.vests[%d]", x.path, i)
			asks := p.demands(w, &w.Vests[i], powerGW, units)
			together := slices.ContainsFunc(steps(reads), func(t int) bool {
				return !slices.ContainsFunc(asks, func(d demand) bool { return !d.can(t) })
			})
			if together {
				continue
			}
			path, why := at, "what it asks for is never there at one time"
			for _, d := range asks {
				if !slices.ContainsFunc(steps(reads), d.can) {
					path, why = at+"."+d.field, d.never
					break
				}
			}
			if reads == 0 {
				why = "the warrant ends in the first step"
			}
			p.r.Warn(codeVestingNever, p.r.Place(path), "lower what it asks for, let the warrant run longer, or leave the part out",
				"these %s shares never vest: %s", unit.FormatCount(int(w.Vests[i].Shares)), why)
		}
	}
}

// steps are the steps before one.
func steps(n int) []int {
	out := make([]int, n)
	for t := range out {
		out[t] = t
	}
	return out
}

// atMost is the most power (GW), and the most units taken so far, by the end of each step
// of the term; nil where no clause promises capacity, which then binds nothing.
func (p *parse) atMost() (powerGW, units []float64) {
	promised := false
	powerGW, units = make([]float64, p.d.grid.Term()), make([]float64, p.d.grid.Term())
	for _, x := range p.read {
		power, fresh := clause.Promised(x.Clause, p.d.grid)
		for t := range powerGW {
			powerGW[t] += power[t]
			units[t] += fresh[t]
		}
		promised = promised || x.Clause.Kind() == "capacity"
	}
	if !promised {
		return nil, nil
	}
	for t := 1; t < len(units); t++ {
		units[t] += units[t-1]
	}
	return powerGW, units
}

// demands are what a part asks for and can be known not to come.
func (p *parse) demands(w *clause.Warrant, v *clause.Vesting, powerGW, units []float64) []demand {
	var out []demand
	reaches := func(have, want float64) bool { return have >= want*(1-1e-12) }
	last := max(w.LastStep(p.d.grid)-1, 0)
	by := p.d.grid.StepEnd(last).AddDays(-1).String()
	day := func(field string, on calendar.Date, what string) {
		out = append(out, demand{field, func(t int) bool { return on.Before(p.d.grid.StepEnd(t)) }, fmt.Sprintf("%s, and parts vest until %s at the latest", what, by)})
	}
	if v.PowerGW != nil && powerGW != nil {
		out = append(out, demand{"gw", func(t int) bool { return reaches(powerGW[t], *v.PowerGW) },
			fmt.Sprintf("%s GW run by %s at most", unit.FormatNumber(powerGW[last]), by)})
	}
	if v.Units != nil && units != nil {
		out = append(out, demand{"units", func(t int) bool { return reaches(units[t], *v.Units) },
			fmt.Sprintf("%s units can be taken by %s", unit.FormatNumber(units[last]), by)})
	}
	if path := p.sure(w.SharePrice); v.Price != nil && path != nil {
		out = append(out, demand{"price", func(t int) bool { return reaches(path[t], *v.Price) },
			fmt.Sprintf("%s is %s by %s at most", w.SharePrice, unit.FormatNumber(slices.Max(path[:last+1])), by)})
	}
	if !v.From.IsZero() {
		day("from", v.From, fmt.Sprintf("%s is too late", v.From))
	}
	if i := slices.IndexFunc(p.d.World.Events, func(e world.Event) bool { return e.Name == v.On }); i >= 0 {
		e := p.d.World.Events[i]
		day("on", e.On, fmt.Sprintf("%s comes on %s", e.Name, e.On))
	}
	return out
}

// sure is the path of an index in which nothing is uncertain; nil for any other.
func (p *parse) sure(index string) []float64 {
	i := slices.IndexFunc(p.d.World.Indexes, func(x *world.Index) bool { return x.Name == index })
	if i < 0 || p.d.World.Indexes[i].Of.Sampled() ||
		slices.ContainsFunc(p.d.World.Indexes[i].Of.Numbers(), func(n world.Named) bool { return !n.Number.Certain() }) {
		return nil
	}
	return world.MeanPath(p.d.World.Indexes[i].Of, p.d.grid, p.d.World.Regimes)
}
