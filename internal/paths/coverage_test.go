// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"offtake/internal/measure"
	"offtake/internal/vec"
)

// A claim is a number whose truth is known, and where a sample has it.
type claim struct {
	name          string
	job           int
	measure       string
	party, clause string
	period        int
	chance        bool // of the measure not being zero
	tailed        bool // decided by a few paths of thousands, which plain averages rarely have
	truth         float64
}

// interval is what a sample says of a claim: a mean or a chance, and half the width
// of its 95% interval. Money is in dollars.
func (c *claim) interval(t testing.TB, s *Sample) (middle, margin float64) {
	t.Helper()
	i := measure.Find(s.Measures, c.measure, c.party, c.clause, c.period)
	if i < 0 {
		t.Fatalf("%s: there is no %s", c.name, c.measure)
	}
	e := &s.Estimates[i]
	switch {
	case c.chance:
		p, _ := e.Happens()
		return p, e.HappensMargin()
	case s.Measures[i].Unit == measure.Money:
		return e.Mean / 100, e.Margin() / 100
	}
	return e.Mean, e.Margin()
}

// put is the expected shortfall of need 10 exp(0.3 W_t - 0.045 t) below a
// commitment, and how likely there is any (Black 1976).
func put(commitment, years float64) (expected, chance float64) {
	v := 0.3 * math.Sqrt(years)
	d1 := math.Log(10/commitment)/v + v/2
	expected = float64(commitment*vec.NormCDFOf(v-d1)) - float64(10*vec.NormCDFOf(-d1))
	nothing := measure.Money.Nothing() / 100 // a deficiency of less is none
	return expected, vec.NormCDFOf(0.5*v - math.Log(10/(commitment-nothing))/v)
}

// annuity is the worked example whose payments at the ends of years are worth 10 a
// year paid all the time, which nothing is recovered of.
func annuity(t testing.TB) *Job {
	const lambda = 0.09
	firm := fmt.Sprintf("firm: {constant: %.17g}", 10*(math.Exp(lambda)-1)/lambda)
	return NewJob(parse(t, strings.Replace(worked(t), "firm: {constant: 10}", firm, 1)), nil)
}

// claims are jobs and what is known of them in closed form.
func claims(t testing.TB) (jobs []*Job, out []claim) {
	// Need against a commitment: TOP-3, the later years, NPV, and events from likely to rare.
	const likely, rare = 10, 4.6
	jobs = append(jobs, NewJob(needDeal(t, "period: year"), nil),
		NewJob(parse(t, strings.Replace(needText("period: year"), "total: 30", "total: 13.8", 1)), nil))
	npv := 30.0 - 15
	for year, printed := range []float64{1.1923538474, 1.6799597, 2.0498783} {
		mean, chance := put(likely, float64(year+1))
		if math.Abs(mean-printed) > 1e-7 {
			t.Fatalf("year %d: the closed form gives %v, models.md has %v", year+1, mean, printed)
		}
		npv += mean
		_, seldom := put(rare, float64(year+1))
		out = append(out, claim{name: "deficiency", measure: "deficiency_paid", period: year + 1, truth: mean},
			claim{name: "chance of a deficiency", measure: "deficiency_paid", period: year + 1, chance: true, truth: chance},
			claim{name: "chance of a rare deficiency", job: 1, measure: "deficiency_paid", period: year + 1, chance: true, truth: seldom})
	}
	out = append(out, claim{name: "npv", measure: "npv", party: "cloud", truth: npv})
	// Credit: CR-1 without recovery, and the chance of default in ten years.
	jobs = append(jobs, annuity(t))
	out = append(out, claim{name: "credit annuity", job: 2, measure: "pv_spend", truth: 65.9367044733},
		claim{name: "default", job: 2, measure: "default", truth: 1 - math.Exp(-0.4)},
		claim{name: "chance of default", job: 2, measure: "default", chance: true, truth: 1 - math.Exp(-0.4)})
	// Monthly jumps: need moves and its mean does not.
	jumps := strings.NewReplacer("step: year", "step: month", "lognormal: {mean: 10, volatility: 30%}",
		"merton: {mean: {constant: 10}, volatility: 30%, jumps: {rate: 100%, mean: -20%, sd: 15%}}", "total: 30", "total: 0.03")
	jobs = append(jobs, NewJob(parse(t, jumps.Replace(needText("period: year"))), nil))
	out = append(out, claim{name: "npv with jumps", job: 3, measure: "npv", party: "cloud", truth: 15})
	// Shares of a lab whose value moves.
	j, truth := owned(t)
	return append(jobs, j), append(out, claim{name: "npv with shares", job: 4, measure: "npv", party: "cloud", tailed: true, truth: truth})
}

// Coverage: over many seeds, 95% intervals contain what is known in closed form
// about 95% of the time, whatever the points. With OFFTAKE_PROVE set, 1,600 seeds and
// the bounds 93% to 97%, four standard errors from 95%; else 60 seeds and the bounds that a fair 95% breaks once in
// ten thousand times. Means are by control variates; with OFFTAKE_PROVE plain averages
// of plain numbers are held to the same.
func TestCoverage(t *testing.T) {
	seeds, low, high := 60, 0.82, 1.0
	proving := os.Getenv("OFFTAKE_PROVE") != ""
	if proving {
		seeds, low, high = 1600, 0.93, 0.97
	}
	jobs, known := claims(t)
	wanted := func(m *measure.Measure) bool {
		for _, c := range known {
			if m.Name == c.measure && m.Period == c.period {
				return true
			}
		}
		return false
	}
	variants := []Options{{}, {Plain: true}}
	if proving {
		variants = append(variants, Options{Plain: true, NoControls: true}) // of Sobol points controls are for the tailed alone
	}
	for _, opt := range variants {
		opt.Paths, opt.Only = 4096, wanted
		name := map[bool]string{false: "quasi", true: "plain"}[opt.Plain] + map[bool]string{true: ", plain averages"}[opt.NoControls]
		inside, width, off := make([]int, len(known)), make([]float64, len(known)), make([]float64, len(known))
		for seed := range seeds {
			opt.Seed = uint64(seed) + 1
			samples := Run(jobs, opt)
			for k := range known {
				middle, margin := known[k].interval(t, samples[known[k].job])
				if math.Abs(middle-known[k].truth) <= margin {
					inside[k]++
				}
				width[k] += margin / float64(seeds)
				off[k] += (middle - known[k].truth) / float64(seeds)
			}
		}
		for k, c := range known {
			share := float64(inside[k]) / float64(seeds)
			t.Logf("%s, %s %d: %d of %d, %.2f%%; truth %.6g, mean margin %.2g, mean error %.2g", name, c.name, c.period, inside[k], seeds, 100*share, c.truth, width[k], off[k])
			if opt.NoControls && c.tailed {
				continue
			}
			if share < low || share > high {
				t.Errorf("%s, %s %d: %d of %d intervals contain the truth: %.1f%%", name, c.name, c.period, inside[k], seeds, 100*share)
			}
		}
	}
}
