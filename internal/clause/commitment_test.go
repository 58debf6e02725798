// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"math"
	"testing"

	"offtake/internal/calendar"
)

// yearly is a commitment of so much a year, in currency, for a number of years.
func yearly(each float64, years int, change func(*Commitment)) *Commitment {
	c := testCommitment("spend", 100*each*float64(years))
	if change != nil {
		change(c)
	}
	return c
}

// Undelivered capacity: 10 a year is scheduled, 80% of it must be paid; 12
// units a year are promised and half of them delivered, so 6 could be had at a
// price of 1; 3 are taken in the first year and all 6 in the second.
func TestRelief(t *testing.T) {
	g := testGrid(t, "2y", calendar.Year, 0)
	twelve := testCapacity(Generation{From: g.Start(), PowerGW: 1, UnitsPerGW: 1})
	for _, c := range []struct {
		relief, to                  string
		amount, minimum, deficiency []float64
	}{
		// 8 could not be met by 2: 6 is the minimum.
		{"impossibility", "minimum", steps(2, 2), steps(2, 6), []float64{3, 0}},
		// 10 could not be met by 4: 80% of 6.
		{"impossibility", "schedule", steps(2, 4), steps(2, 4.8), []float64{1.8, 0}},
		// Half of 8; half of 10, and 80% of the rest.
		{"pro_rata", "minimum", steps(2, 4), steps(2, 4), []float64{1, 0}},
		{"pro_rata", "schedule", steps(2, 5), steps(2, 4), []float64{1, 0}},
		{"none", "minimum", steps(2, 0), steps(2, 8), []float64{5, 2}},
		{"none", "schedule", steps(2, 0), steps(2, 8), []float64{5, 2}},
	} {
		spend := yearly(10, 2, func(x *Commitment) { x.Take, x.Relief, x.ReliefTo = 0.8, c.relief, c.to })
		got := play{grid: g, need: []float64{3, 9}, delivery: steps(2, 0.5)}.through(t, testPrice(), twelve, spend)
		name := c.relief + " to the " + c.to
		wantSteps(t, name+": relief", got.rows["spend.relief"], c.amount...)
		wantSteps(t, name+": minimum", got.rows["spend.minimum"], c.minimum...)
		wantSteps(t, name+": deficiency", got.rows["spend.deficiency"], c.deficiency...)
		wantSteps(t, name+": schedule", got.rows["spend.schedule"], 10, 10)
	}
}

// What could have been taken is valued at the price quoted: 6 units a year are
// delivered at 0.5, which could have met 3 of a minimum of 8.
func TestReliefAtTheQuotedPrice(t *testing.T) {
	g := testGrid(t, "2y", calendar.Year, 0)
	six := testCapacity(Generation{From: g.Start(), PowerGW: 1, UnitsPerGW: 0.5})
	price := testPrice()
	price.Discount = 0.5
	spend := yearly(8, 2, nil)
	got := play{grid: g, need: []float64{4, 6}}.through(t, price, six, spend)
	wantSteps(t, "relief", got.rows["spend.relief"], 5, 5)
	wantSteps(t, "deficiency", got.rows["spend.deficiency"], 1, 0)
}

// Where nothing is promised yet, all of the minimum is relieved pro rata; so
// it is where nothing could have been taken.
func TestReliefBeforeCapacity(t *testing.T) {
	g := testGrid(t, "2y", calendar.Year, 0)
	later := testCapacity(Generation{From: day("2028-01-01"), PowerGW: 1, UnitsPerGW: 1})
	for _, relief := range []string{"impossibility", "pro_rata"} {
		spend := yearly(10, 2, func(x *Commitment) { x.Relief = relief })
		got := play{grid: g}.through(t, testPrice(), later, spend)
		wantSteps(t, relief, got.rows["spend.relief"], 10, 0)
		wantSteps(t, relief, got.rows["spend.deficiency"], 0, 10)
	}
	// Without any capacity clause there is no relief.
	got := play{grid: g}.through(t, testPrice(), yearly(10, 2, nil))
	wantSteps(t, "no capacity", got.rows["spend.relief"], 0, 0)
	wantSteps(t, "no capacity", got.rows["spend.deficiency"], 10, 10)
}

