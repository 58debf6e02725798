// SPDX-License-Identifier: Apache-2.0

package draw

import (
	"slices"
	"testing"
)

// Each stretch of 1/256 has one of 256 points in every coordinate, and the points of two dimensions are
// those of Joe & Kuo: one in each box of 16 by 16. Other scramblings, and paths, have other numbers.
func TestPoints(t *testing.T) {
	const n = 256
	x, y := make([]float64, n), make([]float64, n)
	Points(x, 1, 0, 0)
	Points(y, 1, 0, 1)
	boxes := map[[2]int]bool{}
	for i := range x {
		boxes[[2]int{int(16 * x[i]), int(16 * y[i])}] = true
	}
	if len(boxes) != n {
		t.Errorf("%d points lie in %d of as many boxes", n, len(boxes))
	}
	for _, d := range []int{0, 63, Dimensions - 1} {
		Points(x, 1, 0, d)
		sorted := slices.Sorted(slices.Values(x))
		for i, u := range sorted {
			if int(n*u) != i {
				t.Fatalf("dimension %d: %v is number %d", d, u, i)
			}
		}
		Points(y, 1, 1, d)
		if slices.Equal(x, y) {
			t.Errorf("dimension %d: two scramblings are one", d)
		}
		Source{Seed: 1, Quasi: true}.Uniform(y, 1, 0)
		Points(x, 1, 0, 1)
		if slices.Equal(x, y) {
			t.Error("points are those of paths")
		}
	}
}
