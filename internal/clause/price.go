// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// Price is what a unit of compute costs the buyer: the supplier's list price
// less a discount, a fixed price, or list less a discount that grows with the
// contract year's spend. Enterprise cloud agreements commonly give 5% to 23%
// off list by size of commitment; a fixed price over ten years of falling
// prices overpays by more than half (Edoli et al. 2013 treat the gas
// counterpart).
type Price struct {
	head        Head
	Discount    float64  // share of list
	Fixed       *float64 // currency units per unit of compute; nil when linked to list
	Tiers       []Tier
	Retroactive bool
	NetMonths   int
}

// A Tier is a discount from a level of the contract year's spend at list on.
type Tier struct {
	FromCents float64
	Discount  float64
}

// NewPrice is the provider's list price: the clause's defaults.
func NewPrice() *Price { return &Price{head: Head{Binding: "firm"}} }

// Head is the clause's id and parties.
func (c *Price) Head() *Head { return &c.head }

// Kind is "price".
func (c *Price) Kind() string { return "price" }

// Fields is the table of what a file may say.
func (c *Price) Fields() []field.Field {
	return append(c.head.fields("the supplier", "the buyer"),
		field.Field{Name: "discount", Kind: field.Rate, Default: "0%", Max: field.At(1), Min: field.Beyond(-1), Into: &c.Discount,
			Doc: "taken off the list price of the day; negative for a mark-up"},
		field.Field{Name: "fixed", Kind: field.Number, Unit: "currency per unit", Min: field.At(0), Into: c.fixed(),
			Doc: "one price for the whole term, whatever list does"},
		field.Field{Name: "tiers", Kind: field.List, Fields: c.newTier,
			Doc: "discounts off list that depend on the contract year's spend, measured at list"},
		field.Field{Name: "retroactive", Kind: field.Flag, Default: "false", Into: &c.Retroactive,
			Doc: "whether a tier, once reached, applies to the year's spend from the first unit (else only to what lies above it)"},
		field.Field{Name: "net", Kind: field.Count, Unit: "months", Default: "0", Min: field.At(0), Max: field.At(24), Into: &c.NetMonths,
			Doc: "how long after the month's end an invoice for usage falls due"},
	)
}

// fixed is the place of the fixed price; it stays nil until the file sets it.
func (c *Price) fixed() **float64 { return &c.Fixed }

func (c *Price) newTier() []field.Field {
	c.Tiers = append(c.Tiers, Tier{})
	t := &c.Tiers[len(c.Tiers)-1]
	return []field.Field{
		{Name: "from", Kind: field.Money, Unit: "currency per contract year", Required: true, Min: field.At(0), Into: &t.FromCents,
			Doc: "spend at list from which the discount applies"},
		{Name: "discount", Kind: field.Rate, Required: true, Min: field.At(0), Max: field.At(1), Into: &t.Discount,
			Doc: "taken off list"},
	}
}

// Check reports prices stated twice and tiers out of order.
func (c *Price) Check(in *Setting, r field.Report) {
	c.head.between(in.Supplier, in.Buyer, in, r)
	if c.Fixed != nil && c.Discount != 0 {
		r.Fault("PRICE-TWICE", "discount", "keep either fixed or discount", "the price is both fixed and a discount off list")
	}
	if len(c.Tiers) > 0 && (c.Fixed != nil || c.Discount != 0) {
		r.Fault("PRICE-TWICE", "tiers", "keep the tiers, or a single discount or fixed price", "the price has tiers and something else too")
	}
	if c.Retroactive && len(c.Tiers) == 0 {
		r.Fault("TIER-MISSING", "retroactive", "add tiers, or leave this out", "there are no tiers to apply from the first unit")
	}
	for i := 1; i < len(c.Tiers); i++ {
		if c.Tiers[i].FromCents <= c.Tiers[i-1].FromCents {
			r.Fault("TIER-ORDER", fmt.Sprintf("tiers[%d].from", i), "list tiers from the lowest spend to the highest", "this tier does not start above the one before it")
		}
	}
	checkNet(c.NetMonths, in, r)
}

// checkNet reports payment terms that are not whole steps of the grid.
func checkNet(months int, in *Setting, r field.Report) {
	if months%in.Grid.MonthsPerStep() != 0 {
		r.Fault("NET-STEP", "net", fmt.Sprintf("use a multiple of %d months, or step: month", in.Grid.MonthsPerStep()),
			"payment after %d months falls inside a step of the grid", months)
	}
}

