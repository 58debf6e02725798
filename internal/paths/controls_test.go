// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"offtake/internal/measure"
)

// fromFile is the job of a deal file, by its path below the root.
func fromFile(t testing.TB, path ...string) *Job {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(append([]string{"..", ".."}, path...)...))
	if err != nil {
		t.Fatal(err)
	}
	return NewJob(parse(t, string(text)), nil)
}

// owned is the deal of TOP-3 whose provider also buys shares of a lab whose value moves:
// for 35 at a value of 300 where it is 350, 385 with the cheque, less what deficiencies of
// F take from it. To the provider all is worth 15 + F + (35/335) (385 - F) - 35.
func owned(t testing.TB) (j *Job, truth float64) {
	text := strings.NewReplacer("lab_value: {start: 350}", "lab_value: {start: 350, moves: {lognormal: {volatility: 60%}}}",
		"  - price:", "  - equity: {id: shares, from: cloud, to: lab, amount: 35, pre_money: 300}\n  - price:").Replace(needText("period: year"))
	missed := 0.0
	for year := range 3 {
		mean, _ := put(10, float64(year+1))
		missed += mean
	}
	return NewJob(parse(t, text), nil), 15 + missed + float64(35.0/335*(385-missed)) - 35
}

// Over some seeds of the benchmark's deal, control variates take more than a third off the
// variance of net present values by either kind of points, and add no more than 15% to that
// of the deficiency. One sample shows both: its plain averages and its means.
func TestControlsLowerVariance(t *testing.T) {
	j := fromFile(t, "bench", "deal.yaml")
	only := func(m *measure.Measure) bool { return m.Name == "npv" || m.Name == "deficiency_total" }
	for points, c := range map[string]struct {
		plain       bool
		seeds       uint64
		npv, missed float64 // how many times smaller at least
	}{"quasi": {false, 100, 1.5, 1 / 1.15}, "plain": {true, 40, 1.1, 1 / 1.15}} {
		var plain, means map[string][]float64 = map[string][]float64{}, map[string][]float64{}
		for seed := range c.seeds {
			s := Run([]*Job{j}, Options{Paths: 4096, Seed: seed + 1, Plain: c.plain, Only: only})[0]
			if got := fmt.Sprint(s.Controls); got != map[bool]string{false: "[lab_value need.firm]", true: "[lab_value need.firm list_price]"}[c.plain] {
				t.Fatalf("controls are %s", got)
			}
			for i, m := range s.Measures {
				e := &s.Estimates[i]
				plain[m.Key()], means[m.Key()] = append(plain[m.Key()], e.Moments.Mean), append(means[m.Key()], e.Mean)
			}
		}
		for name, least := range map[string]float64{"npv.cloud": c.npv, "npv.lab": c.npv, "deficiency_total": c.missed} {
			ratio := moments(plain[name]).M2 / moments(means[name]).M2
			t.Logf("%s, %s: %.2f times less variance", points, name, ratio)
			if ratio < least {
				t.Errorf("%s, %s: %.2f times less variance, want %.2f", points, name, ratio, least)
			}
		}
	}
}

