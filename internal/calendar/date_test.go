// SPDX-License-Identifier: Apache-2.0

package calendar_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"offtake/internal/calendar"
)

var day = calendar.MustParseDate

// checkRefused demands a full *Error that contains what is wanted.
func checkRefused(t *testing.T, what string, err error, want string) {
	t.Helper()
	var e *calendar.Error
	if !errors.As(err, &e) {
		t.Errorf("%s: error %v; want *calendar.Error", what, err)
		return
	}
	if e.Problem == "" || e.Hint == "" || !strings.Contains(e.Error(), want) {
		t.Errorf("%s: %q, hint %q; want %q and a hint", what, e.Error(), e.Hint, want)
	}
}

func TestParseDate(t *testing.T) {
	d, err := calendar.ParseDate("2026-05-01")
	if err != nil || d.Year() != 2026 || d.Month() != 5 || d.Day() != 1 || d.String() != "2026-05-01" || d.IsZero() {
		t.Errorf("ParseDate = %v, %v", d, err)
	}
	for _, c := range []struct{ in, want string }{
		{"", "year-month-day"}, {"2026-5-1", "year-month-day"}, {"2026/05/01", "year-month-day"}, {"01.05.2026", "year-month-day"}, {"May 1, 26", "year-month-day"},
		{"+026-05-01", "year-month-day"}, {"2026-05-0x", "year-month-day"}, {"2026-05-01T00:00", "year-month-day"},
		{"2026-13-01", "no such month"}, {"2026-00-01", "no such month"}, {"2026-02-29", "February 2026 has 28 days"}, {"2026-04-31", "April 2026 has 30 days"},
		{"2026-04-00", "April 2026 has 30 days"}, {"1899-12-31", "1900 to 2999"}, {"3000-01-01", "1900 to 2999"}, {"0026-05-01", "1900 to 2999"},
		{"1900-02-29", "February 1900 has 28 days"}, // divisible by 100 and not by 400: Inter gravissimas, 1582
	} {
		_, err := calendar.ParseDate(c.in)
		checkRefused(t, c.in, err, c.want)
	}
	if _, err := calendar.ParseDate("2000-02-29"); err != nil {
		t.Error(err)
	}
}

// By hand, from a calendar.
func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"}, {"2026-01-31", 2, "2026-03-31"}, {"2024-01-31", 1, "2024-02-29"}, {"2026-02-28", 1, "2026-03-28"},
		{"2024-02-29", 12, "2025-02-28"}, {"2024-02-29", 48, "2028-02-29"}, {"2026-03-31", -1, "2026-02-28"}, {"2026-12-15", 1, "2027-01-15"},
		{"2026-01-15", -1, "2025-12-15"}, {"2026-01-15", -13, "2024-12-15"}, {"2026-05-01", 120, "2036-05-01"}, {"2026-08-31", 1, "2026-09-30"}, {"2026-05-01", 0, "2026-05-01"},
	} {
		if got := day(c.from).AddMonths(c.n); got != day(c.want) {
			t.Errorf("%s + %d months = %v; want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestDays(t *testing.T) {
	for _, c := range []struct {
		since, to string
		want      int
	}{
		{"2026-04-20", "2026-05-01", 11}, {"2026-05-01", "2026-04-20", -11}, {"2026-01-01", "2027-01-01", 365}, {"2024-01-01", "2025-01-01", 366},
		{"2000-01-01", "2001-01-01", 366}, {"1900-01-01", "1901-01-01", 365}, {"1900-01-01", "2300-01-01", 146097}, {"1969-12-31", "1970-01-01", 1},
	} {
		if got := day(c.to).Days(day(c.since)); got != c.want {
			t.Errorf("days from %s to %s = %d; want %d", c.since, c.to, got, c.want)
		}
		if got := day(c.since).AddDays(c.want); got != day(c.to) {
			t.Errorf("%s + %d days = %v; want %s", c.since, c.want, got, c.to)
		}
	}
}

func TestCompare(t *testing.T) {
	a, b := day("2026-05-01"), day("2026-05-02")
	if !a.Before(b) || a.After(b) || !b.After(a) || a.Before(a) || a.Compare(b) != -1 || b.Compare(a) != 1 || a.Compare(a) != 0 {
		t.Error("2026-05-01 and 2026-05-02 are out of order")
	}
}

func TestDateText(t *testing.T) {
	text, err := json.Marshal(map[string]calendar.Date{"at": day("2026-05-01")})
	if err != nil || string(text) != `{"at":"2026-05-01"}` {
		t.Errorf("JSON %s, %v", text, err)
	}
	var back map[string]calendar.Date
	if err := json.Unmarshal(text, &back); err != nil || back["at"] != day("2026-05-01") {
		t.Errorf("read %v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"at":"soon"}`), &back); err == nil {
		t.Error("a date that is none was read")
	}
}

func TestMustParseDatePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	calendar.MustParseDate("2026-02-30")
}

// anyDate draws a date that can be read.
func anyDate(t *rapid.T, label string) calendar.Date {
	return day("1990-01-01").AddDays(rapid.IntRange(0, 100_000).Draw(t, label))
}

// dayNumber counts days year by year and month by month: slow, and independent of package time.
func dayNumber(d calendar.Date) int {
	isLeap := func(y int) bool { return y%4 == 0 && y%100 != 0 || y%400 == 0 }
	n := d.Day()
	for y := 1900; y < d.Year(); y++ {
		n += 365
		if isLeap(y) {
			n++
		}
	}
	lengths := []int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	if isLeap(d.Year()) {
		lengths[1] = 29
	}
	for m := 1; m < d.Month(); m++ {
		n += lengths[m-1]
	}
	return n
}

func TestDateProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyDate(t, "a"), anyDate(t, "b")
		if got, want := b.Days(a), dayNumber(b)-dayNumber(a); got != want {
			t.Errorf("days from %v to %v = %d; counted %d", a, b, got, want)
		}
		if a.AddDays(b.Days(a)) != b || a.Before(b) != (b.Days(a) > 0) {
			t.Errorf("%v and %v: days and order disagree", a, b)
		}
		if again, err := calendar.ParseDate(a.String()); err != nil || again != a {
			t.Errorf("%v reads back as %v, %v", a, again, err)
		}
		n := rapid.IntRange(-500, 2000).Draw(t, "months")
		c := a.AddMonths(n)
		if months := 12*(c.Year()-a.Year()) + c.Month() - a.Month(); months != n {
			t.Errorf("%v + %d months = %v, %d months later", a, n, c, months)
		}
		isLastDay := c.AddDays(1).Month() != c.Month()
		if c.Day() != a.Day() && !(isLastDay && c.Day() < a.Day()) {
			t.Errorf("%v + %d months = %v: neither the same day nor the month's last", a, n, c)
		}
		if m := rapid.IntRange(0, 500).Draw(t, "more"); a.AddMonths(n + m).Before(c) {
			t.Errorf("%v + %d months is before + %d months", a, n+m, n)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-05-01", "2026-02-29", "2024-02-29", "2026-5-1", "", "0000-00-00", "2026-05-01 ", "\xff", "-026-05-01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		d, err := calendar.ParseDate(in)
		if err != nil {
			checkRefused(t, in, err, "")
			return
		}
		std, err := time.Parse(time.DateOnly, in)
		if err != nil || d.String() != in || std.Year() != d.Year() || int(std.Month()) != d.Month() || std.Day() != d.Day() {
			t.Fatalf("%q is %v; package time says %v, %v", in, d, std, err)
		}
	})
}
