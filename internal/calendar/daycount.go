// SPDX-License-Identifier: Apache-2.0

package calendar

// DayCount is a rule that turns two dates into a number of years.
type DayCount int

const (
	// Actual365 divides the actual days by 365, leap years or not:
	// ISDA, 2006 ISDA Definitions, section 4.16(d), "Actual/365 (Fixed)".
	Actual365 DayCount = iota
	// Thirty360 counts months of 30 days and years of 360:
	// ISDA, 2006 ISDA Definitions, section 4.16(f), "30/360" or "Bond Basis".
	// Anniversaries are whole years, save that of a 29 February in a common year.
	Thirty360
	// ActualActual divides the days in leap years by 366 and the others by 365:
	// ISDA, 2006 ISDA Definitions, section 4.16(b), "Actual/Actual (ISDA)".
	ActualActual
)

// dayCountWords are the day counts as a deal file spells them.
var dayCountWords = []string{"actual/365", "30/360", "actual/actual"}

// ParseDayCount reads "actual/365", "30/360" or "actual/actual". The error, if any, is an *Error.
func ParseDayCount(s string) (DayCount, error) {
	i, err := parseWord(s, "a day count", dayCountWords)
	return DayCount(i), err
}

// String returns the day count as a deal file spells it.
func (dc DayCount) String() string { return dayCountWords[dc] }

// Years returns the years between two dates; negative if to is earlier, and then
// exactly the opposite of Years(to, from).
func (dc DayCount) Years(from, to Date) float64 {
	if to.Before(from) {
		return -dc.Years(to, from)
	}
	switch dc {
	case Actual365:
		return float64(to.Days(from)) / 365
	case Thirty360:
		return float64(thirtyDays(from, to)) / 360
	case ActualActual:
		return actualYears(from, to)
	}
	panic("calendar: no such day count")
}

// thirtyDays counts the days of 30/360: a 31st is a 30th, at the end only if the
// start is a 30th or 31st too.
func thirtyDays(from, to Date) int {
	first, last := min(from.day, 30), to.day
	if first == 30 {
		last = min(last, 30)
	}
	return 360*(to.year-from.year) + 30*(int(to.month)-int(from.month)) + last - first
}

// actualYears sums the parts of each calendar year: whole years between, and the
// days of the first and last year over their length.
func actualYears(from, to Date) float64 {
	if from.year == to.year {
		return float64(to.Days(from)) / float64(daysOfYear(from.year))
	}
	head := float64(newYear(from.year+1).Days(from)) / float64(daysOfYear(from.year))
	tail := float64(to.Days(newYear(to.year))) / float64(daysOfYear(to.year))
	return float64(to.year-from.year-1) + (head + tail)
}

func newYear(year int) Date { return Date{year, 1, 1} }

func daysOfYear(year int) int { return newYear(year + 1).Days(newYear(year)) }
