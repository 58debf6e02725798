// SPDX-License-Identifier: Apache-2.0

package policy

import (
	"testing"

	"offtake/internal/contract"
)

// Of a need of 10, minimums come first; the rest is here where a unit, with what
// is owed beside, is no dearer than in the market, by the margin.
func TestCheapest(t *testing.T) {
	for _, c := range []struct {
		name           string
		margin, market float64
		s              step
		want           float64
	}{
		{"cheaper here", 0, 101, step{need: 10, price: 100}, 10},
		{"as dear", 0, 100, step{need: 10, price: 100}, 10},
		{"dearer here", 0, 99, step{need: 10, price: 100}, 0},
		{"dearer with a charge", 0, 100, step{need: 10, price: 100, perUnit: 1}, 0},
		{"within the margin", 0.25, 80, step{need: 10, price: 100}, 10},
		{"beyond the margin", 0.24, 80, step{need: 10, price: 100}, 0},
		// 300 cents are missing, 3 units at a price of 100.
		{"the minimum stays here", 0, 50, step{need: 10, price: 100, left: 300}, 3},
		{"the rest comes too", 0, 150, step{need: 10, price: 100, left: 300}, 10},
		{"what others are owed goes there", 0, 150, step{need: 10, price: 100, left: 300, elsewhere: 2}, 8},
		{"need does not go round", 0, 150, step{need: 10, price: 100, left: 1500, elsewhere: 5}, 7.5},
		{"leased units run first", 0, 150, step{need: 10, price: 100, leased: 4}, 6},
	} {
		v := view(c.s)
		v.Obs.Col[contract.Market] = []float64{c.market}
		if got := take(&Cheapest{Margin: c.margin}, v)[0]; got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
