// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"testing"

	"offtake/internal/calendar"
)

func testCharge(change func(*Charge)) *Charge {
	c := NewCharge()
	c.head = Head{ID: "fee", From: "lab", To: "cloud", Binding: "firm"}
	change(c)
	return c
}

// 100 a month, and 110 once the index has risen by a tenth, in quarters.
func TestChargePerMonth(t *testing.T) {
	c := testCharge(func(c *Charge) {
		c.Amount, c.Indexed = ptr(100), &Indexation{Index: "cpi", Base: 50, Share: 1}
	})
	got := play{grid: testGrid(t, "6m", calendar.Quarter, 0), index: []float64{50, 55}}.through(t, testPrice(), c)
	wantSteps(t, "charge", got.flows["fee.charge"], 300, 330)
}

// 2 GW of 50 units a month are promised and 80% is there: 80 units, 1.6 GW. 40
// taken are 0.8 GW, below 85% of the 2 GW less a fifth, 1.36; 76 taken are
// 1.52 GW, above it. 10 a GW and month. Before March half of the 2 GW less a
// fifth is the least: 0.8.
func TestChargeForPower(t *testing.T) {
	power := testCapacity(Generation{From: day("2027-01-01"), PowerGW: 2, UnitsPerGW: 50})
	world := play{grid: testGrid(t, "5m", calendar.Month, 0), need: []float64{20, 40, 40, 76, 0}, delivery: steps(5, 0.8)}
	charge := func(change func(*Charge)) []float64 {
		c := testCharge(func(c *Charge) { c.Per, c.Amount = "gw", ptr(10); change(c) })
		return world.through(t, testPrice(), power, c).flows["fee.charge"]
	}
	ramp := []Rise{{Until: day("2027-03-01"), Share: 0.5}}
	wantSteps(t, "used", charge(func(c *Charge) {
		c.Of, c.Minimum = "used", &Demand{Share: 0.85, Ramp: ramp, Relief: "pro_rata"}
	}), 8, 8, 13.6, 15.2, 13.6)
	wantSteps(t, "no relief", charge(func(c *Charge) {
		c.Of, c.Minimum = "used", &Demand{Share: 0.85, Ramp: ramp, Relief: "none"}
	}), 10, 10, 17, 17, 17)
	wantSteps(t, "no minimum", charge(func(c *Charge) { c.Of = "used" }), 4, 8, 8, 15.2, 0)
	wantSteps(t, "delivered", charge(func(c *Charge) {}), 16, 16, 16, 16, 16)
	wantSteps(t, "contracted", charge(func(c *Charge) { c.Of = "contracted" }), 20, 20, 20, 20, 20)
	// More contracted than delivered: 85% of 3 GW less a fifth, 2.04.
	wantSteps(t, "contracted apart", charge(func(c *Charge) {
		c.Contracted, c.Minimum = ptr(3), &Demand{Share: 0.85, Relief: "pro_rata"}
	}), 20.4, 20.4, 20.4, 20.4, 20.4)
}

// 1.2 kWh a unit at 0.04, 0.08 and 0.2, not below 0.05 and not above 0.1, for
// 10 units; 125% of it with a mark-up.
func TestChargeThrough(t *testing.T) {
	world := play{grid: testGrid(t, "3m", calendar.Month, 0), need: steps(3, 10), index: []float64{0.04, 0.08, 0.2}}
	energy := func(share float64) *Charge {
		return testCharge(func(c *Charge) {
			c.Per, c.Through = "unit", &Through{Index: "energy", Quantity: 1.2, Share: share, Floor: ptr(0.05), Cap: ptr(0.1)}
		})
	}
	wantSteps(t, "at cost", world.through(t, testPrice(), energy(1)).flows["fee.charge"], 0.6, 0.96, 1.2)
	got := world.through(t, testPrice(), energy(1.25))
	wantSteps(t, "marked up", got.flows["fee.charge"], 0.75, 1.2, 1.5)
	wantSteps(t, "the price knows nothing of it", got.price, 1, 1, 1)
}

// 20 is spent a month against a minimum of 30: 10 is missing, or 5 if a charge
// of 5 counts. It is due with usage, a month later.
func TestChargeCounts(t *testing.T) {
	for eligible, missing := range map[bool]float64{true: 5, false: 10} {
		spend, price := testCommitment("spend", 6000), testPrice()
		spend.Period, price.NetMonths = "month", 1
		c := testCharge(func(c *Charge) { c.Amount, c.Eligible = ptr(5), eligible })
		got := play{grid: testGrid(t, "2m", calendar.Month, 1), need: steps(2, 20)}.through(t, spend, price, c)
		wantSteps(t, "deficiency", got.flows["spend.deficiency"], missing, missing)
		wantSteps(t, "billed", got.flows["fee.charge_billed"], 5, 5)
		wantSteps(t, "paid", got.flows["fee.charge"], 0, 5, 5)
	}
}

// The part of a charge that is carried out, from March, and not once the buyer
// has failed.
func TestChargeInForce(t *testing.T) {
	c := testCharge(func(c *Charge) {
		c.Amount = ptr(8)
		c.head.Likely, c.head.Since, c.head.Until = 0.25, day("2027-02-01"), day("2027-05-01")
	})
	got := play{grid: testGrid(t, "6m", calendar.Month, 0), chance: 0.25, fail: 3}.through(t, testPrice(), c)
	wantSteps(t, "charge", got.flows["fee.charge"], 0, 2, 2)
}

func TestChargeChecks(t *testing.T) {
	one := ptr(1)
	power := func(change func(*Charge)) Clause {
		return testCharge(func(c *Charge) { c.Per, c.Amount = "gw", one; change(c) })
	}
	wantFaults(t, "an amount", testCharge(func(c *Charge) { c.Amount = one }))
	wantFaults(t, "from the supplier", testCharge(func(c *Charge) { c.Amount, c.head.From, c.head.To = one, "cloud", "lab" }), "PARTY-ROLE at from", "PARTY-ROLE at to")
	wantFaults(t, "unknown indexes", testCharge(func(c *Charge) { c.Through = &Through{Index: "gas", Floor: ptr(2), Cap: one} }),
		"INDEX-UNKNOWN at rate.through.index", "COLLAR-CROSSED at rate.through.floor")
	wantFaults(t, "limits that cross", testCharge(func(c *Charge) {
		c.Amount, c.Indexed = one, &Indexation{Index: "gas", Base: 1, Floor: ptr(2), Cap: one}
	}),
		"INDEX-UNKNOWN at rate.indexed.index", "COLLAR-CROSSED at rate.indexed.floor")
	wantFaults(t, "power by the unit", testCharge(func(c *Charge) {
		c.Per, c.Amount, c.Of, c.Contracted, c.Minimum = "unit", one, "used", one, &Demand{Share: 1}
	}), "CHARGE-BASIS at of", "CHARGE-BASIS at contracted", "CHARGE-BASIS at minimum")
	wantFaults(t, "no power", power(func(c *Charge) {}), "CHARGE-POWER at per")
	wantFaults(t, "power contracted, nobody says how much", power(func(c *Charge) { c.Of = "contracted" }), "CHARGE-POWER at per")
	wantFaults(t, "a ramp", power(func(c *Charge) {
		c.Of, c.Contracted = "contracted", one
		c.Minimum = &Demand{Share: 0.8, Ramp: []Rise{{Until: day("2028-01-01")}, {Until: day("2027-06-01")}, {Until: day("2040-01-01")}}}
	}), "RAMP-ORDER at minimum.ramp[1].until", "DATE-OUTSIDE-TERM at minimum.ramp[2].until")
}
