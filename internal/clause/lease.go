// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Lease is rent for something let to the buyer or to the supplier: chips that a
// company of its own (an SPV) has bought and lets, halls, or all that the
// supplier supplies. Valor Compute Infrastructure bought chips for $5.4 billion
// in January 2026 and lets them to xAI for five years, triple-net, with an
// option to buy at the end.
type Lease struct {
	head       Head
	Starts     calendar.Date // zero for the start of the deal
	Term       calendar.Span
	RentCents  float64 // per month, or per GW and month
	Per        string  // month or gw
	PowerGW    *float64
	UnitsPerGW *float64 // compute that it gives, per gigawatt and month
	Escalator  float64  // per year of the lease
	Indexed    *Indexation
	Abatement  string // pro_rata or none
	Outlay     float64
	Residual   *Residual
	LowersCost *Borne
	Purchase   *Purchase
	Deposit    float64
	Eligible   bool
}

// Residual is what the thing let is worth at the end of the lease.
type Residual struct {
	Cents   float64
	Indexed *Indexation
}

// Purchase is the tenant's right to buy at the end: for a price, or for a share
// of what the thing is worth then.
type Purchase struct {
	Cents *float64
	Fair  *float64
}

// NewLease is an empty clause with its defaults.
func NewLease() *Lease {
	return &Lease{head: Head{Binding: "firm"}, Per: "month", Abatement: "pro_rata"}
}

// Head is the clause's id and parties.
func (c *Lease) Head() *Head { return &c.head }

// Kind is "lease".
func (c *Lease) Kind() string { return "lease" }

// Fields is the table of what a file may say.
func (c *Lease) Fields() []field.Field {
	return append(append(c.head.fields("the landlord", "the tenant: the buyer, or the supplier"), c.rentFields()...), c.thingFields()...)
}

func (c *Lease) rentFields() []field.Field {
	return []field.Field{
		{Name: "starts", Kind: field.Date, Default: "the start", Into: &c.Starts, Doc: "first day of the lease; it counts from the first step that begins on or after this date"},
		{Name: "term", Kind: field.Span, Required: true, Into: &c.Term, Doc: "how long it runs"},
		{Name: "rent", Kind: field.Money, Required: true, Min: field.At(0), Into: &c.RentCents, Doc: "per month, or per GW and month, used or not"},
		{Name: "per", Kind: field.Choice, Choices: []string{"month", "gw"}, Default: "month", Into: &c.Per, Doc: "whether the rent is for all of it, or for each gigawatt"},
		{Name: "escalator", Kind: field.Rate, Unit: "per year of the lease", Default: "0%", Min: field.Beyond(-1), Max: field.At(10), Into: &c.Escalator, Doc: "by how much the rent rises each year"},
		{Name: "indexed", Kind: field.Group, None: true, Default: "none", Fields: func() []field.Field { return indexation(&c.Indexed) }, Doc: "moves the rent with an index"},
		{Name: "abatement", Kind: field.Choice, Choices: []string{"pro_rata", "none"}, Default: "pro_rata", Into: &c.Abatement,
			Doc: "where the supplier lets: whether rent falls with the share of the promised compute that is not delivered"},
		{Name: "deposit", Kind: field.Money, Min: field.At(0), Into: &c.Deposit, Doc: "held by the landlord without interest, and kept if the tenant fails"},
		{Name: "eligible", Kind: field.Flag, Default: "false", Into: &c.Eligible, Doc: "whether rent counts toward commitments"},
	}
}

func (c *Lease) thingFields() []field.Field {
	return []field.Field{
		{Name: "gw", Kind: field.Number, Unit: "GW", Min: field.Beyond(0), Into: &c.PowerGW, Doc: "power of what is let"},
		{Name: "units_per_gw", Kind: field.Number, Unit: "units per GW and month", Min: field.Beyond(0), Into: &c.UnitsPerGW,
			Doc: "where a third party lets to the buyer: compute that a gigawatt yields, for need that is not met by the supplier"},
		{Name: "outlay", Kind: field.Money, Min: field.At(0), Into: &c.Outlay, Doc: "where a third party lets: what it pays for the thing when the lease begins"},
		{Name: "residual", Kind: field.Group, Fields: c.newResidual, Bare: &field.Field{Name: "residual", Kind: field.Money, Min: field.At(0), Into: residualAmount{c}},
			Doc: "what the thing is worth at the end of the lease"},
		{Name: "lowers_cost", Kind: field.Group, None: true, Default: "none", Fields: func() []field.Field { return bornes(&c.LowersCost) },
			Doc: "where a third party lets to the supplier: share of its cost of a unit, under each view of it, that it saves by the lease"},
		{Name: "purchase", Kind: field.Variant, Fields: c.newPurchase, Doc: "the tenant's right to buy at the end of the lease"},
	}
}

