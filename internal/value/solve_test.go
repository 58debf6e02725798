// SPDX-License-Identifier: Apache-2.0

package value

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"offtake/internal/deal"
	"offtake/internal/field"
	"offtake/internal/value/root"
)

func parsed(t testing.TB, text string) *deal.Deal {
	t.Helper()
	d, list := deal.Parse("test.yaml", []byte(text))
	if d == nil {
		t.Fatalf("%v\n%s", list, text)
	}
	return d
}

// cheque is a deal of ten years: a cheque of 5 at a value of 380 of a lab worth 350, spend of 10 a year, a riskless
// rate of 5%, a hazard of 4%. The same deal as the worked example of package paths, without its commitment. Its present value of
// spend is 63.014054040166 and the premium of the cheque 0.389610389610 (sums of e^(-0.09 t), and 5 - 355/385 x 5 = 5 - 4.610389610390).
const cheque = `
offtake: 1
title: Cheque
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 10y
step: year
day_count: 30/360
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - equity: {id: stake, from: cloud, to: lab, amount: 5, at: signing, pre_money: 380, round: 5}
  - price: {id: list, from: cloud, to: lab, fixed: 1}
world:
  discount: {continuous: 5%}
  need: {firm: {constant: 10}}
  list_price: {constant: 1}
  market_price: {constant: 0.9}
  cost: {sunk: 0.55, scarce: market, build: 0.8}
  lab_value: {start: 350}
  default: {hazard: 4%, recovery: 0%, mode: weighted}
  feedback: off
`

func solved(t *testing.T, text string, q Question, opt Options) *Solution {
	t.Helper()
	s, err := Solve(parsed(t, text), q, opt)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range s.Checks {
		for k, holds := range c.Holds {
			if !holds {
				t.Errorf("root %d: %+v is left of %s", i, c.Gaps[k], s.Conditions[k].Text)
			}
		}
	}
	return s
}

// At a mark-up of 8.618601272958% over the market the overcharge is the whole cheque, and at 0.622137885622% its premium: then
// the lab's other holders have nothing. Both are PV/(spend - PV) worked out beside this program.
func TestSolveBreakEven(t *testing.T) {
	for _, c := range []struct {
		condition string
		markup    float64
	}{{"overcharge = 5", 0.08618601272958}, {"npv.lab = 0", 0.00622137885622}} {
		s := solved(t, cheque, Question{Vary: []string{"world.market_price"}, SoThat: []string{c.condition}}, Options{})
		if s.Roots.Answer() != root.One || len(s.Checks) != 1 {
			t.Fatalf("%s: %+v", c.condition, s.Roots)
		}
		if want := 1 / (1 + c.markup); math.Abs(s.Roots.Roots[0].X-want) > 1e-9 {
			t.Errorf("%s: %.12f, want %.12f", c.condition, s.Roots.Roots[0].X, want)
		}
		if u := s.Unknowns[0]; u.Lo != 0 || math.Abs(u.Hi-2.7) > 1e-12 || s.Now == nil || s.Now.X[0] != 0.9 {
			t.Errorf("bracket %v to %v", u.Lo, u.Hi)
		}
	}
	// With a discount d the price is 1-d, and the market's 0.9: 10 units a year make 63.014054040166 (0.1-d) an overcharge,
	// which is the premium at d = 0.1 - 0.389610389610/63.014054040166.
	discount := strings.Replace(cheque, "fixed: 1}", "discount: 0%}", 1)
	s := solved(t, discount, Question{Vary: []string{"clauses.list.discount=0%..50%"}, SoThat: []string{"npv.lab = 0"}}, Options{})
	if want := 0.1 - 0.389610389610/63.014054040166; len(s.Roots.Roots) != 1 || math.Abs(s.Roots.Roots[0].X-want) > 1e-9 {
		t.Errorf("%+v, want %v", s.Roots, want)
	}
}

// Of two unknowns, the market price and the value of the lab: the overcharge settles the one and the premium the other. At a
// premium of 1 the stake is worth 4 = 5 (V+5)/385, so V = 303.
func TestSolveTwo(t *testing.T) {
	s := solved(t, cheque, Question{Vary: []string{"world.market_price", "world.lab_value.start=100..500"}, SoThat: []string{"overcharge = 5", "premium = 1"}}, Options{})
	if len(s.Checks) != 1 {
		t.Fatalf("%+v", s.System)
	}
	if x := s.Checks[0].X; math.Abs(x[0]-1/1.08618601272958) > 1e-6 || math.Abs(x[1]-30300) > 1 {
		t.Errorf("%v", x)
	}
}