// With 10 a year, 6 in the first banks 4. What is above the minimum in a later
// year takes it, if it still lives.
func TestMakeUpLife(t *testing.T) {
	g := testGrid(t, "5y", calendar.Year, 0)
	for _, c := range []struct {
		name       string
		life       int
		expiry     string
		takes      []float64
		used, bank []float64
		expired    []float64
	}{
		{"two years, taken in the third", 2, "after_use", []float64{6, 10, 12, 13, 10}, []float64{0, 0, 2}, []float64{4, 4}, []float64{0, 0, 2}},
		{"three years, taken in the fourth", 3, "after_use", []float64{6, 10, 12, 13, 10}, []float64{0, 0, 2, 2}, []float64{4, 4, 2}, nil},
		{"three years, lapsing before the third", 3, "before_use", []float64{6, 10, 12, 13, 10}, []float64{0, 0, 2}, []float64{4, 4}, []float64{0, 0, 2}},
		{"one year, lapsing before it", 1, "before_use", []float64{6, 30, 10, 10, 10}, nil, nil, nil},
		{"no end", 0, "after_use", []float64{6, 10, 10, 10, 15}, []float64{0, 0, 0, 0, 4}, []float64{4, 4, 4, 4}, nil},
		// The first vintage (4) is used before the second (1), which lives a year longer.
		{"oldest first", 2, "after_use", []float64{6, 9, 13, 10.5, 10}, []float64{0, 0, 3, 0.5}, []float64{4, 5, 1, 0}, []float64{0, 0, 1, 0.5}},
		{"left at the end", 0, "after_use", []float64{6, 10, 10, 10, 11}, []float64{0, 0, 0, 0, 1}, []float64{4, 4, 4, 4, 3}, []float64{0, 0, 0, 0, 3}},
	} {
		spend := yearly(10, 5, func(x *Commitment) {
			x.MakeUp = &MakeUp{Life: c.life, In: "money", Expiry: c.expiry, TopUp: "unpaid", AtEnd: "lost"}
		})
		got := play{grid: g, need: c.takes}.through(t, testPrice(), spend)
		wantSteps(t, c.name+": used", got.rows["spend.make_up_used"], c.used...)
		wantSteps(t, c.name+": bank", got.rows["spend.make_up_bank"], c.bank...)
		wantSteps(t, c.name+": credited", got.flows["spend.make_up"], c.used...)
		wantSteps(t, c.name+": expired", got.flows["spend.make_up_expired"], c.expired...)
	}
}

// Make-up in units: 4 is missing at a price of 1, so 4 units are owed. When
// the price is 0.5, 30 units cost 15, of which 5 is above the minimum: all 4
// units come out of it, worth 2 by then. At 60% deficiency 2.4 was paid, and
// the other 40% of the 2 is topped up, or nothing.
func TestMakeUpInUnits(t *testing.T) {
	g := testGrid(t, "3y", calendar.Year, 0)
	for _, c := range []struct {
		topUp   string
		rho     float64
		paid    float64
		toppedU float64
	}{{"unpaid", 0.6, 2.4, 0.8}, {"none", 0.6, 2.4, 0}, {"unpaid", 1, 4, 0}} {
		spend := yearly(10, 3, func(x *Commitment) {
			x.Deficiency = c.rho
			x.MakeUp = &MakeUp{In: "units", Expiry: "after_use", TopUp: c.topUp, AtEnd: "lost"}
		})
		got := play{grid: g, list: []float64{1, 0.5, 1}, need: []float64{6, 30, 10}}.through(t, testPrice(), spend)
		wantSteps(t, "deficiency paid", got.flows["spend.deficiency"], c.paid)
		wantSteps(t, "units banked", got.flows["spend.make_up_banked"], 4)
		wantSteps(t, "units taken", got.flows["spend.make_up_taken"], 0, 4)
		wantSteps(t, "credited", got.flows["spend.make_up"], 0, 2)
		wantSteps(t, "topped up", got.flows["spend.top_up"], 0, c.toppedU)
		wantSteps(t, "paid", got.rows["spend.paid"], 6+c.paid, 13+c.toppedU, 10)
		wantSteps(t, "units used", got.rows["spend.make_up_used"], 0, 4)
		wantSteps(t, "units in the bank", got.rows["spend.make_up_bank"], 4)
	}
}

