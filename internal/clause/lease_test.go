// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"testing"

	"offtake/internal/calendar"
)

func testLease(from, to string, change func(*Lease)) *Lease {
	c := NewLease()
	c.head = Head{ID: "lease", From: from, To: to, Binding: "firm"}
	c.RentCents, c.Term = 10000, calendar.Span{Months: 15}
	change(c)
	return c
}

// 100 a month over five quarters from April, a tenth more in the second year of
// the lease, and half of it where half is delivered. Nothing is let before
// there is something.
func TestRent(t *testing.T) {
	world := play{grid: testGrid(t, "2y", calendar.Quarter, 0), delivery: []float64{1, 0.5}}
	power := func(from string) Clause {
		return testCapacity(Generation{From: day(from), PowerGW: 2, UnitsPerGW: 10})
	}
	lease := func(change func(*Lease)) *Lease {
		return testLease("cloud", "lab", func(c *Lease) { c.Starts, c.Escalator, c.Deposit = day("2027-04-01"), 0.1, 5000; change(c) })
	}
	free := fixedPrice(0, func(*Price) {})
	got := world.through(t, free, power("2027-01-01"), lease(func(*Lease) {}))
	wantSteps(t, "rent", got.flows["lease.rent"], 0, 150, 300, 300, 300, 330)
	wantSteps(t, "deposit", got.flows["lease.deposit"], 0, 50)
	wantSteps(t, "deposit back", got.flows["lease.deposit_back"], 0, 0, 0, 0, 0, 50)
	rent := func(change func(*Lease), from string) []float64 {
		return world.through(t, free, power(from), lease(change)).flows["lease.rent"]
	}
	wantSteps(t, "come what may", rent(func(c *Lease) { c.Abatement = "none" }, "2027-01-01"), 0, 300, 300, 300, 300, 330)
	wantSteps(t, "delivered late", rent(func(c *Lease) { c.Abatement = "pro_rata" }, "2027-10-01"), 0, 0, 0, 300, 300, 330)
	gw := 0.5
	wantSteps(t, "per gigawatt", rent(func(c *Lease) { c.Per, c.PowerGW = "gw", &gw }, "2027-01-01"), 0, 75, 150, 150, 150, 165)
	// A rent of 100 at an index of 50 is 110 at 55.
	world.index = []float64{50, 50, 55, 55, 50, 50}
	wantSteps(t, "indexed", rent(func(c *Lease) { c.Indexed = &Indexation{Index: "cpi", Base: 50, Share: 1} }, "2027-01-01"), 0, 150, 330, 330, 300, 330)
	// A lease that is longer than the deal ends with it; the deposit comes back.
	got = world.through(t, free, power("2027-01-01"), lease(func(c *Lease) { c.Term, c.Escalator = calendar.Span{Months: 120}, 0 }))
	wantSteps(t, "longer than the deal", got.flows["lease.rent"], 0, 150, 300, 300, 300, 300, 300, 300)
	wantSteps(t, "deposit back at the deal's end", got.flows["lease.deposit_back"], 0, 0, 0, 0, 0, 0, 0, 50)
}

// Rent to the supplier is due with usage, two months later, and counts where
// that is agreed: 20 of usage and 100 of rent against 150 a month.
func TestRentCounts(t *testing.T) {
	for eligible, missing := range map[bool]float64{true: 30, false: 130} {
		spend, price := testCommitment("spend", 30000), testPrice()
		spend.Period, price.NetMonths = "month", 2
		c := testLease("cloud", "lab", func(c *Lease) { c.Eligible = eligible })
		got := play{grid: testGrid(t, "2m", calendar.Month, 2), need: steps(2, 20)}.through(t, spend, price, c)
		wantSteps(t, "deficiency", got.flows["spend.deficiency"], missing, missing)
		wantSteps(t, "billed", got.flows["lease.rent_billed"], 100, 100)
		wantSteps(t, "paid", got.flows["lease.rent"], 0, 0, 100, 100)
	}
	// What the supplier rents of the buyer lowers the invoice.
	got := play{grid: testGrid(t, "2m", calendar.Month, 0), need: steps(2, 20)}.through(t, testPrice(), testLease("lab", "cloud", func(*Lease) {}))
	wantSteps(t, "invoice", got.invoice, -80, -80)
}

// chips are 2 GW of 10 units a month, bought for 100 and let for four months,
// worth 40 at the end.
func chips(change func(*Lease)) *Lease {
	gw, yield := 2.0, 10.0
	return testLease("fund", "lab", func(c *Lease) {
		c.RentCents, c.Term, c.PowerGW, c.UnitsPerGW, c.Deposit = 1000, calendar.Span{Months: 4}, &gw, &yield, 700
		c.Outlay, c.Residual = 10000, &Residual{Cents: 4000}
		change(c)
	})
}

