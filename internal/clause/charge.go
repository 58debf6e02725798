// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Charge is a fee that the buyer owes beside the price: so much a month, for
// power whether used or not, or for each unit, or a cost that is passed on. AEP
// Ohio's tariff for data centres is of this kind: demand is billed at no less
// than 85% of the contracted power, after a ramp of four years, and energy
// apart.
type Charge struct {
	head       Head
	Per        string // month, gw or unit
	Amount     *float64
	Indexed    *Indexation
	Through    *Through
	Of         string // delivered, contracted or used
	Contracted *float64
	Minimum    *Demand
	Eligible   bool
}

// Through is a cost that is passed on at what an index says it is.
type Through struct {
	Index    string
	Quantity float64
	Share    float64
	Floor    *float64 // currency units per unit of the index's quantity
	Cap      *float64
}

// Demand is the least power that is billed, as a share of what was contracted.
type Demand struct {
	Share  float64
	Ramp   []Rise
	Relief string // pro_rata or none
}

// A Rise is the share up to a date.
type Rise struct {
	Until calendar.Date
	Share float64
}

// NewCharge is an empty clause with its defaults.
func NewCharge() *Charge {
	return &Charge{head: Head{Binding: "firm"}, Per: "month", Of: "delivered"}
}

// Head is the clause's id and parties.
func (c *Charge) Head() *Head { return &c.head }

// Kind is "charge".
func (c *Charge) Kind() string { return "charge" }

// Fields is the table of what a file may say.
func (c *Charge) Fields() []field.Field {
	return append(append(c.head.fields("the buyer", "the supplier"), c.head.window()...),
		field.Field{Name: "per", Kind: field.Choice, Choices: []string{"month", "gw", "unit"}, Default: "month", Into: &c.Per,
			Doc: "what the amount is for: a month, a gigawatt and month, or a unit taken"},
		field.Field{Name: "rate", Kind: field.Variant, Required: true, Fields: c.rates,
			Bare: &field.Field{Name: "rate", Kind: field.Number, Unit: rateUnit, Min: field.At(0), Into: &c.Amount},
			Doc:  "what is owed for each; a bare number is fixed"},
		field.Field{Name: "of", Kind: field.Choice, Choices: []string{"delivered", "contracted", "used"}, Default: "delivered", Into: &c.Of,
			Doc: "for gw: the power that is billed"},
		field.Field{Name: "contracted", Kind: field.Number, Unit: "GW", Min: field.Beyond(0), Into: &c.Contracted,
			Doc: "for gw: power contracted, if it is not what capacity clauses promise"},
		field.Field{Name: "minimum", Kind: field.Group, None: true, Default: "none", Fields: c.newDemand,
			Doc: "for gw: the least power that is billed"},
		field.Field{Name: "eligible", Kind: field.Flag, Default: "false", Into: &c.Eligible,
			Doc: "whether what is billed counts toward commitments"},
	)
}

const rateUnit = "currency per month, per GW and month, or per unit"

func (c *Charge) rates() []field.Field {
	amount := field.Field{Name: "amount", Kind: field.Number, Unit: rateUnit, Required: true, Min: field.At(0), Into: &c.Amount, Doc: "what is owed where the index stands at its base"}
	return []field.Field{
		{Name: "fixed", Kind: field.Number, Unit: rateUnit, Min: field.At(0), Into: &c.Amount, Doc: "the same throughout"},
		{Name: "indexed", Kind: field.Group, Fields: func() []field.Field { return append([]field.Field{amount}, indexation(&c.Indexed)...) },
			Doc: "moved with an index"},
		{Name: "through", Kind: field.Group, Fields: c.newThrough, Doc: "a cost passed on, at what an index says it is"},
	}
}

func (c *Charge) newThrough() []field.Field {
	c.Through = &Through{Quantity: 1, Share: 1}
	x := c.Through
	return []field.Field{
		{Name: "index", Kind: field.Text, Required: true, Into: &x.Index, Doc: "name of an index of the world, in currency: a price of energy, say"},
		{Name: "quantity", Kind: field.Number, Unit: "of what the index prices", Default: "1", Min: field.Beyond(0), Into: &x.Quantity,
			Doc: "how much of it a unit, a month or a gigawatt and month takes: kilowatt hours per unit, say"},
		{Name: "share", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(10), Into: &x.Share, Doc: "share of the cost that is passed on; above 100% with a mark-up"},
		{Name: "floor", Kind: field.Number, Unit: "currency", Min: field.At(0), Into: &x.Floor, Doc: "the least that the index counts for"},
		{Name: "cap", Kind: field.Number, Unit: "currency", Min: field.At(0), Into: &x.Cap, Doc: "the most that the index counts for"},
	}
}

func (c *Charge) newDemand() []field.Field {
	c.Minimum = &Demand{Relief: "pro_rata"}
	x := c.Minimum
	return []field.Field{
		{Name: "share", Kind: field.Rate, Required: true, Min: field.Beyond(0), Max: field.At(1), Into: &x.Share, Doc: "of the power contracted"},
		{Name: "ramp", Kind: field.List, One: true, Fields: c.newRise, Doc: "other shares at the beginning, each up to a date"},
		{Name: "relief", Kind: field.Choice, Choices: []string{"pro_rata", "none"}, Default: "pro_rata", Into: &x.Relief,
			Doc: "whether the minimum falls with the share of the promised compute that is not delivered"},
	}
}

