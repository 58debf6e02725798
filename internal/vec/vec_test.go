// SPDX-License-Identifier: Apache-2.0

package vec

import (
	"math"
	"testing"
)

// column returns n values of every sort: ordinary, signed zeros, infinities, NaN, subnormal.
func column(n int, seed uint64) []float64 {
	odd := []float64{0, math.Copysign(0, -1), 1, -1, math.Inf(1), math.Inf(-1), math.NaN(), 5e-324, math.MaxFloat64, 0.5, 2.5, -1.5}
	r := newRand()
	for range seed {
		r.Uint64()
	}
	c := make([]float64, n)
	for i := range c {
		c[i] = 20*r.Float64() - 10
		if r.IntN(3) == 0 {
			c[i] = odd[r.IntN(len(odd))]
		}
	}
	return c
}

// laneByLane lists each column function with what it does to one lane.
var laneByLane = []struct {
	name   string
	inputs int // how many of a, b, c it reads
	column func(dst, a, b, c []float64)
	lane   func(dst, a, b, c float64) float64
}{
	{"Fill", 0, func(dst, _, _, _ []float64) { Fill(dst, 7) }, func(_, _, _, _ float64) float64 { return 7 }},
	{"Copy", 1, func(dst, a, _, _ []float64) { Copy(dst, a) }, func(_, a, _, _ float64) float64 { return a }},
	{"Add", 2, func(dst, a, b, _ []float64) { Add(dst, a, b) }, func(_, a, b, _ float64) float64 { return a + b }},
	{"Sub", 2, func(dst, a, b, _ []float64) { Sub(dst, a, b) }, func(_, a, b, _ float64) float64 { return a - b }},
	{"Mul", 2, func(dst, a, b, _ []float64) { Mul(dst, a, b) }, func(_, a, b, _ float64) float64 { return a * b }},
	{"Div", 2, func(dst, a, b, _ []float64) { Div(dst, a, b) }, func(_, a, b, _ float64) float64 { return a / b }},
	{"Scale", 1, func(dst, a, _, _ []float64) { Scale(dst, a, 1.1) }, func(_, a, _, _ float64) float64 { return a * 1.1 }},
	{"AddScaled", 1, func(dst, a, _, _ []float64) { AddScaled(dst, a, 1.1) }, func(dst, a, _, _ float64) float64 { return math.FMA(a, 1.1, dst) }},
	{"MulAdd", 3, func(dst, a, b, c []float64) { MulAdd(dst, a, b, c) }, func(_, a, b, c float64) float64 { return math.FMA(a, b, c) }},
	{"Accumulate", 1, func(dst, a, _, _ []float64) { Accumulate(dst, a) }, func(dst, a, _, _ float64) float64 { return dst + a }},
	{"Negate", 1, func(dst, a, _, _ []float64) { Negate(dst, a) }, func(_, a, _, _ float64) float64 { return -a }},
	{"RoundEven", 1, func(dst, a, _, _ []float64) { RoundEven(dst, a) }, func(_, a, _, _ float64) float64 { return math.RoundToEven(a) }},
	{"Min", 2, func(dst, a, b, _ []float64) { Min(dst, a, b) }, func(_, a, b, _ float64) float64 { return pick(a < b, a, b) }},
	{"Max", 2, func(dst, a, b, _ []float64) { Max(dst, a, b) }, func(_, a, b, _ float64) float64 { return pick(a > b, a, b) }},
	{"MinOf", 1, func(dst, a, _, _ []float64) { MinOf(dst, a, 0) }, func(_, a, _, _ float64) float64 { return pick(a < 0, a, 0) }},
	{"MaxOf", 1, func(dst, a, _, _ []float64) { MaxOf(dst, a, 0) }, func(_, a, _, _ float64) float64 { return pick(a > 0, a, 0) }},
	{"Excess", 2, func(dst, a, b, _ []float64) { Excess(dst, a, b) }, func(_, a, b, _ float64) float64 { return pick(0 > a-b, 0, a-b) }},
	{"Select", 3, func(dst, a, b, c []float64) { Select(dst, c, a, b) }, func(_, a, b, c float64) float64 { return pick(c != 0, a, b) }},
	{"Exp", 1, func(dst, a, _, _ []float64) { Exp(dst, a) }, func(_, a, _, _ float64) float64 { return ExpOf(a) }},
	{"Log", 1, func(dst, a, _, _ []float64) { Log(dst, a) }, func(_, a, _, _ float64) float64 { return LogOf(a) }},
	{"NormInv", 1, func(dst, a, _, _ []float64) { NormInv(dst, a) }, func(_, a, _, _ float64) float64 { return NormInvOf(a) }},
	{"AddOf", 1, func(dst, a, _, _ []float64) { AddOf(dst, a, 1.1) }, func(_, a, _, _ float64) float64 { return a + 1.1 }},
	{"DivOf", 1, func(dst, a, _, _ []float64) { DivOf(dst, a, 1.1) }, func(_, a, _, _ float64) float64 { return a / 1.1 }},
	{"Short", 1, func(dst, a, _, _ []float64) { Short(dst, a, 1.1) }, func(_, a, _, _ float64) float64 { return pick(0 > 1.1-a, 0, 1.1-a) }},
	{"AddProduct", 2, func(dst, a, b, _ []float64) { AddProduct(dst, a, b) }, func(dst, a, b, _ float64) float64 { return dst + float64(a*b) }},
	{"DrainFrom", 2, func(dst, a, b, _ []float64) { drained(dst, a, b, dst, nil) }, func(dst, a, b, _ float64) float64 { return dst - moved(dst, a, b) }},
	{"DrainTo", 2, func(dst, a, b, _ []float64) { drained(a, dst, b, nil, dst) }, func(dst, a, b, _ float64) float64 { return dst + moved(a, dst, b) }},
	{"Below", 1, func(dst, a, _, _ []float64) { Below(dst, a, 0.5) }, func(_, a, _, _ float64) float64 { return pick(a < 0.5, 1, 0) }},
	{"Rotate, first", 1, func(dst, a, _, _ []float64) { Rotate(dst, other(a), 0.8, 0.6) }, func(dst, a, _, _ float64) float64 { return float64(0.8*dst) + float64(0.6*a) }},
	{"Rotate, second", 1, func(dst, a, _, _ []float64) { Rotate(other(a), dst, 0.8, 0.6) }, func(dst, a, _, _ float64) float64 { return float64(0.6*a) - float64(0.8*dst) }},
	{"AddMultiple", 1, func(dst, a, _, _ []float64) { AddMultiple(dst, a, 1.1) }, func(dst, a, _, _ float64) float64 { return dst + float64(a*1.1) }},
	{"Grow", 1, func(dst, a, _, _ []float64) { Grow(dst, a, 0.3, [3]float64{1.1, 0.7, 12}) }, func(_, a, _, _ float64) float64 { return float64(float64(ExpOf(a+0.3)*1.1)*0.7) * 12 }},
	{"ScaleAdd", 1, func(dst, a, _, _ []float64) { ScaleAdd(dst, 0.9, a, 1.1) }, func(dst, a, _, _ float64) float64 { return math.FMA(a, 1.1, dst*0.9) }},
}