// In units where the price rises: 4 units are worth 8 at a price of 2, and 12
// units cost 24, 14 above the minimum: all 4 are credited at 8. In money only
// the 4 that was paid is.
func TestMakeUpWhenPricesRise(t *testing.T) {
	g := testGrid(t, "2y", calendar.Year, 0)
	for in, want := range map[string]float64{"units": 8, "money": 4} {
		spend := yearly(10, 2, func(x *Commitment) {
			x.MakeUp = &MakeUp{In: in, Expiry: "after_use", TopUp: "unpaid", AtEnd: "lost"}
		})
		got := play{grid: g, list: []float64{1, 2}, need: []float64{6, 12}}.through(t, testPrice(), spend)
		wantSteps(t, in, got.flows["spend.make_up"], 0, want)
	}
}

// What is left at the end is refunded at what was paid: 4 missing at 60% is
// 2.4 in money; 4 units at 60% of the last day's price of 0.5 are 1.2. The
// refund is paid by the commitment's own terms, a year later.
func TestMakeUpRefund(t *testing.T) {
	g := testGrid(t, "2y", calendar.Year, 1)
	for in, want := range map[string]float64{"money": 2.4, "units": 1.2} {
		spend := yearly(10, 2, func(x *Commitment) {
			x.Deficiency, x.NetMonths = 0.6, 12
			x.MakeUp = &MakeUp{In: in, Expiry: "after_use", TopUp: "unpaid", AtEnd: "refunded"}
		})
		got := play{grid: g, list: []float64{1, 0.5}, need: []float64{6, 20}}.through(t, testPrice(), spend)
		wantSteps(t, in, got.flows["spend.refund"], 0, 0, want)
		wantSteps(t, in+" paid a year later", got.flows["spend.deficiency"], 0, 2.4)
	}
}

// Make-up is credited in the month in which the year's minimum is passed, not
// at its end: 12 a year, 6 missing in the first; then 4 a month reaches 12 in
// March, and credits 4 in April and 2 in May.
func TestMakeUpIsCreditedAsItIsEarned(t *testing.T) {
	spend := yearly(12, 2, func(x *Commitment) {
		x.MakeUp = &MakeUp{Life: 1, In: "money", Expiry: "after_use", TopUp: "unpaid", AtEnd: "lost"}
	})
	got := play{grid: testGrid(t, "2y", calendar.Month, 0), need: append(steps(12, 0.5), steps(12, 4)...)}.through(t, testPrice(), spend)
	wantSteps(t, "credited", got.flows["spend.make_up"], append(steps(15, 0), 4, 2)...)
	// The marginal unit is paid for until the minimum is met: 12, less 4 a month.
	wantSteps(t, "left of the minimum", got.left[12:], 12, 8, 4)
}

