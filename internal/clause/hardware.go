// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Hardware is machines that the customer pays for: it buys them and brings
// them into the supplier's halls, or pays the supplier for them in advance, and
// compute is cheaper for it. Oracle reported more than $29 billion of such
// contracts in its third fiscal quarter of 2026.
type Hardware struct {
	head        Head
	Upfront     float64 // cents paid at signing
	Parts       []Part
	PerGW       float64 // cents for each gigawatt as it is delivered
	How         string  // brought or prepaid
	LowersPrice float64 // share of the price, once all is paid
	LowersCost  *Borne
	Title       string  // buyer or supplier: whose the machines are at the end
	Residual    float64 // what they are worth at the end of the term, as a share of what was paid
}

// A Part is an amount on a date; the zero date is the signing.
type Part struct {
	At    calendar.Date
	Cents float64
}

// Borne is the share of the supplier's cost of a unit, as seen under each view
// of it, that somebody else bears.
type Borne struct{ Sunk, Scarce, Build float64 }

// NewHardware is an empty clause with its defaults.
func NewHardware() *Hardware {
	return &Hardware{head: Head{Binding: "firm"}, How: "brought", Title: "buyer"}
}

// Head is the clause's id and parties.
func (c *Hardware) Head() *Head { return &c.head }

// LastPaid is the last part, where no delivery sets the days.
func (c *Hardware) LastPaid() (calendar.Date, bool) {
	var days []calendar.Date
	for _, x := range c.parts() {
		days = append(days, x.At)
	}
	return latest(days...), c.PerGW == 0
}

// Kind is "hardware".
func (c *Hardware) Kind() string { return "hardware" }

// Fields is the table of what a file may say.
func (c *Hardware) Fields() []field.Field {
	return append(c.head.fields("the buyer", "the supplier"),
		field.Field{Name: "pays", Kind: field.Variant, Required: true, Fields: c.payments,
			Bare: &field.Field{Name: "pays", Kind: field.Money, Min: field.Beyond(0), Into: &c.Upfront},
			Doc:  "what the buyer pays; a bare amount is paid at signing"},
		field.Field{Name: "how", Kind: field.Choice, Choices: []string{"brought", "prepaid"}, Default: "brought", Into: &c.How,
			Doc: "brought: the buyer pays a vendor and brings the machines; prepaid: it pays the supplier, which buys them"},
		field.Field{Name: "lowers_price", Kind: field.Rate, Default: "0%", Min: field.At(0), Max: field.At(1), Into: &c.LowersPrice,
			Doc: "share of the price of every unit that is not charged, in proportion to what is paid"},
		field.Field{Name: "lowers_cost", Kind: field.Group, None: true, Default: "none", Fields: func() []field.Field { return bornes(&c.LowersCost) },
			Doc: "share of the supplier's cost of a unit, under each view of it, that it saves by what is brought"},
		field.Field{Name: "title", Kind: field.Choice, Choices: []string{"buyer", "supplier"}, Default: "buyer", Into: &c.Title,
			Doc: "whose the machines are at the end"},
		field.Field{Name: "residual", Kind: field.Rate, Default: "0%", Min: field.At(0), Max: field.At(1), Into: &c.Residual,
			Doc: "what they are worth at the end of the term, as a share of what was paid"},
	)
}

func (c *Hardware) payments() []field.Field {
	return []field.Field{
		{Name: "parts", Kind: field.List, One: true, Fields: c.newPart, Doc: "amounts at signing or on dates"},
		{Name: "per_gw", Kind: field.Money, Min: field.Beyond(0), Into: &c.PerGW, Doc: "for each gigawatt as it is first delivered"},
	}
}

func (c *Hardware) newPart() []field.Field {
	c.Parts = append(c.Parts, Part{})
	p := &c.Parts[len(c.Parts)-1]
	return []field.Field{
		{Name: "at", Kind: field.Date, Choices: []string{"signing"}, Default: "signing", Into: &p.At, Doc: "a date of the term, or signing"},
		{Name: "amount", Kind: field.Money, Required: true, Min: field.Beyond(0), Into: &p.Cents, Doc: "how much is paid"},
	}
}

// bornes opens the table of shares of cost.
func bornes(into **Borne) []field.Field {
	*into = &Borne{}
	x := *into
	share := func(name string, into *float64, doc string) field.Field {
		return field.Field{Name: name, Kind: field.Rate, Default: "0%", Min: field.At(0), Max: field.At(1), Into: into, Doc: doc}
	}
	return []field.Field{
		share("sunk", &x.Sunk, "of the running cost that could be avoided"),
		share("scarce", &x.Scarce, "of what a unit would fetch from somebody else"),
		share("build", &x.Build, "of the full capital and running cost"),
	}
}

// parts are the amounts on dates or at signing.
func (c *Hardware) parts() []Part {
	if c.Upfront > 0 {
		return []Part{{Cents: c.Upfront}}
	}
	return c.Parts
}

// Total is all that is paid on dates and at signing, in cents.
func (c *Hardware) Total() float64 {
	sum := 0.0
	for _, p := range c.parts() {
		sum += p.Cents
	}
	return sum
}

