// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// related gathers values beside controls, chunk by chunk, each chunk of the scrambling
// that comes next; of plain paths without groups.
func related(controls [][]float64, values []float64, chunk, groups int) (*Controls, *Estimate) {
	all, e := NewControls(len(controls), groups), &Estimate{}
	if groups > 0 {
		e.Groups = make([]Moments, groups)
	}
	scratch := make([]float64, chunk)
	for first := 0; first < len(values); first += chunk {
		group := first / chunk % max(1, groups)
		var columns [][]float64
		for _, c := range controls {
			columns = append(columns, slices.Clone(c[first:first+chunk]))
		}
		part, x := NewControls(len(controls), 0), slices.Clone(values[first:first+chunk])
		part.Take(columns, scratch)
		m, products := MomentsOf(x, 0), make([]float64, len(controls))
		Products(products, columns, x, scratch)
		gap := all.To(part)
		e.Relate(products, &m, gap)
		e.Add(group, &m)
		all.MergeGroup(part, gap, group)
	}
	return all, e
}

// normals are columns of standard normal numbers.
func normals(columns, n int, seed uint64) [][]float64 {
	r, out := rand.New(rand.NewPCG(seed, 7)), make([][]float64, columns)
	for k := range out {
		for range n {
			out[k] = append(out[k], r.NormFloat64())
		}
	}
	return out
}

// A value that is all control but for a constant has the constant as its mean, without an
// error, whatever the chunks; two controls that are orthogonal by hand have coefficients
// that are known; and scramblings are adjusted by their own means.
func TestMeanByControls(t *testing.T) {
	c := normals(3, 2048, 1)
	values := make([]float64, 2048)
	for i := range values {
		values[i] = 1e6 + 30*c[0][i] - 0.5*c[1][i] + 7*c[2][i]
	}
	for _, groups := range []int{0, 16} {
		for _, chunk := range []int{64, 128} {
			all, e := related(c, values, chunk, groups)
			if plain := e.Mean; math.Abs(plain-1e6) < 0.01 {
				t.Fatalf("the plain mean is %v already", plain)
			}
			e.Settle(all.Fit())
			if math.Abs(e.Mean-1e6) > 1e-6 || e.StandardError() > 1e-5 || e.Margin() > 1e-4 {
				t.Errorf("%d groups, chunks of %d: %v +- %v", groups, chunk, e.Mean, e.StandardError())
			}
			for _, x := range e.GroupMeans() {
				if math.Abs(x-1e6) > 1e-6 {
					t.Errorf("%d groups: a mean of %v", groups, x)
				}
			}
			if e.Moments.Mean == e.Mean {
				t.Error("the plain mean is lost")
			}
		}
	}
	// y = (0, 3, 3, 6) against (-1, 1, -1, 1) and (-1, -1, 1, 1), plus 1: coefficients 1.5 and 1.5,
	// and controls of mean 1: 3 - 1.5 - 1.5 = 0. All 32 times over.
	var x, a, b []float64
	for range 32 {
		x, a, b = append(x, 0, 3, 3, 6), append(a, 0, 2, 0, 2), append(b, 0, 0, 2, 2)
	}
	all, e := related([][]float64{a, b}, x, 32, 0)
	if e.Settle(all.Fit()); math.Abs(e.Mean) > 1e-12 || e.Moments.Mean != 3 {
		t.Errorf("by hand 0, got %v of %v", e.Mean, e.Moments.Mean)
	}
}

