// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"strings"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/unit"
)

// The English of a commitment says what is particular to it.
func TestExplainCommitments(t *testing.T) {
	spend := func(change func(*Commitment)) Clause { return yearly(2500, 4, change) }
	for _, c := range []struct {
		clause Clause
		want   []string
	}{
		{spend(func(x *Commitment) { x.Starts, x.Ends = Moment{On: day("2028-01-01")}, after(24) }),
			[]string{"Lab shall spend $10.0K with Cloud for 2 years from 2028-01-01, in equal amounts."}},
		{spend(func(x *Commitment) { x.Starts = after(6) }), []string{"with Cloud from 6 months after the start of the deal to the end of the term, in equal amounts."}},
		{spend(func(x *Commitment) { x.Ends, x.Settle = Moment{On: day("2030-01-01")}, "term" }), []string{"with Cloud until 2030-01-01, in equal amounts.", "measured once, at the end of that time, and charged"}},
		{spend(func(x *Commitment) {
			x.Milestones = []Milestone{{day("2028-06-30"), 400000}, {day("2029-06-30"), 600000}}
			x.Credit = &ShortfallCredit{Life: 1}
		}), []string{"in turn, $4.00K by 2028-06-30 and $6.00K by 2029-06-30.", "measured at each of these dates", "pays invoices for 1 milestone."}},
		{spend(func(x *Commitment) { x.Ends, x.RunOn = after(36), calendar.Span{Months: 12} }), []string{"for 3 years from the start of the deal,", "at the end of each contract year (of the last one, 1 year after it) and charged"}},
		{spend(func(x *Commitment) { x.Starts, x.Ends = after(12), after(24) }), []string{"with Cloud for 2 years, beginning 1 year after the start of the deal, in"}},
		{spend(func(x *Commitment) { x.Starts, x.Ends = Moment{On: day("2028-01-01")}, Moment{On: day("2030-01-01")} }), []string{"from 2028-01-01 until 2030-01-01, in"}},
		{spend(func(x *Commitment) { x.Settle, x.RunOn = "term", calendar.Span{Months: 12} }), []string{"measured once, 1 year after the end of the term, and charged"}},
		{spend(func(x *Commitment) { x.PayFor = "availability" }), []string{"Lab pays each month's share of this, whether used or not."}},
		{spend(func(x *Commitment) { x.Period, x.Load = "hour", &Load{Swing: 0.3} }),
			[]string{"measured hour by hour", "settled at the end of each month; what one hour takes above it helps no other.", "spread evenly up to 30% either side of its mean."}},
		{spend(func(x *Commitment) { x.Total.Bound = unit.UpTo }), []string{"Lab shall spend up to $10.0K with", "charged in full. The amount is stated as the most that it may be; all of it is taken as promised."}},
		{spend(func(x *Commitment) { x.Charged = "elected" }), []string{"charged in full as far as Cloud elects to"}},
		{spend(func(x *Commitment) { x.Survives = true }), []string{"What is missing stays due, as it falls due, after Lab has left."}},
		{spend(func(x *Commitment) { x.AfterOf, x.Stacks = "other", "on_total" }), []string{"Nothing counts until all of other has been spent, or it is over."}},
		{spend(func(x *Commitment) {
			x.Counts = &Counts{Basis: "before_discount", Categories: []Category{{Name: "marketplace", Share: 0.2, Weight: 1, Cap: 0.25}, {Share: 0.1, Cap: -1}, {Share: 0.1, Weight: 0.5, Cap: -1}}, Prepayments: true}
		}), []string{"Usage counts before discounts.", "Usage of marketplace, taken to be 20% of the whole, counts in full, up to 25% of the period's schedule.",
			"Usage of a second kind, taken to be 10% of the whole, does not count.", "Usage of a third kind, taken to be 10% of the whole, counts at 50%.", "paid with credits given for shares does not count",
			"A prepayment counts when it is paid, and usage paid with it does not."}},
		{spend(func(x *Commitment) { x.Counts = &Counts{Credits: true} }), []string{"Usage paid with prepaid credit does not count."}},
		{spend(func(x *Commitment) { x.Counts = &Counts{Credits: true, Prepaid: true, Prepayments: true} }), []string{"beside the usage paid with it."}},
		{spend(func(x *Commitment) { x.head.Binding, x.head.If = "conditional", "ipo" }), []string{"This binds once the ipo has happened."}},
	} {
		b := &trial{kind: Kind{Name: c.clause.Kind()}, j: t}
		in := batterySetting(calendar.Month)
		in.Clauses = []Clause{c.clause}
		said := c.clause.Explain(in)
		b.checkSentence("Explain", said)
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("no %q in: %s", want, said)
			}
		}
	}
}
