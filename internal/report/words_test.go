// SPDX-License-Identifier: Apache-2.0

package report

import (
	"slices"
	"strings"
	"testing"
)

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"  two\t\r\nwords ":        "two words",
		"a\x00b\x1b[1m":            `a\x00b\x1b[1m`,
		"\u009b1m":                 `\u009b1m`,
		"\xff":                     `\xff`,
		"\u202eevil\u2066":         `\u202eevil\u2066`,
		"\U000e0041":               `\U000e0041`,
		"a\u200db":                 `a\u200db`,
		"20\u202fmonths":           "20\u00a0months",
		"\u3000a\u2003b\u2028c":    "a b c",
		"e\u0301":                  "e\u0301",
		"\u0301 x \u0301":          "\u25cc\u0301 x \u25cc\u0301",
		"שלום 漢字":                  "שלום 漢字",
		`C:\x00`:                   `C:\x00`,
		"\ufffd":                   "\ufffd",
		strings.Repeat(" \n", 100): "",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"", 10, nil},
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 6, []string{"one", "two", "three"}},
		{"1.0\u00a0GW now", 5, []string{"1.0\u00a0G", "W now"}},
		{"take 1.0\u00a0GW now", 8, []string{"take", "1.0\u00a0GW", "now"}},
		{"unbreakable", 4, []string{"unbr", "eaka", "ble"}},
		{"a deals/amazon/deal.yaml b", 15, []string{"a", "deals/amazon/", "deal.yaml b"}},
		{"漢字仮名", 5, []string{"漢字", "仮名"}},
		{"漢字", 1, []string{"漢", "字"}},
		{"e\u0301e\u0301e\u0301", 2, []string{"e\u0301e\u0301", "e\u0301"}},
	} {
		if got := wrap(c.text, c.width); !slices.Equal(got, c.want) {
			t.Errorf("wrap(%q, %d) = %q, want %q", c.text, c.width, got, c.want)
		}
	}
}

func TestWrapTitle(t *testing.T) {
	for _, c := range []struct {
		title string
		width int
		want  []string
	}{
		{"", 5, nil},
		{"carry-forward used", 18, []string{"carry-forward used"}},
		{"carry-forward used", 13, []string{"carry-forward", "used"}},
		{"carry-forward used", 8, []string{"carry-", "forward", "used"}},
		{"paid for it", 4, []string{"paid", "for", "it"}},
	} {
		if got := wrapTitle(c.title, c.width); !slices.Equal(got, c.want) {
			t.Errorf("wrapTitle(%q, %d) = %q, want %q", c.title, c.width, got, c.want)
		}
	}
	for lines, want := range []int{1: 18, 2: 12, 3: 7, 4: 7} {
		if lines > 0 && titleWidth("carry-forward used", lines) != want {
			t.Errorf("on %d lines: width %d, want %d", lines, titleWidth("carry-forward used", lines), want)
		}
	}
}

func TestNumerals(t *testing.T) {
	for _, c := range []struct {
		text               string
		decimal, end, unit string // heads of lastNumeral and endNumeral; the tail of the latter
		number             bool
	}{
		{"", "", "", "", true},
		{"–", "–", "–", "", true},
		{"5", "5", "5", "", true},
		{"-0.5", "-0", "-0.5", "", true},
		{"-$4.61B", "-$4", "-$4.61B", "", true},
		{"$1,234,567.89", "$1,234,567", "$1,234,567.89", "", true},
		{"8.62%", "8", "8.62%", "", true},
		{"20.0×", "20", "20.0×", "", true},
		{"6.0 months", "6", "6.0", " months", true},
		{"(3.5)", "(3", "(3.5)", "", true},
		{"US$5B", "US$5", "US$5B", "", true},
		{"≥ 100B", "≥ 100", "≥ 100B", "", true},
		{"at least $100B", "at least $100", "at least $100B", "", false},
		{"month 21", "month 21", "month 21", "", false},
		{"3 to 7", "3 to 7", "3 to 7", "", false},
		{"2026-04-20", "2026-04-20", "2026-04-20", "", false},
		{"5 of them all", "5", "5", " of them all", false},
		{"v.5", "v.5", "v.5", "", false},
		{"none", "none", "none", "", false},
		{"5.", "5", "5.", "", true},
	} {
		decimal, end := lastNumeral(c.text), endNumeral(c.text)
		if decimal.head != c.decimal || decimal.head+decimal.tail != c.text {
			t.Errorf("lastNumeral(%q) = %q, want head %q", c.text, decimal, c.decimal)
		}
		if (end != numeral{c.end, c.unit}) {
			t.Errorf("endNumeral(%q) = %q, want %q and %q", c.text, end, c.end, c.unit)
		}
		if got := isNumber(c.text); got != c.number {
			t.Errorf("isNumber(%q) = %v", c.text, got)
		}
	}
}
