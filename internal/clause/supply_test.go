// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/unit"
)

// plant is one gigawatt of ten units a month from the start of 2027.
func plant() *Capacity {
	return testCapacity(Generation{From: day("2027-01-01"), PowerGW: 1, UnitsPerGW: 10})
}

// monthly is a minimum of so much in each of six months.
func monthly(each float64, change func(*Commitment)) *Commitment {
	c := testCommitment("spend", 600*each)
	c.Period = "month"
	if change != nil {
		change(c)
	}
	return c
}

// What is late by two months is promised from January and runs from March on,
// its refreshes late with it. Where a generation and its clause are both late,
// the generation's delay holds.
func TestDelays(t *testing.T) {
	g := testGrid(t, "6m", calendar.Month, 0)
	c := testCapacity(
		Generation{Name: "first", From: day("2027-01-01"), PowerGW: 1, UnitsPerGW: 10, Refresh: calendar.Span{Months: 2}, Gain: 2},
		Generation{Name: "second", From: day("2026-10-01"), PowerGW: 0.5, UnitsPerGW: 2})
	got := play{grid: g, late: map[string]int{"delivery": 2, "second": 4}}.through(t, c, testPrice())
	wantSteps(t, "promised", got.promise, 11, 11, 21, 21, 41, 41)
	// The second was to run from October on, and runs from February.
	wantSteps(t, "offered", got.offered, 0, 1, 11, 11, 21, 21)
	wantSteps(t, "power", got.power, 0, 0.5, 1.5, 1.5, 1.5, 1.5)

	// Ten a month must be paid for: what cannot be taken is relieved.
	got = play{grid: g, need: steps(6, 10), late: map[string]int{"delivery": 2}}.through(t, plant(), testPrice(), monthly(10, nil))
	wantSteps(t, "relief", got.rows["spend.relief"], 10, 10)
	wantSteps(t, "deficiency", got.rows["spend.deficiency"], steps(6, 0)...)
}

// Chips that do 8 where 10 was promised yield 8 of 10 units. By price a fifth
// of the spend is credited and the minimum of 10 stands; by volume the minimum
// is lowered to 8. Chips that do more than was promised yield what was.
func TestPerformance(t *testing.T) {
	g := testGrid(t, "6m", calendar.Month, 1)
	p := play{grid: g, need: steps(6, 20), index: []float64{8, 8, 8, 10, 12, 5}}
	price := testPrice()
	price.NetMonths = 1
	c := plant()
	c.Performance = &Performance{Promised: 10, Measured: "performance", Relief: "price"}
	got := p.through(t, c, price, monthly(10, nil))
	wantSteps(t, "offered", got.offered, 8, 8, 8, 10, 10, 5)
	wantSteps(t, "credit", got.flows["delivery.performance_credit_billed"], 1.6, 1.6, 1.6, 0, 0, 2.5)
	wantSteps(t, "credit when due", got.flows["delivery.performance_credit"], 0, 1.6, 1.6, 1.6, 0, 0, 2.5)
	wantSteps(t, "spend", got.rows["spend.spend"], 8, 8, 8, 10, 10, 5)
	wantSteps(t, "deficiency by price", got.rows["spend.deficiency"], 2, 2, 2, 0, 0, 5)
	wantSteps(t, "power", got.power, steps(6, 1)...)

	c.Performance.Relief = "volume"
	got = p.through(t, c, price, monthly(10, nil))
	wantSteps(t, "no credit", got.flows["delivery.performance_credit_billed"])
	wantSteps(t, "minimum by volume", got.rows["spend.minimum"], 8, 8, 8, 10, 10, 5)

	// Of two clauses one falls short: 2 of 20 units that count are missing, and
	// 18 are taken and paid for, so a tenth of 18 is credited.
	other := plant()
	other.head.ID = "other"
	c.Performance.Relief = "price"
	got = play{grid: g, need: steps(1, 30), index: steps(6, 8)}.through(t, c, other, testPrice())
	wantSteps(t, "of two", got.flows["delivery.performance_credit"], 1.8)
}

func testOption() *Option {
	c := NewOption()
	c.head = Head{ID: "more", From: "cloud", To: "lab"}
	c.Generations = []Generation{{Name: "next", From: day("2027-02-01"), PowerGW: 0.5, UnitsPerGW: 10, Gain: 1}}
	return c
}

