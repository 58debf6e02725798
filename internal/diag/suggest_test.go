// SPDX-License-Identifier: Apache-2.0

package diag

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSuggest(t *testing.T) {
	fields := []string{"amount", "pre_money", "round", "security", "paid_in", "binding", "from", "to", "at", "commitment", "carry_forward", "settle"}
	for _, c := range []struct{ wrote, want string }{
		{"amont", "amount"}, {"Amount", "amount"}, {"premoney", "pre_money"}, {"pre-money", "pre_money"}, {"form", "from"}, {"comit", ""}, {"commit", "commitment"},
		{"carry", "carry_forward"}, {"carryforwrd", "carry_forward"}, {"xyz", ""}, {"", ""}, {"q", ""}, {"ot", "to"}, {"seclude", ""}, {"se", ""}, {strings.Repeat("a", 65), ""},
	} {
		if got := Suggest(c.wrote, fields); got != c.want {
			t.Errorf("Suggest(%q) = %q; want %q", c.wrote, got, c.want)
		}
	}
	if got := Suggest("bat", []string{"cat", "rat"}); got != "cat" {
		t.Errorf("of two that are equally near: %q; want the first", got)
	}
	if got := Suggest("comm", []string{"commitment", "commission", ""}); got != "" {
		t.Errorf("the beginning of two words suggests %q; want none", got)
	}
}

// slowDistance is the recursion that distance tabulates.
func slowDistance(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	m, n := len(a)-1, len(b)-1
	same := slowDistance(a[:m], b[:n])
	if a[m] != b[n] {
		same++
	}
	best := min(same, slowDistance(a[:m], b)+1, slowDistance(a, b[:n])+1)
	if m > 0 && n > 0 && a[m] == b[n-1] && a[m-1] == b[n] {
		best = min(best, slowDistance(a[:m-1], b[:n-1])+1)
	}
	return best
}

func TestDistance(t *testing.T) {
	word := rapid.SliceOfN(rapid.SampledFrom([]rune("abc")), 0, 6)
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		if got, want := distance(a, b), slowDistance(a, b); got != want {
			t.Errorf("distance(%q, %q) = %d; want %d", string(a), string(b), got, want)
		}
	})
}
