// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"strings"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/unit"
)

// wantAmong checks the first clause in a deal with the others.
func wantAmong(t *testing.T, name string, clauses []Clause, want ...string) {
	t.Helper()
	found, in := &reports{}, batterySetting(calendar.Month)
	in.Clauses = clauses
	clauses[0].Check(in, found)
	var got []string
	for _, s := range found.all {
		got = append(got, strings.SplitN(s, ":", 2)[0])
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: %q, want %q", name, got, want)
	}
}

func between[C Clause](c C, from, to string, change func(C)) C {
	*c.Head() = Head{ID: "x", From: from, To: to, Binding: "firm"}
	if change != nil {
		change(c)
	}
	return c
}

func TestDefaultChecks(t *testing.T) {
	half, most := 0.5, 1000.0
	line, spend, power := testFacility(1000), yearly(10, 4, nil), testCapacity(Generation{From: day("2027-01-01"), PowerGW: 1, UnitsPerGW: 1})
	failure := func(from, to string, change func(*Default)) Clause { return between(NewDefault(), from, to, change) }
	loan := between(NewLoan(), "cloud", "lab", func(l *Loan) { l.head.ID = "note" })
	wantAmong(t, "the buyer's", []Clause{failure("lab", "cloud", func(c *Default) {
		c.Acceleration, c.SetOff, c.Cross = &half, true, []CrossDefault{{line.head.ID, "stop"}, {"note", "due"}}
	}), line, loan})
	wantAmong(t, "the buyer's, assumed", []Clause{failure("lab", "cloud", func(c *Default) { c.Estate = "assume" })})
	hall := between(NewLease(), "bank", "lab", func(c *Lease) { c.head.ID = "hall" })
	wantAmong(t, "a tenant's", []Clause{failure("lab", "bank", func(c *Default) { c.Acceleration = &half }), hall})
	wantAmong(t, "the supplier's", []Clause{failure("cloud", "lab", func(c *Default) { c.Damages = &Damages{CapCents: &most} }), power})
	wantAmong(t, "a third party's", []Clause{failure("bank", "lab", func(c *Default) { c.Recovery[2] = &half })})
	wantAmong(t, "what follows from another's failure", []Clause{failure("cloud", "lab", func(c *Default) {
		c.Acceleration, c.Estate, c.Damages = &half, "assume", &Damages{}
	}), power}, "DEFAULT-WHOSE at acceleration", "DEFAULT-RUNS-ON at damages", "DEFAULT-RUNS-ON at acceleration")
	wantAmong(t, "what follows from the supplier's failure", []Clause{failure("lab", "cloud", func(c *Default) { c.StepIn, c.Damages = &StepIn{1}, &Damages{} }), power},
		"DEFAULT-WHOSE at step_in", "DEFAULT-WHOSE at damages", "DEFAULT-RUNS-ON at damages")
	wantAmong(t, "a contract that runs on in two ways", []Clause{failure("cloud", "lab", func(c *Default) { c.StepIn, c.Estate = &StepIn{1}, "assume" })}, "DEFAULT-RUNS-ON at step_in")
	wantAmong(t, "a third party that ends the contract", []Clause{failure("bank", "lab", func(c *Default) { c.Estate = "assume" })}, "DEFAULT-WHOSE at estate")
	wantAmong(t, "more than cross-default", []Clause{failure("lab", "cloud", func(c *Default) {
		c.Of, c.SetOff, c.Recovery[0], c.Cross = "bank", true, &half, []CrossDefault{{line.head.ID, "stop"}}
	}), line}, "DEFAULT-WHOSE at recovery", "DEFAULT-WHOSE at set_off")
	wantAmong(t, "damages for nothing", []Clause{failure("cloud", "lab", func(c *Default) { c.Damages = &Damages{} })}, "DAMAGES-NOTHING at damages")
	wantAmong(t, "cross-default to others", []Clause{failure("lab", "cloud", func(c *Default) {
		c.Cross = []CrossDefault{{line.head.ID, "due"}, {spend.head.ID, "stop"}, {"not-there", "due"}}
	}), line, spend}, "CROSS-DUE at cross[0].effect", "CROSS-NOTHING at cross[1].clause")
	first := failure("lab", "cloud", nil)
	again := failure("lab", "cloud", func(c *Default) { c.head.ID = "again" })
	found, in := &reports{}, batterySetting(calendar.Month)
	in.Clauses = []Clause{first, again}
	first.Check(in, found)
	again.Check(in, found)
	if want := "DEFAULT-TWICE at id"; len(found.faults) != 1 || !strings.HasPrefix(found.faults[0], want+": x says already") {
		t.Errorf("one failure in two clauses: %s, want %s", found.faults, want)
	}
}