func (c *Lease) newResidual() []field.Field {
	c.Residual = &Residual{}
	x := c.Residual
	return []field.Field{
		{Name: "amount", Kind: field.Money, Required: true, Min: field.At(0), Into: &x.Cents, Doc: "worth, where an index does not move it"},
		{Name: "indexed", Kind: field.Group, None: true, Default: "none", Fields: func() []field.Field { return indexation(&x.Indexed) }, Doc: "moves it with an index: prices of used chips, say"},
	}
}

// residualAmount takes a residual value that no index moves.
type residualAmount struct{ c *Lease }

// SetNumber takes the amount.
func (x residualAmount) SetNumber(cents float64) { x.c.Residual = &Residual{Cents: cents} }

func (c *Lease) newPurchase() []field.Field {
	if c.Purchase == nil {
		c.Purchase = &Purchase{}
	}
	x := c.Purchase
	return []field.Field{
		{Name: "price", Kind: field.Money, Min: field.At(0), Into: &x.Cents, Doc: "for this price"},
		{Name: "fair", Kind: field.Rate, Min: field.At(0), Max: field.At(10), Into: &x.Fair, Doc: "for this share of what it is worth then"},
	}
}

// Explain says the clause in English.
func (c *Lease) Explain(in *Setting) string {
	from, to := in.Name(c.head.From), in.Name(c.head.To)
	what := ""
	if c.PowerGW != nil {
		what = fmt.Sprintf(" of %s GW", gigawatts(*c.PowerGW))
	}
	per := "a month"
	if c.Per == "gw" {
		per = "for each gigawatt and month"
	}
	s := fmt.Sprintf("%s shall grant %s a lease%s for %s from %s, at a rent of %s %s", from, to, what, c.Term.Words(), c.starts(in.Grid), in.Money(c.RentCents), per)
	if c.Escalator != 0 {
		s += fmt.Sprintf(" that changes by %s a year", unit.FormatRate(c.Escalator))
	}
	s += c.Indexed.explain() + ", due whether what is let is used or not"
	switch {
	case c.head.From != in.Supplier || !in.promisesCapacity():
	case c.Abatement == "pro_rata":
		s += ", but for what is not delivered"
	default:
		s += ", and whatever is delivered"
	}
	return s + "." + c.explainThing(in) + c.head.binding()
}

func (c *Lease) explainThing(in *Setting) string {
	from, to, s := in.Name(c.head.From), in.Name(c.head.To), ""
	if c.Deposit > 0 {
		s += fmt.Sprintf(" %s shall deposit %s, which it loses if it fails.", to, in.Money(c.Deposit))
	}
	if c.Eligible {
		s += " Rent counts toward commitments."
	}
	if c.UnitsPerGW != nil {
		s += fmt.Sprintf(" Each gigawatt gives %s %s units a month.", to, commas(unit.WriteNumber(*c.UnitsPerGW)))
	}
	if c.Outlay > 0 {
		s += fmt.Sprintf(" %s pays %s for what it lets.", from, in.Money(c.Outlay))
	}
	return s + c.LowersCost.explain() + c.explainEnd(in)
}

// explainEnd says what happens to the thing at the end.
func (c *Lease) explainEnd(in *Setting) string {
	s, to := "", in.Name(c.head.To)
	if c.Residual != nil {
		s = fmt.Sprintf(" At the end what is let is taken to be worth %s%s", in.Money(c.Residual.Cents), c.Residual.Indexed.explain())
	}
	switch x := c.Purchase; {
	case x != nil && x.Cents != nil:
		s += fmt.Sprintf(", and %s may buy it for %s", to, in.Money(*x.Cents))
	case x != nil && x.Fair != nil:
		s += fmt.Sprintf(", and %s may buy it for %swhat it is worth then", to, part(*x.Fair))
	}
	if s == "" {
		return ""
	}
	return s + "."
}

// Without the clause nothing is let.
func (c *Lease) Without() Absence {
	return Absence{Says: "Nothing is let, and no rent is owed."}
}

// starts is the first day of the lease.
func (c *Lease) starts(grid *calendar.Grid) calendar.Date {
	if c.Starts.IsZero() {
		return grid.Start()
	}
	return c.Starts
}

// steps are the first and the last step of the lease, as far as the deal's term
// goes, and how many it has in all; the first is after the last where it has
// none.
func (c *Lease) steps(grid *calendar.Grid) (first, last, all int) {
	ends := c.starts(grid).Add(c.Term)
	for first < grid.Term() && grid.StepStart(first).Before(c.starts(grid)) {
		first++
	}
	for grid.Start().AddMonths((first + all) * grid.MonthsPerStep()).Before(ends) {
		all++
	}
	return first, min(first+all, grid.Term()) - 1, all
}
