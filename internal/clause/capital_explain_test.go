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
		{equity(func(e *Equity) { e.At = []calendar.Date{{}, day("2027-05-01")} }), []string{"in 2 equal parts at signing and on 2027-05-01, at a value of $50.0K before the round."}},
		{equity(func(e *Equity) { e.PreMoney, e.PerShare, e.Voting = unit.Amount{}, &price, "nonvoting" }), []string{"nonvoting preferred shares", "at $20.93 a share."}},
		{equity(func(e *Equity) { e.PreMoney, e.Within = unit.Amount{}, "lead" }), []string{"in the round and at the price of lead."}},
		{equity(func(e *Equity) { e.PreMoney, e.Cap = unit.Amount{}, 0.15 }), []string{"at the fair price of the day.", "no more than 15% of Lab; what would exceed this is not bought."}},
		{equity(func(e *Equity) { e.ProRata = &ProRata{Share: 0.5, UpTo: &cents} }), []string{"In later rounds of others Cloud may buy 50% of what keeps its share of Lab as it is, for up to $5.00K in all."}},
		{equity(func(e *Equity) { e.Preference = &Preference{Multiple: 1} }), []string{"These shares get back what was paid for them before the rest is shared out, unless they are worth more as converted."}},
		{equity(func(e *Equity) {
			e.Preference = &Preference{Multiple: 2, Participating: true, SeniorTo: []string{"seed"}, Until: "ipo"}
		}), []string{"2 times what was paid for them before the rest is shared out, ahead of those of seed, and take part in the rest too; this ends with the ipo."}},

		{facility(func(f *Facility) {
			f.Opens = []Opening{{SpendCents: &cents, Cents: 1e5}, {Units: &price, Cents: 1e5}, {Event: "filing", By: day("2028-12-31"), Cents: 1e5}, {Index: "revenue", AtLeast: &level, Cents: 1e5},
				{Paid: "series", Cents: 1e5}, {Paid: "series", AtLeast: &price, Cents: 1e5}}
		}), []string{"$1.00K once spend reaches $5.00K", "once 20.93 units have been taken in all", "upon the filing (by 2028-12-31, else not at all)", "once the index revenue reaches 60B",
			"once money has come in under series", "once $20.93 has come in under series"}},
		{facility(func(f *Facility) { f.PerGW, f.ReducedBy = &PerGW{Cents: 1e5, From: 1, Upto: 10}, []string{"series"} }),
			[]string{"$1.00K with each whole GW of delivered power, from the 1st to the 10th. What is paid in under series after the signing lowers the limit."}},
		{facility(func(f *Facility) { f.DrawnBy = "lender" }), []string{"Cloud may, at its choice, put into Lab $30.0K"}},
		{facility(func(f *Facility) { f.DrawnBy = "either" }), []string{"At the choice of either, Lab may draw from Cloud $30.0K"}},
		{facility(func(f *Facility) {
			f.Notice, f.LeastCents, f.Use, f.FeeRate = calendar.Span{Days: 5}, 1e5, "invoices", 0.005
		}), []string{"A draw is paid no earlier than 5 days after the call for it.", "A draw is at least $1.00K, or all that is open.", "used for invoices of Cloud alone.", "undrawn of the limit Lab pays a fee of 0.5% a year."}},
		{facility(func(f *Facility) { f.FeeRate, f.FeeOn, f.Worth = 0.005, "open", 0.9 }), []string{"undrawn of what has opened", "a convertible note for each draw, worth 90% of what is drawn."}},
		{facility(func(f *Facility) { f.Into, f.Then, f.Cap = "notes", &Security{"ipo", "common"}, 0.33 }),
			[]string{"Each draw is owed under the note notes; from the ipo on, Lab issues common shares for each draw, at the fair price of the day.", "A draw for shares is cut where Cloud would hold more than 33% of Lab."}},
		{facility(func(f *Facility) { f.Security, f.Shares.PreMoney = "preferred", 5e6 }), []string{"preferred shares for each draw, at a value of $50.0K for all its shares before the first such sale."}},
		{facility(func(f *Facility) { f.Security, f.Shares.PerShare = "preferred", &price }), []string{"preferred shares for each draw, at $20.93 a share."}},
		{facility(func(f *Facility) { f.Security, f.Shares.Discount = "preferred", 0.2 }), []string{"preferred shares for each draw, at 20% below the fair price of the day."}},

		{note(func(n *Note) { n.Coupon, n.Interest, n.Matures = 0.05, "cash", day("2029-01-01") }), []string{"Cloud shall lend Lab $300.00, paid at signing, with interest of 5% a year, paid at the end of each month, due on 2029-01-01."}},
		{note(func(n *Note) { n.Principal.Value, n.Coupon, n.Worth = 0, 0.05, 0.9 }), []string{"Lab owes Cloud what is drawn into this note, with interest of 5% a year, added to what is owed at the end of each month.",
			"What is still owed at the end of the term is taken to be worth 90% of its face."}},
		{note(func(n *Note) {
			n.Converts, n.Cap = &Conversion{On: "ipo", QualifiedCents: &cents, AtElection: true, AtMaturity: "converts", Discount: 0.2, PriceCap: &price, ValuationCents: &cents, Into: "common"}, 0.15
		}), []string{"free of interest.", "The note converts into common shares upon the ipo, with a round of at least $5.00K, when the holder so elects or when it matures, at the price of such a round, or without one the fair price of the day,",
			"less 20%, but no more than $20.93 a share, but no more than a value of $5.00K for all shares of Lab.", "What would give Cloud more than 15% of Lab stays debt."}},
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
