// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Note is money lent to the lab that may become its shares. Amazon's first $8
// billion in Anthropic were convertible notes that became nonvoting preferred
// stock; Broadcom may lend it $42 billion on notes to pay for its chips, on
// terms that are not public. An ownership cap leaves as debt what would lift
// the holder above it. The price of conversion follows the usual notes of
// young companies: a discount to the round, a cap on the company's value, or a
// fixed price.
type Note struct {
	head      Head
	Principal unit.Amount // cents
	At        []calendar.Date
	Coupon    float64 // a year
	Interest  string  // cash or pik
	Matures   calendar.Date
	Converts  *Conversion
	Cap       float64 // most that the holder may hold of the lab; 0 for no cap
	Worth     float64 // of what is outstanding at the end of the term
}

// Conversion is when a note becomes shares, and how many.
type Conversion struct {
	On             string   // the event with which it converts
	QualifiedCents *float64 // a round of at least so much new money with which it does
	AtElection     bool     // the holder may convert
	AtMaturity     string   // repaid or converts
	PerShare       *float64 // currency units: a fixed price
	Discount       float64  // off the price of the round, or the fair price
	PriceCap       *float64 // currency units a share
	ValuationCents *float64 // cap on the company's value, over its shares
	Into           string   // common or preferred
	Voting         string
}

// NewNote is an empty clause with its defaults.
func NewNote() *Note { return &Note{head: Head{Binding: "firm"}, Interest: "pik", Worth: 1} }

// Head is the clause's id and parties.
func (c *Note) Head() *Head { return &c.head }

// Kind is "note".
func (c *Note) Kind() string { return "note" }

// Fields is the table of what a file may say.
func (c *Note) Fields() []field.Field {
	return append(c.head.fields("who lends", "the company that owes, and whose shares the note may become"),
		field.Field{Name: "principal", Kind: field.Money, Min: field.Beyond(0), Default: "what facilities draw into it", Into: &c.Principal,
			Doc: "what is lent at its own dates; a facility may lend more into it"},
		field.Field{Name: "at", Kind: field.Dates, Choices: []string{"signing"}, Default: "signing", Into: &c.At,
			Doc: "when it is lent: at signing, or at the end of the step that holds the date; several dates are equal parts"},
		field.Field{Name: "coupon", Kind: field.Rate, Unit: "per year", Default: "0%", Min: field.At(0), Max: field.At(1), Into: &c.Coupon,
			Doc: "interest on what is outstanding, by the deal's day count"},
		field.Field{Name: "interest", Kind: field.Choice, Choices: []string{"cash", "pik"}, Default: "pik", Into: &c.Interest,
			Doc: "cash: paid at the end of each step; pik: added to what is outstanding"},
		field.Field{Name: "matures", Kind: field.Date, Default: "after the term", Into: &c.Matures,
			Doc: "when it is repaid, at the end of the step that holds the date"},
		field.Field{Name: "conversion", Kind: field.Group, None: true, Default: "none", Fields: c.newConversion,
			Doc: "when and at what price it becomes shares; without it, it is a plain loan"},
		capField(&c.Cap, "the most that the holder may own of the company after a conversion, all its shares together; the rest stays debt"),
		field.Field{Name: "worth", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(10), Into: &c.Worth,
			Doc: "value at the end of the term of what is then outstanding, per unit"},
	)
}

func (c *Note) newConversion() []field.Field {
	c.Converts = &Conversion{AtMaturity: "repaid", Into: "preferred", Voting: "voting"}
	x := c.Converts
	return []field.Field{
		{Name: "on", Kind: field.Text, Into: &x.On, Doc: "the event with which all that is outstanding converts: a listing, say"},
		{Name: "qualified_round", Kind: field.Money, Min: field.Beyond(0), Into: &x.QualifiedCents, Doc: "it converts with a round for shares that has at least this much new money"},
		{Name: "at_election", Kind: field.Flag, Default: "false", Into: &x.AtElection, Doc: "whether the holder may convert at any time in which the shares are worth more; policy.convert says when it does"},
		{Name: "at_maturity", Kind: field.Choice, Choices: []string{"repaid", "converts"}, Default: "repaid", Into: &x.AtMaturity, Doc: "what happens to what is outstanding when it matures"},
		{Name: "price_per_share", Kind: field.Number, Unit: "currency per share", Min: field.Beyond(0), Into: &x.PerShare, Doc: "a fixed price of conversion"},
		{Name: "discount", Kind: field.Rate, Default: "0%", Min: field.At(0), Max: field.Beyond(1), Into: &x.Discount, Doc: "off the price of the round, or without a round off the fair price of the day"},
		{Name: "price_cap", Kind: field.Number, Unit: "currency per share", Min: field.Beyond(0), Into: &x.PriceCap, Doc: "the most that a share costs"},
		{Name: "valuation_cap", Kind: field.Money, Min: field.Beyond(0), Into: &x.ValuationCents, Doc: "the most that the company is taken to be worth: a share costs no more than this over its shares"},
		{Name: "into", Kind: field.Choice, Choices: []string{"common", "preferred"}, Default: "preferred", Into: &x.Into, Doc: "the class of shares"},
		votingField(&x.Voting),
	}
}

// Payments are the parts in which the principal is lent, in order.
func (c *Note) Payments(grid *calendar.Grid) []Payment {
	return payments(c.Principal.Value, c.At, grid)
}

// Class is what the shares are called that it becomes.
func (c *Note) Class(string) string {
	if c.Converts == nil {
		return ""
	}
	return class(c.Converts.Into, c.Converts.Voting)
}

