// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"slices"
	"strings"
	"testing"

	"offtake/internal/calendar"
)

// readings are "US presumed to ..." of the rules that a market meets on a day.
func readings(m Market, on string) (out []string) {
	for _, r := range Flags(m, calendar.MustParseDate(on)) {
		initials := ""
		for word := range strings.FieldsSeq(r.Jurisdiction) {
			initials += word[:1]
		}
		out = append(out, initials+" "+r.Place+": "+string(r.Reading))
	}
	return out
}

// Both sides of each threshold, as the documents have them: US 2023, Guideline 1 (index above 1,800 or share above 30%, change
// above 100); US 2010, section 5.3 (1,500 and 2,500; 100 and 200); EU 2004, paragraphs 17 to 20 (50% and 25%; 1,000; 2,000 with
// 250 and 150); EU 2008, paragraph 25 (30% and 2,000); UK 2010, paragraph 5.3.5, and none since 2021.
func TestThresholds(t *testing.T) {
	const (
		presumed = ": presumed to lessen competition"
		concern  = ": raises concerns"
		none     = ": unlikely to raise concerns"
		noUK     = "UK chapter 2: no threshold applies"
		level    = "US Guideline 1 (2.1), as the Department explains the index: a level, with no presumption"
	)
	for _, c := range []struct {
		on   string
		m    Market
		want []string
	}{
		{"2025-06-01", Market{Rivals, 1801, 101, 0.28}, []string{"US Guideline 1 (2.1)" + presumed, "EU paragraph 20" + none, noUK}},
		{"2025-06-01", Market{Rivals, 1800, 101, 0.28}, []string{level, "EU paragraph 20" + none, noUK}},
		{"2025-06-01", Market{Rivals, 1801, 100, 0.28}, []string{"EU paragraph 20" + none, noUK}},
		{"2025-06-01", Market{Rivals, 1500, 101, 0.31}, []string{level, "US Guideline 1 (2.1)" + presumed, "EU paragraph 20" + none, noUK}},
		{"2025-06-01", Market{Rivals, 3400, 800, 0.55}, []string{"US Guideline 1 (2.1)" + presumed, "US Guideline 1 (2.1)" + presumed, "EU paragraph 17" + concern, noUK}},
		{"2025-06-01", Market{Rivals, 999, 101, 0.28}, []string{"EU paragraph 19" + none, noUK}},
		{"2025-06-01", Market{Rivals, 1000, 99, 0.28}, []string{level, "EU paragraph 20" + none, noUK}},
		{"2025-06-01", Market{Rivals, 900, 300, 0.25}, []string{"EU paragraph 18" + none, "EU paragraph 19" + none, noUK}},
		{"2025-06-01", Market{Rivals, 2000, 249, 0.3}, []string{"US Guideline 1 (2.1)" + presumed, "EU paragraph 20" + none, noUK}},
		{"2025-06-01", Market{Rivals, 2001, 150, 0.3}, []string{"US Guideline 1 (2.1)" + presumed, noUK}},
		{"2025-06-01", Market{Rivals, 2001, 149, 0.3}, []string{"US Guideline 1 (2.1)" + presumed, "EU paragraph 20" + none, noUK}},
		{"2015-06-01", Market{Rivals, 2501, 201, 0.3}, []string{"US 5.3" + presumed}},
		{"2015-06-01", Market{Rivals, 2501, 200, 0.3}, []string{"US 5.3" + concern}},
		{"2015-06-01", Market{Rivals, 2500, 201, 0.3}, []string{"US 5.3" + concern}},
		{"2015-06-01", Market{Rivals, 1499, 240, 0.3}, []string{"US 5.3" + none, "EU paragraph 20" + none, "UK 5.3.5" + none}},
		{"2015-06-01", Market{Rivals, 1600, 99, 0.3}, []string{"US 5.3" + none, "EU paragraph 20" + none, "UK 5.3.5" + none}},
		{"2025-06-01", Market{Linked, 1999, 0, 0.29}, []string{"EU paragraph 25" + none, noUK}},
		{"2025-06-01", Market{Linked, 1999, 0, 0.30}, []string{noUK}},
		{"2025-06-01", Market{Linked, 2600, 0, 0.51}, []string{"US Guideline 5 (2.5), footnote 30" + concern, noUK}},
	} {
		if got := readings(c.m, c.on); !slices.Equal(got, c.want) {
			t.Errorf("%s %+v: %q, want %q", c.on, c.m, got, c.want)
		}
	}
}

// One guideline ends on the day the next begins, and drafts flag nothing.
func TestDates(t *testing.T) {
	m := Market{Rivals, 2600, 500, 0.45}
	first := func(on string) string { return Flags(m, calendar.MustParseDate(on))[0].Document }
	if before, after := first("2023-12-17"), first("2023-12-18"); !strings.Contains(before, "(2010)") || !strings.Contains(after, "(2023)") {
		t.Errorf("%q, then %q", before, after)
	}
	drafts := 0
	for _, r := range Rules() {
		if r.Draft() {
			drafts++
		}
		if strings.HasPrefix(r.URL, "https://") == (r.Read == "") {
			t.Errorf("%s was read in %q, %q", r.Place, r.Read, r.URL)
		}
		if r.Jurisdiction == "" || r.Document == "" || r.Place == "" || r.Reading == "" || !r.Until.IsZero() && !r.From.Before(r.Until) {
			t.Errorf("%+v", r)
		}
	}
	if drafts != 7 {
		t.Errorf("%d draft rules", drafts)
	}
	// The draft's levels of shares cover all shares, each once.
	for _, share := range []float64{0, 0.05, 0.10, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5, 0.8, 1} {
		levels := 0
		for _, r := range Rules() {
			if r.Draft() && r.Share != (Bound{}) && r.Share.holds(share) {
				levels++
			}
		}
		if levels != 1 {
			t.Errorf("a share of %v has %d levels", share, levels)
		}
	}
	if got := Flags(m, calendar.MustParseDate("2003-01-01")); len(got) > 0 {
		t.Errorf("before all documents: %+v", got)
	}
}
