// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/field"
)

// A View is what a policy may look at in one step.
type View struct {
	Quote   *contract.Quote
	Obs     *contract.Obs
	StepEnd calendar.Date // the day after the step's last
	// ElsewhereLeft is, by lane, what is missing from the lab's minimums with
	// others in the running contract year, in units at the market price; nil
	// when there are none.
	ElsewhereLeft []float64
	// Dear is, by lane, in how many steps in a row, the running one included,
	// the price of the next unit has been above the market price; nil where
	// nobody counts.
	Dear []float64

	rest []float64 // scratch: need beyond the minimums
}

// CountDear goes on counting, for the running step, how long the price of the
// next unit has been above the market price.
func (v *View) CountDear(dear []float64) {
	price, market := v.Quote.Price, v.Obs.Col[contract.Market]
	for i := range dear {
		if price[i] > market[i] {
			dear[i]++
		} else {
			dear[i] = 0
		}
	}
	v.Dear = dear
}

// A Taker decides how many units are taken.
type Taker interface {
	// Name is the policy's name in the catalogue and in deal files.
	Name() string
	// Fields is the table of what a file may say.
	Fields() []field.Field
	// Explain says the policy in English, of a buyer of that name.
	Explain(buyer string) string
	// Take writes the units wanted, over the lanes. The contract clamps them.
	Take(v *View, units []float64)
}

// Policy is all that is decided by rule.
type Policy struct {
	Take  Taker
	Draw  Draw
	Leave Leave
	Repay Repay
	// Supplier is the supplier's rule for ending the agreement; the others are
	// the lab's.
	Supplier Dismiss
	Call     Call
	Resell   Resell
	// Charge is the supplier's rule for deficiencies that it may waive.
	Charge Charge
	// What holders of rights do that pay or not: of warrants, notes, rights to take
	// part in rounds and to lend, and tenants.
	Exercise Exercise
	Convert  Convert
	Join     Join
	Put      Put
	Buy      Buy
	// Extend is the rule of whoever may extend the term.
	Extend Extend
	Sell   Sell
}

// New is a policy with its defaults: all need is run here, and every facility
// is drawn as it opens, options are exercised when they are needed, what need
// not be run is sold on, every deficiency is charged, and rights that pay are used.
func New() *Policy {
	once := Once{Above: 1}
	return &Policy{Take: &Share{Of: 1}, Draw: Draw{Share: 1}, Call: Call{Above: 1}, Resell: Resell{Share: 1}, Charge: Charge{Share: 1},
		Exercise: Exercise{once}, Convert: Convert{once}, Join: Join{once}, Put: Put{once}, Buy: Buy{once}, Extend: Extend{whenever{Above: 1}}, Sell: Sell{whenever{Above: 1, Word: "never"}}}
}

// Fields is the table of what a file may say.
func (p *Policy) Fields() []field.Field {
	return []field.Field{
		{Name: "take", Kind: field.Variant, Default: "{share: 100%}", Fields: func() []field.Field { return takers(&p.Take) },
			Doc: "how need is routed between this provider and others"},
		{Name: "draw", Kind: field.Group, Default: "{share: 100%}", Fields: p.Draw.fields, Doc: "how facilities are drawn"},
		{Name: "leave", Kind: field.Group, Default: "never", Fields: p.Leave.fields,
			Bare: &field.Field{Name: "leave", Kind: field.Date, Choices: []string{"never"}, Into: &p.Leave.On},
			Doc:  "when the lab leaves, or gives notice, by a right that it has: a date (in the first step that ends after it and allows it), or what must come about"},
		{Name: "supplier_leaves", Kind: field.Date, Choices: []string{"never"}, Default: "never", Into: &p.Supplier.On,
			Doc: "when the supplier gives notice by a right that it has, in the first step that ends after the date and allows it"},
		{Name: "call", Kind: field.Group, Default: "{above: 100%}", Fields: p.Call.fields, Doc: "when options on more capacity are exercised"},
		{Name: "resell", Kind: field.Group, Default: "{share: 100%}", Fields: p.Resell.fields, Doc: "how much of what need not be run is sold on"},
		{Name: "repay", Kind: field.Group, Default: "{share: 0%}", Fields: p.Repay.fields, Doc: "how loans that may be repaid early are repaid"},
		{Name: "charge", Kind: field.Group, Default: "{share: 100%}", Fields: p.Charge.fields, Doc: "how much of a deficiency the provider charges where it may choose (charged: elected)"},
		p.Exercise.field("exercise", "when vested warrants are exercised: as soon as a share is worth more than the strike, more than that, or never before their end"),
		p.Convert.field("convert", "when a note that converts at its holder's election does (at_election)"),
		p.Join.field("join", "when an investor uses its right to take part in rounds of others (pro_rata)"),
		p.Put.field("put", "when a lender puts in money that it may put in (drawn_by)"),
		p.Buy.field("buy", "when a tenant buys what it leases (purchase)"),
		{Name: "extend", Kind: field.Group, Default: "{above: 100%}", Fields: p.Extend.fields,
			Bare: &field.Field{Name: "extend", Kind: field.Choice, Choices: []string{"never", "always"}, Into: &p.Extend.Word},
			Doc:  "when the term is extended by a right to extend it, in the steps in which notice may be given"},
		p.Sell.field(),
	}
}