// Called in January on a month's notice, the option runs from February; on 40
// days' notice, two months, from March. It is called once, and stands when its
// window is over. Without capacity there is nothing to have more of.
func TestOption(t *testing.T) {
	g := testGrid(t, "6m", calendar.Month, 0)
	call := map[string][]float64{"more.call": steps(6, 1)}
	p := play{grid: g, need: steps(6, 20), choose: call}
	got := p.through(t, plant(), testPrice(), testOption())
	wantSteps(t, "offered", got.offered, 10, 15, 15, 15, 15, 15)
	wantSteps(t, "promised", got.promise, 10, 15, 15, 15, 15, 15)
	wantSteps(t, "power", got.power, 1, 1.5, 1.5, 1.5, 1.5, 1.5)
	wantSteps(t, "the right", got.offers["more.call"], 0.01)

	late := testOption()
	late.Notice = calendar.Span{Days: 40}
	late.head.Since, late.head.Until = day("2027-02-01"), day("2027-03-01")
	got = p.through(t, plant(), testPrice(), late)
	wantSteps(t, "called in February", got.offered, 10, 10, 10, 15, 15, 15)
	p.late = map[string]int{"next": 1}
	got = p.through(t, plant(), testPrice(), late)
	wantSteps(t, "and late", got.offered, 10, 10, 10, 10, 15, 15)
	wantSteps(t, "as promised", got.promise, 10, 10, 10, 15, 15, 15)

	got = play{grid: g, need: steps(6, 20), choose: call}.through(t, testPrice(), testOption())
	wantSteps(t, "taken without capacity", got.taken, steps(6, 20)...)
	wantSteps(t, "promised without capacity", got.promise)
}

// At half price the option's 5 of 15 units cost 2.5 less, and 12.5 is spend;
// at twice the price 5 more. A premium of 7 is paid at signing. The minimum of
// 10 a month grows by 50 over the five months from February on.
func TestOptionsTerms(t *testing.T) {
	p := play{grid: testGrid(t, "6m", calendar.Month, 0), need: []float64{20, 20, 20, 12, 4, 20}, choose: map[string][]float64{"more.call": {1}}}
	c, half, twice := testOption(), 0.5, 2.0
	c.Price, c.Premium, c.Raises = &half, unit.Amount{Value: 700}, &Raise{Commitment: "spend", Cents: 5000}
	got := p.through(t, plant(), testPrice(), c, monthly(10, nil))
	if got.signed["more.option_premium"] != 7 {
		t.Errorf("premium %v", got.signed)
	}
	wantSteps(t, "discount", got.flows["more.option_discount"], 0, 2.5, 2.5, 1, 0, 2.5)
	wantSteps(t, "surcharge", got.flows["more.option_surcharge"])
	wantSteps(t, "spend", got.rows["spend.spend"], 10, 12.5, 12.5, 11, 4, 12.5)
	wantSteps(t, "schedule", got.rows["spend.schedule"], 10, 20, 20, 20, 20, 20)
	c.Price = &twice
	got = p.through(t, plant(), testPrice(), c, monthly(10, nil))
	wantSteps(t, "surcharge", got.flows["more.option_surcharge"], 0, 5, 5, 2, 0, 5)
	// What could be taken, 15 units at the deal's price, is the minimum of months with less need.
	wantSteps(t, "invoice", got.invoice, 10, 20, 20, 15, 15, 20)

	// A year's minimum of 60 grows by 10 a month from the month in which the
	// capacity is to run. What was not known before is not missing before.
	year := testCommitment("spend", 6000)
	got = p.through(t, plant(), testPrice(), c, year)
	wantSteps(t, "missing", got.left, 60, 100, 80, 60, 46, 42)
	wantSteps(t, "schedule", got.rows["spend.schedule"], 110)
	// Paid for by availability, a month's share is 10, and 20 with the option.
	year.PayFor = "availability"
	got = p.through(t, plant(), testPrice(), c, year)
	wantSteps(t, "due in all", got.rows["spend.minimum"], 10+15+15+15+15+15)

	// Bought on an event, the premium falls due when that is seen.
	c.head.If = "ipo"
	p.seen = 3
	got = p.through(t, plant(), testPrice(), c, monthly(10, nil))
	if got.signed["more.option_premium"] != 0 {
		t.Errorf("premium at signing %v", got.signed)
	}
	wantSteps(t, "premium", got.flows["more.option_premium"], 0, 0, 0, 7)
}

func testDamages(change func(*DelayDamages)) *DelayDamages {
	c := NewDelayDamages()
	c.head = Head{ID: "delay", From: "cloud", To: "lab"}
	c.Per, c.Share = "share", 0.2
	if change != nil {
		change(c)
	}
	return c
}

