// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/unit"
)

// Each check of what capital may say finds its fault, at the place it is about,
// and nothing where there is none.
func TestCapitalChecks(t *testing.T) {
	nine, gw := 9.0, 2.0
	equity := func(change func(*Equity)) Clause { e := testEquity(1000); change(e); return e }
	facility := func(change func(*Facility)) Clause { f := testFacility(3000); change(f); return f }
	opens := func(o Opening) Clause {
		o.Cents = 3000
		return facility(func(f *Facility) { f.Opens = []Opening{o} })
	}
	note := func(change func(*Note)) Clause { n := testNote("lent"); change(n); return n }
	converts := func(change func(*Conversion)) Clause {
		return note(func(n *Note) {
			n.Converts = &Conversion{On: "something", AtMaturity: "repaid"}
			change(n.Converts)
		})
	}
	for _, c := range []struct {
		name   string
		clause Clause
		want   string // "CODE at path", or "" for nothing
	}{
		{"at the fair price", equity(func(e *Equity) { e.PreMoney = unit.Amount{} }), ""},
		{"by the share", equity(func(e *Equity) { e.PreMoney, e.PerShare = unit.Amount{}, &nine }), ""},
		{"two prices", equity(func(e *Equity) { e.PerShare = &nine }), "SHARE-PRICE-TWICE at price_per_share"},
		{"a round's price and another", equity(func(e *Equity) { e.Within = "shares" }), "SHARE-PRICE-TWICE at within"},
		{"in a round", equity(func(e *Equity) { e.PreMoney, e.Within = unit.Amount{}, "shares" }), ""},
		{"in a round led by none", equity(func(e *Equity) { e.PreMoney, e.Within = unit.Amount{}, "gone" }), ""},
		{"in a round with money of its own", equity(func(e *Equity) { e.PreMoney, e.Within, e.Round = unit.Amount{}, "shares", unit.Amount{Value: 5000} }), "ROUND-LEAD at round"},
		{"in the round of a follower", equity(func(e *Equity) { e.PreMoney, e.Within = unit.Amount{}, "follower" }), "ROUND-LEAD at within"},
		{"in its own round", equity(func(e *Equity) { e.PreMoney, e.Within = unit.Amount{}, "series" }), "REF-CIRCLE at within"},
		{"in the round of a loan", equity(func(e *Equity) { e.PreMoney, e.Within = unit.Amount{}, "debt" }), "REF-KIND at within"},
		{"three parts", equity(func(e *Equity) { e.At = days("2027-01-01", "2027-02-01", "2028-02-01") }), ""},
		{"parts out of order", equity(func(e *Equity) { e.At = days("2027-01-01", "2027-02-01", "2027-02-01") }), "DATES-ORDER at at[2]"},
		{"a part after the term", equity(func(e *Equity) { e.At = days("2027-01-01", "2031-01-01") }), "DATE-OUTSIDE-TERM at at[1]"},
		{"senior to another", equity(func(e *Equity) { e.Preference = &Preference{Multiple: 1, SeniorTo: []string{"shares"}} }), ""},
		{"senior to a loan", equity(func(e *Equity) { e.Preference = &Preference{Multiple: 1, SeniorTo: []string{"debt"}} }), "REF-KIND at preference.senior_to"},
		{"senior to itself", equity(func(e *Equity) { e.Preference = &Preference{Multiple: 1, SeniorTo: []string{"series"}} }), "REF-CIRCLE at preference.senior_to"},
		{"until the unknown", equity(func(e *Equity) { e.Preference = &Preference{Multiple: 1, Until: "sale"} }), "EVENT-UNKNOWN at preference.until"},

		{"opened by spend", opens(Opening{SpendCents: &nine}), ""},
		{"opened by units", opens(Opening{Units: &nine, By: day("2028-01-01")}), ""},
		{"opened by an event", opens(Opening{Event: "something"}), ""},
		{"opened by an unknown event", opens(Opening{Event: "sale"}), "EVENT-UNKNOWN at opens[0].event"},
		{"opened by an index", opens(Opening{Index: "something", AtLeast: &nine}), ""},
		{"opened by an unknown index", opens(Opening{Index: "sales", AtLeast: &nine}), "INDEX-UNKNOWN at opens[0].index"},
		{"opened by an index at no level", opens(Opening{Index: "something"}), "OPENS-LEVEL at opens[0].index"},
		{"opened by a level of nothing", opens(Opening{Units: &nine, AtLeast: &nine}), "OPENS-LEVEL at opens[0].at_least"},
		{"opened by money", opens(Opening{Paid: "shares", AtLeast: &nine}), ""},
		{"opened by a price", opens(Opening{Paid: "price"}), "REF-KIND at opens[0].paid"},
		{"opened by itself", opens(Opening{Paid: "line"}), "REF-KIND at opens[0].paid"},
		{"opened in two ways", opens(Opening{Units: &nine, PowerGW: &gw}), "OPENS-TWICE at opens[0].units"},
		{"opened at signing by a day", opens(Opening{By: day("2028-01-01")}), "OPENS-BY at opens[0].by"},
		{"opened before the signing", opens(Opening{Units: &nine, By: day("2026-01-01")}), "DATE-OUTSIDE-TERM at opens[0].by"},
		{"opened by the gigawatt", facility(func(f *Facility) { f.PerGW = &PerGW{Cents: 1000, From: 2, Upto: 4} }), ""},
		{"opened by gigawatts that are not there", facility(func(f *Facility) { f.PerGW = &PerGW{Cents: 1000, From: 5, Upto: 7} }), "POWER-NEVER at per_gw.from"},
		{"opened by gigawatts the wrong way", facility(func(f *Facility) { f.PerGW = &PerGW{Cents: 1000, From: 2, Upto: 1} }), "PER-GW-ORDER at per_gw.upto"},
		{"opened by gigawatts beyond the limit", facility(func(f *Facility) { f.PerGW = &PerGW{Cents: 1000, From: 1, Upto: 4} }), "OPENS-OVER-LIMIT at per_gw"},
		{"lowered", facility(func(f *Facility) { f.ReducedBy = []string{"shares", "debt"} }), ""},
		{"lowered by a price", facility(func(f *Facility) { f.ReducedBy = []string{"shares", "price"} }), "REF-KIND at reduced_by[1]"},
		{"lowered by another's money", facility(func(f *Facility) { f.head.From, f.ReducedBy = "fund", []string{"shares"} }), "REDUCED-BY-OTHER at reduced_by"},
		{"a notice longer than the term", facility(func(f *Facility) { f.Notice = calendar.Span{Months: 48} }), "DATE-OUTSIDE-TERM at notice"},
		{"a notice", facility(func(f *Facility) { f.Notice = calendar.Span{Days: 5} }), ""},
		{"shares after an event", facility(func(f *Facility) { f.Then, f.Cap = &Security{"something", "common"}, 0.1 }), ""},
		{"the same after an event", facility(func(f *Facility) { f.Then = &Security{"something", "convertible note"} }), "SECURITY-SAME at then.security"},
		{"shares after an unknown event", facility(func(f *Facility) { f.Then = &Security{"sale", "common"} }), "EVENT-UNKNOWN at then.on"},
		{"a price of no shares", facility(func(f *Facility) { f.Shares.PerShare = &nine }), "SHARES-NONE at shares_at"},
		{"a cap on no shares", facility(func(f *Facility) { f.Cap = 0.1 }), "SHARES-NONE at cap"},
		{"into a note", facility(func(f *Facility) { f.Into = "debt" }), ""},
		{"into a note that is off", facility(func(f *Facility) { f.Into = "off" }), ""},
		{"into shares", facility(func(f *Facility) { f.Into = "shares" }), "REF-KIND at into"},
		{"into another's note", facility(func(f *Facility) { f.head.From, f.Into = "fund", "debt" }), "NOTE-PARTIES at into"},
		{"shares into a note", facility(func(f *Facility) { f.Security, f.Into = "common", "debt" }), "NOTE-NONE at into"},

		{"a note", note(func(*Note) {}), ""},
		{"a note of the supplier", note(func(n *Note) { n.head.From, n.head.To = "fund", "cloud" }), "PARTY-ROLE at to"},
		{"a note of nothing", note(func(n *Note) { n.Principal.Value = 0 }), "NOTE-EMPTY at id"},
		{"a note before the deal", note(func(n *Note) { n.At = days("2026-12-31") }), "DATE-OUTSIDE-TERM at at"},
		{"a note due before the term", note(func(n *Note) { n.Matures = day("2026-12-31") }), "DATE-OUTSIDE-TERM at matures"},
		{"a cap on a loan", note(func(n *Note) { n.Cap = 0.1 }), "SHARES-NONE at cap"},
		{"converts on an event", converts(func(*Conversion) {}), ""},
		{"converts on an unknown event", converts(func(x *Conversion) { x.On = "sale" }), "EVENT-UNKNOWN at conversion.on"},
		{"never converts", converts(func(x *Conversion) { x.On = "" }), "CONVERSION-NEVER at conversion"},
		{"converts at no maturity", converts(func(x *Conversion) { x.AtMaturity = "converts" }), "CONVERSION-NEVER at conversion.at_maturity"},
		{"a fixed price with a discount", converts(func(x *Conversion) { x.PerShare, x.Discount = &nine, 0.1 }), "SHARE-PRICE-TWICE at conversion.discount"},
		{"a fixed price with a cap", converts(func(x *Conversion) { x.PerShare, x.PriceCap = &nine, &nine }), "SHARE-PRICE-TWICE at conversion.price_cap"},
		{"a fixed price with a cap on value", converts(func(x *Conversion) { x.PerShare, x.ValuationCents = &nine, &nine }), "SHARE-PRICE-TWICE at conversion.valuation_cap"},
	} {
		in := batterySetting(calendar.Month)
		follower := testShares("follower")
		follower.PreMoney, follower.Within = unit.Amount{}, "shares"
		in.Clauses = []Clause{c.clause, testPrice(), testShares("shares"), follower, testNote("debt"),
			testCapacity(Generation{From: day("2027-01-01"), PowerGW: 4, UnitsPerGW: 1})}
		in.Off = []string{"off", "gone"}
		checkOne(t, c.name, c.clause, in, c.want)
	}
}
