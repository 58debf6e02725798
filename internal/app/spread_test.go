// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"
	"os"
	"strings"
	"testing"

	"offtake/internal/report"
)

func TestNiceWidth(t *testing.T) {
	for x, want := range map[float64]float64{1: 1, 1.01: 2, 2.2: 2.5, 2.6: 5, 7: 10, 0.03: 0.05, 0.0099: 0.01, 1300: 2000, 0: 1, math.Inf(1): 1} {
		if got := niceWidth(x); math.Abs(got-want) > 1e-12*want {
			t.Errorf("a width for %v is %v, want %v", x, got, want)
		}
	}
}

// What charts of a sample show is the sample: shares that add up to all of it, means
// between quantiles, a schedule that ends at the commitment's total, and places that
// end with the run.
func TestSpread(t *testing.T) {
	text, err := os.ReadFile("../../deals/amazon-anthropic-2026/deal.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d, src, list, err := Load(Source{Name: "deal.yaml", Text: text}, Edits{})
	if err != nil || list.HasFaults() {
		t.Fatal(err, list)
	}
	r := NewRun(src, Edits{}, d, RunOptions{Paths: 1024, Seed: 1})
	for _, b := range r.distributions() {
		x, sum := b.(report.Distribution), 0.0
		for _, s := range x.Shares {
			sum += s
		}
		if math.Abs(sum-1) > 1e-12 || x.Low > x.Mean || x.Mean > x.High || len(x.Shares) < 20 || len(x.Shares) > 60 {
			t.Errorf("%s: shares add up to %v in %d bins, mean %v of %v to %v", x.Title, sum, len(x.Shares), x.Mean, x.Low, x.High)
		}
	}
	fans := r.fans()
	if len(fans) != 2 {
		t.Fatalf("%d fans", len(fans))
	}
	for _, b := range fans {
		f := b.(report.Fan)
		if last := f.At[len(f.At)-1]; last != 132 {
			t.Errorf("%s: it ends in month %v", f.Title, last)
		}
		for k := range f.At {
			if k > 0 && f.At[k] <= f.At[k-1] {
				t.Errorf("%s: places %v", f.Title, f.At)
			}
			for q := 1; q < len(f.Quantiles); q++ {
				if f.Quantiles[q].Y[k] < f.Quantiles[q-1].Y[k] {
					t.Errorf("%s: quantiles cross at %v", f.Title, f.At[k])
				}
			}
		}
	}
	plan := fans[1].(report.Fan).Lines[0]
	if last := plan.Y[len(plan.Y)-1]; math.Abs(last-100) > 1e-9 {
		t.Errorf("the schedule comes to %v billion, want 100", last)
	}
	if says := r.onPaths(); strings.Count(says, "if its cost is") != len(r.Base.Job.Plan.Costs) || !strings.Contains(says, "%") {
		t.Errorf("of single paths it says %q", says)
	}
	bars := r.deficiencyBars("aws-spend")
	if len(bars.Rows) != 10 || bars.Rows[9].Low > bars.Rows[9].Amount || bars.Rows[9].Amount > bars.Rows[9].High {
		t.Errorf("deficiencies %+v", bars.Rows)
	}
}
