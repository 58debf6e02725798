// SPDX-License-Identifier: Apache-2.0

package value

import (
	"math"
	"strings"
	"testing"

	"offtake/internal/paths"
	"offtake/internal/value/estimate"
)

// linear is a deal of a year in which the provider's value is 10 (1-c) + (V+5)/77 - 5 million, with c uniform in
// 0.3 to 0.7 and V in 200 to 500: a cheque of 5 for 5/385 of a lab worth V and the cheque.
const linear = `
offtake: 1
title: Linear
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 1y
step: year
day_count: 30/360
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - equity: {id: stake, from: cloud, to: lab, amount: 5M, at: signing, pre_money: 380M, round: 5M}
  - price: {id: list, from: cloud, to: lab, fixed: 1}
world:
  discount: 0%
  need: {firm: 10M}
  market_price: 1
  cost: {sunk: {uniform: {low: 0.3, high: 0.7}}}
  lab_value: {start: {uniform: {low: 200M, high: 500M}}}
`

// Of that value the variances are 100 x 0.4^2/12 and (300/77)^2/12, by hand.
const ofCost, ofValue = 100 * 0.4 * 0.4 / 12, 300.0 / 77 * 300 / 77 / 12

func sensitivity(t testing.TB, text string, opt SensitivityOptions) *Sensitivity {
	t.Helper()
	s, err := SensitivityOf(parsed(t, text), opt)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// about holds an estimate to what is known, within four of its errors, which are small.
func about(t *testing.T, what string, e estimate.Estimate, want, most float64) {
	t.Helper()
	if !(math.Abs(e.Mean-want) <= 4*e.Error+1e-12) || e.Error > most {
		t.Errorf("%s: %v ± %v, want %v", what, e.Mean, e.Error, want)
	}
}

func (x *VarianceShares) of(d paths.Draw) VarianceShare {
	for _, s := range x.Draws {
		if s.Draw == d {
			return s
		}
	}
	return VarianceShare{}
}

func TestSensitivityLinear(t *testing.T) {
	s := sensitivity(t, linear, SensitivityOptions{Options: Options{Paths: 4096, Seed: 3}, On: []string{"npv.cloud"}, Move: 0.2, Top: 6})
	x := &s.Shares[0]
	if len(s.Shares) != 1 || len(x.Draws) != 2 || x.Draws[0].Draw != "world.cost.sunk" || x.Draws[1].Draw != "world.lab_value.start" {
		t.Fatalf("%+v", s.Shares)
	}
	for d, v := range map[paths.Draw]float64{"world.cost.sunk": ofCost, "world.lab_value.start": ofValue} {
		about(t, "first-order index of "+string(d), x.of(d).First, v/(ofCost+ofValue), 0.02)
		about(t, "total index of "+string(d), x.of(d).Total, v/(ofCost+ofValue), 0.02)
	}
	about(t, "Shapley effect", x.Shapley[0], ofCost/(ofCost+ofValue), 0.03)
	if sum := x.Shapley[0].Mean + x.Shapley[1].Mean; math.Abs(sum-1) > 1e-12 {
		t.Errorf("Shapley effects add up to %v", sum)
	}
	if want := 100e6 * math.Sqrt(ofCost+ofValue); math.Abs(x.Spread-want) > 0.02*want {
		t.Errorf("a spread of %v, want %v", x.Spread, want)
	}
	// At the 5% quantile of the cost, 0.32, it is 0.18 below its mean: 1.8 million more on the mean; and 270 less of the
	// value's mean is 135/77 million.
	for _, want := range []struct {
		name      string
		low, high float64
	}{{"world.cost.sunk", 1.8e8, -1.8e8}, {"world.lab_value.start", -1.35e8 * 100 / 77, 1.35e8 * 100 / 77}, {"world.need.firm", -1e8, 1e8}} {
		found := false
		for i := range s.Effects {
			if e := &s.Effects[i]; e.Input.Name == want.name {
				found = true
				about(t, "less "+want.name, e.Low[0], want.low, 2e6)
				about(t, "more "+want.name, e.High[0], want.high, 2e6)
			}
		}
		if !found {
			t.Errorf("%s is not moved: %+v", want.name, s.Effects)
		}
	}
	for i := 1; i < len(s.Effects); i++ {
		if s.Effects[i].Size(0) > s.Effects[i-1].Size(0) {
			t.Error("not the largest first")
		}
	}
	// The mean is 5 + 355/77 - 5: a cost of 0.5 + 0.355/0.77 turns it.
	for _, turn := range s.Turns {
		if _, above := turn.Nearest(); turn.Input.Name == "world.cost.sunk" && (above == nil || math.Abs(above.X-(0.5+0.355/0.77)) > 4*above.Error+1e-6) {
			t.Errorf("%+v", turn.Roots)
		}
	}
	if len(s.Turns) == 0 {
		t.Error("nothing turns it")
	}
}

// Noise is one input: of (1-U) Y, with U uniform in 0.3 to 0.7 and Y lognormal with a volatility of 30%, what comes of U alone, of Y
// alone, and of both together is known (see TestSplitProduct of package paths, which has the moments).
const product = `
offtake: 1
title: Product
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 1y
step: year
day_count: 30/360
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - price: {id: list, from: cloud, to: lab, fixed: 1}
world:
  discount: 0%
  need: {firm: {lognormal: {mean: 10M, volatility: 30%}}}
  market_price: 2
  cost: {sunk: {uniform: {low: 0.3, high: 0.7}}}
  lab_value: {start: 350M}
`

func productShares() (first, total, shapley float64) {
	const mean, varU = 0.5, 0.4 * 0.4 / 12
	varY := math.Exp(0.3*0.3) - 1
	all := varU + mean*mean*varY + varU*varY
	return varU / all, varU * (1 + varY) / all, varU * (1 + varY/2) / all
}

func TestSensitivityNoise(t *testing.T) {
	s := sensitivity(t, product, SensitivityOptions{Options: Options{Paths: 16384, Seed: 5}, On: []string{"npv.cloud"}, Move: 0.2, Top: 6})
	first, total, shapley := productShares()
	x := &s.Shares[0]
	about(t, "first-order index", x.of("world.cost.sunk").First, first, 0.02)
	about(t, "total index", x.of("world.cost.sunk").Total, total, 0.02)
	about(t, "total index of noise", x.of(paths.Noise).Total, 1-first, 0.02)
	for i, p := range x.Players {
		if p == "world.cost.sunk" {
			about(t, "Shapley effect", x.Shapley[i], shapley, 0.03)
		}
	}
}

// The intervals hold what is known on about 95% of seeds.
func TestSensitivityCoverage(t *testing.T) {
	first, total, shapley := productShares()
	held, asked := 0, 0
	for seed := range uint64(40) {
		e := newEvaluator(parsed(t, product), Options{Paths: 1024, Seed: seed, Workers: 1})
		s := &Sensitivity{Deal: e.deal}
		if err := e.asked(s, []string{"npv.cloud"}); err != nil {
			t.Fatal(err)
		}
		if err := e.shares(s, SensitivityOptions{Options: Options{Paths: 4096}, Top: 6}); err != nil {
			t.Fatal(err)
		}
		x := &s.Shares[0]
		for _, c := range []struct {
			e    estimate.Estimate
			want float64
		}{{x.of("world.cost.sunk").First, first}, {x.of("world.cost.sunk").Total, total}, {x.Shapley[indexOf(x.Players, "world.cost.sunk")], shapley}} {
			asked++
			if math.Abs(c.e.Mean-c.want) <= c.e.Margin {
				held++
			}
		}
	}
	// The three of a seed hang together: at worst as 40 cases, whose share errs by 3.4%.
	if share := float64(held) / float64(asked); share < 0.85 {
		t.Errorf("%.3f of %d intervals hold", share, asked)
	}
}

func indexOf(names []string, name string) int {
	for i, x := range names {
		if x == name {
			return i
		}
	}
	return -1
}

// A clause more, which moves the same on every path, leaves every draw as it was, and so every share.
func TestSensitivityKeepsDraws(t *testing.T) {
	opt := SensitivityOptions{Options: Options{Paths: 1024, Seed: 2}, On: []string{"npv.cloud"}, Move: 0.2, Top: 4}
	a := sensitivity(t, product, opt)
	b := sensitivity(t, strings.Replace(product, "world:", "  - grant: {id: gift, from: cloud, to: lab, worth: 1M}\nworld:", 1), opt)
	for i, x := range a.Shares[0].Draws {
		y := b.Shares[0].Draws[i]
		if x.Draw != y.Draw || math.Abs(x.Total.Mean-y.Total.Mean) > 1e-9 || math.Abs(x.First.Mean-y.First.Mean) > 1e-9 {
			t.Errorf("%+v and %+v", x, y)
		}
	}
	if a.Now[0].Value == b.Now[0].Value {
		t.Error("the clause moves nothing")
	}
	// The same for any number of workers.
	opt.Workers = 3
	if c := sensitivity(t, product, opt); c.Shares[0].Draws[0] != a.Shares[0].Draws[0] || c.Shares[0].Shapley[0] != a.Shares[0].Shapley[0] {
		t.Error("workers matter")
	}
}

// A base run has a tornado and turns, without errors; stopped, what is known is there.
func TestSensitivityBaseAndStop(t *testing.T) {
	s := sensitivity(t, linear, SensitivityOptions{On: []string{"npv.cloud"}, Move: 0.5, Top: 3})
	if s.Shares != nil || len(s.Effects) < 3 || s.Effects[0].Low[0].Error != 0 || len(s.Turns) == 0 {
		t.Errorf("%+v", s)
	}
	calls := 0
	opt := SensitivityOptions{Options: Options{Paths: 1024, Proceed: func(done, all int) bool { calls++; return calls < 40 && done <= all }}, Move: 0.2, Top: 3}
	s, err := SensitivityOf(parsed(t, linear), opt)
	if err != nil || !s.Stopped || len(s.Now) != 2 || len(s.Turns) != 0 {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := SensitivityOf(parsed(t, linear), SensitivityOptions{On: []string{"npv.clod"}}); err == nil || !strings.Contains(err.Error(), "did you mean npv.cloud?") {
		t.Error(err)
	}
}

// A turn is looked for where the deal can be run: a cheque is no more than its round.
func TestTurnsWhereDefined(t *testing.T) {
	seen := 0
	s := sensitivity(t, strings.Replace(linear, "round: 5M", "round: 8M", 1), SensitivityOptions{On: []string{"npv.cloud"}, Move: 0.2, Top: 20})
	for _, turn := range s.Turns {
		switch turn.Input.Name {
		case "clauses.stake.amount":
			if seen++; turn.To < turn.Now || turn.To > 8e8 {
				t.Errorf("a cheque up to %v", turn.To)
			}
		case "clauses.stake.round":
			if seen++; turn.From < 5e8 || turn.From > turn.Now {
				t.Errorf("a round from %v", turn.From)
			}
		}
	}
	if seen == 0 {
		t.Errorf("neither is looked at: %+v", s.Turns)
	}
}

// Tables move as one, what is a fact does not, and what cannot is said.
func TestInputsOf(t *testing.T) {
	text := strings.Replace(linear, "firm: 10M", "firm: {table: [10M]}", 1) + "  default: {hazard: 0%}\n" + `facts:
  clauses.stake.amount: {status: press, source: x}
sources:
  x: {publisher: P, title: T, url: "https://example.com"}
`
	in, fixed := inputsOf(parsed(t, text), 0.2)
	names := map[string]Input{}
	for _, x := range in {
		names[x.Name] = x
	}
	if x, ok := names["world.need.firm.table"]; !ok || len(x.Variables) != 1 || x.Low[0] != 8e6 {
		t.Errorf("%+v", names)
	}
	if _, ok := names["clauses.stake.amount"]; ok {
		t.Error("a fact is moved")
	}
	if x := names["world.cost.sunk"]; !x.Uncertain || math.Abs(x.Low[0]-0.32) > 1e-12 {
		t.Errorf("%+v", x)
	}
	if _, ok := names["world.cost.sunk.uniform.low"]; ok {
		t.Error("the end of an uncertain number is moved")
	}
	why := ""
	for _, f := range fixed {
		why += f.Name + ": " + f.Why + "\n"
	}
	if !strings.Contains(why, "world.default.hazard: a share of nothing") {
		t.Error(why)
	}
}
