// SPDX-License-Identifier: Apache-2.0

package draw

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"
)

// Intervals of 16 scramblings contain a chance which one coordinate decides 93% to 97% of the time, wherever
// the chance lies between neighbouring nths: at dyadic ones too, and from where 30 paths are
// expected. They are by Student's t alone, of 4,000 seeds: a fair 95% has a standard error of 0.35%.
func TestChancesOfOneCoordinateAreCovered(t *testing.T) {
	for _, n := range []int{64, 128, 256, 1024} {
		chances := []float64{1.0 / 32, 0.108, 1.0 / 3, 0.5, 0.602, 1 - 2.0/float64(n)}
		for _, whole := range []float64{2, 5, math.Floor(0.3 * float64(n))} {
			for f := range 8 {
				chances = append(chances, (whole-0.125+float64(f)/8)/float64(n))
			}
		}
		covered(t, n, chances, func(points [2][]float64, p float64) float64 { return below(points[0], p) })
	}
}

// Likewise what two coordinates decide: an event in a corner of the square, here of three
// quarters of a side, so that no side is short where p is small, and one below a diagonal.
func TestChancesOfTwoCoordinatesAreCovered(t *testing.T) {
	for _, n := range []int{64, 256} {
		chances := []float64{1.0 / 32, 0.0625, 0.25, 0.303, 0.5}
		covered(t, n, chances, func(points [2][]float64, p float64) (count float64) {
			for i, u := range points[0] {
				count += step(u < 0.75 && points[1][i] < p/0.75)
			}
			return count
		})
		covered(t, n, chances, func(points [2][]float64, p float64) (count float64) {
			for i, u := range points[0] {
				count += step(u+points[1][i] < math.Sqrt(2*p))
			}
			return count
		})
	}
}

// covered holds intervals of events of two coordinates to 93% to 97%, by n points a scrambling.
func covered(t *testing.T, n int, chances []float64, count func(points [2][]float64, p float64) float64) {
	t.Helper()
	const seeds, scramblings, student = 4000, 16, 2.131449546 // Abramowitz and Stegun 1964, 26.10
	inside, lock := make([]int, len(chances)), sync.Mutex{}
	var both sync.WaitGroup
	for half := range 2 {
		both.Go(func() {
			points, counts := [2][]float64{make([]float64, n), make([]float64, n)}, make([][scramblings]float64, len(chances))
			for seed := half; seed < seeds; seed += 2 {
				for g := range scramblings {
					s := Source{Seed: uint64(seed), Quasi: true, Scramble: uint32(g)}
					s.Uniform(points[0], Need, 0)
					s.Uniform(points[1], LabValue, 0)
					for i, p := range chances {
						counts[i][g] = count(points, p)
					}
				}
				lock.Lock()
				for i, p := range chances {
					if mean, se := meanOf(counts[i][:]); math.Abs(mean-p*float64(n)) <= student*se {
						inside[i]++
					}
				}
				lock.Unlock()
			}
		})
	}
	both.Wait()
	for i, p := range chances {
		if share := float64(inside[i]) / seeds; share < 0.93 || share > 0.97 {
			t.Errorf("%d points, %.3f of them expected: %.1f%% of intervals contain the truth", n, p*float64(n), 100*share)
		}
	}
}

// below counts the points below p.
func below(points []float64, p float64) (count float64) {
	for _, u := range points {
		if u < p {
			count++
		}
	}
	return count
}

