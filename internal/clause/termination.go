// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// Termination is a right to end the agreement, or a part of it: who may use
// it, why, on what notice, and at what price. SpaceX's contracts with
// Anthropic may be ended by either on 90 days' notice after three months, so
// that of $45 billion no more than the notice is ever committed; OpenAI may
// leave CoreWeave's contracts, in whole or in part, where delivery is late
// again and again; SpaceX says that it may take its compute back for harmful
// conduct.
type Termination struct {
	head     Head
	By       string        // buyer, supplier or either
	Ground   string        // convenience, late_delivery, conduct or change_of_control
	After    calendar.Span // convenience: since the start
	Below    float64       // late delivery: share of what is promised
	Steps    int           // late delivery: in a row
	Event    string        // conduct, change of control
	Within   calendar.Span // likewise: how long after it
	Notice   calendar.Span
	Share    float64 // of the agreement that ends
	Fee      *Fee
	Survives string
	limits   []limit   // on the buyer's notice, by other clauses
	lasting  *survivor // the commitment that survives, among the deal's clauses
}

// NewTermination is an empty clause with its defaults.
func NewTermination() *Termination {
	return &Termination{head: Head{Binding: "firm"}, By: "either", Share: 1}
}

// Head is the clause's id and parties.
func (c *Termination) Head() *Head { return &c.head }

// Kind is "termination".
func (c *Termination) Kind() string { return endings }

// Fields is the table of what a file may say.
func (c *Termination) Fields() []field.Field {
	return append(append(c.head.fields("the supplier", "the buyer"), c.head.window()...),
		field.Field{Name: "by", Kind: field.Choice, Choices: []string{"buyer", "supplier", "either"}, Default: "either", Into: &c.By, Doc: "who may give notice"},
		field.Field{Name: "why", Kind: field.Variant, Required: true, Fields: c.grounds, Doc: "what must be there for it"},
		field.Field{Name: "notice", Kind: field.Span, Default: "one step", Into: &c.Notice,
			Doc: "how long the agreement goes on, from the first day of the step in which notice is given, in whole steps, rounded up"},
		field.Field{Name: "share", Kind: field.Rate, Default: "100%", Min: field.Beyond(0), Max: field.At(1), Into: &c.Share,
			Doc: "how much of the agreement ends: capacity promised, and minimums still to run"},
		field.Field{Name: "fee", Kind: field.Variant, None: true, Default: "none", Fields: func() []field.Field { return newFee(&c.Fee) },
			Doc: "what who gives notice pays the other at its end"},
		field.Field{Name: "survives", Kind: field.Ref, Into: &c.Survives,
			Doc: "a commitment whose minimums outlast the agreement: what is left of them falls due at its end"})
}

func (c *Termination) grounds() []field.Field {
	ground := func(name string, fields func() []field.Field) func() []field.Field {
		return func() []field.Field { c.Ground = name; return fields() }
	}
	event := func() []field.Field {
		return []field.Field{
			{Name: "event", Kind: field.Text, Required: true, Into: &c.Event, Doc: "name of the event; the world says when it happens, if ever"},
			{Name: "within", Kind: field.Span, Default: "no end", Into: &c.Within, Doc: "how long after it notice may be given, in whole steps, rounded up"},
		}
	}
	return []field.Field{
		{Name: "convenience", Kind: field.Group, Doc: "no cause", Fields: ground("convenience", func() []field.Field {
			return []field.Field{{Name: "after", Kind: field.Span, Default: "the start", Into: &c.After, Doc: "how long after the start notice may first be given"}}
		})},
		{Name: "late_delivery", Kind: field.Group, Doc: "delivery that is short again and again", Fields: ground("late_delivery", func() []field.Field {
			return []field.Field{
				{Name: "below", Kind: field.Rate, Required: true, Min: field.Beyond(0), Max: field.At(1), Into: &c.Below, Doc: "share of what is promised that is not reached"},
				{Name: "steps", Kind: field.Count, Unit: "steps", Required: true, Min: field.At(1), Max: field.At(1000), Into: &c.Steps, Doc: "how many steps in a row"},
			}
		})},
		{Name: "conduct", Kind: field.Group, Doc: "what a party does, as an event", Fields: ground("conduct", event)},
		{Name: "change_of_control", Kind: field.Group, Doc: "another owner of a party, as an event", Fields: ground("change_of_control", event)},
	}
}

// Check reports a right that comes too late, and references that are none.
func (c *Termination) Check(in *Setting, r field.Report) {
	c.head.between(in.Supplier, in.Buyer, in, r)
	c.head.checkForce(in, r)
	isCommitment("survives", c.Survives, in, r)
	switch c.Ground {
	case "convenience":
		if until := c.head.terms(in.Grid).To; until != 0 && c.first(in.Grid) >= until {
			r.Fault("WINDOW-EMPTY", "why.convenience.after", "shorten it, or let the clause last longer", "%s after the start the clause is no longer in force", c.After)
			return
		}
		checkNotice(c.first(in.Grid), c.steps(in.Grid), in, r)
	case "late_delivery":
		if !in.promisesCapacity() && len(in.Off) == 0 {
			r.Fault("LATE-NOTHING", "why.late_delivery", "add a capacity clause", "no clause promises capacity, so that nothing can be late")
		}
		checkNotice(c.Steps, c.steps(in.Grid), in, r)
	case "conduct", "change_of_control":
		in.knowsEvent(c.Event, "why."+c.Ground+".event", r)
	}
}

