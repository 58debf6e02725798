// SPDX-License-Identifier: Apache-2.0

package calendar_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"offtake/internal/calendar"
)

// newGrid makes a grid that must be right.
func newGrid(t testing.TB, valuation, start, term string, step calendar.Step, tail int) *calendar.Grid {
	t.Helper()
	span, err := calendar.ParseSpan(term)
	if err != nil {
		t.Fatal(err)
	}
	g, err := calendar.NewGrid(day(valuation), day(start), span, step, tail, calendar.Actual365)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// The deal of the semantics page: signed 20 April 2026, starts 1 May 2026, ten years.
func TestGrid(t *testing.T) {
	g := newGrid(t, "2026-04-20", "2026-05-01", "10y", calendar.Month, 2)
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"Steps", g.Steps(), 122}, {"Term", g.Term(), 120}, {"Step", g.Step(), calendar.Month}, {"StepsPerYear", g.StepsPerYear(), 12}, {"MonthsPerStep", g.MonthsPerStep(), 1},
		{"DayCount", g.DayCount(), calendar.Actual365}, {"Valuation", g.Valuation(), day("2026-04-20")}, {"Start", g.Start(), day("2026-05-01")}, {"End", g.End(), day("2036-05-01")},
		{"StepStart(0)", g.StepStart(0), day("2026-05-01")}, {"StepEnd(0)", g.StepEnd(0), day("2026-06-01")}, {"StepStart(122)", g.StepStart(122), day("2036-07-01")},
		{"Years(0)", g.Years(0), 42.0 / 365}, {"YearsAt(signing)", g.YearsAt(g.Valuation()), 0.0}, {"YearsAt(start)", g.YearsAt(g.Start()), 11.0 / 365},
		{"StepYears(0)", g.StepYears(0), 31.0 / 365}, {"StepYears(1)", g.StepYears(1), 30.0 / 365},
		{"ContractYear(0)", g.ContractYear(0), 0}, {"ContractYear(11)", g.ContractYear(11), 0}, {"ContractYear(12)", g.ContractYear(12), 1},
		{"ContractYear(119)", g.ContractYear(119), 9}, {"ContractYear(121)", g.ContractYear(121), 9}, {"ContractYears", g.ContractYears(), 10},
	} {
		if c.got != c.want {
			t.Errorf("%s = %v; want %v", c.what, c.got, c.want)
		}
	}
}

func TestGridAt(t *testing.T) {
	g := newGrid(t, "2026-04-20", "2026-05-01", "1y", calendar.Quarter, 1)
	for _, c := range []struct {
		date string
		step int
		ok   bool
	}{
		{"2026-04-30", 0, false}, {"2026-05-01", 0, true}, {"2026-07-31", 0, true}, {"2026-08-01", 1, true}, {"2027-04-30", 3, true},
		{"2027-05-01", 4, true}, {"2027-07-31", 4, true}, {"2027-08-01", 0, false},
	} {
		if step, ok := g.At(day(c.date)); step != c.step || ok != c.ok {
			t.Errorf("At(%s) = %d, %v; want %d, %v", c.date, step, ok, c.step, c.ok)
		}
	}
}

// Every step counts from the start date, so that a 31st comes back after February.
func TestGridMonthEnd(t *testing.T) {
	g := newGrid(t, "2026-01-31", "2026-01-31", "3m", calendar.Month, 0)
	for i, want := range []string{"2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"} {
		if got := g.StepStart(i); got != day(want) {
			t.Errorf("StepStart(%d) = %v; want %s", i, got, want)
		}
	}
}

// A valuation in mid-life: steps that are over have negative years.
func TestGridMidLife(t *testing.T) {
	g := newGrid(t, "2027-05-01", "2026-05-01", "2y", calendar.Year, 0)
	if g.Years(0) != 0 || g.Years(1) != 366.0/365 || g.YearsAt(g.Start()) != -1 {
		t.Errorf("years %v, %v, %v; want 0, 366/365, -1", g.Years(0), g.Years(1), g.YearsAt(g.Start()))
	}
}

