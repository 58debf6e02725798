// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/contract"
)

// A clause is in force in the steps that begin on or after since and before
// until.
func TestWindow(t *testing.T) {
	g := testGrid(t, "6m", calendar.Month, 0) // from 1 January 2027
	for _, c := range []struct{ since, until, want string }{
		{"", "", "{0 0  0}"},
		{"2026-05-01", "", "{0 0  0}"},
		{"2027-02-01", "", "{1 0  0}"},
		{"2027-02-02", "2027-05-01", "{2 4  0}"},
		{"", "2027-05-02", "{0 5  0}"},
		{"", "2027-01-01", "{1 1  0}"}, // never
		{"2027-04-01", "2027-02-01", "{3 3  0}"},
	} {
		h := Head{}
		if c.since != "" {
			h.Since = day(c.since)
		}
		if c.until != "" {
			h.Until = day(c.until)
		}
		if got := fmt.Sprint(h.terms(g)); got != c.want {
			t.Errorf("since %q until %q: %s, want %s", c.since, c.until, got, c.want)
		}
	}
	if got := (&Head{If: "ipo", Likely: 0.4}).terms(g); got != (contract.Terms{Event: "ipo", Probability: 0.4}) {
		t.Errorf("conditions: %v", got)
	}
}
