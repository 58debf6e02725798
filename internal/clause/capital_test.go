// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/unit"
)

func testCapacity(generations ...Generation) *Capacity {
	c := NewCapacity()
	c.head = Head{ID: "delivery", From: "cloud", To: "lab"}
	for _, g := range generations {
		if g.Gain == 0 {
			g.Gain = 1
		}
		c.Generations = append(c.Generations, g)
	}
	return c
}

func day(s string) calendar.Date { return calendar.MustParseDate(s) }

// Two generations on a monthly grid: 2 GW x 10 units from the start, replaced
// every 6 months by chips that yield 1.5 times as much, and 1 GW x 30 from 15
// March, which counts from the step that begins on 1 April.
func TestCapacityByGeneration(t *testing.T) {
	c := testCapacity(
		Generation{From: day("2027-01-01"), PowerGW: 2, UnitsPerGW: 10, Refresh: calendar.Span{Months: 6}, Gain: 1.5},
		Generation{From: day("2027-03-15"), PowerGW: 1, UnitsPerGW: 30})
	// 20; from April 20 + 30 = 50; from July 20 x 1.5 + 30 = 60; from January 20 x 2.25 + 30 = 75.
	promised := []float64{20, 20, 20, 50, 50, 50, 60, 60, 60, 60, 60, 60, 75}
	delivery := []float64{1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0, 0, 0, 1}
	got := play{grid: testGrid(t, "13m", calendar.Month, 1), delivery: delivery, need: steps(14, 1000)}.through(t, c, testPrice())
	wantSteps(t, "promised", got.promise, promised...)
	wantSteps(t, "on offer", got.offered, 20, 20, 20, 25, 25, 25, 15, 15, 15, 0, 0, 0, 75)
	wantSteps(t, "power", got.power, 2, 2, 2, 1.5, 1.5, 1.5, 0.75, 0.75, 0.75, 0, 0, 0, 3)
	// Nobody takes more than is on offer, at 1 a unit.
	wantSteps(t, "usage", got.flows["price.usage"], 20, 20, 20, 25, 25, 25, 15, 15, 15, 0, 0, 0, 75)

	// By the quarter: 3 months each. April to June is the second step.
	got = play{grid: testGrid(t, "15m", calendar.Quarter, 0)}.through(t, c, testPrice())
	wantSteps(t, "promised by the quarter", got.promise, 60, 150, 180, 180, 225)
	// By the year: what begins in a year counts from the next: 20 x 12; then (20 x 2.25 + 30) x 12.
	got = play{grid: testGrid(t, "2y", calendar.Year, 0)}.through(t, c, testPrice())
	wantSteps(t, "promised by the year", got.promise, 240, 900)
}

// Refreshes are counted from the first date, not from the one before: from 31
// January by the month, the second falls on 31 March and not on the 28th.
func TestRefreshAtMonthsEnd(t *testing.T) {
	start := day("2027-01-30")
	dc, _ := calendar.ParseDayCount("30/360")
	g, err := calendar.NewGrid(start, start, calendar.Span{Months: 4}, calendar.Month, 0, dc)
	if err != nil {
		t.Fatal(err)
	}
	c := testCapacity(Generation{From: day("2026-12-31"), PowerGW: 1, UnitsPerGW: 1, Refresh: calendar.Span{Months: 1}, Gain: 2})
	// Refreshes: 31 January, 28 February, 31 March, 30 April. Steps begin on 30
	// January (none yet), 28 February (two), 30 March (two), 30 April (four).
	got := play{grid: g}.through(t, c, testPrice())
	wantSteps(t, "promised", got.promise, 1, 4, 4, 16)
}

func TestPriceOffList(t *testing.T) {
	g := testGrid(t, "2m", calendar.Month, 0)
	for _, c := range []struct {
		name            string
		set             func(*Price)
		price           []float64
		usage, discount []float64
	}{
		// List 2, then 3; 5 units, then 4.
		{"list", func(*Price) {}, []float64{2, 3}, []float64{10, 12}, nil},
		{"10% off", func(p *Price) { p.Discount = 0.1 }, []float64{1.8, 2.7}, []float64{10, 12}, []float64{1, 1.2}},
		{"20% on", func(p *Price) { p.Discount = -0.2 }, []float64{2.4, 3.6}, []float64{10, 12}, []float64{-2, -2.4}},
		{"all off", func(p *Price) { p.Discount = 1 }, []float64{0, 0}, []float64{10, 12}, []float64{10, 12}},
		{"fixed", func(p *Price) { x := 1.5; p.Fixed = &x }, []float64{1.5, 1.5}, []float64{7.5, 6}, nil},
	} {
		p := testPrice()
		c.set(p)
		got := play{grid: g, list: []float64{2, 3}, need: []float64{5, 4}}.through(t, p)
		wantSteps(t, c.name+": price", got.price, c.price...)
		wantSteps(t, c.name+": usage", got.flows["price.usage"], c.usage...)
		wantSteps(t, c.name+": discount", got.flows["price.discount"], c.discount...)
	}
}

