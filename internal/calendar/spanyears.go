// SPDX-License-Identifier: Apache-2.0

package calendar

import (
	"fmt"
	"strings"
)

// Years is the span in years, at twelve months or 365 days a year.
func (s Span) Years() float64 {
	return float64(s.Months)/monthsPerYear + float64(s.Days)/365
}

// Words is the span in English: 10 years, 30 months, 90 days.
func (s Span) Words() string {
	years, months := s.Months/monthsPerYear, 0
	if s.Months%monthsPerYear != 0 {
		years, months = 0, s.Months
	}
	var parts []string
	for _, p := range []struct {
		n    int
		noun string
	}{{years, "year"}, {months, "month"}, {s.Days, "day"}} {
		switch p.n {
		case 0:
		case 1:
			parts = append(parts, "1 "+p.noun)
		default:
			parts = append(parts, fmt.Sprintf("%d %ss", p.n, p.noun))
		}
	}
	if len(parts) == 0 {
		return "no time"
	}
	return strings.Join(parts, " and ")
}
