// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"
	"strings"
	"testing"

	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/value/means"
)

// funded is a deal with capital, a commitment and third parties, whose lab may fail.
const funded = `offtake: 1
title: Funded
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 8y
step: month
day_count: 30/360
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - equity: {id: stake, from: cloud, to: lab, amount: 5B, pre_money: 380B}
  - facility: {id: line, from: cloud, to: lab, limit: 4B, opens: [{at: 2028-03-01, amount: 4B}]}
  - capacity: {id: delivery, from: cloud, to: lab, generations: [{from: 2027-01-01, gw: 1, units_per_gw: 500M}, {from: 2029-01-01, gw: 1, units_per_gw: 600M}]}
  - price: {id: list, from: cloud, to: lab, fixed: 1, net: 2}
  - commitment: {id: spend, from: lab, to: cloud, total: 60B}
world:
  discount: 5%
  feedback: off
  need: {firm: {lognormal: {mean: 8B, volatility: 20%}}}
  market_price: {lognormal: {mean: {per_year: {rate: -5%, from: 0.9}}, volatility: 20%}}
  cost: {sunk: 0.4, build: 0.8}
  lab_value: {start: 350B, moves: {lognormal: {volatility: 30%}}}
  default: {hazard: HAZARD, recovery: 0%, mode: weighted}
`

