// SPDX-License-Identifier: Apache-2.0

package world

import (
	"math"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/draw"
)

// sampled draws paths in blocks of so many lanes and lays them out by step.
func sampled(p Process, g *calendar.Grid, seed uint64, paths, lanes int) [][]float64 {
	out := make([][]float64, g.Steps())
	for t := range out {
		out[t] = make([]float64, paths)
	}
	block := make([][]float64, g.Steps())
	for first := 0; first < paths; first += lanes {
		for t := range block {
			block[t] = out[t][first : first+lanes]
		}
		sampleBlock(p, g, draw.Source{Seed: seed, First: uint64(first)}, block)
	}
	return out
}

// moments are the mean and the variance of a sample.
func moments(xs []float64) (mean, variance float64) {
	for _, x := range xs {
		mean += x
	}
	mean /= float64(len(xs))
	for _, x := range xs {
		variance += (x - mean) * (x - mean)
	}
	return mean, variance / float64(len(xs)-1)
}

// E[X(t)] = mean(t); log X(t) is normal with variance sigma^2 t; its
// correlation between s and t is sqrt(s/t). Each within four standard errors
// on 2^16 paths: of a mean sd/sqrt(n), with sd = mean sqrt(e^(sigma^2 t) - 1);
// of a normal's variance v sqrt(2/(n-1)); of a correlation (1 - r^2)/sqrt(n).
// The seed is fixed, so that the test gives one answer.
func TestLognormalMoments(t *testing.T) {
	const paths, sigma = 1 << 16, 0.3
	g := testGrid(t, "2026-10-01", 48, calendar.Quarter)
	p := &Lognormal{MeanPath: &PerYear{trend: trend{Rate: Certainly(0.2), From: Certainly(100)}}, Volatility: Certainly(sigma)}
	level, mean := sampled(p, g, 7, paths, 1024), MeanPath(p, g, nil)
	logs := make([][]float64, len(level))
	for s, col := range level {
		for _, x := range col {
			logs[s] = append(logs[s], math.Log(x))
		}
	}
	n := float64(paths)
	near := func(what string, s int, got, want, se float64) {
		t.Helper()
		if !(math.Abs(got-want) <= 4*se) {
			t.Errorf("step %d: %s %v, want %v, %.1f standard errors off", s, what, got, want, math.Abs(got-want)/se)
		}
	}
	last := g.Steps() - 1
	_, lastVariance := moments(logs[last])
	for s := range level {
		years := g.Years(s)
		m, _ := moments(level[s])
		near("mean", s, m, mean[s], mean[s]*math.Sqrt((math.Exp(sigma*sigma*years)-1)/n))
		lm, v := moments(logs[s])
		near("mean of the log", s, lm, math.Log(mean[s])-sigma*sigma*years/2, sigma*math.Sqrt(years/n))
		near("variance of the log", s, v, sigma*sigma*years, sigma*sigma*years*math.Sqrt(2/(n-1)))
		if s == last {
			continue
		}
		r, want := correlation(logs[s], logs[last], v, lastVariance), math.Sqrt(years/g.Years(last))
		near("correlation with the last", s, r, want, (1-want*want)/math.Sqrt(n))
		step := make([]float64, paths)
		for i := range step {
			step[i] = logs[s+1][i] - logs[s][i]
		}
		_, sv := moments(step)
		near("correlation with the next increment", s, correlation(logs[s], step, v, sv), 0, 1/math.Sqrt(n))
	}
}

func correlation(xs, ys []float64, vx, vy float64) float64 {
	mx, _ := moments(xs)
	my, _ := moments(ys)
	sum := 0.0
	for i := range xs {
		sum += (xs[i] - mx) * (ys[i] - my)
	}
	return sum / float64(len(xs)-1) / math.Sqrt(vx*vy)
}

