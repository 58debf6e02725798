// SPDX-License-Identifier: Apache-2.0

package calendar

import "strings"

// Step is the length of a grid's step.
type Step int

const (
	Month   Step = iota // one month
	Quarter             // three months, from the start date and not from 1 January
	Year                // twelve months, likewise
)

// stepWords are the steps as a deal file spells them.
var stepWords = []string{"month", "quarter", "year"}

// ParseStep reads "month", "quarter" or "year". The error, if any, is an *Error.
func ParseStep(s string) (Step, error) {
	i, err := parseWord(s, "a step", stepWords)
	return Step(i), err
}

// String returns the step as a deal file spells it.
func (s Step) String() string { return stepWords[s] }

// Months returns the length of a step in months.
func (s Step) Months() int { return []int{1, 3, monthsPerYear}[s] }

// PerYear returns the number of steps in a year.
func (s Step) PerYear() int { return monthsPerYear / s.Months() }

// parseWord returns the index of s among the words, or an *Error that lists them.
func parseWord(s, what string, words []string) (int, error) {
	for i, w := range words {
		if w == s {
			return i, nil
		}
	}
	return 0, &Error{s, "is not " + what, "write one of " + strings.Join(words, ", ")}
}
