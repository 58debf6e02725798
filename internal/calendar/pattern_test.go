// SPDX-License-Identifier: Apache-2.0

package calendar

import (
	"regexp"
	"testing"

	"pgregory.net/rapid"
)

// Whatever is read as a date or a span is matched, and what is plainly neither is not.
func TestPatterns(t *testing.T) {
	date, span := regexp.MustCompile(DatePattern), regexp.MustCompile(SpanPattern())
	read := 0
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[0-9]{4}-[01][0-9]-[0-3][0-9]`).Draw(t, "date")
		if _, err := ParseDate(s); err == nil && !date.MatchString(s) {
			t.Fatalf("%q is a date", s)
		}
		s = rapid.StringMatching(` ?[0-9]{1,3} ?(y|Years|q|m|mo|MONTHS|w|d|days|h)( [0-9]{1,2} ?(q|m|d|weeks))? ?`).Draw(t, "span")
		if _, err := ParseSpan(s); err == nil {
			if read++; !span.MatchString(s) {
				t.Fatalf("%q is a span", s)
			}
		}
	})
	if read == 0 {
		t.Error("no span was read")
	}
	for _, s := range []string{"2026-13-01", "2026-1-01", "1826-01-01", "01-01-2026", "2026-01-32", "2026", "today", "2026-01-01T00:00:00"} {
		if date.MatchString(s) {
			t.Errorf("%q is matched as a date", s)
		}
	}
	for _, s := range []string{"10", "ten years", "1.5y", "10y6m", "-1y", "", "y", "1y,"} {
		if span.MatchString(s) {
			t.Errorf("%q is matched as a span", s)
		}
	}
}