// The same paths have the same bits in blocks of any size.
func TestBlocksDoNotMatter(t *testing.T) {
	g := testGrid(t, "2027-01-01", 12, calendar.Month)
	p := &Lognormal{MeanPath: At(12), Volatility: Certainly(0.4)}
	want := sampled(p, g, 3, 4096, 1024)
	for _, lanes := range []int{1, 64, 512, 4096} {
		got := sampled(p, g, 3, 4096, lanes)
		for s := range want {
			for i := range want[s] {
				if math.Float64bits(got[s][i]) != math.Float64bits(want[s][i]) {
					t.Fatalf("in blocks of %d: path %d, step %d is %v, else %v", lanes, i, s, got[s][i], want[s][i])
				}
			}
		}
	}
}

// A path is its formula on the draws of its seed, factor, path and step.
func TestLognormalIsItsFormula(t *testing.T) {
	g := testGrid(t, "2026-07-01", 24, calendar.Quarter)
	p := &Lognormal{MeanPath: Years(8, 20), Volatility: Certainly(0.25)}
	level := sampled(p, g, 11, 8, 4)
	w, at := make([]float64, 8), 0.0
	z := make([]float64, 8)
	for s := range level {
		draw.Normal(z, 11, draw.Need, 0, s)
		for i := range w {
			w[i] += z[i] * math.Sqrt(g.Years(s)-at)
			want := []float64{8, 20}[min(s/4, 1)] * math.Exp(0.25*w[i]-0.25*0.25*g.Years(s)/2)
			if got := level[s][i]; !(math.Abs(got-want) <= 1e-13*want) {
				t.Errorf("step %d, path %d: %v, want %v", s, i, got, want)
			}
		}
		at = g.Years(s)
	}
}

// The first draws are frozen: a seed means the same paths for good. They are
// what this code gave when the test was written; the formula is held to them
// by the test above.
func TestFirstDrawsAreFrozen(t *testing.T) {
	g := testGrid(t, "2027-01-01", 12, calendar.Quarter)
	level := sampled(&Lognormal{MeanPath: At(100), Volatility: Certainly(0.3)}, g, 1, 4, 4)
	for s, want := range [][2]uint64{
		{0x405d4f7b8669ff10, 0x4053383ec080ebcc}, {0x40554032b3876de3, 0x4052bf8a2d6dcb03}, {0x40552469e8921d58, 0x405409a9ff5e73fe},
	} {
		for i, bits := range want {
			if got := math.Float64bits(level[s][i]); got != bits {
				t.Errorf("step %d, path %d: %#x (%v), want %#x", s, i, got, level[s][i], bits)
			}
		}
	}
}

// Without volatility every path is the mean; in steps before the valuation
// date too, and a volatility moves nothing before it.
func TestLognormalAtItsEdges(t *testing.T) {
	g := testGrid(t, "2027-01-01", 12, calendar.Month)
	still := sampled(&Lognormal{MeanPath: At(12)}, g, 3, 4, 4)
	late := testGrid(t, "2027-04-01", 12, calendar.Month)
	moving := sampled(&Lognormal{MeanPath: At(12), Volatility: Certainly(0.5)}, late, 3, 4, 4)
	for s := range still {
		for i := range still[s] {
			if still[s][i] != 12 {
				t.Errorf("without volatility: path %d is %v in step %d", i, still[s][i], s)
			}
			if before := s < 3; before != (moving[s][i] == 12) || math.IsNaN(moving[s][i]) {
				t.Errorf("signed after three months: path %d is %v in step %d", i, moving[s][i], s)
			}
		}
	}
}

// sampleBlock has a process sample a block by the walk of need.
func sampleBlock(p Process, g *calendar.Grid, src draw.Source, block [][]float64) {
	s := newSampling(g, nil, len(block[0]))
	s.Source, s.Factor, s.Jump = src, draw.Need, draw.Named("jumps")
	src.Walk(block, draw.Need)
	p.Sample(s, block)
}