// meansOf runs the other means of a deal that a test wrote.
func meansOf(t *testing.T, text string, paths int, terms means.Terms) *ByOtherMeans {
	t.Helper()
	src := Source{Name: "test.yaml", Text: []byte(text)}
	d, src, list, err := Load(src, Edits{})
	if d == nil || err != nil {
		t.Fatal(list, err)
	}
	a, err := NewByOtherMeans(src, Edits{}, d, RunOptions{Paths: paths, Seed: 1}, terms, 0)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// by is one of the means.
func (a *ByOtherMeans) by(name string) *MeanRun {
	for i := range a.Means {
		if a.Means[i].Name == name {
			return &a.Means[i]
		}
	}
	return nil
}

func without(hazard string) string { return strings.Replace(funded, "HAZARD", hazard, 1) }

// All bring the money that the given deal brings, when it does: 5 at signing and 4 in March
// of the second year, in which 2028-03 is the mean day.
func TestMeansBringTheSameMoney(t *testing.T) {
	a := meansOf(t, without("0%"), 0, means.Usual())
	if len(a.Money) != 2 || a.Money[0].Cents != 5e11 || !a.Money[0].At.IsZero() || math.Abs(a.Money[1].Cents-4e11) > 1 || a.Money[1].At.Year() != 2028 {
		t.Fatalf("money: %+v", a.Money)
	}
	for _, m := range a.Means[1:] {
		got := 0.0
		for _, x := range means.MoneyOf(m.base) {
			got += x.Cents
		}
		if math.Abs(got-9e11) > 1 {
			t.Errorf("%s brings %v", m.Name, got/100)
		}
	}
}

// Plain shares at the market's price cost no premium: what investors get is worth what they
// pay, on average over paths and exactly in the base run.
func TestPlainEquityHasNoPremium(t *testing.T) {
	a := meansOf(t, without("0%"), 4096, means.Usual())
	for _, name := range []string{"plain-equity", "prepaid-capacity"} {
		m := a.by(name)
		base, _ := outcomes{base: m.base}.at("npv", "investors", "")
		if math.Abs(base.value) > 1 {
			t.Errorf("%s: in the base run investors gain %v", name, base.value/100)
		}
		x, _ := m.at("npv", "investors", "")
		if math.Abs(x.value) > 2*x.margin {
			t.Errorf("%s: investors gain %v, margin %v", name, x.value/100, x.margin/100)
		}
	}
	if m := meansOf(t, without("0%"), 0, means.Usual()).by("plain-equity"); math.Abs(m.figures.cost-0.05) > 1e-9 {
		t.Errorf("fair shares cost %v a year, want the riskless 5%%", m.figures.cost)
	}
}

// A loan costs its rate where it is repaid for certain, without fee and warrants: 9% and 12%
// a year, paid by the month.
func TestLoansCostTheirRate(t *testing.T) {
	terms := means.Usual()
	terms.VentureFee, terms.VentureCover = 0, 0
	a := meansOf(t, without("0%"), 0, terms)
	for name, rate := range map[string]float64{"vendor-loan": 0.09, "venture-debt": 0.12} {
		if m, want := a.by(name), math.Pow(1+rate/12, 12)-1; math.Abs(m.figures.cost-want) > 1e-9 {
			t.Errorf("%s costs %v a year, want %v", name, m.figures.cost, want)
		}
	}
	// A fee, warrants and default each move it: the first two up, the third down.
	plain := a.by("venture-debt").figures.cost
	if dear := meansOf(t, without("0%"), 0, means.Usual()).by("venture-debt").figures.cost; dear <= plain {
		t.Errorf("with fee and warrants %v, without %v", dear, plain)
	}
	if risky := meansOf(t, without("4%"), 0, terms).by("venture-debt").figures.cost; risky >= plain {
		t.Errorf("with default %v, without %v", risky, plain)
	}
}

// On each constructed deal all parties together have S + G - W, path by path, and money only
// changes hands.
func TestMeansConserve(t *testing.T) {
	a := meansOf(t, without("4%"), 256, means.Usual())
	for _, m := range a.Means {
		job := m.base.Job
		measures := measure.Catalog(job.Setting(true))
		paths.Run([]*paths.Job{job}, paths.Options{Paths: 64, Workers: 1, Keep: func(_ int, _ uint64, values [][]float64) {
			for path := range values[0] {
				get := func(name, party string) float64 {
					if i := measure.Find(measures, name, party, "", 0); i >= 0 {
						return values[i][path]
					}
					return 0
				}
				sum, scale := get("instruments_outside", ""), 1e11
				for _, p := range job.Setting(false).Sides() {
					sum, scale = sum+get("npv", p), scale+math.Abs(get("npv", p))
				}
				if joint := get("joint_value", ""); math.Abs(sum-joint) > 1e-9*scale {
					t.Errorf("%s, path %d: all have %v, S + G - W is %v", m.Name, path, sum, joint)
					return
				}
			}
		}})
	}
}

// Each file checks clean, and offtake run gives its figures to the bit.
func TestMeansAreFiles(t *testing.T) {
	a := meansOf(t, without("4%"), 256, means.Usual())
	if len(a.Files()) != 5 {
		t.Fatalf("%d files", len(a.Files()))
	}
	for _, src := range a.Files() {
		d, list := deal.Parse(src.Name, src.Text)
		if d == nil || len(list) > 0 {
			t.Fatalf("%s: %v\n%s", src.Name, list, src.Text)
		}
		if got := Format(src); !got.Formatted {
			t.Errorf("%s is not in its canonical form", src.Name)
		}
		r := NewRun(src, Edits{}, d, RunOptions{Paths: 256, Seed: 1})
		m := a.by(strings.TrimSuffix(src.Name, ".yaml"))
		for _, p := range []string{"lab", "cloud"} {
			x, _ := m.at("npv", p, "")
			if y, _ := r.estimate("npv", p); x.value != y {
				t.Errorf("%s: npv of %s is %v here, and %v by run", src.Name, p, x.value, y)
			}
		}
	}
}

// Every deal of the library that can be asked has all means, each of a file without a fault
// and with no warning that the deal itself has not.
func TestMeansOfLibrary(t *testing.T) {
	for name, src := range library(t) {
		d, _, given, err := Load(src, Edits{})
		if err != nil || d == nil {
			t.Fatal(err)
		}
		base := paths.RunBase(paths.NewJob(d, nil).Detailed(nil))
		all, err := (&means.Given{Deal: d, Base: base, Money: []means.Money{{Cents: 1e11}}, Terms: means.Usual()}).Build()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, m := range all {
			for _, c := range m.Deal.Clauses {
				if c.Kind() == "commitment" || c.Kind() == "facility" || c.Kind() == "note" {
					t.Errorf("%s, %s still has %s", name, m.Name, c.Head().ID)
				}
			}
			if _, list := deal.Parse(m.Name, m.Text); len(list) > len(given) {
				t.Errorf("%s, %s: %v", name, m.Name, list)
			}
		}
	}
}

// By hand: all of the money is prepaid, so it must be paid; rents are all of what a site
// costs to run; nothing binds who buys as it needs.
func TestMeansFigures(t *testing.T) {
	a := meansOf(t, without("0%"), 0, means.Usual())
	for name, want := range map[string]float64{"plain-equity": 0, "venture-debt": 0, "vendor-loan": 0, "own-site": 1} {
		if got := a.by(name).figures.committed; math.Abs(got-want) > 1e-12 {
			t.Errorf("%s: %v is committed, want %v", name, got, want)
		}
	}
	given := a.by(given).figures
	// 60 over eight years: 7.5 a year, of which five years are left. 6 a year can be taken for
	// two years, to which minimums are relieved, and 8 are after that: 57 of 60 are due.
	if math.Abs(given.exit-5*7.5e11) > 1 || math.Abs(given.committed-57.0/60) > 1e-9 {
		t.Errorf("given: exit %v, committed %v", given.exit/100, given.committed)
	}
	// 9% of 5 for three years and of 4 from March 2028 on until each is repaid after five: 2.25 + 1.8.
	loan := a.by("vendor-loan").figures
	if math.Abs(loan.interest-(0.09*5*5+0.09*4*5)*1e11) > 1e9*4 || math.Abs(loan.owed-9e11) > 1 || loan.dilution != 0 {
		t.Errorf("vendor loan: %+v", loan)
	}
	// 9 of money, and 8 x 0.9 a year falling by 5%, two months late: all is paid in the second year.
	if equity := a.by("plain-equity").figures; equity.gone < 14 || equity.gone > 22 {
		t.Errorf("plain equity is gone after month %v", equity.gone)
	}
}

// Of a sample the figures are of its mean flows: fair shares cost the riskless rate within the
// error, interest of a loan is certain, and what differs from the given deal differs by less
// noise than two samples would.
func TestMeansOfSample(t *testing.T) {
	a := meansOf(t, without("4%"), 4096, means.Usual())
	cost := func(f *meanFigures) float64 { return f.cost }
	fair := a.by("plain-equity").known(cost)
	if !(fair.Margin > 0) || math.Abs(fair.Mean-0.05) > 1.5*fair.Margin {
		t.Errorf("fair shares cost %+v a year, want the riskless 5%%", fair)
	}
	loan := a.by("vendor-loan")
	if e := loan.known(func(f *meanFigures) float64 { return f.interest }); math.Abs(e.Mean-(0.09*5*5+0.09*4*5)*1e11) > 1e9*4 || told(e, 0.5) {
		t.Errorf("interest of the loan: %+v", e)
	}
	exit := func(f *meanFigures) float64 { return f.exit }
	less, ratio := a.by("prepaid-capacity").beyondGiven(a.by(given), exit)
	want := a.by("prepaid-capacity").figures.exit - a.by(given).figures.exit
	if less.Mean != want || !(less.Error > 0) {
		t.Errorf("exit differs by %+v, want %v", less, want)
	}
	apart, common := a.by("plain-equity").beyondGiven(a.by(given), cost)
	t.Logf("variance ratios %v and %v", ratio, common)
	if !(common < 1 && apart.Error > 0) {
		t.Errorf("the cost of fair shares differs by %+v, with %v of the variance", apart, common)
	}
}

// What venture capital could carry goes by the rounds that are as large, and by the last
// whole year before the signing: 40, 65 and 122 billion, and of 339.4 in 2025 50 are 15%.
func TestVentureCapital(t *testing.T) {
	a := meansOf(t, without("0%"), 0, means.Usual())
	for billions, want := range map[float64]string{10: "could carry it", 11: "might carry it: three rounds", 50: "might carry it: two rounds", 100: "might carry it: one round", 123: "has not carried such a sum"} {
		a.Money = []means.Money{{Cents: billions * 1e11}}
		if got := a.ventureSays(); !strings.Contains(got, want) {
			t.Errorf("%v billion: %s, want %s", billions, got, want)
		}
	}
	a.Money = []means.Money{{Cents: 50e11}}
	if got := a.ventureSays(); !strings.Contains(got, "in 2025, the last whole year at hand, it is 15%") {
		t.Error(got)
	}
	for signed, want := range map[int]string{2017: "2025", 2022: "2021", 2024: "2023", 2026: "2025", 2030: "2025"} {
		if got, _ := yearBefore(signed); got.period != want {
			t.Errorf("signed in %d: %s, want %s", signed, got.period, want)
		}
	}
}
