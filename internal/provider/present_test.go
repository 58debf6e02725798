// SPDX-License-Identifier: Apache-2.0

package provider

import (
	"math"
	"testing"
)

// Two gigawatts from the second of four years on, at a factor of 0.9 a year: 2 x 35
// when they begin, and 2 x (power + 2% of 35) at the ends of three years; of the chips,
// of five years, two fifths are left, of the shell 17 twentieths.
func TestPresent(t *testing.T) {
	terms := NewTerms()
	terms.Power.PriceCents, terms.Power.Load, terms.Power.PUE = 5000, 1, 1
	curve := []float64{0.9, 0.81, 0.729, 0.6561}
	builds := []Build{{Years: 1, Until: 4, PowerGW: 2, ChipsCents: 50e11, ShellCents: 20e11}, {Years: 9, Until: 10, PowerGW: 1, ChipsCents: 1e11}}
	running := 2 * (1000*8760*5000 + 0.02*35e11)
	want := 70e11*0.81 + running*(0.81+0.729+0.6561) - (50e11*0.4+20e11*0.85)*0.6561
	if got := terms.Present(builds, curve, 1); math.Abs(got/want-1) > 1e-12 {
		t.Errorf("present cost %v, want %v", got, want)
	}
}
