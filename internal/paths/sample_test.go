// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"offtake/internal/contract"
	"offtake/internal/deal"
	"offtake/internal/draw"
	"offtake/internal/measure"
)

// need is a deal of three yearly steps whose spend is 10 exp(0.3 W_t - 0.045 t)
// against a commitment of 10 a year.
func needDeal(t testing.TB, terms string) *deal.Deal { return parse(t, needText(terms)) }

func needText(terms string) string {
	return `
offtake: 1
title: Need
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 3y
step: year
day_count: 30/360
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - price: {id: list, from: cloud, to: lab, fixed: 1}
  - commitment: {id: spend, from: lab, to: cloud, total: 30, ` + terms + `}
world:
  discount: 0%
  need: {firm: {lognormal: {mean: 10, volatility: 30%}}}
  cost: {sunk: 0.5}
  lab_value: {start: 350}
`
}

// total adds a measure over periods, path by path, in dollars.
func (b *block) total(job int, name string, paths int) []float64 {
	out := make([]float64, paths)
	for i, m := range b.runners[job].measures {
		if m.Name == name {
			for p := range out {
				out[p] += b.values[job][i][p] / 100
			}
		}
	}
	return out
}

func moments(values []float64) *measure.Moments {
	m := measure.MomentsOf(values, 0)
	return &m
}

// sampled is a deal with every kind of draw: uncertain need and default lanes.
func sampledText(t testing.TB) string {
	s := worked(t)
	s = strings.Replace(s, "step: year", "step: month", 1)
	s = strings.Replace(s, "firm: {constant: 10}", "firm: {lognormal: {mean: 10, volatility: 40%}}", 1)
	s = strings.Replace(s, "fixed: 1}", "fixed: 1, net: 2}", 1)
	s = strings.Replace(s, "recovery: 0%", "recovery: {accrued: 40%, commitment: 5%}, cost: 2", 1)
	s = strings.Replace(s, "feedback: off", "feedback: on", 1)
	return strings.Replace(s, "period: year}", "period: year, carry_forward: {threshold: 100%}, make_up: {life: 2}}", 1)
}

// Credit is counted once: with need that does not vary, default lanes give on
// average what the base run expects, later rounds of shares included.
func TestExpectedEqualsSimulated(t *testing.T) {
	plain := strings.Replace(sampledText(t), "firm: {lognormal: {mean: 10, volatility: 40%}}", "firm: {constant: 9}", 1)
	plain = strings.Replace(plain, "hazard: 4%", "hazard: 12%", 1)
	later := func(round string) string {
		return strings.Replace(plain, "  - price:", "  - equity: {id: later, from: cloud, to: lab, at: 2030-03-15, "+round+"}\n  - price:", 1)
	}
	for name, s := range map[string]string{
		"one round at signing":    plain,
		"a later cheque":          later("amount: 200, pre_money: 400, round: 300"),
		"a later round in credit": later("amount: 20, pre_money: 400, paid_in: credits"),
		"two later rounds": strings.Replace(later("amount: 200, pre_money: 400"), "  - price:",
			"  - equity: {id: last, from: cloud, to: lab, at: 2033-03-15, amount: 90, pre_money: 200}\n  - price:", 1),
	} {
		j := NewJob(parse(t, s), nil)
		base := RunBase(j)
		sample := Run([]*Job{j}, Options{Paths: 1 << 14, Seed: 3})[0]
		seen := 0
		for i, m := range sample.Measures {
			if m.Unit == measure.Money && m.Period == 0 && !m.Nominal && m.Name != "peak_exposure" || m.Name == "stake" {
				seen++
				x, k := &sample.Estimates[i], measure.Find(base.Measures, m.Name, m.Party, m.Clause, m.Period)
				if err := math.Abs(x.Mean - base.Values[k]); err > 3.9*x.StandardError()+1e-9*math.Abs(x.Mean) {
					t.Errorf("%s: %s: %v +- %v sampled, %v expected", name, m.Key(), x.Mean, x.StandardError(), base.Values[k])
				}
			}
		}
		if seen < 15 {
			t.Errorf("%d measures compared", seen)
		}
	}
}

// The identity holds in every lane of a sampled run, defaults and all.
func TestIdentityInEveryLane(t *testing.T) {
	j := NewJob(parse(t, sampledText(t)), nil)
	b := newBlock([]*Job{j}, 512, &Options{})
	b.run(Options{Seed: 5}, span{}, 0)
	checkIdentity(t, "sampled", b.runners[0].book, len(j.Plan.Costs), 512, 1)
}