func TestNewGridRefuses(t *testing.T) {
	for _, c := range []struct {
		valuation, start string
		term             calendar.Span
		step             calendar.Step
		tail             int
		want             string
	}{
		{"2026-05-01", "2026-05-01", calendar.Span{Days: 90}, calendar.Month, 0, "not a whole number of steps of a month"},
		{"2026-05-01", "2026-05-01", calendar.Span{Months: 4}, calendar.Quarter, 0, "not a whole number of steps of a quarter"},
		{"2026-05-01", "2026-05-01", calendar.Span{Months: 18}, calendar.Year, 0, "not a whole number of steps of a year"},
		{"2026-05-01", "2026-05-01", calendar.Span{}, calendar.Month, 0, "at least one month"},
		{"2026-05-01", "2026-05-01", calendar.Span{Months: -3}, calendar.Month, 0, "at least one month"},
		{"2026-05-01", "2026-05-01", calendar.Span{Months: 12}, calendar.Month, -1, "tail is -1"},
		{"2026-05-01", "2026-05-01", calendar.Span{Months: 5000}, calendar.Month, 0, "at most 4800 steps"},
		{"2026-05-01", "2026-05-01", calendar.Span{Months: 12}, calendar.Month, 1 << 62, "at most 4800 steps"},
		{"2027-06-01", "2026-05-01", calendar.Span{Months: 12}, calendar.Month, 1, "last step ends on 2027-06-01"},
	} {
		_, err := calendar.NewGrid(day(c.valuation), day(c.start), c.term, c.step, c.tail, calendar.Actual365)
		checkRefused(t, c.want, err, c.want)
	}
	_, err := calendar.NewGrid(calendar.Date{}, day("2026-05-01"), calendar.Span{Months: 12}, calendar.Month, 0, calendar.Actual365)
	checkRefused(t, "no valuation date", err, "missing")
}

// The month grid, years of two and a half: the last period is short.
func TestPeriods(t *testing.T) {
	g := newGrid(t, "2026-05-01", "2026-05-01", "30m", calendar.Month, 3)
	p, err := g.Periods(calendar.PeriodYear)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"Count", p.Count(), 3}, {"FullSteps", p.FullSteps(), 12}, {"First(2)", p.First(2), 24}, {"Last(2)", p.Last(2), 29}, {"Last(0)", p.Last(0), 11},
		{"Steps(1)", p.Steps(1), 12}, {"Steps(2)", p.Steps(2), 6}, {"Of(11)", p.Of(11), 0}, {"Of(29)", p.Of(29), 2}, {"Of(30)", p.Of(30), -1},
		{"StartsAt(0)", p.StartsAt(0), true}, {"StartsAt(1)", p.StartsAt(1), false}, {"StartsAt(24)", p.StartsAt(24), true}, {"StartsAt(32)", p.StartsAt(32), false},
		{"EndsAt(11)", p.EndsAt(11), true}, {"EndsAt(12)", p.EndsAt(12), false}, {"EndsAt(29)", p.EndsAt(29), true}, {"EndsAt(32)", p.EndsAt(32), false},
		{"Days(0)", p.Days(0), 365}, {"Days(1)", p.Days(1), 366}, {"Days(2)", p.Days(2), 184}, // 2028 is a leap year; May to October has 184 days
		{"DaysTo(0)", p.DaysTo(0), 31}, {"DaysTo(13)", p.DaysTo(13), 61}, {"ContractYears", g.ContractYears(), 3}, {"ContractYear(32)", g.ContractYear(32), 2},
	} {
		if c.got != c.want {
			t.Errorf("%s = %v; want %v", c.what, c.got, c.want)
		}
	}
}