func TestCollateralChecks(t *testing.T) {
	some, share := 1000.0, 0.1
	locked := func(change func(*Collateral)) Clause {
		return between(NewCollateral(), "lab", "cloud", func(c *Collateral) { c.Cents = &some; change(c) })
	}
	spend := yearly(10, 4, nil)
	wantAmong(t, "cash", []Clause{locked(func(c *Collateral) {
		c.Secures, c.At, c.Release = spend.head.ID, day("2027-06-01"), []Release{{day("2028-01-01"), 0.4}, {day("2029-01-01"), 0.6}}
	}), spend})
	wantAmong(t, "more set free than there is", []Clause{locked(func(c *Collateral) { c.Release = []Release{{day("2028-01-01"), 0.5}, {day("2029-01-01"), 0.6}} })}, "RELEASE-OVER at release")
	wantAmong(t, "a share of nothing", []Clause{locked(func(c *Collateral) { c.Cents, c.Share = nil, &share })}, "COLLATERAL-NOTHING at locked.share")
	wantAmong(t, "a share", []Clause{locked(func(c *Collateral) { c.Cents, c.Share = nil, &share }), spend})
	line := testFacility(1000)
	wantAmong(t, "what leaves nothing unpaid, too late", []Clause{locked(func(c *Collateral) { c.Secures, c.At = line.head.ID, day("2031-01-01") }), line},
		"DATE-OUTSIDE-TERM at at", "REF-KIND at secures")
}

func TestGuaranteeChecks(t *testing.T) {
	some, gw := 1000.0, 2.0
	spend, line, list := yearly(10, 4, nil), testFacility(1000), testPrice()
	loan := between(NewLoan(), "bank", "cloud", func(l *Loan) { l.head.ID = "note" })
	given := func(from, to string, change func(*Guarantee)) Clause {
		return between(NewGuarantee(), from, to, func(c *Guarantee) { c.Of = spend.head.ID; change(c) })
	}
	power := testCapacity(Generation{From: day("2027-01-01"), PowerGW: 4, UnitsPerGW: 1})
	wantAmong(t, "of a commitment", []Clause{given("bank", "cloud", func(c *Guarantee) {
		c.Cents, c.Assume, c.Fee, c.Starts.PowerGW = &some, "cheaper", &GuaranteeFee{PerYear: 0.01}, &gw
		c.Declines = []Decline{{day("2028-01-01"), 0.5}, {day("2029-01-01"), 0.2}}
	}), spend, power})
	wantAmong(t, "of a loan", []Clause{given("lab", "bank", func(c *Guarantee) { c.Of, c.Fee = "note", &GuaranteeFee{Cents: 1, By: "cloud"} }), loan})
	hall := between(NewLease(), "bank", "cloud", func(c *Lease) { c.head.ID = "hall" })
	wantAmong(t, "of a lease", []Clause{given("chips", "bank", func(c *Guarantee) { c.Of = "hall" }), hall})
	wantAmong(t, "of a tenant by itself", []Clause{given("cloud", "bank", func(c *Guarantee) { c.Of = "hall" }), hall}, "GUARANTEE-OWN at from")
	credits := testEquity(1000)
	credits.PaidIn = "credits"
	wantAmong(t, "of what the supplier owes", []Clause{given("bank", "lab", func(c *Guarantee) { c.Of = credits.head.ID }), credits})
	wantAmong(t, "of what is not there", []Clause{given("bank", "cloud", func(c *Guarantee) { c.Of, c.Assume = "gone", "always" })})
	wantAmong(t, "of a facility", []Clause{given("bank", "cloud", func(c *Guarantee) { c.Of = line.head.ID }), line}, "REF-KIND at of")
	wantAmong(t, "of its own debt", []Clause{given("lab", "cloud", func(c *Guarantee) { c.Fee = &GuaranteeFee{Cents: 1} }), spend}, "GUARANTEE-OWN at from", "PARTY-SAME at fee.by")
	wantAmong(t, "to somebody else", []Clause{given("bank", "lab", func(c *Guarantee) {}), spend}, "PARTY-ROLE at to")
	wantAmong(t, "for itself", []Clause{given("bank", "cloud", func(c *Guarantee) { c.For = c.head.ID }), spend}, "GUARANTEE-FOR at for")
	wantAmong(t, "for a fee of nothing", []Clause{given("bank", "cloud", func(c *Guarantee) { c.Fee = &GuaranteeFee{} }), spend}, "GUARANTEE-FEE at fee")
	wantAmong(t, "of a price, taken over", []Clause{given("bank", "cloud", func(c *Guarantee) { c.Of, c.Assume = list.head.ID, "always" }), list}, "GUARANTEE-ASSUME at assume")
	wantAmong(t, "without a cap", []Clause{given("bank", "cloud", func(c *Guarantee) {
		c.Declines, c.Fee = []Decline{{day("2029-01-01"), 0.5}, {day("2029-01-01"), 0.2}}, &GuaranteeFee{PerYear: 0.01}
	}), spend}, "DECLINE-ORDER at declines[1].at", "GUARANTEE-CAP at declines", "GUARANTEE-CAP at fee.per_year")
	wantAmong(t, "hollow for good", []Clause{given("bank", "cloud", func(c *Guarantee) { c.Starts.Event = "ipo" }), spend}, "EVENT-UNKNOWN at starts.event")
	wantAmong(t, "from power that nobody promises", []Clause{given("bank", "cloud", func(c *Guarantee) { c.Starts.PowerGW = &gw }), spend}, "POWER-NEVER at starts.gw")
}

