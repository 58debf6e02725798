// SPDX-License-Identifier: Apache-2.0

package calendar_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"offtake/internal/calendar"
)

func TestParseSpan(t *testing.T) {
	for _, c := range []struct {
		in   string
		want calendar.Span
		text string
	}{
		{"10y", calendar.Span{Months: 120}, "10y"}, {"30 months", calendar.Span{Months: 30}, "30m"}, {"18m", calendar.Span{Months: 18}, "18m"},
		{"90d", calendar.Span{Days: 90}, "90d"}, {"5 years", calendar.Span{Months: 60}, "5y"}, {"1q", calendar.Span{Months: 3}, "3m"},
		{"2 quarters", calendar.Span{Months: 6}, "6m"}, {"1 year", calendar.Span{Months: 12}, "1y"}, {"2w", calendar.Span{Days: 14}, "14d"},
		{"1y 6m", calendar.Span{Months: 18}, "18m"}, {"2y 15d", calendar.Span{Months: 24, Days: 15}, "2y 15d"}, {"1 Year  6 months", calendar.Span{Months: 18}, "18m"},
		{"0d", calendar.Span{}, "0d"}, {"0m", calendar.Span{}, "0d"}, {" 10Y ", calendar.Span{Months: 120}, "10y"}, {"200y", calendar.Span{Months: 2400}, "200y"},
	} {
		got, err := calendar.ParseSpan(c.in)
		if err != nil || got != c.want || got.String() != c.text {
			t.Errorf("ParseSpan(%q) = %v (%v), %v; want %v, %s", c.in, got, got.Months, err, c.want, c.text)
		}
	}
}

func TestParseSpanRefuses(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", "is empty"}, {"10", "no unit that is known"}, {"10 lightyears", "no unit that is known"}, {"y", "not a length of time"}, {"ten years", "not a length of time"},
		{"-1y", "is negative"}, {"1.5y", "smaller unit: 18m"}, {"1,5y", "smaller unit"}, {"201y", "at most 200 years"}, {"99999999999999999999m", "at most 2400 months"},
		{"6m 1y", "out of order or twice"}, {"1y 1y", "out of order or twice"}, {"1y 200y", "out of order"}, {"200y 1m", "at most 200 years"}, {"1y6m", "no unit that is known"},
		{strings.Repeat("y", 99), "yyy..."}, {"10y later", "not a length of time"},
	} {
		_, err := calendar.ParseSpan(c.in)
		checkRefused(t, c.in, err, c.want)
	}
}

func TestDateAdd(t *testing.T) {
	for _, c := range []struct {
		from string
		span calendar.Span
		want string
	}{
		{"2026-05-01", calendar.Span{Months: 120}, "2036-05-01"}, {"2026-01-31", calendar.Span{Months: 1, Days: 1}, "2026-03-01"}, // months first
		{"2026-04-20", calendar.Span{Days: 90}, "2026-07-19"}, {"2026-04-20", calendar.Span{}, "2026-04-20"},
	} {
		if got := day(c.from).Add(c.span); got != day(c.want) {
			t.Errorf("%s + %v = %v; want %s", c.from, c.span, got, c.want)
		}
	}
}

func TestSpanRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := calendar.Span{Months: rapid.IntRange(0, 2400).Draw(t, "months"), Days: rapid.IntRange(0, 73200).Draw(t, "days")}
		if again, err := calendar.ParseSpan(s.String()); err != nil || again != s {
			t.Errorf("%v reads back as %v, %v", s, again, err)
		}
	})
}

func FuzzParseSpan(f *testing.F) {
	for _, s := range []string{"10y", "30 months", "18m", "90d", "1q", "1y 6m", "-1y", "1.5y", "10", "y", "200y 2400m", "\xff", "0d", "1y  "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		s, err := calendar.ParseSpan(in)
		if err != nil {
			checkRefused(t, in, err, "")
			return
		}
		if s.Months < 0 || s.Days < 0 || s.Months > 2400 || s.Days > 73200 {
			t.Fatalf("%q is %+v", in, s)
		}
		if again, err := calendar.ParseSpan(s.String()); err != nil || again != s {
			t.Fatalf("%q: %v reads back as %v, %v", in, s, again, err)
		}
	})
}

// FuzzParseWord feeds the parsers of fixed words.
func FuzzParseWord(f *testing.F) {
	for _, s := range []string{"month", "quarter", "year", "term", "actual/365", "30/360", "actual/actual", "Month", "", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		if s, err := calendar.ParseStep(in); err != nil {
			checkRefused(t, in, err, "month, quarter, year")
		} else if s.String() != in {
			t.Fatalf("step %q is %v", in, s)
		}
		if p, err := calendar.ParsePeriod(in); err != nil {
			checkRefused(t, in, err, "month, quarter, year, term")
		} else if p.String() != in {
			t.Fatalf("period %q is %v", in, p)
		}
		if dc, err := calendar.ParseDayCount(in); err != nil {
			checkRefused(t, in, err, "actual/365, 30/360, actual/actual")
		} else if dc.String() != in {
			t.Fatalf("day count %q is %v", in, dc)
		}
	})
}

func TestStep(t *testing.T) {
	for _, c := range []struct {
		step            calendar.Step
		months, perYear int
	}{{calendar.Month, 1, 12}, {calendar.Quarter, 3, 4}, {calendar.Year, 12, 1}} {
		if c.step.Months() != c.months || c.step.PerYear() != c.perYear {
			t.Errorf("%v: %d months, %d a year; want %d, %d", c.step, c.step.Months(), c.step.PerYear(), c.months, c.perYear)
		}
	}
}

func TestSpanYears(t *testing.T) {
	for _, c := range []struct {
		span calendar.Span
		want float64
	}{{calendar.Span{Months: 18}, 1.5}, {calendar.Span{Days: 73}, 0.2}, {calendar.Span{Months: 12, Days: 365}, 2}, {calendar.Span{}, 0}} {
		if got := c.span.Years(); got != c.want {
			t.Errorf("%v is %v years; want %v", c.span, got, c.want)
		}
	}
}
