// SPDX-License-Identifier: Apache-2.0

package field

import (
	"math"
	"testing"
)

func TestLimits(t *testing.T) {
	var none Limit
	for _, c := range []struct {
		name         string
		limit        Limit
		x            float64
		below, above bool
		set          bool
	}{
		{name: "none", limit: none, x: -1e300},
		{name: "none, and no number", limit: none, x: math.NaN()},
		{name: "at, below", limit: At(2), x: 1, below: true, set: true},
		{name: "at, on it", limit: At(2), x: 2, set: true},
		{name: "at, above", limit: At(2), x: 3, above: true, set: true},
		{name: "beyond, on it", limit: Beyond(2), x: 2, below: true, above: true, set: true},
		{name: "beyond, next to it", limit: Beyond(2), x: math.Nextafter(2, 3), above: true, set: true},
		{name: "at zero, minus zero", limit: At(0), x: math.Copysign(0, -1), set: true},
		{name: "no number", limit: At(2), x: math.NaN(), below: true, above: true, set: true},
	} {
		if c.limit.Below(c.x) != c.below || c.limit.Above(c.x) != c.above || c.limit.Set() != c.set {
			t.Errorf("%s: below %v, above %v, set %v", c.name, c.limit.Below(c.x), c.limit.Above(c.x), c.limit.Set())
		}
	}
}

func TestKindsHaveNames(t *testing.T) {
	seen := map[string]bool{}
	for k := Text; k <= Refs; k++ {
		if k.String() == "" || seen[k.String()] {
			t.Errorf("kind %d is called %q", k, k)
		}
		seen[k.String()] = true
	}
	if len(seen) != len(kindNames) {
		t.Errorf("%d kinds, %d names", len(seen), len(kindNames))
	}
}