// Check reports a note that nothing is lent on, dates outside the deal's life,
// and conversions that never happen or have two prices.
func (c *Note) Check(in *Setting, r field.Report) {
	c.head.parties(in, r)
	c.head.checkForce(in, r)
	if c.head.To != "" && c.head.To != in.Buyer {
		r.Fault("PARTY-ROLE", "to", "write "+in.Buyer, "%s is not the company that this deal finances", in.Name(c.head.To))
	}
	if c.Principal.Value == 0 && !c.fed(in) {
		r.Warn("NOTE-EMPTY", "id", "give a principal, or name it as into in a facility", "nothing is lent on this note")
	}
	checkDays(c.At, in, r)
	if c.Matures != (calendar.Date{}) && c.Matures.Before(in.Grid.Start()) {
		r.Fault("DATE-OUTSIDE-TERM", "matures", "the term begins on "+in.Grid.Start().String(), "the note matures on %s, before the term", c.Matures)
	}
	if x := c.Converts; x != nil {
		c.checkConversion(x, in, r)
	} else if c.Cap > 0 {
		r.Fault("SHARES-NONE", "cap", "add conversion, or leave it out", "the note never becomes shares")
	}
}

// fed tells whether a facility draws into the note.
func (c *Note) fed(in *Setting) bool {
	for _, x := range in.Clauses {
		if f, ok := x.(*Facility); ok && f.Into == c.head.ID && c.head.ID != "" {
			return true
		}
	}
	return false
}

func (c *Note) checkConversion(x *Conversion, in *Setting, r field.Report) {
	in.knowsEvent(x.On, "conversion.on", r)
	if x.On == "" && x.QualifiedCents == nil && !x.AtElection && x.AtMaturity != "converts" {
		r.Fault("CONVERSION-NEVER", "conversion", "say on which event, with which round, at whose election or at maturity", "it is not said when the note converts")
	}
	if x.AtMaturity == "converts" && (c.Matures.IsZero() || !c.Matures.Before(in.Grid.End())) {
		r.Fault("CONVERSION-NEVER", "conversion.at_maturity", "say when it matures, within the term", "the note does not mature in the term")
	}
	if x.PerShare == nil {
		return
	}
	for _, other := range []struct {
		at string
		is bool
	}{{"discount", x.Discount > 0}, {"price_cap", x.PriceCap != nil}, {"valuation_cap", x.ValuationCents != nil}} {
		if other.is {
			r.Fault("SHARE-PRICE-TWICE", "conversion."+other.at, "keep the fixed price, or leave it out", "the price of conversion is fixed")
		}
	}
}

// Explain says the clause in English.
func (c *Note) Explain(in *Setting) string {
	s := fmt.Sprintf("%s owes %s what is drawn into this note%s", in.Name(c.head.To), in.Name(c.head.From), c.feeders(in))
	if c.Principal.Value > 0 {
		s = fmt.Sprintf("%s shall lend %s %s, paid %s", in.Name(c.head.From), in.Name(c.head.To), in.Amount(c.Principal), daysSay(c.At))
	}
	switch {
	case c.Coupon == 0:
		s += ", free of interest"
	case c.Interest == "cash":
		s += fmt.Sprintf(", with interest of %s a year, paid at the end of each %s", unit.FormatRate(c.Coupon), in.Grid.Step())
	default:
		s += fmt.Sprintf(", with interest of %s a year, added to what is owed at the end of each %s", unit.FormatRate(c.Coupon), in.Grid.Step())
	}
	if c.Matures != (calendar.Date{}) {
		s += fmt.Sprintf(", due on %s", c.Matures)
	}
	return s + "." + c.conversionSays(in) + worthOf("What is still owed at the end of the term", c.Worth) + c.head.binding()
}

// feeders names the facilities that draw into the note.
func (c *Note) feeders(in *Setting) string {
	var ids []string
	for _, x := range in.Clauses {
		if f, ok := x.(*Facility); ok && f.Into == c.head.ID {
			ids = append(ids, f.head.ID)
		}
	}
	if len(ids) == 0 {
		return ""
	}
	return " under " + inWords(ids)
}

func (c *Note) conversionSays(in *Setting) string {
	x := c.Converts
	if x == nil {
		return ""
	}
	var when []string
	if x.On != "" {
		when = append(when, "upon "+c.head.eventName(x.On))
	}
	if x.QualifiedCents != nil {
		when = append(when, "with a round of at least "+in.Money(*x.QualifiedCents))
	}
	if x.AtElection {
		when = append(when, "when the holder so elects")
	}
	if x.AtMaturity == "converts" {
		when = append(when, "when it matures")
	}
	s := fmt.Sprintf(" The note converts into %s shares %s, at %s.", c.Class(""), either(when), x.priceSays(in, in.Name(c.head.To)))
	if c.Cap > 0 {
		s += fmt.Sprintf(" What would give %s more than %s of %s stays debt.", in.Name(c.head.From), unit.FormatRate(c.Cap), in.Name(c.head.To))
	}
	return s
}

func (x *Conversion) priceSays(in *Setting, company string) string {
	if x.PerShare != nil {
		return in.each(*x.PerShare) + " a share"
	}
	s := "the fair price of the day"
	if x.QualifiedCents != nil {
		s = "the price of such a round, or without one the fair price of the day"
	}
	if x.Discount > 0 {
		s += fmt.Sprintf(", less %s", unit.FormatRate(x.Discount))
	}
	if x.PriceCap != nil {
		s += fmt.Sprintf(", but no more than %s a share", in.each(*x.PriceCap))
	}
	if x.ValuationCents != nil {
		s += fmt.Sprintf(", but no more than a value of %s for all shares of %s", in.Money(*x.ValuationCents), company)
	}
	return s
}

// Without the clause nothing is lent.
func (c *Note) Without() Absence {
	return Absence{Says: "Nothing is lent on this note; a facility that draws into it draws against paper of the worth that it states."}
}
