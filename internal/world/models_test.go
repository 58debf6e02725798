// SPDX-License-Identifier: Apache-2.0

package world

import (
	"math"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/draw"
)

// at is the value of a column at a time by the year, from a grid of months of 30
// days that is valued at its start.
func momentsAt(t *testing.T, p Process, years float64, regimes *Regimes) (mean, variance float64) {
	t.Helper()
	months := int(math.Round(years * 12))
	g := testGrid(t, "2027-01-01", (months+11)/12*12, calendar.Month)
	s := newSampling(g, regimes, 1)
	level := columns(g.Steps(), 1)
	p.Mean(s, level)
	mean = level[months-1][0]
	if p.Sampled() {
		p.Variance(s, level)
		variance = level[months-1][0]
	}
	return mean, variance
}

func close10(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 6e-10*max(1, math.Abs(want))) {
		t.Errorf("%s is %.12g, want %.12g", what, got, want)
	}
}

func sure(x float64) Number { return Certainly(x) }

// The closed forms of processes with noise. The numbers were computed from the
// formulas of the works that the processes cite, by scipy in another place, and
// are those of the project's collection of models, section 5.3.
func TestClosedForms(t *testing.T) {
	gbm := &Geometric{From: sure(100), Drift: sure(0.05), Volatility: sure(0.2)}
	m, v := momentsAt(t, gbm, 2, nil)
	close10(t, "GBM mean", m, 110.5170918076)
	close10(t, "GBM variance", v, 1017.2705417717)
	ou := &OrnsteinUhlenbeck{From: sure(1), Level: sure(0.5), Reverts: sure(1.5), Volatility: sure(0.3)}
	m, v = momentsAt(t, ou, 0.75, nil)
	close10(t, "OU mean", m, 0.6623262337)
	close10(t, "OU variance", v, 0.0268380233)
	_, v = momentsAt(t, ou, 40, nil)
	close10(t, "OU stationary variance", v, 0.03)
	for _, shift := range []float64{0, -0.1} {
		// alpha = mu - sigma^2/(2 k), less a price of risk under the pricing measure.
		alpha := 3.093 - 0.334*0.334/(2*0.301) + shift
		s := &Schwartz{From: sure(20), Level: sure(math.Exp(alpha)), Reverts: sure(0.301), Volatility: sure(0.334)}
		for years, want := range map[float64]float64{0.5: 20.2370262913, 1: 20.3840885000, 5: 20.3957204805, 50: 20.0924784903} {
			if m, _ := momentsAt(t, s, years, nil); shift == 0 {
				close10(t, "Schwartz forward", m, want)
			} else if years == 1 {
				close10(t, "Schwartz forward, risk priced", m, 19.8610871597)
			}
		}
	}
	x := batteryRegimes()
	switched := &ByRegime{From: sure(1), States: []*RegimeMove{{Name: "boom", Drift: sure(0.1), Level: sure(1)}, {Name: "bust", Drift: sure(-0.2), Level: sure(1)}}}
	for start, want := range map[string]float64{"boom": 1.10053264, "bust": 0.95455272} {
		x.Start = start
		if m, _ := momentsAt(t, switched, 2, x); math.Abs(m-want) > 6e-9 {
			t.Errorf("from %s: E S_2/S_0 = %v, want %v", start, m, want)
		}
	}
}

// Ramps at their known points: ten to ninety percent of a logistic one takes
// 2 ln 9/r; a Gompertz has its fastest growth after ln b/c, at limit/e; a Bass
// curve with p = 0.03 and q = 0.38, the averages of Sultan, Farley and Lehmann
// 1990. Levels are read at years that begin a step.
func TestRamps(t *testing.T) {
	g := testGrid(t, "2027-01-01", 132, calendar.Year)
	logistic := &Logistic{Limit: sure(2), Rate: sure(0.8), Midpoint: sure(5)}
	gompertz := &Gompertz{Limit: sure(1), Displacement: sure(4), Rate: sure(0.5)}
	bass := &Bass{Limit: sure(1), Innovation: sure(0.03), Imitation: sure(0.38)}
	at := func(p Process, year int) float64 { return MeanPath(p, g, nil)[year] }
	close10(t, "half way", at(logistic, 5), 1)
	half := 5.493061443 / 2
	logistic.Midpoint = sure(5 + half)
	close10(t, "a tenth", at(logistic, 5), 0.2)
	logistic.Midpoint = sure(5 - half)
	close10(t, "nine tenths", at(logistic, 5), 1.8)
	close10(t, "Gompertz after 5 years", at(gompertz, 5), 0.720118142)
	close10(t, "Bass after 5 years", at(bass, 5), 0.331198642)
	close10(t, "Bass after 10 years", at(bass, 10), 0.812803221)
	bass.Launched = sure(6.192619198)
	close10(t, "Bass at its fastest", at(bass, 0), 0.460526316)
}

