// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// gathered adds values in chunks of a size and merges the chunks in order.
func gathered(xs []float64, chunk int) *Estimate {
	var all Estimate
	for first := 0; first < len(xs); first += chunk {
		values := slices.Clone(xs[first:min(first+chunk, len(xs))])
		for _, x := range values {
			if x == x {
				all.Histogram.Add(x)
			}
		}
		m := MomentsOf(values, 0)
		all.Add(0, &m)
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
	var empty Estimate
	again.Merge(&empty)
	empty.Merge(again)
	for _, got := range []*Estimate{again, &empty} {
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
	var whole Histogram
	whole.AddAll(xs)
	r := rand.New(rand.NewPCG(4, 4))
	for range 20 {
		parts := make([]Histogram, 7) // afresh: merging takes them
		for i, x := range xs {
			parts[i%7].Add(x)
		}
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

// Of 2,000 samples of 400 uniform numbers, 95% intervals of quantiles hold the
// true one as often as they say, within 3 standard errors and what whole ranks and
// the normal approximation leave.
func TestQuantileIntervals(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	held := map[float64]int{}
	for range 2000 {
		var h Histogram
		for range 400 {
			h.Add(r.Float64())
		}
		for _, q := range []float64{0.05, 0.5, 0.95} {
			if low, high := h.Interval(q); low <= q && q <= high {
				held[q]++
			}
		}
	}
	for q, n := range held {
		if n < 1860 || n > 1940 {
			t.Errorf("of 2000 intervals of quantile %v, %d hold it", q, n)
		}
	}
	if low, high := new(Histogram).Interval(0.5); low == low || high == high {
		t.Errorf("nothing has a quantile between %v and %v", low, high)
	}
}

// Bins are in the order of values, one for each leading 10 bits of mantissa.
func TestBins(t *testing.T) {
	xs := []float64{-math.MaxFloat64, -2, -1.5, -1, -1e-300, 0, 5e-324, 1e-300, 1, 1.0009765625, 2, 1e300, math.MaxFloat64}
	var h Histogram
	for _, i := range rand.New(rand.NewPCG(5, 5)).Perm(len(xs)) {
		h.Add(xs[i])
	}
	var bins []Bin
	h.Each(func(b Bin) bool {
		bins = append(bins, b)
		return true
	})
	if len(bins) != len(xs)-1 { // 0 and the least number above it share one
		t.Fatalf("%d bins, want one for each of %v but the two of zero", len(bins), xs)
	}
	for i := 1; i < len(bins); i++ {
		if bins[i].Middle <= bins[i-1].Middle {
			t.Errorf("a bin around %v is before one around %v", bins[i-1].Middle, bins[i].Middle)
		}
	}
	// 1 to 1 + 2^-10 is a bin, whose middle is 1 + 2^-11.
	var one Histogram
	for _, x := range []float64{1, math.Nextafter(1+0x1p-10, 0), 1 + 0x1p-10, -1} {
		one.Add(x)
	}
	var got []Bin
	one.Each(func(b Bin) bool {
		got = append(got, b)
		return true
	})
	want := []Bin{{-1, -1 - 0x1p-10, -1, 1}, {1, 1 + 0x1p-10, 1 + 0x1p-11, 2}, {1 + 0x1p-10, 1 + 0x1p-9, 1 + 0x1p-10, 1}}
	if !slices.Equal(got, want) {
		t.Errorf("bins %v, want %v", got, want)
	}
}

// The tail of 1 to 100 that the highest 5% are: 96 to 100, with a mean of 98; the lowest 5%: 3. A
// value that the share cuts counts in part: 2.5% of 100 values are two and a half of them.
func TestTailMean(t *testing.T) {
	var h Histogram
	for i := range 100 {
		h.Add(float64(i + 1))
	}
	for _, c := range []struct{ share, want float64 }{{0.05, 98}, {-0.05, 3}, {-0.025, (1 + 2 + 0.5*3) / 2.5}, {1, 50.5}, {-1, 50.5}, {0.025, (100 + 99 + 0.5*98) / 2.5}} {
		if got := h.TailMean(c.share); math.Abs(got-c.want) > QuantileError*c.want {
			t.Errorf("the tail of %v is %v, want %v", c.share, got, c.want)
		}
	}
	var none Histogram
	if !math.IsNaN(none.TailMean(0.05)) || !math.IsNaN(none.Share(1)) {
		t.Error("nothing has a tail")
	}
	if got := h.Share(50.5); got != 0.5 {
		t.Errorf("%v are below 50.5", got)
	}
}

// Of 16 groups of one value each, the standard error is that of 16 values; of groups of unequal
// size each weighs by its size.
func TestGroupsGiveTheError(t *testing.T) {
	var e, plain Estimate
	e.Groups = make([]Moments, Groups)
	for g := range Groups {
		m := MomentsOf([]float64{float64(g * g)}, 0)
		e.Add(g, &m)
		plain.Add(0, &m)
	}
	if a, b := e.StandardError(), plain.StandardError(); math.Abs(a-b) > 1e-12*b {
		t.Errorf("by groups %v, by values %v", a, b)
	}
	// Groups of 3, 3 with means 0 and 2: sqrt((1/4 + 1/4) x 2) = 1 for two groups.
	two := Estimate{Groups: make([]Moments, 2)}
	for g, x := range [][]float64{{0, 0, 0}, {1, 2, 3}} {
		m := MomentsOf(x, 0)
		two.Add(g, &m)
	}
	if got := two.StandardError(); math.Abs(got-1) > 1e-15 {
		t.Errorf("the error of two groups is %v, want 1", got)
	}
	if p, se := two.Happens(); p != 0.5 || math.Abs(se-0.5) > 1e-15 {
		t.Errorf("it happens with %v +- %v, want 0.5 +- 0.5", p, se)
	}
}

// What rounding leaves of zero is no event; half a cent would be one.
func TestNothingIsZero(t *testing.T) {
	m := MomentsOf([]float64{0, 1e-4, -1e-4, 0.5, 100}, Money.Nothing())
	if m.Zero != 3 || m.N != 5 {
		t.Errorf("%d of %d are nothing, want 3 of 5", m.Zero, m.N)
	}
	if m := MomentsOf([]float64{0, 1e-4}, Rate.Nothing()); m.Zero != 1 {
		t.Errorf("%d rates are nothing, want 1", m.Zero)
	}
}
