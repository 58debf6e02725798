// SPDX-License-Identifier: Apache-2.0

package contract

import "testing"

// Of 15 billed under all clauses and 6 the other way 9 are left, 9/15 of each;
// of 4 and 6 the 2 that are owed the other way, 2/6.
func TestBillsSetOff(t *testing.T) {
	for _, c := range []struct {
		name               string
		u, owed, back, all float64
	}{
		{"billed", 10, 15, 6, 9.0 / 15},
		{"the other way", -6, 15, 6, 0},
		{"billed less than the other way", 4, 4, 6, 0},
		{"the other way, more than billed", -6, 4, 6, 2.0 / 6},
		{"cancelled but for less than half a cent", 10, 10, 9.6, 0},
		{"nothing the other way", 0.3, 0.3, 0, 1},
		{"nothing billed", -0.3, 0, 0.3, 1},
	} {
		if got := remains(c.u, c.owed, c.back); got != c.all {
			t.Errorf("%s: %v of it is left, want %v", c.name, got, c.all)
		}
	}
}