// Spend above the schedule of 10 is carried: 15 banks 5, of which a year may
// use 10% of its schedule, or all.
func TestCarryForwardCap(t *testing.T) {
	g := testGrid(t, "4y", calendar.Year, 0)
	for _, c := range []struct {
		name                  string
		threshold, cap        float64
		used, bank, shortfall []float64
	}{
		{"10% a year", 1, 0.1, []float64{0, 1, 1, 0}, []float64{5, 4, 3, 3}, []float64{0, 1, 1, 0}},
		{"no cap", 1, -1, []float64{0, 2, 2, 0}, []float64{5, 3, 1, 1}, nil},
		{"nothing may be used", 1, 0, nil, []float64{5, 5, 5, 5}, []float64{0, 2, 2, 0}},
		// Above 120%: 15 banks 3.
		{"threshold 120%", 1.2, -1, []float64{0, 2, 1, 0}, []float64{3, 1}, []float64{0, 0, 1}},
	} {
		spend := yearly(10, 4, func(x *Commitment) { x.Carry = &CarryForward{Threshold: c.threshold, Cap: c.cap} })
		got := play{grid: g, need: []float64{15, 8, 8, 10}}.through(t, testPrice(), spend)
		wantSteps(t, c.name+": used", got.rows["spend.carry_forward_used"], c.used...)
		wantSteps(t, c.name+": bank", got.rows["spend.carry_forward_bank"], c.bank...)
		wantSteps(t, c.name+": deficiency", got.rows["spend.deficiency"], c.shortfall...)
	}
}

// Carry-forward comes before deferral, and both before the deficiency: 2 was
// carried; 10 is due and 5 spent, so 2 is carried, 2 (20%) put off, 1 missing;
// 12 is due next.
func TestOrderOfRemedies(t *testing.T) {
	spend := yearly(10, 3, func(x *Commitment) {
		x.Carry, x.Deferral = &CarryForward{Threshold: 1, Cap: -1}, &Deferral{Cap: 0.2}
	})
	got := play{grid: testGrid(t, "3y", calendar.Year, 0), need: []float64{12, 5, 12}}.through(t, testPrice(), spend)
	wantSteps(t, "carried", got.rows["spend.carry_forward_used"], 0, 2)
	wantSteps(t, "put off", got.rows["spend.deferred"], 0, 2)
	wantSteps(t, "missing", got.rows["spend.deficiency"], 0, 1)
	wantSteps(t, "minimum", got.rows["spend.minimum"], 10, 10, 12)
	wantSteps(t, "bank", got.rows["spend.carry_forward_bank"], 2, 0, 2)
}

func TestDeferral(t *testing.T) {
	g := testGrid(t, "3y", calendar.Year, 0)
	for _, c := range []struct {
		name                  string
		periods               []int
		off, minimum, missing []float64
	}{
		// Year 1: 3 missing, 2 put off. Year 2: 12 due, 10 spent, 2 put off. Year 3 is the last: 12 due, 9 spent.
		{"in all but the last", nil, []float64{2, 2, 0}, []float64{10, 12, 12}, []float64{1, 0, 3}},
		{"in the first", []int{1}, []float64{2, 0, 0}, []float64{10, 12, 10}, []float64{1, 2, 1}},
		{"in the second", []int{2}, []float64{0, 0, 0}, []float64{10, 10, 10}, []float64{3, 0, 1}},
	} {
		spend := yearly(10, 3, func(x *Commitment) { x.Deferral = &Deferral{Cap: 0.2, Periods: c.periods} })
		got := play{grid: g, need: []float64{7, 10, 9}}.through(t, testPrice(), spend)
		wantSteps(t, c.name+": put off", got.rows["spend.deferred"], c.off...)
		wantSteps(t, c.name+": minimum", got.rows["spend.minimum"], c.minimum...)
		wantSteps(t, c.name+": missing", got.rows["spend.deficiency"], c.missing...)
		wantSteps(t, c.name+": left at the start", got.left, c.minimum...)
	}
}

