// SPDX-License-Identifier: Apache-2.0

package diag

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Whatever stands in a line, the caret stands under the place and the text fits the room.
func TestCutAligns(t *testing.T) {
	piece := rapid.SampledFrom([]string{"a", "b c", "\t", "\u65e5", "e\u0301", "\x1b", "\u202e", "\xff", "\U0001f600", "\u00a0", "word "})
	line := rapid.SliceOfN(piece, 0, 60)
	rapid.Check(t, func(t *rapid.T) {
		before, after := strings.Join(line.Draw(t, "before"), ""), strings.Join(line.Draw(t, "after"), "")
		mark := strings.Repeat("X", rapid.IntRange(1, 8).Draw(t, "width"))
		room := rapid.SampledFrom([]int{0, 20, 21, 40, 72, 112}).Draw(t, "room")
		text, carets := cut(before+mark+after, len([]rune(before)), len(mark), room)
		if room > 0 && textWidth(text) > room {
			t.Errorf("%q takes %d cells of %d", text, textWidth(text), room)
		}
		pad := len(carets) - len(strings.TrimLeft(carets, " "))
		if len(carets)-pad != len(mark) {
			t.Errorf("%d carets under %q", len(carets)-pad, mark)
		}
		if at := strings.Index(text, mark); at < 0 || textWidth(text[:at]) != pad {
			t.Errorf("the mark is not over the carets:\n%s\n%s", text, carets)
		}
	})
}

// What does not fit is cut at the sides that need it, and no more than must be.
func TestCutFills(t *testing.T) {
	line := strings.Repeat("0123456789", 10)
	for _, c := range []struct {
		column, width int
		text, carets  string
	}{
		{0, 1, "01234567890123456...", "^"},
		{16, 1, "01234567890123456...", "                ^"},
		{17, 1, "...90123456789012...", "           ^"},
		{50, 14, "...01234567890123...", "   ^^^^^^^^^^^^^^"},
		{50, 99, "...01234567890123...", "   ^^^^^^^^^^^^^^"},
		{99, 1, "...34567890123456789", "                   ^"},
		{100, 1, "...4567890123456789 ", "                   ^"},
	} {
		text, carets := cut(line, c.column, c.width, 20)
		if text != c.text || carets != c.carets {
			t.Errorf("column %d, width %d:\n%s\n%s\nwant\n%s\n%s", c.column, c.width, text, carets, c.text, c.carets)
		}
	}
	if text, _ := cut("01234567890123456789", 3, 1, 20); text != "01234567890123456789" {
		t.Errorf("a line that fits is cut: %s", text)
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"one two three", 8, "one two\n  three"}, {"one two three", 0, "one two three"}, {"one  two", 80, "one  two"}, {"verylongword next", 6, "verylongword\n  next"},
		{"a verylongword", 6, "a verylongword"}, {"abc verylongword", 6, "abc\n  verylongword"}, {"\u65e5\u65e5 \u65e5\u65e5 x", 9, "\u65e5\u65e5 \u65e5\u65e5\n  x"}, {"", 5, ""},
	} {
		if got := wrap(c.text, 2, c.width); got != c.want {
			t.Errorf("wrap(%q, %d) = %q; want %q", c.text, c.width, got, c.want)
		}
	}
}
