// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// gathered adds values in chunks of a size and merges the chunks in order.
func gathered(xs []float64, chunk int) *Moments {
	var all Moments
	for first := 0; first < len(xs); first += chunk {
		var m Moments
		for _, x := range xs[first:min(first+chunk, len(xs))] {
			m.Add(x)
		}
		all.Merge(&m)
	}
	return &all
}

func randoms(n int, seed uint64) []float64 {
	r, out := rand.New(rand.NewPCG(seed, 1)), make([]float64, n)
	for i := range out {
		out[i] = 1e9 + 1e6*r.NormFloat64()
	}
	return out
}

// Mean and spread against their definitions: sum / n and the sum of squared
// deviations from the mean.
func TestMoments(t *testing.T) {
	for _, c := range []struct {
		name string
		xs   []float64
	}{
		{"one", []float64{-3.5}}, {"two", []float64{1, 4}}, {"the same", []float64{7, 7, 7, 7}}, {"many", randoms(5000, 1)},
		{"far from zero", []float64{1e15, 1e15 + 2, 1e15 + 4}},
	} {
		mean, m2 := 0.0, 0.0
		for _, x := range c.xs {
			mean += x / float64(len(c.xs))
		}
		for _, x := range c.xs {
			m2 += (x - mean) * (x - mean)
		}
		n := float64(len(c.xs))
		for _, chunk := range []int{1, 3, 1024, len(c.xs)} {
			m := gathered(c.xs, chunk)
			if m.N != len(c.xs) || m.Undefined != 0 {
				t.Errorf("%s: %d values, %d undefined", c.name, m.N, m.Undefined)
			}
			if math.Abs(m.Mean-mean) > 1e-13*math.Abs(mean) || math.Abs(m.M2-m2) > 1e-9*max(1, m2) {
				t.Errorf("%s in chunks of %d: mean %v, spread %v, want %v, %v", c.name, chunk, m.Mean, m.M2, mean, m2)
			}
			if want := math.Sqrt(m2 / (n - 1) / n); len(c.xs) > 1 && math.Abs(m.StandardError()-want) > 1e-9*max(1, want) {
				t.Errorf("%s: standard error %v, want %v", c.name, m.StandardError(), want)
			}
		}
	}
	// 1 to 5: mean 3, squared deviations 10, standard error sqrt(10/4/5).
	if m := gathered([]float64{1, 2, 3, 4, 5}, 2); m.Mean != 3 || m.M2 != 10 || m.StandardError() != math.Sqrt(0.5) {
		t.Errorf("of 1 to 5: %v, %v, %v", m.Mean, m.M2, m.StandardError())
	}
}

// A NaN is undefined and counts in nothing else; with less than two values
// there is no standard error.
func TestMomentsOfWhatIsUndefined(t *testing.T) {
	m := gathered([]float64{math.NaN(), 2, math.NaN(), 4, math.NaN()}, 2)
	if m.N != 2 || m.Undefined != 3 || m.Mean != 3 || m.M2 != 2 {
		t.Errorf("%d values, %d undefined, mean %v, spread %v", m.N, m.Undefined, m.Mean, m.M2)
	}
	if q := m.Histogram.Quantile(1); math.Abs(q-4) > 0.0005*4 {
		t.Errorf("the largest is %v, want 4", q)
	}
	for _, xs := range [][]float64{nil, {math.NaN()}, {1}, {1, math.NaN()}} {
		if m := gathered(xs, 1); !math.IsNaN(m.StandardError()) {
			t.Errorf("of %v the standard error is %v", xs, m.StandardError())
		}
	}
	if m := gathered(nil, 1); m.N != 0 || m.Mean != 0 || !math.IsNaN(m.Histogram.Quantile(0.5)) {
		t.Error("nothing has a mean or a median")
	}
}