func TestPriceTiers(t *testing.T) {
	g := testGrid(t, "2y", calendar.Quarter, 0)
	tiers := func(list ...Tier) *Price {
		p := testPrice()
		p.Tiers = list
		return p
	}
	two := []Tier{{0, 0.05}, {10000, 0.2}}
	for _, c := range []struct {
		name         string
		p            *Price
		retroactive  bool
		need         []float64
		price, given []float64
	}{
		// G is 60, 140, 150, 150 and, in the new year, 60.
		// Marginal: 60 x 5% = 3; 100 x 5% + 40 x 20% = 13, less 3; 10 x 20%; nothing; 3 again.
		// The next unit's price: 95% until G reaches 100, then 80%.
		{"marginal", tiers(two...), false, []float64{60, 80, 10, 0, 60}, []float64{0.95, 0.95, 0.8, 0.8, 0.95, 0.95, 0.95, 0.95}, []float64{3, 10, 2, 0, 3}},
		// Retroactive: 3; 140 x 20% - 3 = 25; 30 - 28 = 2; 0; 3.
		{"retroactive", tiers(two...), true, []float64{60, 80, 10, 0, 60}, []float64{0.95, 0.95, 0.8, 0.8, 0.95, 0.95, 0.95, 0.95}, []float64{3, 25, 2, 0, 3}},
		// Below the first tier nothing: G 30, 60, then 50 to 60 at 10%: 1.
		{"from 50", tiers(Tier{5000, 0.1}), false, []float64{30, 30, 0, 0, 40}, []float64{1, 1, 0.9, 0.9, 1, 1, 1, 1}, []float64{0, 1, 0, 0, 0}},
		// Exactly at a bound the tier is reached, with nothing in it yet when it is marginal.
		{"at the bound", tiers(two...), false, []float64{100, 1}, []float64{0.95, 0.8, 0.8, 0.8, 0.95, 0.95, 0.95, 0.95}, []float64{5, 0.2}},
		{"at the bound, retroactive", tiers(two...), true, []float64{100, 1}, []float64{0.95, 0.8, 0.8, 0.8, 0.95, 0.95, 0.95, 0.95}, []float64{20, 0.2}},
		// A smaller discount above: 60 x 20% = 12; 140 x 5% = 7, not below what was given; 260 x 5% = 13, less 12.
		{"falling", tiers(Tier{0, 0.2}, Tier{10000, 0.05}), true, []float64{60, 80, 120}, []float64{0.8, 0.8, 0.95, 0.95, 0.8, 0.8, 0.8, 0.8}, []float64{12, 0, 1}},
		// Three tiers crossed in one step: 100 x 0 + 100 x 10% + 50 x 30%.
		{"in one step", tiers(Tier{0, 0}, Tier{10000, 0.1}, Tier{20000, 0.3}), false, []float64{250}, []float64{1, 0.7, 0.7, 0.7, 1, 1, 1, 1}, []float64{25}},
	} {
		c.p.Retroactive = c.retroactive
		got := play{grid: g, need: c.need}.through(t, c.p)
		wantSteps(t, c.name+": price", got.price, c.price...)
		wantSteps(t, c.name+": discount", got.flows["price.discount"], c.given...)
		wantSteps(t, c.name+": usage", got.flows["price.usage"], c.need...)
	}
}

// A third off 50 cents a month: 16.67 settle as 17 cents; on 100, 33.33 less 17
// as 16; on 150, 50 less 33 is 17.
func TestTiersInWholeCents(t *testing.T) {
	p := testPrice()
	p.Tiers = []Tier{{0, 1.0 / 3}}
	got := play{grid: testGrid(t, "3m", calendar.Month, 0), list: steps(3, 0.5), need: []float64{1, 1, 1}, whole: true}.through(t, p)
	wantSteps(t, "discount", got.flows["price.discount"], 0.17, 0.16, 0.17)
}

