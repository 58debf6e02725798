// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// A Generation is power of one kind of chip that starts at one date.
type Generation struct {
	Name       string
	From       calendar.Date
	PowerGW    float64
	UnitsPerGW float64       // units per gigawatt and month
	Refresh    calendar.Span // how long until the chips are replaced; zero for never
	Gain       float64       // units per gigawatt after a refresh, as a multiple of before
}

// newGeneration adds an empty generation to a list and is its table.
func newGeneration(list *[]Generation) []field.Field {
	*list = append(*list, Generation{Gain: 1})
	g := &(*list)[len(*list)-1]
	return []field.Field{
		{Name: "name", Kind: field.Text, Into: &g.Name, Doc: "the chip, for the term sheet and for delays"},
		{Name: "from", Kind: field.Date, Required: true, Into: &g.From,
			Doc: "when it runs; it counts from the first step that begins on or after this date"},
		{Name: "gw", Kind: field.Number, Unit: "GW", Required: true, Min: field.Beyond(0), Into: &g.PowerGW,
			Doc: "power added"},
		{Name: "units_per_gw", Kind: field.Number, Unit: "units per GW and month", Required: true, Min: field.Beyond(0), Into: &g.UnitsPerGW,
			Doc: "compute that a gigawatt yields in a month; a unit is what one unit of currency buys at list on signing day"},
		{Name: "refresh", Kind: field.Span, Into: &g.Refresh,
			Doc: "how long these chips run before newer ones take their place on the same power, again and again; without it they stay"},
		{Name: "refresh_gain", Kind: field.Rate, Default: "100%", Min: field.Beyond(0), Max: field.At(100), Into: &g.Gain,
			Doc: "units per GW after each refresh, as a multiple of before"},
	}
}

// mostUnits is how many units a step can have so that each still counts in a
// float64.
const mostUnits = 1 << 53

// checkGenerations reports chips that never run, and refreshes that grow
// beyond what a number can hold.
func checkGenerations(list []Generation, in *Setting, r field.Report) {
	last := in.Grid.StepStart(in.Grid.Term() - 1)
	for i, g := range list {
		if g.From.After(last) {
			r.Fault("DATE-OUTSIDE-TERM", fmt.Sprintf("generations[%d].from", i), "it counts from the first step that begins on or after this date, and the last begins on "+last.String(),
				"capacity from %s would never run", g.From)
		}
		if _, units := g.in(last, in.Grid.MonthsPerStep()); units > mostUnits {
			r.Fault("CAPACITY-BEYOND", fmt.Sprintf("generations[%d]", i), "check units_per_gw, refresh (how long chips run) and refresh_gain (how much more their successors yield)",
				"this comes to %s units in the step from %s, more than can be counted one by one", unit.FormatNumber(units), last)
		}
	}
}

// explainGenerations says the list in English, and the sum of its power where
// there are several.
func explainGenerations(list []Generation) (what, total string) {
	var parts []string
	sum := 0.0
	for _, g := range list {
		sum += g.PowerGW
		s := gigawatts(g.PowerGW) + " GW"
		if g.Name != "" {
			s += " of " + g.Name
		}
		s += fmt.Sprintf(" from %s (%s units per GW and month", g.From, commas(unit.WriteNumber(g.UnitsPerGW)))
		if g.Refresh != (calendar.Span{}) {
			s += fmt.Sprintf(", replaced every %s by chips that yield %s of that", g.Refresh.Words(), unit.FormatRate(g.Gain))
		}
		parts = append(parts, s+")")
	}
	if len(list) < 2 {
		return enumerate(parts), ""
	}
	return enumerate(parts), ": " + gigawatts(sum) + " GW in all"
}

// in is what the generation comes to in the step that begins on the first day.
func (g *Generation) in(first calendar.Date, months int) (powerGW, units float64) {
	if first.Before(g.From) {
		return 0, 0
	}
	yield := g.UnitsPerGW
	for n := 1; g.Refresh != (calendar.Span{}) && !first.Before(g.refreshed(n)); n++ {
		yield *= g.Gain
	}
	return g.PowerGW, float64(g.PowerGW * yield * float64(months))
}

// refreshed is the date of the nth refresh, counted from the first date as
// months are: a refresh each month from 31 January falls on 31 March too.
func (g *Generation) refreshed(n int) calendar.Date {
	return g.From.Add(calendar.Span{Months: n * g.Refresh.Months, Days: n * g.Refresh.Days})
}

// totalOf is the promised power (GW) and compute (units) of a list in each step
// of the term.
func totalOf(list []Generation, grid *calendar.Grid) (powerGW, units []float64) {
	powerGW, units = make([]float64, grid.Term()), make([]float64, grid.Term())
	for i := range list {
		for t := range units {
			p, u := list[i].in(grid.StepStart(t), grid.MonthsPerStep())
			powerGW[t] += p
			units[t] += u
		}
	}
	return powerGW, units
}

// A fleet is a list of generations laid out on a grid, with their delays.
type fleet struct {
	grid           *calendar.Grid
	list           []Generation
	delays         []contract.Delay
	powerGW, units []float64 // of all, as promised, by step of the term
	later          []float64 // units of all promised in each step and all that come after it
}

func layFleet(b *contract.Builder, clause string, list []Generation) *fleet {
	f := &fleet{grid: b.Grid(), list: list}
	f.powerGW, f.units = totalOf(list, f.grid)
	f.later = make([]float64, len(f.units)+1)
	for t := len(f.units) - 1; t >= 0; t-- {
		f.later[t] = f.later[t+1] + f.units[t]
	}
	for i := range list {
		f.delays = append(f.delays, b.Delay(clause, list[i].Name))
	}
	return f
}

// onTime tells whether nothing is late in any lane.
func (f *fleet) onTime(m *contract.Month) bool {
	for _, d := range f.delays {
		if !vec.AllEqual(m.Obs.Late[d], 0) {
			return false
		}
	}
	return true
}

// differs tells whether a lane's delays are not those of the lane before it.
func (f *fleet) differs(m *contract.Month, lane int) bool {
	for _, d := range f.delays {
		if late := m.Obs.Late[d]; late[lane] != late[lane-1] {
			return true
		}
	}
	return false
}

// running is the power (GW) and compute (units) that runs in a lane of the
// step: what is late runs as it was promised so many steps before, and nothing
// runs before it was promised from the given step on.
func (f *fleet) running(m *contract.Month, lane int, from float64) (powerGW, units float64) {
	for i, d := range f.delays {
		late := m.Obs.Late[d][lane]
		if float64(m.T)-late < from {
			continue
		}
		first := f.grid.Start().AddMonths((m.T - int(late)) * f.grid.MonthsPerStep())
		p, u := f.list[i].in(first, f.grid.MonthsPerStep())
		powerGW += p
		units += u
	}
	return powerGW, units
}
