// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"math"
	"testing"

	"offtake/internal/measure"
)

const chanceDeal = `offtake: 1
title: A mere intent, and a guest who may fail
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 2y
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
  fund: {name: Fund, role: investor}
clauses:
  - price: {id: list, from: cloud, to: lab}
  - right: {id: licence, from: lab, to: cloud, what: licence, over: models, worth: 100, binding: {intent: 30%}}
  - revenue_share: {id: share, from: fund, to: lab, of: revenue, share: 100%}
world:
  discount: 0%
  need: {firm: 12}
  cost: {sunk: 0}
  lab_value: {start: 1000}
  indexes: {revenue: 12}
  failures: {fund: {hazard: 60%}}
`

// A base run takes the probability of an intent, and nobody but the buyer
// fails in it. A sampled run draws both once a path, the same whatever runs
// beside: the licence is worth 30 on average, with a standard deviation of
// sqrt(0.3 x 0.7) x 100; the fund pays 1 a month while it lasts, on average
// the sum of exp(-0.6 t).
func TestChancesAndFailures(t *testing.T) {
	job := NewJob(parse(t, chanceDeal), nil)
	base := RunBase(job)
	if x := get(t, base, "options", "", 0); math.Abs(x+30) > 1e-9 {
		t.Errorf("base run: X is %v, want -30", x)
	}
	if x := get(t, base, "npv", "fund", 0); math.Abs(x+24) > 1e-9 {
		t.Errorf("base run: the fund pays %v, want 24", -x)
	}
	const paths = 1 << 14
	for _, lanes := range []int{64, 512} {
		out := Run([]*Job{job}, Options{Paths: paths, Seed: 3, Lanes: lanes})[0]
		at := func(name, party string) *measure.Estimate {
			return &out.Estimates[measure.Find(out.Measures, name, party, "", 0)]
		}
		want, sd := -3000.0, 10000*math.Sqrt(0.3*0.7)
		if x := at("options", ""); math.Abs(x.Mean-want) > 4*sd/math.Sqrt(paths) || math.Abs(deviation(x)/sd-1) > 0.02 {
			t.Errorf("%d lanes: X is %v with a deviation of %v, want %v and %v", lanes, x.Mean, deviation(x), want, sd)
		}
		want = 0
		for m := range 24 {
			want -= 100 * math.Exp(-0.6*job.Plan.Grid.Years(m))
		}
		if x := at("npv", "fund"); math.Abs(x.Mean-want) > 4*deviation(x)/math.Sqrt(paths) {
			t.Errorf("%d lanes: the fund has %v, want %v", lanes, x.Mean, want)
		}
	}
}

// deviation is the standard deviation of one path.
func deviation(m *measure.Estimate) float64 {
	return m.Spread()
}