func (c *Charge) newRise() []field.Field {
	x := c.Minimum
	x.Ramp = append(x.Ramp, Rise{})
	r := &x.Ramp[len(x.Ramp)-1]
	return []field.Field{
		{Name: "until", Kind: field.Date, Required: true, Into: &r.Until, Doc: "the day on which it no longer applies; no step that begins on or after this date counts"},
		{Name: "share", Kind: field.Rate, Required: true, Min: field.At(0), Max: field.At(1), Into: &r.Share, Doc: "of the power contracted"},
	}
}

// Check reports power that nobody promises, and a ramp out of order.
func (c *Charge) Check(in *Setting, r field.Report) {
	c.head.between(in.Buyer, in.Supplier, in, r)
	c.head.checkForce(in, r)
	c.Indexed.check("rate.indexed", in, r)
	if c.Through != nil {
		in.knowsIndex(c.Through.Index, "rate.through.index", r)
		checkCollar(c.Through.Floor, c.Through.Cap, "rate.through", r)
	}
	if c.Per != "gw" {
		c.checkNoPower(r)
		return
	}
	if needs := c.Of != "contracted" || c.Contracted == nil; needs && !in.promisesCapacity() && len(in.Off) == 0 {
		r.Fault("CHARGE-POWER", "per", "add a capacity clause, or write of: contracted and how much is", "no clause promises power, so none is %s", c.Of)
	}
	c.checkRamp(in, r)
}

// checkNoPower reports what only a charge for power has.
func (c *Charge) checkNoPower(r field.Report) {
	for _, x := range []struct {
		at    string
		given bool
	}{{"of", c.Of != "delivered"}, {"contracted", c.Contracted != nil}, {"minimum", c.Minimum != nil}} {
		if x.given {
			r.Fault("CHARGE-BASIS", x.at, "write per: gw, or leave this out", "a charge per %s has no power to be billed", c.Per)
		}
	}
}

func (c *Charge) checkRamp(in *Setting, r field.Report) {
	if c.Minimum == nil {
		return
	}
	for i, x := range c.Minimum.Ramp {
		at := fmt.Sprintf("minimum.ramp[%d].until", i)
		if i > 0 && !x.Until.After(c.Minimum.Ramp[i-1].Until) {
			r.Fault("RAMP-ORDER", at, "list the shares in the order of their ends", "this share does not end after the one before it")
		}
		if !x.Until.After(in.Grid.Start()) || x.Until.After(in.Grid.End()) {
			r.Fault("DATE-OUTSIDE-TERM", at, fmt.Sprintf("the term runs from %s to %s", in.Grid.Start(), in.Grid.End()), "%s lies outside the term", x.Until)
		}
	}
}

// Explain says the clause in English.
func (c *Charge) Explain(in *Setting) string {
	s := fmt.Sprintf("%s shall pay %s, beside the price, %s%s", in.Name(c.head.From), in.Name(c.head.To), c.rate(in), c.basis())
	s += c.Indexed.explain()
	if c.Minimum != nil {
		s += c.Minimum.explain(c.Contracted)
	}
	s += "."
	if c.Eligible {
		s += " It counts toward commitments."
	}
	return s + c.head.binding()
}

func (c *Charge) rate(in *Setting) string {
	if x := c.Through; x != nil {
		of := ""
		if x.Share != 1 {
			of = unit.FormatRate(x.Share) + " of "
		}
		limits := strings.TrimPrefix(collar(x.Floor, x.Cap, unit.WriteNumber), ", ")
		if limits != "" {
			limits = " (" + limits + ")"
		}
		return fmt.Sprintf("%s%s times the index %s%s", of, unit.WriteNumber(x.Quantity), x.Index, limits)
	}
	if c.Amount == nil {
		return "nothing"
	}
	if *c.Amount < 1 {
		return in.each(*c.Amount)
	}
	return in.Money(*c.Amount * unit.MinorPerMajor)
}

func (c *Charge) basis() string {
	switch c.Per {
	case "unit":
		return " for each unit taken"
	case "gw":
		if c.Contracted != nil && c.Of == "contracted" {
			return fmt.Sprintf(" a month for each of the %s GW contracted", gigawatts(*c.Contracted))
		}
		return " a month for each gigawatt " + c.Of
	}
	return " a month"
}

func (x *Demand) explain(contracted *float64) string {
	of := "the power that is promised"
	if contracted != nil {
		of = fmt.Sprintf("the %s GW contracted", gigawatts(*contracted))
	}
	s := fmt.Sprintf(", and for no less than %s of %s", unit.FormatRate(x.Share), of)
	for i, r := range x.Ramp {
		join := " ("
		if i > 0 {
			join = ", "
		}
		s += fmt.Sprintf("%s%s until %s", join, unit.FormatRate(r.Share), r.Until)
	}
	if len(x.Ramp) > 0 {
		s += ")"
	}
	if x.Relief == "pro_rata" {
		s += ", less the share of what is promised that is not delivered"
	}
	return s
}

// Without the clause no such fee is owed.
func (c *Charge) Without() Absence {
	return Absence{Says: "No fee is owed beside the price."}
}
