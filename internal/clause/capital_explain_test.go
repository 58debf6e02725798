// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"strings"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/unit"
)

// The English of shares, facilities and notes says each of their terms.
func TestExplainCapital(t *testing.T) {
	price, level, cents := 20.93, 60e9, 5e5
	equity := func(change func(*Equity)) Clause { e := testEquity(500000); change(e); return e }
	facility := func(change func(*Facility)) Clause { f := testFacility(3000000); change(f); return f }
	note := func(change func(*Note)) Clause { n := testNote("lent"); change(n); return n }
	for _, c := range []struct {
		clause Clause
		want   []string
	}{
		{equity(func(e *Equity) { e.At = []calendar.Date{{}, day("2027-05-01")} }), []string{"in 2 equal parts at signing and on 2027-05-01, at $50.0K before the round."}},
		{equity(func(e *Equity) { e.PreMoney, e.PerShare, e.Voting = unit.Amount{}, &price, "nonvoting" }), []string{"nonvoting preferred shares", "at $20.93 a share."}},
		{equity(func(e *Equity) { e.PreMoney, e.Within = unit.Amount{}, "lead" }), []string{"in the round and at the price of lead."}},
		{equity(func(e *Equity) { e.PreMoney, e.Cap = unit.Amount{}, 0.15 }), []string{"at the fair price of the day.", "no more than 15% of Lab; what would exceed this is not bought."}},
		{equity(func(e *Equity) { e.ProRata = &ProRata{Share: 0.5, UpTo: &cents} }), []string{"In later rounds of others it may buy 50% of what keeps its share, for up to $5.00K in all."}},
		{equity(func(e *Equity) { e.Preference = &Preference{Multiple: 1} }), []string{"Before others these shares get what was paid for them, unless they are worth more as converted."}},
		{equity(func(e *Equity) {
			e.Preference = &Preference{Multiple: 2, Participating: true, SeniorTo: []string{"seed"}, Until: "ipo"}
		}), []string{"2 times what was paid for them, and take part in the rest, ahead of seed; this ends with the ipo."}},

		{facility(func(f *Facility) {
			f.Opens = []Opening{{SpendCents: &cents, Cents: 1e5}, {Units: &price, Cents: 1e5}, {Event: "filing", By: day("2028-12-31"), Cents: 1e5}, {Index: "revenue", AtLeast: &level, Cents: 1e5},
				{Paid: "series", Cents: 1e5}, {Paid: "series", AtLeast: &price, Cents: 1e5}}
		}), []string{"$1.00K once spend reaches $5.00K", "once 20.9 units have been taken", "upon the filing (by 2028-12-31, else not at all)", "once revenue reaches 60.0B",
			"once money has come in under series", "once $20.9 has come in under series"}},
		{facility(func(f *Facility) { f.PerGW, f.ReducedBy = &PerGW{Cents: 1e5, From: 1, Upto: 10}, []string{"series"} }),
			[]string{"$1.00K with each whole GW of delivered power from number 1 to number 10. What is later paid in under series lowers the limit."}},
		{facility(func(f *Facility) { f.DrawnBy = "lender" }), []string{"Cloud may put into Lab, at its choice, $30.0K"}},
		{facility(func(f *Facility) { f.DrawnBy = "either" }), []string{"Lab may draw from Cloud, at the choice of either, $30.0K"}},
		{facility(func(f *Facility) {
			f.Notice, f.LeastCents, f.Use, f.FeeRate = calendar.Span{Days: 5}, 1e5, "invoices", 0.005
		}), []string{"A draw is called for 5 days before.", "A draw is at least $1.00K, or all that is open.", "used for invoices of Cloud alone.", "undrawn of the limit Lab pays a fee of 0.5% a year."}},
		{facility(func(f *Facility) { f.FeeRate, f.FeeOn, f.Worth = 0.005, "open", 0.9 }), []string{"undrawn of what has opened", "a convertible note, worth 90% of what is drawn."}},
		{facility(func(f *Facility) { f.Into, f.Then, f.Cap = "notes", &Security{"ipo", "common"}, 0.33 }),
			[]string{"Each draw is against the note notes, and from the ipo on against common shares at the fair price of the day.", "Cloud shall hold no more than 33% of Lab."}},
		{facility(func(f *Facility) { f.Security, f.Shares.PreMoney = "preferred", 5e6 }), []string{"preferred shares at $50.0K before the first of them."}},
		{facility(func(f *Facility) { f.Security, f.Shares.PerShare = "preferred", &price }), []string{"preferred shares at $20.93 a share."}},
		{facility(func(f *Facility) { f.Security, f.Shares.Discount = "preferred", 0.2 }), []string{"preferred shares at 20% below the fair price of the day."}},

		{note(func(n *Note) { n.Coupon, n.Interest, n.Matures = 0.05, "cash", day("2029-01-01") }), []string{"Cloud shall lend Lab $300.00, paid at signing, at 5% a year paid at the end of each month, due on 2029-01-01."}},
		{note(func(n *Note) { n.Principal.Value, n.Coupon = 0, 0.05 }), []string{"Lab owes Cloud what facilities draw into this note, at 5% a year added to what is owed."}},
		{note(func(n *Note) {
			n.Converts, n.Cap = &Conversion{On: "ipo", QualifiedCents: &cents, AtElection: true, AtMaturity: "converts", Discount: 0.2, PriceCap: &price, ValuationCents: &cents, Into: "common"}, 0.15
		}), []string{"free of interest.", "It converts into common shares upon the ipo; with a round of at least $5.00K; when the holder so elects; and when it matures,",
			"less 20%, but no more than $20.93 a share, but no more than a value of $5.00K over its shares.", "no more than 15% of Lab; the rest stays debt."}},
		{note(func(n *Note) { n.Converts = &Conversion{On: "ipo", PerShare: &price, Into: "preferred"} }), []string{"preferred shares upon the ipo, at $20.93 a share."}},
	} {
		in := batterySetting(calendar.Month)
		said := c.clause.Explain(in)
		for _, want := range c.want {
			if !strings.Contains(said, want) {
				t.Errorf("%s does not say %q: %s", c.clause.Kind(), want, said)
			}
		}
	}
}
