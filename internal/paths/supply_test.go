// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"math"
	"strings"
	"testing"
)

const supplyDeal = `offtake: 1
title: Late, half needed, and dearer than the market
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 1y
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - price: {id: list, from: cloud, to: lab}
  - capacity: {id: halls, from: cloud, to: lab, generations: [{name: first, from: 2027-01-01, gw: 1, units_per_gw: 100}]}
  - commitment: {id: spend, from: lab, to: cloud, total: 1200, period: month}
  - resale: {id: sell-on, from: cloud, to: lab}
  - termination: {id: end, from: cloud, to: lab, by: buyer, why: {convenience: {}}, notice: 2m}
elsewhere:
  - {id: other, with: Somebody, minimum: {flat: 800}}
world:
  discount: 0%
  need: {firm: 1200}
  market_price: {per_year: -20%}
  cost: {sunk: 0}
  lab_value: {start: 100000}
  delays: {first: 40d}
policy:
  take: {share: 50%}
  leave: {above_market: 5}
`

// Late by 40 days, two months, capacity runs from March: half of it is run,
// and half sold on, so that need of 50 a month is left for others. From
// February on the market is cheaper: in June that is so for the fifth month,
// notice is given, and July is the last.
func TestSupplyRuns(t *testing.T) {
	job := NewJob(parse(t, supplyDeal), nil)
	base := RunBase(job)
	taken := map[int]float64{}
	for _, m := range base.Months {
		for _, f := range m.Flows {
			if f.Line.Kind == "usage" {
				taken[m.Step] += f.Amount / 100
			}
		}
	}
	for month := range 12 {
		want := 100.0
		if month < 2 || month > 6 {
			want = 0
		}
		if math.Abs(taken[month]-want) > 1e-9 {
			t.Errorf("month %d: %v taken, want %v", month, taken[month], want)
		}
	}
	// Elsewhere 100 units are bought in two months, 50 in five and 100 in five,
	// at 0.8^(month/12): 853 of the 800 that must be. Had what is sold on counted
	// as run, it were 621.
	if x := get(t, base, "deficiency_elsewhere", "", 0); x != 0 {
		t.Errorf("%v is missing elsewhere", x)
	}
	if x := get(t, base, "effective_commitment", "", 0); x != 200 {
		t.Errorf("%v is committed, want two months of 100", x)
	}
	sampled := Run([]*Job{job}, Options{Paths: 64, Seed: 1, Lanes: 16})[0]
	for i, m := range sampled.Measures {
		if m.Name == "effective_commitment" && sampled.Estimates[i].Mean != 20000 {
			t.Errorf("sampled, %v cents are committed", sampled.Estimates[i].Mean)
		}
	}
}

const endingDeal = `offtake: 1
title: Ways out
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 1y
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - price: {id: list, from: cloud, to: lab}
  - commitment: {id: spend, from: lab, to: cloud, total: 120, period: monthEXIT}
WORLD
world:
  discount: 0%
  need: {firm: 120}
  cost: {sunk: 0}
  lab_value: {start: 1000}
  events: {listing: 2027-03-15}
`

// What cannot be escaped of 10 a month: with notice of 90 days after three
// months, six months; by an exit for a tenth of the rest after seven, 80 and 4;
// by the Data Act three months and a fifth of 90. Of several rights the cheapest
// counts, one of the supplier's and a mere intent do not, and what survives is
// owed.
func TestEffectiveCommitment(t *testing.T) {
	const (
		notice = "  - termination: {id: end, from: cloud, to: lab, why: {convenience: {after: 3m}}, notice: 90d}"
		act    = "  - switching: {id: act, from: cloud, to: lab, penalty: {share: 20%}}"
		exit   = ", exit: {fee: 10%, from: 7m}"
	)
	for _, c := range []struct {
		what, exit, clauses string
		want                float64
	}{
		{"nothing", "", "", 120},
		{"notice", "", notice, 60},
		{"exit", exit, "", 84},
		{"the Act", "", act, 48},
		{"the cheapest", exit, notice + "\n" + act, 48},
		{"the Act shortens notice", "", act + "\n  - termination: {id: end, from: cloud, to: lab, why: {convenience: {}}, notice: 6m}", 20},
		{"the supplier's", "", "  - termination: {id: end, from: cloud, to: lab, by: supplier, why: {convenience: {}}}", 120},
		{"an intent", "", "  - termination: {id: end, from: cloud, to: lab, binding: {intent: 50%}, why: {convenience: {}}}", 120},
		{"for what happens in March", "", "  - termination: {id: end, from: cloud, to: lab, why: {conduct: {event: listing}}}", 30},
		{"a part", "", "  - termination: {id: end, from: cloud, to: lab, why: {convenience: {}}, share: 90%}", 10 + 11},
		{"survivors", "", "  - termination: {id: end, from: cloud, to: lab, why: {convenience: {}}, survives: spend}", 120},
		{"a fee", "", "  - termination: {id: end, from: cloud, to: lab, why: {convenience: {}}, fee: {amount: 7}}", 17},
	} {
		text := strings.NewReplacer("EXIT", c.exit, "WORLD", c.clauses).Replace(endingDeal)
		base := RunBase(NewJob(parse(t, text), nil))
		if got := get(t, base, "effective_commitment", "", 0); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}
