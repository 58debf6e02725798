// SPDX-License-Identifier: Apache-2.0

package vec

import (
	"math"
	"math/big"
	"testing"
)

func TestExpError(t *testing.T) {
	r := newRand()
	inputs := []float64{
		1, -1, 0.5, math.Ln2, -math.Ln2, math.Ln2 / 16, 0x1p-1022, -0x1p-54, 0x1p-53, 5e-324,
		709.782712893384, -708.3964185322641, -708.4, -744.4400719213812, -745.1332191019411,
	}
	for range 5000 {
		inputs = append(inputs, 709.78-r.Float64()*(709.78+745.13), 4*r.Float64()-2, math.Ldexp(r.Float64()-0.5, -r.IntN(60)))
	}
	var normal, subnormal worst
	for _, x := range inputs {
		w := &normal
		if x < -708.4 {
			w = &subnormal
		}
		w.add(ulps(ExpOf(x), bigExp(newBig(x))), x)
	}
	normal.atMost(t, 0.6)
	subnormal.atMost(t, 0.8)
}

func TestExpEdges(t *testing.T) {
	for _, c := range []struct{ x, want float64 }{
		{0, 1}, {math.Copysign(0, -1), 1}, {math.Inf(1), math.Inf(1)}, {math.Inf(-1), 0}, {math.NaN(), math.NaN()},
		// log(2^1024 (1-2^-54)) = 709.782712893384 is the last finite result, log(2^-1075) = -745.133219101941...
		{709.7827128933841, math.Inf(1)}, {1e300, math.Inf(1)}, {math.MaxFloat64, math.Inf(1)},
		{-745.1332191019411, 5e-324}, {-745.1332191019412, 0}, {-1e300, 0}, {5e-324, 1}, {-5e-324, 1},
	} {
		if got := ExpOf(c.x); !sameFloat(got, c.want) {
			t.Errorf("ExpOf(%v) = %v, want %v", c.x, got, c.want)
		}
	}
}

// TestExpTables recomputes each constant of exp.go.
func TestExpTables(t *testing.T) {
	for j := range 8 {
		want := newBig(1)
		for range j {
			want.Mul(want, newBig(2))
		}
		for range 3 {
			want.Sqrt(want)
		}
		checkPair(t, "2^(j/8)", exp2Hi[j], exp2Lo[j], want)
	}
	step := new(big.Float).SetPrec(bigPrec).SetMantExp(bigLn2, -3)
	checkPair(t, "ln2/8", ln2By8Hi, ln2By8Lo, step)
	if bits := math.Float64bits(ln2By8Hi); bits&(1<<14-1) != 0 {
		t.Errorf("ln2By8Hi has more than 39 bits: %x", bits)
	}
	inverse, _ := new(big.Float).Quo(newBig(1), step).Float64()
	if inverse != eighthsPerLn2 {
		t.Errorf("8/ln2 = %x", inverse)
	}
	if math.Float64bits(shifter) != shifterBits {
		t.Errorf("the bits of %v are not %x", float64(shifter), uint64(shifterBits))
	}
}

// checkPair demands that hi + lo is want to 92 bits of want.
func checkPair(t *testing.T, name string, hi, lo float64, want *big.Float) {
	t.Helper()
	gap := new(big.Float).SetPrec(bigPrec).Sub(want, newBig(hi))
	gap.Sub(gap, newBig(lo))
	if gap.Sign() != 0 && gap.MantExp(nil) > want.MantExp(nil)-92 {
		t.Errorf("%s: %x + %x is off by 2^%d", name, hi, lo, gap.MantExp(nil))
	}
}

// sameFloat reports equal values with equal signs of zero; NaN equals NaN.
func sameFloat(a, b float64) bool {
	if a != a || b != b {
		return a != a && b != b
	}
	return math.Float64bits(a) == math.Float64bits(b)
}
