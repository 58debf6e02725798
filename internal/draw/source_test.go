// SPDX-License-Identifier: Apache-2.0

package draw

import (
	"math"
	"testing"

	"offtake/internal/vec"
)

// draws names every way of drawing a column.
var draws = map[string]func(s Source, dst []float64){
	"uniform":       func(s Source, dst []float64) { s.Uniform(dst, Need, 3) },
	"normal":        func(s Source, dst []float64) { s.Normal(dst, Need, 15) },
	"fine":          func(s Source, dst []float64) { s.Normal(dst, Need, 16) },
	"no slot":       func(s Source, dst []float64) { s.Uniform(dst, Named("indexes.sun"), 0) },
	"noise":         func(s Source, dst []float64) { s.Noise(dst, ListPriceJump, 8) },
	"normal noise":  func(s Source, dst []float64) { s.NoiseNormal(dst, ListPriceJump, 9) },
	"parameter":     func(s Source, dst []float64) { s.Parameter(dst, "world.cost.sunk") },
	"any parameter": func(s Source, dst []float64) { s.Parameter(dst, "world.failures.acme.hazard") },
	"walk": func(s Source, dst []float64) {
		c := columns(40, len(dst))
		c[23] = dst
		s.Walk(c, ListPrice)
	},
}

func sources() map[string]Source {
	return map[string]Source{
		"pseudo": {Seed: 42, First: 7},
		"quasi":  {Seed: 42, First: 7, Quasi: true, Scramble: 3},
	}
}

func TestBlocksDoNotMatter(t *testing.T) {
	const paths = 1030
	for mode, s := range sources() {
		for name, fill := range draws {
			whole := make([]float64, paths)
			fill(s, whole)
			for _, block := range []int{1, 2, 3, 16, 511, 512, 1030} {
				parts := make([]float64, paths)
				for start := 0; start < paths; start += block {
					if block == 1 && start > 40 && start < paths-40 {
						continue
					}
					part := s
					part.First += uint64(start)
					fill(part, parts[start:min(start+block, paths)])
				}
				for i := range whole {
					if parts[i] != whole[i] && !(block == 1 && i > 40 && i < paths-40) {
						t.Fatalf("%s, %s, blocks of %d: path %d has %v, want %v", mode, name, block, i, parts[i], whole[i])
					}
				}
			}
		}
		s.Uniform(nil, Need, 0)
		s.Walk(nil, Need)
	}
}

// TestPseudoIsPhilox: without points a Source has the bits of the package's functions, and a walk those of its steps.
func TestPseudoIsPhilox(t *testing.T) {
	s := Source{Seed: 5, First: 1001}
	got, want := make([]float64, 9), make([]float64, 9)
	walk := columns(30, 9)
	s.Walk(walk, ListPrice)
	for step := range walk {
		Normal(want, 5, ListPrice, 1001, step)
		s.Normal(got, ListPrice, step)
		for i := range want {
			if got[i] != want[i] || walk[step][i] != want[i] {
				t.Fatalf("step %d: %v and %v, want %v", step, got[i], walk[step][i], want[i])
			}
		}
	}
}

// TestColumnsDiffer: no two draws of one block have a number in common, nor correlate, in either mode; nor do those of
// another seed, scrambling or place, but for the same coordinate scrambled anew: a coin for its first
// bit leaves two scramblings of one coordinate alike or opposed. The bound is of 4 standard errors, for some 700 pairs.
func TestColumnsDiffer(t *testing.T) {
	const lanes = 1 << 12
	sobol := map[string]bool{"uniform": true, "normal": true, "parameter": true, "walk": true}
	for mode, s := range sources() {
		cols := map[string][]float64{}
		add := func(name string, s Source, fill func(Source, []float64)) {
			cols[name] = make([]float64, lanes)
			fill(s, cols[name])
		}
		add("noise of need", s, func(s Source, dst []float64) { s.Noise(dst, Need, 3) })
		add("fine noise of need", s, func(s Source, dst []float64) { s.NoiseNormal(dst, Need, 16) })
		add("other factor", s, func(s Source, dst []float64) { s.Uniform(dst, FlexibleNeed, 3) })
		for name, fill := range draws {
			add(name, s, fill)
			if s.Quasi && sobol[name] {
				continue
			}
			seed, scrambled, far := s, s, s
			seed.Seed++
			scrambled.Scramble++
			far.First += lanes
			add(name+" of another seed", seed, fill)
			add(name+" elsewhere", far, fill)
			if s.Quasi {
				add(name+" of another scrambling", scrambled, fill)
			}
		}
		seen := map[float64]string{}
		for name, column := range cols {
			for other, c := range cols {
				if r := correlation(column, c); other < name && math.Abs(r) > 4/math.Sqrt(lanes) {
					t.Errorf("%s: %s and %s correlate by %v", mode, name, other, r)
				}
			}
			for _, v := range column[:8] {
				if seen[v] != "" {
					t.Errorf("%s: %s and %s both have %v", mode, name, seen[v], v)
				}
				seen[v] = name
			}
		}
	}
}

