// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/unit"
)

// Each check finds its fault, at the place it is about, and nothing where
// there is none.
func TestChecks(t *testing.T) {
	start, after := day("2027-01-01"), day("2031-01-01") // the term ends the day before
	two, fixed := 2.0, 1.0
	capacity := func(g ...Generation) Clause { return testCapacity(g...) }
	capacityWith := func(change func(*Capacity)) Clause {
		c := testCapacity(Generation{From: start, PowerGW: 1, UnitsPerGW: 1})
		change(c)
		return c
	}
	price := func(change func(*Price)) Clause { p := testPrice(); change(p); return p }
	equity := func(change func(*Equity)) Clause { e := testEquity(1000); change(e); return e }
	facility := func(change func(*Facility)) Clause { f := testFacility(3000); change(f); return f }
	spend := func(change func(*Commitment)) Clause { return yearly(10, 4, change) }
	for _, c := range []struct {
		name   string
		clause Clause
		want   string // "CODE at path", or "" for nothing
	}{
		{"capacity", capacity(Generation{From: start, PowerGW: 1, UnitsPerGW: 1}), ""},
		{"capacity too late", capacity(Generation{From: start}, Generation{From: after}), "DATE-OUTSIDE-TERM at generations[1].from"},
		{"capacity in the last step", capacity(Generation{From: day("2030-12-02")}), "DATE-OUTSIDE-TERM at generations[0].from"},
		{"capacity from the last step on", capacity(Generation{From: day("2030-12-01")}), ""},
		{"capacity that doubles every day", capacity(Generation{From: start, PowerGW: 1, UnitsPerGW: 1, Refresh: calendar.Span{Days: 1}, Gain: 2}), "CAPACITY-BEYOND at generations[0]"},
		{"capacity never in force", capacityWith(func(c *Capacity) { c.head.Until = start }), "WINDOW-EMPTY at until"},
		{"capacity in force after the term", capacityWith(func(c *Capacity) { c.head.Since = after }), "DATE-OUTSIDE-TERM at since"},
		{"capacity on an unknown event", capacityWith(func(c *Capacity) { c.head.If = "ipo" }), "EVENT-UNKNOWN at binding.conditional"},
		{"price", price(func(p *Price) { p.Discount = 0.1 }), ""},
		{"price from the buyer", price(func(p *Price) { p.head.From = "lab" }), "PARTY-ROLE at from"},
		{"price to a third party", price(func(p *Price) { p.head.To = "bank" }), "PARTY-ROLE at to"},
		{"fixed and discount", price(func(p *Price) { p.Fixed, p.Discount = &fixed, 0.1 }), "PRICE-TWICE at discount"},
		{"tiers and fixed", price(func(p *Price) { p.Fixed, p.Tiers = &fixed, []Tier{{0, 0.1}} }), "PRICE-TWICE at tiers"},
		{"tiers and discount", price(func(p *Price) { p.Discount, p.Tiers = 0.1, []Tier{{0, 0.1}} }), "PRICE-TWICE at tiers"},
		{"retroactive alone", price(func(p *Price) { p.Retroactive = true }), "TIER-MISSING at retroactive"},
		{"tiers out of order", price(func(p *Price) { p.Tiers = []Tier{{0, 0.1}, {100, 0.2}, {100, 0.3}} }), "TIER-ORDER at tiers[2].from"},
		{"equity", equity(func(e *Equity) { e.At = days("2030-12-31") }), ""},
		{"equity after the term", equity(func(e *Equity) { e.At = []calendar.Date{after} }), "DATE-OUTSIDE-TERM at at"},
		{"equity before the term", equity(func(e *Equity) { e.At = days("2026-12-31") }), "DATE-OUTSIDE-TERM at at"},
		{"equity in itself", equity(func(e *Equity) { e.head.From = "lab" }), "PARTY-SAME at to"},
		{"equity in the supplier", equity(func(e *Equity) { e.head.From, e.head.To = "lab", "cloud" }), "PARTY-ROLE at to"},
		{"a round smaller than the cheque", equity(func(e *Equity) { e.Round = money(999) }), "ROUND-TOO-SMALL at round"},
		{"a round of the cheque alone", equity(func(e *Equity) { e.Round = money(1000) }), ""},
		{"another's credits", equity(func(e *Equity) { e.head.From, e.PaidIn = "bank", "credits" }), "CREDITS-NOT-SUPPLIER at paid_in"},
		{"another's cash", equity(func(e *Equity) { e.head.From = "bank" }), ""},
		{"facility", facility(func(f *Facility) { f.Opens = []Opening{{PowerGW: &two, Cents: 1000}, {Cents: 2000}} }), ""},
		{"facility to the supplier", facility(func(f *Facility) { f.head.From, f.head.To = "bank", "cloud" }), "PARTY-ROLE at to"},
		{"facility of one's own", facility(func(f *Facility) { f.head.From = "lab" }), "PARTY-SAME at to"},
		{"opened in two ways", facility(func(f *Facility) { f.Opens = []Opening{{PowerGW: &two, At: start, Cents: 3000}} }), "OPENS-TWICE at opens[0].at"},
		{"opened below the limit", facility(func(f *Facility) { f.Opens = []Opening{{Cents: 2999}} }), "OPENS-BELOW-LIMIT at opens"},
		{"opened beyond the limit", facility(func(f *Facility) { f.Opens = []Opening{{Cents: 3000}, {Cents: 1}} }), "OPENS-OVER-LIMIT at opens"},
		{"opened by power never there", facility(func(f *Facility) { x := 4.1; f.Opens = []Opening{{PowerGW: &x, Cents: 3000}} }), "POWER-NEVER at opens[0].gw"},
		{"lapses by days", facility(func(f *Facility) { f.After, f.Of = calendar.Span{Days: 90}, "ipo" }), "SPAN-MONTHS at expires.after"},
		{"commitment", spend(nil), ""},
		{"commitment of the supplier", spend(func(x *Commitment) { x.head.From = "cloud" }), "PARTY-ROLE at from"},
		{"no width", spend(func(x *Commitment) { x.Schedule = Schedule{Shape: "logistic", Midpoint: 1} }), "SCHEDULE-WIDTH at schedule.logistic.width"},
		{"three of four years", spend(func(x *Commitment) { x.Schedule.Table = []float64{1000, 1000, 2000} }), "SCHEDULE-LENGTH at schedule.table"},
		{"by the quarter", spend(func(x *Commitment) { x.Period, x.Schedule.Table = "quarter", steps(16, 250) }), ""},
		{"a cent missing", spend(func(x *Commitment) { x.Schedule.Table = []float64{1000, 1000, 1000, 999} }), "SCHEDULE-SUM at schedule.table"},
		{"threshold below take", spend(func(x *Commitment) { x.Take, x.Carry = 0.9, &CarryForward{Threshold: 0.8, Cap: -1} }), "THRESHOLD-BELOW-TAKE at carry_forward.threshold"},
		{"threshold at take", spend(func(x *Commitment) { x.Take, x.Carry = 0.9, &CarryForward{Threshold: 0.9, Cap: -1} }), ""},
		{"two remedies", spend(func(x *Commitment) { x.MakeUp, x.Credit = &MakeUp{}, &ShortfallCredit{Life: 1} }), "REMEDY-TWICE at deficiency_as"},
		{"make-up with no later period", spend(func(x *Commitment) { x.Period, x.MakeUp = "term", &MakeUp{} }), "REMEDY-NO-LATER at period"},
		{"carry-forward settled once", spend(func(x *Commitment) { x.Settle, x.Carry = "term", &CarryForward{Threshold: 1, Cap: -1} }), "REMEDY-NO-LATER at period"},
		{"deferral from the last period", spend(func(x *Commitment) { x.Deferral = &Deferral{Cap: 0.1, Periods: []int{3, 4}} }), "DEFERRAL-NO-NEXT at deferral.periods[1]"},
		{"within what is no commitment", spend(func(x *Commitment) { x.Within = "price" }), "REF-KIND at within"},
		{"after what is no commitment", spend(func(x *Commitment) { x.AfterOf = "price" }), "REF-KIND at after"},
		{"within what is off", spend(func(x *Commitment) { x.Within = "off" }), ""},
		{"within and after", spend(func(x *Commitment) { x.Within, x.AfterOf = "around", "around" }), "STACK-TWICE at after"},
		{"within itself", spend(func(x *Commitment) { x.Within = "spend" }), "REF-CIRCLE at within"},
		{"after itself", spend(func(x *Commitment) { x.AfterOf = "spend" }), "REF-CIRCLE at after"},
		{"the term within a year", spend(func(x *Commitment) { x.Period, x.Within = "term", "around" }), "NEST-PERIOD at period"},
		{"settled over the term within a year", spend(func(x *Commitment) { x.Period, x.Settle, x.Within = "month", "term", "around" }), "NEST-PERIOD at period"},
		{"a year within a quarter settled over the term", spend(func(x *Commitment) { x.Within = "at-the-end" }), ""},
		{"availability with a remedy", spend(func(x *Commitment) { x.PayFor, x.Deferral = "availability", &Deferral{Cap: 0.1} }), "AVAILABILITY-REMEDY at pay_for"},
		{"availability at half price", spend(func(x *Commitment) { x.PayFor, x.Deficiency = "availability", 0.5 }), "AVAILABILITY-REMEDY at pay_for"},
		{"leaving when it is over", spend(func(x *Commitment) { x.Exit = &Exit{From: calendar.Span{Months: 48}} }), "DATE-OUTSIDE-TERM at exit.from"},
		{"leaving on the last day", spend(func(x *Commitment) { x.Exit = &Exit{From: calendar.Span{Months: 47, Days: 27}} }), ""},
	} {
		in := batterySetting(calendar.Month)
		atTheEnd, around := testCommitment("at-the-end", 400), testCommitment("around", 400)
		atTheEnd.Period, atTheEnd.Settle = "quarter", "term"
		in.Clauses = []Clause{c.clause, testPrice(), around, atTheEnd, testCapacity(Generation{From: start, PowerGW: 4, UnitsPerGW: 1})}
		in.Off = []string{"off"}
		checkOne(t, c.name, c.clause, in, c.want)
	}
}

