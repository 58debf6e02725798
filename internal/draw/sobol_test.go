// SPDX-License-Identifier: Apache-2.0

package draw

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
	"testing"
)

// gray is the number of the point at an index of Gray-code order, in which sequences are printed.
func gray(index uint32) uint32 { return index ^ index>>1 }

// plainPoint is a coordinate, not scrambled.
func plainPoint(dimension int, number uint32) float64 {
	return float64(bits.Reverse32(generators()[dimension].at(number))) / (1 << 32)
}

// TestFirstPoints: the first points that S. Joe and F. Y. Kuo 2008, file new-joe-kuo-6.21201, give (dimensions count from 1
// there), as scipy 1.10 has them.
func TestFirstPoints(t *testing.T) {
	for index, point := range [][6]float64{
		{},
		{.5, .5, .5, .5, .5, .5},
		{.75, .25, .25, .25, .75, .75},
		{.25, .75, .75, .75, .25, .25},
		{.375, .375, .625, .875, .375, .125},
		{.875, .875, .125, .375, .875, .625},
		{.625, .125, .875, .625, .625, .875},
		{.125, .625, .375, .125, .125, .375},
		{.1875, .3125, .9375, .4375, .5625, .3125},
	} {
		for d, want := range point {
			if got := plainPoint(d, gray(uint32(index))); got != want {
				t.Errorf("point %d, dimension %d: %v, want %v", index, d+1, got, want)
			}
		}
	}
	for i, want := range []float64{.5, .75, .25, .125, .625} {
		if got := plainPoint(63, gray(uint32(i+1))); got != want {
			t.Errorf("point %d, dimension 64: %v, want %v", i+1, got, want)
		}
	}
	for dimension, want := range map[int]float64{1: .00097656, 2: .75292969, 3: .61230469, 10: .85058594, 64: .04003906} {
		if got := plainPoint(dimension-1, gray(1023)); math.Abs(got-want) > 5e-9 {
			t.Errorf("point 1023, dimension %d: %v, want %v", dimension, got, want)
		}
	}
}

// TestAllDimensions: hashes of whole points of 1,024 coordinates, h = (h ^ coordinate x 2^32) x 1099511628211 from
// 14695981039346656037, made with scipy 1.10, scipy.stats.qmc.Sobol(1024, scramble=False, bits=32).
func TestAllDimensions(t *testing.T) {
	for index, want := range map[uint32]uint64{
		1: 0x4b9ca40edf287325, 1023: 0x99435cf3f7a87325, 1<<20 + 12345: 0xdef17010ec7d0325,
	} {
		h := uint64(14695981039346656037)
		for d := range dimensions {
			h = (h ^ uint64(bits.Reverse32(generators()[d].at(gray(index))))) * 1099511628211
		}
		if h != want {
			t.Errorf("point %d: %#x, want %#x", index, h, want)
		}
	}
}

// TestFillCounts: counting up gives the points that their numbers give, by whole blocks too.
func TestFillCounts(t *testing.T) {
	s := scramble(3, 1, 77)
	g := &generators()[77]
	for first, n := range map[uint32]int{0: 45, 1: 45, 16: 16, 48: 64, 50: 45, 511: 45, 512: 45, 1<<31 - 5: 45, 1<<31 - 16: 64, math.MaxUint32 - 9: 10, math.MaxUint32 - 31: 32} {
		got, blurred := make([]float64, n), make([]float64, n)
		g.fill(got, first, s, false)
		g.fill(blurred, first, s, true)
		for i, v := range got {
			number := first + uint32(i)
			word := s.word(g.at(number))
			if want := unit(word); v != want {
				t.Fatalf("point %d: %v, want %v", number, v, want)
			}
			if want := unit(blur(word, number)); blurred[i] != want {
				t.Fatalf("point %d, blurred: %v, want %v", number, blurred[i], want)
			}
		}
	}
}

