// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"offtake/internal/contract"
	"offtake/internal/deal"
	"offtake/internal/draw"
	"offtake/internal/measure"
)

// burning is a yearly deal of four years: 10 units a year at a price of 1, half of
// which must be taken, by a lab that takes in 2 from others and pays them 5.
func burning(cash, more string) string {
	return `
offtake: 1
title: Runway
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 4y
step: year
day_count: 30/360
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - price: {id: list, from: cloud, to: lab, fixed: 1}
  - commitment: {id: spend, from: lab, to: cloud, total: 20}
world:
  discount: 5%
  need: {firm: 10}
  cost: {sunk: 0.5}
  lab_value: {start: 350}
  other_inflow: 2
  default: {recovery: 40%, mode: simulated, cash: ` + cash + `}
` + more
}

// one runs a job in one sampled lane and shows each month.
func one(t *testing.T, j *Job, see func(m *contract.Month)) *runner {
	t.Helper()
	f := j.Plan.Factors(1)
	f.Sample(draw.Source{Seed: 1})
	r := newRunner(j, f, 1, true, nil)
	f.Step(-1)
	see(r.open())
	for !r.contract.Done() {
		f.Step(r.contract.Next())
		see(r.step())
	}
	r.book.Close()
	return r
}

// lab reads a measure of the only lane.
func lab(r *runner, name string, period int) float64 {
	out := make([]float64, 1)
	i := measure.Find(r.measures, name, "", "", period)
	r.measures[i].Value(r.book, out)
	return out[0]
}

// By hand: of 25 the lab burns 13 a year, 2 - 5 - 10. 12 is left after a year and
// -1 after two. It fails in the third, in which it takes nothing, and of the 10 that
// it had still to spend, of which the second 5 are a year later, the estate pays 40%.
// With credit of 1 it lasts a year longer.
func TestCashRunsOut(t *testing.T) {
	for _, c := range []struct {
		cash, more string
		least, out float64
		month      float64
		by         [4]float64
		spent      float64 // paid for use
		recovered  float64
	}{
		{"{start: 25, other_outflow: 5}", "", -1, 1, 24, [4]float64{0, 1, 1, 1}, 20, 0.4 * (5 + 5/1.05)},
		{"{start: 25, other_outflow: 5, least: -1}", "", -14, 1, 36, [4]float64{0, 0, 1, 1}, 30, 0.4 * 5},
		{"{start: 25, other_outflow: 5, least: -0.99}", "", -1, 1, 24, [4]float64{0, 1, 1, 1}, 20, 0.4 * (5 + 5/1.05)},
		{"{start: 40, other_outflow: {table: [5, 5, 4, 4]}}", "", -10, 1, 48, [4]float64{0, 0, 0, 1}, 40, 0},
		{"{start: 50, other_outflow: {table: [5, 5, 4, 4]}}", "", 0, 0, math.NaN(), [4]float64{}, 40, 0},
		{"{start: 25}", "", -7, 1, 48, [4]float64{0, 0, 0, 1}, 40, 0},
		// Half of need is run here: 8 a year go.
		{"{start: 25, other_outflow: 5}", "policy: {take: {share: 50%}}\n", -7, 1, 48, [4]float64{0, 0, 0, 1}, 20, 0},
	} {
		j := NewJob(parse(t, burning(c.cash, c.more)), nil)
		spent, recovered := 0.0, 0.0
		r := one(t, j, func(m *contract.Month) {
			for _, p := range m.Postings() {
				switch {
				case p.Line.Asset.Kind != contract.Cash:
				case p.Line.Kind == "usage":
					spent += p.Amount[0]
				case p.Line.Role == contract.Estate:
					recovered += p.Amount[0]
				}
			}
		})
		near := func(what string, got, want float64) {
			if !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) && !(math.IsNaN(got) && math.IsNaN(want)) {
				t.Errorf("cash %s%s: %s is %v, want %v", c.cash, c.more, what, got, want)
			}
		}
		near("least_cash", lab(r, "least_cash", 0), 100*c.least)
		near("cash_out", lab(r, "cash_out", 0), c.out)
		near("cash_out_month", lab(r, "cash_out_month", 0), c.month)
		near("what is paid for use", spent, 100*c.spent)
		near("what the estate pays", recovered, 100*c.recovered)
		for y, want := range c.by {
			near(fmt.Sprint("cash_out_by ", y+1), lab(r, "cash_out_by", y+1), want)
		}
		// Who runs out in the last step does not fail within the run.
		fails := 0.0
		if c.month < 48 {
			fails = 1
		}
		near("default", lab(r, "default", 0), fails)

		// The twin does not know of it.
		spent = 0
		one(t, j.WithoutDefault(), func(m *contract.Month) {
			for _, p := range m.Postings() {
				if p.Line.Kind == "usage" && p.Line.Asset.Kind == contract.Cash {
					spent += p.Amount[0]
				}
			}
		})
		full := 40.0
		if c.more != "" {
			full = 20
		}
		near("what a lab that cannot fail pays", spent, 100*full)
	}
}