// other is a copy of a column, for what writes two, in room that is used again.
func other(a []float64) []float64 {
	spare = append(spare[:0], a...)
	return spare
}

var spare []float64

func pick(first bool, a, b float64) float64 {
	if first {
		return a
	}
	return b
}

// drained runs Drain on copies, and keeps the columns that are wanted of them.
func drained(from, to, most, keepFrom, keepTo []float64) {
	var room [3][1500]float64
	f, t, limit := room[0][:len(from)], room[1][:len(to)], room[2][:len(most)]
	copy(f, from)
	copy(t, to)
	copy(limit, most)
	Drain(f, t, limit)
	copy(keepFrom, f)
	copy(keepTo, t)
}

// moved is what Drain moves in one lane.
func moved(from, to, most float64) float64 {
	x := pick(0 > most-to, 0, most-to)
	return pick(from < x, from, x)
}

// TestLaneByLane runs every column function at lengths around the widths of kernels, on separate
// columns and with dst as each input in turn.
func TestLaneByLane(t *testing.T) {
	for _, f := range laneByLane {
		for _, n := range []int{0, 1, 7, 8, 9, 64, 513} {
			dst, a, b, c := column(n, 1), column(n, 2), column(n, 3), column(n, 4)
			for alias, target := range [][]float64{dst, a, b, c} {
				want := make([]float64, n)
				for i := range want {
					want[i] = f.lane(target[i], a[i], b[i], c[i])
				}
				got := append([]float64{}, target...)
				in := [][]float64{dst, a, b, c}
				in[alias], in[0] = got, got
				f.column(in[0], in[1], in[2], in[3])
				for i := range want {
					if !sameFloat(got[i], want[i]) {
						t.Fatalf("%s, %d lanes, dst as input %d: lane %d is %v, want %v", f.name, n, alias, i, got[i], want[i])
					}
				}
			}
		}
	}
}

