// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// Backstop is a third party's promise to buy the capacity that the buyer does
// not take. Nvidia is obliged to purchase what CoreWeave leaves unsold through
// 13 April 2032, an order of $6.3 billion at first: a promise to buy and no
// guarantee of anybody's debt, which falls away when the operator fails.
type Backstop struct {
	head  Head
	Price BackstopPrice
	Total *float64 // cents
	Worth float64  // share of the market price
}

// BackstopPrice is what a unit costs under a backstop.
type BackstopPrice struct {
	Fixed        *float64 // currency per unit
	List, Market *float64 // share of the price of the day
}

// NewBackstop is an empty clause with its defaults.
func NewBackstop() *Backstop { return &Backstop{head: Head{Binding: "firm"}, Worth: 1} }

// Head is the clause's id and parties.
func (c *Backstop) Head() *Head { return &c.head }

// Kind is "backstop".
func (c *Backstop) Kind() string { return "backstop" }

// Fields is the table of what a file may say.
func (c *Backstop) Fields() []field.Field {
	return append(append(c.head.fields("who buys", "the supplier"), c.head.window()...),
		field.Field{Name: "price", Kind: field.Variant, Required: true, Fields: c.prices,
			Bare: &field.Field{Name: "price", Kind: field.Number, Unit: "currency per unit", Min: field.At(0), Into: &c.Price.Fixed},
			Doc:  "what it pays for a unit that the buyer leaves"},
		field.Field{Name: "total", Kind: field.Money, Default: "none", None: true, Min: field.Beyond(0), Into: &c.Total,
			Doc: "the most that it pays in all"},
		field.Field{Name: "worth", Kind: field.Rate, Default: "100%", Min: field.At(0), Max: field.At(10), Into: &c.Worth,
			Doc: "what a unit is worth to it, as a share of the market price"},
	)
}

func (c *Backstop) prices() []field.Field {
	return []field.Field{
		{Name: "fixed", Kind: field.Number, Unit: "currency per unit", Min: field.At(0), Into: &c.Price.Fixed, Doc: "one price for the whole term"},
		{Name: "list", Kind: field.Rate, Min: field.At(0), Max: field.At(10), Into: &c.Price.List, Doc: "a share of the list price of the day"},
		{Name: "market", Kind: field.Rate, Min: field.At(0), Max: field.At(10), Into: &c.Price.Market, Doc: "a share of the market price of the day"},
	}
}

// Check reports a backstop of nothing.
func (c *Backstop) Check(in *Setting, r field.Report) {
	c.head.parties(in, r)
	c.head.checkForce(in, r)
	if c.head.To != "" && c.head.To != in.Supplier {
		r.Fault("PARTY-ROLE", "to", "write "+in.Supplier, "%s does not supply the compute", in.Name(c.head.To))
	}
	if c.head.From != "" && c.head.From == in.Buyer {
		r.Fault("BACKSTOP-BUYER", "from", "name a third party, or write a commitment", "%s would buy what it does not take", in.Name(c.head.From))
	}
	if !in.promisesCapacity() && len(in.Off) == 0 {
		r.Fault("BACKSTOP-NOTHING", "price", "add a capacity clause", "no clause promises capacity, so none is left unsold")
	}
}

// Explain says the clause in English.
func (c *Backstop) Explain(in *Setting) string {
	price := ""
	switch p := c.Price; {
	case p.Fixed != nil:
		price = in.each(*p.Fixed) + " per unit"
	case p.List != nil:
		price = unit.FormatRate(*p.List) + " of the list price of the day"
	case p.Market != nil:
		price = unit.FormatRate(*p.Market) + " of the market price of the day"
	}
	s := fmt.Sprintf("%s shall buy at %s the capacity that %s delivers and nobody takes", in.Name(c.head.From), price, in.Name(c.head.To))
	if c.Total != nil {
		s += ", until it has paid " + in.Money(*c.Total)
	}
	s += fmt.Sprintf(". This ends if %s fails, and not if %s does.", in.Name(c.head.To), in.Name(in.Buyer))
	if c.Worth != 1 {
		s += fmt.Sprintf(" A unit is taken to be worth %s of the market price to %s.", unit.FormatRate(c.Worth), in.Name(c.head.From))
	}
	return s + c.head.binding()
}

// Without the clause nobody buys what is left.
func (c *Backstop) Without() Absence {
	return Absence{Says: "Nobody buys the capacity that the buyer leaves."}
}

// price writes what a unit costs in cents.
func (p *BackstopPrice) cents(m *contract.Month, out []float64) {
	switch {
	case p.Fixed != nil:
		vec.Fill(out, *p.Fixed*unit.MinorPerMajor)
	case p.List != nil:
		vec.Scale(out, m.Obs.Col[contract.List], *p.List)
	default:
		vec.Scale(out, m.Obs.Col[contract.Market], *p.Market)
	}
}

// Bind attaches the clause: in the Funding stage of each step of the term, what
// is delivered and nobody has taken is bought, while both parties are solvent.
func (c *Backstop) Bind(b *contract.Builder) {
	id := c.head.ID
	gate, paid, sale := c.head.gate(b), b.Column(id+".paid"), bindSale(b, &c.head, "backstop")
	watch(b, c.head.From)
	b.On(contract.Funding, id, func(m *contract.Month) {
		if m.T >= m.Grid().Term() || !m.Has(contract.Capacity) {
			return
		}
		units, price, cents := m.Temp(), m.Temp(), m.Temp()
		m.Force(gate, units)
		vec.Mul(units, units, m.Solvent(c.head.From))
		vec.Mul(units, units, m.Solvent(c.head.To))
		c.Price.cents(m, price)
		sum := m.Col(paid)
		for i, f := range units {
			left := max(0, m.Q(contract.Capacity)[i]-m.Q(contract.Taken)[i]-m.Q(contract.Supplied)[i])
			units[i] = f * left
			cents[i] = units[i] * price[i]
			if c.Total != nil && cents[i] > max(0, *c.Total-sum[i]) {
				cents[i] = max(0, *c.Total-sum[i])
				units[i] = cents[i] / price[i]
			}
		}
		sale.sell(m, units, cents, c.Worth)
		vec.Accumulate(sum, cents)
		m.Free(3)
	})
}

// A sale is compute that the supplier serves to a third party.
type sale struct{ pays, gets contract.LineID }

// bindSale adds the lines of a sale between a clause's parties. Several kinds
// of clause sell to third parties; the quantities are theirs together.
func bindSale(b *contract.Builder, head *Head, kind string) sale {
	b.Own(contract.Supplied, "sale")
	b.Own(contract.SuppliedWorth, "sale")
	return sale{
		pays: b.Line(contract.Line{From: head.From, To: b.Supplier(), Asset: contract.Asset{Kind: contract.Cash}, Kind: kind, Clause: head.ID, Role: contract.Instrument}),
		gets: b.Line(contract.Line{From: b.Supplier(), To: head.From, Asset: contract.Asset{Kind: contract.InKind, Of: head.ID}, Kind: kind + "_served", Clause: head.ID, Role: contract.Instrument}),
	}
}

// sell has the third party pay for units, which are worth so much of the market
// price to it. The cents are afterwards as paid; the units are used up.
func (s *sale) sell(m *contract.Month, units, cents []float64, worth float64) {
	vec.Accumulate(m.Q(contract.Supplied), units)
	m.Post(s.pays, cents)
	vec.Mul(units, units, m.Obs.Col[contract.Market])
	vec.Scale(units, units, worth)
	m.Post(s.gets, units)
	vec.Accumulate(m.Q(contract.SuppliedWorth), units)
}
