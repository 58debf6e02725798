// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"

	"offtake/internal/contract"
	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// Resale is the buyer's right to sell on compute that it must pay for and does
// not need. Buyers of take-or-pay gas and of pipeline capacity commonly may;
// most cloud agreements forbid it, and so a minimum that is not needed is lost.
type Resale struct {
	head          Head
	Share         float64 // of capacity
	Haircut       float64 // off the market price
	SupplierShare float64 // of what a unit fetches above the deal's price
	netMonths     int     // of invoices for usage, among the deal's clauses
}

// NewResale is an empty clause with its defaults.
func NewResale() *Resale { return &Resale{head: Head{Binding: "firm"}, Share: 1} }

// Head is the clause's id and parties.
func (c *Resale) Head() *Head { return &c.head }

// Kind is "resale".
func (c *Resale) Kind() string { return "resale" }

// Fields is the table of what a file may say.
func (c *Resale) Fields() []field.Field {
	return append(append(c.head.fields("the supplier", "the buyer"), c.head.window()...),
		field.Field{Name: "share", Kind: field.Rate, Default: "100%", Min: field.Beyond(0), Max: field.At(1), Into: &c.Share,
			Doc: "how much of the capacity delivered in a step may be sold on"},
		field.Field{Name: "haircut", Kind: field.Rate, Default: "0%", Min: field.At(0), Max: field.At(1), Into: &c.Haircut,
			Doc: "what compute sold on fetches less than the market price"},
		field.Field{Name: "supplier_share", Kind: field.Rate, Default: "0%", Min: field.At(0), Max: field.At(1), Into: &c.SupplierShare,
			Doc: "the supplier's part of what a unit fetches above the deal's price"})
}

// Check reports a right to sell on nothing.
func (c *Resale) Check(in *Setting, r field.Report) {
	c.head.between(in.Supplier, in.Buyer, in, r)
	c.head.checkForce(in, r)
	if !in.promisesCapacity() && len(in.Off) == 0 {
		r.Fault("RESALE-NOTHING", "share", "add a capacity clause", "no clause promises capacity that could be sold on")
	}
}

// Explain says the clause in English.
func (c *Resale) Explain(in *Setting) string {
	buyer := in.Name(c.head.To)
	s := fmt.Sprintf("%s may sell on %sthe capacity that is delivered", buyer, part(c.Share))
	if c.Haircut > 0 {
		s += fmt.Sprintf(", which is taken to fetch %s less than the market price", unit.FormatRate(c.Haircut))
	} else {
		s += ", which is taken to fetch the market price"
	}
	if c.SupplierShare > 0 {
		s += fmt.Sprintf("; %s gets %s of what a unit fetches above the deal's price", in.Name(c.head.From), unit.FormatRate(c.SupplierShare))
	}
	return s + "." + c.head.binding()
}

// Without the clause what is not needed is lost.
func (c *Resale) Without() Absence {
	return Absence{Says: "Compute cannot be sold on: what the buyer must pay for and does not need is lost."}
}

// among is the clause as it stands among the others of a deal.
func (c *Resale) among(clauses []Clause) Clause {
	d := *c
	d.netMonths = netOf(clauses)
	return &d
}

// boundResale is the clause laid out.
type boundResale struct {
	c      *Resale
	gate   contract.Gate
	slot   contract.Slot
	sold   contract.Col // units of the step
	income contract.LineID
	share  contract.BillID
}

// Bind attaches the clause: Quote offers a share of capacity, Settle takes what
// is sold on beside what the buyer runs.
func (c *Resale) Bind(b *contract.Builder) {
	b.Own(contract.Resold, "resale")
	b.Own(contract.Proceeds, "resale")
	id, cash := c.head.ID, contract.Asset{Kind: contract.Cash}
	k := &boundResale{c: c, gate: c.head.gate(b), slot: b.Election(id+".resell", id, contract.ResellSlot), sold: b.Column(id + ".sold")}
	k.income = b.Line(contract.Line{From: contract.Outside, To: b.Buyer(), Asset: cash, Kind: "resale", Clause: id, Role: contract.Resale})
	k.share = b.Bill(contract.Line{From: b.Buyer(), To: b.Supplier(), Asset: cash, Kind: "resale_share", Clause: id, Role: contract.Use}, c.netMonths/b.Grid().MonthsPerStep())
	b.On(contract.Standing, id, func(m *contract.Month) {
		offer := m.Offer(k.slot)
		m.Force(k.gate, offer)
		vec.Mul(offer, offer, m.Q(contract.Capacity))
		vec.Scale(offer, offer, c.Share)
	})
	b.On(contract.Taking, id, k.take)
	b.On(contract.Reckoning, id, k.settle)
}

// take adds what is sold on to what is taken, as far as capacity is left.
func (k *boundResale) take(m *contract.Month) {
	sold, taken, capacity, chosen := m.Col(k.sold), m.Q(contract.Taken), m.Q(contract.Capacity), m.Chosen(k.slot)
	for i := range sold {
		sold[i] = min(chosen[i], max(0, capacity[i]-taken[i]))
	}
	vec.Accumulate(taken, sold)
	vec.Accumulate(m.Q(contract.Resold), sold)
}

// settle pays what units sold on fetch, and the supplier's part of it.
func (k *boundResale) settle(m *contract.Month) {
	income, share := m.Temp(), m.Temp()
	sold, market, price := m.Col(k.sold), m.Obs.Col[contract.Market], m.Q(contract.Price)
	for i := range sold {
		fetch := market[i] * (1 - k.c.Haircut)
		income[i] = sold[i] * fetch
		share[i] = sold[i] * (k.c.SupplierShare * max(0, fetch-price[i]))
	}
	m.Post(k.income, income)
	vec.Accumulate(m.Q(contract.Proceeds), income)
	m.Bill(k.share, share)
	m.Free(2)
}
