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

// Facility is money that the lab may draw, at its choice, once milestones have
// opened it. Amazon's facility for Anthropic of April 2026 is of this kind: up
// to $20 billion, nothing at first, opened as Amazon delivers capacity, drawn
// against convertible notes, expiring 30 months after a liquidity event.
type Facility struct {
	head     Head
	Limit    unit.Amount // cents
	Opens    []Opening
	Expires  calendar.Date // zero where an event sets it, or nothing does
	After    calendar.Span
	Of       string // the event after which After runs
	Security string
	Worth    float64
}

// An Opening makes part of a facility available.
type Opening struct {
	PowerGW *float64      // delivered power that opens it
	At      calendar.Date // or the date that does; zero with no power means the signing
	Cents   float64
}

// NewFacility is an empty clause with its defaults.
func NewFacility() *Facility {
	return &Facility{head: Head{Binding: "firm"}, Security: "convertible note", Worth: 1}
}

// Head is the clause's id and parties.
func (c *Facility) Head() *Head { return &c.head }

// Kind is "facility".
func (c *Facility) Kind() string { return "facility" }

// Fields is the table of what a file may say.
func (c *Facility) Fields() []field.Field {
	return append(c.head.fields("who lends", "who may draw"),
		field.Field{Name: "limit", Kind: field.Money, Required: true, Min: field.Beyond(0), Into: &c.Limit,
			Doc: "the most that can be drawn in all"},
		field.Field{Name: "opens", Kind: field.List, One: true, Fields: c.newOpening,
			Doc: "what makes parts of it available, usable from the step after; without it all is open from signing"},
		field.Field{Name: "expires", Kind: field.Group, Fields: c.expiry,
			Bare: &field.Field{Name: "expires", Kind: field.Date, Into: &c.Expires},
			Doc:  "when what is not drawn lapses: a date, or a time after an event"},
		field.Field{Name: "security", Kind: field.Choice, Choices: []string{"convertible note", "loan"}, Default: "convertible note", Into: &c.Security,
			Doc: "what the lender gets for a draw"},
		field.Field{Name: "worth", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(10), Into: &c.Worth,
			Doc: "value of that security on the day of a draw, per unit drawn: 100% is a draw on fair terms; less is a gift from the lender"},
	)
}

func (c *Facility) newOpening() []field.Field {
	c.Opens = append(c.Opens, Opening{})
	o := &c.Opens[len(c.Opens)-1]
	return []field.Field{
		{Name: "gw", Kind: field.Number, Unit: "GW", Min: field.Beyond(0), Into: &o.PowerGW,
			Doc: "delivered power, read at the end of a step, that opens it"},
		{Name: "at", Kind: field.Date, Choices: []string{"signing"}, Into: &o.At,
			Doc: "the date that opens it, or signing"},
		{Name: "amount", Kind: field.Money, Required: true, Min: field.Beyond(0), Into: &o.Cents,
			Doc: "how much it opens"},
	}
}

func (c *Facility) expiry() []field.Field {
	return []field.Field{
		{Name: "after", Kind: field.Span, Required: true, Into: &c.After, Doc: "how long after the event"},
		{Name: "of", Kind: field.Text, Required: true, Into: &c.Of, Doc: "name of the event; the world says when it happens, if ever"},
	}
}

// Check reports openings above the limit, and power that is never delivered.
func (c *Facility) Check(in *Setting, r field.Report) {
	c.head.parties(in, r)
	c.head.checkForce(in, r)
	if c.head.To != "" && c.head.To != in.Buyer {
		r.Fault("PARTY-ROLE", "to", "write "+in.Buyer, "%s is not the company that this deal finances", in.Name(c.head.To))
	}
	sum := 0.0
	for i, o := range c.Opens {
		sum += o.Cents
		at := fmt.Sprintf("opens[%d]", i)
		if o.PowerGW != nil && o.At != (calendar.Date{}) {
			r.Fault("OPENS-TWICE", at+".at", "keep gw or at", "this part is opened by power and by a date")
		}
		if o.PowerGW != nil {
			checkPower(at+".gw", *o.PowerGW, in, r)
		}
	}
	if sum > c.Limit.Value {
		r.Fault("OPENS-OVER-LIMIT", "opens", "lower the parts, or raise the limit", "the parts add up to %s, more than the limit of %s", in.Money(sum), in.Amount(c.Limit))
	}
	if len(c.Opens) > 0 && sum < c.Limit.Value {
		r.Warn("OPENS-BELOW-LIMIT", "opens", "raise the parts, or lower the limit", "the parts add up to %s; the rest of the limit of %s never opens", in.Money(sum), in.Amount(c.Limit))
	}
	if c.After.Days != 0 {
		r.Fault("SPAN-MONTHS", "expires.after", "write it in months or years", "%s is not a whole number of months", c.After)
	} else if c.After.Months%in.Grid.MonthsPerStep() != 0 {
		r.Fault("SPAN-MONTHS", "expires.after", "use whole steps of the grid", "%s is not a whole number of steps", c.After)
	}
}

