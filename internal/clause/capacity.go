// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// Capacity is what the supplier promises to have running: power by chip
// generation, and how much compute a gigawatt of each yields. It caps what can
// be taken, relieves a minimum that could not have been met, and opens
// facilities. Amazon's promise to Anthropic of April 2026 is up to 5 GW, of
// which nearly 1 GW by the end of 2026.
type Capacity struct {
	head        Head
	Generations []Generation
}

// A Generation is power of one kind of chip that starts at one date.
type Generation struct {
	Name       string
	From       calendar.Date
	PowerGW    float64
	UnitsPerGW float64       // units per gigawatt and month
	Refresh    calendar.Span // how long until the chips are replaced; zero for never
	Gain       float64       // units per gigawatt after a refresh, as a multiple of before
}

// NewCapacity is an empty clause with its defaults.
func NewCapacity() *Capacity { return &Capacity{head: Head{Binding: "firm"}} }

// Head is the clause's id and parties.
func (c *Capacity) Head() *Head { return &c.head }

// Kind is "capacity".
func (c *Capacity) Kind() string { return "capacity" }

// Fields is the table of what a file may say.
func (c *Capacity) Fields() []field.Field {
	return append(append(c.head.fields("the supplier", "the buyer"), c.head.window()...), field.Field{
		Name: "generations", Kind: field.List, Required: true,
		Doc:    "power by chip generation, each from a date on; they add up",
		Fields: c.newGeneration,
	})
}

func (c *Capacity) newGeneration() []field.Field {
	c.Generations = append(c.Generations, Generation{Gain: 1})
	g := &c.Generations[len(c.Generations)-1]
	return []field.Field{
		{Name: "name", Kind: field.Text, Into: &g.Name, Doc: "the chip, for the term sheet"},
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

// Check reports dates outside the term, and one unchanging kind of chip over
// a long one.
func (c *Capacity) Check(in *Setting, r field.Report) {
	c.head.between(in.Supplier, in.Buyer, in, r)
	c.head.checkForce(in, r)
	last := in.Grid.StepStart(in.Grid.Term() - 1)
	for i, g := range c.Generations {
		if g.From.After(last) {
			r.Fault("DATE-OUTSIDE-TERM", fmt.Sprintf("generations[%d].from", i), "it counts from the first step that begins on or after this date, and the last begins on "+last.String(),
				"capacity from %s would never run", g.From)
		}
	}
	long := in.Grid.ContractYears() > 5
	if long && len(c.Generations) == 1 && c.Generations[0].Refresh == (calendar.Span{}) {
		r.Warn("CAPACITY-CONSTANT", "generations", "add later generations, or a refresh: units per GW rise with each generation",
			"one kind of chip stays unchanged for %d years", in.Grid.ContractYears())
	}
}

// Explain says the clause in English.
func (c *Capacity) Explain(in *Setting) string {
	var parts []string
	total := 0.0
	for _, g := range c.Generations {
		total += g.PowerGW
		s := fmt.Sprintf("%s GW", unit.WriteNumber(g.PowerGW))
		if g.Name != "" {
			s += " of " + g.Name
		}
		s += fmt.Sprintf(" from %s (%s units per GW and month", g.From, unit.WriteNumber(g.UnitsPerGW))
		if g.Refresh != (calendar.Span{}) {
			s += fmt.Sprintf(", replaced every %s by chips that yield %s of that", g.Refresh.Words(), unit.FormatRate(g.Gain))
		}
		parts = append(parts, s+")")
	}
	return fmt.Sprintf("%s shall make available to %s %s: %s GW in all.%s",
		in.Name(c.head.From), in.Name(c.head.To), enumerate(parts), unit.FormatNumber(total), c.head.binding())
}

// Without the clause nothing is promised and nothing caps the take.
func (c *Capacity) Without() Absence {
	return Absence{Says: "No capacity is promised: the buyer takes what it needs on demand, " +
		"minimums have no relief for want of capacity, and what opens by delivered power stays shut."}
}

// Bind attaches the clause: in Quote it adds what is promised and delivered
// to the step's capacity.
func (c *Capacity) Bind(b *contract.Builder) {
	b.Own(contract.Power, "capacity")
	b.Own(contract.Promised, "capacity")
	b.Own(contract.Capacity, "capacity")
	b.Own(contract.PromisedLater, "capacity")
	b.Own(contract.PromisedPower, "capacity")
	powerGW, units := c.schedule(b.Grid())
	gate, later := c.head.gate(b), c.later(b.Grid(), units)
	b.On(contract.Supply, c.head.ID, func(m *contract.Month) {
		if m.T >= len(units) {
			return
		}
		force := m.Temp()
		m.Force(gate, force)
		vec.AddScaled(m.Q(contract.Promised), force, units[m.T])
		vec.AddScaled(m.Q(contract.PromisedPower), force, powerGW[m.T])
		vec.Mul(force, force, m.Obs.Col[contract.Delivery])
		vec.AddScaled(m.Q(contract.Capacity), force, units[m.T])
		vec.AddScaled(m.Q(contract.Power), force, powerGW[m.T])
		m.Agreed(gate, force)
		vec.AddScaled(m.Q(contract.PromisedLater), force, later[m.T])
		m.Free(1)
	})
}

// schedule is the promised power (GW) and compute (units) of each step of the
// term.
func (c *Capacity) schedule(grid *calendar.Grid) (powerGW, units []float64) {
	powerGW, units = make([]float64, grid.Term()), make([]float64, grid.Term())
	for _, g := range c.Generations {
		yield, refreshes := g.UnitsPerGW, 0
		for t := range units {
			if grid.StepStart(t).Before(g.From) {
				continue
			}
			for g.Refresh != (calendar.Span{}) && !grid.StepStart(t).Before(g.refreshed(refreshes+1)) {
				yield *= g.Gain
				refreshes++
			}
			powerGW[t] += g.PowerGW
			units[t] += float64(g.PowerGW * yield * float64(grid.MonthsPerStep()))
		}
	}
	return powerGW, units
}

// later is what is promised in each step and all that come after it, while the
// clause is in force, in units.
func (c *Capacity) later(grid *calendar.Grid, units []float64) []float64 {
	out, sum, in := make([]float64, len(units)), 0.0, c.head.terms(grid)
	for t := len(units) - 1; t >= 0; t-- {
		if t >= in.From && (in.To == 0 || t < in.To) {
			sum += units[t]
		}
		out[t] = sum
	}
	return out
}

// refreshed is the date of the nth refresh, counted from the first date as
// months are: a refresh each month from 31 January falls on 31 March too.
func (g *Generation) refreshed(n int) calendar.Date {
	return g.From.Add(calendar.Span{Months: n * g.Refresh.Months, Days: n * g.Refresh.Days})
}

// enumerate joins phrases as a sentence does.
func enumerate(parts []string) string {
	switch n := len(parts); n {
	case 0:
		return ""
	case 1:
		return parts[0]
	case 2:
		return parts[0] + " and " + parts[1]
	default:
		return strings.Join(parts[:n-1], "; ") + "; and " + parts[n-1]
	}
}
