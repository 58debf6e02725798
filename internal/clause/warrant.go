// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Warrant is the right to buy shares of the party that grants it, in parts
// that vest as volume is bought and as the share price reaches hurdles. AMD
// granted OpenAI in October 2025 a warrant on 160 million shares at $0.01: the
// first part vests with the first gigawatt, the last at 6 GW and a share price
// of $600. Cerebras and Akamai let theirs vest by purchases alone.
type Warrant struct {
	head       Head
	Strike     float64 // currency units a share
	Vests      []Vesting
	Expires    calendar.Date // zero for the end of the term
	SharePrice string        // the index; "" where the buyer grants it
	Settle     string        // physical or net
}

// A Vesting is a part of a warrant: it vests at the end of the first step in
// which all that it asks for holds.
type Vesting struct {
	Shares     float64
	PowerGW    *float64      // delivered power, the most so far
	SpendCents *float64      // spend so far
	Units      *float64      // units taken so far
	Price      *float64      // currency units: the share price in the step
	From       calendar.Date // the day that must have come
	On         string        // the event that must have happened
}

// NewWarrant is an empty clause with its defaults.
func NewWarrant() *Warrant { return &Warrant{head: Head{Binding: "firm"}, Settle: "physical"} }

// Head is the clause's id and parties.
func (c *Warrant) Head() *Head { return &c.head }

// Kind is "warrant".
func (c *Warrant) Kind() string { return "warrant" }

// Fields is the table of what a file may say.
func (c *Warrant) Fields() []field.Field {
	return append(c.head.fields("the company whose shares may be bought", "who may buy them"),
		field.Field{Name: "strike", Kind: field.Number, Unit: "currency per share", Default: "0", Min: field.At(0), Into: &c.Strike,
			Doc: "what is paid for a share"},
		field.Field{Name: "vests", Kind: field.List, Required: true, Fields: c.newVesting,
			Doc: "the parts; one vests at the end of the first step in which all that it asks for holds, and can be exercised from the step after"},
		field.Field{Name: "expires", Kind: field.Date, Default: "the end of the term", Into: &c.Expires,
			Doc: "the last day; in the step that holds it, and in the term's last, what has vested and is worth something is exercised net"},
		field.Field{Name: "share_price", Kind: field.Text, Into: &c.SharePrice,
			Doc: "the index of the world that gives the price of a share in currency; for shares of the buyer its value over its shares stands instead"},
		field.Field{Name: "settle", Kind: field.Choice, Choices: []string{"physical", "net"}, Default: "physical", Into: &c.Settle,
			Doc: "physical: the strike is paid and the shares are delivered; net: only the shares that the gain would buy are"},
	)
}

func (c *Warrant) newVesting() []field.Field {
	c.Vests = append(c.Vests, Vesting{})
	v := &c.Vests[len(c.Vests)-1]
	return []field.Field{
		{Name: "shares", Kind: field.Number, Unit: "shares", Required: true, Min: field.Beyond(0), Into: &v.Shares, Doc: "how many may then be bought"},
		{Name: "gw", Kind: field.Number, Unit: "GW", Min: field.Beyond(0), Into: &v.PowerGW, Doc: "power that must have been delivered"},
		{Name: "spend", Kind: field.Money, Min: field.Beyond(0), Into: &v.SpendCents, Doc: "what must have been billed for use, less discount, in all"},
		{Name: "units", Kind: field.Number, Unit: "units", Min: field.Beyond(0), Into: &v.Units, Doc: "units that must have been taken in all"},
		{Name: "price", Kind: field.Number, Unit: "currency per share", Min: field.Beyond(0), Into: &v.Price, Doc: "the share price that must be reached"},
		{Name: "from", Kind: field.Date, Into: &v.From, Doc: "the day that must have come"},
		{Name: "on", Kind: field.Text, Into: &v.On, Doc: "the event that must have happened"},
	}
}

// own tells whether the warrant is on shares of the buyer.
func (c *Warrant) own(buyer string) bool { return c.head.From == buyer }

