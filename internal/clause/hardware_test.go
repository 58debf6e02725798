// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"testing"

	"offtake/internal/calendar"
)

func testHardware(change func(*Hardware)) *Hardware {
	c := NewHardware()
	c.head = Head{ID: "chips", From: "lab", To: "cloud", Binding: "firm"}
	c.LowersPrice, c.Residual = 0.25, 0.1
	change(c)
	return c
}

// 40 is paid at signing, and 10 units a year at 1 cost a quarter less. At the
// end the machines are worth a tenth, 4; two years before the end of four they
// are half way there from 40, 22.
func TestHardwareBrought(t *testing.T) {
	world := play{grid: testGrid(t, "4y", calendar.Year, 0), need: steps(4, 10)}
	c := testHardware(func(c *Hardware) { c.Upfront = 4000 })
	got := world.through(t, testPrice(), c)
	if got.signed["chips.hardware"] != 40 {
		t.Errorf("at signing: %v", got.signed)
	}
	wantSteps(t, "price", got.price, 0.75, 0.75, 0.75, 0.75)
	wantSteps(t, "usage", got.flows["price.usage"], 10, 10, 10, 10)
	wantSteps(t, "less", got.flows["chips.hardware_discount"], 2.5, 2.5, 2.5, 2.5)
	wantSteps(t, "title", got.flows["chips.title"], 0, 0, 0, 4)
	spend := testCommitment("spend", 4000)
	spend.Exit = &Exit{}
	world.leave = 1
	got = world.through(t, testPrice(), c, spend)
	wantSteps(t, "title on leaving", got.flows["chips.title"], 0, 22)
	wantSteps(t, "what is not charged is no spend", got.rows["spend.spend"], 7.5, 7.5)
	world.leave, world.fail = 0, 1
	wantSteps(t, "title on failing", world.through(t, testPrice(), c).flows["chips.title"], 0, 22)
}

// 10 at signing and 30 in the second year: a quarter of the way to a quarter
// less, and all of it from the third year on. When the third ends, 10 are a
// quarter and 30 half of the way above a tenth: 3.25 and 16.5.
func TestHardwareInParts(t *testing.T) {
	c := testHardware(func(c *Hardware) { c.Parts = []Part{{Cents: 1000}, {At: day("2028-06-01"), Cents: 3000}} })
	world := play{grid: testGrid(t, "4y", calendar.Year, 0), need: steps(4, 10)}
	got := world.through(t, testPrice(), c)
	wantSteps(t, "price", got.price, 0.9375, 0.9375, 0.75, 0.75)
	wantSteps(t, "paid", got.flows["chips.hardware"], 0, 30)
	spend := testCommitment("spend", 4000)
	spend.Exit, world.leave = &Exit{}, 2
	wantSteps(t, "title on leaving", world.through(t, testPrice(), c, spend).flows["chips.title"], 0, 0, 19.75)
	// Who fails in the second year pays nothing in it.
	world.leave, world.fail = 0, 1
	wantSteps(t, "failed", world.through(t, testPrice(), c).flows["chips.hardware"])
}

// 5 for each gigawatt: half of one is there in the first year, then all of it,
// and two more from the third.
func TestHardwareByPower(t *testing.T) {
	power := testCapacity(Generation{From: day("2027-01-01"), PowerGW: 1, UnitsPerGW: 10}, Generation{From: day("2029-01-01"), PowerGW: 2, UnitsPerGW: 10})
	c := testHardware(func(c *Hardware) { c.PerGW = 500 })
	got := play{grid: testGrid(t, "4y", calendar.Year, 0), need: steps(4, 10), delivery: []float64{0.5}}.through(t, testPrice(), c, power)
	wantSteps(t, "paid", got.flows["chips.hardware"], 2.5, 2.5, 10)
	wantSteps(t, "price", got.price, 1, 0.75, 0.75, 0.75)
	// Half as likely: half of it is paid, and half of it is off.
	c.head.Likely = 0.5
	got = play{grid: testGrid(t, "4y", calendar.Year, 0), need: steps(4, 10), chance: 0.5}.through(t, testPrice(), c, power)
	wantSteps(t, "half as likely", got.flows["chips.hardware"], 2.5, 0, 5)
	wantSteps(t, "half as likely, price", got.price, 1, 0.875, 0.875, 0.875)
}

// Two clauses take 25% and 50% off.
func TestHardwareTwice(t *testing.T) {
	one, two := testHardware(func(c *Hardware) { c.Upfront = 100 }), testHardware(func(c *Hardware) { c.Upfront, c.LowersPrice, c.head.ID = 100, 0.5, "racks" })
	got := play{grid: testGrid(t, "2y", calendar.Year, 0), need: steps(2, 10)}.through(t, testPrice(), one, two)
	wantSteps(t, "price", got.price, 0.25, 0.25)
	wantSteps(t, "of one", got.flows["chips.hardware_discount"], 2.5, 2.5)
	wantSteps(t, "of the other", got.flows["racks.hardware_discount"], 5, 5)
}

func TestHardwareChecks(t *testing.T) {
	wantFaults(t, "brought", testHardware(func(c *Hardware) { c.Upfront, c.LowersCost = 100, &Borne{Build: 0.5} }))
	wantFaults(t, "prepaid", testHardware(func(c *Hardware) { c.Upfront, c.How = 100, "prepaid" }))
	wantFaults(t, "from the supplier", testHardware(func(c *Hardware) { c.Upfront, c.head.From, c.head.To = 1, "cloud", "lab" }), "PARTY-ROLE at from", "PARTY-ROLE at to")
	wantFaults(t, "paid too late", testHardware(func(c *Hardware) { c.Parts = []Part{{Cents: 1}, {At: day("2031-01-01"), Cents: 1}} }), "DATE-OUTSIDE-TERM at pays.parts[1].at")
	wantFaults(t, "no power", testHardware(func(c *Hardware) { c.PerGW = 1 }), "HARDWARE-POWER at pays.per_gw")
	wantFaults(t, "counted twice", testHardware(func(c *Hardware) { c.Upfront, c.How, c.LowersCost = 1, "prepaid", &Borne{} }), "HARDWARE-COST-TWICE at lowers_cost")
	wantFaults(t, "for nothing", testHardware(func(c *Hardware) { c.Upfront, c.LowersPrice, c.Title = 1, 0, "supplier" }), "HARDWARE-NOTHING at lowers_price")
	wantFaults(t, "its own", testHardware(func(c *Hardware) { c.Upfront, c.How, c.Title = 1, "prepaid", "supplier" }), "HARDWARE-RESIDUAL at residual")
	in, found := batterySetting(calendar.Month), &reports{}
	one := testHardware(func(c *Hardware) { c.Upfront, c.LowersPrice, c.LowersCost = 1, 0.6, &Borne{Build: 0.5} })
	two := testHardware(func(c *Hardware) {
		c.Upfront, c.LowersPrice, c.LowersCost, c.head.ID = 1, 0.5, &Borne{Build: 0.6}, "racks"
	})
	in.Clauses = []Clause{one, two}
	one.Check(in, found)
	if len(found.all) > 0 {
		t.Errorf("the first of two: %q", found.all)
	}
	two.Check(in, found)
	if len(found.all) != 2 || found.all[0][:28] != "LOWERED-OVER at lowers_price" || found.all[1][:33] != "LOWERED-OVER at lowers_cost.build" {
		t.Errorf("two that take 110%% off: %q", found.all)
	}
}
