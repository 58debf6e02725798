// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"math"
	"testing"

	"offtake/internal/clause"
)

// Floors are what the buyer is billed if it takes nothing, in the step in which it is
// billed and once, whenever it is paid: minimums of 40 a year, and 80 where it may leave
// for nothing after the second.
func TestFloors(t *testing.T) {
	binds := func(h *clause.Head) bool { return h.Binding != "intent" }
	for name, c := range map[string]struct {
		rest        string
		stay, least []float64
		leaves      bool
	}{
		"all of it":               {"", []float64{40, 40, 40}, []float64{40, 40, 40}, false},
		"paid a year later":       {", net: 12", []float64{40, 40, 40}, []float64{40, 40, 40}, false},
		"left for nothing":        {", exit: {fee: 0%, from: 1y}", []float64{40, 40, 40}, []float64{40, 40}, true},
		"dearer to leave":         {", deficiency: 20%, exit: {fee: 100%}", []float64{8, 8, 8}, []float64{8, 8, 8}, false},
		"for a share of the rest": {", exit: {fee: 50%, from: 1y}", []float64{40, 40, 40}, []float64{40, 60}, true},
		"an intention":            {", binding: intent", nil, nil, false},
	} {
		j := NewJob(parse(t, promise("  - commitment: {id: spend, from: lab, to: cloud, total: 120"+c.rest+"}", "")), nil)
		stay, least := j.Floors(binds)
		if least.Leaves != c.leaves {
			t.Errorf("%s: leaves %v", name, least.Leaves)
		}
		for _, x := range []struct {
			of    string
			floor Floor
			want  []float64
		}{{"stays", stay, c.stay}, {"least", least, c.least}} {
			got := make([]float64, 3)
			for _, b := range Bills(x.floor.Program, x.floor.Months) {
				got[b.Step] += b.Cents / 100
			}
			for y := range got {
				want := 0.0
				if y < len(x.want) {
					want = x.want[y]
				}
				if math.Abs(got[y]-want) > 1e-9 {
					t.Errorf("%s, %s: year %d bills %v, want %v", name, x.of, y+1, got[y], want)
				}
			}
		}
	}
}
