// SPDX-License-Identifier: Apache-2.0

package cashflow

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawDated draws flows and dates: cheques in, revenue out, or random signs.
func drawDated(t *rapid.T) (flows, years []float64) {
	amount := rapid.Float64Range(-1e12, 1e12)
	switch rapid.IntRange(0, 2).Draw(t, "kind") {
	case 0: // one sign change: invested first
		flows = rapid.SliceOfN(rapid.Float64Range(-1e12, -1), 1, 5).Draw(t, "paid")
		flows = append(flows, rapid.SliceOfN(rapid.Float64Range(1, 1e12), 1, 40).Draw(t, "received")...)
	case 1: // few changes: whole cents, many of them small or zero
		for _, flow := range rapid.SliceOfN(rapid.IntRange(-9, 9), 1, 12).Draw(t, "small") {
			flows = append(flows, float64(flow))
		}
	default:
		flows = rapid.SliceOfN(amount, 1, 60).Draw(t, "flows")
	}
	year := 0.0
	for range flows {
		years = append(years, year)
		year += float64(rapid.IntRange(0, 500).Draw(t, "days")) / 365
	}
	return flows, years
}

// ordinary makes amounts that XIRR accepts: zero where they are too small to be money.
func ordinary(flows []float64) []float64 {
	for i, flow := range flows {
		if math.Abs(flow) < 1e-6 {
			flows[i] = 0
		}
	}
	return flows
}

// count is all the rates of r, and whether that is certain.
func count(r Roots) (n int, sure bool) {
	n, more := certain(r)
	return n, !more
}

// At each rate found, the net present value is nothing next to the money that moves.
func TestRatesSolve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows, years := drawDated(t)
		roots := XIRR(ordinary(flows), years)
		if roots.Err != nil || !slices.IsSorted(roots.Rates) {
			t.Fatalf("got %v", roots)
		}
		for _, rate := range roots.Rates {
			if rate < MinRate || rate > MaxRate {
				t.Fatalf("rate %v is out of range", rate)
			}
			if got := residue(rate, flows, years); got > 1e-12 {
				t.Fatalf("NPV at %v is %v of gross flows", rate, got)
			}
		}
	})
}

// residue is |XNPV| relative to the sum of the discounted sizes of the flows.
func residue(rate float64, flows, years []float64) float64 {
	sizes := make([]float64, len(flows))
	for i, flow := range flows {
		sizes[i] = math.Abs(flow)
	}
	return math.Abs(XNPV(rate, flows, years)) / XNPV(rate, sizes, years)
}

// No rate is missed where the net present value, seen at many rates, changes sign; and the number
// of rates is even or odd as the first and last flow agree or differ, and at most the sign changes.
func TestNoCrossingIsMissed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows, years := drawDated(t)
		roots := XIRR(ordinary(flows), years)
		n, sure := count(roots)
		value := newSum(flows, years)
		if n > value.changes() {
			t.Fatalf("%v, but only %d sign changes", roots, value.changes())
		}
		if len(value.amounts) > 0 && sure {
			odd := sign(value.amounts[0]) != sign(value.amounts[len(value.amounts)-1])
			if odd != (n%2 == 1) {
				t.Fatalf("%v: %d rates, odd should be %v", roots, n, odd)
			}
		}
		last := 0.0
		for u := -9.0; u < 13.5; u += 0.06 {
			rate := math.Expm1(u)
			if residue(rate, flows, years) < 1e-9 {
				continue
			}
			now := XNPV(rate, flows, years)
			if last*now < 0 || math.Signbit(last) != math.Signbit(now) && last != 0 {
				inside := slices.ContainsFunc(roots.Rates, func(r float64) bool { return r < rate && r > math.Expm1(u-0.5) })
				if !inside && len(roots.Undecided) == 0 {
					t.Fatalf("the NPV changes sign just below %v: got %v", rate, roots)
				}
			}
			last = now
		}
	})
}