// The supplier delivers 12 units; 20 more can be run on what is let. Of 30
// needed it serves 18, worth 2 each in the market; then 8 and 12 that are
// flexible, worth 0.5 each; then 20 of 50, and nothing where there is no need.
func TestLeasedCapacity(t *testing.T) {
	power := testCapacity(Generation{From: day("2027-01-01"), PowerGW: 1, UnitsPerGW: 12})
	world := play{grid: testGrid(t, "6m", calendar.Month, 0), need: []float64{30, 20, 50, 0, 30, 30}, flexible: []float64{0, 20}, market: steps(6, 2)}
	got := world.through(t, testPrice(), power, chips(func(*Lease) {}))
	wantSteps(t, "service", got.flows["lease.service"], 36, 22, 40, 0)
	wantSteps(t, "rent", got.flows["lease.rent"], 10, 10, 10, 10)
	wantSteps(t, "outlay", got.flows["lease.outlay"], 100)
	wantSteps(t, "returned", got.flows["lease.returned"], 0, 0, 0, 40)
	wantSteps(t, "usage", got.flows["price.usage"], 12, 12, 12, 0, 12, 12)
	// Two that let: the second serves what the first leaves.
	small := 0.5
	second := chips(func(c *Lease) { c.head.ID, c.PowerGW = "second", &small })
	got = world.through(t, testPrice(), power, chips(func(*Lease) {}), second)
	wantSteps(t, "second", got.flows["second.service"], 0, 2.5, 10, 0)
	// Half as likely, half of everything.
	half := world
	half.chance = 0.5
	got = half.through(t, testPrice(), power, chips(func(c *Lease) { c.head.Likely = 0.5 }))
	wantSteps(t, "half of the service", got.flows["lease.service"], 18, 11, 20, 0)
	wantSteps(t, "half of the outlay", got.flows["lease.outlay"], 50)
	wantSteps(t, "half is returned", got.flows["lease.returned"], 0, 0, 0, 20)
}

// When the second of four months ends the chips are worth half of what lies
// between 100 and 40, 70. Where the tenant fails its deposit stays; where the
// landlord does it is lost too, and nothing more is let or paid.
func TestLeaseEndsEarly(t *testing.T) {
	world := play{grid: testGrid(t, "6m", calendar.Month, 0), need: steps(6, 5)}
	spend := testCommitment("spend", 100)
	spend.Exit = &Exit{}
	for name, c := range map[string]struct {
		leave, fail, third int
		rents              int
		back               float64
	}{"leaving": {1, 0, 0, 2, 7}, "the tenant fails": {0, 1, 0, 1, 0}, "the landlord fails": {0, 0, 1, 1, 0}} {
		p := world
		p.leave, p.fail, p.third = c.leave, c.fail, c.third
		got := p.through(t, testPrice(), spend, chips(func(*Lease) {}))
		wantSteps(t, name+": returned", got.flows["lease.returned"], 0, 70)
		wantSteps(t, name+": rent", got.flows["lease.rent"], steps(c.rents, 10)...)
		wantSteps(t, name+": deposit back", got.flows["lease.deposit_back"], 0, c.back)
		wantSteps(t, name+": deposit lost", got.flows["lease.deposit_lost"], 0, (7-c.back)/1)
	}
}

// At the end the chips are worth 40, or 50 where the index stands a quarter
// higher: 45 pays then and not before; half of what they are worth always does.
func TestPurchase(t *testing.T) {
	world := play{grid: testGrid(t, "6m", calendar.Month, 0), need: steps(6, 5), exercise: steps(6, 9), index: steps(6, 10)}
	buy := func(change func(*Lease)) played {
		return world.through(t, testPrice(), chips(func(c *Lease) {
			c.Residual.Indexed = &Indexation{Index: "used", Base: 8, Share: 1}
			change(c)
		}))
	}
	got := buy(func(c *Lease) { c.Purchase = &Purchase{Cents: ptr(4500)} })
	wantSteps(t, "offered", got.offers["lease.purchase"], 0, 0, 0, 0.01)
	wantSteps(t, "price", got.flows["lease.purchase"], 0, 0, 0, 45)
	wantSteps(t, "bought", got.flows["lease.bought"], 0, 0, 0, 50)
	wantSteps(t, "returned first", got.flows["lease.returned"], 0, 0, 0, 50)
	got = buy(func(c *Lease) { c.Purchase, c.Residual.Indexed = &Purchase{Cents: ptr(4500)}, nil })
	wantSteps(t, "too dear", got.flows["lease.purchase"])
	got = buy(func(c *Lease) { c.Purchase = &Purchase{Fair: ptr(0.5)} })
	wantSteps(t, "half its worth", got.flows["lease.purchase"], 0, 0, 0, 25)
	world.exercise = steps(6, 0)
	wantSteps(t, "not bought", buy(func(c *Lease) { c.Purchase = &Purchase{Fair: ptr(0.5)} }).flows["lease.bought"])
}