// meanOf is the mean of values, with its standard error.
func meanOf(values []float64) (mean, se float64) {
	n := float64(len(values))
	for _, v := range values {
		mean += v / n
	}
	for _, v := range values {
		se += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(se / n / (n - 1))
}

// Blurred coordinates are uniform: of counts below p the mean is n p, also near the ends, and the variance
// is what the distances make it. And no point moves further than it may.
func TestBlurIsUniformAndNear(t *testing.T) {
	const n, seeds = 256, 20000
	plain, blurred := make([]float64, n), make([]float64, n)
	for _, p := range []float64{0.25 / n, 1.0 / n, 0.01, 0.25, 0.5, 0.733, 1 - 1.0/n, 1 - 0.25/n} {
		total, squares := 0.0, 0.0
		for seed := range uint64(seeds) {
			Source{Seed: seed, Quasi: true, Scramble: 3}.Uniform(blurred, Need, 0)
			c := below(blurred, p) - p*n
			total, squares = total+c, squares+c*c
		}
		variance := squares / seeds
		if z := total / math.Sqrt(seeds*variance); math.Abs(z) > 4 {
			t.Errorf("below %v: biased by %.1f standard errors", p, z)
		}
		// The first 64 points have 89/240 (see docs/models/random-numbers.md), and more are a little more;
		// by the ends, where points are reflected, there is less.
		if inner := p*n > 1.5 && p*n < n-1.5; inner && (variance < 0.37 || variance > 0.7) {
			t.Errorf("below %v: the variance of a count is %v", p, variance)
		}
	}
	for seed := range uint64(20) {
		dimension := int(dealt[0][Need])
		generators()[dimension].fill(plain, 0, scramble(seed, 0, dimension), false)
		generators()[dimension].fill(blurred, 0, scramble(seed, 0, dimension), true)
		moved := 0.0
		for i := range plain {
			most := 1.0 / 64 // of the first 64 points; of the first 128, half a 128th
			if i >= 64 {
				most = 0.5 / math.Exp2(math.Floor(math.Log2(float64(i)))+1)
			}
			by := math.Abs(blurred[i]-plain[i]) / most
			if moved += by / n; by > 1 {
				t.Fatalf("point %d moves from %v to %v", i, plain[i], blurred[i])
			}
			if blurred[i] <= 0 || blurred[i] >= 1 {
				t.Fatalf("point %d: %v", i, blurred[i])
			}
		}
		if moved < 0.4 || moved > 0.6 { // half, less what is reflected
			t.Errorf("points move by %v of what they may", moved)
		}
	}
}

// How far a point is moved has nothing to do with where it was, nor with how far others are: points next to it in
// number, and the same point in other dimensions and scramblings: all pairs of 12 columns of
// 4,096 distances, of the same one point further, and of places in a cell, but for two of places.
func TestDistancesAreIndependent(t *testing.T) {
	const n = 4096
	columns := map[string][]float64{}
	for _, d := range []int{0, 1, 2, 63, 64, 1023} {
		for _, g := range []uint32{0, 5} {
			s := scramble(20261129, g, d)
			moves, places := make([]float64, n), make([]float64, n)
			for i := range moves {
				word := s.word(generators()[d].at(uint32(i)))
				moves[i] = float64(int32(word))
				places[i] = math.Mod(float64(word)*0x1p-64*n, 1) // in its cell of a 4,096th
			}
			name := fmt.Sprintf("distances of dimension %d, scrambling %d", d, g)
			columns[name], columns["places for "+name] = moves, places
			columns["the next "+name] = append(moves[1:n:n], moves[0])
		}
	}
	most, pairs, total := 0.0, 0, 0.0
	for name, x := range columns {
		for other, y := range columns {
			if name >= other || strings.Contains(name, "places") && strings.Contains(other, "places") {
				continue
			}
			z := correlation(x, y) * math.Sqrt(n)
			most, pairs, total = max(most, math.Abs(z)), pairs+1, total+z*z
			if math.Abs(z) > 4.5 { // of 564 normal numbers, one beyond it once in 260 times
				t.Errorf("%s and %s correlate by %.1f standard errors", name, other, z)
			}
		}
	}
	// Of chi-square with some 560 degrees of freedom, 0.001 and 0.999 are at 0.82 and 1.19.
	if mean := total / float64(pairs); mean < 0.8 || mean > 1.2 {
		t.Errorf("squared correlations of %d pairs are %v on average, the largest %v standard errors", pairs, mean, most)
	}
}
