// SPDX-License-Identifier: Apache-2.0

package app

import "testing"

// unsureEdits make the first deal's world uncertain and noisy.
var unsureEdits = Edits{Set: []string{"world.cost.sunk=0.4 to 0.6", "world.need.firm={lognormal: {mean: 3B, volatility: 30%}}"}}

// What the variance comes from is told from so many paths on, in data as in the report,
// of as many paths as are said, and not of a sample that was broken off.
func TestShares(t *testing.T) {
	d, src, list, err := Load(example(t, "least.yaml"), unsureEdits)
	if d == nil {
		t.Fatal(list, err)
	}
	run := func(opt RunOptions) *Variance { return NewRun(src, unsureEdits, d, opt).JSON().Variance }
	for paths, want := range map[int]int{4096: 1024, 1 << 13: 2048, 1 << 17: 16384} {
		v := run(RunOptions{Paths: paths, Seed: 1})
		if v == nil || v.Paths != want {
			t.Fatalf("%d paths: %+v, want %d", paths, v, want)
		}
		for _, x := range v.Of {
			if x.Name == "npv" && x.Party == "cloud" && !(x.Parameters+2*x.ParametersSE > 0.1 && x.Parameters > 2*x.ParametersSE && x.Noise > 0.5 && x.Parameters+x.Noise < 1.01) {
				t.Errorf("%d paths: %+v", paths, x)
			}
		}
	}
	if v := run(RunOptions{Paths: 2048, Seed: 1}); v != nil {
		t.Errorf("of 2,048 paths: %+v", v)
	}
	if v := run(RunOptions{Paths: 1 << 16, Seed: 1, Proceed: func(done, all int) bool { return done < 1<<14 }}); v != nil {
		t.Errorf("of a sample that was broken off: %+v", v)
	}
	if v := run(RunOptions{Paths: 1 << 20, Seed: 1, Until: 0.01}); v == nil {
		t.Error("nothing of a sample that was good enough")
	}
}
