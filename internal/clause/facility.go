// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Facility is money that the lab may draw, at its choice, once milestones have
// opened it. Amazon's facility for Anthropic of April 2026 is of this kind: up
// to $20 billion, nothing at first, opened as Amazon delivers capacity, drawn
// against convertible notes and after a listing against common stock, expiring
// 30 months after it, and lowered by what Amazon pays in another round.
// Google's $30 billion hangs on Anthropic's own targets, Nvidia's letter of
// intent to OpenAI on gigawatts deployed, Amazon's $35 billion for OpenAI on a
// filing for a listing and on five days' notice.
type Facility struct {
	head       Head
	Limit      unit.Amount // cents
	Opens      []Opening
	PerGW      *PerGW
	ReducedBy  []string      // clauses whose money lowers the limit
	Expires    calendar.Date // zero where an event sets it, or nothing does
	After      calendar.Span
	Of         string // the event after which After runs
	DrawnBy    string // borrower, lender or either
	Notice     calendar.Span
	LeastCents float64 // the smallest draw
	Use        string  // any or invoices
	FeeRate    float64 // a year, on what is undrawn
	FeeOn      string  // limit or open
	Into       string  // the note under which draws are lent
	Security   string
	Voting     string
	Worth      float64
	Then       *Security
	Shares     SharePrice
	Cap        float64 // most that the lender may hold of the lab; 0 for no cap
}

// An Opening makes part of a facility available.
type Opening struct {
	PowerGW    *float64      // delivered power that opens it
	At         calendar.Date // or the date that does; zero with nothing else means the signing
	SpendCents *float64      // or spend so far
	Units      *float64      // or units taken so far
	Event      string        // or a happening
	Index      string        // or a number of the world at AtLeast
	Paid       string        // or money that came in under another clause, AtLeast or any
	AtLeast    *float64
	By         calendar.Date // the last day on which it can open; zero for no such day
	Cents      float64
}

// PerGW opens an amount for each whole gigawatt delivered.
type PerGW struct {
	Cents      float64
	From, Upto int
}

// Security is what the lender gets for a draw from an event on.
type Security struct {
	On   string
	Kind string
}

// NewFacility is an empty clause with its defaults.
func NewFacility() *Facility {
	return &Facility{head: Head{Binding: "firm"}, Security: "convertible note", Voting: "voting", Worth: 1, DrawnBy: "borrower", Use: "any", FeeOn: "limit"}
}

// Head is the clause's id and parties.
func (c *Facility) Head() *Head { return &c.head }

// Kind is "facility".
func (c *Facility) Kind() string { return "facility" }

// Fields is the table of what a file may say.
func (c *Facility) Fields() []field.Field {
	out := append(c.head.fields("who lends", "who may draw"),
		field.Field{Name: "limit", Kind: field.Money, Required: true, Min: field.Beyond(0), Into: &c.Limit,
			Doc: "the most that can be drawn in all"},
		field.Field{Name: "opens", Kind: field.List, One: true, Fields: c.newOpening,
			Doc: "what makes parts of it available, usable from the step after; without it, and without per_gw, all is open from signing"},
		field.Field{Name: "per_gw", Kind: field.Group, None: true, Default: "none", Fields: c.newPerGW,
			Doc: "an amount that opens with each whole gigawatt of delivered power"},
		field.Field{Name: "reduced_by", Kind: field.Refs, Into: &c.ReducedBy,
			Doc: "clauses of the same lender: what it pays in under them after the signing lowers the limit"},
		field.Field{Name: "expires", Kind: field.Group, Fields: c.expiry,
			Bare: &field.Field{Name: "expires", Kind: field.Date, Into: &c.Expires},
			Doc:  "when what is not drawn lapses: a date, or a time after an event"},
	)
	return append(append(out, c.drawFields()...), c.securityFields()...)
}

func (c *Facility) drawFields() []field.Field {
	return []field.Field{
		{Name: "drawn_by", Kind: field.Choice, Choices: []string{"borrower", "lender", "either"}, Default: "borrower", Into: &c.DrawnBy,
			Doc: "who may call for the money; a lender puts it in where its security is worth more than the money"},
		{Name: "notice", Kind: field.Span, Default: "none", Into: &c.Notice,
			Doc: "how long before it is paid a draw is called for: it is paid at the end of the first step that ends when the notice has run"},
		{Name: "minimum_draw", Kind: field.Money, Default: "0", Min: field.At(0), Into: &c.LeastCents,
			Doc: "the smallest draw, unless less is open; a smaller one is not made"},
		{Name: "use", Kind: field.Choice, Choices: []string{"any", "invoices"}, Default: "any", Into: &c.Use,
			Doc: "invoices: no more can be drawn in a step than the supplier bills in it"},
		{Name: "commitment_fee", Kind: field.Rate, Unit: "per year", Default: "0%", Min: field.At(0), Max: field.At(1), Into: &c.FeeRate,
			Doc: "what the borrower pays on what it has not drawn, while it may still draw"},
		{Name: "fee_on", Kind: field.Choice, Choices: []string{"limit", "open"}, Default: "limit", Into: &c.FeeOn,
			Doc: "whether the fee is on what is undrawn of the limit, or of what has opened"},
	}
}