// A stretch of the term from June 2027 on, 20 months long, in years of its own; and three
// periods of 2, 5 and 1 months.
func TestPeriodsOfAStretch(t *testing.T) {
	g := newGrid(t, "2026-05-01", "2026-05-01", "4y", calendar.Month, 3)
	years, err := g.PeriodsIn(calendar.PeriodYear, 13, 33)
	if err != nil {
		t.Fatal(err)
	}
	odd := g.PeriodsAt(3, 5, 10, 11)
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"Count", years.Count(), 2}, {"Steps(1)", years.Steps(1), 8}, {"Of(12)", years.Of(12), -1}, {"Of(13)", years.Of(13), 0}, {"Of(25)", years.Of(25), 1},
		{"Of(32)", years.Of(32), 1}, {"Of(33)", years.Of(33), -1}, {"StartsAt(0)", years.StartsAt(0), false}, {"StartsAt(25)", years.StartsAt(25), true},
		{"EndsAt(12)", years.EndsAt(12), false}, {"EndsAt(24)", years.EndsAt(24), true}, {"EndsAt(32)", years.EndsAt(32), true},
		{"Days(0)", years.Days(0), 366}, // from June 2027 to May 2028
		{"odd Count", odd.Count(), 3}, {"odd FullSteps", odd.FullSteps(), 5}, {"odd First(1)", odd.First(1), 5}, {"odd Last(1)", odd.Last(1), 9},
		{"odd Of(2)", odd.Of(2), -1}, {"odd Of(10)", odd.Of(10), 2}, {"odd Of(11)", odd.Of(11), -1}, {"odd DaysTo(6)", odd.DaysTo(6), 61}, // October and November
	} {
		if c.got != c.want {
			t.Errorf("%s = %v; want %v", c.what, c.got, c.want)
		}
	}
	term, err := g.PeriodsIn(calendar.PeriodTerm, 13, 33)
	if err != nil || term.Count() != 1 || !slices.Equal(term.Edges(), []int{13, 33}) {
		t.Errorf("the stretch as one period: %v, %v", term.Edges(), err)
	}
}

func TestPeriodsRefuses(t *testing.T) {
	g := newGrid(t, "2026-05-01", "2026-05-01", "2y", calendar.Year, 0)
	for _, p := range []calendar.Period{calendar.PeriodMonth, calendar.PeriodQuarter} {
		_, err := g.Periods(p)
		checkRefused(t, p.String(), err, "shorter than a step, which is a year")
	}
	if p, err := g.Periods(calendar.PeriodTerm); err != nil || p.Count() != 1 || p.Steps(0) != 2 || p.FullSteps() != 2 {
		t.Errorf("the term: %v, %v", p, err)
	}
}

func TestGridPanics(t *testing.T) {
	g := newGrid(t, "2026-05-01", "2026-05-01", "2y", calendar.Year, 1)
	p, _ := g.Periods(calendar.PeriodYear)
	for name, call := range map[string]func(){
		"ContractYear": func() { g.ContractYear(3) }, "Of": func() { p.Of(-1) }, "First": func() { p.First(2) }, "DaysTo": func() { p.DaysTo(2) },
		"StepStart": func() { g.StepStart(4) }, "Years": func() { g.Years(3) }, "day count": func() { calendar.DayCount(9).Years(g.Start(), g.End()) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			call()
		}()
	}
}

// anyGrid draws a grid of any start, term, step and tail.
func anyGrid(t *rapid.T) *calendar.Grid {
	step := calendar.Step(rapid.IntRange(0, 2).Draw(t, "step"))
	steps := rapid.IntRange(1, 60).Draw(t, "steps")
	dc := calendar.DayCount(rapid.IntRange(0, 2).Draw(t, "dayCount"))
	start := anyDate(t, "start")
	valuation := start.AddDays(-rapid.IntRange(-20, 400).Draw(t, "before"))
	g, err := calendar.NewGrid(valuation, start, calendar.Span{Months: steps * step.Months()}, step, rapid.IntRange(0, 5).Draw(t, "tail"), dc)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return g
}

