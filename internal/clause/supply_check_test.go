// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"strings"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/unit"
)

// The clauses of supply and of its end, in a deal of four years with capacity,
// a price and a commitment.
func TestSupplyChecks(t *testing.T) {
	end := func(change func(*Termination)) Clause { return testTermination(change) }
	option := func(change func(*Option)) Clause {
		c := testOption()
		change(c)
		return c
	}
	act := func(change func(*Switching)) Clause {
		c := NewSwitching()
		c.head = Head{ID: "act", From: "cloud", To: "lab"}
		change(c)
		return c
	}
	resale := NewResale()
	resale.head = Head{ID: "sell", From: "cloud", To: "lab"}
	months := func(n int) calendar.Span { return calendar.Span{Months: n} }
	performing := plant()
	performing.Performance = &Performance{Promised: 1, Measured: "speed"}
	for _, c := range []struct {
		name   string
		clause Clause
		want   string
	}{
		{"performance nobody measures", performing, "INDEX-UNKNOWN at performance.measured"},
		{"resale", resale, ""},
		{"option", option(func(c *Option) { c.Raises = &Raise{Commitment: "around", Cents: 1} }), ""},
		{"an option on nothing in time", option(func(c *Option) { c.Generations[0].From = day("2031-01-01") }), "DATE-OUTSIDE-TERM at generations[0].from"},
		{"an option with notice beyond the term", option(func(c *Option) { c.Notice = months(48) }), "NOTICE-LATE at notice"},
		{"an option with notice up to the last month", option(func(c *Option) { c.Notice = months(47) }), ""},
		{"an option that may be called too late", option(func(c *Option) { c.Notice, c.head.Since = months(12), day("2030-01-01") }), "NOTICE-LATE at notice"},
		{"an option that raises a price", option(func(c *Option) { c.Raises = &Raise{Commitment: "price", Cents: 1} }), "REF-KIND at raises.commitment"},
		{"damages", testDamages(nil), ""},
		{"damages from the buyer", testDamages(func(c *DelayDamages) { c.head.From = "lab" }), "PARTY-ROLE at from"},
		{"damages up to a share of a price", testDamages(func(c *DelayDamages) { c.Cap = &DamagesCap{Kind: "share", Of: "price"} }), "REF-KIND at cap.share.of"},
		{"grace for good", testDamages(func(c *DelayDamages) { c.Grace = months(48) }), "GRACE-LONG at grace"},
		{"termination", end(func(c *Termination) { c.Survives = "around" }), ""},
		{"notice to the term's end", end(func(c *Termination) { c.After, c.Notice = months(36), months(12) }), ""},
		{"notice beyond it", end(func(c *Termination) { c.After, c.Notice = months(36), months(13) }), "NOTICE-LATE at notice"},
		{"notice after late delivery beyond it", end(func(c *Termination) { c.Ground, c.Below, c.Steps = "late_delivery", 0.9, 48 }), "NOTICE-LATE at notice"},
		{"no longer in force when it begins", end(func(c *Termination) { c.After, c.head.Until = months(12), day("2028-01-01") }), "WINDOW-EMPTY at why.convenience.after"},
		{"conduct that never happens", end(func(c *Termination) { c.Ground, c.Event = "conduct", "harm" }), "EVENT-UNKNOWN at why.conduct.event"},
		{"another owner that never comes", end(func(c *Termination) { c.Ground, c.Event = "change_of_control", "sale" }), "EVENT-UNKNOWN at why.change_of_control.event"},
		{"a price that survives", end(func(c *Termination) { c.Survives = "price" }), "REF-KIND at survives"},
		{"switching", act(func(c *Switching) {}), ""},
		{"long notice of switching", act(func(c *Switching) { c.Notice = calendar.Span{Days: 61} }), "SWITCHING-NOTICE at notice"},
		{"a long transition", act(func(c *Switching) { c.Transition = months(8) }), "SWITCHING-TRANSITION at transition"},
		{"switching when the term is over", act(func(c *Switching) { c.head.Since = day("2030-11-01") }), "NOTICE-LATE at notice"},
	} {
		in := batterySetting(calendar.Month)
		in.Clauses = []Clause{c.clause, testPrice(), testCommitment("around", 400), testCapacity(Generation{From: day("2027-01-01"), PowerGW: 4, UnitsPerGW: 1})}
		checkOne(t, c.name, c.clause, in, c.want)
	}
	none := batterySetting(calendar.Month)
	late := end(func(c *Termination) { c.Ground, c.Below, c.Steps = "late_delivery", 0.9, 2 })
	for _, x := range []struct {
		clause Clause
		want   string
	}{{resale, "RESALE-NOTHING at share"}, {testOption(), "OPTION-NOTHING at generations"}, {testDamages(nil), "DAMAGES-NOTHING at rate"}, {late, "LATE-NOTHING at why.late_delivery"}} {
		none.Off = nil
		checkOne(t, "without capacity", x.clause, none, x.want)
		none.Off = []string{"delivery"}
		checkOne(t, "with capacity switched off", x.clause, none, "")
	}
	// What an option may bring can open a facility.
	in, gw := batterySetting(calendar.Month), 1.5
	in.Clauses = []Clause{plant(), testOption()}
	checkOne(t, "power of an option", testFacility(100, Opening{PowerGW: &gw, Cents: 100}), in, "")
}

