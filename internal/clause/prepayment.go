// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Prepayment is what the buyer pays before it is served, and what becomes of
// it: it is credited against later invoices, and what is left at last is
// refunded or lost. Microsoft pays IREN a fifth of each tranche's value before
// its delivery, credited from the 25th month of service on; CoreWeave's
// customers prepay 15% to 25% of a contract; Amazon's capacity blocks are paid
// for in full at the start and cannot be cancelled.
type Prepayment struct {
	head     Head
	Amount   unit.Amount // cents; zero where it is a share
	Share    float64     // of the total of a commitment
	Of       string      // which
	Payments []Advance
	Lead     *calendar.Span // before each delivery, in place of payments
	Credited Crediting
	Interest float64 // a year
	Refund   Refund

	total      float64    // cents, as the commitment named has it
	deliveries []delivery // of the capacity clauses
}

// An Advance is a part of a prepayment.
type Advance struct {
	At   calendar.Date // zero for the signing
	Part float64
}

// Crediting is how a prepayment is set against invoices.
type Crediting struct {
	From Moment
	How  string // first, equal or last
	Over calendar.Span
}

// Refund is the shares of what is left that come back.
type Refund struct {
	End, Leave, Dismiss, Fail float64
}

// delivery is a generation of chips, with the share of all power that it is.
type delivery struct {
	from calendar.Date
	part float64
}

// NewPrepayment is an empty clause with its defaults.
func NewPrepayment() *Prepayment {
	return &Prepayment{head: Head{Binding: "firm"}, Credited: Crediting{How: "first"}}
}

// Head is the clause's id and parties.
func (c *Prepayment) Head() *Head { return &c.head }

// LastPaid is the last payment, where no delivery sets the days.
func (c *Prepayment) LastPaid() (calendar.Date, bool) {
	var days []calendar.Date
	for _, x := range c.Payments {
		days = append(days, x.At)
	}
	return latest(days...), c.Lead == nil
}

// Kind is "prepayment".
func (c *Prepayment) Kind() string { return "prepayment" }

// Fields is the table of what a file may say.
func (c *Prepayment) Fields() []field.Field {
	return append(c.head.fields("the buyer", "the supplier"),
		field.Field{Name: "amount", Kind: field.Group, Required: true, Fields: c.share,
			Bare: &field.Field{Name: "amount", Kind: field.Money, Min: field.Beyond(0), Into: &c.Amount},
			Doc:  "what is paid in advance, in all: an amount, or a share of the total of a commitment"},
		field.Field{Name: "payments", Kind: field.List, Fields: c.newPayment, Doc: "the parts in which it is paid; what they leave is paid at signing"},
		field.Field{Name: "before_delivery", Kind: field.Group, Fields: c.newLead,
			Doc: "in place of payments: a part for each generation of chips, in proportion to its power, before it runs"},
		field.Field{Name: "credited", Kind: field.Group, Fields: c.Credited.fields, Doc: "how it is set against invoices; without it, as far as it goes from the step after each payment"},
		field.Field{Name: "interest", Kind: field.Rate, Unit: "per year", Default: "0%", Min: field.At(0), Max: field.At(1), Into: &c.Interest,
			Doc: "what is added to what is left of it, to be credited likewise"},
		field.Field{Name: "refund", Kind: field.Group, None: true, Default: "none", Fields: c.Refund.fields, Doc: "shares of what is left that come back"},
	)
}

func (c *Prepayment) share() []field.Field {
	return []field.Field{
		{Name: "share", Kind: field.Rate, Required: true, Min: field.Beyond(0), Max: field.At(1), Into: &c.Share, Doc: "of the total"},
		{Name: "of", Kind: field.Ref, Required: true, Into: &c.Of, Doc: "the commitment whose total it is a share of"},
	}
}

func (c *Prepayment) newPayment() []field.Field {
	c.Payments = append(c.Payments, Advance{})
	x := &c.Payments[len(c.Payments)-1]
	return []field.Field{
		{Name: "at", Kind: field.Date, Choices: []string{"signing"}, Default: "signing", Into: &x.At, Doc: "paid at the end of the step that holds the date, or at signing"},
		{Name: "part", Kind: field.Rate, Required: true, Min: field.Beyond(0), Max: field.At(1), Into: &x.Part, Doc: "of the whole"},
	}
}

func (c *Prepayment) newLead() []field.Field {
	c.Lead = &calendar.Span{}
	return []field.Field{{Name: "lead", Kind: field.Span, Required: true, Into: c.Lead, Doc: "how long before the generation's date; at signing, where that is before the start"}}
}

func (x *Crediting) fields() []field.Field {
	return []field.Field{
		x.From.field("from", "the day from which on it is credited", "how long after the payment, or after delivery where it is paid before that"),
		{Name: "how", Kind: field.Choice, Choices: []string{"first", "equal", "last"}, Default: "first", Into: &x.How,
			Doc: "first: it pays invoices as far as it goes; equal: in equal parts; last: it pays the last invoices of the term"},
		{Name: "over", Kind: field.Span, Default: "the rest of the term", Into: &x.Over, Doc: "for equal, the time over which it is credited; for last, the time before the end in which it is"},
	}
}

func (x *Refund) fields() []field.Field {
	rate := func(name, doc string, into *float64) field.Field {
		return field.Field{Name: name, Kind: field.Rate, Default: "0%", Min: field.At(0), Max: field.At(1), Into: into, Doc: doc}
	}
	return []field.Field{
		rate("end", "of what is left at the end of the term", &x.End),
		rate("leave", "of what is left when the buyer leaves", &x.Leave),
		rate("dismiss", "of what is left when the supplier ends the agreement", &x.Dismiss),
		rate("fail", "of what is left when the supplier fails: what its estate pays; without it, what a clause on default says", &x.Fail),
	}
}

