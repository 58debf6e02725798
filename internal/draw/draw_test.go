// SPDX-License-Identifier: Apache-2.0

package draw

import (
	"fmt"
	"math"
	"sort"
	"testing"
	"time"

	"offtake/internal/vec"
)

// TestPhiloxKnownAnswers: the three vectors for philox4x32-10 that the authors publish with Random123.
func TestPhiloxKnownAnswers(t *testing.T) {
	const ff = 0xffffffff
	for _, c := range []struct {
		counter counter
		key     key
		want    counter
	}{
		{counter{}, key{}, counter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
		{counter{ff, ff, ff, ff}, key{ff, ff}, counter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
		{
			counter{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, key{0xa4093822, 0x299f31d0},
			counter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
		},
	} {
		if got := philox(c.counter, c.key); got != c.want {
			t.Errorf("philox(%x, %x) = %x, want %x", c.counter, c.key, got, c.want)
		}
	}
}

// TestCounterLayout draws one number by the words of the package comment.
func TestCounterLayout(t *testing.T) {
	const seed, path, step = 0x0123456789abcdef, 0xfedcba987654321, 77
	mixed := uint64(seed ^ streamPaths)
	w := philox(counter{step, uint32(Delivery), uint32(path >> 1 & 0xffffffff), path >> 33}, key{uint32(mixed), uint32(mixed >> 32)})
	n := (uint64(w[3])<<32 | uint64(w[2])) >> 12
	want := (float64(n) + 0.5) / (1 << 52)
	dst := make([]float64, 1)
	Uniform(dst, seed, Delivery, path, step)
	if dst[0] != want {
		t.Errorf("drew %v, want %v", dst[0], want)
	}
}

// TestFrozenDraws: made by this package when it was written; any change of them changes every stored result.
func TestFrozenDraws(t *testing.T) {
	for _, c := range []struct {
		seed            uint64
		factor          Factor
		path            uint64
		step            int
		uniform, normal [3]float64
	}{
		{1, Need, 0, 0, [3]float64{0x1.be6adcbdeb647p-01, 0x1.7e67ab01cf1dp-05, 0x1.7b24c17f72f23p-01}, [3]float64{0x1.22ad9e93ea50ap+00, -0x1.ad8ce1963cf08p+00, 0x1.4a34b31c3ee4p-01}},
		{1, DefaultTime, 5, 0, [3]float64{0x1.2119502345eaep-02, 0x1.3528eed68382ap-02, 0x1.38d23069b948fp-01}, [3]float64{-0x1.26e372a10ad8dp-01, -0x1.09adbde4e62e6p-01, 0x1.20a2acb24a024p-02}},
		{0xfedcba9876543210, LabValue, 1<<33 + 1, 119, [3]float64{0x1.85ec9564134fap-02, 0x1.333a106bfde2bp-01, 0x1.08b7220711726p-02}, [3]float64{-0x1.36b374503eaf8p-02, 0x1.0390f5263f542p-02, -0x1.4bbf1bd8457a3p-01}},
	} {
		var uniform, normal [3]float64
		Uniform(uniform[:], c.seed, c.factor, c.path, c.step)
		Normal(normal[:], c.seed, c.factor, c.path, c.step)
		if uniform != c.uniform || normal != c.normal {
			t.Errorf("seed %d, %v, path %d, step %d: drew %v, %v", c.seed, c.factor, c.path, c.step, show(uniform), show(normal))
		}
	}
}

// show writes numbers so that they can be frozen.
func show(v [3]float64) string { return fmt.Sprintf("[3]float64{%x, %x, %x}", v[0], v[1], v[2]) }

func TestBlockSizeDoesNotMatter(t *testing.T) {
	const paths, first = 1000, 7
	whole := make([]float64, paths)
	Normal(whole, 42, ListPrice, first, 3)
	for _, block := range []int{1, 2, 3, 64, 511, 1000} {
		parts := make([]float64, paths)
		for start := 0; start < paths; start += block {
			end := min(start+block, paths)
			Stream{42}.Normal(parts[start:end], ListPrice, first+uint64(start), 3)
		}
		for i := range whole {
			if parts[i] != whole[i] {
				t.Fatalf("blocks of %d: path %d has %v, want %v", block, first+i, parts[i], whole[i])
			}
		}
	}
	Uniform(nil, 42, ListPrice, 1, 0)
}

// TestKernelEqualsTwin compares the kernel with pair at every length around its width, from even and odd
// paths, where the words of the counter carry and where the number of the path does.
func TestKernelEqualsTwin(t *testing.T) {
	best := vec.Kernel()
	for _, loops := range []string{"plain", "avx2", "avx512"} {
		if err := vec.Use(loops); err != nil {
			t.Log(err)
			continue
		}
		t.Run(loops, kernelEqualsTwin)
	}
	if err := vec.Use(best); err != nil {
		t.Fatal(err)
	}
}

func kernelEqualsTwin(t *testing.T) {
	for _, first := range []uint64{0, 1, 6, 1<<33 - 20, 1<<33 - 7, 1<<34 + 5, 1<<63 - 9, math.MaxUint64 - 80} {
		for n := range 70 {
			seed, factor, step := first*0x9e3779b97f4a7c15+uint64(n), Factor(n), n*n*900_000
			dst := make([]float64, n+2)
			Uniform(dst[1:n+1], seed, factor, first, step)
			if dst[0] != 0 || dst[n+1] != 0 {
				t.Fatalf("%d paths: writes outside of its column", n)
			}
			mixed := seed ^ streamPaths
			for i := range n {
				path := first + uint64(i)
				want, odd := pair(key{uint32(mixed), uint32(mixed >> 32)}, factor, path>>1, step)
				if path&1 == 1 {
					want = odd
				}
				if got := dst[i+1]; got != want {
					t.Fatalf("%d paths from %d: path %d has %v, want %v", n, first, path, got, want)
				}
			}
		}
	}
}

func TestUnitIsInsideAndSymmetric(t *testing.T) {
	if lo, hi := unit(0), unit(math.MaxUint64); lo != 0x1p-53 || hi != 1-0x1p-53 {
		t.Errorf("the ends are %v and %v", lo, hi)
	}
	for _, word := range []uint64{0, 1 << 12, 0x123456789abcdef0, 1 << 63} {
		if a, b := unit(word), unit(^word); a+b != 1 || a == 0.5 {
			t.Errorf("unit(%x) = %v, unit(^%x) = %v", word, a, word, b)
		}
	}
}

func TestStepOutsideItsWordPanics(t *testing.T) {
	for _, step := range []int{-1, 1 << 32} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("step %d draws", step)
				}
			}()
			Uniform(make([]float64, 2), 1, Need, 0, step)
		}()
	}
}

