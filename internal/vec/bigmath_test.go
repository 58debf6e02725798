// SPDX-License-Identifier: Apache-2.0

package vec

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// An independent second implementation of the functions in math/big: other series, hundreds of bits.

const bigPrec = 200

func newBig(x float64) *big.Float { return new(big.Float).SetPrec(bigPrec).SetFloat64(x) }

// bigLn2 is 2 atanh(1/3).
var bigLn2 = func() *big.Float {
	third := new(big.Float).SetPrec(bigPrec).Quo(newBig(1), newBig(3))
	return bigTwiceAtanh(third)
}()

// bigTwiceAtanh returns 2 (s + s^3/3 + s^5/5 + ...).
func bigTwiceAtanh(s *big.Float) *big.Float {
	prec := s.Prec()
	square := new(big.Float).SetPrec(prec).Mul(s, s)
	power := new(big.Float).SetPrec(prec).Set(s)
	sum := new(big.Float).SetPrec(prec).Set(s)
	for n := int64(3); s.Sign() != 0; n += 2 {
		power.Mul(power, square)
		term := new(big.Float).SetPrec(prec).Quo(power, new(big.Float).SetInt64(n))
		if term.MantExp(nil) < sum.MantExp(nil)-int(prec) {
			break
		}
		sum.Add(sum, term)
	}
	return sum.Add(sum, sum)
}

// bigLog returns log x for x > 0 as k ln2 + 2 atanh((m-1)/(m+1)) with x = 2^k m, m in [0.707, 1.414).
func bigLog(x *big.Float) *big.Float {
	m := new(big.Float).SetPrec(bigPrec)
	k := x.MantExp(m)
	if m.Cmp(newBig(math.Sqrt2/2)) < 0 {
		m.SetMantExp(m, 1)
		k--
	}
	below := new(big.Float).SetPrec(bigPrec).Sub(m, newBig(1))
	above := new(big.Float).SetPrec(bigPrec).Add(m, newBig(1))
	log := bigTwiceAtanh(below.Quo(below, above))
	return log.Add(log, new(big.Float).SetPrec(bigPrec).Mul(newBig(float64(k)), bigLn2))
}

// bigExp returns e^x as 2^k (e^(r/256))^256 with x = k ln2 + r, the inner exponential by Taylor's series.
func bigExp(x *big.Float) *big.Float {
	ratio, _ := new(big.Float).Quo(x, bigLn2).Float64()
	k := math.Round(ratio)
	r := new(big.Float).SetPrec(bigPrec).Mul(newBig(k), bigLn2)
	r.Sub(x, r)
	r.SetMantExp(r, -8)
	sum, term := newBig(1), newBig(1)
	for n := int64(1); n < 40; n++ {
		term.Mul(term, r)
		term.Quo(term, new(big.Float).SetInt64(n))
		sum.Add(sum, term)
	}
	for range 8 {
		sum.Mul(sum, sum)
	}
	return sum.SetMantExp(sum, int(k))
}

// ulps returns the distance of got from want in units of the last place of a float64 near want, those
// of subnormal numbers included.
func ulps(got float64, want *big.Float) float64 {
	if math.IsNaN(got) || math.IsInf(got, 0) {
		return math.Inf(1)
	}
	exponent := max(want.MantExp(nil)-53, -1074)
	gap := new(big.Float).SetPrec(4*bigPrec).Sub(newBig(got), want)
	gap.SetMantExp(gap, -exponent)
	d, _ := gap.Float64()
	return math.Abs(d)
}

// worst keeps the largest error and where it stood.
type worst struct{ err, at float64 }

func (w *worst) add(err, at float64) {
	if err > w.err || math.IsNaN(err) {
		*w = worst{err, at}
	}
}

// atMost fails the test unless the largest error is below the bound that the documentation states.
func (w *worst) atMost(t *testing.T, bound float64) {
	t.Helper()
	t.Logf("largest error %.3g at %v (%x)", w.err, w.at, w.at)
	if !(w.err < bound) {
		t.Errorf("error %v at %v (%x): not below %v", w.err, w.at, w.at, bound)
	}
}

// anyFloat returns a float64 drawn evenly from all bit patterns of positive finite numbers.
func anyFloat(r *rand.Rand) float64 { return math.Float64frombits(r.Uint64N(infBits)) }

func newRand() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }
