// SPDX-License-Identifier: Apache-2.0

package draw

import "testing"

// A source gives the numbers of the functions that it stands for, and a parameter those of its name alone.
func TestSource(t *testing.T) {
	s := Source{Seed: 5, First: 1000}
	a, b := make([]float64, 8), make([]float64, 8)
	walk := [][]float64{make([]float64, 8), make([]float64, 8)}
	s.Walk(walk, Need)
	Normal(a, 5, Need, 1000, 1)
	for i := range a {
		if walk[1][i] != a[i] {
			t.Fatalf("path %d walks %v, drawn alone %v", i, walk[1][i], a[i])
		}
	}
	s.Parameter(a, "world.cost.sunk")
	s.Parameter(b, "world.cost.build")
	same := 0
	for i := range a {
		if a[i] == b[i] {
			same++
		}
	}
	later := make([]float64, 3)
	Source{Seed: 5, First: 1005}.Parameter(later, "world.cost.sunk")
	if same > 0 || later[0] != a[5] || later[2] != a[7] {
		t.Errorf("%d of two parameters agree; from path 1005 on %v, in a block from 1000 %v", same, later, a[5:])
	}
}