// TestEveryIntervalHasItsPoint: of 2^k points that begin at a multiple of 2^k, each interval of length 2^-k has one, in
// every dimension, scrambled as well.
func TestEveryIntervalHasItsPoint(t *testing.T) {
	const k = 9
	points := make([]float64, 1<<k)
	for d := range dimensions {
		first := uint32(d) * 2654435761 >> k << k
		generators()[d].fill(points, first, scramble(20260501, 2, d), false)
		seen := [1 << k]bool{}
		for i, x := range points {
			cell := int(x * (1 << k))
			if x <= 0 || x >= 1 || seen[cell] {
				t.Fatalf("dimension %d from point %d: lane %d has %v", d, first, i, x)
			}
			seen[cell] = true
		}
	}
}

// TestNetsStayNets: boxes of sides 2^-a and 2^-b have as many points, over all boxes, as without scrambling. This is
// the (t, m, s)-net property, whatever t of the two dimensions is.
func TestNetsStayNets(t *testing.T) {
	const m = 8
	fill := func(d int, scrambled bool) (column [1 << m]uint64) {
		for n := range column {
			x := generators()[d].at(uint32(n))
			column[n] = uint64(bits.Reverse32(x)) << 32
			if scrambled {
				column[n] = scramble(8, 4, d).word(x)
			}
		}
		return column
	}
	boxes := func(x, y [1 << m]uint64, a, b int) (count [1 << m]int) {
		for i := range x {
			count[x[i]>>(64-a)<<b|y[i]>>(64-b)]++
		}
		slices.Sort(count[:])
		return count
	}
	best := 0
	for _, pair := range [][2]int{{0, 1}, {1, 2}, {1, 65}, {3, 4}, {5, 1023}, {65, 129}, {400, 401}, {33, 961}} {
		x, y := fill(pair[0], false), fill(pair[1], false)
		u, v := fill(pair[0], true), fill(pair[1], true)
		for a := range m + 1 {
			for b := range m - a + 1 {
				plain := boxes(x, y, a, b)
				if got := boxes(u, v, a, b); got != plain {
					t.Errorf("dimensions %v, sides 2^-%d and 2^-%d: points a box are %v, plain %v", pair, a, b, got, plain)
				}
				if a+b == m && plain[0] == 1 {
					best++
				}
			}
		}
	}
	if best < 2*(m+1) {
		t.Errorf("only %d ways of cutting have one point a box: these are no nets", best)
	}
}

// TestCoins: scrambling flips each bit by a coin of its own. Over many seeds the coins of the 63 places in the first six
// bits are fair, and no two of them correlate.
func TestCoins(t *testing.T) {
	const seeds, depth = 1 << 15, 6
	var coins [1<<depth - 1][seeds / 64]uint64
	for seed := range uint64(seeds) {
		s, i := scramble(seed, 0, 5), 0
		for bit := range depth {
			for before := range uint32(1) << bit {
				coins[i][seed/64] |= (s.word(before) >> (63 - bit) & 1) << (seed % 64)
				i++
			}
		}
	}
	// Standard errors from a half of the seeds: largest of 63 and 1,953 normal numbers, at one in a thousand.
	excess := func(differ int) float64 { return math.Abs(float64(differ)-seeds/2) / math.Sqrt(seeds/4) }
	total, pairs := 0.0, 0.0
	for i := range coins {
		if z := excess(onesOf(coins[i][:], nil)); z > 4.2 {
			t.Errorf("coin %d is biased by %.1f standard errors", i, z)
		}
		for j := range i {
			z := excess(onesOf(coins[i][:], coins[j][:]))
			if z > 5 {
				t.Errorf("coins %d and %d differ by %.1f standard errors too often or too rarely", i, j, z)
			}
			total, pairs = total+z*z, pairs+1
		}
	}
	// Of chi-square over its 1,953 degrees of freedom, 0.001 and 0.999 are at 0.904 and 1.102.
	if ratio := total / pairs; ratio < 0.904 || ratio > 1.102 {
		t.Errorf("chi-square of the pairs is %v a degree of freedom", ratio)
	}
}

func onesOf(a, b []uint64) (n int) {
	for i, word := range a {
		if b != nil {
			word ^= b[i]
		}
		n += bits.OnesCount64(word)
	}
	return n
}

