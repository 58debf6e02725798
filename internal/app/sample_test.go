// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"
	"testing"

	"offtake/internal/measure"
	"offtake/internal/value"
)

// A sample has every measure of a base run, what is riskless and what default
// costs among them, whatever the number of lanes.
func TestSampleHasEveryMeasure(t *testing.T) {
	for name, text := range richDeals(t) {
		d, src, list, err := Load(Source{Name: "deal.yaml", Text: []byte(text)}, Edits{})
		if err != nil || list.HasFaults() {
			t.Fatal(name, err, list)
		}
		r := NewRun(src, Edits{}, d, RunOptions{Paths: 64, Seed: 2})
		for _, m := range r.Base.Measures {
			if r.sampled(m) < 0 {
				t.Errorf("%s: the sample has no %s", name, value.FigureName(&m))
			}
		}
		if other := NewRun(src, Edits{}, d, RunOptions{Paths: 64, Seed: 2, Lanes: 8}); other.Sample.Hash() != r.Sample.Hash() {
			t.Errorf("%s: lanes matter", name)
		}
		at := func(name, party string) float64 {
			return r.Sample.Estimates[measure.Find(r.Sample.Measures, name, party, "", 0)].Mean
		}
		if at("pv_spend_riskless", "") < at("pv_spend", "") {
			t.Errorf("%s: default adds to spend", name)
		}
		if loss := at("default_loss", "cloud"); math.IsNaN(loss) || loss == 0 {
			t.Errorf("%s: default costs %v", name, loss)
		}
	}
}
