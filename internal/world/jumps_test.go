// SPDX-License-Identifier: Apache-2.0

package world

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/draw"
)

// Quantiles of Poisson and binomial numbers are where their distributions, summed from
// the logarithms of factorials, pass the probability; far out in both tails too.
func TestCountQuantiles(t *testing.T) {
	factorial := func(n float64) float64 { x, _ := math.Lgamma(n + 1); return x }
	hold := func(what string, most int, density, quantile func(float64) float64) {
		below := 0.0
		for k := range most {
			p := density(float64(k))
			if p > 1e-9 && below+p/2 < 1 {
				if got := quantile(below + p/2); got != float64(k) {
					t.Errorf("%s: the quantile amid the probability of %d is %v", what, k, got)
				}
			}
			below += p
		}
	}
	for _, mean := range []float64{0.01, 1, 7.3, mostJumps} {
		hold(fmt.Sprint("Poisson ", mean), 300, func(k float64) float64 { return math.Exp(k*math.Log(mean) - mean - factorial(k)) },
			func(u float64) float64 { return poisson(mean, math.Exp(-mean), u) })
	}
	for _, p := range []float64{1e-6, 0.1, 0.5, 0.52, 0.999} {
		for _, n := range []float64{1, 2, 9, 200} {
			share := newShare(p)
			hold(fmt.Sprint("binomial ", n, " ", p), int(n)+1, func(k float64) float64 {
				return math.Exp(factorial(n) - factorial(k) - factorial(n-k) + k*math.Log(p) + (n-k)*math.Log1p(-p))
			}, func(u float64) float64 { return share.of(n, u) })
		}
	}
	if last := 1 - 0x1p-53; poisson(mostJumps, math.Exp(-mostJumps), last) > 220 || newShare(0.4).of(200, last) > 150 {
		t.Error("the last number of all is far beyond its quantile")
	}
}

// A path is cut by its years: steps before the valuation date take none, and a long
// first step is one span however long it is.
func TestSpans(t *testing.T) {
	at := func(x span) [3]float64 { return [3]float64{float64(x.first), x.from, x.to} }
	for _, c := range []struct {
		years []float64
		want  [][3]float64
	}{
		{[]float64{0, 0, 0, 1, 2, 3, 4}, [][3]float64{{0, 0, 1}, {5, 2, 3}, {4, 1, 2}, {6, 3, 4}}},
		{[]float64{5, 6, 7}, [][3]float64{{0, 0, 5}, {1, 5, 6}, {2, 6, 7}}},
		{[]float64{2}, [][3]float64{{0, 0, 2}}},
		{[]float64{0, 0}, [][3]float64{{0, 0, 0}}},
		{[]float64{1, 1, 2}, [][3]float64{{0, 0, 1}, {1, 1, 2}}},
	} {
		found := map[[3]float64]bool{}
		parts := spans(c.years, 20)
		for k, x := range parts {
			found[at(x)] = true
			if k > 0 && (x.near <= 0 || x.near >= 1 || x.off >= k) {
				t.Errorf("%v: span %d is %+v", c.years, k, x)
			}
		}
		for _, w := range c.want {
			if len(parts) != len(c.want) || !found[w] {
				t.Errorf("%v is cut into %+v, want %v", c.years, parts, c.want)
				break
			}
		}
	}
	x := span{first: 1, end: 4, from: 1, to: 4}
	for u, want := range map[float64]int{0x1p-53: 1, 0.2: 1, 0.3: 2, 0.82: 2, 0.84: 3, 1 - 0x1p-53: 3} {
		if got := x.step([]float64{1, 1.8, 3.5, 4}, u); got != want {
			t.Errorf("%v of the years is over in step %d, want %d", u, got, want)
		}
	}
}

// jumpy draws jumps of one path after the other, each of another seed or the first point of a
// scrambling of its own: independent paths, whatever the source.
func jumpy(g *calendar.Grid, quasi bool, paths int, often, m, sd float64) [][]float64 {
	s := newSampling(g, nil, 1)
	s.Jump, s.JumpSize = draw.NeedJump, draw.NeedJumpSize
	out := columns(g.Steps(), paths)
	for i := range paths {
		s.Source = draw.Source{Seed: 5, First: uint64(i)}
		if quasi {
			s.Source = draw.Source{Seed: 6, Quasi: true, Scramble: uint32(i)}
		}
		for t, col := range s.jumps([]float64{often}, []float64{m}, []float64{sd}) {
			out[t][i] = col[0]
		}
	}
	return out
}

// Numbers of jumps, seen as the sum of jumps of one each, are in every step what the plain
// way makes of them: chi-square of the two samples over 0, 1, 2 and more, and
// in sums over all steps of some length. So are sizes, by the test of Kolmogorov and Smirnov. Steps are of
// equal and of unequal length, before the valuation date and after it. Bounds of each are at 1e-5.
func TestJumpsAreThoseOfThePlainWay(t *testing.T) {
	const paths = 1 << 13
	for name, g := range map[string]*calendar.Grid{
		"months, valued at the start": testGrid(t, "2027-01-01", 36, calendar.Month),
		"quarters, valued in one":     testGrid(t, "2027-11-12", 48, calendar.Quarter),
		"years, valued long before":   testGrid(t, "2023-02-01", 60, calendar.Year),
	} {
		var count, size [2][][]float64
		for mode, quasi := range []bool{false, true} {
			count[mode], size[mode] = jumpy(g, quasi, paths, 1.7, 1, 0), jumpy(g, quasi, paths, 1.7, -0.2, 0.3)
		}
		for _, window := range []int{1, 2, 5, g.Steps()} {
			for from := 0; from+window <= g.Steps(); from += window {
				a, b := over(count[0][from:from+window]), over(count[1][from:from+window])
				if x, degrees := chiSquare(a, b); x > float64(degrees)+4.3*math.Sqrt(2*float64(degrees))+12 {
					t.Errorf("%s: counts in %d steps from %d: chi-square %.1f of %d degrees", name, window, from, x, degrees)
				}
				a, b = over(size[0][from:from+window]), over(size[1][from:from+window])
				if d := apart(a, b); d > 2.47*math.Sqrt(2.0/paths) {
					t.Errorf("%s: sizes in %d steps from %d are %v apart", name, window, from, d)
				}
			}
		}
		// The largest rise and fall between any two steps: of what hangs together over time.
		a, b := reach(size[0]), reach(size[1])
		if d := apart(a, b); d > 2.47*math.Sqrt(2.0/paths) {
			t.Errorf("%s: reaches of the paths are %v apart", name, d)
		}
	}
}