// Check reports a share price that is missing or not asked for, power that is
// never delivered, and dates outside the term.
func (c *Warrant) Check(in *Setting, r field.Report) {
	c.head.parties(in, r)
	c.head.checkForce(in, r)
	switch own := c.own(in.Buyer); {
	case own && c.SharePrice != "":
		r.Fault("SHARE-PRICE-OWN", "share_price", "leave it out: the price of a share is the company's value over its shares",
			"the shares are of %s, whose value the world gives", in.Name(c.head.From))
	case !own && c.SharePrice == "" && c.head.From != "":
		r.Fault("SHARE-PRICE-MISSING", "share_price", "name an index, and give it under world.indexes", "the warrant is on shares of %s, whose price nothing gives", in.Name(c.head.From))
	default:
		in.knowsIndex(c.SharePrice, "share_price", r)
	}
	if !c.Expires.IsZero() && c.Expires.Before(in.Grid.Start()) {
		r.Fault("DATE-OUTSIDE-TERM", "expires", "the term begins on "+in.Grid.Start().String(), "the warrant expires on %s, before the term", c.Expires)
	}
	for i, v := range c.Vests {
		at := fmt.Sprintf("vests[%d]", i)
		if v.PowerGW != nil {
			checkPower(at+".gw", *v.PowerGW, in, r)
		}
		if !v.From.IsZero() && !v.From.Before(in.Grid.End()) {
			r.Fault("DATE-OUTSIDE-TERM", at+".from", "the term ends on "+in.Grid.End().String(), "the part vests on %s, after the term", v.From)
		}
		in.knowsEvent(v.On, at+".on", r)
	}
}

// Explain says the clause in English.
func (c *Warrant) Explain(in *Setting) string {
	var parts []string
	total := 0.0
	for _, v := range c.Vests {
		total += v.Shares
		parts = append(parts, fmt.Sprintf("%s %s", commas(unit.WriteNumber(v.Shares)), v.says(&c.head, in)))
	}
	how := "against payment of the strike"
	if c.Settle == "net" {
		how = "settled net, in the shares that the gain would buy"
	}
	until := "the end of the term"
	if !c.Expires.IsZero() {
		until = c.Expires.String()
	}
	vests := "These vest in parts: " + enumerate(parts)
	if len(c.Vests) == 1 {
		vests = "All of them vest " + c.Vests[0].says(&c.head, in)
	}
	at := "at " + in.each(c.Strike) + " a share"
	if c.Strike == 0 {
		at, how = "for no payment", strings.TrimPrefix(how, "against payment of the strike")
	}
	if how != "" {
		how = ", " + how
	}
	return fmt.Sprintf("%s grants %s the right to buy %s of its shares %s until %s%s. %s.%s",
		in.Name(c.head.From), in.Name(c.head.To), commas(unit.WriteNumber(total)), at, until, how, vests, c.head.binding())
}

// says is when the part vests.
func (v *Vesting) says(h *Head, in *Setting) string {
	var all []string
	add := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	if v.PowerGW != nil {
		add("delivered power reaches %s GW", gigawatts(*v.PowerGW))
	}
	if v.SpendCents != nil {
		add("spend in all reaches %s", in.Money(*v.SpendCents))
	}
	if v.Units != nil {
		add("%s units in all have been taken", commas(unit.WriteNumber(*v.Units)))
	}
	if v.Price != nil {
		add("the price of a share is at least %s", in.each(*v.Price))
	}
	if !v.From.IsZero() {
		add("%s has come", v.From)
	}
	if v.On != "" {
		add("%s has happened", h.eventName(v.On))
	}
	if len(all) == 0 {
		return "at once"
	}
	return "once " + strings.Join(all, " and ")
}

// Without the clause no shares can be bought.
func (c *Warrant) Without() Absence {
	return Absence{Says: "There is no right to buy shares, and nothing lowers the price of compute in its place."}
}