// No price of the market makes the lab's holders a loss of 100 (it has none at all but for what it is overcharged); the
// answer says how low it gets.
func TestSolveNone(t *testing.T) {
	s := solved(t, cheque, Question{Vary: []string{"world.market_price=0.5..1"}, SoThat: []string{"npv.lab = -100"}}, Options{})
	// At half the price the overcharge is half of 63.014054040166, and the premium 0.389610389610.
	if want := 100*0.389610389610 - 100*0.5*63.014054040166 + 10000; s.Roots.Answer() != root.None || math.Abs(s.Roots.Lowest-want) > 0.01 {
		t.Errorf("%+v, want %v", s.Roots, want)
	}
}

// twice is a deal in which money goes out, comes in and goes out again.
const twice = `
offtake: 1
title: Twice
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 2y
step: year
day_count: 30/360
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - grant: {id: gift, from: cloud, to: lab, worth: 100}
  - price: {id: list, from: cloud, to: lab, fixed: 1}
world:
  discount: 15%
  need: {firm: {table: [230, 132]}}
  cost: {sunk: {table: [0, 2]}}
  lab_value: {start: 350}
`

// The flows -100, 230, -132 have a present value of nothing at two rates, 10% and 20%: 132 = 1.1 x 1.2 x 100 and
// 230 = (1.1 + 1.2) x 100. At 10% and at 20% only.
func TestSolveSeveral(t *testing.T) {
	s := solved(t, twice, Question{Vary: []string{"world.discount=5%..25%"}, SoThat: []string{"npv.cloud = 0"}}, Options{})
	if s.Roots.Answer() != root.Several || len(s.Checks) != 2 {
		t.Fatalf("%+v", s.Roots)
	}
	for i, want := range []float64{0.1, 0.2} {
		if x := s.Roots.Roots[i].X; math.Abs(x-want) > 1e-9 {
			t.Errorf("%v, want %v", x, want)
		}
	}
}

// A quantile and a chance of a sample, against their closed forms: of a lognormal need with mean 10 and a volatility of 30%
// the value of a year's unit margin of 1-c is (1-c) Y, and what is missing of a minimum of m is there when Y < m. At
// one step Y = 10 exp(0.3 Z - 0.045): its 5% quantile is 10 exp(-0.3 x 1.644853627 - 0.045) = 5.8364...
func TestSolveOnPaths(t *testing.T) {
	text := `
offtake: 1
title: Paths
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
  - commitment: {id: spend, from: lab, to: cloud, total: 8000000, take: 50%}
world:
  discount: 0%
  need: {firm: {lognormal: {mean: 10000000, volatility: 30%}}}
  market_price: 2
  cost: {sunk: 0.5}
  lab_value: {start: 350B}
`
	lowest := 1e7 * math.Exp(-0.3*1.6448536269514722-0.045)
	s := solved(t, text, Question{Vary: []string{"clauses.spend.total=1M..30M"}, SoThat: []string{"chance(deficiency_total) = 5%"}}, Options{Paths: 4096, Seed: 1})
	if s.Roots.Answer() != root.One {
		t.Fatalf("%+v", s.Roots)
	}
	r := s.Roots.Roots[0]
	if x := 0.5 * r.X / 100; math.Abs(x-lowest) > 4*0.5*r.Error/100 || !(r.Error > 0) || r.Error > 0.02*r.X {
		t.Errorf("a minimum of %v ± %v, want %v", x, 0.5*r.Error/100, lowest)
	}
	s = solved(t, text, Question{Vary: []string{"world.cost.sunk"}, SoThat: []string{"p5(npv.cloud) = 1M"}}, Options{Paths: 4096, Seed: 1})
	r = s.Roots.Roots[0]
	if want := 1 - 1e6/lowest; s.Roots.Answer() != root.One || math.Abs(r.X-want) > 4*r.Error || r.Error > 0.01 {
		t.Errorf("a cost of %v ± %v, want %v", r.X, r.Error, want)
	}
	// The value is (1-c) times the mean need, which is 10M: nothing at a cost of 1, whatever the paths.
	s = solved(t, text, Question{Vary: []string{"world.cost.sunk"}, SoThat: []string{"npv.cloud = 0"}}, Options{Paths: 4096, Seed: 1})
	if r = s.Roots.Roots[0]; math.Abs(r.X-1) > 1e-3 || s.Paths != 4096 {
		t.Errorf("%+v", r)
	}
}

