// SPDX-License-Identifier: Apache-2.0

package diag

import "testing"

// From EastAsianWidth.txt of Unicode 14.0.
func TestRuneWidth(t *testing.T) {
	for r, want := range map[rune]int{
		'a': 1, '\u00e9': 1, '\u0301': 0, '\u20dd': 0, '\ufe0f': 0, '\u1100': 2, '\u10ff': 1, '\u65e5': 2, '\uff21': 2, '\uff61': 1, '\uac00': 2, '\ud7a3': 2,
		'\U0001f600': 2, '\u20ac': 1, '\u2500': 1, '\u26a1': 2, '\U00020000': 2, '\U0010fffd': 1,
	} {
		if got := runeWidth(r); got != want {
			t.Errorf("%q (%U) takes %d cells; want %d", r, r, got, want)
		}
	}
	for i := range wide {
		if wide[i][0] > wide[i][1] || i > 0 && wide[i-1][1] >= wide[i][0] {
			t.Errorf("range %d is out of order", i)
		}
	}
}