func (c *Facility) securityFields() []field.Field {
	kinds := []string{"convertible note", "loan", "preferred", "common"}
	return []field.Field{
		{Name: "into", Kind: field.Ref, Into: &c.Into,
			Doc: "the note clause under which draws are lent, with its interest, maturity and conversion; without it the security has a stated worth"},
		{Name: "security", Kind: field.Choice, Choices: kinds, Default: "convertible note", Into: &c.Security,
			Doc: "what the lender gets for a draw"},
		{Name: "then", Kind: field.Group, None: true, Default: "none", Doc: "another security from an event on, as common stock after a listing", Fields: func() []field.Field {
			c.Then = &Security{}
			return []field.Field{
				{Name: "on", Kind: field.Text, Required: true, Into: &c.Then.On, Doc: "the event; the world says when it happens, if ever"},
				{Name: "security", Kind: field.Choice, Choices: kinds, Required: true, Into: &c.Then.Kind, Doc: "what the lender gets for a draw in steps in which it is seen"},
			}
		}},
		votingField(&c.Voting),
		{Name: "shares_at", Kind: field.Variant, Fields: c.Shares.fields, Doc: "what shares cost; without it, the fair price of the day"},
		capField(&c.Cap, "the most that the lender may hold of the company after a draw for shares, all its shares together; what would exceed it cannot be drawn"),
		{Name: "worth", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(10), Into: &c.Worth,
			Doc: "value of a note or loan on the day of a draw, per unit drawn: 100% is a draw on fair terms; less is a gift from the lender"},
	}
}

func (c *Facility) newOpening() []field.Field {
	c.Opens = append(c.Opens, Opening{})
	o := &c.Opens[len(c.Opens)-1]
	return []field.Field{
		{Name: "gw", Kind: field.Number, Unit: "GW", Min: field.Beyond(0), Into: &o.PowerGW,
			Doc: "delivered power, read at the end of a step, that opens it"},
		{Name: "at", Kind: field.Date, Choices: []string{"signing"}, Into: &o.At,
			Doc: "the date that opens it, or signing"},
		{Name: "spend", Kind: field.Money, Min: field.Beyond(0), Into: &o.SpendCents, Doc: "eligible spend so far that opens it"},
		{Name: "units", Kind: field.Number, Unit: "units", Min: field.Beyond(0), Into: &o.Units, Doc: "units taken so far that open it"},
		{Name: "event", Kind: field.Text, Into: &o.Event, Doc: "the event that opens it"},
		{Name: "index", Kind: field.Text, Into: &o.Index, Doc: "the number of the world (world.indexes) that opens it by reaching at_least: revenue, say"},
		{Name: "paid", Kind: field.Ref, Into: &o.Paid, Doc: "the equity, note or facility clause that opens it once at_least has come in under it, or any money"},
		{Name: "at_least", Kind: field.Number, Unit: "that of the index, or currency units", Min: field.Beyond(0), Into: &o.AtLeast, Doc: "how much of the index, or how much money, it takes"},
		{Name: "by", Kind: field.Date, Into: &o.By, Doc: "the last day on which it can open; the step must have ended by then"},
		{Name: "amount", Kind: field.Money, Required: true, Min: field.Beyond(0), Into: &o.Cents,
			Doc: "how much it opens"},
	}
}

func (c *Facility) newPerGW() []field.Field {
	c.PerGW = &PerGW{From: 1}
	p := c.PerGW
	return []field.Field{
		{Name: "amount", Kind: field.Money, Required: true, Min: field.Beyond(0), Into: &p.Cents, Doc: "how much each opens"},
		{Name: "from", Kind: field.Count, Unit: "GW", Default: "1", Min: field.At(1), Into: &p.From, Doc: "the first gigawatt that opens any"},
		{Name: "upto", Kind: field.Count, Unit: "GW", Required: true, Min: field.At(1), Into: &p.Upto, Doc: "the last that does"},
	}
}

func (c *Facility) expiry() []field.Field {
	return []field.Field{
		{Name: "after", Kind: field.Span, Required: true, Into: &c.After, Doc: "how long after the event"},
		{Name: "of", Kind: field.Text, Required: true, Into: &c.Of, Doc: "name of the event; the world says when it happens, if ever"},
	}
}

// isShares tells whether a security is shares of the lab.
func isShares(security string) bool { return security == "preferred" || security == "common" }

// sellsShares and lends tell what draws may be against, now or after the event.
func (c *Facility) sellsShares() bool {
	return isShares(c.Security) || c.Then != nil && isShares(c.Then.Kind)
}

func (c *Facility) lends() bool {
	return !isShares(c.Security) || c.Then != nil && !isShares(c.Then.Kind)
}

// Class is what shares are called that were issued along a line of the kind.
func (c *Facility) Class(kind string) string {
	if kind == issueThen && c.Then != nil {
		return class(c.Then.Kind, c.Voting)
	}
	return class(c.Security, c.Voting)
}

// The kinds of line along which draws issue shares: at first, and after the
// event.
const (
	issueFirst = "issue"
	issueThen  = "issue_after_event"
)

// Without the clause nothing can be drawn.
func (c *Facility) Without() Absence {
	return Absence{Says: "Nothing can be drawn; the buyer finances itself elsewhere, at fair value."}
}

// opensByDate tells whether a date, or nothing, opens the part.
func (o *Opening) opensByDate() bool { return len(o.ways()) == 0 || o.ways()[0] == "at" }

// ways are the conditions that open the part, by their fields.
func (o *Opening) ways() []string {
	var out []string
	for _, x := range []struct {
		name string
		is   bool
	}{{"gw", o.PowerGW != nil}, {"at", o.At != (calendar.Date{})}, {"spend", o.SpendCents != nil}, {"units", o.Units != nil},
		{"event", o.Event != ""}, {"index", o.Index != ""}, {"paid", o.Paid != ""}} {
		if x.is {
			out = append(out, x.name)
		}
	}
	return out
}

// late tells whether the part can no longer open at the end of step t.
func (o *Opening) late(grid *calendar.Grid, t int) bool {
	if o.By.IsZero() {
		return false
	}
	if t < 0 {
		return grid.Valuation().After(o.By)
	}
	return grid.StepEnd(t).AddDays(-1).After(o.By)
}

var _ contract.Clause = (*Facility)(nil)