// The unit of money is nothing to the rates: a power of two leaves every bit; any factor, and the
// change of sides, leaves the count.
func TestScaling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows, years := drawDated(t)
		ordinary(flows)
		want := XIRR(flows, years)
		power := rapid.SampledFrom([]float64{2, 0x1p-10, 0x1p60}).Draw(t, "power of two")
		scaled := func(factor float64) Roots {
			other := make([]float64, len(flows))
			for i, flow := range flows {
				other[i] = factor * flow
			}
			return XIRR(other, years)
		}
		if got := scaled(power); !same(got, want) {
			t.Fatalf("%v becomes %v", want, got)
		}
		got := scaled(-rapid.Float64Range(0.01, 100).Draw(t, "factor"))
		m, sureThen := count(got)
		if n, sure := count(want); sure && sureThen && m != n {
			t.Fatalf("%v becomes %v", want, got)
		}
	})
}

// same says whether two results have the same bits.
func same(a, b Roots) bool {
	return slices.Equal(a.Rates, b.Rates) && slices.Equal(a.Undecided, b.Undecided) &&
		a.Below == b.Below && a.Above == b.Above && a.Reason == b.Reason
}

// Later by two periods is the same; run backward in time each growth factor is inverted.
func TestTimeShiftAndReversal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		flows, _ := drawDated(t)
		want := IRR(ordinary(flows))
		later := IRR(append([]float64{0, 0}, flows...))
		n, sure := count(want)
		if m, sureLater := count(later); sure && sureLater && m != n {
			t.Fatalf("%v becomes %v later", want, later)
		}
		slices.Reverse(flows)
		back := IRR(flows)
		if m, sureBack := count(back); sure && sureBack && m != n {
			t.Fatalf("%v becomes %v backward", want, back)
		}
		if rate, ok := want.Only(); ok && rate < 5000 && sure {
			inverse, ok := back.Only()
			if !ok || math.Abs(math.Log1p(inverse)+math.Log1p(rate)) > 1e-9 {
				t.Fatalf("%v becomes %v backward", want, back)
			}
		}
	})
}

// Norstrom 1972: if the running sums change sign once, and end other than zero, exactly one rate is
// above zero. Whole amounts make the running sums exact.
func TestNorstrom(t *testing.T) {
	seen := 0
	rapid.Check(t, func(t *rapid.T) {
		var flows []float64
		total, changes, last := 0.0, 0, 0
		for _, flow := range rapid.SliceOfN(rapid.IntRange(-20, 20), 2, 30).Draw(t, "flows") {
			flows = append(flows, float64(flow))
			total += float64(flow)
			if now := sign(total); now != 0 {
				if last == -now {
					changes++
				}
				last = now
			}
		}
		if changes != 1 || total == 0 {
			return
		}
		seen++
		roots := IRR(flows)
		positive := roots.Above
		for _, rate := range roots.Rates {
			if rate > 0 {
				positive++
			}
		}
		if positive != 1 {
			t.Fatalf("%v: got %v", flows, roots)
		}
		for _, span := range roots.Undecided {
			if span.Hi > 0 {
				t.Fatalf("%v: got %v", flows, roots)
			}
		}
	})
	if seen < 5 {
		t.Errorf("only %d lists satisfied the criterion", seen)
	}
}

// The inverse of the rates' meaning: flows built to earn a rate have that rate.
func TestBuiltToEarn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate := rapid.Float64Range(-0.9, 20).Draw(t, "rate")
		days := rapid.IntRange(1, 5000).Draw(t, "days")
		years := []float64{0, float64(days) / 365}
		flows := []float64{-1e9, 1e9 * math.Pow(1+rate, years[1])}
		if flows[1] < 1e-3 || flows[1] > 1e60 {
			return
		}
		got, ok := XIRR(flows, years).Only()
		if !ok || math.Abs(got-rate) > 1e-11*(1+math.Abs(rate))*math.Max(1, 1/years[1]) {
			t.Fatalf("got %v, want %v", got, rate)
		}
	})
}