// over is the sum of columns.
func over(cols [][]float64) []float64 {
	out := make([]float64, len(cols[0]))
	for _, col := range cols {
		for i, x := range col {
			out[i] += x
		}
	}
	return out
}

// reach is how far each path comes from its lowest to its highest.
func reach(cols [][]float64) []float64 {
	out := make([]float64, len(cols[0]))
	for i := range out {
		at, low, high := 0.0, 0.0, 0.0
		for _, col := range cols {
			at += col[i]
			low, high = min(low, at), max(high, at)
		}
		out[i] = high - low
	}
	return out
}

// chiSquare is of two samples of counts, as many of each; seldom ones are taken together.
func chiSquare(a, b []float64) (x float64, degrees int) {
	most := int(max(slices.Max(a), slices.Max(b)))
	seen := [2][]float64{make([]float64, most+1), make([]float64, most+1)}
	for mode, s := range [][]float64{a, b} {
		for _, n := range s {
			seen[mode][int(math.Round(n))]++
		}
	}
	p, q := 0.0, 0.0
	for k := range seen[0] {
		p, q = p+seen[0][k], q+seen[1][k]
		if p+q >= 30 {
			x, degrees = x+(p-q)*(p-q)/(p+q), degrees+1
			p, q = 0, 0
		}
	}
	return x, max(0, degrees-1)
}

// apart is the largest difference between the distributions of two samples (Kolmogorov 1933,
// Smirnov 1939).
func apart(a, b []float64) (most float64) {
	slices.Sort(a)
	slices.Sort(b)
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		x := min(a[i], b[j])
		for i < len(a) && a[i] == x {
			i++
		}
		for j < len(b) && b[j] == x {
			j++
		}
		most = max(most, math.Abs(float64(i)/float64(len(a))-float64(j)/float64(len(b))))
	}
	return most
}

// Too many jumps to draw each of them are drawn step by step: 50 a year for thirty years
// have the moments rate t (m, m^2 + s^2) in every step, as have 3 a year, which are not too many.
// A lane has the same jumps whatever those beside it.
func TestManyJumps(t *testing.T) {
	const lanes, m, sd = 1 << 12, -0.01, 0.02
	g := testGrid(t, "2027-01-01", 360, calendar.Month)
	fill := func(s *Sampling, first uint64, often ...float64) [][]float64 {
		s.Source, s.Jump, s.JumpSize = draw.Source{Seed: 8, Quasi: true, First: first}, draw.NeedJump, draw.NeedJumpSize
		same := func(x float64) []float64 { return slices.Repeat([]float64{x}, s.Lanes) }
		if len(often) == 1 {
			often = same(often[0])
		}
		return s.jumps(often, same(m), same(sd))
	}
	for _, often := range []float64{3, 50} {
		s := newSampling(g, nil, lanes)
		total, years := over(fill(s, 0, often)), s.At(g.Steps()-1)
		if few := often*years <= mostJumps; few != (often == 3) {
			t.Fatalf("%v a year in %v years are few: %v", often, years, few)
		}
		want := often * years * (m*m + sd*sd)
		mean, variance := moments(total)
		if math.Abs(mean-often*years*m) > 4*math.Sqrt(want/lanes) || math.Abs(variance/want-1) > 4*math.Sqrt(2.1/lanes) {
			t.Errorf("%v a year: mean %v and variance %v, want %v and %v", often, mean, variance, often*years*m, want)
		}
		if n := testing.AllocsPerRun(2, func() { fill(s, 0, often) }); n > 3 { // those of fill
			t.Errorf("%v a year: %v allocations", often, n)
		}
	}
	often := []float64{1, 50, 0, 3, 3.4}
	together, one := fill(newSampling(g, nil, len(often)), 0, often...), newSampling(g, nil, 1)
	for i, x := range often {
		for step, col := range fill(one, uint64(i), x) {
			if col[0] != together[step][i] {
				t.Fatalf("%v a year: %v in step %d, and %v beside others", x, col[0], step, together[step][i])
			}
		}
	}
}

// What has coordinates of its own is named by need, prices and the lab's value; the rest
// is drawn as plain numbers are.
func TestWhoseJumpsHaveCoordinates(t *testing.T) {
	seen := map[draw.Factor]bool{}
	for _, m := range rich().moving() {
		reserved := slices.Contains([]string{"need.firm", "list_price", "market_price", labValue}, m.path)
		if reserved != (m.size != 0) || m.jump == 0 || seen[m.jump] || m.size != 0 && seen[m.size] {
			t.Errorf("%s: jumps by %v and %v", m.path, m.jump, m.size)
		}
		seen[m.jump], seen[m.size] = true, true
	}
}
