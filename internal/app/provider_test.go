// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"offtake/internal/contract"
)

// Half a gigawatt from the start, whose chips are replaced after each year and which ends
// with the second; one more from the middle of the second year on; and one that is merely
// intended. Chips are 10B a gigawatt, the rest 4B.
func TestBuilds(t *testing.T) {
	a := bookDeal(t, `  - capacity: {id: old, from: cloud, to: lab, until: 2031-01-01, generations: [{from: 2029-01-01, gw: 0.5, units_per_gw: 50M, refresh: 1y}]}
  - capacity: {id: new, from: cloud, to: lab, generations: [{from: 2030-06-15, gw: 1, units_per_gw: 50M}]}
  - capacity: {id: hoped, from: cloud, to: lab, binding: intent, generations: [{from: 2029-01-01, gw: 9, units_per_gw: 1M}]}
  - commitment: {id: spend, from: lab, to: cloud, total: 300M}`, "provider: {capital: {chips_per_gw: 10B, shell_per_gw: 4B}, stress: 50%}\n")
	u, err := NewUnderwriting(a.run.Source, Edits{}, a.run.Deal, RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for y, want := range []struct{ gw, chips, shell float64 }{{0.5, 5e11, 2e11}, {1.5, 15e11, 4e11}, {1, 0, 0}} {
		closeTo(t, "power", u.Years[y].PowerGW, want.gw)
		closeTo(t, "chips", u.Years[y].ChipsCents, want.chips)
		closeTo(t, "shell", u.Years[y].ShellCents, want.shell)
	}
	// From July 2030 on, the first step that begins on or after the day, one gigawatt runs
	// for half a year, beside half of one for the whole of it.
	closeTo(t, "power used in the second year", u.Years[1].EnergyCents, u.terms.Power.EnergyCents())
	closeTo(t, "floor", u.Floor[0], 100e8)
	// Half of the 100M expected is below the floor, which is delivered for.
	closeTo(t, "stressed", u.Stressed[2], 100e8)
}

// Capacity that comes a year late is owed nothing for until then: expected spend lies
// below the floor, and so does the stressed case.
func TestStressWhereDeliveryIsLate(t *testing.T) {
	a := bookDeal(t, `  - capacity: {id: cap, from: cloud, to: lab, generations: [{from: 2029-01-01, gw: 1, units_per_gw: 20M}]}
  - commitment: {id: spend, from: lab, to: cloud, total: 300M}`, "  delays: {cap: 12m}\n")
	u, err := NewUnderwriting(a.run.Source, Edits{}, a.run.Deal, RunOptions{})
	if err != nil {
		t.Fatal(err)
	}
	closeTo(t, "floor", u.Floor[0], 100e8)
	closeTo(t, "expected", u.Expected[0], 0)
	closeTo(t, "stressed", u.Stressed[0], 0)
	closeTo(t, "expected once delivered", u.Expected[1], 100e8)
}

// The provider's view and value under build tell one story: where the world's cost of
// what is built is what the provider's terms come to, what is billed less capital, power
// and upkeep, plus what is left at the end, is the provider's net present value if its
// capacity is built for the deal.
func TestProviderAndValueTellOneStory(t *testing.T) {
	const clauses = `  - price: {id: list, from: cloud, to: lab, discount: -30%%}
  - capacity: {id: cap, from: cloud, to: lab, generations: [{from: 2029-01-01, gw: 0.001, units_per_gw: 4B}, {from: 2030-07-01, gw: 0.001, units_per_gw: 6B, refresh: 1y}]}
  - commitment: {id: spend, from: lab, to: cloud, total: 200M}`
	terms := "provider: {capital: {chips_per_gw: 10B, shell_per_gw: 4B, life_chips: 4y}}\n"
	view := func(cost float64) *Underwriting {
		a := bookDeal(t, fmt.Sprintf(clauses), fmt.Sprintf("%spolicy: {take: {share: 80%%}}\n", terms))
		d, src, list, err := Load(a.run.Source, Edits{Set: []string{fmt.Sprintf("world.cost.build=%.15g", cost), "world.cost.headline=build"}})
		if err != nil || list.HasFaults() {
			t.Fatal(err, list)
		}
		u, err := NewUnderwriting(src, Edits{}, d, RunOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	u := view(0.5)
	c, ok := u.unitCost()
	if !ok || math.Abs(c.Stated-50) > 1e-9 || c.Built < 1 {
		t.Fatalf("a unit costs %v", c)
	}
	// 80% of what is needed or less is taken of what is delivered, step by step as the bills have it.
	taken, delivered := 0.0, u.run.delivered()
	for step, cents := range u.run.expectedSchedule(u.run.agreed()).Cents {
		taken += cents * u.run.Base.Job.Plan.Curve[step] / 130
	}
	if closeTo(t, "share taken", c.Share, taken/delivered); !(c.Share < 1) {
		t.Errorf("%v of what is delivered is taken", c.Share)
	}
	u = view(c.Built / 100)
	again, _ := u.unitCost()
	closeTo(t, "cost stated", again.Stated, again.Built)
	grid, billed := u.run.Deal.Grid(), 0.0
	for step, cents := range u.run.expectedSchedule(u.run.agreed()).Cents {
		billed += cents * u.run.Base.Job.Plan.Curve[step]
	}
	cost := u.terms.Present(u.run.builds(), u.run.Base.Job.Plan.Curve[:grid.Term()], grid.StepsPerYear())
	npv, _ := u.run.estimate("npv_if_build", "cloud")
	if math.Abs(npv-(billed-cost)) > 1e-9*billed {
		t.Errorf("value under build is %v; what is billed less what is built is %v - %v", npv, billed, cost)
	}
}

// So it is in every deal of the library that has capacity: where the world's cost of what is
// built is what the provider's terms come to, the gain of supply that value has under that view
// is the market price of what is taken less capital, power and upkeep, plus what is left; but
// where others, who back the buyer, take units too.
func TestOneStoryInTheLibrary(t *testing.T) {
	seen := 0
	for slug, src := range library(t) {
		view := func(e Edits) *Underwriting {
			d, src, list, err := Load(src, e)
			if err != nil || list.HasFaults() {
				t.Fatal(slug, err, list)
			}
			u, err := NewUnderwriting(src, e, d, RunOptions{})
			if err != nil {
				return nil // it has no capacity
			}
			return u
		}
		u := view(Edits{})
		if u == nil {
			continue
		}
		c, ok := u.unitCost()
		if !ok || !(c.Built > 0) {
			continue
		}
		seen++
		lines := slices.DeleteFunc(strings.Split(string(src.Text), "\n"), func(line string) bool { return strings.Contains(line, "cost.build], rho") })
		src.Text = []byte(strings.Join(lines, "\n")) // what does not move cannot be correlated
		u = view(Edits{Set: []string{fmt.Sprintf("world.cost.build=%.15g", c.Built/100)}})
		r := u.run
		again, _ := u.unitCost()
		closeTo(t, slug+": cost stated", again.Stated, again.Built)
		if r.Base.Job.Program.Has(contract.Supplied) {
			continue
		}
		v := NewValuation(r.Source, Edits{}, r.Deal, RunOptions{})
		gain, ok := v.Views[v.view("build")].at("supply_gain", "", "")
		market, known := v.own().at("pv_market", "", "")
		cost := u.terms.Present(r.builds(), r.Base.Job.Plan.Curve[:r.Deal.Grid().Term()], r.Deal.Grid().StepsPerYear())
		if !ok || !known || math.Abs(gain.value-(market.value-cost)) > 1e-9*market.value {
			t.Errorf("%s: the gain of supply is %v; the market price less what is built is %v - %v", slug, gain.value, market.value, cost)
		}
	}
	if seen < 10 {
		t.Errorf("%d deals have capacity", seen)
	}
}