// TestFrozenPoints: made by this package when it was written; any change of them changes every stored result.
func TestFrozenPoints(t *testing.T) {
	first, last := Source{Seed: 1, Quasi: true}, Source{Seed: 0xfedcba9876543210, Quasi: true, First: 1<<32 - 3, Scramble: 15}
	for name, c := range map[string]struct {
		source Source
		fill   func(s Source, dst []float64)
		want   [3]float64
	}{
		"first":     {first, func(s Source, dst []float64) { s.Uniform(dst, Need, 0) }, [3]float64{0x1.64df73808fd1fp-01, 0x1.4413a4203cbf2p-02, 0x1.20bb65a839bfcp-03}},
		"last":      {last, func(s Source, dst []float64) { s.Uniform(dst, Recovery, 15) }, [3]float64{0x1.f35e071ea709ap-02, 0x1.1220c6f15917dp-01, 0x1.a5f18ebd1bcep-06}},
		"fine":      {last, func(s Source, dst []float64) { s.Normal(dst, Recovery, 16) }, [3]float64{-0x1.367ccb39f1fa5p-04, -0x1.6762b4740aaffp-01, 0x1.0dbf0907dfb21p-01}},
		"parameter": {first, func(s Source, dst []float64) { s.Parameter(dst, "world.list_price.per_year.rate") }, [3]float64{0x1.c499a1fcce074p-03, 0x1.37391ed021ddfp-01, 0x1.1e2904f9b938ep-02}},
		"unknown":   {first, func(s Source, dst []float64) { s.Parameter(dst, "world.sun.shine") }, [3]float64{0x1.8d5b4db39bf2dp-01, 0x1.7340f183680a3p-01, 0x1.805d04afd2c72p-02}},
		"pseudo":    {Source{Seed: 1}, func(s Source, dst []float64) { s.Parameter(dst, "world.cost.sunk") }, [3]float64{0x1.75f7a2e71a1aep-02, 0x1.96768b2cf6f82p-02, 0x1.ffe98dd0692a9p-01}},
		"noise":     {Source{Seed: 1}, func(s Source, dst []float64) { s.Noise(dst, ListPriceJump, 7) }, [3]float64{0x1.6ca45b630925p-05, 0x1.14ad065fa1095p-01, 0x1.79f8304f862b2p-02}},
		"named":     {first, func(s Source, dst []float64) { s.Normal(dst, Named("indexes.sun"), 7) }, [3]float64{0x1.732b8ab2d876ep+00, -0x1.72e108da47eb9p+00, -0x1.a0a43e51b2dfp-02}},
		"walk": {first, func(s Source, dst []float64) {
			steps := columns(120, len(dst))
			steps[77] = dst
			s.Walk(steps, MarketPrice)
		}, [3]float64{0x1.5e916d21476e4p-01, -0x1.1892235015192p-02, 0x1.682dd2fd1787bp+00}},
	} {
		var got [3]float64
		c.fill(c.source, got[:])
		if got != c.want {
			t.Errorf("%s: drew %v", name, show(got))
		}
	}
}

// BenchmarkSource reports ns a number, over blocks of 512 paths and walks of 120 steps, in both modes.
func BenchmarkSource(b *testing.B) {
	column := make([]float64, 512)
	steps := make([][]float64, 120)
	for t := range steps {
		steps[t] = make([]float64, 512)
	}
	for mode, quasi := range map[string]bool{"pseudo": false, "quasi": true} {
		s := Source{Seed: 1, Quasi: quasi}
		for name, run := range map[string]func(){
			"Uniform": func() { s.Uniform(column, Need, 4) },
			"Normal":  func() { s.Normal(column, Need, 4) },
			"Walk":    func() { s.Walk(steps, Need) },
		} {
			b.Run(fmt.Sprintf("%s/%s", name, mode), func(b *testing.B) {
				for b.Loop() {
					run()
				}
				numbers := len(column)
				if name == "Walk" {
					numbers *= len(steps)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*numbers), "ns/number")
			})
		}
	}
}