// Ten units a month are missing for three months: a fifth of their price of
// 1.50 is 3 a month, or 40 for each gigawatt and month; a month of grace takes
// the first, and so much is paid in all at the most.
func TestDamages(t *testing.T) {
	p := play{grid: testGrid(t, "6m", calendar.Month, 0), need: steps(6, 10), list: steps(6, 1.5), late: map[string]int{"delivery": 3}}
	for _, c := range []struct {
		what   string
		change func(*DelayDamages)
		want   []float64
	}{
		{"of the price", nil, []float64{3, 3, 3}},
		{"a gigawatt", func(c *DelayDamages) { c.Per, c.PerGW = "per_gw", 4000 }, []float64{40, 40, 40}},
		{"after a month's grace", func(c *DelayDamages) { c.Grace = calendar.Span{Months: 1} }, []float64{0, 3, 3}},
		{"after 20 days' grace", func(c *DelayDamages) { c.Grace = calendar.Span{Days: 20} }, []float64{0, 3, 3}},
		{"up to an amount", func(c *DelayDamages) { c.Cap = &DamagesCap{Kind: "amount", Cents: 700} }, []float64{3, 3, 1}},
		{"up to a share", func(c *DelayDamages) { c.Cap = &DamagesCap{Kind: "share", Share: 0.08, Of: "spend"} }, []float64{3, 1.8}},
		{"up to a share of what is off", func(c *DelayDamages) { c.Cap = &DamagesCap{Kind: "share", Share: 0.1, Of: "off"} }, []float64{3, 3, 3}},
		{"in force from February", func(c *DelayDamages) { c.head.Since = day("2027-02-01") }, []float64{0, 3, 3}},
		{"in force until February", func(c *DelayDamages) { c.head.Until = day("2027-02-01") }, []float64{3}},
	} {
		got := p.through(t, plant(), testPrice(), testDamages(c.change), monthly(10, nil))
		wantSteps(t, c.what, got.flows["delay.delay_damages"], c.want...)
	}
	// Two short months, one that is not, and two more: grace begins anew.
	q := play{grid: p.grid, need: steps(6, 10), delivery: []float64{0.5, 0.5, 1, 0.5, 0.5, 1}}
	got := q.through(t, plant(), testPrice(), testDamages(func(c *DelayDamages) { c.Grace = calendar.Span{Months: 1} }))
	wantSteps(t, "grace anew", got.flows["delay.delay_damages"], 0, 1, 0, 0, 1)
}

// As credit, 9 is given by March. What runs from April on costs 4, 3 and 0 a
// month: 7 pays for it, and 2 is paid out at the end. It lowers no spend.
func TestDamagesAsCredit(t *testing.T) {
	p := play{grid: testGrid(t, "6m", calendar.Month, 0), need: []float64{0, 0, 0, 4, 3, 0}, late: map[string]int{"delivery": 3}}
	credit := testDamages(func(c *DelayDamages) { c.As, c.Share = "credit", 0.3 })
	got := p.through(t, plant(), testPrice(), credit, monthly(10, func(x *Commitment) { x.Relief = "none" }))
	wantSteps(t, "given", got.flows["delay.credit_given"], 3, 3, 3)
	wantSteps(t, "used", got.flows["delay.damages_credit"], 0, 0, 0, 4, 3)
	wantSteps(t, "paid out", got.flows["delay.delay_damages"], 0, 0, 0, 0, 0, 2)
	wantSteps(t, "gone", got.flows["delay.credit_used"], 0, 0, 0, 4, 3, 2)
	wantSteps(t, "spend", got.rows["spend.spend"], 0, 0, 0, 4, 3, 0)
	// Whoever leaves is paid out then.
	p.leave = 4
	got = p.through(t, plant(), testPrice(), credit, monthly(10, func(x *Commitment) { x.Exit = &Exit{} }))
	wantSteps(t, "paid out on leaving", got.flows["delay.delay_damages"], 0, 0, 0, 0, 2)
}

// Of ten units four are needed: six are sold at 90% of the market price of 2,
// for 10.80; of the 80 cents above the price of 1 the supplier gets a quarter,
// 1.20. Where less is fetched than the price it gets nothing. All ten are paid
// for and count.
func TestResale(t *testing.T) {
	c := NewResale()
	c.head = Head{ID: "sell", From: "cloud", To: "lab"}
	c.Haircut, c.SupplierShare = 0.1, 0.25
	p := play{grid: testGrid(t, "6m", calendar.Month, 0), need: steps(6, 4), market: []float64{2, 1, 2, 2, 2, 2},
		choose: map[string][]float64{"sell.resell": {1e6, 1e6, 2.5, -1}}}
	got := p.through(t, plant(), testPrice(), c, monthly(10, nil))
	wantSteps(t, "taken", got.taken, 10, 10, 6.5, 4, 4, 4)
	wantSteps(t, "proceeds", got.flows["sell.resale"], 10.8, 5.4, 4.5)
	wantSteps(t, "supplier's share", got.flows["sell.resale_share"], 1.2, 0, 0.5)
	wantSteps(t, "spend", got.rows["spend.spend"], 10, 10, 6.5, 4, 4, 4)
	// Half of capacity may be sold, and from February on.
	c.Share, c.head.Since = 0.5, day("2027-02-01")
	got = p.through(t, plant(), testPrice(), c)
	wantSteps(t, "taken, half of it", got.taken, 4, 9, 6.5, 4, 4, 4)
	got = p.through(t, testPrice(), c)
	wantSteps(t, "taken without capacity", got.taken, steps(6, 4)...)
}
