// SPDX-License-Identifier: Apache-2.0

package calendar

import (
	"cmp"
	"fmt"
	"strconv"
	"time"
)

// Date is a day of the Gregorian calendar. Values compare with ==. The zero Date is no date.
type Date struct {
	year  int
	month time.Month
	day   int
}

// The years that a date may be read in. Arithmetic may leave them.
const (
	firstYear = 1900
	lastYear  = 2999
)

// monthsPerYear is the one place where a year is known to have so many months.
const monthsPerYear = 12

// secondsPerDay is the length of every day in UTC as package time counts it.
const secondsPerDay = 24 * 60 * 60

// NewDate returns the date, or an *Error if there is no such day or its year is not in 1900 to 2999.
func NewDate(year, month, day int) (Date, error) {
	input := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	switch {
	case year < firstYear || year > lastYear:
		return Date{}, &Error{input, "is not in the years 1900 to 2999", "check the year"}
	case month < 1 || month > monthsPerYear:
		return Date{}, &Error{input, "has no such month", "months are 01 to 12, and the month comes before the day"}
	}
	if last := daysIn(year, time.Month(month)); day < 1 || day > last {
		return Date{}, &Error{input, "has no such day", fmt.Sprintf("%v %d has %d days", time.Month(month), year, last)}
	}
	return Date{year, time.Month(month), day}, nil
}

// ParseDate reads a date written year-month-day, as in 2026-05-01. The error, if any, is an *Error.
func ParseDate(s string) (Date, error) {
	form := &Error{s, "is not a date", "write year-month-day with all digits, as in 2026-05-01"}
	if len(s) != len("2026-05-01") || s[4] != '-' || s[7] != '-' {
		return Date{}, form
	}
	var parts [3]int
	for i, text := range []string{s[:4], s[5:7], s[8:]} {
		n, err := strconv.ParseUint(text, 10, 16)
		if err != nil {
			return Date{}, form
		}
		parts[i] = int(n)
	}
	return NewDate(parts[0], parts[1], parts[2])
}

// MustParseDate is ParseDate for dates that stand in code; it panics on an error.
func MustParseDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic("calendar: " + err.Error())
	}
	return d
}

// Year returns the year.
func (d Date) Year() int { return d.year }

// Month returns the month, 1 to 12.
func (d Date) Month() int { return int(d.month) }

// Day returns the day of the month, from 1.
func (d Date) Day() int { return d.day }

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the date as year-month-day.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, int(d.month), d.day) }

// MarshalText writes the date as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the date as ParseDate does.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDate(string(text))
	return err
}

// AddMonths returns the same day of the month n months later (earlier if n is negative),
// or the last day of that month if it is shorter: 31 January plus one is 28 February.
// The clamp is not remembered: 28 February plus one is 28 March.
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.year, d.month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	year, month, _ := first.Date()
	return Date{year, month, min(d.day, daysIn(year, month))}
}

// AddDays returns the date n days later, earlier if n is negative.
func (d Date) AddDays(n int) Date {
	year, month, day := time.Date(d.year, d.month, d.day+n, 0, 0, 0, 0, time.UTC).Date()
	return Date{year, month, day}
}

// Days returns the number of days from since to d; negative if d is earlier.
func (d Date) Days(since Date) int { return d.number() - since.number() }

// Before reports whether d is earlier than other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After reports whether d is later than other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// Compare returns -1, 0 or +1 as d is earlier than, the same as or later than other.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.year, other.year), cmp.Compare(d.month, other.month), cmp.Compare(d.day, other.day))
}

// number returns the days from 1 January 1970 to d.
func (d Date) number() int {
	return int(time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// daysIn returns the number of days of a month.
func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
