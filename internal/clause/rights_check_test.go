// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"strings"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/unit"
)

// wantFaults checks a clause in a deal of four years and compares what is
// found, as "CODE at path".
func wantFaults(t *testing.T, name string, c Clause, want ...string) {
	t.Helper()
	found, in := &reports{}, batterySetting(calendar.Month)
	in.Clauses = []Clause{c}
	c.Check(in, found)
	var got []string
	for _, s := range found.all {
		got = append(got, strings.SplitN(s, ":", 2)[0])
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: %q, want %q", name, got, want)
	}
}

func TestRightsChecks(t *testing.T) {
	after := day("2031-01-01")
	between := func(c Clause, from, to string) Clause {
		*c.Head() = Head{ID: "x", From: from, To: to, Binding: "firm"}
		return c
	}
	ladder := func(rungs ...Rung) Clause { return between(&Exclusivity{Ladder: rungs}, "lab", "cloud") }
	wantFaults(t, "exclusivity", ladder(Rung{Level: "exclusive", Scope: 1}, Rung{From: day("2028-01-01"), Level: "none"}))
	wantFaults(t, "levels out of order", ladder(Rung{From: day("2028-01-01"), Level: "exclusive"}, Rung{Level: "none"}), "LADDER-ORDER at ladder[1].from")
	wantFaults(t, "a level after the term", ladder(Rung{From: after, Level: "exclusive"}), "DATE-OUTSIDE-TERM at ladder[0].from")

	wantFaults(t, "a stream nobody knows", between(&RevenueShare{Of: "sales", Share: 0.2}, "lab", "cloud"), "INDEX-UNKNOWN at of")

	wantFaults(t, "a grant of the buyer's stock", between(&Grant{Worth: unit.Amount{Value: 1}}, "lab", "cloud"), "GRANT-OWN at from")
	wantFaults(t, "a grant on two days", between(&Grant{At: day("2028-01-01"), On: "something"}, "cloud", "lab"), "GRANT-TWICE at on")

	wantFaults(t, "no price of the shares", between(&Warrant{}, "cloud", "lab"), "SHARE-PRICE-MISSING at share_price")
	wantFaults(t, "a price of the buyer's shares", between(&Warrant{SharePrice: "something"}, "lab", "cloud"), "SHARE-PRICE-OWN at share_price")
	gw := 2.0
	wantFaults(t, "power that nobody promises, too late, on an unknown event", between(&Warrant{SharePrice: "something",
		Vests: []Vesting{{Shares: 1, PowerGW: &gw, From: after, On: "ipo"}}, Expires: day("2026-01-01")}, "cloud", "lab"),
		"DATE-OUTSIDE-TERM at expires", "POWER-NEVER at vests[0].gw", "DATE-OUTSIDE-TERM at vests[0].from", "EVENT-UNKNOWN at vests[0].on")

	wantFaults(t, "a right that blocks somebody else", between(&Right{What: "consent", Over: "plans", Blocks: "exit"}, "cloud", "lab"), "RIGHT-BLOCKS at blocks")
}
