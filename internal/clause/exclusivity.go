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

// Exclusivity is how far the lab must run its need with the supplier, by
// dates: all of it, what is new of it where the supplier matches (a right of
// first refusal), or none. Microsoft was OpenAI's only cloud from 2019, had a
// right of first refusal on new capacity from January 2025, and none from
// October 2025.
type Exclusivity struct {
	head   Head
	Ladder []Rung
}

// A Rung is a level of exclusivity from a date on.
type Rung struct {
	From  calendar.Date
	Level string // exclusive, first_refusal, preferred or none
	Scope float64
}

// binds tells whether the level holds the lab to anything.
func (g *Rung) binds() bool { return g.Level == "exclusive" || g.Level == "first_refusal" }

// NewExclusivity is an empty clause with its defaults.
func NewExclusivity() *Exclusivity { return &Exclusivity{head: Head{Binding: "firm"}} }

// Head is the clause's id and parties.
func (c *Exclusivity) Head() *Head { return &c.head }

// Kind is "exclusivity".
func (c *Exclusivity) Kind() string { return "exclusivity" }

// Fields is the table of what a file may say.
func (c *Exclusivity) Fields() []field.Field {
	return append(c.head.fields("the buyer", "the supplier"),
		field.Field{Name: "ladder", Kind: field.List, Required: true, Fields: c.newRung,
			Doc: "the levels, each from a date until that of the next"})
}

func (c *Exclusivity) newRung() []field.Field {
	c.Ladder = append(c.Ladder, Rung{Scope: 1})
	g := &c.Ladder[len(c.Ladder)-1]
	return []field.Field{
		{Name: "from", Kind: field.Date, Choices: []string{"start"}, Default: "start", Into: &g.From,
			Doc: "its first day; it counts from the first step that begins on or after this date"},
		{Name: "level", Kind: field.Choice, Choices: []string{"exclusive", "first_refusal", "preferred", "none"}, Required: true, Into: &g.Level,
			Doc: "exclusive: firm need must be run here as far as there is capacity; first_refusal: what firm need has grown by since, which the supplier is taken to match; preferred: a title that binds nobody; none"},
		{Name: "scope", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(1), Into: &g.Scope,
			Doc: "share of that need to which it applies; the rest is carved out"},
	}
}

// Check reports levels out of order and dates outside the term.
func (c *Exclusivity) Check(in *Setting, r field.Report) {
	c.head.between(in.Buyer, in.Supplier, in, r)
	c.head.checkForce(in, r)
	for i, g := range c.Ladder {
		at := fmt.Sprintf("ladder[%d].from", i)
		if !g.From.IsZero() && !g.From.Before(in.Grid.End()) {
			r.Fault("DATE-OUTSIDE-TERM", at, "the term ends on "+in.Grid.End().String(), "the level begins on %s, after the term", g.From)
		}
		if i > 0 && !c.Ladder[i-1].From.Before(g.From) {
			r.Fault("LADDER-ORDER", at, "list the levels by their dates, the first at the start", "this level does not begin after the one before it")
		}
	}
}

// Explain says the clause in English.
func (c *Exclusivity) Explain(in *Setting) string {
	var parts []string
	for _, g := range c.Ladder {
		of := unit.FormatRate(g.Scope) + " of "
		if g.Scope == 1 {
			of = ""
		}
		when := "from the start"
		if !g.From.IsZero() {
			when = "from " + g.From.String()
		}
		lab, cloud := in.Name(c.head.From), in.Name(c.head.To)
		switch g.Level {
		case "exclusive":
			parts = append(parts, fmt.Sprintf("%s, %s shall run %sits need with %s as far as capacity is offered", when, lab, of, cloud))
		case "first_refusal":
			parts = append(parts, fmt.Sprintf("%s, %s has the right of first refusal on %swhat the need of %s grows by, which %s is taken to use", when, cloud, of, lab, cloud))
		case "preferred":
			parts = append(parts, fmt.Sprintf("%s, %s is the preferred supplier, which binds nobody", when, cloud))
		default:
			parts = append(parts, fmt.Sprintf("%s, %s is free to buy elsewhere", when, lab))
		}
	}
	return capital(enumerate(parts)) + "." + c.head.binding()
}

// Without the clause the lab buys where it likes.
func (c *Exclusivity) Without() Absence {
	return Absence{Says: "The buyer may run its need wherever it likes, beyond what it must pay for here."}
}

// Bind attaches the clause: Quote says how many units must be run here.
func (c *Exclusivity) Bind(b *contract.Builder) {
	b.Own(contract.Floor, "exclusivity")
	id := c.head.ID
	gate, base := c.head.gate(b), b.Column(id+".base")
	rungs := c.rungs(b.Grid())
	b.On(contract.Standing, id, func(m *contract.Month) {
		if m.T >= len(rungs) || rungs[m.T] < 0 {
			return
		}
		k := rungs[m.T]
		g, need, level, bound := &c.Ladder[k], m.Obs.Col[contract.Need], m.Col(base), m.Temp()
		if m.T == 0 || rungs[m.T-1] != k {
			vec.Copy(level, need)
		}
		switch g.Level {
		case "exclusive":
			vec.Scale(bound, need, g.Scope)
		case "first_refusal":
			vec.Excess(bound, need, level)
			vec.Scale(bound, bound, g.Scope)
		}
		if g.binds() {
			if !gate.Always() {
				vec.Mul(bound, bound, m.InForce(gate))
			}
			m.AtLeast(contract.Floor, bound)
		}
		m.Free(1)
	})
}

// rungs is the level that holds in each step of the term, or -1.
func (c *Exclusivity) rungs(grid *calendar.Grid) []int {
	out := make([]int, grid.Term())
	for t := range out {
		out[t] = -1
		for k, g := range c.Ladder {
			if !grid.StepStart(t).Before(g.From) {
				out[t] = k
			}
		}
	}
	return out
}
