// SPDX-License-Identifier: Apache-2.0

package vec

import (
	"math"
	"math/big"
	"testing"
)

func TestLogError(t *testing.T) {
	r := newRand()
	inputs := []float64{
		2, 0.5, 10, math.MaxFloat64, 0x1p-1022, 5e-324, 0x1.fffffffffffffp-1023,
		1 + 0x1p-52, 1 - 0x1p-53, 1 - 1.0/64, 1 - 1.0/64 - 0x1p-53, 1 + 1.0/32, 1 + 1.0/32 - 0x1p-52,
	}
	for i := range 5000 {
		inputs = append(inputs, anyFloat(r), 0.7+0.8*r.Float64(), 1+math.Ldexp(r.Float64()-0.5, -i%50), r.Float64()*0x1p-1022)
	}
	var w worst
	for _, x := range inputs {
		w.add(ulps(LogOf(x), bigLog(newBig(x))), x)
	}
	w.atMost(t, 0.51)
}

func TestLogEdges(t *testing.T) {
	for _, c := range []struct{ x, want float64 }{
		{1, 0}, {0, math.Inf(-1)}, {math.Copysign(0, -1), math.Inf(-1)}, {math.Inf(1), math.Inf(1)},
		{math.Inf(-1), math.NaN()}, {-1, math.NaN()}, {-5e-324, math.NaN()}, {math.NaN(), math.NaN()},
	} {
		if got := LogOf(c.x); !sameFloat(got, c.want) {
			t.Errorf("LogOf(%v) = %v, want %v", c.x, got, c.want)
		}
	}
}

// TestLogParts holds the unevaluated sum that PowOf needs to its stated relative error.
func TestLogParts(t *testing.T) {
	r := newRand()
	var w worst
	for i := range 5000 {
		for _, x := range []float64{anyFloat(r), 0.7 + 0.8*r.Float64(), 1 + math.Ldexp(r.Float64()-0.5, -i%50)} {
			if x == 1 {
				continue
			}
			hi, lo := logParts(x)
			want := bigLog(newBig(x))
			gap := new(big.Float).SetPrec(bigPrec).Sub(want, newBig(hi))
			gap.Sub(gap, newBig(lo))
			relative, _ := gap.Quo(gap, want).Float64()
			w.add(math.Abs(relative), x)
			if math.Abs(lo) > 0x1p-10*math.Abs(hi) {
				t.Fatalf("logParts(%v) = %v + %v: the second part is large", x, hi, lo)
			}
		}
	}
	w.atMost(t, 1.5e-19)
}

// TestLogTables recomputes the constants of log.go, and checks that r = m c - 1 is exact at the ends of
// each interval and in between.
func TestLogTables(t *testing.T) {
	checkPair(t, "ln2", ln2Hi, ln2Lo, bigLn2)
	for i, c := range logC {
		if want := bigLog(newBig(c)); want.Sign() != 0 {
			checkPair(t, "-log c", logHi[i], logLo[i], want.Neg(want))
		} else if logHi[i] != 0 || logLo[i] != 0 {
			t.Errorf("log 1 = %v + %v", logHi[i], logLo[i])
		}
		if scaled := logHi[i] * 0x1p42; scaled != math.Trunc(scaled) {
			t.Errorf("logHi[%d] is no multiple of 2^-42", i)
		}
	}
	if scaled := ln2Hi * 0x1p42; scaled != math.Trunc(scaled) {
		t.Error("ln2Hi is no multiple of 2^-42")
	}
	random := newRand()
	for i, c := range logC {
		first := uint64(logOffset + i<<48)
		for _, bits := range []uint64{first, first + 1, first + random.Uint64N(1<<48), first + 1<<48 - 1} {
			m := math.Float64frombits(bits)
			r := math.FMA(m, c, -1)
			exact := new(big.Float).SetPrec(bigPrec).Mul(newBig(m), newBig(c))
			exact.Sub(exact, newBig(1))
			if exact.Cmp(newBig(r)) != 0 || r < -0.04297 || r > 0.04102 {
				t.Errorf("interval %d, m = %x: r = %v is inexact or out of range", i, m, r)
			}
		}
	}
}