// The English of these clauses says each of their terms.
func TestSupplyExplained(t *testing.T) {
	performing, price := plant(), 0.9
	performing.Performance = &Performance{Promised: 1.3, Measured: "tokens-per-watt", Relief: "price"}
	byVolume := plant()
	byVolume.Performance = &Performance{Promised: 2, Measured: "performance", Relief: "volume"}
	resale := &Resale{head: Head{From: "cloud", To: "lab"}, Share: 0.5, Haircut: 0.12, SupplierShare: 0.25}
	option := testOption()
	option.Notice, option.Premium, option.Price, option.Raises = calendar.Span{Months: 6}, unit.Amount{Value: 5e9}, &price, &Raise{Commitment: "spend", Cents: 1e12}
	act := &Switching{head: Head{From: "cloud", To: "lab"}, Charge: 1e8, Penalty: &Fee{Kind: "declining", Cents: 1e9}}
	for _, c := range []struct {
		clause Clause
		want   []string
	}{
		{performing, []string{"The chips shall perform at no less than 1.3, as the index tokens-per-watt measures it; where they do less, the missing share of the price of what Lab takes is credited."}},
		{byVolume, []string{"the compute that is missing counts as not delivered."}},
		{resale, []string{"Lab may sell on 50% of the capacity that is delivered, which is taken to fetch 12% less than the market price; Cloud gets 25% of what a unit fetches above the deal's price."}},
		{&Resale{head: Head{From: "cloud", To: "lab"}, Share: 1}, []string{"Lab may sell on the capacity that is delivered, which is taken to fetch the market price."}},
		{option, []string{"Lab may call on Cloud for more capacity: 0.5 GW of next from 2027-02-01", "It runs from that date on, or from 6 months after the call if that is later.", "For this right Lab pays $50.0M at signing.",
			"A unit of it costs $0.90.", "The call adds $10.0B to the schedule of spend, in equal parts from then to the end of the term."}},
		{testDamages(nil), []string{"Cloud shall pay Lab, as liquidated damages, 20% of the price of each unit of compute that is promised and not delivered."}},
		{testDamages(func(c *DelayDamages) {
			c.Per, c.PerGW, c.Grace, c.As, c.Cap = "per_gw", 5e9, calendar.Span{Months: 2}, "credit", &DamagesCap{Kind: "amount", Cents: 1e10}
		}),
			[]string{"$50.0M a month for each gigawatt", "once delivery has been short for 2 months, up to $100M in all, as credit on later invoices."}},
		{testDamages(func(c *DelayDamages) { c.Cap = &DamagesCap{Kind: "share", Share: 0.1, Of: "spend"} }), []string{"up to 10% of the total of spend in all."}},
		{testTermination(nil), []string{"Either party may end the agreement without cause, at any time, at the end of any month, without a fee."}},
		{testTermination(func(c *Termination) {
			c.By, c.After, c.Notice, c.Share, c.Fee, c.Survives = "buyer", calendar.Span{Months: 3}, calendar.Span{Days: 90}, 0.5, &Fee{Kind: "share", Share: 0.2}, "fixed"
		}),
			[]string{"Lab may end 50% of the agreement without cause, from 3 months after the start, on 90 days' notice, for a fee of 20% of the minimums still to run.", "What is left of the minimums of fixed then falls due at once."}},
		{testTermination(func(c *Termination) {
			c.By, c.Ground, c.Event, c.Within, c.Fee = "supplier", "conduct", "harm", calendar.Span{Months: 6}, &Fee{Kind: "amount", Cents: 1e9}
		}),
			[]string{"Cloud may end the agreement for conduct, within 6 months after the harm", "for a fee of $10.0M."}},
		{testTermination(func(c *Termination) { c.Ground, c.Event = "change_of_control", "sale" }), []string{"on a change of control, once the sale has happened"}},
		{testTermination(func(c *Termination) { c.Ground, c.Below, c.Steps = "late_delivery", 0.9, 3 }),
			[]string{"where delivery has been below 90% of what is promised for 3 months in a row"}},
		{act, []string{"Lab may switch to another provider on 2 months' notice, with 1 month of transition. Switching costs $1.00M, and nothing from 2027-01-12 on.",
			"For ending the term early Lab pays $10.0M, less in proportion as the term passes.", "No other clause may hold Lab to longer notice."}},
		{&Switching{head: Head{From: "cloud", To: "lab"}}, []string{"Switching costs nothing."}},
	} {
		in := batterySetting(calendar.Month)
		got := c.clause.Explain(in)
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s\nlacks %q", got, want)
			}
		}
	}
}