// Generations fall on their days, to where either meaning of 30% a year has come.
func TestGenerations(t *testing.T) {
	g := testGrid(t, "2027-01-01", 48, calendar.Quarter)
	p := &Generations{On: []calendar.Date{calendar.MustParseDate("2026-05-01"), calendar.MustParseDate("2028-02-15"), calendar.MustParseDate("2030-01-01")}}
	p.Rate, p.From = sure(-0.3), sure(2)
	for _, better := range []bool{false, true} {
		base := 0.7
		if p.better = better; better {
			p.Rate, base = sure(0.3), 1/1.3
		}
		got := MeanPath(p, g, nil)
		for step, years := range map[int]float64{0: 0, 3: 0, 4: 1, 5: 1, 11: 1, 12: 3, 15: 3} {
			close10(t, "price", got[step], 2*math.Pow(base, years))
		}
	}
}

// Merton's call and the cumulants of a year's log return, by sampling, the year as one
// step and as twelve: within four standard errors of plain numbers on 2^17 paths. The
// values are of his series.
func TestMertonCall(t *testing.T) {
	const paths = 1 << 17
	for _, step := range []calendar.Step{calendar.Year, calendar.Month} {
		for _, quasi := range []bool{false, true} {
			g := testGrid(t, "2027-01-01", 12, step)
			p := &Merton{MeanPath: At(100 * math.Exp(0.05)), Volatility: sure(0.2), Jumps: sure(1), Size: sure(-0.1), Deviation: sure(0.15)}
			s := drawn(p, g, quasi, 1, paths, 1024)[g.Term()-1]
			sum, square, logs := 0.0, 0.0, make([]float64, paths)
			for i, x := range s {
				pay := math.Exp(-0.05) * max(0, x-100)
				sum, square, logs[i] = sum+pay, square+pay*pay, math.Log(x)
			}
			mean := sum / paths
			if se := math.Sqrt((square/paths - mean*mean) / paths); math.Abs(mean-12.761288593629) > 4*se {
				t.Errorf("by the %v, quasi %v: the call is %v +- %v, want 12.7613", step, quasi, mean, se)
			}
			m, v := moments(logs)
			skew := 0.0
			for _, x := range logs {
				skew += math.Pow((x-m)/math.Sqrt(v), 3) / paths
			}
			if math.Abs(v-0.0725) > 4*0.0725*math.Sqrt(2.6/paths) || math.Abs(skew+0.397) > 4*math.Sqrt(10.0/paths) {
				t.Errorf("by the %v, quasi %v: variance %v and skew %v, want 0.0725 and -0.397", step, quasi, v, skew)
			}
		}
	}
}

// The stay of a chain of two regimes: from boom, with rates 0.5 and 1.5, P(bust
// after 0.7 years) = 0.18835, and 0.37729 years of two are spent in bust.
func TestRegimeStays(t *testing.T) {
	const paths = 1 << 15
	g := testGrid(t, "2027-01-01", 24, calendar.Month)
	s := newSampling(g, batteryRegimes(), paths)
	s.chain.sample(s, draw.Source{Seed: 3})
	bust, at := 0.0, 0.0
	for step := range 24 {
		for i := range paths {
			bust += s.chain.stay[step][1][i] / paths
			if sum := s.chain.stay[step][0][i] + s.chain.stay[step][1][i]; math.Abs(sum-s.Dt(step)) > 1e-12 {
				t.Fatalf("path %d spends %v of step %d", i, sum, step)
			}
		}
	}
	q := matrix{{-0.5, 0.5}, {1.5, -1.5}}
	close10(t, "P12(0.7)", q.times(0.7).exp()[0][1], 0.1883507590)
	for i := range paths {
		at += float64(s.chain.end[23][i]) / paths
	}
	want := q.times(2).exp()[0][1]
	if math.Abs(at-want) > 4*math.Sqrt(want*(1-want)/paths) {
		t.Errorf("%v are in bust after two years, want %v", at, want)
	}
	if math.Abs(bust-0.3772894549) > 4*0.5/math.Sqrt(paths) {
		t.Errorf("%v years in bust, want 0.37729", bust)
	}
}
