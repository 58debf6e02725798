// SPDX-License-Identifier: Apache-2.0

package calendar

import (
	"strconv"
	"strings"
)

// Span is a length of time in calendar units: months, then days. Neither is negative
// in a Span that was read.
type Span struct {
	Months int // whole months; a year is twelve of them
	Days   int // days beyond the months
}

// spanYearsMost bounds each part of a span that is read, so that dates stay sane.
const spanYearsMost = 200

// daysPerYearMost is the length of a leap year.
const daysPerYearMost = 366

// spanUnits are the units of a span, longest first, with their spellings.
var spanUnits = []struct {
	names        []string
	months, days int // what one of the unit is
	most         int // how many of it a span may have
}{
	{[]string{"y", "year", "years", "yr", "yrs"}, monthsPerYear, 0, spanYearsMost},
	{[]string{"q", "quarter", "quarters"}, 3, 0, spanYearsMost * monthsPerYear / 3},
	{[]string{"m", "month", "months", "mo"}, 1, 0, spanYearsMost * monthsPerYear},
	{[]string{"w", "week", "weeks"}, 0, 7, spanYearsMost * daysPerYearMost / 7},
	{[]string{"d", "day", "days"}, 0, 1, spanYearsMost * daysPerYearMost},
}

const spanHint = "write whole years, quarters, months, weeks or days: 10y, 1q, 18m, 2w, 90d"

// ParseSpan reads a length of time: "10y", "5 years", "18m", "1q", "90d", "2w", or
// several of them, longest first: "1y 6m". The error, if any, is an *Error.
func ParseSpan(s string) (Span, error) {
	var total Span
	rest := strings.ToLower(strings.TrimSpace(s))
	if rest == "" {
		return Span{}, &Error{s, "is empty", spanHint}
	}
	longest := 0
	for rest != "" {
		count, unit, after, problem := scanSpanPart(rest)
		if problem != nil {
			problem.Input = s
			return Span{}, problem
		}
		if unit < longest {
			return Span{}, &Error{s, "has its units out of order or twice", "write the longest unit first, each once: 1y 6m"}
		}
		total.Months += count * spanUnits[unit].months
		total.Days += count * spanUnits[unit].days
		longest, rest = unit+1, after
	}
	if total.Months > spanYearsMost*monthsPerYear || total.Days > spanYearsMost*daysPerYearMost {
		return Span{}, &Error{s, "is too long", "a span has at most " + strconv.Itoa(spanYearsMost) + " years"}
	}
	return total, nil
}

// scanSpanPart reads one count and its unit, an index into spanUnits, from lower-case text.
func scanSpanPart(s string) (count, unit int, rest string, problem *Error) {
	digits := s[:len(s)-len(strings.TrimLeft(s, "0123456789"))]
	after := s[len(digits):]
	switch {
	case digits == "" && strings.HasPrefix(s, "-"):
		return 0, 0, "", &Error{Problem: "is negative", Hint: "a length of time counts forward: " + spanHint}
	case digits == "":
		return 0, 0, "", &Error{Problem: "is not a length of time", Hint: spanHint}
	case strings.HasPrefix(after, ".") || strings.HasPrefix(after, ","):
		return 0, 0, "", &Error{Problem: "has a fraction", Hint: "write a smaller unit: 18m for a year and a half"}
	}
	after = strings.TrimLeft(after, " ")
	word, rest, _ := strings.Cut(after, " ")
	unit = findUnit(word)
	if unit < 0 {
		return 0, 0, "", &Error{Problem: "has no unit that is known", Hint: spanHint}
	}
	count, err := strconv.Atoi(digits)
	if most := spanUnits[unit].most; err != nil || count > most {
		return 0, 0, "", &Error{Problem: "is too long", Hint: "a span has at most " + strconv.Itoa(most) + " " + spanUnits[unit].names[2]}
	}
	return count, unit, strings.TrimLeft(rest, " "), nil
}

// findUnit returns the index into spanUnits of a spelling; -1 if there is none.
func findUnit(word string) int {
	for i, u := range spanUnits {
		for _, name := range u.names {
			if word == name {
				return i
			}
		}
	}
	return -1
}

// String writes the span as ParseSpan reads it, in years, months and days: "10y", "18m", "90d".
// Months that are no whole years are not split: 30 months are "30m".
func (s Span) String() string {
	var parts []string
	switch {
	case s.Months != 0 && s.Months%monthsPerYear == 0:
		parts = append(parts, strconv.Itoa(s.Months/monthsPerYear)+"y")
	case s.Months != 0:
		parts = append(parts, strconv.Itoa(s.Months)+"m")
	}
	if s.Days != 0 || s.Months == 0 {
		parts = append(parts, strconv.Itoa(s.Days)+"d")
	}
	return strings.Join(parts, " ")
}

// Add returns the date a span later: first its months, clamped as AddMonths does, then its days.
func (d Date) Add(s Span) Date { return d.AddMonths(s.Months).AddDays(s.Days) }