// Steps cover the days of the grid once, and years follow the day count.
func TestGridProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGrid(t)
		for s := range g.Steps() {
			if g.StepEnd(s) != g.StepStart(s+1) || !g.StepStart(s).Before(g.StepEnd(s)) {
				t.Errorf("step %d is %v to %v, the next from %v", s, g.StepStart(s), g.StepEnd(s), g.StepStart(s+1))
			}
			first, ok1 := g.At(g.StepStart(s))
			last, ok2 := g.At(g.StepEnd(s).AddDays(-1))
			if first != s || last != s || !ok1 || !ok2 {
				t.Errorf("step %d holds its first day in %d, its last in %d", s, first, last)
			}
			if g.Years(s) != g.YearsAt(g.StepEnd(s)) || g.Years(s) != g.DayCount().Years(g.Valuation(), g.StepEnd(s)) {
				t.Errorf("step %d: years %v", s, g.Years(s))
			}
			if want := g.DayCount().Years(g.StepStart(s), g.StepEnd(s)); g.StepYears(s) != want {
				t.Errorf("step %d: length %v; want %v", s, g.StepYears(s), want)
			}
			year := g.ContractYear(s)
			if s < g.Term() && (g.StepStart(s).Before(g.Start().AddMonths(12*year)) || !g.StepStart(s).Before(g.Start().AddMonths(12*(year+1)))) {
				t.Errorf("step %d of %v is in contract year %d", s, g.StepStart(s), year)
			}
		}
		if g.ContractYear(g.Steps()-1) != g.ContractYears()-1 {
			t.Errorf("the last step is in contract year %d of %d", g.ContractYear(g.Steps()-1), g.ContractYears())
		}
	})
}

// Periods part the term: every step of it is in one, in order, and no step of the tail is.
func TestPeriodsProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := anyGrid(t)
		kind := calendar.Period(rapid.IntRange(0, 3).Draw(t, "period"))
		p, err := g.Periods(kind)
		if err != nil {
			if kind != calendar.PeriodTerm && int(kind) >= int(g.Step()) {
				t.Errorf("%v on %v: %v", kind, g.Step(), err)
			}
			return
		}
		next, days := 0, 0
		for y := range p.Count() {
			if p.First(y) != next || p.Steps(y) != p.Last(y)-p.First(y)+1 || p.Steps(y) < 1 || p.Steps(y) > p.FullSteps() {
				t.Errorf("period %d is %d to %d; the one before ended at %d", y, p.First(y), p.Last(y), next)
			}
			if y < p.Count()-1 && p.Steps(y) != p.FullSteps() {
				t.Errorf("period %d of %d is short", y, p.Count())
			}
			for s := p.First(y); s <= p.Last(y); s++ {
				if p.Of(s) != y || p.StartsAt(s) != (s == p.First(y)) || p.EndsAt(s) != (s == p.Last(y)) {
					t.Errorf("step %d: period %d, starts %v, ends %v", s, p.Of(s), p.StartsAt(s), p.EndsAt(s))
				}
				if want := dayNumber(g.StepEnd(s)) - dayNumber(g.StepStart(p.First(y))); p.DaysTo(s) != want {
					t.Errorf("step %d: %d days; want %d", s, p.DaysTo(s), want)
				}
			}
			if kind == calendar.PeriodYear && p.First(y) != g.StepsPerYear()*y {
				t.Errorf("contract year %d starts at %d", y, p.First(y))
			}
			next, days = p.Last(y)+1, days+p.Days(y)
		}
		if next != g.Term() || days != g.End().Days(g.Start()) {
			t.Errorf("periods cover %d steps of %d and %d days of %d", next, g.Term(), days, g.End().Days(g.Start()))
		}
		for s := g.Term(); s < g.Steps(); s++ {
			if p.Of(s) != -1 || p.StartsAt(s) || p.EndsAt(s) {
				t.Errorf("step %d of the tail has a period", s)
			}
		}
	})
}
