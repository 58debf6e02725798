// SPDX-License-Identifier: Apache-2.0

package calendar

// Years is the span in years, at twelve months or 365 days a year.
func (s Span) Years() float64 {
	return float64(s.Months)/monthsPerYear + float64(s.Days)/365
}