// A base run tells that cash runs out and when, and goes on.
func TestBaseRunTellsOfCash(t *testing.T) {
	b := RunBase(NewJob(parse(t, burning("{start: 25, other_outflow: 5}", "")), nil))
	for name, want := range map[string]float64{"least_cash": 25 - 4*13, "cash_out": 1, "cash_out_month": 24, "default": 0} {
		if got := get(t, b, name, "", 0); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
	if x := get(t, b, "total_given", "lab", 0); x != 40 {
		t.Errorf("the lab pays %v, want all of 40", x)
	}
	// A hazard beside it weighs the lanes as it does alone.
	with := RunBase(NewJob(parse(t, strings.Replace(burning("{start: 25, other_outflow: 5}", ""), "recovery: 40%", "recovery: 40%, hazard: 4%", 1)), nil))
	alone := RunBase(NewJob(parse(t, strings.Replace(burning("X", ""), "recovery: 40%, mode: simulated, cash: X", "recovery: 40%, hazard: 4%", 1)), nil))
	if a, b := get(t, with, "npv", "cloud", 0), get(t, alone, "npv", "cloud", 0); a != b {
		t.Errorf("with cash beside the hazard the base run gives %v, without %v", a, b)
	}
	if a := get(t, with, "least_cash", "", 0); a != 25-4*13 {
		t.Errorf("beside a hazard the least cash is %v", a)
	}
}

// Between the signing and the start, and after a signing within the term, other
// money comes for the time that there is: at 12 a year, six months before the start
// bring 6, and a signing after three of twelve months leaves 9 of the first year.
func TestCashFromTheSigning(t *testing.T) {
	for signed, want := range map[string]float64{"2027-01-01": 24, "2026-07-01": 30, "2027-04-01": 21, "2028-01-01": 12, "2028-07-01": 6} {
		text := strings.NewReplacer("signed: 2027-01-01", "signed: "+signed, "firm: 10", "firm: 0", "other_inflow: 2", "other_inflow: 12", "total: 20", "total: 20, take: 1%, deficiency: {price: 1%}").Replace(burning("{start: 1}", ""))
		text = strings.Replace(text, "  - commitment: {id: spend, from: lab, to: cloud, total: 20, take: 1%, deficiency: {price: 1%}}\n", "", 1)
		j := NewJob(parse(t, text), nil)
		at := 0.0
		for u := range 2 { // steps of which the second ends on 2029-01-01
			at += 12 * j.Plan.CashSteps(u)
		}
		if math.Abs(at-want) > 1e-12 {
			t.Errorf("signed on %s, two years bring %v, want %v", signed, at, want)
		}
	}
}

// Whatever the deal, the account is what it begins with, what others bring and take,
// and what the flows bring and take while the lab lasts; and the lab fails in the
// step after the first at whose end there is too little, or by its hazard before.
func TestAccountsOfCash(t *testing.T) {
	failed, lasted := 0, 0
	for seed := range 150 {
		rng := rand.New(rand.NewPCG(uint64(seed), 9))
		text := maker{Rand: rng}.text()
		if seed%2 == 1 {
			text = (&financier{Rand: rng}).write()
		}
		at := strings.Index(text, "  default: {")
		end := at + strings.Index(text[at:], "\n")
		line := strings.NewReplacer(", mode: weighted", "", ", mode: simulated", "").Replace(text[at:end])
		line = strings.TrimSuffix(line, "}") + fmt.Sprintf(", mode: simulated, cash: {start: %d to %d, least: -20, other_outflow: {lognormal: {mean: %d, volatility: 50%%}}}}", 50+rng.IntN(100), 200+rng.IntN(200), rng.IntN(90)+1)
		text = text[:at] + "  other_inflow: {geometric: {from: 40, volatility: 40%}}\n" + line + text[end:]
		d, list := deal.Parse("random.yaml", []byte(text))
		if list.HasFaults() {
			t.Fatalf("seed %d: %v\n%s", seed, list, text)
		}
		a, b := conserved(t, NewJob(d, nil))
		failed, lasted = failed+a, lasted+b
		if t.Failed() {
			t.Fatalf("seed %d\n%s", seed, text)
		}
	}
	if failed < 1000 || lasted < 1000 {
		t.Errorf("on %d paths cash runs out and on %d not", failed, lasted)
	}
}

// conserved holds the account of 32 paths to the flows, and tells on how many it has
// run out. It knows nothing of the measures' lines: it reads postings by who gives and
// who gets.
func conserved(t *testing.T, j *Job) (failed, lasted int) {
	const lanes = 32
	f := j.Plan.Factors(lanes)
	f.Sample(draw.Source{Seed: 3})
	r := newRunner(j, f, lanes, true, nil)
	buyer := j.Program.Buyer()
	cash, out, dead := make([]float64, lanes), make([]bool, lanes), make([]bool, lanes)
	copy(cash, f.CashStart())
	in, paid := f.Level("other_inflow"), f.Level("default.cash.other_outflow")
	see := func(m *contract.Month) {
		alive := m.Obs.Col[contract.Alive]
		for i := range cash {
			if out[i] && alive[i] != 0 {
				t.Errorf("lane %d: the lab is solvent in step %d with no cash", i, m.T)
			}
			if dead[i] = dead[i] || alive[i] == 0; dead[i] {
				continue
			}
			if m.T >= 0 {
				cash[i] += (in[m.T][i] - paid[m.T][i]) * j.Plan.CashSteps(m.T)
			}
			for _, p := range m.Postings() {
				if p.Line.Asset.Kind != contract.Cash {
					continue
				}
				if p.Line.To == buyer {
					cash[i] += p.Amount[i]
				}
				if p.Line.From == buyer {
					cash[i] -= p.Amount[i]
				}
			}
			if at := r.book.Cash(m.T)[i]; !(math.Abs(at-cash[i]) <= 1e-6) {
				t.Errorf("lane %d, step %d: the account is %v, the flows say %v", i, m.T, at, cash[i])
			}
			out[i] = cash[i] < f.CashLeast()[i]
		}
	}
	f.Step(-1)
	see(r.open())
	for !r.contract.Done() {
		f.Step(r.contract.Next())
		see(r.step())
	}
	for i := range out {
		switch {
		case out[i]:
			failed++
		case !dead[i]:
			lasted++
		}
	}
	return failed, lasted
}

// The first passage of a random walk: the lab takes in and pays 10 a year, and what
// it takes in is drawn anew each year, normal with a standard deviation of 3, so that
// of 5 it has Gaussian steps without drift. How likely it has run out by each year is
// found on a lattice of the account's density, on which what falls below 0 is lost.
func TestCashFirstPassage(t *testing.T) {
	const sd, start, years, reversion = 3.0, 5.0, 10, 8.0
	text := strings.NewReplacer("term: 4y", "term: 10y", "firm: 10", "firm: 0", "  - commitment: {id: spend, from: lab, to: cloud, total: 20}\n", "",
		"other_inflow: 2", fmt.Sprintf("other_inflow: {ornstein_uhlenbeck: {from: 10, level: 10, reversion: %v, volatility: %v}}", reversion, sd*math.Sqrt(2*reversion/(1-math.Exp(-2*reversion))))).
		Replace(burning("{start: 5, other_outflow: 10}", ""))
	s := Run([]*Job{NewJob(parse(t, text), nil)}, Options{Paths: 1 << 15, Seed: 5, Plain: true})[0]
	want := firstPassage(sd, start, years)
	for y := 1; y <= years; y++ {
		p, se := s.Estimates[measure.Find(s.Measures, "cash_out_by", "", "", y)].Happens()
		if !(math.Abs(p-want[y-1]) < 3*se) || se > 0.005 {
			t.Errorf("by year %d cash has run out on %v of paths, want %v; the standard error is %v", y, p, want[y-1], se)
		}
	}
}

// firstPassage is how likely a walk of normal steps from a level has been below 0 by
// each step, on a lattice of cells of which each holds its mass in its middle.
func firstPassage(sd, start float64, steps int) []float64 {
	const h, top = 0.02, 80.0
	n := int(top / h)
	cell := func(from float64, k int) float64 { // mass that goes from a level to a cell
		normal := func(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }
		return normal((float64(k+1)*h-from)/sd) - normal((float64(k)*h-from)/sd)
	}
	reach := int(7 * sd / h)
	kernel := make([]float64, 2*reach+1) // from the middle of a cell to the one so many further
	for k := range kernel {
		kernel[k] = cell(0.5*h, k-reach)
	}
	mass := make([]float64, n)
	for k := range mass {
		mass[k] = cell(start, k)
	}
	var out []float64
	for range steps {
		left := 0.0
		for _, x := range mass {
			left += x
		}
		out = append(out, 1-left)
		next := make([]float64, n)
		for k, x := range mass {
			for to := max(0, k-reach); to < min(n, k+reach+1); to++ {
				next[to] += float64(x * kernel[to-k+reach])
			}
		}
		mass = next
	}
	return out
}

// What the lab buys less of keeps it alive: without the commitment it does not run
// out where it does with it, on the same draws.
func TestDefaultAnswersToClauses(t *testing.T) {
	d := parse(t, strings.Replace(burning("{start: 25, other_outflow: 5}", "policy: {take: {share: 0%}}\n"), "total: 20", "total: 40", 1))
	without, err := d.Without("spend")
	if err != nil {
		t.Fatal(err)
	}
	a := NewJob(d, nil)
	s := Run([]*Job{a, NewJob(without, nil, a)}, Options{Paths: 1024, Seed: 1})
	for k, want := range []float64{1, 0} {
		if p := s[k].Estimates[measure.Find(s[k].Measures, "cash_out", "", "", 0)].Mean; p != want {
			t.Errorf("job %d runs out on %v of paths, want %v", k, p, want)
		}
	}
}

// moneyText is a monthly deal with cash that noise moves, and a hazard beside.
func moneyText(t testing.TB) string {
	return strings.NewReplacer("hazard: 4%", "hazard: 4%, cash: {start: 5 to 15, other_outflow: 6, least: -1}", "mode: weighted", "mode: simulated").
		Replace(strings.Replace(sampledText(t), "world:\n", "world:\n  other_inflow: {geometric: {from: 15, volatility: 50%}}\n", 1))
}

// Lanes and workers do not matter to accounts, the steps ask for no memory, and a
// recorded lane in which cash runs out replays to the same flows.
func TestCashByLanes(t *testing.T) {
	j := NewJob(parse(t, moneyText(t)), nil)
	jobs := []*Job{j, j.WithoutDefault()}
	want := ""
	for _, c := range []struct{ workers, lanes int }{{1, 512}, {2, 64}, {3, 128}} {
		got := everything(Run(jobs, Options{Paths: 1 << 13, Seed: 4, Workers: c.workers, Lanes: c.lanes}))
		if want == "" {
			want = got
		}
		if got != want {
			t.Errorf("%d workers, %d lanes: %s, else %s", c.workers, c.lanes, got, want)
		}
	}
	b := newBlock(jobs, 64, &Options{})
	b.run(Options{Seed: 8}, span{n: 64}, 0)
	if n := testing.AllocsPerRun(5, func() { b.stepAll() }); n > 0 {
		t.Errorf("%v allocations", n)
	}
	r := b.runners[0]
	out := r.book.BrokeCash()
	for i, ran := range out {
		if ran == 1 {
			replayed(t, j, i)
			return
		}
	}
	t.Error("cash runs out nowhere")
}

// replayed records a lane of a sampled block and replays it.
func replayed(t *testing.T, j *Job, lane int) {
	f := j.Plan.Factors(64)
	f.Sample(draw.Source{Seed: 8, Quasi: true})
	r := newRunner(j, f, 64, true, nil)
	rec := j.Program.Record(r.contract.State(lane), j.Plan.Curve, lane)
	var flows []string
	write := func(m *contract.Month, at int) string {
		s := ""
		for _, p := range m.Postings() {
			s += fmt.Sprintf("%d %x; ", p.ID, math.Float64bits(p.Amount[at]))
		}
		return s
	}
	f.Step(-1)
	flows = append(flows, write(r.open(), lane))
	rec.Step(r.obs.Obs, nil)
	for !r.contract.Done() {
		f.Step(r.contract.Next())
		m := r.step()
		flows = append(flows, write(m, lane))
		rec.Step(r.obs.Obs, r.contract.Elections())
	}
	at := 0
	c, err := j.Program.Replay(j.Program.New(1).State(0), rec.Tape(), func(m *contract.Month) {
		// Lines in which another lane moves are there in one run and not in the other.
		if got, want := moving(write(m, 0)), moving(flows[at]); got != want {
			t.Errorf("month %d: replayed %s, ran %s", at, got, want)
		}
		at++
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c.State(0).Hash(), r.contract.State(lane).Hash(); got != want {
		t.Errorf("replayed to %s, ran to %s", got, want)
	}
}

// moving are the flows that are not zero.
func moving(flows string) string {
	var out []string
	for _, x := range strings.Split(flows, "; ") {
		if !strings.HasSuffix(x, " 0") && !strings.HasSuffix(x, " 8000000000000000") {
			out = append(out, x)
		}
	}
	return strings.Join(out, "; ")
}