// steps is how many a notice runs, with that in which it is given.
func (c *Termination) steps(grid *calendar.Grid) int { return max(1, grid.StepsIn(c.Notice)) }

// first is the first step in which notice may be given for convenience.
func (c *Termination) first(grid *calendar.Grid) int {
	t := c.head.terms(grid).From
	for t < grid.Term() && grid.StepStart(t).Before(grid.Start().Add(c.After)) {
		t++
	}
	return t
}

// Explain says the clause in English.
func (c *Termination) Explain(in *Setting) string {
	who := in.Name(c.head.To)
	switch c.By {
	case "supplier":
		who = in.Name(c.head.From)
	case "either":
		who = "Either party"
	}
	what := "the agreement"
	if c.Share < 1 {
		what = unit.FormatRate(c.Share) + " of " + what
	}
	fee := "without a fee"
	if c.Fee != nil {
		fee = "for a fee of " + c.Fee.explain(in)
	}
	s := fmt.Sprintf("%s may end %s %s, %s, %s.", who, what, c.explainGround(in), onNotice(c.Notice, in), fee)
	if c.Survives != "" {
		s += fmt.Sprintf(" What is left of the minimums of %s then falls due at once.", c.Survives)
	}
	return s + c.head.binding()
}

func (c *Termination) explainGround(in *Setting) string {
	event := fmt.Sprintf("once %s has happened", c.head.eventName(c.Event))
	if c.Within != (calendar.Span{}) {
		event = fmt.Sprintf("within %s after %s", c.Within.Words(), c.head.eventName(c.Event))
	}
	switch c.Ground {
	case "convenience":
		return "without cause, " + afterStart(c.After)
	case "late_delivery":
		return fmt.Sprintf("where delivery has been below %s of what is promised for %s in a row", unit.FormatRate(c.Below), plural(c.Steps, in.Grid.Step().String()))
	case "conduct":
		return "for conduct, " + event
	}
	return "on a change of control, " + event
}

// Without the clause nobody may end the agreement by it.
func (c *Termination) Without() Absence {
	return Absence{Says: "The agreement cannot be ended so: it runs to the end of its term, unless a commitment's exit or another clause ends it."}
}

// among is the clause as it stands among the others of a deal.
func (c *Termination) among(clauses []Clause) Clause {
	d := *c
	d.limits, d.lasting = nil, survivorOf(clauses, c.Survives)
	for _, x := range clauses {
		if s, ok := x.(*Switching); ok {
			d.limits = append(d.limits, limit{head: s.head, notice: s.notice()})
		}
	}
	return &d
}

// survivorOf is the commitment of that id as one that outlasts the agreement.
func survivorOf(clauses []Clause, id string) *survivor {
	x, ok := find(clauses, id).(*Commitment)
	if !ok {
		return nil
	}
	_, inner := find(clauses, x.Within).(*Commitment)
	return &survivor{id: id, inner: inner}
}

// Bind attaches the clause: Quote offers the right, Settle runs the notice and
// bills what ending costs.
func (c *Termination) Bind(b *contract.Builder) {
	id, grid := c.head.ID, b.Grid()
	k := &boundNotice{id: id, gate: c.head.gate(b), share: c.Share, steps: c.steps(grid), limits: slices.Clone(c.limits), lasting: c.lasting,
		costs: func(m *contract.Month, i int, remaining float64) float64 { return c.Fee.cents(m, i, remaining) }}
	switch c.Ground {
	case "convenience":
		first := c.first(grid)
		k.ground = func(m *contract.Month, out []float64) {
			vec.Fill(out, 0)
			if m.T >= first {
				vec.Fill(out, 1)
			}
		}
	case "late_delivery":
		k.ground = c.bindLate(b)
	default:
		k.ground = c.bindEvent(b)
	}
	k.bind(b, c.By, "termination_fee")
}

// bindLate counts the steps in a row in which delivery was short.
func (c *Termination) bindLate(b *contract.Builder) func(m *contract.Month, out []float64) {
	run := b.Column(c.head.ID + ".late")
	b.On(contract.Milestones, c.head.ID, func(m *contract.Month) {
		late, live, promised, delivered := m.Col(run), m.Q(contract.Live), m.Q(contract.Promised), m.Q(contract.Delivered)
		for i := range late {
			if live[i] == 0 || reaches(delivered[i], c.Below*promised[i]) {
				late[i] = 0
			} else {
				late[i]++
			}
		}
	})
	return func(m *contract.Month, out []float64) {
		for i, late := range m.Col(run) {
			out[i] = 0
			if late >= float64(c.Steps) {
				out[i] = 1
			}
		}
	}
}

// bindEvent counts the steps since the event, with the first in which it is
// seen.
func (c *Termination) bindEvent(b *contract.Builder) func(m *contract.Month, out []float64) {
	event, age := b.Event(c.Event), b.Column(c.head.ID+".event_age")
	within := b.Grid().StepsIn(c.Within)
	return func(m *contract.Month, out []float64) {
		ages := m.Col(age)
		vec.Accumulate(ages, m.Obs.Events[event])
		for i := range out {
			out[i] = 0
			if ages[i] > 0 && (within == 0 || ages[i] <= float64(within)) {
				out[i] = 1
			}
		}
	}
}