// What adds up on every path adds up in means: net present values of all parties are the
// surplus and the supply gain less the deadweight (docs/semantics.md), and a deficiency in
// all is that of its periods. Means differ from plain averages there, and with --no-controls
// they are these.
func TestControlsKeepSums(t *testing.T) {
	for _, slug := range []string{"amazon-anthropic-2026", "amd-openai-2025", "microsoft-openai-2019"} {
		j := fromFile(t, "deals", slug, "deal.yaml")
		opt := Options{Paths: 2048, Seed: 3}
		s := Run([]*Job{j}, opt)[0]
		mean := func(name, clause string, period int) (all, scale float64, seen int) {
			for i, m := range s.Measures {
				if m.Name == name && (clause == "" || m.Clause == clause) && (period < 0 || m.Period == period) {
					all, scale, seen = all+s.Estimates[i].Mean, max(scale, math.Abs(s.Estimates[i].Mean)), seen+1
				}
			}
			return all, scale, seen
		}
		npv, scale, parties := mean("npv", "", 0)
		surplus, a, _ := mean("surplus", "", 0)
		gain, b, _ := mean("supply_gain", "", 0)
		dead, _, _ := mean("deadweight", "", 0)
		if want := surplus + gain - dead; math.Abs(npv-want) > 1e-9*max(scale, a, b) || parties < 2 {
			t.Errorf("%s: the values of %d parties add up to %v, the parts to %v", slug, parties, npv, want)
		}
		total, scale, _ := mean("deficiency_total", "", 0)
		periods, _, n := mean("deficiency_paid", "", -1)
		if math.Abs(total-periods) > 1e-9*scale {
			t.Errorf("%s: a deficiency of %v, of %d periods %v", slug, total, n, periods)
		}
		opt.NoControls = true
		plain, moved := Run([]*Job{j}, opt)[0], 0
		for i := range plain.Estimates {
			if x := &s.Estimates[i]; x.Mean != x.Moments.Mean {
				moved++
			}
			if x := plain.Estimates[i]; math.Float64bits(x.Mean) != math.Float64bits(s.Estimates[i].Moments.Mean) {
				t.Errorf("%s: %s is %v without controls, on average %v", slug, plain.Measures[i].Key(), x.Mean, s.Estimates[i].Moments.Mean)
			}
		}
		if plain.Controls != nil || len(s.Controls) < 1 || moved < 8 {
			t.Errorf("%s: controls %v and %v move %d means", slug, plain.Controls, s.Controls, moved)
		}
	}
}

// Only means of amounts that all paths have are adjusted, series among them: chances, quotients,
// distributions and what is undefined somewhere are those of the paths as they are. The book of
// the mean flows has the same means, and series add up to them.
func TestControlsLeaveTheRest(t *testing.T) {
	s := Run([]*Job{NewJob(parse(t, sampledText(t)), nil)}, Options{Paths: 2048, Seed: 3})[0]
	left, linear := 0, 0
	for i, m := range s.Measures {
		e := &s.Estimates[i]
		if !m.Unit.Amount() || e.Undefined > 0 {
			if left++; math.Float64bits(e.Mean) != math.Float64bits(e.Moments.Mean) {
				t.Errorf("%s: %v instead of %v", m.Key(), e.Mean, e.Moments.Mean)
			}
			continue
		}
		if slices.Contains([]string{"npv", "pv_spend", "deficiency_total", "overcharge", "surplus", "total_given", "spend", "credit_loss"}, m.Name) {
			if linear++; math.Abs(s.OfMeans[i]-e.Mean) > 1e-9*math.Abs(e.Moments.Mean) {
				t.Errorf("%s is %v of the mean flows, and %v on average", m.Key(), s.OfMeans[i], e.Mean)
			}
		}
	}
	last, years, moved := 0.0, 0.0, 0
	for i, m := range s.Series {
		e := &s.SeriesEstimates[i]
		if e.Mean != e.Moments.Mean {
			moved++
		}
		switch m.Name {
		case "cumulative_spend":
			last = e.Mean
		case "yearly_spend":
			years += e.Mean
		}
	}
	if math.Abs(last-years) > 1e-9*last || last == 0 {
		t.Errorf("spend is %v in the end, %v in all years", last, years)
	}
	if left < 5 || linear < 8 || moved < 50 {
		t.Errorf("%d measures are left, %d are linear, %d of %d series are moved", left, linear, moved, len(s.Series))
	}
}

