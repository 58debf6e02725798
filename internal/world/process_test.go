// SPDX-License-Identifier: Apache-2.0

package world

import (
	"math"
	"slices"
	"testing"

	"offtake/internal/calendar"
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
			{"constant", At(7.5), func(int) float64 { return 7.5 }},
			// By contract year; the tail belongs to the last.
			{"table", Years(1, 4, 9), func(t int) float64 { return []float64{1, 4, 9, 9, 9}[int(years(t))] }},
			{"a table too short", Years(3), func(int) float64 { return 3 }},
			// 23% a year cheaper: 0.77 after a year, 0.77^2 after two.
			{"per_year", &PerYear{trend: trend{Rate: Certainly(-0.23), From: Certainly(0.9)}}, func(t int) float64 { return 0.9 * math.Pow(0.77, years(t)) }},
			{"per_year of nothing", &PerYear{trend: trend{Rate: Certainly(0), From: Certainly(2)}}, func(int) float64 { return 2 }},
			// 30% a year more for the money: 1/1.3 after a year.
			{"performance_per_year", &Performance{trend: trend{Rate: Certainly(0.3), From: Certainly(1)}}, func(t int) float64 { return math.Pow(1.3, -years(t)) }},
			{"lognormal", &Lognormal{MeanPath: &PerYear{trend: trend{Rate: Certainly(0.5), From: Certainly(10)}}, Volatility: Certainly(0.3)}, func(t int) float64 { return 10 * math.Pow(1.5, years(t)) }},
		} {
			got := MeanPath(c.p, g, nil)
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
	cheaper := MeanPath(&PerYear{trend: trend{Rate: Certainly(-0.3), From: Certainly(1)}}, g, nil)[10]
	better := MeanPath(&Performance{trend: trend{Rate: Certainly(0.3), From: Certainly(1)}}, g, nil)[10]
	if math.Abs(cheaper-0.028) > 5e-4 || math.Abs(better-0.073) > 5e-4 {
		t.Errorf("after ten years %v and %v, want 0.028 and 0.073", cheaper, better)
	}
}

// A number written bare is a constant, and the level of every process carries
// the unit and the limit of what it moves.
func TestProcessFields(t *testing.T) {
	var p Process
	f := processField("need", "units per year", "what is wanted", field.At(0), &p)
	f.Bare.Into.(field.NumberSetter).SetNumber(12)
	if c, ok := p.(*Constant); !ok || c.Level.Value != 12 {
		t.Errorf("a bare number made %#v", p)
	}
	for i, x := range f.Fields() {
		x.Chosen()
		if i >= len(Catalog) { // a distribution stands for a constant
			if c, ok := p.(*Constant); !ok || c.Level.Dist == nil || c.Level.Dist.Name() != x.Name {
				t.Errorf("%s chose %s", x.Name, p.Name())
			}
			wantUnit(t, x, x.Name)
			continue
		}
		if p.Name() != Catalog[i].Name || x.Doc == "" {
			t.Errorf("%s chose %s", x.Name, p.Name())
		}
		wantUnit(t, x, x.Name)
	}
}

// ownUnits are the units that parameters of processes have beside those of what
// the process moves.
var ownUnits = []string{"units per year", "shape", "probability", "years", "logarithm", "regime", "jumps", "times", "day",
	"per year", "per year, continuous", "per square root of a year"}

func wantUnit(t *testing.T, f field.Field, at string) {
	t.Helper()
	switch {
	case !slices.Contains(ownUnits, f.Unit) && hasUnit(f.Kind):
		t.Errorf("%s has the unit %q", at, f.Unit)
	case f.Unit == "units per year" && (f.Kind == field.Rate || f.Kind == field.Number && !f.Min.Below(-1)):
		t.Errorf("%s is a rate, or may be negative", at)
	}
	if f.Bare != nil {
		wantUnit(t, *f.Bare, at+" (bare)")
	}
	if f.Each != nil {
		wantUnit(t, f.Each(), at+"[]")
	}
	if f.Key != nil {
		wantUnit(t, f.Key("name"), at+".name")
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
	if c, ok := p.MeanPath.(*Constant); !ok || c.Level.Value != 5 {
		t.Errorf("a bare mean made %#v", p.MeanPath)
	}
	for _, x := range table[0].Fields() {
		if x.Chosen(); p.MeanPath.Name() != x.Name || p.MeanPath.Sampled() {
			t.Errorf("%s made the mean %s", x.Name, p.MeanPath.Name())
		}
	}
	if n := len(table[0].Fields()); n != 8 {
		t.Errorf("%d processes may be a mean, want the eight without noise", n)
	}
}