// A deficiency of 4 as credit: it pays the next years' invoices, and lapses
// after its life. It leaves eligible spend as it is.
func TestDeficiencyAsCredit(t *testing.T) {
	g := testGrid(t, "4y", calendar.Year, 0)
	for _, c := range []struct {
		name          string
		life          int
		rho           float64
		takes         []float64
		used, expired []float64
		missing       []float64
	}{
		{"used at once", 1, 1, []float64{6, 12, 10, 10}, []float64{0, 4}, nil, []float64{4}},
		// 3 of 4 used, 1 lapses; 7 is missing and pays the third year's 10.
		{"lapses after a year", 1, 1, []float64{6, 3, 10, 10}, []float64{0, 3, 7}, []float64{0, 1}, []float64{4, 7}},
		{"lives two years", 2, 1, []float64{6, 3, 10, 10}, []float64{0, 3, 8}, nil, []float64{4, 7}},
		{"at half price", 1, 0.5, []float64{6, 12, 10, 10}, []float64{0, 2}, nil, []float64{4}},
	} {
		spend := yearly(10, 4, func(x *Commitment) { x.Deficiency, x.Credit = c.rho, &ShortfallCredit{Life: c.life} })
		got := play{grid: g, need: c.takes}.through(t, testPrice(), spend)
		wantSteps(t, c.name+": used", got.flows["spend.credit"], c.used...)
		wantSteps(t, c.name+": expired", got.flows["spend.credit_expired"], c.expired...)
		wantSteps(t, c.name+": missing", got.rows["spend.deficiency"], c.missing...)
		wantSteps(t, c.name+": eligible", got.rows["spend.spend"], c.takes...)
	}
}

// Stacked: 12 a year below, 6 above it by the month, 2 taken a month. The
// first twelve units fill the lower one until June; the upper one sees 2 a
// month from July, and misses 0.5 a month before.
func TestAfter(t *testing.T) {
	lower, upper := yearly(12, 1, nil), testCommitment("upper", 600)
	upper.Period, upper.AfterOf = "month", "spend"
	got := play{grid: testGrid(t, "1y", calendar.Month, 0), need: steps(12, 2)}.through(t, testPrice(), upper, lower)
	wantSteps(t, "spend above", got.rows["upper.spend"], append(steps(6, 0), steps(6, 2)...)...)
	wantSteps(t, "missing above", got.rows["upper.deficiency"], append(steps(6, 0.5), steps(6, 0)...)...)
	wantSteps(t, "missing below", got.rows["spend.deficiency"], 0)
}

// A commitment stacked on one with another inside it: the inner one misses 2 a
// quarter, which counts as spend of the outer, 8 in all against 6; the 2 above
// count for the upper, which misses 3 of 5.
func TestAfterWithin(t *testing.T) {
	outer, inner, upper := yearly(6, 1, nil), testCommitment("inner", 800), testCommitment("upper", 500)
	inner.Period, inner.Within, upper.AfterOf = "quarter", "spend", "spend"
	got := play{grid: testGrid(t, "1y", calendar.Quarter, 0)}.through(t, testPrice(), upper, inner, outer)
	wantSteps(t, "inner", got.rows["inner.deficiency_paid"], 2, 2, 2, 2)
	wantSteps(t, "outer spend", got.rows["spend.spend"], 8)
	wantSteps(t, "outer", got.rows["spend.deficiency_paid"], 0)
	wantSteps(t, "upper", got.rows["upper.deficiency_paid"], 3)
}

// What an inner commitment charges at half price counts for as much outside.
func TestWithinAtHalfPrice(t *testing.T) {
	outer, inner := yearly(10, 1, nil), testCommitment("inner", 800)
	inner.Period, inner.Within, inner.Deficiency = "quarter", "spend", 0.5
	// Each quarter 1 of 2 is taken: 0.5 is paid. 4 + 2 of 10 is spend.
	got := play{grid: testGrid(t, "1y", calendar.Quarter, 0), need: steps(4, 1)}.through(t, testPrice(), inner, outer)
	wantSteps(t, "inner", got.rows["inner.deficiency_paid"], 0.5, 0.5, 0.5, 0.5)
	wantSteps(t, "outer spend", got.rows["spend.spend"], 6)
	wantSteps(t, "outer", got.rows["spend.deficiency_paid"], 4)
}