func checkPower(path string, powerGW float64, in *Setting, r field.Report) {
	promised, any, come := 0.0, false, "the capacity clauses promise"
	for _, x := range in.Clauses {
		for _, g := range Generations(x) {
			promised += g.PowerGW
		}
		any = any || x.Kind() == "capacity"
		if x.Kind() == "option" {
			come = "capacity clauses and options come to"
		}
	}
	switch {
	case any && !reaches(promised, powerGW):
		r.Fault("POWER-NEVER", path, fmt.Sprintf("%s %s GW in all", come, unit.WriteNumber(promised)), "%s GW is never delivered", unit.WriteNumber(powerGW))
	case !any && len(in.Off) == 0:
		r.Fault("POWER-NEVER", path, "add a capacity clause, or open by date", "no clause delivers power")
	}
}

// reaches tells whether a sum of power comes to what was asked for, but for
// the rounding of decimals: 0.7 GW and 0.1 GW are 0.8 GW.
func reaches(sumGW, powerGW float64) bool { return sumGW >= powerGW*(1-1e-12) }

// Explain says the clause in English.
func (c *Facility) Explain(in *Setting) string {
	var parts []string
	for _, o := range c.Opens {
		switch {
		case o.PowerGW != nil:
			parts = append(parts, fmt.Sprintf("%s once delivered power reaches %s GW", in.Money(o.Cents), unit.WriteNumber(*o.PowerGW)))
		case o.At == calendar.Date{}:
			parts = append(parts, in.Money(o.Cents)+" at signing")
		default:
			parts = append(parts, in.Money(o.Cents)+" on "+o.At.String())
		}
	}
	opens := ", all of it from signing on"
	if len(parts) > 0 {
		opens = " in all; this opens as follows: " + enumerate(parts)
	}
	s := fmt.Sprintf("%s may draw from %s, at its choice, %s%s. Each draw is against a %s.",
		in.Name(c.head.To), in.Name(c.head.From), in.Amount(c.Limit), opens, c.Security)
	switch {
	case c.Of != "":
		s += fmt.Sprintf(" What is not drawn lapses %s after %s.", c.After.Words(), c.head.eventName(c.Of))
	case c.Expires != calendar.Date{}:
		s += fmt.Sprintf(" What is not drawn lapses on %s.", c.Expires)
	}
	return s + c.head.binding()
}

// Without the clause nothing can be drawn.
func (c *Facility) Without() Absence {
	return Absence{Says: "Nothing can be drawn; the buyer finances itself elsewhere, at fair value."}
}

type facilityBound struct {
	c                                 *Facility
	gate                              contract.Gate
	slot                              contract.Slot
	open, opened, principal, age      contract.Col
	peak                              contract.Col // most power delivered while the facility was on offer
	opening, drawn, lapse, draw, note contract.LineID
	event                             contract.Event
}

