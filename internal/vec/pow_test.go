// SPDX-License-Identifier: Apache-2.0

package vec

import (
	"math"
	"math/big"
	"testing"
)

func bigPow(x, y float64) *big.Float {
	log := bigLog(newBig(x))
	return bigExp(log.Mul(log, newBig(y)))
}

func TestPowError(t *testing.T) {
	r := newRand()
	var w worst
	for i := range 5000 {
		x := anyFloat(r)
		if i%2 == 0 {
			x = 0.5 + r.Float64()
		}
		// Any exponent that leaves the result finite, and small ones.
		span := 700 / math.Abs(LogOf(x))
		for _, y := range []float64{(2*r.Float64() - 1) * span, r.Float64(), float64(r.IntN(40) - 20), 1.0 / 12} {
			if math.Abs(y) <= span {
				w.add(ulps(PowOf(x, y), bigPow(x, y)), x)
			}
		}
	}
	w.atMost(t, 1)
}

// TestPowExact: a power that a float64 holds is returned exactly.
func TestPowExact(t *testing.T) {
	for base := int64(2); base <= 100; base++ {
		power := new(big.Int).SetInt64(base)
		for n := 1; power.BitLen() <= 53; n++ {
			want := float64(power.Int64())
			if got := PowOf(float64(base), float64(n)); got != want {
				t.Errorf("%d^%d = %v, want %v", base, n, got, want)
			}
			power.Mul(power, big.NewInt(base))
		}
	}
	for _, c := range []struct{ x, y, want float64 }{
		{4, 0.5, 2}, {0.25, -1.5, 8}, {2, -1074, 5e-324}, {2, 1023, 0x1p1023}, {1.5, 2, 2.25},
		{1.1, 1, 1.1}, {3, 1, 3}, {1e-310, 1, 1e-310}, {-3, 3, -27}, {-2, -2, 0.25},
	} {
		if got := PowOf(c.x, c.y); got != c.want {
			t.Errorf("PowOf(%v, %v) = %v, want %v", c.x, c.y, got, c.want)
		}
	}
}

// TestPowEdges: C99, annex F.9.4.4.
func TestPowEdges(t *testing.T) {
	inf, nan, minus0 := math.Inf(1), math.NaN(), math.Copysign(0, -1)
	for _, c := range []struct{ x, y, want float64 }{
		{nan, 0, 1}, {inf, 0, 1}, {0, 0, 1}, {1, nan, 1}, {1, inf, 1}, {-1, inf, 1}, {-1, -inf, 1},
		{nan, 1, nan}, {2, nan, nan}, {-8, 1.0 / 3, nan}, {-8, 0.5, nan},
		{0, 2, 0}, {0, 3, 0}, {minus0, 3, minus0}, {minus0, 2, 0}, {0, -1, inf}, {minus0, -1, -inf}, {minus0, -2, inf}, {0, inf, 0}, {0, -inf, inf},
		{2, inf, inf}, {2, -inf, 0}, {0.5, inf, 0}, {0.5, -inf, inf},
		{inf, 2, inf}, {inf, -2, 0}, {-inf, 3, -inf}, {-inf, -3, minus0}, {-inf, 0.5, inf}, {-inf, -0.5, 0},
		{2, 1e300, inf}, {2, -1e300, 0}, {-2, 1025, -inf}, {-2, 1e300, inf}, {-2, -1075, minus0}, {10, 309, inf}, {10, -324, 0},
	} {
		if got := PowOf(c.x, c.y); !sameFloat(got, c.want) {
			t.Errorf("PowOf(%v, %v) = %v, want %v", c.x, c.y, got, c.want)
		}
	}
}