// Check reports cost that would be counted twice, power that nobody promises,
// and dates outside the term.
func (c *Hardware) Check(in *Setting, r field.Report) {
	c.head.between(in.Buyer, in.Supplier, in, r)
	c.head.checkForce(in, r)
	for i, p := range c.Parts {
		checkDateAt(p.At, fmt.Sprintf("pays.parts[%d].at", i), in, r)
	}
	if c.PerGW > 0 && !in.promisesCapacity() && len(in.Off) == 0 {
		r.Fault("HARDWARE-POWER", "pays.per_gw", "add a capacity clause, or state amounts and dates", "no clause delivers power, so nothing would be paid")
	}
	if c.How == "prepaid" && c.LowersCost != nil {
		r.Fault("HARDWARE-COST-TWICE", "lowers_cost", "leave this out, or write how: brought",
			"what is prepaid is the supplier's income and it still pays for the machines: to lower its cost too would count the amount twice")
	}
	if c.LowersPrice == 0 && c.LowersCost == nil && c.Title == "supplier" {
		r.Warn("HARDWARE-NOTHING", "lowers_price", "say by how much the price falls, or give the buyer title", "the buyer pays for machines, and has neither a lower price nor the machines for it")
	}
	if c.How == "prepaid" && c.Title == "supplier" && c.Residual > 0 {
		r.Warn("HARDWARE-RESIDUAL", "residual", "leave this out, or give the buyer title", "the machines are the supplier's all along: what they are worth at the end changes hands nowhere")
	}
	checkLowered(c, in, r)
}

// lowers is what a clause takes off the price, and off each view of the cost.
func lowers(c Clause) (price float64, cost Borne) {
	switch x := c.(type) {
	case *Hardware:
		if x.LowersCost != nil {
			cost = *x.LowersCost
		}
		return x.LowersPrice, cost
	case *Lease:
		if x.LowersCost != nil {
			cost = *x.LowersCost
		}
	}
	return 0, cost
}

// checkLowered reports a clause that, with those before it, takes more than all
// off the price or off a cost.
func checkLowered(c Clause, in *Setting, r field.Report) {
	price, cost := 0.0, Borne{}
	for _, x := range in.Clauses {
		p, q := lowers(x)
		price, cost.Sunk, cost.Scarce, cost.Build = price+p, cost.Sunk+q.Sunk, cost.Scarce+q.Scarce, cost.Build+q.Build
		if x.Head().ID == c.Head().ID {
			break
		}
	}
	p, q := lowers(c)
	for _, x := range []struct {
		at, what string
		own, sum float64
	}{{"lowers_price", "the price", p, price}, {"lowers_cost.sunk", "the running cost", q.Sunk, cost.Sunk},
		{"lowers_cost.scarce", "what others would pay", q.Scarce, cost.Scarce}, {"lowers_cost.build", "the full cost", q.Build, cost.Build}} {
		if x.own > 0 && x.sum > 1+1e-12 {
			r.Fault("LOWERED-OVER", x.at, "lower the shares to 100% together", "the clauses up to this one take %s off %s", unit.FormatRate(x.sum), x.what)
		}
	}
}

// Explain says the clause in English.
func (c *Hardware) Explain(in *Setting) string {
	lab, cloud := in.Name(c.head.From), in.Name(c.head.To)
	s := fmt.Sprintf("%s shall buy machines, for %s, and bring them to %s.", lab, c.explainPays(in), cloud)
	if c.How == "prepaid" {
		s = fmt.Sprintf("%s shall pay %s for machines in advance: %s.", lab, cloud, c.explainPays(in))
	}
	switch {
	case c.LowersPrice > 0 && c.PerGW > 0:
		s += fmt.Sprintf(" Once the first are paid, compute costs %s %s less.", lab, unit.FormatRate(c.LowersPrice))
	case c.LowersPrice > 0:
		s += fmt.Sprintf(" Once all is paid, compute costs %s %s less.", lab, unit.FormatRate(c.LowersPrice))
	}
	owner, worth := lab, ""
	if c.Title == "supplier" {
		owner = cloud
	}
	if c.Residual > 0 {
		worth = fmt.Sprintf(" and are worth %s of what was paid", unit.FormatRate(c.Residual))
	}
	return fmt.Sprintf("%s%s At the end the machines belong to %s%s.%s", s, c.LowersCost.explain(), owner, worth, c.head.binding())
}

// explain says what somebody else bears, in a sentence.
func (x *Borne) explain() string {
	if x == nil {
		return ""
	}
	var parts []string
	for _, of := range []struct {
		share float64
		what  string
	}{{x.Sunk, "its running cost"}, {x.Scarce, "what it would fetch from somebody else"}, {x.Build, "its full cost"}} {
		if of.share > 0 {
			parts = append(parts, unit.FormatRate(of.share)+" of "+of.what)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " A unit then costs less to supply, by " + enumerate(parts) + "."
}

func (c *Hardware) explainPays(in *Setting) string {
	if c.PerGW > 0 {
		return in.Money(c.PerGW) + " for each gigawatt as it is delivered"
	}
	var out []string
	for _, p := range c.parts() {
		when := "at signing"
		if !p.At.IsZero() {
			when = "on " + p.At.String()
		}
		out = append(out, in.Money(p.Cents)+" "+when)
	}
	return enumerate(out)
}

// Without the clause the supplier finds its own machines.
func (c *Hardware) Without() Absence {
	return Absence{Says: "The supplier finds its own machines, and the price stands as it is."}
}
