// SPDX-License-Identifier: Apache-2.0

package app

import (
	"strings"
	"testing"

	"offtake/deals"
	"offtake/internal/deal"
)

// A value that is too long for a cell ends after a whole entry, with what was open closed.
func TestShort(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"100B", "100B"},
		{"[{at: " + strings.Repeat("x", 100) + ", part: 1%}, {at: " + strings.Repeat("y", 160) + ", part: 2%}]", "[{at: " + strings.Repeat("x", 100) + ", part: 1%}, ...]"},
		{"{table: [" + strings.Repeat("300M, ", 50) + "1B]}", "{table: [" + strings.TrimRight(strings.Repeat("300M, ", 38), " ") + " ...]}"},
		{strings.Repeat("z", 300), strings.Repeat("z", 240) + " ..."},
	} {
		if got := short(c.text); got != c.want {
			t.Errorf("%s is cut to\n%s, not\n%s", c.text, got, c.want)
		}
	}
}

// A change is told in words, and what is too long for a sentence is not repeated in it.
func TestWhatChanges(t *testing.T) {
	long := strings.Repeat("z", 100)
	c := deal.Change{Remove: []string{"a"}, Add: []string{"b", "c"}, Set: []deal.Value{{Path: "p", Text: "2", Was: "1"}, {Path: "q", Text: "2"}, {Path: "r", Text: long, Was: "1"}, {Path: "s", Text: long}}}
	const want = "a is removed; p is 2 instead of 1; q is 2, which was not given; r is stated anew; s is stated, which was not given; b and c are added"
	if got := whatChanges(c, true); got != want {
		t.Errorf("told as %s, not %s", got, want)
	}
	if got := whatChanges(c, false); !strings.Contains(got, "p is 2; q is 2; r is "+long) {
		t.Errorf("a table does not show the values: %s", got)
	}
}

// What has restated a clause is said once for all amendments.
func TestRestatedBy(t *testing.T) {
	for want, by := range map[string][]string{
		"amendment of 2027-01-01":                             {"amendment of 2027-01-01"},
		"amendments of 2027-01-01 and 2028-01-01":             {"amendment of 2027-01-01", "amendment of 2028-01-01"},
		"amendments of 2027-01-01 and 2028-01-01 and --set":   {"amendment of 2027-01-01", "--set", "amendment of 2028-01-01"},
		"amendment of 2027-01-01, alternative more and --set": {"alternative more", "amendment of 2027-01-01", "--set"},
		"alternative more":                                    {"alternative more"},
	} {
		if got := restatedBy(by); got != want {
			t.Errorf("%v is told as %s, not %s", by, got, want)
		}
	}
}

// A third party is called by what it does in the deal.
func TestPartOf(t *testing.T) {
	for name, want := range map[string]string{"terawulf-google-2025": "Google (guarantor)", "xai-valor-2026": "Apollo (lender)", "coreweave-nvidia-2025": "Nvidia (buyer of what is left over)"} {
		src, _ := NewLibrary(deals.FS).Find(name)
		d, _, list, err := Load(src, Edits{})
		if d == nil {
			t.Fatal(list, err)
		}
		if got := parties(d); !strings.Contains(got, want) {
			t.Errorf("%s is %s, without %s", name, got, want)
		}
		if got := partOf(d, "nobody"); got != "third party" {
			t.Errorf("a party without a clause is a %s", got)
		}
	}
}
