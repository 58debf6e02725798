// SPDX-License-Identifier: Apache-2.0

package value

import (
	"math"
	"testing"

	"offtake/internal/value/root"
)

// The verdict changes where the last view agrees or the first differs, whichever way an input moves.
func TestChanges(t *testing.T) {
	views := func(now ...float64) *Sensitivity {
		s := &Sensitivity{}
		for _, x := range now {
			s.Views = append(s.Views, View{Now: Side{Value: x}})
		}
		return s
	}
	at := func(x ...float64) (out root.Roots) {
		for _, x := range x {
			out.Roots = append(out.Roots, root.Root{X: x})
		}
		return out
	}
	turn := func(views ...root.Roots) *Turn { return &Turn{From: 0, To: 10, Now: 5, Views: views} }
	touching := at(6)
	touching.Roots[0].Touches = true
	for name, c := range map[string]struct {
		s            *Sensitivity
		t            *Turn
		now          Verdict
		below, above float64
		words        [2]Verdict
	}{
		"all gain, and one turns first":        {views(1, 2), turn(at(3, 8), at(4, 9)), Gains, 4, 8, [2]Verdict{Undetermined, Undetermined}},
		"they differ, until the last agrees":   {views(1, -2), turn(at(2), at(8)), Undetermined, 2, 8, [2]Verdict{Loses, Gains}},
		"they cross over, and differ still":    {views(1, -2, 1), turn(at(6), at(7), at(9)), Undetermined, 0, 0, [2]Verdict{}},
		"touching and ends turn nothing":       {views(-1, -1), turn(touching, at(0, 10)), Loses, 0, 0, [2]Verdict{}},
		"one that turns twice":                 {views(-1, -1), turn(at(6, 7), at(6.5)), Loses, 0, 6, [2]Verdict{"", Undetermined}},
		"an undefined value is undetermined":   {views(1, math.NaN()), turn(at(2), at()), Undetermined, 0, 0, [2]Verdict{}},
		"no gain and no loss counts as a gain": {views(0, 1), turn(at(6), at()), Gains, 0, 6, [2]Verdict{"", Undetermined}},
	} {
		if got := c.s.Verdict(); got != c.now {
			t.Errorf("%s: the verdict is %s", name, got)
		}
		below, above := c.s.Changes(c.t)
		for i, x := range []*Change{below, above} {
			want := []float64{c.below, c.above}[i]
			switch {
			case x == nil && want == 0:
			case x == nil || x.At.X != want || x.Verdict != c.words[i]:
				t.Errorf("%s: side %d changes at %+v, want %v to %s", name, i, x, want, c.words[i])
			}
		}
	}
}
