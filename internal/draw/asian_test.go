// SPDX-License-Identifier: Apache-2.0

package draw

import (
	"math"
	"testing"

	"offtake/internal/vec"
)

// An Asian call: strike and stock at 100, rate 5%, volatility 20%, one year, the mean of twelve months' ends. The value
// on the geometric mean is closed: Kemna & Vorst 1990, "A pricing method for options based on average asset values".
// That on the arithmetic mean is from 32 scramblings of 2^15 points with the geometric one as control variate, made by
// another program, to within 2e-5.
const (
	asianMonths     = 12
	asianRate       = 0.05
	asianSigma      = 0.2
	asianSpot       = 100
	asianGeometric  = 5.9402002216
	asianArithmetic = 6.156043
	asianPlain      = 8.24 // standard deviation of a path, geometric; arithmetic: 8.522
)

// asian returns the mean payoffs over a block of paths, discounted.
func asian(s Source, months [][]float64, f Factor) (geometric, arithmetic float64) {
	s.Walk(months, f)
	const dt = 1.0 / asianMonths
	discount, lanes := math.Exp(-asianRate), float64(len(months[0]))
	for i := range months[0] {
		log, logs, sum := 0.0, 0.0, 0.0
		for t := range months {
			log += (asianRate-asianSigma*asianSigma/2)*dt + asianSigma*math.Sqrt(dt)*months[t][i]
			logs += log
			sum += vec.ExpOf(log)
		}
		geometric += math.Max(0, asianSpot*vec.ExpOf(logs/asianMonths)-asianSpot)
		arithmetic += math.Max(0, asianSpot*sum/asianMonths-asianSpot)
	}
	return geometric * discount / lanes, arithmetic * discount / lanes
}

// spread is the root mean square error of means of 2^k quasi-random paths around the truth.
func spread(k, scramblings int, f Factor) (geometric, arithmetic float64) {
	months := columns(asianMonths, 1<<k)
	for r := range scramblings {
		g, a := asian(Source{Seed: 20260501, Quasi: true, Scramble: uint32(r)}, months, f)
		geometric += (g - asianGeometric) * (g - asianGeometric)
		arithmetic += (a - asianArithmetic) * (a - asianArithmetic)
	}
	return math.Sqrt(geometric / float64(scramblings)), math.Sqrt(arithmetic / float64(scramblings))
}

func TestAsianClosedForm(t *testing.T) {
	// ln G is normal: months m weigh 12-m in the sum of increments.
	mean, variance := 0.0, 0.0
	for m := 1; m <= asianMonths; m++ {
		mean += (asianRate - asianSigma*asianSigma/2) * float64(m) / asianMonths / asianMonths
		weight := float64(m) / asianMonths
		variance += asianSigma * asianSigma / asianMonths * weight * weight
	}
	d := mean / math.Sqrt(variance)
	value := math.Exp(-asianRate) * asianSpot * (math.Exp(mean+variance/2)*vec.NormCDFOf(d+math.Sqrt(variance)) - vec.NormCDFOf(d))
	if math.Abs(value-asianGeometric) > 1e-9 {
		t.Errorf("the closed form gives %v", value)
	}
}

// TestAsianMeans: 16 scramblings of 2^12 points, and as many pseudo-random paths. The plain standard deviations are
// from the sample itself.
func TestAsianMeans(t *testing.T) {
	const k, scramblings = 12, 16
	for mode, quasi := range map[string]bool{"pseudo": false, "quasi": true} {
		var sum, squares [2]float64
		months := columns(asianMonths, 1<<k)
		for r := range uint32(scramblings) {
			s := Source{Seed: 4, Quasi: quasi, Scramble: r}
			if !quasi {
				s.First = uint64(r) << k
			}
			g, a := asian(s, months, MarketPrice)
			for i, v := range [2]float64{g - asianGeometric, a - asianArithmetic} {
				sum[i] += v / scramblings
				squares[i] += v * v
			}
		}
		for i, name := range []string{"geometric", "arithmetic"} {
			sd := math.Sqrt((squares[i] - scramblings*sum[i]*sum[i]) / (scramblings - 1) / scramblings)
			t.Logf("%s, %s: error %.6f, standard error %.6f", mode, name, sum[i], sd)
			// Student's t with 15 degrees of freedom is at 0.9995 at 4.07; 2e-5 is that of the reference.
			if math.Abs(sum[i]) > 4.07*sd+2e-5 {
				t.Errorf("%s, %s: %v off, standard error %v", mode, name, sum[i], sd)
			}
			if limit := map[bool]float64{true: 0.0016, false: 0.06}[quasi]; sd > limit {
				t.Errorf("%s, %s: standard error %v, more than %v", mode, name, sd, limit)
			}
		}
	}
}

// TestConvergenceRate: errors on the geometric Asian fall faster than N^-0.8, by least squares over N = 2^6 to 2^13 on
// the mean logarithm over factors; plain Monte Carlo has N^-0.5. And each factor gains much.
func TestConvergenceRate(t *testing.T) {
	const from, to, scramblings = 6, 13, 24
	factors := []Factor{Need, FlexibleNeed, ListPrice, MarketPrice, LabValue, Cost, Recovery, Common}
	var sx, sy, sxx, sxy float64
	for k := from; k <= to; k++ {
		x, y := float64(k), 0.0
		for _, f := range factors {
			g, _ := spread(k, scramblings, f)
			y += math.Log2(g) / float64(len(factors))
			if gain := asianPlain * asianPlain / float64(int(1)<<k) / (g * g); k == to && gain < 170 {
				t.Errorf("%v: variance of 2^%d points is less by %.0f only", f, k, gain)
			}
		}
		sx, sy, sxx, sxy = sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	const n = to - from + 1
	rate := (n*sxy - sx*sy) / (n*sxx - sx*sx)
	t.Logf("N^%.3f", rate)
	if rate > -0.8 {
		t.Errorf("errors fall as N^%.3f", rate)
	}
}

// TestIntervalsCover: of 400 seeds, 95% intervals by Student's t over 16 scramblings contain the truth as often as they
// say; 3.3 standard errors of the share are 3.6%.
func TestIntervalsCover(t *testing.T) {
	const seeds, scramblings, k = 400, 16, 7
	const student = 2.131 // t with 15 degrees of freedom at 0.975
	months := columns(asianMonths, 1<<k)
	covered := 0
	for seed := range uint64(seeds) {
		sum, squares := 0.0, 0.0
		for r := range uint32(scramblings) {
			g, _ := asian(Source{Seed: seed, Quasi: true, Scramble: r}, months, ListPrice)
			sum, squares = sum+g, squares+g*g
		}
		mean := sum / scramblings
		sd := math.Sqrt((squares/scramblings - mean*mean) / (scramblings - 1))
		if math.Abs(mean-asianGeometric) < student*sd {
			covered++
		}
	}
	if share := float64(covered) / seeds; share < 0.914 || share > 0.986 {
		t.Errorf("95%% intervals cover the truth in %.1f%% of seeds", 100*share)
	}
}

// BenchmarkAsian reports by how much points lower the variance of a mean of 2^12 paths.
func BenchmarkAsian(b *testing.B) {
	var g, a float64
	for b.Loop() {
		g, a = spread(12, 64, MarketPrice)
	}
	plain := func(sd float64) float64 { return sd * sd / (1 << 12) }
	b.ReportMetric(plain(asianPlain)/g/g, "geometric-ratio")
	b.ReportMetric(plain(8.522)/a/a, "arithmetic-ratio")
}