// A control that Sobol points integrate well is left to plain numbers: need of TOP-3, one
// coordinate in its last year, would give its deficiency 12 times the variance of the average.
func TestPointsUseWideControls(t *testing.T) {
	j := NewJob(needDeal(t, "period: year"), nil)
	for plain, want := range map[bool]int{false: 0, true: 1} {
		s := Run([]*Job{j}, Options{Paths: 4096, Seed: 2, Plain: plain})[0]
		e := s.Estimates[measure.Find(s.Measures, "deficiency_paid", "", "", 3)]
		if len(s.Controls) != want || (e.Mean != e.Moments.Mean) != plain {
			t.Errorf("plain %v: controls %v, mean %v, average %v", plain, s.Controls, e.Mean, e.Moments.Mean)
		}
	}
}

// A difference on common draws is the difference of the means, with an error of its own;
// between jobs that draw for themselves it is left as it is.
func TestControlsOfDifferences(t *testing.T) {
	text := sampledText(t)
	with := NewJob(parse(t, text), nil)
	without := NewJob(parse(t, strings.Replace(text, "carry_forward: {threshold: 100%}, ", "", 1)), with.Plan.World, with)
	for points, plain := range map[string]bool{"quasi": false, "plain": true} {
		both := Run([]*Job{with, without, with.Afresh(Noise)}, Options{Paths: 1024, Seed: 77, Plain: plain})
		moved := 0
		for i, m := range both[1].Measures {
			k := measure.Find(both[0].Measures, m.Name, m.Party, m.Clause, m.Period)
			if d, a, b := &both[1].Against[i], &both[0].Estimates[k], &both[1].Estimates[i]; m.Unit.Amount() && d.Undefined == 0 {
				if math.Abs(d.Mean-(b.Mean-a.Mean)) > 1e-9*max(math.Abs(a.Mean), math.Abs(b.Mean)) {
					t.Errorf("%s: %s differs by %v, its means by %v", points, m.Key(), d.Mean, b.Mean-a.Mean)
				}
				if d.Mean != d.Moments.Mean {
					moved++
				}
				if plain && !(d.StandardError() <= d.Spread()/math.Sqrt(float64(d.N))*1.01) {
					t.Errorf("the error of %s is %v, plainly %v", m.Key(), d.StandardError(), d.Spread()/math.Sqrt(float64(d.N)))
				}
			}
			if d := &both[2].Against[i]; d.N > 0 && d.Mean != d.Moments.Mean {
				t.Errorf("%s: drawn afresh, %s is moved", points, m.Key())
			}
		}
		if moved < 3 {
			t.Errorf("%s: %d differences are moved", points, moved)
		}
	}
}

// Over many small samples the means are not biased and their intervals hold the truth 95%
// of the time, by either kind of points: of shares of a lab whose value moves, and the
// smallest sample that there is of Sobol points.
func TestControlsAreFair(t *testing.T) {
	j, truth := owned(t)
	const seeds = 300
	only := func(m *measure.Measure) bool { return m.Name == "npv" && m.Party == "cloud" }
	for points, plain := range map[string]bool{"quasi": false, "plain": true} {
		means, inside, narrower := make([]float64, seeds), 0, 0
		for seed := range means {
			e := Run([]*Job{j}, Options{Paths: 1024, Seed: uint64(seed), Plain: plain, Only: only})[0].Estimates[0]
			means[seed] = e.Mean / 100
			if math.Abs(e.Mean/100-truth) <= e.Margin()/100 {
				inside++
			}
			if e.Settle(nil); math.Abs(e.Mean/100-truth) > math.Abs(means[seed]-truth) {
				narrower++
			}
		}
		m := moments(slices.Clone(means))
		t.Logf("%s: %d of %d intervals hold the truth %.5f, mean %.5f, spread %.2g; %d are closer than the average", points, inside, seeds, truth, m.Mean, m.Spread(), narrower)
		// A fair 95% has 91% to 99% of 300 but once in a thousand times.
		if inside < 273 || inside > 297 || math.Abs(m.Mean-truth) > 0.3*m.Spread() || narrower < seeds*3/4 {
			t.Errorf("%s: %d of %d intervals hold the truth %v; mean %v, spread %v; %d are closer than the average", points, inside, seeds, truth, m.Mean, m.Spread(), narrower)
		}
	}
}
