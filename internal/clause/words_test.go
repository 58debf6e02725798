// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"testing"

	"offtake/internal/calendar"
)

// Small words of sentences.
func TestWords(t *testing.T) {
	in := batterySetting(calendar.Month)
	for want, got := range map[string]string{
		"1st": nth(1), "2nd": nth(2), "3rd": nth(3), "4th": nth(4), "11th": nth(11), "12th": nth(12), "13th": nth(13), "21st": nth(21), "112th": nth(112),
		"$20.93": in.each(20.93), "$0.8125": in.each(0.8125), "$1,234.50": in.each(1234.5), "$0.00": in.each(0),
		"a": either([]string{"a"}), "a or b": either([]string{"a", "b"}), "a, b or c": either([]string{"a", "b", "c"}),
		"0.22": gigawatts(0.02 + 0.08 + 0.12), "41,011,803": commas("41_011_803"),
		"": worthOf("This", 1), " This is taken to be worth 90% of its face.": worthOf("This", 0.9),
		"90 days'": ofTime(calendar.Span{Days: 90}), "1 year's": ofTime(calendar.Span{Months: 12}),
	} {
		if got != want {
			t.Errorf("%q, and not %q", got, want)
		}
	}
}