// Seam 1 and the fixed chunks: lanes do not matter to a sampled result.
func TestSampleDoesNotDependOnLanes(t *testing.T) {
	j := NewJob(parse(t, sampledText(t)), nil)
	want := Run([]*Job{j}, Options{Paths: 1500, Seed: 9, Lanes: 512})[0].Hash()
	for _, lanes := range []int{1, 8, 1024} {
		if got := Run([]*Job{j}, Options{Paths: 1500, Seed: 9, Lanes: lanes})[0].Hash(); got != want {
			t.Errorf("%d lanes: hash %s, want %s", lanes, got, want)
		}
	}
	if Run([]*Job{j}, Options{Paths: 1500, Seed: 10})[0].Hash() == want {
		t.Error("another seed gives the same result")
	}
}

// Seam 5: several contracts on one world of factors run together as each runs
// alone, and their difference uses the same draws.
func TestTogetherEqualsAlone(t *testing.T) {
	text := sampledText(t)
	with := NewJob(parse(t, text), nil)
	without := NewJob(parse(t, strings.Replace(text, "carry_forward: {threshold: 100%}, ", "", 1)), with.Plan.World, with)
	opt := Options{Paths: 4096, Seed: 77}
	both := Run([]*Job{with, without}, opt)
	for k, j := range []*Job{with, without} {
		if alone := Run([]*Job{j}, opt)[0]; alone.Hash() != both[k].Hash() {
			t.Errorf("job %d runs otherwise together than alone", k)
		}
	}
	i := measure.Find(both[1].Measures, "deficiency_value", "", "", 0)
	d, a, b := &both[1].Against[i], &both[0].Estimates[i], &both[1].Estimates[i]
	if math.Abs(d.Mean-(b.Mean-a.Mean)) > 1e-9*math.Abs(b.Mean) {
		t.Errorf("the mean difference is %v, the difference of means %v", d.Mean, b.Mean-a.Mean)
	}
	apart := math.Hypot(a.StandardError(), b.StandardError())
	if d.StandardError() > apart/2 || d.Mean == 0 {
		t.Errorf("the difference %v has an error of %v on the same draws, %v on others", d.Mean, d.StandardError(), apart)
	}
}

// Seam 7: one deal under two worlds in one run, each as it runs alone.
func TestOneDealTwoWorlds(t *testing.T) {
	d := parse(t, sampledText(t))
	other := parse(t, strings.Replace(sampledText(t), "volatility: 40%", "volatility: 10%", 1))
	here, there := NewJob(d, nil), NewJob(d, other.World)
	opt := Options{Paths: 2048, Seed: 1}
	both := Run([]*Job{here, there}, opt)
	if both[0].Hash() == both[1].Hash() {
		t.Error("the worlds make no difference")
	}
	if alone := Run([]*Job{there}, opt)[0].Hash(); alone != both[1].Hash() {
		t.Error("the second world runs otherwise together than alone")
	}
}

// A lane of a base run is a tape, and replays to the same state.
func TestBaseTapeReplays(t *testing.T) {
	j := NewJob(parse(t, sampledText(t)), nil)
	b := RunBase(j)
	c, err := j.Program.Replay(j.Program.New(1).State(0), b.Tape, func(*contract.Month) {})
	if err != nil {
		t.Fatal(err)
	}
	if got := c.State(0).Hash(); got != b.State.Hash() {
		t.Errorf("replayed to %s, ran to %s", got, b.State.Hash())
	}
}

func BenchmarkLaneMonth(b *testing.B) {
	j := NewJob(parse(b, sampledText(b)), nil)
	for _, lanes := range []int{1, 64, 512} {
		b.Run(fmt.Sprintf("lanes=%d", lanes), func(b *testing.B) {
			block := newBlock([]*Job{j}, lanes, &Options{})
			r, f := block.runners[0], block.factors[0]
			f.Sample(draw.Source{Seed: 1, First: 0})
			months := 0
			for b.Loop() {
				f.Step(-1)
				r.open()
				for !r.contract.Done() {
					f.Step(r.contract.Next())
					r.step()
					months++
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(months*lanes), "ns/lane-month")
			b.Log("hash", Run([]*Job{j}, Options{Paths: 1024, Seed: 1, Lanes: lanes})[0].Hash())
		})
	}
}

// What a user waits for: whole paths, measures and rates of return included.
func BenchmarkSample(b *testing.B) {
	j := NewJob(parse(b, sampledText(b)), nil)
	const paths = 1 << 14
	var hash string
	for b.Loop() {
		hash = Run([]*Job{j}, Options{Paths: paths, Seed: 1})[0].Hash()
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*paths), "us/path")
	b.Log("hash", hash)
}