// Chunks of a fixed size merged in order give the same bits, whoever made
// them; an empty chunk changes nothing.
func TestMergeOrder(t *testing.T) {
	xs := randoms(4096, 2)
	want := gathered(xs, 1024)
	again := gathered(xs, 1024)
	var empty Moments
	again.Merge(&empty)
	empty.Merge(again)
	for _, got := range []*Moments{again, &empty} {
		if math.Float64bits(got.Mean) != math.Float64bits(want.Mean) || math.Float64bits(got.M2) != math.Float64bits(want.M2) || got.N != want.N {
			t.Errorf("mean %x, spread %x, want %x, %x", got.Mean, got.M2, want.Mean, want.M2)
		}
	}
	if other := gathered(xs, 512); other.Mean == want.Mean && other.M2 == want.M2 {
		t.Error("the size of a chunk makes no difference, and the test sees nothing")
	}
}

// Histograms merged in any order are the same.
func TestHistogramMerges(t *testing.T) {
	xs := append(randoms(3000, 3), 0, -1, math.Copysign(0, -1), -1e-300, 5e-324, math.MaxFloat64)
	parts := make([]Histogram, 7)
	var whole Histogram
	for i, x := range xs {
		parts[i%7].Add(x)
		whole.Add(x)
	}
	r := rand.New(rand.NewPCG(4, 4))
	for range 20 {
		var h Histogram
		for _, i := range r.Perm(7) {
			h.Merge(&parts[i])
		}
		h.Merge(&Histogram{})
		for q := 0.0; q <= 1; q += 0.01 {
			if a, b := h.Quantile(q), whole.Quantile(q); math.Float64bits(a) != math.Float64bits(b) {
				t.Fatalf("quantile %v is %v, want %v", q, a, b)
			}
		}
	}
}

// The quantile of q is within 0.05% of the value of rank ceil(q n) of the
// sorted sample, and never outside the sample. Rounding adds a few ulps.
func TestQuantiles(t *testing.T) {
	value := rapid.OneOf(rapid.Float64Range(-1e12, 1e12), rapid.Float64Range(-1e-12, 1e-12), rapid.Just(0.0), rapid.SampledFrom([]float64{1, -1, 1023.5, 1e300, -1e-300}))
	rapid.Check(t, func(t *rapid.T) {
		xs := rapid.SliceOfN(value, 1, 200).Draw(t, "values")
		var h Histogram
		for _, x := range xs {
			h.Add(x)
		}
		sorted := append([]float64(nil), xs...)
		for i := 1; i < len(sorted); i++ {
			for k := i; k > 0 && sorted[k] < sorted[k-1]; k-- {
				sorted[k], sorted[k-1] = sorted[k-1], sorted[k]
			}
		}
		for _, q := range []float64{0, 0.05, 0.25, 0.5, 0.95, 1, rapid.Float64Range(0, 1).Draw(t, "q")} {
			rank := max(1, int(math.Ceil(q*float64(len(sorted)))))
			want, got := sorted[rank-1], h.Quantile(q)
			if tiny := math.Abs(want) < 0x1p-1022; !tiny && !(math.Abs(got-want) <= 0.0005*math.Abs(want)) || got < sorted[0] || got > sorted[len(sorted)-1] {
				t.Fatalf("quantile %v of %v is %v, want %v", q, sorted, got, want)
			}
		}
	})
}

// Bins are in the order of values, one for each leading 10 bits of mantissa.
func TestBins(t *testing.T) {
	xs := []float64{-math.MaxFloat64, -2, -1.5, -1, -1e-300, -5e-324, 0, 5e-324, 1e-300, 1, 1.0009765625, 2, 1e300, math.MaxFloat64}
	for i := 1; i < len(xs); i++ {
		if bin(xs[i]) <= bin(xs[i-1]) {
			t.Errorf("the bin of %v is %d, that of %v %d", xs[i], bin(xs[i]), xs[i-1], bin(xs[i-1]))
		}
	}
	// 1 to 1 + 2^-10 is a bin, whose middle is 1 + 2^-11.
	if bin(1) != bin(math.Nextafter(1+0x1p-10, 0)) || bin(1) == bin(1+0x1p-10) || middle(bin(1)) != 1+0x1p-11 || middle(bin(-1)) != -1-0x1p-11 {
		t.Errorf("the bin of 1 is %d with middle %v", bin(1), middle(bin(1)))
	}
	if bin(0) != 0 || bin(math.Copysign(0, -1)) != 0 || middle(0) != 0 {
		t.Error("nothing has a bin of its own")
	}
}
