// SPDX-License-Identifier: Apache-2.0

package world

import (
	"slices"
	"testing"

	"offtake/internal/calendar"
)

// A plan laid out like another takes the scale of its hazard where the pilot would find the
// same, and nowhere else: in each world it is what the pilot finds.
func TestLikePlan(t *testing.T) {
	make := func(change func(*World)) *World {
		w := rich()
		w.Default.Hazard = sure(0.1)
		w.LabValue.Moves = &Geometric{From: sure(1), Volatility: sure(0.5)}
		w.Firm = &Lognormal{MeanPath: At(120), Volatility: sure(0.3)}
		w.Default.Follows = []*Follow{{"lab_value", sure(-1.5)}, {"need.firm", sure(0.5)}}
		w.Correlations = []*Correlation{{Between: []string{"lab_value", "need.firm"}, Rho: 0.5}}
		change(w)
		return w
	}
	g := testGrid(t, "2026-10-01", 24, calendar.Quarter)
	base := make(func(*World) {}).Lay(g)
	if base.scale == nil {
		t.Fatal("the pilot did not run")
	}
	for name, c := range map[string]struct {
		change func(*World)
		taken  bool
	}{
		"nothing":                {func(*World) {}, true},
		"the market price":       {func(w *World) { w.MarketPrice = At(3) }, true},
		"a cost":                 {func(w *World) { w.Cost.Sunk = At(0.7) }, true},
		"the hazard":             {func(w *World) { w.Default.Hazard = sure(0.2) }, false},
		"by how much it follows": {func(w *World) { w.Default.Follows[1].By = sure(2) }, false},
		"the lab's volatility":   {func(w *World) { w.LabValue.Moves = &Geometric{From: sure(1), Volatility: sure(0.9)} }, false},
		"the mean of need":       {func(w *World) { w.Firm = &Lognormal{MeanPath: At(10), Volatility: sure(0.3)} }, false},
		"the volatility of need": {func(w *World) { w.Firm = &Lognormal{MeanPath: At(120), Volatility: sure(0.6)} }, false},
		"a correlation":          {func(w *World) { w.Correlations[0].Rho = -0.5 }, false},
		"the discount rate":      {func(w *World) { w.Discount.Annual = 0.07 }, false},
	} {
		plan, alone := make(c.change).Lay(g, base), make(c.change).Lay(g)
		if !slices.Equal(plan.scale, alone.scale) {
			t.Errorf("%s changed: the scale is not what the pilot finds", name)
		}
		if taken := &plan.scale[0] == &base.scale[0]; taken != c.taken {
			t.Errorf("%s changed: the scale is taken over: %v", name, taken)
		}
	}
	other := testGrid(t, "2026-10-01", 36, calendar.Quarter)
	if w := make(func(*World) {}); !slices.Equal(w.Lay(other, base).scale, w.Lay(other).scale) {
		t.Error("another grid: the scale is not what the pilot finds")
	}
}
