// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"math"
	"os"
	"testing"

	"offtake/internal/measure"
)

// Coverage: over many seeds, 95% intervals of the expected deficiency contain
// its closed form, that of a put on need, about 95% of the time. With
// OFFTAKE_PROVE set, 400 seeds and the bounds 93% to 97%; else 60 seeds and
// the bounds that a fair 95% breaks once in ten thousand times.
func TestCoverage(t *testing.T) {
	seeds, low, high := 60, 0.82, 1.0
	if os.Getenv("OFFTAKE_PROVE") != "" {
		seeds, low, high = 400, 0.93, 0.97
	}
	const want = 1.1923538474
	j := NewJob(needDeal(t, "period: year"), nil)
	inside := 0
	for seed := range seeds {
		s := Run([]*Job{j}, Options{Paths: 4096, Seed: uint64(seed) + 1})[0]
		m := &s.Estimates[measure.Find(s.Measures, "deficiency_paid", "", "", 1)]
		if math.Abs(m.Mean/100-want) <= 1.96*m.StandardError()/100 {
			inside++
		}
	}
	share := float64(inside) / float64(seeds)
	if share < low || share > high {
		t.Errorf("%d of %d intervals contain the truth: %.1f%%", inside, seeds, 100*share)
	}
	t.Logf("%d of %d intervals contain the truth", inside, seeds)
}