// refundable tells whether any of it may come back.
func (c *Prepayment) refundable() bool { return c.Refund != Refund{} }

// Check reports parts that do not add up, times that are none, and references.
func (c *Prepayment) Check(in *Setting, r field.Report) {
	c.head.between(in.Buyer, in.Supplier, in, r)
	c.head.checkForce(in, r)
	if _, ok := in.Find(c.Of).(*Commitment); !ok && in.Find(c.Of) != nil {
		r.Fault("REF-KIND", "amount.of", "name a commitment", "%s is not a commitment", c.Of)
	}
	c.checkTimes(in, r)
	x, step := c.Credited, in.Grid.MonthsPerStep()
	if x.Over.Days != 0 || x.Over.Months%step != 0 {
		r.Fault("SPAN-MONTHS", "credited.over", "use whole steps of the grid", "%s is not a whole number of steps", x.Over)
	}
	if over := x.Over != (calendar.Span{}); over && x.How == "first" || !over && x.How == "last" {
		r.Fault("CREDIT-OVER", "credited.over", "write it with how: equal or how: last, and not with how: first", "credited as %s, the time over which it is credited is missing or has no use", x.How)
	}
	if !x.From.On.IsZero() && !x.From.On.Before(in.Grid.End()) {
		r.Fault("DATE-OUTSIDE-TERM", "credited.from", "the term ends on "+in.Grid.End().String(), "it would be credited from %s on, after the term", x.From.On)
	}
}

func (c *Prepayment) checkTimes(in *Setting, r field.Report) {
	sum := 0.0
	for i, x := range c.Payments {
		sum += x.Part
		if d := x.At; !d.IsZero() && (d.Before(in.Grid.Start()) || !d.Before(in.Grid.End())) {
			r.Fault("DATE-OUTSIDE-TERM", fmt.Sprintf("payments[%d].at", i), fmt.Sprintf("the term runs from %s to %s; write signing for the day of signing", in.Grid.Start(), in.Grid.End()), "%s lies outside the term", d)
		}
	}
	if sum > 1+restMost {
		r.Fault("PREPAID-PARTS", "payments", "lower the parts; what they leave is paid at signing", "the parts add up to %s", unit.FormatRate(sum))
	}
	if c.Lead == nil {
		return
	}
	if len(c.Payments) > 0 {
		r.Fault("PREPAID-TIMES", "before_delivery", "keep payments or before_delivery", "it is paid at times of its own and before each delivery")
	}
	if !in.promisesCapacity() && len(in.Off) == 0 {
		r.Fault("PREPAID-DELIVERY", "before_delivery", "add a capacity clause, or say when it is paid", "no clause promises anything to be delivered")
	}
}

// Without the clause nothing is paid in advance.
func (c *Prepayment) Without() Absence {
	return Absence{Says: "Nothing is paid in advance: invoices are paid as they fall due."}
}

// among is the clause as it stands among the others of a deal: it knows the
// total that it is a share of, and what is delivered when.
func (c *Prepayment) among(clauses []Clause) Clause {
	d := *c
	d.total, d.deliveries = c.Amount.Value, nil
	power := 0.0
	for _, x := range clauses {
		switch x := x.(type) {
		case *Commitment:
			if x.head.ID == c.Of && c.Share > 0 {
				d.total = c.Share * x.Total.Value
			}
		case *Capacity:
			for _, g := range x.Generations {
				d.deliveries = append(d.deliveries, delivery{g.From, g.PowerGW})
				power += g.PowerGW
			}
		}
	}
	for i := range d.deliveries {
		d.deliveries[i].part /= power
	}
	return &d
}

// laid is one payment on a grid.
type laid struct {
	cents  float64
	step   int // in which it is paid; -1 at signing
	usable int // first step in which it may be credited
	until  int // the step after the last over which equal parts are made
}

// restMost is what parts that add up to all may leave by the rounding of
// decimals.
const restMost = 1e-9

// advances are the payments, those that fall first first.
func (c *Prepayment) advances(grid *calendar.Grid) []laid {
	var out []laid
	add := func(part float64, step int, at, counted calendar.Date) {
		x := laid{cents: c.total * part, step: step, until: grid.Signed()}
		x.usable = max(step+1, stepFrom(grid, c.Credited.From.date(counted, at)))
		over := c.Credited.Over.Months / grid.MonthsPerStep()
		switch {
		case c.Credited.How == "last":
			x.usable = max(x.usable, grid.Signed()-over)
		case over > 0:
			x.until = x.usable + over
		}
		i := len(out)
		for i > 0 && out[i-1].step > step {
			i--
		}
		out = append(out[:i], append([]laid{x}, out[i:]...)...)
	}
	dated := func(part float64, at, counted calendar.Date) {
		if at.Before(grid.Start()) {
			add(part, -1, at, counted)
		} else if t, ok := grid.At(at); ok {
			add(part, t, at, counted)
		}
	}
	signed := grid.Valuation()
	if c.Lead != nil {
		for _, g := range c.deliveries {
			dated(g.part, g.from.AddMonths(-c.Lead.Months).AddDays(-c.Lead.Days), g.from)
		}
		return out
	}
	rest := 1.0
	for _, p := range c.Payments {
		if rest -= p.Part; p.At.IsZero() {
			add(p.Part, -1, signed, signed)
		} else {
			dated(p.Part, p.At, p.At)
		}
	}
	if rest > restMost {
		add(rest, -1, signed, signed)
	}
	return out
}