const sample = 1 << 16

func uniforms(factor Factor, firstPath uint64, step int) []float64 {
	u := make([]float64, sample)
	Stream{20260501}.Uniform(u, factor, firstPath, step)
	return u
}

// TestUniformity: chi-square over 256 bins and Kolmogorov-Smirnov of one fixed sample. The bounds are
// the quantiles at 0.001 and 0.999 of chi-square with 255 degrees of freedom (187.8, 330.5; by Wilson &
// Hilferty 1931) and the 0.999 quantile of the Kolmogorov distribution (1.95).
func TestUniformity(t *testing.T) {
	const bins = 256
	u := uniforms(Need, 0, 0)
	var count [bins]float64
	for _, v := range u {
		count[int(v*bins)]++
	}
	chi2 := 0.0
	for _, c := range count {
		d := c - sample/bins
		chi2 += d * d / (sample / bins)
	}
	if chi2 < 187.8 || chi2 > 330.5 {
		t.Errorf("chi-square %v", chi2)
	}
	sort.Float64s(u)
	distance := 0.0
	for i, v := range u {
		distance = max(distance, math.Abs(v-float64(i)/sample), math.Abs(v-float64(i+1)/sample))
	}
	if scaled := distance * math.Sqrt(sample); scaled > 1.95 {
		t.Errorf("Kolmogorov-Smirnov %v", scaled)
	}
}