// Of random deals, random terms and random figures, each asked to be what it is at a random place in the
// bracket: there is a root, and what is put into the deal again leaves nothing of the condition. With OFFTAKE_PROVE set, a
// thousand of them.
func TestSolveRandom(t *testing.T) {
	each := 100
	if os.Getenv("OFFTAKE_PROVE") != "" {
		each = 500
	}
	for part := range uint64(2) {
		t.Run(fmt.Sprint(part), func(t *testing.T) { t.Parallel(); askRandom(t, part, each) })
	}
}

func askRandom(t *testing.T, seed uint64, wanted int) {
	rng := rand.New(rand.NewPCG(1, seed))
	asked, found := 0, 0
	for asked < wanted {
		d := parsed(t, randomDeal(rng))
		var terms []string
		for _, in := range d.Inputs() {
			if v, err := d.Variable(in.Path); err == nil && v.Value != 0 && v.Value == v.Value && v.Kind != field.Span {
				terms = append(terms, in.Path)
			}
		}
		for range 10 {
			asked += askAt(t, rng, d, terms[rng.IntN(len(terms))], &found)
		}
	}
	t.Logf("%d asked, %d roots", asked, found)
	if found < wanted {
		t.Errorf("%d roots of %d conditions", found, asked)
	}
}

// askAt asks for what a figure is at a random place; it counts the questions that say something.
func askAt(t *testing.T, rng *rand.Rand, d *deal.Deal, path string, found *int) int {
	t.Helper()
	u, err := ParseUnknown(d, path)
	if err != nil {
		t.Fatal(err)
	}
	x := u.Lo + (0.05+0.9*rng.Float64())*(u.Hi-u.Lo)
	figure := []string{"npv.lab", "npv.cloud", "pv_spend", "overcharge", "deficiency_total"}[rng.IntN(5)]
	e, err := newQuestion(d, Question{Vary: []string{path}, SoThat: []string{figure + " = 0"}}, Options{})
	if err != nil {
		return 0
	}
	at, _ := e.all([][]float64{{x}, {u.Lo}, {u.Hi}})
	if at[0].fault != nil || at[1].fault != nil || at[2].fault != nil {
		return 0
	}
	target := at[0].gaps[0].Value
	if math.Abs(at[1].gaps[0].Value-at[2].gaps[0].Value) < 1000 || math.Abs(target) < 100 {
		return 0 // the figure does not move by as much as ten dollars
	}
	q := Question{Vary: []string{path}, SoThat: []string{figure + " = " + fmt.Sprintf("%.2f", target/100)}, Cells: 8}
	s, err := Solve(d, q, Options{})
	if err == nil && s.Roots.Answer() == root.None { // two roots in a wide cell may not be seen: see package root
		q.Cells = 64
		s, err = Solve(d, q, Options{})
	}
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Roots.Roots) == 0 && len(s.Roots.Zero) == 0 {
		t.Errorf("%s of %s = %v, as at %v: no root, from %v to %v", path, figure, target, x, s.Roots.Lowest, s.Roots.Highest)
	}
	for i, c := range s.Checks {
		*found++
		if !c.Holds[0] && !s.Roots.Roots[i].Jumps {
			t.Errorf("%s of %s = %v: %v is left at %v of %v to %v", path, figure, target, c.Gaps[0].Value, c.X, u.Lo, u.Hi)
		}
	}
	return 1
}

