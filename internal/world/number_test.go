// SPDX-License-Identifier: Apache-2.0

package world

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"offtake/internal/draw"
	"offtake/internal/field"
)

// uncertain is a number of a rate's kind within limits, or of any.
func uncertain(d Distribution, limits ...float64) *Number {
	n := &Number{Dist: d, given: true, kind: field.Number}
	if len(limits) == 2 {
		n.min, n.max = field.At(limits[0]), field.At(limits[1])
	}
	return n
}

// Quantiles are those of gonum's distributions, where it has them.
func TestQuantiles(t *testing.T) {
	us := []float64{1e-6, 0.01, 0.05, 0.3, 0.5, 0.77, 0.95, 0.999, 1 - 1e-9}
	for name, c := range map[string]struct {
		n    *Number
		want func(u float64) float64
	}{
		"normal":       {uncertain(&normal{mu: 3, sd: 2}), distuv.Normal{Mu: 3, Sigma: 2}.Quantile},
		"lognormal":    {uncertain(&normal{log: true, mu: math.Exp(0.5 + 0.32), sd: math.Exp(0.5+0.32) * math.Sqrt(math.Exp(0.64)-1)}), distuv.LogNormal{Mu: 0.5, Sigma: 0.8}.Quantile},
		"triangular":   {uncertain(&triangular{1, 2, 5}), distuv.NewTriangle(1, 5, 2, nil).Quantile},
		"uniform":      {uncertain(&uniform{-1, 3}), distuv.Uniform{Min: -1, Max: 3}.Quantile},
		"beta":         {uncertain(&beta{2.5, 4, 0, 1}), distuv.Beta{Alpha: 2.5, Beta: 4}.Quantile},
		"beta, flat":   {uncertain(&beta{0.5, 0.5, 0, 1}), distuv.Beta{Alpha: 0.5, Beta: 0.5}.Quantile},
		"beta, narrow": {uncertain(&beta{400, 900, 0, 1}), distuv.Beta{Alpha: 400, Beta: 900}.Quantile},
	} {
		got := slices.Clone(us)
		c.n.Dist.draw(c.n, got)
		for i, u := range us {
			if want := c.want(u); !(math.Abs(got[i]-want) <= 1e-7*math.Abs(want)) {
				t.Errorf("%s: the quantile of %v is %v, want %v", name, u, got[i], want)
			}
		}
	}
}

// An interval holds 90%: its ends are the 5% and 95% quantiles, of a lognormal
// where the number cannot be negative.
func TestIntervals(t *testing.T) {
	for _, c := range []struct {
		min  field.Limit
		name string
	}{{field.Limit{}, "normal"}, {field.Beyond(-1), "normal"}, {field.At(0), "lognormal"}, {field.Beyond(0), "lognormal"}} {
		n := &Number{min: c.min}
		n.SetInterval(0.35, 0.55)
		u := []float64{0.05, 0.95}
		n.Dist.draw(n, u)
		if n.Dist.Name() != c.name || math.Abs(u[0]-0.35) > 1e-12 || math.Abs(u[1]-0.55) > 1e-12 {
			t.Errorf("%v: %s with the quantiles %v", c.min, n.Dist.Name(), u)
		}
	}
}

// Every distribution's mean is that of its draws, within four standard errors on
// 2^16 paths, cut off by limits too; and what is drawn keeps the limits.
func TestMeansOfDistributions(t *testing.T) {
	const paths = 1 << 16
	seen := map[string]bool{}
	for _, n := range []*Number{
		uncertain(&normal{mu: 3, sd: 2}), uncertain(&normal{mu: 0.2, sd: 0.3}, 0, 1), uncertain(&normal{low: -1, high: 2, interval: true}, -2, 0.7),
		uncertain(&normal{log: true, mu: 3, sd: 2}), uncertain(&normal{log: true, low: 0.2, high: 0.9, interval: true}, 0, 1),
		uncertain(&triangular{1, 2, 5}), uncertain(&triangular{1, 1, 5}), uncertain(&uniform{-1, 3}), uncertain(&beta{2, 5, -1, 4}),
		uncertain(&discrete{[]discreteCase{{5, 0.25}, {-1, 0.6}, {9, 0.15}}}), uncertain(&data{[]float64{4, -2, 7, 7, 1}}),
	} {
		xs := make([]float64, paths)
		n.Draw(xs, draw.Source{Seed: 2}, "world.x")
		m, v := moments(xs)
		if math.Abs(m-n.Mean()) > 4*math.Sqrt(v/paths) {
			t.Errorf("%s: mean of draws %v, closed form %v", n.Says(), m, n.Mean())
		}
		if low, high := n.limits(); slices.Min(xs) < low || slices.Max(xs) > high {
			t.Errorf("%s: drawn from %v to %v", n.Says(), slices.Min(xs), slices.Max(xs))
		}
		seen[n.Dist.Name()] = true
	}
	for _, k := range Distributions {
		if !seen[k.Name] || k.New().Name() != k.Name || k.Doc == "" {
			t.Errorf("%s is not tried", k.Name)
		}
	}
}

// A value from a list is drawn as often as the list says, and none beside them.
func TestListed(t *testing.T) {
	n := uncertain(&discrete{[]discreteCase{{5, 0.25}, {-1, 0.75}}})
	u := []float64{0.01, 0.74, 0.76, 0.99}
	n.Dist.draw(n, u)
	if !slices.Equal(u, []float64{-1, -1, 5, 5}) {
		t.Errorf("drew %v", u)
	}
	n = uncertain(&data{[]float64{3, 1, 2}})
	u = []float64{0.01, 0.34, 0.5, 0.67, 0.999}
	n.Dist.draw(n, u)
	if !slices.Equal(u, []float64{1, 2, 2, 3, 3}) {
		t.Errorf("drew %v", u)
	}
}

// Quantiles are those of the distributions in closed form.
func TestQuantile(t *testing.T) {
	five := -1.6448536269514722
	for name, c := range map[string]struct {
		n       *Number
		at, are float64
	}{
		"uniform":   {uncertain(&uniform{2, 4}), 0.05, 2.1},
		"normal":    {uncertain(&normal{mu: 10, sd: 2}), 0.05, 10 + 2*five},
		"certainly": {&Number{Value: 7}, 0.95, 7},
	} {
		if got := c.n.Quantile(c.at); math.Abs(got-c.are) > 1e-9 {
			t.Errorf("%s: %v, want %v", name, got, c.are)
		}
	}
}
