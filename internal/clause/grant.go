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

// Grant is stock that one party gives another as part of the bargain, for no
// money. CoreWeave gave OpenAI $350 million of its Class A stock, at the price
// of its public offering and on its closing, with the contract of March 2025;
// what the stock is worth lowers the revenue from the contract.
type Grant struct {
	head  Head
	Worth unit.Amount // cents
	At    calendar.Date
	On    string // the event on which it is given; "" where At says when
}

// NewGrant is an empty clause with its defaults.
func NewGrant() *Grant { return &Grant{head: Head{Binding: "firm"}} }

// Head is the clause's id and parties.
func (c *Grant) Head() *Head { return &c.head }

// LastPaid is the day of the grant, where no event gives it.
func (c *Grant) LastPaid() (calendar.Date, bool) { return c.At, c.On == "" }

// Kind is "grant".
func (c *Grant) Kind() string { return "grant" }

// Fields is the table of what a file may say.
func (c *Grant) Fields() []field.Field {
	return append(c.head.fields("whose stock it is, and who gives it", "who gets it"),
		field.Field{Name: "worth", Kind: field.Money, Required: true, Min: field.Beyond(0), Into: &c.Worth,
			Doc: "what the stock is worth on the day on which it is given"},
		field.Field{Name: "at", Kind: field.Date, Choices: []string{"signing"}, Default: "signing", Into: &c.At,
			Doc: "when it is given: at signing, or at the end of the step that holds the date"},
		field.Field{Name: "on", Kind: field.Text, Into: &c.On,
			Doc: "the event on which it is given, in the first step in which that is seen; in place of at"},
	)
}

// Check reports a day stated twice, one outside the term, and stock of the
// buyer, which is a matter of equity.
func (c *Grant) Check(in *Setting, r field.Report) {
	c.head.parties(in, r)
	c.head.checkForce(in, r)
	in.knowsEvent(c.On, "on", r)
	if c.On != "" && !c.At.IsZero() {
		r.Fault("GRANT-TWICE", "on", "keep at or on", "the day of the grant is given by a date and by an event")
	}
	if c.head.From != "" && c.head.From == in.Buyer {
		r.Fault("GRANT-OWN", "from", "write an equity clause, or a warrant with a strike of 0",
			"stock of %s changes who owns it: a grant is of another company's stock", in.Name(in.Buyer))
	}
	checkDate(c.At, in, r)
}

// Explain says the clause in English.
func (c *Grant) Explain(in *Setting) string {
	when := "at signing"
	switch {
	case c.On != "":
		when = "upon " + c.head.eventName(c.On)
	case !c.At.IsZero():
		when = "on " + c.At.String()
	}
	return fmt.Sprintf("%s shall give %s its own stock, worth %s, %s, for no payment.%s",
		in.Name(c.head.From), in.Name(c.head.To), in.Amount(c.Worth), when, c.head.binding())
}

// Without the clause no stock is given.
func (c *Grant) Without() Absence {
	return Absence{Says: "No stock is given, and nothing lowers the price of compute in its place."}
}

// Bind attaches the clause: the stock passes at signing, or in the Funding
// stage of its step, while giver and contract last.
func (c *Grant) Bind(b *contract.Builder) {
	id := c.head.ID
	gate, given := c.head.gate(b), b.Column(id+".given")
	line := b.Line(contract.Line{From: c.head.From, To: c.head.To, Asset: contract.Asset{Kind: contract.InKind, Of: id},
		Kind: "stock_given", Clause: id, Role: contract.Instrument})
	give := func(m *contract.Month, when []float64) {
		amount := m.Temp()
		m.Force(gate, amount)
		vec.Mul(amount, amount, when)
		vec.Scale(amount, amount, c.Worth.Value)
		m.Post(line, amount)
		m.Free(1)
	}
	switch {
	case c.On != "":
		event := b.Event(c.On)
		b.On(contract.Funding, id, func(m *contract.Month) {
			now, done := m.Temp(), m.Col(given)
			vec.Mul(now, m.Q(contract.Live), m.Obs.Events[event])
			for i := range now {
				now[i] *= 1 - done[i]
				done[i] = max(done[i], now[i])
			}
			give(m, now)
			m.Free(1)
		})
	case c.At.IsZero():
		b.On(contract.Signing, id, func(m *contract.Month) { give(m, m.One()) })
	default:
		at, _ := b.Grid().At(c.At)
		b.On(contract.Funding, id, func(m *contract.Month) {
			if m.T == at {
				give(m, m.Q(contract.Live))
			}
		})
	}
}
