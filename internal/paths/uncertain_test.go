// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"offtake/internal/deal"
	"offtake/internal/draw"
	"offtake/internal/measure"
)

// unsure is a deal in which what only measures ask for is as the arguments say.
func unsure(t testing.TB, sunk, capacity, unmet, cost string) *deal.Deal {
	return parse(t, `
offtake: 1
title: Unsure
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 3y
step: quarter
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - price: {id: list, from: cloud, to: lab, fixed: 1}
  - commitment: {id: spend, from: lab, to: cloud, total: 30}
world:
  discount: 5%
  need: {firm: {lognormal: {mean: 10, volatility: 30%}}, unmet_value: `+unmet+`}
  market_capacity: `+capacity+`
  cost: {sunk: `+sunk+`}
  lab_value: {start: 350}
  default: {hazard: 10%, cost: `+cost+`}
`)
}

// choose are two values, each equally likely.
func choose(a, b string) string {
	return "{discrete: [{value: " + a + ", probability: 50%}, {value: " + b + ", probability: 50%}]}"
}

// What measures alone ask for may differ between paths: on each path every
// measure has the value that it has in the deal with that path's number, for the
// cost, the capacity of the market, the worth of unmet need and the deadweight.
func TestUncertainNumbersOfMeasures(t *testing.T) {
	for name, of := range map[string]func(x string) *deal.Deal{
		"sunk cost": func(x string) *deal.Deal {
			return unsure(t, orPick(x, "{constant: "+choose("0.4", "0.6")+"}", "0.4", "0.6"), "6", "2", "1")
		},
		"capacity": func(x string) *deal.Deal {
			return unsure(t, "0.5", orPick(x, "{constant: "+choose("4", "8")+"}", "4", "8"), "2", "1")
		},
		"unmet value":     func(x string) *deal.Deal { return unsure(t, "0.5", "6", orPick(x, choose("2", "3"), "2", "3"), "1") },
		"cost of default": func(x string) *deal.Deal { return unsure(t, "0.5", "6", "2", orPick(x, choose("1", "5"), "1", "5")) },
	} {
		jobs := []*Job{NewJob(of("both"), nil), NewJob(of("low"), nil), NewJob(of("high"), nil)}
		b := newBlock(jobs, 256, &Options{})
		b.run(Options{Seed: 3, Plain: true}, span{}, 0)
		low, high := 0, 0
		for i, m := range b.runners[0].measures {
			for p := range 256 {
				x, l, h := b.values[0][i][p], b.values[1][i][p], b.values[2][i][p]
				near := func(y float64) bool { return math.IsNaN(x) && math.IsNaN(y) || math.Abs(x-y) <= 1e-9*(1+math.Abs(y)) }
				switch {
				case near(l) && near(h):
				case near(l):
					low++
				case near(h):
					high++
				default:
					t.Fatalf("%s, path %d: %s is %v, with either number %v or %v", name, p, m.Name, x, l, h)
				}
			}
		}
		if low < 30 || high < 30 {
			t.Errorf("%s: the low one on %d, the high one on %d", name, low, high)
		}
		// The base run is at the mean of the two: a linear measure halfway between.
		base := func(j *Job) float64 {
			r := RunBase(j)
			return r.Values[measure.Find(r.Measures, "npv", "cloud", "", 0)]
		}
		if name == "sunk cost" {
			if got, want := base(jobs[0]), (base(jobs[1])+base(jobs[2]))/2; math.Abs(got-want) > 1e-9*math.Abs(want) {
				t.Errorf("base run: %v, want %v", got, want)
			}
		}
	}
}

func orPick(x, both, low, high string) string {
	return map[string]string{"both": both, "low": low, "high": high}[x]
}

// Sampling does not depend on the lanes in a world in which everything moves.
func TestUncertainWorldByLanes(t *testing.T) {
	var want string
	for _, lanes := range []int{1, 64, 512} {
		s := Run([]*Job{NewJob(moved(t, "0.4 to 0.6", "35% to 55%"), nil)}, Options{Paths: 1024, Seed: 5, Lanes: lanes})[0]
		if want == "" {
			want = s.Hash()
		}
		if got := s.Hash(); got != want {
			t.Errorf("%d lanes: %s, else %s", lanes, got, want)
		}
	}
}

// moved is a deal in whose world much moves, with a sunk cost and a recovery as
// given.
func moved(t testing.TB, sunk, recovery string) *deal.Deal {
	d, list := deal.Parse("moved.yaml", []byte(movedText(sunk, recovery)))
	if d == nil {
		t.Fatal(list)
	}
	return d
}