// 12 a year paid for availability is 1 a month. 2 units are promised a month:
// where they are there and 0.4 is used, 0.6 is charged; where a quarter of
// them is, 0.5 is due and 0.1 charged; where none is, nothing.
func TestAvailability(t *testing.T) {
	g := testGrid(t, "1y", calendar.Month, 1)
	two := testCapacity(Generation{From: g.Start(), PowerGW: 1, UnitsPerGW: 2})
	price := testPrice()
	price.NetMonths = 1
	spend := yearly(12, 1, func(x *Commitment) { x.PayFor = "availability" })
	p := play{grid: g, need: steps(4, 0.4, 0.4, 1.5), delivery: steps(4, 1, 0.25, 1)}
	p.delivery[11] = 0
	got := p.through(t, price, two, spend)
	// The last month delivers nothing, and so nothing can be taken.
	wantSteps(t, "charged", got.flows["spend.availability_billed"], steps(4, 0.6, 0.1, 0)...)
	wantSteps(t, "paid on the terms of usage", got.flows["spend.availability"], append([]float64{0}, steps(4, 0.6, 0.1, 0)...)...)
	// Due 4 x 1 + 4 x 0.5 + 3 x 1; charges 4 x 0.6 + 4 x 0.1; use 8 x 0.4 + 3 x 1.5.
	wantSteps(t, "due", got.rows["spend.minimum"], 9)
	wantSteps(t, "relief", got.rows["spend.relief"], 3)
	wantSteps(t, "charges", got.rows["spend.deficiency_paid"], 2.8)
	wantSteps(t, "paid", got.rows["spend.paid"], 10.5)
	// The next unit is not free: what is available is charged, but used units are not.
	wantSteps(t, "nothing is missing", got.left)
}

// Leaving at the end of June of the first year, 181 of its 365 days: 12 x
// 181/365 is scheduled and 80% of it due; the fee is half of 80% of what is
// left of 12 and of the two years after. 4.5 was taken.
func TestExit(t *testing.T) {
	spend := yearly(12, 3, func(x *Commitment) {
		x.Take, x.Exit = 0.8, &Exit{Fee: 0.5, From: calendar.Span{Months: 3}}
	})
	g := testGrid(t, "3y", calendar.Month, 0)
	got := play{grid: g, need: steps(36, 0.75), leave: 5}.through(t, testPrice(), spend)
	part := 181.0 / 365
	wantSteps(t, "schedule", got.rows["spend.schedule"], 12*part)
	wantSteps(t, "minimum", got.rows["spend.minimum"], 0.8*12*part)
	wantSteps(t, "deficiency", got.flows["spend.deficiency"], 0, 0, 0, 0, 0, 0.8*12*part-4.5)
	wantSteps(t, "fee", got.flows["spend.exit_fee"], 0, 0, 0, 0, 0, 0.5*0.8*(12*(1-part)+24))
	wantSteps(t, "usage", got.flows["price.usage"], steps(6, 0.75)...)
	wantSteps(t, "on offer", got.offers["exit"], append(steps(3, 0), steps(33, 0.01)...)...)
	// Before its time, and when it is over, nobody leaves.
	got = play{grid: g, need: steps(36, 0.75), leave: 2}.through(t, testPrice(), spend)
	wantSteps(t, "too early", got.flows["price.usage"], steps(36, 0.75)...)
	wantSteps(t, "no fee", got.flows["spend.exit_fee"])
}

// Leaving with a bank: what is left of make-up is refunded, nothing is put off
// and carry-forward still helps.
func TestExitSettlesBanks(t *testing.T) {
	spend := yearly(10, 4, func(x *Commitment) {
		x.Exit, x.Deferral = &Exit{Fee: 0}, &Deferral{Cap: 1}
		x.MakeUp = &MakeUp{In: "money", Expiry: "after_use", TopUp: "unpaid", AtEnd: "refunded"}
	})
	spend.Deferral.Periods = []int{2}
	// 4 is missing in the first year, and 3 in the second, which is its last.
	got := play{grid: testGrid(t, "4y", calendar.Year, 0), need: []float64{6, 7}, leave: 1}.through(t, testPrice(), spend)
	wantSteps(t, "put off", got.rows["spend.deferred"])
	wantSteps(t, "deficiency", got.flows["spend.deficiency"], 4, 3)
	wantSteps(t, "refund", got.flows["spend.refund"], 0, 7)
}

