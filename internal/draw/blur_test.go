// SPDX-License-Identifier: Apache-2.0

package draw

import (
	"math"
	"sync"
	"testing"
)

// drawn are the first n points of a coordinate by scrambling.
func drawn(dst []float64, seed uint64, scrambling int) {
	Source{Seed: seed, Quasi: true, Scramble: uint32(scrambling)}.Uniform(dst, Need, 0)
}

// Intervals of 16 scramblings contain a chance which one coordinate decides 93% to 97% of the time, wherever
// the chance lies between neighbouring nths: at dyadic ones too, near the ends, and from where 30 paths are
// expected. They are by Student's t alone, of 4,000 seeds: a fair 95% has a standard error of 0.35%.
func TestChancesOfOneCoordinateAreCovered(t *testing.T) {
	const seeds, scramblings, student = 4000, 16, 2.131449546 // Abramowitz and Stegun 1964, 26.10
	for _, n := range []int{64, 128, 256, 1024} {
		chances := []float64{1.0 / 32, 0.108, 1.0 / 3, 0.5, 0.602, 0.99}
		for _, whole := range []float64{2, 5, math.Floor(0.3 * float64(n))} {
			for f := range 8 {
				chances = append(chances, (whole-0.125+float64(f)/8)/float64(n))
			}
		}
		inside, lock := make([]int, len(chances)), sync.Mutex{}
		var both sync.WaitGroup
		for half := range 2 {
			both.Go(func() {
				points, counts := make([]float64, n), make([][scramblings]float64, len(chances))
				for seed := half; seed < seeds; seed += 2 {
					for g := range scramblings {
						drawn(points, uint64(seed), g)
						for i, p := range chances {
							counts[i][g] = below(points, p)
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
				t.Errorf("%d points, %.3f of them below: %.1f%% of intervals contain the truth", n, p*float64(n), 100*share)
			}
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

// A point stays within a cell of where it was, or is reflected at 0 or 1, and where it lies has
// nothing to do with where it was: of counts below p the mean is n p, also near the ends, and the
// variance is about what the distances say.
func TestBlurIsUniformAndNear(t *testing.T) {
	const n, seeds = 256, 20000
	plain, blurred := make([]float64, n), make([]float64, n)
	for _, p := range []float64{0.25 / n, 1.0 / n, 0.01, 0.25, 0.5, 0.733, 1 - 1.0/n, 1 - 0.25/n} {
		total, squares := 0.0, 0.0
		for seed := range uint64(seeds) {
			drawn(blurred, seed, 3)
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