// What is used in a step is paid net months later, also after the term; with
// steps of a quarter, 6 months are two steps.
func TestPaymentTermsAndTail(t *testing.T) {
	for _, c := range []struct {
		step calendar.Step
		term string
		net  int
		tail int
		paid []float64
	}{
		{calendar.Month, "3m", 0, 0, []float64{4, 5, 6}},
		{calendar.Month, "3m", 2, 2, []float64{0, 0, 4, 5, 6}},
		{calendar.Month, "3m", 5, 5, []float64{0, 0, 0, 0, 0, 4, 5, 6}},
		{calendar.Quarter, "9m", 6, 2, []float64{0, 0, 4, 5, 6}},
		{calendar.Year, "3y", 12, 1, []float64{0, 4, 5, 6}},
	} {
		p := testPrice()
		p.Discount, p.NetMonths = 0.5, c.net
		// In the tail nothing is taken, whatever the need.
		got := play{grid: testGrid(t, c.term, c.step, c.tail), need: []float64{4, 5, 6, 7, 8}}.through(t, p)
		half := make([]float64, len(c.paid))
		for i, x := range c.paid {
			half[i] = x / 2
		}
		wantSteps(t, "usage", got.flows["price.usage"], c.paid...)
		wantSteps(t, "discount", got.flows["price.discount"], half...)
		if c.net > 0 {
			wantSteps(t, "billed", got.flows["price.usage_billed"], 4, 5, 6)
			wantSteps(t, "discharged", got.flows["price.usage_paid"], c.paid...)
		}
		wantSteps(t, "invoice", got.invoice, 2, 2.5, 3)
	}
}

// With two months to pay, a default in step 3 finds the bills of steps 1 and 2
// open: 5 + 6 less half of it off, of which the estate pays 40%.
func TestDefaultWritesOff(t *testing.T) {
	p := testPrice()
	p.Discount, p.NetMonths = 0.5, 2
	got := play{grid: testGrid(t, "6m", calendar.Month, 2), need: []float64{4, 5, 6, 7, 8, 9}, fail: 3}.through(t, p)
	wantSteps(t, "usage", got.flows["price.usage"], 0, 0, 4)
	wantSteps(t, "billed", got.flows["price.usage_billed"], 4, 5, 6)
	wantSteps(t, "written off", got.flows["price.usage_written_off"], 0, 0, 0, 11)
	wantSteps(t, "discount written off", got.flows["price.discount_written_off"], 0, 0, 0, 5.5)
	wantSteps(t, "recovered", got.flows["price.usage_recovered"], 0, 0, 0, 4.4)
	wantSteps(t, "discount recovered", got.flows["price.discount_recovered"], 0, 0, 0, 2.2)
}

func testEquity(amountCents float64) *Equity {
	e := NewEquity()
	e.head = Head{ID: "series", From: "cloud", To: "lab"}
	e.Amount, e.PreMoney = unit.Amount{Value: amountCents}, unit.Amount{Value: 10 * amountCents}
	return e
}

func TestEquityInCash(t *testing.T) {
	g := testGrid(t, "6m", calendar.Month, 0)
	got := play{grid: g}.through(t, testEquity(2500), testPrice())
	if got.signed["series.purchase"] != 25 || got.signed["series.issue"] != 1e8/1e2 {
		t.Errorf("at signing %v, want a purchase of 25 and an issue of a tenth of 10^9 shares, in hundreds", got.signed)
	}
	wantSteps(t, "later", got.flows["series.purchase"])

	dated := testEquity(2500)
	dated.At = days("2027-04-15") // in the fourth month
	got = play{grid: g}.through(t, dated, testPrice())
	if len(got.signed) != 0 && got.signed["series.purchase"] != 0 {
		t.Errorf("at signing %v, want nothing", got.signed)
	}
	wantSteps(t, "at the date", got.flows["series.purchase"], 0, 0, 0, 25)
	wantSteps(t, "shares, in hundreds", got.flows["series.issue"], 0, 0, 0, 1e8/1e2)

	// Insolvent in the step of the date, or before: no cheque.
	got = play{grid: g, fail: 3}.through(t, dated, testPrice())
	wantSteps(t, "after default", got.flows["series.purchase"])
}

