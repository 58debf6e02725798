// SPDX-License-Identifier: Apache-2.0

package draw

import (
	"math"
	"slices"
	"testing"

	"offtake/internal/vec"
)

// bridgeMatrix has a column for each index and a row for each step: what Walk makes of a one at the index.
func bridgeMatrix(steps int) [][]float64 {
	a := make([][]float64, steps)
	for t := range a {
		a[t] = make([]float64, steps)
	}
	a[0][0] = 1
	for i, cut := range bridge(steps) {
		a[cut.far][i+1] = 1
		vec.Rotate(a[cut.near], a[cut.far], cut.u, cut.z)
	}
	return a
}

// TestBridgeIsARotation: A A' = I, so that increments have unit variance and no covariance, whatever the number of steps.
func TestBridgeIsARotation(t *testing.T) {
	counts := []int{120, 255, 256, 257, 360, 599, 600}
	for steps := 1; steps < 40; steps++ {
		counts = append(counts, steps)
	}
	for _, steps := range counts {
		a := bridgeMatrix(steps)
		for i := range a {
			for j := range i + 1 {
				sum, want := 0.0, 0.0
				for k := range a[i] {
					sum += a[i][k] * a[j][k]
				}
				if i == j {
					want = 1
				}
				if math.Abs(sum-want) > 1e-12 {
					t.Fatalf("%d steps: covariance of %d and %d is %v", steps, i, j, sum)
				}
			}
		}
	}
}

// TestBridgeIsTheBridge: where the path stands at the end is the first number alone, and where it stands half way is
// that and the second, by the conditional mean and variance (t-l)(r-t)/(r-l) of the Brownian bridge.
func TestBridgeIsTheBridge(t *testing.T) {
	const steps = 12
	a := bridgeMatrix(steps)
	for k := range steps {
		end, half := 0.0, 0.0
		for s := range steps {
			end += a[s][k]
			if s < steps/2 {
				half += a[s][k]
			}
		}
		wantEnd, wantHalf := 0.0, 0.0
		switch k {
		case 0:
			wantEnd, wantHalf = math.Sqrt(12), math.Sqrt(12)/2
		case 1:
			wantHalf = math.Sqrt(6 * 6 / 12.0)
		}
		if math.Abs(end-wantEnd) > 1e-14 || math.Abs(half-wantHalf) > 1e-14 {
			t.Errorf("number %d moves the end by %v and the middle by %v, want %v and %v", k, end, half, wantEnd, wantHalf)
		}
	}
}

// TestLongestIsCutFirst: the longest piece is cut next, the first of several, until every step is one.
func TestLongestIsCutFirst(t *testing.T) {
	var got [][3]int
	for _, cut := range halve(5) {
		got = append(got, [3]int{cut.near, cut.far, int(math.Round(cut.u * cut.u * 100))})
	}
	// 5 = 3+2, 3 = 2+1, then the twos from the left.
	want := [][3]int{{0, 3, 60}, {0, 2, 67}, {0, 1, 50}, {3, 4, 50}}
	if !slices.Equal(got, want) {
		t.Errorf("cut %v, want %v", got, want)
	}
	for _, steps := range []int{1, 2, 37, 600} {
		cuts := halve(steps)
		if len(cuts) != steps-1 {
			t.Errorf("%d cuts into %d steps", len(cuts), steps)
		}
		begins := map[int]bool{0: true}
		for _, cut := range cuts {
			if !begins[cut.near] || begins[cut.far] || cut.far <= cut.near {
				t.Fatalf("%d steps: %+v cuts what is not there", steps, cut)
			}
			begins[cut.far] = true
		}
	}
}

// TestWalkIsTheBridgeOfItsNumbers: Walk applies the matrix to Normal at the indexes from 0.
func TestWalkIsTheBridgeOfItsNumbers(t *testing.T) {
	const steps, lanes = 37, 5
	s := Source{Seed: 11, First: 100, Quasi: true, Scramble: 2}
	walk := columns(steps, lanes)
	s.Walk(walk, MarketPrice)
	a := bridgeMatrix(steps)
	z := columns(steps, lanes)
	for k := range z {
		s.Normal(z[k], MarketPrice, k)
	}
	for i := range lanes {
		for step := range steps {
			want := 0.0
			for k := range z {
				want += a[step][k] * z[k][i]
			}
			if math.Abs(walk[step][i]-want) > 1e-13 {
				t.Fatalf("path %d, step %d: %v, want %v", i, step, walk[step][i], want)
			}
		}
	}
}

func columns(steps, lanes int) [][]float64 {
	c := make([][]float64, steps)
	for t := range c {
		c[t] = make([]float64, lanes)
	}
	return c
}
