// SPDX-License-Identifier: Apache-2.0

package read

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestPath(t *testing.T) {
	for path, want := range map[string][]string{
		"clauses.series-g.amount":            {"clauses", "series-g", "amount"},
		"clauses.delivery.generations[0].gw": {"clauses", "delivery", "generations", "0", "gw"},
		"clauses.delivery.generations.0.gw":  {"clauses", "delivery", "generations", "0", "gw"},
		"facts[clauses.a.table[2]].status":   {"facts", "clauses.a.table[2]", "status"},
		"amendments[0].set[world.need].x":    {"amendments", "0", "set", "world.need", "x"},
		"":                                   nil,
		"a..b.":                              {"a", "b"},
		"a[b":                                {"a", "b"},
		"[0]":                                {"0"},
		"world.events[the day].x":            {"world", "events", "the day", "x"},
	} {
		if got := Split(path); !slices.Equal(got, want) {
			t.Errorf("%q is split as %q", path, got)
		}
	}
	if got := Clean("clauses.delivery.generations.0.gw"); got != "clauses.delivery.generations[0].gw" {
		t.Error(got)
	}
	if got := Parent("facts[a.b].status"); got != "facts[a.b]" {
		t.Error(got)
	}
	for _, test := range []struct {
		path, outer string
		want        bool
	}{{"a.b", "a", true}, {"a", "a", true}, {"ab", "a", false}, {"a[0]", "a", true}, {"a", "", true}, {"a", "a.b", false}} {
		if Within(test.path, test.outer) != test.want {
			t.Errorf("%q within %q", test.path, test.outer)
		}
	}
}

// TestPathRound holds every list of names that YAML keys can give to come back from
// its path, if brackets in them are paired.
func TestPathRound(t *testing.T) {
	name := rapid.StringMatching(`[a-z0-9. _-]{1,8}(\[[a-z0-9.]{0,4}\])?`)
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(name, 1, 5).Draw(t, "names")
		path := ""
		for _, n := range names {
			path = Join(path, n)
		}
		if got := Split(path); !slices.Equal(got, names) {
			t.Fatalf("%q is split as %q", path, got)
		}
		if Clean(path) != path || !Within(path, Parent(path)) {
			t.Fatalf("%q is not clean", path)
		}
	})
}

func TestIsKey(t *testing.T) {
	for key, want := range map[string]bool{"lab": true, "series-g": true, "a_1": true, "B2": true, "": false, "1a": false, "-a": false, "a.b": false, "é": false, "a b": false} {
		if IsKey(key) != want {
			t.Errorf("%q", key)
		}
	}
}