func TestLeaseChecks(t *testing.T) {
	one := ptr(1)
	let := func(from, to string, change func(*Lease)) Clause {
		return testLease(from, to, func(c *Lease) { c.RentCents, c.Term = 1, calendar.Span{Months: 12}; change(c) })
	}
	wantFaults(t, "from the supplier", let("cloud", "lab", func(c *Lease) { c.Eligible = true }))
	wantFaults(t, "chips", let("fund", "lab", func(c *Lease) { c.PowerGW, c.UnitsPerGW, c.Outlay = one, one, 1 }))
	wantFaults(t, "halls", let("fund", "cloud", func(c *Lease) { c.LowersCost, c.Outlay = &Borne{Build: 0.2}, 1 }))
	wantFaults(t, "to a third party", let("cloud", "fund", func(*Lease) {}), "PARTY-ROLE at to")
	wantFaults(t, "to itself", let("lab", "lab", func(*Lease) {}), "PARTY-SAME at to")
	wantFaults(t, "no length", let("cloud", "lab", func(c *Lease) { c.Term = calendar.Span{} }), "LEASE-TERM at term")
	wantFaults(t, "after the deal", let("cloud", "lab", func(c *Lease) { c.Starts = day("2031-01-01") }), "DATE-OUTSIDE-TERM at starts")
	wantFaults(t, "within a month", let("cloud", "lab", func(c *Lease) { c.Starts, c.Term = day("2027-01-02"), calendar.Span{Days: 10} }), "WINDOW-EMPTY at term")
	wantFaults(t, "longer than the deal", let("cloud", "lab", func(c *Lease) { c.Term.Months = 60 }), "LEASE-BEYOND at term")
	wantFaults(t, "what a third party states", let("cloud", "lab", func(c *Lease) { c.Outlay, c.PowerGW, c.UnitsPerGW, c.LowersCost = 1, one, one, &Borne{} }),
		"LEASE-PARTY at outlay", "LEASE-PARTY at units_per_gw", "LEASE-PARTY at lowers_cost")
	wantFaults(t, "a third party's rent counts for nothing", let("fund", "lab", func(c *Lease) { c.Eligible, c.PowerGW, c.UnitsPerGW = true, one, one }), "LEASE-PARTY at eligible")
	wantFaults(t, "for nothing", let("fund", "lab", func(*Lease) {}), "LEASE-NOTHING at rent")
	wantFaults(t, "no power", let("cloud", "lab", func(c *Lease) { c.Per = "gw" }), "LEASE-POWER at per")
	wantFaults(t, "power for nothing", let("cloud", "lab", func(c *Lease) { c.PowerGW = one }), "LEASE-POWER at gw")
	wantFaults(t, "nobody bears the cost", let("fund", "cloud", func(c *Lease) { c.LowersCost = &Borne{} }), "LEASE-OUTLAY at lowers_cost")
	wantFaults(t, "a purchase of nobody knows what", let("cloud", "lab", func(c *Lease) { c.Purchase = &Purchase{Cents: one} }), "LEASE-RESIDUAL at purchase")
	wantFaults(t, "worth for nothing", let("cloud", "lab", func(c *Lease) {
		c.Residual = &Residual{Cents: 1, Indexed: &Indexation{Index: "gas", Base: 1}}
	}), "INDEX-UNKNOWN at residual.indexed.index", "LEASE-RESIDUAL at residual")
	in, found := batterySetting(calendar.Month), &reports{}
	racks := testHardware(func(c *Hardware) { c.Upfront, c.LowersCost = 1, &Borne{Build: 0.9} })
	halls := let("fund", "cloud", func(c *Lease) { c.LowersCost, c.Outlay = &Borne{Build: 0.2}, 1 })
	in.Clauses = []Clause{racks, halls}
	halls.Check(in, found)
	if len(found.all) != 1 || found.all[0][:33] != "LOWERED-OVER at lowers_cost.build" {
		t.Errorf("with hardware: %q", found.all)
	}
}
