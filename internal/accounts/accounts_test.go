// SPDX-License-Identifier: Apache-2.0

package accounts

import (
	"math"
	"strings"
	"testing"

	"offtake/internal/calendar"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) {
		t.Errorf("%s is %.12f, want %.12f", what, got, want)
	}
}

// tenYears is a commitment of 10 a year for ten years.
func tenYears() Schedule {
	s := Schedule{Edges: []calendar.Date{calendar.MustParseDate("2026-01-01")}}
	for y := range 10 {
		s.Edges, s.Cents = append(s.Edges, s.Edges[0].AddMonths(12*(y+1))), append(s.Cents, 10)
	}
	return s
}

// A cheque of 5 at a value of 380 before the round, where 350 is fair, buys 5/385 of 355:
// 4.610389610390 (worked by hand from these numbers). What it pays above that comes off
// 100 of revenue.
func TestAC1ContraRevenue(t *testing.T) {
	terms, s := NewTerms(), tenYears()
	fair := 5.0 / 385 * 355
	excess := terms.Contra(5, fair)
	near(t, "excess", excess, 0.389610389610390)
	near(t, "contra of a year", Spread(excess, s.Cents[0], s.Total()), 0.038961038961039)
	terms.FairValueEstimable = false
	near(t, "contra of a year without a fair value", Spread(terms.Contra(5, fair), s.Cents[0], s.Total()), 0.5)
	terms.FairValueEstimable, terms.Distinct = true, false
	near(t, "contra of shares that are not distinct", terms.Contra(5, fair), 5)
	terms.SingleObjective = false
	near(t, "contra of another bargain", terms.Contra(5, fair), 0)
	near(t, "contra of a cheap purchase", NewTerms().Contra(5, 6), 0)
}

// ASC 606-10-55-48: 10 prepaid, 9 expected to be used; after 3, 10 x 3/9.
func TestAC2Breakage(t *testing.T) {
	near(t, "revenue", Recognised(10, 3, 9), 10.0/3)
	near(t, "revenue at the end", Recognised(10, 9.5, 9), 10)
	near(t, "revenue of what nobody will use", Recognised(10, 0, 0), 0)
}

// The commitment of 100 at signing, less the excess of AC-1.
func TestAC3RemainingObligations(t *testing.T) {
	s := tenYears()
	net := s.Less(NewTerms().Contra(5, 5.0/385*355))
	signing := s.Edges[0]
	b := net.Remaining(signing)
	near(t, "remaining", b.Total(), 99.610389610389610)
	near(t, "within a year", b.Within, 9.961038961038961)
	near(t, "in the two years after", b.Next, 2*9.961038961038961)
	near(t, "at the next year's end", s.Remaining(signing.AddMonths(12)).Total(), 90)
	near(t, "after the end", s.Remaining(signing.AddMonths(120)).Total(), 0)
	if ends := s.YearEnds(signing); len(ends) != 9 || ends[0] != signing.AddMonths(12) {
		t.Errorf("year ends are %v", ends)
	}
	// Half of a year of 365 days and the rest: from the 183rd day on, 182/365 of 10.
	near(t, "part of a year", s.Between(signing.AddDays(183), signing.AddMonths(12)), 10*182.0/365)
}

// 10 a year in arrears over 10 years at 8%: 10 (1 - 1.08^-10) / 0.08.
func TestAC4Lease(t *testing.T) {
	var payments []Dated
	for y := range 10 {
		payments = append(payments, Dated{float64(y + 1), 10})
	}
	asset := 74.0
	x := TestLease(payments, 0.08, 10, 14, &asset)
	near(t, "present value", x.PresentValue, 67.1008139894)
	near(t, "share of the life", x.TermShare, 10.0/14)
	near(t, "share of the value", x.ValueShare, 67.1008139894/74)
	if !x.Finance {
		t.Error("90.7% of the value is no lease of finance")
	}
	asset = 75
	if x := TestLease(payments, 0.08, 10, 14, &asset); x.Finance {
		t.Error("71% of the life and 89.5% of the value is a lease of finance")
	}
	if x := TestLease(payments, 0.08, 12, 16, nil); !x.Finance || !math.IsNaN(x.ValueShare) {
		t.Error("75% of the life is no lease of finance, or a value is known that is not")
	}
}

// A stake of 13% and an unrealised margin of 2: 0.26 on what the buyer capitalises,
// nothing on what it consumes, nothing without influence.
func TestAC5Elimination(t *testing.T) {
	terms := NewTerms()
	terms.SignificantInfluence, terms.Capitalised = true, 1
	near(t, "on capitalised compute", terms.Eliminated(0.13, 2), 0.26)
	terms.Capitalised = 0
	near(t, "on consumed compute", terms.Eliminated(0.13, 2), 0)
	terms.Capitalised, terms.SignificantInfluence = 1, false
	near(t, "without influence", terms.Eliminated(0.13, 2), 0)
}

// 100 used two years after it was paid, at 10%: 21. What is used within a year bears
// none, the oldest is used first, and what is never used bears none.
func TestFinancing(t *testing.T) {
	interest, skipped := Financing([]Dated{{0, 100}}, []Dated{{2, 100}}, 0.1)
	near(t, "interest", interest, 21)
	near(t, "skipped", skipped, 0)
	interest, skipped = Financing([]Dated{{0, 100}, {1, 50}}, []Dated{{1, 60}, {3, 60}}, 0.1)
	// 40 of the first wait three years, 20 of the second two.
	near(t, "interest of two", interest, 40*0.331+20*0.21)
	near(t, "skipped of two", skipped, 60)
}

func TestPurchases(t *testing.T) {
	s := tenYears()
	years, later := s.Purchases(s.Edges[0])
	if len(years) != 5 {
		t.Fatalf("%d years", len(years))
	}
	near(t, "a year", years[4], 10)
	near(t, "later", later, 50)
}

func TestConcentration(t *testing.T) {
	if Concentration(1, nil) != nil {
		t.Error("a share of what is not known is known")
	}
	whole := 300.0
	near(t, "share", *Concentration(30, &whole), 0.1)
}

// Rules have what a reader needs, each id once, and come into force on their day.
func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if r.ID == "" || seen[r.ID] || r.Says == "" || r.Paragraph == "" && r.IFRS == "" || r.Effective.IsZero() {
			t.Errorf("%+v", r)
		}
		seen[r.ID] = true
		if r.URL != "" && (r.Verified == "" || !strings.HasPrefix(r.URL, "https://")) {
			t.Errorf("%s has the address %q of a text that nobody read", r.ID, r.URL)
		}
		if r.ID == "vesting-on-purchases" && (r.InForce(calendar.MustParseDate("2026-12-31")) || !r.InForce(calendar.MustParseDate("2027-01-01"))) {
			t.Error("ASU 2025-04 applies to years that begin after 15 December 2026")
		}
	}
}