// TestNormalMoments: mean, variance, skewness and kurtosis within 3.3 standard errors.
func TestNormalMoments(t *testing.T) {
	z := make([]float64, sample)
	Normal(z, 20260501, LabValue, 0, 11)
	var m [5]float64
	for _, v := range z {
		for power := 1; power <= 4; power++ {
			m[power] += math.Pow(v, float64(power)) / sample
		}
	}
	// Variances of z, z^2, z^3, z^4 for a standard normal z: 1, 2, 15, 96.
	for power, c := range []struct{ mean, variance float64 }{1: {0, 1}, 2: {1, 2}, 3: {0, 15}, 4: {3, 96}} {
		if power > 0 && math.Abs(m[power]-c.mean) > 3.3*math.Sqrt(c.variance/sample) {
			t.Errorf("moment %d is %v, want %v", power, m[power], c.mean)
		}
	}
}

// TestColumnsAreUncorrelated: other factor, step, path or seed, another column; correlations within
// 3.3 standard errors of 0.
func TestColumnsAreUncorrelated(t *testing.T) {
	base := uniforms(Need, 0, 0)
	other := make([]float64, sample)
	Uniform(other, 20260502, Need, 0, 0)
	for name, column := range map[string][]float64{
		"factor": uniforms(FlexibleNeed, 0, 0),
		"step":   uniforms(Need, 0, 1),
		"path":   uniforms(Need, 1, 0),
		"pair":   uniforms(Need, 2, 0),
		"block":  uniforms(Need, sample, 0),
		"far":    uniforms(Need, 1<<33, 0),
		"seed":   other,
	} {
		if r := correlation(base, column); math.Abs(r) > 3.3/math.Sqrt(sample) {
			t.Errorf("another %s: correlation %v", name, r)
		}
	}
	if r := correlation(base, base); math.Abs(r-1) > 1e-9 {
		t.Errorf("correlation with itself %v", r)
	}
}

func correlation(a, b []float64) float64 {
	n := float64(len(a))
	meanA, meanB := vec.Sum(a)/n, vec.Sum(b)/n
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - meanA) * (b[i] - meanB)
		aa += (a[i] - meanA) * (a[i] - meanA)
		bb += (b[i] - meanB) * (b[i] - meanB)
	}
	return ab / math.Sqrt(aa*bb)
}

func TestNothingAllocates(t *testing.T) {
	dst := make([]float64, 1001)
	if n := testing.AllocsPerRun(10, func() { Normal(dst, 1, Need, 3, 4) }); n != 0 {
		t.Errorf("Normal allocates %v times", n)
	}
}

// BenchmarkDraw reports ns a number over 512 paths, by each set of loops in turn; the least of many short
// times counts.
func BenchmarkDraw(b *testing.B) {
	best := vec.Kernel()
	dst := make([]float64, 512)
	for _, kind := range []struct {
		name string
		draw func([]float64, uint64, Factor, uint64, int)
	}{{"Uniform", Uniform}, {"Normal", Normal}} {
		b.Run(kind.name, func(b *testing.B) {
			least, sum := map[string]float64{}, map[string]float64{}
			for b.Loop() {
				for range 50 {
					for _, loops := range []string{"plain", "avx2", "avx512"} {
						if vec.Use(loops) != nil {
							continue
						}
						start := time.Now()
						for range 20 {
							kind.draw(dst, 1, Need, 0, 4)
						}
						ns := float64(time.Since(start).Nanoseconds()) / float64(20*len(dst))
						if known, ok := least[loops]; !ok || ns < known {
							least[loops] = ns
						}
						sum[loops] = vec.Sum(dst)
					}
				}
			}
			b.ReportMetric(0, "ns/op")
			for loops, ns := range least {
				b.ReportMetric(ns, loops+"-ns/element")
				if sum[loops] != sum["plain"] {
					b.Fatal(loops, "gives other numbers than the plain loops")
				}
			}
			b.Logf("sum %x: %s x%.1f", sum[best], best, least["plain"]/least[best])
		})
	}
}