func movedText(sunk, recovery string) string {
	return `offtake: 1
title: Moved
currency: USD
signed: 2026-11-01
starts: 2027-01-01
term: 2y
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - price: {id: list, from: cloud, to: lab, discount: 10%}
  - commitment: {id: spend, from: lab, to: cloud, total: 30}
world:
  discount: 5%
  regimes: {states: [boom, bust], rates: [{from: boom, to: bust, rate: 50%}, {from: bust, to: boom, rate: 100% to 200%}]}
  need:
    firm: {by_regime: {from: 10, states: {boom: {drift: 10%, volatility: 20%}, bust: {drift: -30%, volatility: 10% to 50%, level: 0.8}}}}
    flexible: {amount: {bass: {limit: 5, innovation: 3%, imitation: 38%}}, value: 0.5 to 0.9}
    unmet_value: 2
  list_price: {merton: {mean: {per_year: -30% to -10%}, volatility: 10%, jumps: {rate: 50%, mean: -10%, sd: 5%}}}
  market_price: {schwartz: {level: 0.8, reversion: 50% to 90%, volatility: 30%}}
  market_capacity: {ornstein_uhlenbeck: {from: 6, level: 8, reversion: 100%, volatility: 4}}
  delivery: {ornstein_uhlenbeck: {from: 1, level: 0.9, reversion: 100%, volatility: 0.1}}
  cost: {sunk: ` + sunk + `, build: {geometric: {from: 0.7, drift: -5%, volatility: 20%}}}
  lab_value: {start: 200 to 500, moves: {by_regime: {states: {boom: {volatility: 40%}, bust: {drift: -50%, volatility: 80%}}}}}
  correlations: [{between: [list_price, market_price], rho: 80%}, {between: [lab_value, need.firm], rho: 50%}]
  default: {hazard: 5% to 15%, recovery: ` + recovery + `, follows: {lab_value: -1}}
`
}

// FuzzUncertainWorld holds any text of two numbers to columns that are numbers:
// what is read without a fault can be drawn.
func FuzzUncertainWorld(f *testing.F) {
	for _, x := range [][2]string{{"0.4 to 0.6", "35% to 55%"}, {"{normal: {mean: 0.5, sd: 3}}", "{normal: 5% to 99%}"}, {"{constant: {lognormal: {mean: 1, sd: 9}}}", "{beta: {a: 0.1, b: 1000}}"},
		{"{discrete: [{value: 0, probability: 100%}]}", "{accrued: {from_data: [0, 1, 0.5]}, commitment: {triangular: {low: 0, mode: 0, high: 1}}}"},
		{"{ornstein_uhlenbeck: {level: 0, reversion: 100, volatility: 1e9}}", "1"}, {"{table: [0.1 to 0.2, {uniform: {low: 0, high: 1e15}}]}", "0.1 to 0.100001"},
		{"{merton: {volatility: 500%, jumps: {rate: 50, mean: 3, sd: 2}}}", "0%"}, {"{gompertz: {limit: 1, displacement: 100, rate: 100}}", "{uniform: {low: 0, high: 1}}"},
		{"{generations: {on: [2027-05-01], falls: {per_year: -99% to 900%}}}", "50%"}, {"{schwartz: {from: 1e-9, level: 1e9, reversion: 0.001, volatility: 5}}", "1 to 2"}} {
		f.Add(x[0], x[1])
	}
	f.Fuzz(func(t *testing.T, sunk, recovery string) {
		if strings.ContainsAny(sunk+recovery, "\n\r") {
			return
		}
		d, _ := deal.Parse("deal.yaml", []byte(movedText(sunk, recovery)))
		if d == nil {
			return
		}
		d.Inputs()
		j := NewJob(d, nil)
		factors := j.Plan.Factors(8)
		factors.Sample(draw.Source{Seed: 1})
		for _, path := range []string{"cost.sunk", "need.firm", "delivery"} {
			for step, col := range factors.Level(path) {
				for _, x := range col {
					if math.IsNaN(x) || x < 0 {
						t.Fatalf("%s is %v in step %d", path, x, step)
					}
				}
			}
		}
		obs := factors.Observe(j.Program)
		obs.Open()
		factors.Step(0)
		obs.Show(0)
		if text := fmt.Sprint(obs.Col); strings.Contains(text, "NaN") {
			t.Fatal(text)
		}
	})
}