// Credits of 25 pay invoices of 10 a month less 20% off: 8, 8, 8, 1. They
// count as eligible spend, and follow the terms of usage.
func TestEquityInCredits(t *testing.T) {
	e := testEquity(2500)
	e.PaidIn = "credits"
	price := testPrice()
	price.Discount, price.NetMonths = 0.2, 1
	spend := testCommitment("spend", 6000)
	spend.Period = "month"
	got := play{grid: testGrid(t, "6m", calendar.Month, 1), need: steps(6, 10)}.through(t, e, price, spend)
	if got.signed["series.purchase"] != 25 {
		t.Errorf("credits given at signing: %v, want 25", got.signed)
	}
	wantSteps(t, "used", got.flows["series.credit_used"], 8, 8, 8, 1)
	wantSteps(t, "billed", got.flows["series.credit_billed"], 8, 8, 8, 1)
	wantSteps(t, "when due", got.flows["series.credit"], 0, 8, 8, 8, 1)
	// 10 a month is due, 8 is eligible, so 2 a month is missing and invoiced too.
	wantSteps(t, "eligible spend", got.rows["spend.spend"], steps(6, 8)...)
	wantSteps(t, "deficiency", got.rows["spend.deficiency_paid"], steps(6, 2)...)
	wantSteps(t, "invoice", got.invoice, 2, 2, 2, 9, 10, 10)

	// Given at the end of the second month, they pay from the third on.
	e.At = days("2027-02-10")
	got = play{grid: testGrid(t, "6m", calendar.Month, 1), need: steps(6, 10)}.through(t, e, price)
	wantSteps(t, "used from the step after", got.flows["series.credit_used"], 0, 0, 8, 8, 8, 1)
}

func testFacility(limitCents float64, opens ...Opening) *Facility {
	f := NewFacility()
	f.head = Head{ID: "line", From: "cloud", To: "lab"}
	f.Limit, f.Opens = unit.Amount{Value: limitCents}, opens
	return f
}

func TestFacilityOpens(t *testing.T) {
	half, one := 0.5, 1.0
	for _, c := range []struct {
		name     string
		f        *Facility
		draw     []float64
		offer    []float64
		drawn    []float64
		atSign   float64
		delivery []float64
	}{
		{name: "all at signing", f: testFacility(3000), draw: steps(6, 20), offer: []float64{30, 10}, drawn: []float64{20, 10}, atSign: 30},
		{name: "nothing drawn stays open", f: testFacility(3000), offer: steps(6, 30), atSign: 30},
		{name: "less than nothing is nothing", f: testFacility(3000), draw: steps(6, -5), offer: steps(6, 30), atSign: 30},
		{name: "part at signing, part by date", f: testFacility(3000, Opening{Cents: 1000}, Opening{At: day("2027-02-28"), Cents: 500}),
			// 10 from signing; 28 February is seen at the end of February, usable in March.
			offer: []float64{10, 10, 15, 15, 15, 15}, atSign: 10},
		{name: "by date on a step's first day", f: testFacility(3000, Opening{At: day("2027-03-01"), Cents: 500}), offer: []float64{0, 0, 0, 5, 5, 5}},
		// Half a GW is delivered in March, one GW in May: usable in April and June.
		{name: "by power", f: testFacility(3000, Opening{PowerGW: &one, Cents: 2000}, Opening{PowerGW: &half, Cents: 700}),
			delivery: []float64{0, 0.25, 0.5, 0.75, 1, 1}, offer: []float64{0, 0, 0, 7, 7, 27}},
		// What has opened stays open when power falls again, and is not opened twice.
		{name: "by power once", f: testFacility(3000, Opening{PowerGW: &half, Cents: 700}),
			delivery: []float64{1, 0, 1, 0, 1, 0}, draw: []float64{0, 5, 0, 0, 9, 9}, offer: []float64{0, 7, 2, 2, 2, 0}, drawn: []float64{0, 5, 0, 0, 2}},
		{name: "never above the limit", f: testFacility(1200, Opening{Cents: 1000}, Opening{At: day("2027-01-01"), Cents: 1000}), offer: []float64{10, 12, 12, 12, 12, 12}, atSign: 10},
	} {
		got := play{grid: testGrid(t, "6m", calendar.Month, 0), draw: c.draw, delivery: c.delivery}.through(t, c.f, testPrice(),
			testCapacity(Generation{From: day("2027-01-01"), PowerGW: 1, UnitsPerGW: 1}))
		if got.signed["line.open"] != c.atSign {
			t.Errorf("%s: %v opens at signing, want %v", c.name, got.signed["line.open"], c.atSign)
		}
		wantSteps(t, c.name+": offer", got.offers["line.draw"], c.offer...)
		wantSteps(t, c.name+": draw", got.flows["line.draw"], c.drawn...)
		wantSteps(t, c.name+": note", got.flows["line.note"], c.drawn...)
	}
	// Without capacity, what opens by power stays shut.
	got := play{grid: testGrid(t, "6m", calendar.Month, 0)}.through(t, testFacility(3000, Opening{PowerGW: &half, Cents: 700}), testPrice())
	wantSteps(t, "without capacity", got.offers["line.draw"])
}

