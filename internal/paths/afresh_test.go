// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"math"
	"strings"
	"testing"

	"offtake/internal/deal"
	"offtake/internal/draw"
	"offtake/internal/measure"
)

// product is a deal of one year in which the provider's value is 1 less the cost, times
// the need: linear in an uncertain number and in a lognormal factor.
func product(t testing.TB, cost string) *deal.Deal {
	return parse(t, `
offtake: 1
title: Product
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 1y
step: year
day_count: 30/360
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - price: {id: list, from: cloud, to: lab, fixed: 1}
  - commitment: {id: spend, from: lab, to: cloud, total: 8, take: 50%}
world:
  discount: 0%
  need: {firm: {lognormal: {mean: 10, volatility: 30%}}}
  market_price: 2
  cost: {sunk: `+cost+`}
  lab_value: {start: 350}
`)
}

// With U uniform, Y lognormal and a value of (1-U) Y, the variance is V = E[(1-U)^2] E[Y^2] -
// E[1-U]^2 E[Y]^2, of which Var(U) E[Y]^2 comes from the number alone and E[1-U]^2 Var(Y)
// from the noise alone (by hand, of the moments of a product of independent factors). The
// deficiency at need below 4 depends on noise alone.
func TestSplitProduct(t *testing.T) {
	s := Split(NewJob(product(t, "{constant: {uniform: {low: 0.3, high: 0.7}}}"), nil), Options{Paths: 16384, Seed: 4}, "npv", "deficiency_total")
	if s == nil || s.Paths != 16384 {
		t.Fatal(s)
	}
	const mean, varU = 0.5, 0.4 * 0.4 / 12 // of 1-U
	varY := math.Exp(0.3*0.3) - 1          // of Y/E[Y]
	all := varU + float64(mean*mean)*varY + float64(varU*varY)
	seen := 0
	for _, x := range s.Of {
		switch {
		case x.Measure.Name == "deficiency_total":
			if x.Parameters != 0 || x.ParametersSE != 0 || x.Noise != 1 || x.NoiseSE != 0 || x.Together() != 0 {
				t.Errorf("deficiency: %+v", x)
			}
			seen++
		case x.Measure.Party == "cloud":
			near(t, "from the number", x.Parameters, x.ParametersSE, varU/all)
			near(t, "from noise", x.Noise, x.NoiseSE, float64(mean*mean)*varY/all)
			seen++
		}
	}
	if seen != 2 {
		t.Errorf("%d of the measures: %+v", seen, s.Of)
	}
}

// near holds an estimate to what is known, within 3.5 of its errors, which are small.
func near(t *testing.T, name string, got, se, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 3.5*se) || se > 0.02 {
		t.Errorf("%s: %v ± %v, want %v", name, got, se, want)
	}
}

// The stated error is the spread of the shares from seed to seed, and they are not biased.
func TestSplitError(t *testing.T) {
	j := NewJob(product(t, "{constant: {uniform: {low: 0.3, high: 0.7}}}"), nil)
	var shares, errors []float64
	for seed := range uint64(60) {
		s := Split(j, Options{Paths: 1024, Seed: seed, Workers: 1}, "npv")
		i := 0
		for s.Of[i].Measure.Party != "cloud" {
			i++
		}
		shares, errors = append(shares, s.Of[i].Parameters), append(errors, s.Of[i].ParametersSE*s.Of[i].ParametersSE)
	}
	got, variance := measure.MomentsOf(shares, 0), measure.MomentsOf(errors, 0).Mean
	const varU = 0.4 * 0.4 / 12
	varY := math.Exp(0.3*0.3) - 1
	want := varU / (varU + 0.25*varY + float64(varU*varY))
	if math.Abs(got.Mean-want) > 3.5*got.Spread()/math.Sqrt(60) {
		t.Errorf("the mean of the shares is %v, want %v ± %v", got.Mean, want, got.Spread()/math.Sqrt(60))
	}
	if ratio := math.Sqrt(variance) / got.Spread(); ratio < 0.75 || ratio > 1.35 { // the spread of 60 is known to 9%
		t.Errorf("errors of %v are stated for a spread of %v", math.Sqrt(variance), got.Spread())
	}
}

// A job draws afresh what it is told to and nothing else: the uncertain numbers of a
// world one by one.
func TestAfreshOneByOne(t *testing.T) {
	j := NewJob(unsure(t, "0.4 to 0.6", "20", "2 to 4", "0"), nil)
	draws := j.Draws()
	if len(draws) < 2 {
		t.Fatal(draws)
	}
	src := draw.Source{Seed: 7, Quasi: true, Scramble: 3, First: 64}
	shared, apart := j.Plan.Factors(16), j.Plan.Factors(16)
	shared.Sample(src)
	sunk := shared.Level("cost.sunk")[0][5]
	unmet := shared.Unmet[5]
	j.Afresh("world.cost.sunk").afresh.sample(apart, src)
	if apart.Level("cost.sunk")[0][5] == sunk || apart.Unmet[5] != unmet {
		t.Errorf("of the cost: %v, %v and %v, %v", sunk, unmet, apart.Level("cost.sunk")[0][5], apart.Unmet[5])
	}
	alone := apart.Level("cost.sunk")[0][5]
	j.Afresh("world.need.unmet_value").afresh.sample(apart, src)
	if apart.Level("cost.sunk")[0][5] != sunk || apart.Unmet[5] == unmet {
		t.Error("of what is unmet: the cost is another, or it is not")
	}
	j.Afresh(draws...).afresh.sample(apart, src)
	if apart.Level("cost.sunk")[0][5] != alone || apart.Unmet[5] == unmet {
		t.Error("what two jobs draw afresh is not the same")
	}
	j.Afresh().afresh.sample(apart, src)
	if apart.Level("cost.sunk")[0][5] != sunk {
		t.Error("nothing is drawn afresh, and something is")
	}
}