func money(cents float64) unit.Amount { return unit.Amount{Value: cents} }

func checkOne(t *testing.T, name string, c Clause, in *Setting, want string) {
	t.Helper()
	found := &reports{}
	c.Check(in, found)
	switch {
	case want == "" && len(found.all) > 0:
		t.Errorf("%s: found %q, and there is nothing", name, found.all)
	case want != "" && (len(found.all) != 1 || !strings.HasPrefix(found.all[0], want+": ")):
		t.Errorf("%s: found %q, want only %s", name, found.all, want)
	}
	for _, s := range found.all {
		if strings.Contains(s, "%!") || strings.Contains(s, "  ") || strings.Contains(s, "()") {
			t.Errorf("%s: %s", name, s)
		}
	}
}

// Checks that look at the grid, or at what is not there.
func TestChecksAround(t *testing.T) {
	circle := func() (*Commitment, *Setting) {
		one, other := yearly(10, 4, nil), testCommitment("other", 400)
		one.Within, other.Within = "other", "spend"
		in := batterySetting(calendar.Month)
		in.Clauses = []Clause{one, other}
		return one, in
	}
	one, in := circle()
	checkOne(t, "a circle of two", one, in, "REF-CIRCLE at within")

	first, second := yearly(10, 4, nil), testCommitment("second", 4000)
	both := batterySetting(calendar.Month)
	both.Clauses = []Clause{first, second}
	checkOne(t, "the earlier of two side by side", first, both, "")
	checkOne(t, "the later of two side by side", second, both, "COMMITMENTS-PARALLEL at id")
	second.AfterOf = "spend"
	checkOne(t, "one stacked on the other", second, both, "")

	quarter := batterySetting(calendar.Quarter)
	monthly := yearly(10, 4, func(x *Commitment) { x.Period = "month" })
	checkOne(t, "a month by the quarter", monthly, quarter, "PERIOD-STEP at period")
	net := testPrice()
	net.NetMonths = 4
	checkOne(t, "four months by the quarter", net, quarter, "NET-STEP at net")
	later := yearly(10, 4, func(x *Commitment) { x.NetMonths = 4 })
	checkOne(t, "a deficiency likewise", later, quarter, "NET-STEP at net")
	half := testFacility(100)
	half.After, half.Of = calendar.Span{Months: 7}, "ipo"
	checkOne(t, "seven months by the quarter", half, quarter, "SPAN-MONTHS at expires.after")

	gw := 1.0
	byPower, available := testFacility(100, Opening{PowerGW: &gw, Cents: 100}), yearly(10, 4, func(x *Commitment) { x.PayFor = "availability" })
	none := batterySetting(calendar.Month)
	checkOne(t, "no power", byPower, none, "POWER-NEVER at opens[0].gw")
	checkOne(t, "nothing available", available, none, "AVAILABILITY-NOTHING at pay_for")
	// With a clause switched off, what it gave is not missed.
	none.Off = []string{"delivery"}
	checkOne(t, "no power, switched off", byPower, none, "")
	checkOne(t, "nothing available, switched off", available, none, "")

	long := batterySetting(calendar.Year)
	g, err := calendar.NewGrid(day("2027-01-01"), day("2027-01-01"), calendar.Span{Months: 72}, calendar.Year, 0, calendar.Actual365)
	if err != nil {
		t.Fatal(err)
	}
	long.Grid = g
	same := Generation{From: g.Start(), PowerGW: 1, UnitsPerGW: 1}
	renewed := same
	renewed.Refresh = calendar.Span{Months: 60}
	checkOne(t, "one chip for six years", testCapacity(same), long, "CAPACITY-CONSTANT at generations")
	checkOne(t, "renewed", testCapacity(renewed), long, "")
	checkOne(t, "two chips", testCapacity(same, same), long, "")
}

// Every code in the clauses' source is in the tests of this package.
func TestChecksAreTested(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	tests := ""
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			tests += string(text)
		}
	}
	code := regexp.MustCompile(`r\.(?:Fault|Warn)\("([A-Z-]+)"`)
	var codes []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range code.FindAllStringSubmatch(string(text), -1) {
			if codes = append(codes, found[1]); !strings.Contains(tests, `"`+found[1]+" at ") {
				t.Errorf("%s is reported and not tested", found[1])
			}
		}
	}
	if slices.Sort(codes); len(slices.Compact(codes)) < 20 {
		t.Errorf("only %q were found", codes)
	}
}