// Explain says the clause in English.
func (c *Price) Explain(in *Setting) string {
	who := fmt.Sprintf("%s shall charge %s ", in.Name(c.head.From), in.Name(c.head.To))
	var s string
	switch {
	case c.Fixed != nil:
		s = fmt.Sprintf("a fixed price of %s per unit throughout the term", unit.FormatNumber(*c.Fixed))
	case len(c.Tiers) > 0:
		parts := make([]string, len(c.Tiers))
		for i, t := range c.Tiers {
			parts[i] = fmt.Sprintf("%s from %s", unit.FormatRate(t.Discount), in.Money(t.FromCents))
		}
		scope := "on the part of the spend above each level"
		if c.Retroactive {
			scope = "on the whole year's spend once the level is reached"
		}
		s = fmt.Sprintf("its list price of the day less a discount by the contract year's spend at list: %s, %s", enumerate(parts), scope)
	case c.Discount == 0:
		s = "its list price of the day"
	case c.Discount < 0:
		s = fmt.Sprintf("its list price of the day plus %s", unit.FormatRate(-c.Discount))
	default:
		s = fmt.Sprintf("its list price of the day less %s", unit.FormatRate(c.Discount))
	}
	return who + s + ", " + in.dueSentence(c.NetMonths) + "." + c.head.binding()
}

func (in *Setting) dueSentence(months int) string {
	if months == 0 {
		return fmt.Sprintf("payable at the end of the %s of use", in.Grid.Step())
	}
	return fmt.Sprintf("payable %s after the end of the %s of use", plural(months, "month"), in.Grid.Step())
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// Without the clause the list price of the day applies.
func (c *Price) Without() Absence {
	list := NewPrice()
	list.head = Head{ID: c.head.ID, From: c.head.From, To: c.head.To, Binding: "firm"}
	list.NetMonths = c.NetMonths
	return Absence{Instead: []Clause{list}, Says: "The supplier's list price of the day applies, on the same payment terms."}
}

// Bind attaches the clause: in Quote it sets the price of the next unit, in
// Settle it bills what was taken, at list and less the discount.
func (c *Price) Bind(b *contract.Builder) {
	for _, q := range []contract.Quantity{contract.Price, contract.Spend, contract.Eligible} {
		b.Own(q, "price")
	}
	id, cash := c.head.ID, contract.Asset{Kind: contract.Cash}
	net := c.NetMonths / b.Grid().MonthsPerStep()
	b.PayUsage(net)
	usage := b.Bill(contract.Line{From: b.Buyer(), To: b.Supplier(), Asset: cash, Kind: "usage", Clause: id, Role: contract.Use}, net)
	if c.Fixed != nil {
		c.bindFixed(b, usage)
		return
	}
	discount := b.Bill(contract.Line{From: b.Supplier(), To: b.Buyer(), Asset: cash, Kind: "discount", Clause: id, Role: contract.Use}, net)
	if len(c.Tiers) > 0 {
		c.bindTiers(b, usage, discount)
		return
	}
	b.On(contract.Pricing, id, func(m *contract.Month) {
		vec.Scale(m.Q(contract.Price), m.Obs.Col[contract.List], 1-c.Discount)
	})
	b.On(contract.Billing, id, func(m *contract.Month) {
		list, off := m.Temp(), m.Temp()
		vec.Mul(list, m.Q(contract.Taken), m.Obs.Col[contract.List])
		m.Bill(usage, list)
		vec.Scale(off, list, c.Discount)
		m.Bill(discount, off)
		spent(m, list, off)
		m.Free(2)
	})
}

// bindFixed bills at the fixed price.
func (c *Price) bindFixed(b *contract.Builder, usage contract.BillID) {
	cents := *c.Fixed * unit.MinorPerMajor
	b.On(contract.Pricing, c.head.ID, func(m *contract.Month) {
		vec.Fill(m.Q(contract.Price), cents)
	})
	b.On(contract.Billing, c.head.ID, func(m *contract.Month) {
		amount := m.Temp()
		vec.Scale(amount, m.Q(contract.Taken), cents)
		m.Bill(usage, amount)
		spent(m, amount, m.Zero())
		m.Free(1)
	})
}

// spent sets spend and eligible spend.
func spent(m *contract.Month, gross, off []float64) {
	vec.Sub(m.Q(contract.Spend), gross, off)
	vec.Accumulate(m.Q(contract.Eligible), m.Q(contract.Spend))
}