func TestFacilityExpires(t *testing.T) {
	dated := func(date string) *Facility {
		f := testFacility(3000)
		f.Expires = day(date)
		return f
	}
	after := func(months int) *Facility {
		f := testFacility(3000)
		f.After, f.Of = calendar.Span{Months: months}, "ipo"
		return f
	}
	for _, c := range []struct {
		name   string
		f      *Facility
		p      play
		offer  []float64
		lapsed []float64
	}{
		// March ends on 1 April: on offer in February, and no more in March if it expires on 1 April.
		{"on a step's end", dated("2027-04-01"), play{}, []float64{30, 30}, []float64{0, 0, 30}},
		{"a day later", dated("2027-04-02"), play{}, []float64{30, 30, 30}, []float64{0, 0, 0, 30}},
		{"what was not drawn", dated("2027-04-02"), play{draw: []float64{0, 12}}, []float64{30, 30, 18}, []float64{0, 0, 0, 18}},
		{"never", testFacility(3000), play{}, steps(6, 30), nil},
		// Seen in step 2, which counts 0; steps 3 and 4 count 1 and 2.
		{"two months after", after(2), play{seen: 2}, []float64{30, 30, 30, 30}, []float64{0, 0, 0, 0, 30}},
		{"a month after", after(1), play{seen: 2}, []float64{30, 30, 30}, []float64{0, 0, 0, 30}},
		{"at once", after(0), play{seen: 2}, []float64{30, 30}, []float64{0, 0, 30}},
		{"at once, and it never comes", after(0), play{}, steps(6, 30), nil},
		{"after what never comes", after(2), play{}, steps(6, 30), nil},
		{"default", testFacility(3000), play{fail: 4, draw: []float64{7}}, []float64{30, 23, 23, 23}, []float64{0, 0, 0, 0, 23}},
	} {
		c.p.grid = testGrid(t, "6m", calendar.Month, 0)
		got := c.p.through(t, c.f, testPrice())
		wantSteps(t, c.name+": offer", got.offers["line.draw"], c.offer...)
		wantSteps(t, c.name+": lapse", got.flows["line.lapse"], c.lapsed...)
	}
	// What milestones call for after the end does not open any more.
	late := dated("2027-03-01")
	late.Opens = []Opening{{Cents: 1000}, {At: day("2027-04-10"), Cents: 2000}}
	got := play{grid: testGrid(t, "6m", calendar.Month, 0)}.through(t, late, testPrice())
	wantSteps(t, "opened late", got.flows["line.open"])
	wantSteps(t, "lapsed", got.flows["line.lapse"], 0, 10)
	// After the term nothing is on offer: what is open lapses in the tail.
	got = play{grid: testGrid(t, "3m", calendar.Month, 2)}.through(t, testFacility(3000), testPrice())
	wantSteps(t, "after the term", got.flows["line.lapse"], 0, 0, 0, 30)
}

// testShares, testNote and testLine are clauses that others refer to.
func testShares(id string) *Equity {
	e := testEquity(20000)
	e.head.ID, e.Preference = id, &Preference{Multiple: 1}
	return e
}

func testNote(id string) *Note {
	n := NewNote()
	n.head = Head{ID: id, From: "cloud", To: "lab", Binding: "firm"}
	n.Principal = unit.Amount{Value: 30000}
	return n
}

func testLine(id string) *Facility {
	f := testFacility(40000)
	f.head.ID = id
	return f
}
