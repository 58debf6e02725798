// SPDX-License-Identifier: Apache-2.0

package world

import (
	"math"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/draw"
	"offtake/internal/field"
)

// testGrid is a term from 1 January 2027 in years of 360 days, with a tail of
// two steps; signed is the valuation date.
func testGrid(t testing.TB, signed string, months int, step calendar.Step) *calendar.Grid {
	t.Helper()
	g, err := calendar.NewGrid(calendar.MustParseDate(signed), calendar.MustParseDate("2027-01-01"), calendar.Span{Months: months}, step, 2, calendar.Thirty360)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func wantColumn(t *testing.T, what string, got []float64, want func(t int) float64) {
	t.Helper()
	for i, x := range got {
		if w := want(i); !(math.Abs(x-w) <= 1e-14*max(1, math.Abs(w))) {
			t.Errorf("%s: step %d is %v, want %v", what, i, x, w)
			return
		}
	}
}

// The means against their closed forms, by the month, the quarter and the
// year, the tail included.
func TestMeans(t *testing.T) {
	for _, step := range []calendar.Step{calendar.Month, calendar.Quarter, calendar.Year} {
		g := testGrid(t, "2026-10-01", 36, step)
		perYear := float64(step.PerYear())
		years := func(t int) float64 { return float64(t) / perYear }
		for _, c := range []struct {
			name string
			p    Process
			want func(t int) float64
		}{
			{"constant", &Constant{Level: 7.5}, func(int) float64 { return 7.5 }},
			// By contract year; the tail belongs to the last.
			{"table", &Table{ByYear: []float64{1, 4, 9}}, func(t int) float64 { return []float64{1, 4, 9, 9, 9}[int(years(t))] }},
			{"a table too short", &Table{ByYear: []float64{3}}, func(int) float64 { return 3 }},
			// 23% a year cheaper: 0.77 after a year, 0.77^2 after two.
			{"per_year", &PerYear{trend: trend{Rate: -0.23, From: 0.9}}, func(t int) float64 { return 0.9 * math.Pow(0.77, years(t)) }},
			{"per_year of nothing", &PerYear{trend: trend{Rate: 0, From: 2}}, func(int) float64 { return 2 }},
			// 30% a year more for the money: 1/1.3 after a year.
			{"performance_per_year", &Performance{trend: trend{Rate: 0.3, From: 1}}, func(t int) float64 { return math.Pow(1.3, -years(t)) }},
			{"lognormal", &Lognormal{MeanPath: &PerYear{trend: trend{Rate: 0.5, From: 10}}, Volatility: 0.3}, func(t int) float64 { return 10 * math.Pow(1.5, years(t)) }},
		} {
			got := c.p.Mean(g)
			if len(got) != g.Steps() {
				t.Errorf("%s by the %v: %d steps, want %d", c.name, step, len(got), g.Steps())
			}
			wantColumn(t, c.name+" by the "+step.String(), got, c.want)
		}
	}
}

// "30% a year" in its two meanings over ten years: a factor 0.028 and 0.073,
// as docs/semantics.md section 5 prints them.
func TestTwoMeaningsOfThirtyPercent(t *testing.T) {
	g := testGrid(t, "2027-01-01", 132, calendar.Year)
	cheaper := (&PerYear{trend: trend{Rate: -0.3, From: 1}}).Mean(g)[10]
	better := (&Performance{trend: trend{Rate: 0.3, From: 1}}).Mean(g)[10]
	if math.Abs(cheaper-0.028) > 5e-4 || math.Abs(better-0.073) > 5e-4 {
		t.Errorf("after ten years %v and %v, want 0.028 and 0.073", cheaper, better)
	}
}

// Every process of the catalogue: named as listed, with one field of that
// name, which sets it up so that it has a mean; and drawn only where it says so.
func TestCatalog(t *testing.T) {
	g := testGrid(t, "2027-01-01", 24, calendar.Month)
	seen := map[string]bool{}
	for _, k := range Catalog {
		p := k.New()
		if p.Name() != k.Name || k.Doc == "" || seen[k.Name] {
			t.Errorf("%s is listed as %s, %q", p.Name(), k.Name, k.Doc)
		}
		seen[k.Name] = true
		table := p.Fields()
		if len(table) != 1 || table[0].Name != k.Name {
			t.Errorf("%s has fields %v, want one of its own name", k.Name, table)
			continue
		}
		setUp(table[0])
		mean := p.Mean(g)
		for i, x := range mean {
			if len(mean) != g.Steps() || math.IsNaN(x) || math.IsInf(x, 0) {
				t.Errorf("%s: mean %v in step %d of %d", k.Name, x, i, len(mean))
			}
		}
		found := &reports{}
		if p.Check(Setting{Grid: g}, "here", found); len(found.codes) > 0 {
			t.Errorf("%s: %v", k.Name, found.codes)
		}
		samples(t, p, g)
	}
}

// setUp writes something sensible into a process's field.
func setUp(f field.Field) {
	switch into := f.Into.(type) {
	case *float64:
		*into = 0.5
	case *[]float64:
		*into = []float64{1, 2}
	case field.NumberSetter:
		into.SetNumber(3)
	case nil:
		if f.Bare != nil {
			setUp(*f.Bare)
			return
		}
		for _, inner := range f.Fields() {
			setUp(inner)
		}
	}
}

func samples(t *testing.T, p Process, g *calendar.Grid) {
	t.Helper()
	level := make([][]float64, g.Steps())
	for i := range level {
		level[i] = make([]float64, 3)
	}
	defer func() {
		if r := recover(); (r != nil) == p.Sampled() {
			t.Errorf("%s says sampled is %v, and sampling it: %v", p.Name(), p.Sampled(), r)
		}
	}()
	p.Sample(g, 1, draw.Need, 0, level)
	for s := range level {
		if level[s][0] == level[s][1] {
			t.Errorf("%s: two paths agree in step %d", p.Name(), s)
		}
	}
}

// A number written bare is a constant, and the level of every process carries
// the unit and the limit of what it moves.
func TestProcessFields(t *testing.T) {
	var p Process
	f := processField("need", "units per year", "what is wanted", field.At(0), &p)
	f.Bare.Into.(field.NumberSetter).SetNumber(12)
	if c, ok := p.(*Constant); !ok || c.Level != 12 {
		t.Errorf("a bare number made %#v", p)
	}
	for i, x := range f.Fields() {
		x.Chosen()
		if p.Name() != Catalog[i].Name || x.Doc == "" {
			t.Errorf("%s chose %s", x.Name, p.Name())
		}
		wantUnit(t, x, x.Name)
	}
}

func wantUnit(t *testing.T, f field.Field, at string) {
	t.Helper()
	switch {
	case f.Kind == field.Rate && (f.Unit == "" || f.Unit == "units per year"):
		t.Errorf("%s has the unit %q", at, f.Unit)
	case f.Kind != field.Rate && f.Unit != "units per year":
		t.Errorf("%s has the unit %q", at, f.Unit)
	case (f.Kind == field.Number || f.Kind == field.Series) && !f.Min.Below(-1):
		t.Errorf("%s may be negative", at)
	}
	if f.Bare != nil {
		wantUnit(t, *f.Bare, at+" (bare)")
	}
	if f.Fields != nil {
		for _, inner := range f.Fields() {
			wantUnit(t, inner, at+"."+inner.Name)
		}
	}
}

// The mean of a lognormal is a process too, bare or by name; it is not drawn.
func TestLognormalFields(t *testing.T) {
	p := &Lognormal{}
	table := p.Fields()[0].Fields()
	table[0].Bare.Into.(field.NumberSetter).SetNumber(5)
	if c, ok := p.MeanPath.(*Constant); !ok || c.Level != 5 {
		t.Errorf("a bare mean made %#v", p.MeanPath)
	}
	for _, x := range table[0].Fields() {
		if x.Chosen(); p.MeanPath.Name() != x.Name || p.MeanPath.Sampled() {
			t.Errorf("%s made the mean %s", x.Name, p.MeanPath.Name())
		}
	}
	if n := len(table[0].Fields()); n != len(Catalog)-1 {
		t.Errorf("%d processes may be a mean, want all but the lognormal", n)
	}
}
