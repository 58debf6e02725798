// SPDX-License-Identifier: Apache-2.0

package calendar_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"offtake/internal/calendar"
)

// Computed by hand from ISDA, 2006 ISDA Definitions, section 4.16 (d), (f) and (b).
// The last rows of actual/actual are the example of ISDA, EMU and market conventions
// (memorandum of 1998): 1 November 2003 to 1 May 2004 is 61/365 + 121/366.
func TestDayCountYears(t *testing.T) {
	for _, c := range []struct {
		dc       calendar.DayCount
		from, to string
		want     float64
	}{
		{calendar.Actual365, "2026-04-20", "2026-05-01", 11.0 / 365}, {calendar.Actual365, "2026-05-01", "2027-05-01", 1}, {calendar.Actual365, "2027-05-01", "2028-05-01", 366.0 / 365},
		{calendar.Actual365, "2026-05-01", "2036-05-01", 3653.0 / 365}, {calendar.Actual365, "2026-05-01", "2026-05-01", 0}, {calendar.Actual365, "2026-05-01", "2026-04-20", -11.0 / 365},
		{calendar.Thirty360, "2026-05-01", "2036-05-01", 10}, {calendar.Thirty360, "2026-04-20", "2026-05-01", 11.0 / 360}, {calendar.Thirty360, "2026-01-31", "2026-02-28", 28.0 / 360},
		{calendar.Thirty360, "2026-01-31", "2026-03-31", 60.0 / 360}, {calendar.Thirty360, "2026-01-30", "2026-03-31", 60.0 / 360}, {calendar.Thirty360, "2026-01-15", "2026-03-31", 76.0 / 360},
		{calendar.Thirty360, "2026-02-28", "2026-03-31", 33.0 / 360}, {calendar.Thirty360, "2024-02-29", "2025-02-28", 359.0 / 360}, {calendar.Thirty360, "2024-02-29", "2028-02-29", 4},
		{calendar.Thirty360, "2023-02-28", "2024-02-28", 1}, {calendar.Thirty360, "2026-03-31", "2026-01-31", -60.0 / 360},
		{calendar.ActualActual, "2003-11-01", "2004-05-01", 61.0/365 + 121.0/366}, {calendar.ActualActual, "2026-01-01", "2036-01-01", 10},
		{calendar.ActualActual, "2024-03-01", "2024-04-01", 31.0 / 366}, {calendar.ActualActual, "2025-03-01", "2025-04-01", 31.0 / 365},
		{calendar.ActualActual, "2003-12-31", "2004-01-02", 1.0/365 + 1.0/366},
	} {
		got := c.dc.Years(day(c.from), day(c.to))
		if isSum := c.dc == calendar.ActualActual; got != c.want && !(isSum && math.Abs(got-c.want) < 1e-15) {
			t.Errorf("%v from %s to %s = %v; want %v", c.dc, c.from, c.to, got, c.want)
		}
	}
}

// thirtyReference is section 4.16(f) as the definitions print it.
func thirtyReference(from, to calendar.Date) float64 {
	y1, m1, d1 := from.Year(), from.Month(), from.Day()
	y2, m2, d2 := to.Year(), to.Month(), to.Day()
	if d1 == 31 {
		d1 = 30
	}
	if d2 == 31 && d1 > 29 {
		d2 = 30
	}
	return float64(360*(y2-y1)+30*(m2-m1)+(d2-d1)) / 360
}

// actualReference adds up day by day what each is of its year.
func actualReference(from, to calendar.Date) float64 {
	years := 0.0
	for d := from; d.Before(to); d = d.AddDays(1) {
		length := 365.0
		if y := d.Year(); y%4 == 0 && y%100 != 0 || y%400 == 0 {
			length = 366
		}
		years += 1 / length
	}
	return years
}

func TestDayCountProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyDate(t, "a")
		b := a.AddDays(rapid.IntRange(0, 5000).Draw(t, "days"))
		if got, want := calendar.Actual365.Years(a, b), float64(dayNumber(b)-dayNumber(a))/365; got != want {
			t.Errorf("actual/365 from %v to %v = %v; want %v", a, b, got, want)
		}
		if got, want := calendar.Thirty360.Years(a, b), thirtyReference(a, b); got != want {
			t.Errorf("30/360 from %v to %v = %v; want %v", a, b, got, want)
		}
		if got, want := calendar.ActualActual.Years(a, b), actualReference(a, b); math.Abs(got-want) > 1e-11 {
			t.Errorf("actual/actual from %v to %v = %v; want %v", a, b, got, want)
		}
		years := rapid.IntRange(0, 30).Draw(t, "years")
		anniversary := a.AddMonths(12 * years)
		isLeapDay := a.Month() == 2 && a.Day() == 29
		if got := calendar.Thirty360.Years(a, anniversary); got != float64(years) && !isLeapDay {
			t.Errorf("30/360 from %v to %v = %v; want %d", a, anniversary, got, years)
		}
		for _, dc := range []calendar.DayCount{calendar.Actual365, calendar.Thirty360, calendar.ActualActual} {
			if dc.Years(a, b) != -dc.Years(b, a) {
				t.Errorf("%v between %v and %v is not opposite", dc, a, b)
			}
		}
	})
}