// The ratios of the mean flows of scramblings lie around that of all, and their spread is
// its error: over seeds the one is the other.
func TestApart(t *testing.T) {
	j := NewJob(parse(t, strings.Replace(worked(t), "{constant: 10}", "{lognormal: {mean: 10, volatility: 30%}}", 1)), nil)
	var ratios, errors []float64
	for seed := range uint64(40) {
		s := Run([]*Job{j}, Options{Paths: 1024, Seed: seed, Workers: 1, Apart: true, Only: func(m *measure.Measure) bool { return m.Name == "pv_coverage" || m.Name == "npv" }})[0]
		i := measure.Find(s.Measures, "npv", "cloud", "", 0)
		groups := s.OfMeansApart[i]
		m := measure.MomentsOf(append([]float64(nil), groups...), 0)
		if math.Abs(m.Mean-s.OfMeans[i]) > 1e-9*math.Abs(m.Mean) || len(groups) != measure.Groups {
			t.Fatalf("groups %v, all %v", groups, s.OfMeans[i])
		}
		i = measure.Find(s.Measures, "pv_coverage", "", "", 0)
		if i < 0 {
			t.Fatal(s.Measures)
		}
		m = measure.MomentsOf(append([]float64(nil), s.OfMeansApart[i]...), 0)
		ratios, errors = append(ratios, s.OfMeans[i]), append(errors, m.Spread()*m.Spread()/measure.Groups)
	}
	got, variance := measure.MomentsOf(ratios, 0), measure.MomentsOf(errors, 0).Mean
	if ratio := math.Sqrt(variance) / got.Spread(); ratio < 0.7 || ratio > 1.45 { // the spread of 40 is known to 11%
		t.Errorf("errors of %v are stated for a spread of %v", math.Sqrt(variance), got.Spread())
	}
}

// There is nothing to split where nothing is uncertain, where no noise is, or where one of
// the two makes no difference.
func TestSplitNothing(t *testing.T) {
	still := strings.Replace(movedText("0.4 to 0.6", "1"), "hazard: 5% to 15%", "hazard: 0%", 1)
	i, k := strings.Index(still, "world:"), strings.Index(still, "  cost:")
	still = still[:i] + "world:\n  discount: 5%\n  need: {firm: 10}\n" + still[k:]
	still = strings.NewReplacer(", build: {geometric: {from: 0.7, drift: -5%, volatility: 20%}}", "", "start: 200 to 500, moves: {by_regime: {states: {boom: {volatility: 40%}, bust: {drift: -50%, volatility: 80%}}}}", "start: 300",
		"  correlations: [{between: [list_price, market_price], rho: 80%}, {between: [lab_value, need.firm], rho: 50%}]\n", "", ", follows: {lab_value: -1}", "").Replace(still)
	for name, d := range map[string]*deal.Deal{
		"certain": product(t, "0.5"), "still": parse(t, still),
	} {
		if s := Split(NewJob(d, nil), Options{Paths: 1024}, "npv"); s != nil {
			t.Errorf("%s: %+v", name, s)
		}
	}
	if s := Split(NewJob(product(t, "0.3 to 0.7"), nil), Options{Paths: 1024}, "deficiency_total"); s != nil {
		t.Errorf("of the deficiency alone: %+v", s)
	}
}

// What is drawn afresh does not depend on lanes or workers, and what is not is as it was.
func TestAfresh(t *testing.T) {
	d := moved(t, "0.4 to 0.6", "35% to 55%")
	j := NewJob(d, nil)
	var want *Shares
	for _, opt := range []Options{{Paths: 1024, Seed: 2, Lanes: 64, Workers: 1}, {Paths: 1024, Seed: 2, Lanes: 16, Workers: 2}} {
		s := Split(j, opt, "npv")
		if want == nil {
			want = s
		}
		for i := range s.Of {
			if a, b := s.Of[i], want.Of[i]; a.Parameters != b.Parameters || a.Noise != b.Noise || a.NoiseSE != b.NoiseSE {
				t.Errorf("%+v and %+v", a, b)
			}
		}
	}
	src := draw.Source{Seed: 7, Quasi: true, Scramble: 3, First: 64}
	same, others := j.Plan.Factors(16), j.Plan.Factors(16)
	same.Sample(src)
	j.Afresh(Noise).afresh.sample(others, src)
	for _, path := range []string{"need.firm", "list_price"} {
		a, b := same.Level(path)[3], others.Level(path)[3]
		if a[0] == b[0] {
			t.Errorf("%s is not drawn afresh", path)
		}
	}
	if a, b := same.Level("cost.sunk")[3], others.Level("cost.sunk")[3]; a[0] != b[0] || a[9] != b[9] {
		t.Error("an uncertain number is another one")
	}
	j.Afresh("world.cost.sunk").afresh.sample(others, src)
	if a, b := same.Level("cost.sunk")[3], others.Level("cost.sunk")[3]; a[0] == b[0] {
		t.Error("an uncertain number is not drawn afresh")
	}
}