func TestBackstopChecks(t *testing.T) {
	one := 1.0
	power := testCapacity(Generation{From: day("2027-01-01"), PowerGW: 4, UnitsPerGW: 1})
	buys := func(from, to string) Clause {
		return between(NewBackstop(), from, to, func(c *Backstop) { c.Price.Fixed = &one })
	}
	wantAmong(t, "a third party", []Clause{buys("bank", "cloud"), power})
	wantAmong(t, "the buyer", []Clause{buys("lab", "cloud"), power}, "BACKSTOP-BUYER at from")
	wantAmong(t, "from the buyer", []Clause{buys("bank", "lab"), power}, "PARTY-ROLE at to")
	wantAmong(t, "capacity that nobody promises", []Clause{buys("bank", "cloud")}, "BACKSTOP-NOTHING at price")
}

func TestLoanChecks(t *testing.T) {
	list, line := testPrice(), testFacility(1000)
	lent := func(from, to string, change func(*Loan)) Clause {
		return between(NewLoan(), from, to, func(c *Loan) { c.Principal = unit.Amount{Value: 4000}; change(c) })
	}
	wantAmong(t, "a loan", []Clause{lent("lab", "cloud", func(c *Loan) {
		c.At, c.Matures, c.Repay, c.Table = day("2027-06-10"), day("2040-01-01"), "table", []float64{1000, 1000, 1000, 1000}
	})})
	wantAmong(t, "repaid when paid out", []Clause{lent("lab", "cloud", func(c *Loan) { c.At, c.Matures = day("2027-06-10"), day("2027-06-20") })}, "LOAN-MATURES at matures")
	wantAmong(t, "repaid before the start", []Clause{lent("lab", "cloud", func(c *Loan) { c.Matures = day("2026-06-20") })}, "LOAN-MATURES at matures")
	wantAmong(t, "paid out after the term", []Clause{lent("lab", "cloud", func(c *Loan) { c.At = day("2031-01-01") })}, "DATE-OUTSIDE-TERM at at")
	wantAmong(t, "level and added", []Clause{lent("lab", "cloud", func(c *Loan) { c.Interest, c.Repay = "pik", "annuity" })}, "LOAN-PIK-LEVEL at interest")
	wantAmong(t, "a short table", []Clause{lent("lab", "cloud", func(c *Loan) { c.Table = []float64{1000, 3000} })}, "LOAN-TABLE at repay.table")
	wantAmong(t, "a table that repays less", []Clause{lent("lab", "cloud", func(c *Loan) { c.Table = []float64{1000, 1000, 1000, 0} })}, "LOAN-TABLE at repay.table")
	wantAmong(t, "for the bills of another", []Clause{lent("bank", "cloud", func(c *Loan) { c.OnlyFor = list.head.ID }), list}, "LOAN-ONLY-FOR at only_for")
	wantAmong(t, "for what is not billed", []Clause{lent("bank", "lab", func(c *Loan) { c.OnlyFor = line.head.ID }), line}, "REF-KIND at only_for")
	wantAmong(t, "early when it is over", []Clause{lent("bank", "lab", func(c *Loan) { c.Early = &EarlyRepayment{From: calendar.Span{Months: 48}} })}, "DATE-OUTSIDE-TERM at early.from")
	wantAmong(t, "subsidised by the lender", []Clause{lent("bank", "lab", func(c *Loan) { c.Subsidy = &Subsidy{By: "bank", Share: 0.1} })}, "PARTY-SAME at subsidy.by")
}

// Kinds that are listed by name are in the catalogue.
func TestListedKindsExist(t *testing.T) {
	for kind := range owing {
		if _, ok := Find(kind); !ok {
			t.Errorf("nothing is owed under %s: there is no such kind", kind)
		}
	}
	for kind := range billing {
		if _, ok := Find(kind); !ok {
			t.Errorf("nothing is billed under %s: there is no such kind", kind)
		}
	}
}