func TestUnequalLengthsPanic(t *testing.T) {
	for _, f := range laneByLane {
		for input := 1; input <= f.inputs; input++ {
			for _, length := range []int{8, 10} {
				in := [][]float64{column(9, 1), column(9, 2), column(9, 3), column(9, 4)}
				in[input] = column(length, 5)
				if !panics(func() { f.column(in[0], in[1], in[2], in[3]) }) {
					t.Errorf("%s runs with 9 lanes and an input %d of %d", f.name, input, length)
				}
			}
		}
	}
}

func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return false
}

func TestAnyAllEqualAndAllAbove(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		a                 []float64
		any, equal, above bool
	}{
		{nil, false, true, true}, {[]float64{0, math.Copysign(0, -1)}, false, true, false}, {[]float64{0, 0, nan}, true, false, false},
		{[]float64{1, 0}, true, false, false}, {[]float64{1, nan}, true, false, false}, {[]float64{1, 5e-324}, true, false, true},
	} {
		if got := Any(c.a); got != c.any {
			t.Errorf("Any(%v) = %v", c.a, got)
		}
		if got := AllEqual(c.a, 0); got != c.equal {
			t.Errorf("AllEqual(%v, 0) = %v", c.a, got)
		}
		if got := NoneAbove(make([]float64, len(c.a)), c.a); !got {
			t.Errorf("zero is above some of %v", c.a)
		}
		if got := NoneAbove(c.a, make([]float64, len(c.a))); got != (c.equal || len(c.a) == 3) {
			t.Errorf("NoneAbove(%v, 0) = %v", c.a, got)
		}
		if got := AllAbove(c.a, 0); got != c.above {
			t.Errorf("AllAbove(%v, 0) = %v", c.a, got)
		}
	}
	if AllEqual([]float64{nan}, nan) {
		t.Error("a NaN equals a NaN")
	}
}

// TestSumOrder recomputes the documented order without the loops of Sum.
func TestSumOrder(t *testing.T) {
	r := newRand()
	for _, n := range []int{0, 1, 7, 8, 9, 511, 512, 513, 1024, 1025, 5000} {
		a := make([]float64, n)
		for i := range a {
			a[i] = math.Ldexp(r.Float64()-0.5, r.IntN(40))
		}
		if got, want := Sum(a), sumByBook(a); got != want {
			t.Errorf("%d lanes: Sum = %v, the documented order gives %v", n, got, want)
		}
	}
}

// sumByBook follows the words of Sum's documentation.
func sumByBook(a []float64) float64 {
	var chunks []float64
	for start := 0; start < len(a); start += 512 {
		partial := map[int]float64{}
		for i := start; i < min(start+512, len(a)); i++ {
			partial[i%8] += a[i]
		}
		chunks = append(chunks, ((partial[0]+partial[4])+(partial[2]+partial[6]))+((partial[1]+partial[5])+(partial[3]+partial[7])))
	}
	var tree func(c []float64) float64
	tree = func(c []float64) float64 {
		if len(c) == 1 {
			return c[0]
		}
		left := 1
		for 2*left < len(c) {
			left *= 2
		}
		return tree(c[:left]) + tree(c[left:])
	}
	if len(chunks) == 0 {
		return 0
	}
	return tree(chunks)
}

// TestSumFrozen: the bits of one sum, so that a change of order cannot pass unseen.
func TestSumFrozen(t *testing.T) {
	a := make([]float64, 3000)
	for i := range a {
		a[i] = 1 / float64(i+1)
	}
	if got, want := math.Float64bits(Sum(a)), uint64(0x40212ae143fcd62c); got != want {
		t.Errorf("Sum has bits %#x, frozen are %#x", got, want)
	}
}

func TestNothingAllocates(t *testing.T) {
	dst, a, b, c := column(1500, 1), column(1500, 2), column(1500, 3), column(1500, 4)
	for _, f := range laneByLane {
		if n := testing.AllocsPerRun(10, func() { f.column(dst, a, b, c) }); n != 0 {
			t.Errorf("%s allocates %v times", f.name, n)
		}
	}
	scalars := func() {
		dst[0] = Sum(a) + ExpOf(1) + LogOf(2) + PowOf(2, 3) + NormInvOf(0.3) + NormCDFOf(0.3)
		if Any(a) && AllEqual(a, 1) && AllAbove(a, 1) {
			dst[1] = 0
		}
	}
	if n := testing.AllocsPerRun(10, scalars); n != 0 {
		t.Errorf("the scalar functions allocate %v times", n)
	}
}