// What is the same on all paths, undefined on some, of few paths, or not a number is left
// as it is; controls that are the same, constant or made up of others count once.
func TestMeansLeftAlone(t *testing.T) {
	c := normals(2, 1024, 2)
	both := append(slices.Clone(c), make([]float64, 1024), slices.Clone(c[0]), make([]float64, 1024))
	for i := range both[4] {
		both[4][i] = 3*c[0][i] - c[1][i]
	}
	values := make([]float64, 1024)
	for i := range values {
		values[i] = 5 + c[0][i] + c[1][i]*c[1][i]
	}
	two, want := related(c, values, 64, 16)
	want.Settle(two.Fit())
	five, e := related(both, values, 64, 16)
	f := five.Fit()
	if e.Settle(f); len(f.Used) != 2 || math.Abs(e.Mean-want.Mean) > 1e-12 || math.Abs(e.StandardError()-want.StandardError()) > 1e-12 {
		t.Errorf("by controls %v of five: %v +- %v, want %v +- %v", f.Used, e.Mean, e.StandardError(), want.Mean, want.StandardError())
	}
	still := make([]float64, 1024)
	for i := range still {
		still[i] = 1.0 / 3
	}
	unknown, endless := slices.Clone(values), slices.Clone(values)
	unknown[700], endless[700] = math.NaN(), math.Inf(1)
	for name, x := range map[string][]float64{"still": still, "sometimes undefined": unknown, "endless": endless} {
		all, e := related(c, x, 64, 16)
		if e.Settle(all.Fit()); e.fitted != 0 || e.Mean != e.Moments.Mean && !math.IsNaN(e.Mean) {
			t.Errorf("%s: %v instead of %v", name, e.Mean, e.Moments.Mean)
		}
	}
	few, e := related([][]float64{c[0][:127]}, values[:127], 127, 0)
	if e.Settle(few.Fit()); e.Mean != e.Moments.Mean {
		t.Error("127 paths are adjusted")
	}
	many, e := related([][]float64{c[0][:128]}, values[:128], 128, 0)
	if e.Settle(many.Fit()); e.Mean == e.Moments.Mean {
		t.Error("128 paths are not")
	}
}

// Over many small samples of plain paths the mean by controls is not biased, its interval
// holds the truth 95% of the time, and its spread is what is stated. y = e^(Z/2) with
// controls Z and one that has no part in it: its mean is e^(1/8), and its variance
// e^(1/4) (e^(1/4) - 1), of which Z explains e^(1/4)/4 (by Hermite polynomials).
func TestMeanByControlsIsFair(t *testing.T) {
	const samples, n = 2000, 512
	r, truth, explained := rand.New(rand.NewPCG(9, 9)), math.Exp(0.125), math.Exp(0.25)/4
	means, errors, inside := make([]float64, samples), make([]float64, samples), 0
	for s := range samples {
		c, y := [][]float64{make([]float64, n), make([]float64, n)}, make([]float64, n)
		for i := range y {
			z := r.NormFloat64()
			c[0][i], c[1][i], y[i] = z, r.NormFloat64(), math.Exp(0.5*z)
		}
		all, e := related(c, y, 64, 0)
		e.Settle(all.Fit())
		means[s], errors[s] = e.Mean, e.StandardError()*e.StandardError()
		if math.Abs(e.Mean-truth) <= e.Margin() {
			inside++
		}
	}
	m, stated := MomentsOf(means, 0), math.Sqrt(MomentsOf(errors, 0).Mean)
	t.Logf("mean %v, want %v; spread %v, stated %v; %d of %d inside", m.Mean, truth, m.Spread(), stated, inside, samples)
	want := math.Sqrt((math.Exp(0.25)*(math.Exp(0.25)-1) - explained) / n)
	if math.Abs(m.Spread()/want-1) > 0.15 || math.Abs(stated/m.Spread()-1) > 0.15 {
		t.Errorf("the spread is %v, in theory %v, stated %v", m.Spread(), want, stated)
	}
	if math.Abs(m.Mean-truth) > 0.15*want {
		t.Errorf("the mean of all is %v, the truth %v, one error %v", m.Mean, truth, want)
	}
	if share := float64(inside) / samples; share < 0.91 || share > 0.97 {
		t.Errorf("%.1f%% of intervals hold the truth", 100*share)
	}
}