// Bind attaches the clause: Quote offers what is open, Settle pays draws,
// reads the milestones and lapses what expired.
func (c *Facility) Bind(b *contract.Builder) {
	id, to, from := c.head.ID, c.head.To, c.head.From
	room, note := contract.Asset{Kind: contract.FacilityOpen, Of: id}, contract.Asset{Kind: contract.Note, Of: id}
	f := &facilityBound{
		c: c, gate: c.head.gate(b), slot: b.Election(id+".draw", id, contract.DrawSlot), event: -1,
		open: b.Column(id + ".open"), opened: b.Column(id + ".opened"), principal: b.Column(id + ".principal"), age: b.Column(id + ".event_age"), peak: b.Column(id + ".peak_gw"),
		opening: b.Line(contract.Line{From: from, To: to, Asset: room, Kind: "open", Clause: id}),
		drawn:   b.Line(contract.Line{From: to, To: from, Asset: room, Kind: "drawn", Clause: id}),
		lapse:   b.Line(contract.Line{From: to, To: from, Asset: room, Kind: "lapse", Clause: id}),
		draw:    b.Line(contract.Line{From: from, To: to, Asset: contract.Asset{Kind: contract.Cash}, Kind: "draw", Clause: id, Role: contract.Draw}),
		note:    b.Line(contract.Line{From: to, To: from, Asset: note, Kind: "note", Clause: id}),
	}
	if c.Of != "" {
		f.event = b.Event(c.Of)
	}
	watch(b, from)
	b.Stock(to, room, f.open)
	b.Stock(from, note, f.principal)
	b.On(contract.Signing, id, func(m *contract.Month) { f.openUp(m, c.openBy(b.Grid(), -1)) })
	b.On(contract.Standing, id, f.offer)
	b.On(contract.Funding, id, f.fund)
	b.On(contract.Milestones, id, func(m *contract.Month) { f.openUp(m, c.openBy(b.Grid(), m.T)) })
}

// openBy is what dates open up to the end of step t, in cents; signing is -1.
func (c *Facility) openBy(grid *calendar.Grid, t int) float64 {
	if len(c.Opens) == 0 {
		return c.Limit.Value
	}
	sum := 0.0
	for _, o := range c.Opens {
		if o.PowerGW == nil && (o.At == (calendar.Date{}) || t >= 0 && t < grid.Steps() && o.At.Before(grid.StepEnd(t))) {
			sum += o.Cents
		}
	}
	return sum
}

// offer lapses nothing yet: it shows what is open and not expired.
func (f *facilityBound) offer(m *contract.Month) {
	offer := m.Offer(f.slot)
	f.available(m, offer)
	vec.Mul(offer, offer, m.Col(f.open))
	if f.event >= 0 {
		vec.Accumulate(m.Col(f.age), m.Obs.Events[f.event])
	}
	for i := range offer {
		if f.expired(m, i) {
			offer[i] = 0
		}
	}
}

// available writes 1 where the facility is at the buyer's disposal: nobody has
// failed whose failure ends that.
func (f *facilityBound) available(m *contract.Month, out []float64) {
	mayFund(m, f.c.head.From, out)
	m.Stop(f.c.head.ID, out)
}

// expired tells whether the step is too late for a draw. The age counts the
// steps since the event, with the first step in which it is seen.
func (f *facilityBound) expired(m *contract.Month, i int) bool {
	if f.event < 0 {
		return f.c.Expires != (calendar.Date{}) && !m.Grid().StepEnd(m.T).Before(f.c.Expires)
	}
	return m.Col(f.age)[i] > float64(f.c.After.Months/m.Grid().MonthsPerStep())
}

// fund pays the draw and lapses what was open and could not be drawn.
func (f *facilityBound) fund(m *contract.Month) {
	open, amount := m.Col(f.open), m.Temp()
	vec.Copy(amount, m.Chosen(f.slot))
	m.Post(f.draw, amount)
	m.Post(f.note, amount)
	m.Post(f.drawn, amount)
	vec.Accumulate(m.Col(f.principal), amount)
	vec.Sub(open, open, amount)
	vec.Select(amount, m.Offer(f.slot), m.Zero(), open)
	m.Post(f.lapse, amount)
	vec.Sub(open, open, amount)
	m.Free(1)
}

// openUp opens what the dates and the delivered power call for, up to the
// limit.
func (f *facilityBound) openUp(m *contract.Month, byDate float64) {
	force := m.Temp()
	m.Force(f.gate, force)
	amount, power, opened, peak, live := m.Temp(), m.Q(contract.Power), m.Col(f.opened), m.Col(f.peak), m.Temp()
	f.available(m, live)
	for i := range amount {
		amount[i] = 0
		if m.T >= 0 && (live[i] == 0 || f.expired(m, i)) {
			continue
		}
		peak[i] = max(peak[i], power[i])
		sum := byDate
		for _, o := range f.c.Opens {
			if o.PowerGW != nil && reaches(peak[i], *o.PowerGW) {
				sum += o.Cents
			}
		}
		amount[i] = max(0, float64(min(sum, f.c.Limit.Value)*force[i])-opened[i])
	}
	m.Post(f.opening, amount)
	vec.Accumulate(opened, amount)
	vec.Accumulate(m.Col(f.open), amount)
	m.Free(3)
}