// Slots are the kinds of what a contract lets its holders elect, by Slot.
type Slots []contract.SlotKind

// SlotsOf are those of a program.
func SlotsOf(p *contract.Program) Slots {
	var out Slots
	for i := range p.Slots() {
		out = append(out, p.SlotKind(contract.Slot(i)))
	}
	return out
}

// Elect writes the step's elections: units, and by kind what else there is to
// choose.
func (p *Policy) Elect(v *View, slots Slots, e *contract.Elections) {
	p.Take.Take(v, e.Units)
	for s, kind := range slots {
		col, offer := e.Slot[s], v.Quote.Offer[s]
		clear(col)
		switch kind {
		case contract.DrawSlot:
			p.Draw.elect(offer, col)
		case contract.LeaveSlot:
			p.Leave.elect(v, col)
		case contract.RepaySlot:
			p.Repay.elect(offer, col)
		case contract.DismissSlot:
			p.Supplier.elect(v, col)
		case contract.CallSlot:
			p.Call.elect(v, e.Units, col)
		case contract.ResellSlot:
			p.Resell.elect(v, slots, e, s)
		case contract.ExerciseSlot:
			p.Exercise.elect(v, v.Quote.Worth[s], offer, col)
		case contract.ConvertSlot:
			p.Convert.elect(v, v.Quote.Worth[s], offer, col)
		case contract.JoinSlot:
			p.Join.elect(v, v.Quote.Worth[s], offer, col)
		case contract.PutSlot:
			p.Put.elect(v, v.Quote.Worth[s], offer, col)
		case contract.BuySlot:
			p.Buy.elect(v, v.Quote.Worth[s], offer, col)
		case contract.ExtendSlot:
			p.Extend.elect(v, v.Quote.Worth[s], offer, col)
		case contract.SellSlot:
			p.Sell.elect(v, v.Quote.Worth[s], offer, col)
		case contract.ChargeSlot:
			p.Charge.elect(offer, col)
		}
	}
}

// wanted is what the lab wants to run in one lane, wherever: firm need, and
// flexible need where the marginal price is below its value. Below a minimum
// the marginal price is zero, because the unit is paid for either way; what is
// owed for it beside the price is added, but for what counts toward the
// minimum.
func wanted(v *View, i int) float64 {
	need, price := v.Obs.Col[contract.Need][i], v.Quote.Price[i]+at(v.Quote.PerUnit, i)
	if v.Quote.MinimumLeft[i] > 0 {
		price = at(v.Quote.PerUnit, i) - at(v.Quote.PerUnitEligible, i)
	}
	if price < v.Obs.Col[contract.FlexibleValue][i] {
		need += v.Obs.Col[contract.Flexible][i]
	}
	return need
}

// leased is how many units run on what is leased from others, at no further
// cost.
func leased(v *View, i int) float64 { return at(v.Quote.Leased, i) }

// at is a column in lane i; 0 where there is no such column.
func at(col []float64, i int) float64 {
	if i < len(col) {
		return col[i]
	}
	return 0
}