// randomDeal is a small deal of three to five years in steps of one, of amounts of thousands.
func randomDeal(rng *rand.Rand) string {
	years := 3 + rng.IntN(3)
	pick := func(of ...string) string { return of[rng.IntN(len(of))] }
	table := ""
	for y := range years {
		if y > 0 {
			table += ", "
		}
		table += fmt.Sprint(50000 + rng.IntN(200000))
	}
	out := fmt.Sprintf(`
offtake: 1
title: Random
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: %dy
step: year
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - price: {id: list, from: cloud, to: lab, %s}
  - commitment: {id: spend, from: lab, to: cloud, total: %d%s%s}
`, years, pick("fixed: 1", "discount: 10%", "fixed: 0.95"), 200000+rng.IntN(600000), pick("", ", take: 80%"), pick("", ", deficiency: 60%", ", make_up: {life: 1}"))
	out += pick("", fmt.Sprintf("  - equity: {id: stake, from: cloud, to: lab, amount: %d, pre_money: 900000}\n", 20000+rng.IntN(80000)))
	out += pick("", fmt.Sprintf("  - loan: {id: note, from: cloud, to: lab, principal: %d, rate: 7%%}\n", 10000+rng.IntN(90000)))
	out += pick("", fmt.Sprintf("  - grant: {id: gift, from: cloud, to: lab, worth: %d}\n", 10000+rng.IntN(90000)))
	return out + fmt.Sprintf(`world:
  discount: %d%%
  need: {firm: {table: [%s]}}
  market_price: {per_year: {from: %.2f, rate: -%d%%}}
  cost: {sunk: 0.%d}
  lab_value: {start: %d}
  default: {hazard: %d%%, recovery: %d%%}
`, 2+rng.IntN(8), table, 0.8+0.3*rng.Float64(), 1+rng.IntN(20), 3+rng.IntN(5), 500000+rng.IntN(900000), 1+rng.IntN(10), rng.IntN(60))
}

// What cannot be asked is refused with what could be.
func TestSolveRefuses(t *testing.T) {
	for _, c := range []struct{ vary, so, want string }{
		{"clauses.list.fixd", "npv.lab = 0", "did you mean clauses.list.fixed?"},
		{"clauses.stake.at", "npv.lab = 0", "one by one"},
		{"world.cost", "npv.lab = 0", "world.cost.sunk"},
		{"title", "npv.lab = 0", "terms are in"},
		{"world.market_price=1", "npv.lab = 0", "LO..HI"},
		{"world.market_price=2..1", "npv.lab = 0", "lower end first"},
		{"world.market_price=x..1", "npv.lab = 0", `"x"`},
		{"world.market_price=-1..1", "npv.lab = 0", "at least 0"},
		{"world.market_price", "npv.labb = 0", "did you mean npv.lab?"},
		{"world.market_price", "npv.lab", "FIGURE = VALUE"},
		{"world.market_price", "0 = npv.lab", "write the figure first"},
		{"world.market_price", "npv.lab = 5x", "5x"},
		{"world.market_price", "npv.lab = 5%", "percentage"},
		{"world.market_price", "npv.lab = pv_coverage", "in money"},
		{"world.market_price", "p5(npv.lab) = 0", "base run has none"},
		{"world.market_price", "p500(npv.lab) = 0", "base run has none"},
	} {
		_, err := Solve(parsed(t, cheque), Question{Vary: []string{c.vary}, SoThat: []string{c.so}}, Options{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s, %s: %v, want %s", c.vary, c.so, err, c.want)
		}
	}
	for so, want := range map[string]string{"p500(npv.lab) = 0": "none between", "mean(npv.lab) = 0": "nothing is called mean", "chance(npv.lab < 0) = 100%": "above 0%"} {
		_, err := Solve(parsed(t, cheque), Question{Vary: []string{"world.market_price"}, SoThat: []string{so}}, Options{Paths: 64})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", so, err)
		}
	}
	_, err := Solve(parsed(t, cheque), Question{Vary: []string{"world.market_price"}, SoThat: []string{"npv.lab = 0", "npv.cloud = 0"}}, Options{})
	if err == nil || !strings.Contains(err.Error(), "1 unknowns and 2 conditions") {
		t.Error(err)
	}
}

// Told to stop, it says what it knows; before anything, that there is nothing.
func TestSolveStops(t *testing.T) {
	calls := 0
	opt := Options{Proceed: func(done, all int) bool { calls++; return calls < 4 && done <= all }}
	s, err := Solve(parsed(t, cheque), Question{Vary: []string{"world.market_price"}, SoThat: []string{"npv.lab = 0"}}, opt)
	if err != nil || !s.Stopped || len(s.Points) == 0 || len(s.Points) > 32 {
		t.Errorf("%+v, %v", s, err)
	}
	opt.Proceed = func(int, int) bool { return false }
	if _, err := Solve(parsed(t, cheque), Question{Vary: []string{"world.market_price"}, SoThat: []string{"npv.lab = 0"}}, opt); !errors.Is(err, ErrStopped) {
		t.Error(err)
	}
}