func TestPointsThatAreNone(t *testing.T) {
	for name, f := range map[string]func(){
		"a point beyond 2^32": func() { Source{Quasi: true, First: 1<<32 - 1}.Uniform(make([]float64, 2), Need, 0) },
		"its noise":           func() { Source{Quasi: true, First: 1<<32 - 1}.Noise(make([]float64, 2), Need, 0) },
		"a point far beyond":  func() { Source{Quasi: true, First: 1 << 63}.Uniform(make([]float64, 2), Need, 0) },
		"scrambling 2^24":     func() { Source{Quasi: true, Scramble: 1 << 24}.Uniform(make([]float64, 2), Need, 0) },
		"index -1":            func() { Source{Quasi: true}.Uniform(make([]float64, 2), Need, -1) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s is drawn", name)
				}
			}()
			f()
		}()
	}
	Source{Quasi: true, First: 1<<32 - 2, Scramble: 1<<24 - 1}.Uniform(make([]float64, 2), Need, 0)
}

func TestSourcesDoNotAllocate(t *testing.T) {
	column, walk := make([]float64, 513), columns(120, 512)
	for mode, s := range sources() {
		if n := testing.AllocsPerRun(5, func() {
			s.Uniform(column, Need, 1)
			s.Noise(column, Need, 1)
			s.Parameter(column, "world.need.firm.lognormal.mean.per_year.rate")
			s.Parameter(column, "world.nothing.of.the.kind")
			s.Walk(walk, Need)
		}); n != 0 {
			t.Errorf("%s allocates %v times", mode, n)
		}
	}
}

// nested is Owen's scrambling as it was defined: a coin for each bit by its place in the tree, from Philox.
func nested(x uint32, replicate uint64, dimension int) float64 {
	out := uint64(0)
	for bit := range sobolBits {
		coin := philox(counter{x & (1<<bit - 1), uint32(bit), uint32(dimension)}, key{uint32(replicate), 0x6f77656e})[0] >> 31
		out |= uint64(x>>bit&1^coin) << (63 - bit)
	}
	return unit(out)
}

// TestScramblingHasTheSpreadOfOwens: over many scramblings the mean of the means is the integral, and their variance is
// that of Owen 1995 with coins drawn one by one. For x alone, n points are one in each nth, so it is 1/(12 n^3).
func TestScramblingHasTheSpreadOfOwens(t *testing.T) {
	const n, replicates = 64, 1000
	dims := []int{1, 65, 130}
	integrands := map[string]struct {
		f    func(x, y, z float64) float64
		mean float64
	}{
		"x":          {func(x, _, _ float64) float64 { return x }, 0.5},
		"product":    {func(x, y, z float64) float64 { return (x + 0.5) * (y + 0.5) * (z + 0.5) }, 1},
		"corner":     {func(x, y, z float64) float64 { return math.Max(0, x+y+z-2) }, 1.0 / 24},
		"half space": {func(x, y, z float64) float64 { return step(x+y+z > 1.5) }, 0.5},
		"normal square": {func(x, y, z float64) float64 {
			v := vec.NormInvOf(x) + vec.NormInvOf(y) + vec.NormInvOf(z)
			return v * v
		}, 3},
	}
	for name, in := range integrands {
		variance := func(point func(number uint32, replicate uint64, d int) float64) float64 {
			sum, squares := 0.0, 0.0
			for r := range uint64(replicates) {
				mean := 0.0
				for i := range uint32(n) {
					mean += in.f(point(i, r, dims[0]), point(i, r, dims[1]), point(i, r, dims[2])) / n
				}
				sum += mean - in.mean
				squares += (mean - in.mean) * (mean - in.mean)
			}
			if bias := sum / math.Sqrt(squares); math.Abs(bias) > 3.5 {
				t.Errorf("%s: biased by %.1f standard errors", name, bias)
			}
			return squares / replicates
		}
		hashed := variance(func(i uint32, r uint64, d int) float64 {
			return unit(scramble(7, uint32(r), d).word(generators()[d].at(i)))
		})
		exact := variance(func(i uint32, r uint64, d int) float64 { return nested(generators()[d].at(i), r, d) })
		if name == "x" {
			exact = 1.0 / 12 / n / n / n
		}
		// Of F with 1,000 and 1,000 degrees of freedom, 0.001 and 0.999 are at 0.82 and 1.22.
		if ratio := hashed / exact; ratio < 0.82 || ratio > 1.22 {
			t.Errorf("%s: variance is %.3f of Owen's", name, ratio)
		}
	}
}

func step(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
