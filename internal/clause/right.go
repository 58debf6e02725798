// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"strings"

	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/vec"
)

// Right is something other than money, compute or shares that one party grants
// another: a licence, a seat, information, the status of a partner, the sale of
// a product alone. What it is worth is stated or left open; what it stops the
// buyer from doing is carried out. Microsoft has OpenAI's models under licence
// to 2032, at first alone; Amazon is told first of Anthropic's plans and sits
// on no board.
type Right struct {
	head   Head
	What   string
	Over   string // what it is over, in words
	Alone  bool
	Worth  *float64 // cents, to its holder, on the day of signing; nil where nothing is said
	Blocks string   // exit or nothing
}

// NewRight is an empty clause with its defaults.
func NewRight() *Right { return &Right{head: Head{Binding: "firm"}, Blocks: "nothing"} }

// Head is the clause's id and parties.
func (c *Right) Head() *Head { return &c.head }

// Kind is "right".
func (c *Right) Kind() string { return "right" }

// rightSays says each kind of right in words: to whom it is given comes before,
// what it is over after.
var rightSays = map[string]string{
	"licence": "a licence of", "board_seat": "a seat on the board of", "observer": "an observer on the board of", "consent": "a right to consent to",
	"consultation": "a right to be consulted on", "first_notification": "a right to be told first of", "information": "a right to information on",
	"early_access": "early access to", "partner_status": "the status of a partner for", "exclusive_resale": "the right to sell on",
	"first_shipment": "the first shipment of", "audit": "a right to audit",
}

// rights are the kinds of right in the order of the docs.
var rights = []string{"licence", "board_seat", "observer", "consent", "consultation", "first_notification", "information",
	"early_access", "partner_status", "exclusive_resale", "first_shipment", "audit"}

// Fields is the table of what a file may say.
func (c *Right) Fields() []field.Field {
	return append(append(c.head.fields("who grants it", "who has it"), c.head.window()...),
		field.Field{Name: "what", Kind: field.Choice, Choices: rights, Required: true, Into: &c.What, Doc: "the kind of right"},
		field.Field{Name: "over", Kind: field.Text, Required: true, Into: &c.Over, Doc: "what it is over, in words"},
		field.Field{Name: "exclusive", Kind: field.Flag, Default: "false", Into: &c.Alone, Doc: "whether nobody else may have it"},
		field.Field{Name: "worth", Kind: field.Money, Default: "not said", Min: field.At(0), Into: &c.Worth,
			Doc: "what it is worth to its holder on the day of signing; without it the right stands outside the value, and the report says so"},
		field.Field{Name: "blocks", Kind: field.Choice, Choices: []string{"nothing", "exit"}, Default: "nothing", Into: &c.Blocks,
			Doc: "what the buyer cannot do by its own choice while it stands: exit means leaving the agreement"},
	)
}

// Check reports parties that are one and dates that leave nothing.
func (c *Right) Check(in *Setting, r field.Report) {
	c.head.parties(in, r)
	c.head.checkForce(in, r)
	if c.Blocks == "exit" && c.head.From != "" && c.head.From != in.Buyer {
		r.Fault("RIGHT-BLOCKS", "blocks", "only a right that "+in.Name(in.Buyer)+" grants can bind it", "%s cannot bind %s", in.Name(c.head.From), in.Name(in.Buyer))
	}
}

// Explain says the clause in English.
func (c *Right) Explain(in *Setting) string {
	only := ""
	if c.Alone {
		only = ", which nobody else may have"
	}
	s := fmt.Sprintf("%s grants %s %s %s%s.", in.Name(c.head.From), in.Name(c.head.To), rightSays[c.What], c.Over, only)
	if c.Worth != nil {
		s += fmt.Sprintf(" It is taken to be worth %s to %s at signing.", in.Money(*c.Worth), in.Name(c.head.To))
	}
	if c.Blocks == "exit" {
		s += fmt.Sprintf(" While it stands, %s cannot leave without the consent of %s.", in.Name(c.head.From), in.Name(c.head.To))
	}
	return s + c.head.binding()
}

// Without the clause there is no such right.
func (c *Right) Without() Absence {
	return Absence{Says: "There is no such right, and what it kept the buyer from doing is free."}
}

// Bind attaches the clause: what it is worth passes at signing; what it blocks
// is taken off the offer.
func (c *Right) Bind(b *contract.Builder) {
	id := c.head.ID
	gate := c.head.gate(b)
	if c.Worth != nil {
		line := b.Line(contract.Line{From: c.head.From, To: c.head.To, Asset: contract.Asset{Kind: contract.InKind, Of: id}, Kind: "right_granted",
			Clause: id, Role: contract.Instrument})
		// Its worth passes as far as it is newly granted: at signing, or when the
		// event is seen on which it is conditional; the dates between which it can be
		// used are part of what it is worth.
		granted, bound := b.Column(id+".granted"), b.Gate(id, contract.Terms{Event: c.head.If, Probability: c.head.Likely})
		grant := func(m *contract.Month, live []float64) {
			worth, done := m.Temp(), m.Col(granted)
			m.Force(bound, worth)
			for i := range worth {
				more := float64(live[i] * max(0, worth[i]-done[i]))
				done[i] += more
				worth[i] = more * *c.Worth
			}
			m.Post(line, worth)
			m.Free(1)
		}
		b.On(contract.Signing, id, func(m *contract.Month) { grant(m, m.One()) })
		if c.head.If != "" {
			b.On(contract.Funding, id, func(m *contract.Month) { grant(m, m.Q(contract.Live)) })
		}
	}
	if c.Blocks == "exit" {
		b.Own(contract.Blocked, "right")
		b.On(contract.Standing, id, func(m *contract.Month) {
			force, blocked := m.Temp(), m.Q(contract.Blocked)
			m.Force(gate, force)
			vec.Select(blocked, force, m.One(), blocked)
			m.Free(1)
		})
	}
}

// capital puts a capital letter at the start of a sentence.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