// Default in April of the first of two years of 12: 3 was taken by then, 9 is
// missing and 12 to come. The estate pays 10% of it at its value on that day,
// or at face value. The curve is 0.99^(months).
func TestClaim(t *testing.T) {
	g := testGrid(t, "2y", calendar.Month, 0)
	curve := make([]float64, g.Steps())
	for i := range curve {
		curve[i] = math.Pow(0.99, float64(i+1))
	}
	for accelerates, want := range map[bool]float64{
		false: 0.1 * (9*math.Pow(0.99, 8) + 12*math.Pow(0.99, 20)),
		true:  0.1 * 21,
	} {
		spend := yearly(12, 2, func(x *Commitment) { x.Accelerates = accelerates })
		inside := testCommitment("inside", 2400)
		inside.Within = "spend"
		got := play{grid: g, need: steps(24, 1), curve: curve, fail: 3}.through(t, testPrice(), inside, spend)
		wantSteps(t, "claim", got.flows["spend.claim_recovered"], 0, 0, 0, want)
		wantSteps(t, "of the one inside", got.flows["inside.claim_recovered"])
		wantSteps(t, "said before", got.claim[3:4], 10*want)
		wantSteps(t, "usage", got.flows["price.usage"], 1, 1, 1)
		if rows := got.rows["spend.schedule"]; len(rows) != 0 {
			t.Errorf("the running period was settled: %v", rows)
		}
	}
}

// With a deferral, the claim counts what was put off: 10 a year for 3 years,
// 8 taken in the first puts 2 off; default in the second, 12 + 10 at face value.
func TestClaimCountsDeferral(t *testing.T) {
	spend := yearly(10, 3, func(x *Commitment) { x.Accelerates, x.Deferral = true, &Deferral{Cap: 0.5} })
	got := play{grid: testGrid(t, "3y", calendar.Year, 0), need: []float64{8, 10, 10}, fail: 1}.through(t, testPrice(), spend)
	wantSteps(t, "claim", got.flows["spend.claim_recovered"], 0, 2.2)
}

// Settled once over the term: 15, 5 and 8 of 30 leaves 2, at the end.
func TestSettleTerm(t *testing.T) {
	g := testGrid(t, "3y", calendar.Month, 3)
	for _, change := range []func(*Commitment){
		func(x *Commitment) { x.Settle = "term" },
		func(x *Commitment) { x.Period = "term" },
	} {
		spend := yearly(10, 3, change)
		spend.NetMonths = 3
		got := play{grid: g, need: append(steps(12, 1.25), steps(12, 5.0/12, 8.0/12)...)}.through(t, testPrice(), spend)
		wantSteps(t, "rows", got.rows["spend.schedule"], 30)
		wantSteps(t, "deficiency", got.rows["spend.deficiency"], 2)
		wantSteps(t, "paid three months later", got.flows["spend.deficiency"], append(steps(38, 0), 2)...)
	}
}

