// SPDX-License-Identifier: Apache-2.0

package rights

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"offtake/docs"
	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/paths"
)

// Every clause of the docs that gives somebody a right is found with it and who has it, and
// the deal runs without it.
func TestRightsOfTheDocs(t *testing.T) {
	want := map[string]string{
		"facility-per-gigawatt": "right to draw", "facility-call": "right to draw", "warrant": "warrant", "note": "conversion of the note", "loan-restricted": "loan on its terms",
		"option": "call on capacity", "exclusivity": "exclusivity", "termination": "right to end the agreement", "switching": "right to switch", "commitment-exit": "right to leave",
		"resale": "right to sell on", "facility-reduced": "pro rata in later rounds",
	}
	found := map[string]string{}
	names, err := fs.Glob(docs.FS, "clauses/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("no examples", err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(docs.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		d, list := deal.Parse(name, text)
		if d == nil {
			t.Fatal(list)
		}
		all := Of(d)
		base := paths.RunBase(paths.NewJob(d, nil).Detailed(Measured(all)))
		for _, r := range all {
			found[strings.TrimSuffix(path.Base(name), ".yaml")] += r.What + "; "
			if measure.Find(base.Measures, "own_flows", r.Holder, r.ID, 0) < 0 {
				t.Errorf("%s: no own flows of %s", name, r.ID)
			}
			without := r.Without(d)
			for _, x := range Of(without) {
				if x.ID == r.ID {
					t.Errorf("%s: %s is still there", name, r.ID)
				}
			}
			paths.RunBase(paths.NewJob(without, nil))
		}
	}
	for name, what := range want {
		if !strings.Contains(found[name], what+";") {
			t.Errorf("%s: found %q, want %s", name, found[name], what)
		}
	}
}
