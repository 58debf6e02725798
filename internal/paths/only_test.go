// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"testing"

	"offtake/internal/measure"
)

// Measures that are asked for alone come out as among all others, though the book
// then keeps less, and nothing else is gathered.
func TestOnly(t *testing.T) {
	j := NewJob(parse(t, sampledText(t)), nil)
	opt := Options{Paths: 1024, Seed: 3, Lanes: 64}
	all := Run([]*Job{j}, opt)[0]
	for name, only := range map[string]func(*measure.Measure) bool{
		"without steps": func(m *measure.Measure) bool { return !m.BySteps },
		"with steps": func(m *measure.Measure) bool {
			return m.Name == "irr" || m.Name == "npv" || m.Name == "cumulative_spend"
		},
		"none": func(m *measure.Measure) bool { return false },
	} {
		opt.Only = only
		some, at := Run([]*Job{j}, opt)[0], 0
		for i := range all.Measures {
			m := &all.Measures[i]
			if !only(m) {
				continue
			}
			if at == len(some.Measures) || some.Measures[at].Key() != m.Key() || some.Measures[at].Period != m.Period {
				t.Fatalf("%s: %s is not there", name, m.Key())
			}
			x, y := &some.Estimates[at], &all.Estimates[i]
			if got, want := Hash(x.Mean, x.M2, x.StandardError(), x.Histogram.Quantile(0.9), some.OfMeans[at]), Hash(y.Mean, y.M2, y.StandardError(), y.Histogram.Quantile(0.9), all.OfMeans[i]); got != want {
				t.Errorf("%s: %s is %v alone and %v among all", name, m.Key(), x.Mean, y.Mean)
			}
			at++
		}
		if at != len(some.Measures) {
			t.Errorf("%s: %d measures, want %d", name, len(some.Measures), at)
		}
		series := 0
		for i := range all.Series {
			if only(&all.Series[i]) {
				series++
			}
		}
		if len(some.Series) != series {
			t.Errorf("%s: %d series, want %d", name, len(some.Series), series)
		}
	}
}
