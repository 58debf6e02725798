// SPDX-License-Identifier: Apache-2.0

package app

import (
	"testing"
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
