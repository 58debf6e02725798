// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"strings"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/unit"
)

// The English of a clause says each of its terms.
func TestExplain(t *testing.T) {
	one, half := 1.0, 0.5
	capacity := testCapacity(Generation{Name: "Trainium3", From: day("2027-01-01"), PowerGW: 1.5, UnitsPerGW: 20, Refresh: calendar.Span{Months: 60}, Gain: 2},
		Generation{From: day("2028-01-01"), PowerGW: 1, UnitsPerGW: 30}, Generation{From: day("2029-01-01"), PowerGW: 1, UnitsPerGW: 40})
	price := func(change func(*Price)) Clause { p := testPrice(); change(p); return p }
	equity := func(change func(*Equity)) Clause { e := testEquity(500000); change(e); return e }
	facility := func(change func(*Facility)) Clause { f := testFacility(3000000); change(f); return f }
	spend := func(change func(*Commitment)) Clause { return yearly(2500, 4, change) }
	for _, c := range []struct {
		clause Clause
		want   []string
	}{
		{capacity, []string{"Cloud shall make available to Lab", "1.5 GW of Trainium3 from 2027-01-01 (20 units per GW and month, replaced every",
			"chips that yield 200% of that); 1 GW from 2028-01-01", "; and 1 GW from 2029-01-01", ": 3.5 GW in all"}},
		{price(func(p *Price) {}), []string{"Cloud shall charge Lab its list price of the day, payable at the end of the month of use."}},
		{price(func(p *Price) { p.Discount, p.NetMonths = 0.1, 2 }), []string{"less 10%", "payable 2 months after the end of the month of use"}},
		{price(func(p *Price) { p.Discount, p.NetMonths = -0.1, 1 }), []string{"plus 10%", "payable 1 month after"}},
		{price(func(p *Price) { p.Fixed = &one }), []string{"a fixed price of $1.00 per unit throughout the term"}},
		{price(func(p *Price) { p.Fixed, p.head.Until = ptr(0.8125), day("2028-01-01") }), []string{"a fixed price of $0.8125 per unit, payable at the end of the month of use. This applies until 2028-01-01."}},
		{price(func(p *Price) { p.Fixed = ptr(0) }), []string{"Cloud shall charge Lab nothing throughout the term for what it takes."}},
		{price(func(p *Price) { p.Tiers = []Tier{{0, 0.05}, {100000, 0.1}} }), []string{"5% from $0 and 10% from $1.00K", "on the part of the spend above each level"}},
		{price(func(p *Price) {
			p.Fixed, p.Indexed = &one, &Indexation{Index: "cpi", Base: 100, Share: 0.5, Floor: ptr(0.9), Cap: ptr(1.2)}
			p.Intro = []Intro{{Until: day("2027-03-01"), Discount: ptr(0.3)}, {Until: day("2027-06-01"), Fixed: ptr(0.5)}}
		}), []string{"a price of $1.00 per unit, moved by 50% of the change of the index cpi from its base of 100, not below 90% and not above 120%, payable",
			"Until 2027-03-01 it shall charge its list price of the day less 30% instead. Then until 2027-06-01 it shall charge $0.50 per unit instead."}},
		{price(func(p *Price) {
			p.Fixed, p.Review = &one, &Review{Every: calendar.Span{Months: 12}, To: "market", Share: 0.95, Floor: ptr(0.9), Ratchet: "down"}
			p.Favoured, p.Rebase = &Favoured{Against: "market", Within: 0.05, Refund: "year_end"}, &Rebase{Keep: "discount"}
		}), []string{"Every year the price is set anew to 95% of the market price of the day, not below 90% of the price before, and never higher than it was.",
			"Where the list price is cut the price falls in proportion, and does not rise with list again.",
			"What is charged above the market price of the day plus 5% is refunded at the end of the contract year."}},
		{price(func(p *Price) {
			p.Discount, p.Rebase, p.Favoured = 0.2, &Rebase{Keep: "price"}, &Favoured{Against: "list", Within: -0.05, Refund: "at_once"}
			p.Review = &Review{Every: calendar.Span{Months: 24}, To: "index", Index: "rents", Share: 1, Ratchet: "up"}
		}), []string{"to what the index rents stands at, and never lower than it was.", "the discount shrinks, so that the price stays as it was, up to the list price.",
			"It shall never charge more than the list price of the day less 5%."}},
		{testCharge(func(c *Charge) {
			c.Per, c.Of, c.Amount, c.Contracted, c.Eligible = "gw", "used", ptr(1e7), ptr(2), true
			c.Minimum = &Demand{Share: 0.85, Ramp: []Rise{{day("2028-01-01"), 0.5}, {day("2029-01-01"), 0.6}}, Relief: "pro_rata"}
		}), []string{"Lab shall pay Cloud, beside the price, $10.0M a month for each gigawatt used, and for no less than 85% of the 2 GW contracted " +
			"(50% until 2028-01-01, 60% until 2029-01-01), less the share of what is promised that is not delivered. It counts toward commitments."}},
		{testCharge(func(c *Charge) {
			c.Per, c.Through = "unit", &Through{Index: "power-price", Quantity: 0.4, Share: 1.1, Cap: ptr(0.05)}
		}), []string{"110% of 0.4 times the index power-price (not above 0.05) for each unit taken."}},
		{testCharge(func(c *Charge) { c.Amount, c.Indexed = ptr(5), &Indexation{Index: "cpi", Base: 2, Share: 1} }),
			[]string{"$5.00 a month, moved in proportion to the index cpi from its base of 2."}},
		{testHardware(func(c *Hardware) { c.Upfront, c.LowersCost = 100000, &Borne{Scarce: 0.1, Build: 0.6} }),
			[]string{"Lab shall buy machines, for $1.00K at signing, and bring them to Cloud. Once all is paid, compute costs Lab 25% less. " +
				"A unit then costs less to supply, by 10% of what it would fetch from somebody else and 60% of its full cost. At the end the machines belong to Lab and are worth 10% of what was paid."}},
		{testHardware(func(c *Hardware) {
			c.Parts, c.How, c.Title, c.Residual, c.LowersPrice = []Part{{Cents: 100000}, {At: day("2028-01-01"), Cents: 200000}}, "prepaid", "supplier", 0, 0
		}), []string{"Lab shall pay Cloud for machines in advance: $1.00K at signing and $2.00K on 2028-01-01. At the end the machines belong to Cloud."}},
		{testHardware(func(c *Hardware) { c.PerGW = 100000 }), []string{"$1.00K for each gigawatt as it is delivered"}},
		{testLease("cloud", "lab", func(c *Lease) {
			c.RentCents, c.Escalator, c.Deposit, c.Eligible = 100000, 0.02, 200000, true
			c.Residual, c.Purchase = &Residual{Cents: 100000}, &Purchase{Cents: ptr(50000)}
		}), []string{"Cloud shall grant Lab a lease for 15 months from 2027-01-01, at a rent of $1.00K a month that changes by 2% a year, due whether what is let is used or not, but for what is not delivered. " +
			"Lab shall deposit $2.00K, which it loses if it fails. Rent counts toward commitments. At the end what is let is taken to be worth $1.00K, and Lab may buy it for $500."}},
		{testLease("cloud", "lab", func(c *Lease) { c.Abatement = "none" }), []string{"due whether what is let is used or not, and whatever is delivered."}},
		{chips(func(c *Lease) { c.head.From, c.Per, c.Purchase = "bank", "gw", &Purchase{Fair: ptr(0.9)} }),
			[]string{"shall grant Lab a lease of 2 GW for 4 months from 2027-01-01, at a rent of $10.00 for each gigawatt and month", "Each gigawatt gives Lab 10 units a month.",
				"pays $100.00 for what it lets.", "and Lab may buy it for 90% of what it is worth then."}},
		{price(func(p *Price) { p.Tiers, p.Retroactive = []Tier{{0, 0.05}}, true }), []string{"on the whole year's spend once the level is reached"}},
		{equity(func(e *Equity) {}), []string{"Cloud shall buy preferred shares of Lab for $5.00K, paid in cash at signing, at a value of $50.0K before the round."}},
		{equity(func(e *Equity) {
			e.PaidIn, e.At, e.Round = "credits", days("2028-02-10"), unit.Amount{Value: 900000, Bound: unit.About}
		}),
			[]string{"paid in credits against compute on 2028-02-10", ", as part of a round of about $9.00K."}},
		{facility(func(f *Facility) {}), []string{"Lab may, at its choice, draw from Cloud $30.0K, all of it from signing on.", "Lab gives a convertible note for each draw."}},
		{facility(func(f *Facility) {
			f.Opens, f.Expires = []Opening{{PowerGW: &half, Cents: 100000}, {At: day("2028-02-10"), Cents: 200000}, {Cents: 1}}, day("2030-01-01")
		}),
			[]string{"$1.00K once", "0.5 GW", "$2.00K on 2028-02-10", "$0.01 at signing", "lapses on 2030-01-01."}},
		{facility(func(f *Facility) { f.After, f.Of, f.Security = calendar.Span{Months: 30}, "ipo", "loan" }), []string{"30 months after", "ipo", "Each draw is a loan."}},
		{spend(nil), []string{"Lab shall spend $10.0K with Cloud over the term, in equal amounts.", "What is missing from the schedule is measured at the end of each contract year and charged in full",
			"the minimum is lowered by what the capacity delivered could not have absorbed."}},
		{spend(func(x *Commitment) {
			x.Total.Bound, x.Take, x.Deficiency, x.NetMonths, x.Relief = unit.AtLeast, 0.8, 0.5, 3, "none"
		}),
			[]string{"spend at least $10.0K", "missing from 80% of the schedule", "charged at 50% of its price, due 3 months later, whatever capacity is delivered."}},
		{spend(func(x *Commitment) { x.Relief, x.ReliefTo, x.Settle = "pro_rata", "schedule", "term" }),
			[]string{"once, at the end of the term", "the schedule is lowered by the share of promised capacity that is not delivered."}},
		{spend(func(x *Commitment) { x.Schedule = Schedule{Shape: "growth", PerYear: 0.35} }), []string{"each contract year 35% more than the year before"}},
		{spend(func(x *Commitment) { x.Schedule = Schedule{Shape: "logistic", Midpoint: 5, Width: 2} }), []string{"an S-curve with its middle 5 years after the start and a width of 2 years"}},
		{spend(func(x *Commitment) { x.Schedule = Schedule{Shape: "logistic", Midpoint: 2.5, Width: 1} }), []string{"its middle 2.50 years after the start and a width of 1 year."}},
		{spend(func(x *Commitment) { x.MakeUp = &MakeUp{Life: 3, In: "money", Expiry: "after_use", AtEnd: "lost"} }),
			[]string{"credited against later spend above the minimum, within 3 contract years, oldest first; what is left at the end is lost."}},
		{spend(func(x *Commitment) { x.MakeUp = &MakeUp{Life: 1, In: "money", Expiry: "before_use", AtEnd: "refunded"} }),
			[]string{"within 1 contract year and before the last of them", "is refunded."}},
		{spend(func(x *Commitment) {
			x.Deficiency, x.MakeUp = 0.75, &MakeUp{In: "units", Expiry: "after_use", TopUp: "unpaid", AtEnd: "lost"}
		}),
			[]string{"owed in units, to be taken above a later minimum on payment of the other 25% of their price, until the end of the term"}},
		{spend(func(x *Commitment) {
			x.Deficiency, x.MakeUp = 0.75, &MakeUp{In: "units", Expiry: "after_use", TopUp: "none", AtEnd: "lost"}
		}),
			[]string{"above a later minimum at no further payment"}},
		{spend(func(x *Commitment) { x.Carry = &CarryForward{Threshold: 1.1, Cap: 0.2} }), []string{"Spend above 110% of the schedule is carried forward", "up to 20% of the schedule a contract year."}},
		{spend(func(x *Commitment) { x.Carry = &CarryForward{Threshold: 1, Cap: -1} }), []string{"without limit."}},
		{spend(func(x *Commitment) { x.Period, x.Deferral = "quarter", &Deferral{Cap: 0.15, Periods: []int{1, 2}} }), []string{"each quarter", "Up to 15% of the schedule may be put off to the next quarter, in quarters 1 and 2."}},
		{spend(func(x *Commitment) { x.Deferral = &Deferral{Cap: 0.15} }), []string{"in any contract year but the last."}},
		{spend(func(x *Commitment) { x.Credit = &ShortfallCredit{Life: 2} }), []string{"becomes credit that pays invoices for 2 contract years."}},
		{spend(func(x *Commitment) { x.PayFor = "availability" }), []string{"Lab pays each month's share of this as far as capacity is made available, whether used or not."}},
		{spend(func(x *Commitment) { x.Within, x.Accelerates = "other", true }), []string{"counts toward other.", "On the default of Lab the minimums still to run fall due at face value."}},
		{spend(func(x *Commitment) { x.AfterOf, x.Exit = "other", &Exit{Fee: 0.25, From: calendar.Span{Months: 24}} }),
			[]string{"Only spend above the minimum of other counts.", "Lab may leave from 2 years after the start", "25% of the minimums still to run fall due."}},
		{spend(func(x *Commitment) { x.Exit, x.head.Binding = &Exit{}, "intent" }), []string{"may leave at any time", "and no fee falls due.", "This states an intention and binds nobody"}},
		{spend(func(x *Commitment) { x.head.Binding = "conditional" }), []string{"This binds on a condition"}},
	} {
		b := &trial{kind: Kind{Name: c.clause.Kind()}, j: t}
		in := batterySetting(calendar.Month)
		in.Clauses = []Clause{capacity, c.clause}
		said := c.clause.Explain(in)
		b.checkSentence("Explain", said)
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("%s does not say %q: %s", c.clause.Kind(), want, said)
			}
		}
	}
}

// A table read from a file is told as a table.
func TestExplainReadsTables(t *testing.T) {
	b := &trial{kind: Kind{"commitment", "", func() Clause { return NewCommitment() }}, j: t}
	in, c := b.deal(calendar.Month, []saying{{path: "schedule.table"}})
	if said := c.Explain(in); !strings.Contains(said, "over the term, in successive contract years 4 times $1.00K.") {
		t.Error(said)
	}
}