// What others may ask of a commitment and of capacity: what must be paid in
// each period in which the ledger is settled, and what is promised.
func TestPromises(t *testing.T) {
	g := testGrid(t, "2y", calendar.Quarter, 1)
	for _, c := range []struct {
		change func(*Commitment)
		want   []float64
	}{
		{func(x *Commitment) { x.Take = 0.8 }, []float64{800, 800}},
		{func(x *Commitment) { x.Period, x.Schedule = "quarter", Schedule{Table: steps(4, 100, 400)} }, steps(4, 100, 400)},
		{func(x *Commitment) { x.Period, x.Settle, x.Take = "quarter", "term", 0.5 }, []float64{1000}},
		{func(x *Commitment) { x.Period = "term" }, []float64{2000}},
	} {
		periods, minimums := yearly(10, 2, c.change).Minimums(g)
		if wantSteps(t, "minimums", minimums, c.want...); len(minimums) != len(c.want) || periods.Count() != len(c.want) {
			t.Errorf("%d minimums in %d periods, want %d", len(minimums), periods.Count(), len(c.want))
		}
	}
	_, promised := Promised(testCapacity(Generation{From: day("2027-07-01"), PowerGW: 2, UnitsPerGW: 5}), g)
	if wantSteps(t, "promised", promised, append([]float64{0, 0}, steps(6, 30)...)...); len(promised) != g.Term() {
		t.Errorf("%d steps, want the term's %d", len(promised), g.Term())
	}
}

// Where compute is free, a deficiency buys no units, and nothing is credited.
func TestMakeUpWhereComputeIsFree(t *testing.T) {
	spend := yearly(10, 2, func(x *Commitment) {
		x.MakeUp = &MakeUp{In: "units", Expiry: "after_use", TopUp: "unpaid", AtEnd: "refunded"}
	})
	got := play{grid: testGrid(t, "2y", calendar.Year, 0), list: []float64{0, 1}, need: []float64{5, 30}}.through(t, testPrice(), spend)
	wantSteps(t, "banked", got.rows["spend.make_up_bank"])
	wantSteps(t, "paid", got.rows["spend.paid"], 10, 30)
}

// Schedules in whole cents that add up to the total.
func TestSchedules(t *testing.T) {
	month, year := testGrid(t, "3y", calendar.Month, 0), testGrid(t, "3y", calendar.Year, 0)
	odd := testGrid(t, "18m", calendar.Month, 0)
	for _, c := range []struct {
		name   string
		g      *calendar.Grid
		period string
		s      Schedule
		total  float64
		want   []float64
	}{
		// Running thirds of 10.00: 3.33, 6.67, 10.00.
		{"flat", year, "year", Schedule{}, 10, []float64{3.33, 3.34, 3.33}},
		{"flat by name", month, "year", Schedule{Shape: "flat"}, 10, []float64{3.33, 3.34, 3.33}},
		// 18 months: 12/18 and 6/18 of 9.
		{"a short last year", odd, "year", Schedule{}, 9, []float64{6, 3}},
		// Weights 1, 1.5, 2.25 of 9.5.
		{"growth", month, "year", Schedule{Shape: "growth", PerYear: 0.5}, 9.5, []float64{2, 3, 4.5}},
		{"table by year", month, "year", Schedule{Shape: "table", Table: []float64{100, 0, 500}}, 6, []float64{1, 0, 5}},
		{"table by year, by the half", odd, "term", Schedule{Shape: "table", Table: []float64{100, 500}}, 6, []float64{6}},
		{"table by period", odd, "quarter", Schedule{Shape: "table", Table: []float64{100, 200, 300, 0, 0, 1}}, 6.01, []float64{1, 2, 3, 0, 0, 0.01}},
		// 1/(1+e) = 0.2689, 0.5 and 0.7311 add up to 1.5.
		{"logistic", year, "year", Schedule{Shape: "logistic", Midpoint: 1.5, Width: 1}, 150, []float64{26.89, 50, 73.11}},
	} {
		x := testCommitment("spend", 100*c.total)
		x.Period, x.Schedule = c.period, c.s
		got := play{grid: c.g}.through(t, testPrice(), x)
		wantSteps(t, c.name, got.rows["spend.schedule"], c.want...)
		if s := sum(got.rows["spend.schedule"]); math.Abs(s-c.total) > 1e-9 {
			t.Errorf("%s adds up to %v, want %v", c.name, s, c.total)
		}
	}
}
