// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// promise is a deal of three yearly steps with the clauses given.
func promise(clauses, world string) string {
	return fmt.Sprintf(`offtake: 1
title: Promises
currency: USD
signed: 2029-01-01
starts: 2029-01-01
term: 3y
step: year
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
%s
world:
  discount: 4%%
  need: {firm: 50}
  cost: {sunk: 0.5}
  lab_value: {start: 1000}
%s`, clauses, world)
}

// What a buyer cannot get out of, by hand: minimums of 40 a year, whatever it
// needs and whatever is delivered.
func TestLeastOwed(t *testing.T) {
	const capacity = "  - capacity: {id: cap, from: cloud, to: lab, generations: [{from: 2029-01-01, gw: 1, units_per_gw: 1}]}\n"
	spend := func(rest string) string {
		return "  - commitment: {id: spend, from: lab, to: cloud, total: 120" + rest + "}\n"
	}
	for name, c := range map[string]struct {
		clauses, world string
		want           float64
	}{
		"all of it":                      {spend(""), "", 120},
		"the share that must be paid":    {spend(", take: 75%"), "", 90},
		"at the price of a deficiency":   {spend(", deficiency: 60%"), "", 72},
		"refunded at the end":            {spend(", make_up: {at_end: refunded}"), "", 0},
		"put off, and due all the same":  {spend(", deferral: {cap: 20%}"), "", 120},
		"left after a year for nothing":  {spend(", exit: {fee: 0%, from: 1y}"), "", 80},
		"left at once for half the rest": {spend(", exit: {fee: 50%}"), "", 40 + 40},
		"left at once, at no gain":       {spend(", exit: {fee: 100%}"), "", 120},
		"dearer to leave than to stay":   {spend(", deficiency: 20%, exit: {fee: 100%}"), "", 24},
		"an intention":                   {spend(", binding: intent"), "", 0},
		// 12 a year can be delivered; half of that is.
		"relief for capacity never there": {capacity + spend(""), "  delivery: 0.5\n", 36},
		"one stacked on another":          {spend("") + "  - commitment: {id: upper, from: lab, to: cloud, total: 60, after: spend, deficiency: 50%}\n", "", 150},
		// 20 a year is paid for the inner one; it counts toward the outer one's 40, of which the rest is due at half.
		"one within another": {spend(", deficiency: 50%") + "  - commitment: {id: inner, from: lab, to: cloud, total: 60, within: spend}\n", "", 60 + 30},
	} {
		b := RunBase(NewJob(parse(t, promise(c.clauses, c.world)), nil))
		if got := get(t, b, "effective_commitment", "", 0); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	b := RunBase(NewJob(parse(t, strings.Replace(promise(spend(""), ""), "- commitment", "- equity: {id: e, from: cloud, to: lab, amount: 1, pre_money: 10}\n  - commitment", 1)), nil))
	if got := get(t, b, "total_given", "cloud", 0); got != 1 {
		t.Errorf("the provider gives %v", got)
	}
}
