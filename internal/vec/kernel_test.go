// SPDX-License-Identifier: Apache-2.0

package vec

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// kernels returns the names of the loops that run here, plain first.
func kernels() []string { return kernelNames[:bestKernel()+1] }

// with runs f with the named loops.
func with(tb testing.TB, name string, f func()) {
	tb.Helper()
	defer func(before kernel) { active = before }(active)
	if err := Use(name); err != nil {
		tb.Fatal(err)
	}
	f()
}

func TestUse(t *testing.T) {
	if Kernel() != kernelNames[bestKernel()] {
		t.Errorf("starts with %s", Kernel())
	}
	for _, name := range []string{"", "sse", "AVX512"} {
		if err := Use(name); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("Use(%q): %v", name, err)
		}
	}
	for _, name := range kernelNames[len(kernels()):] {
		if err := Use(name); err == nil {
			t.Errorf("uses %s, which does not run here", name)
		}
	}
	for i, name := range kernels() {
		with(t, name, func() {
			if Kernel() != name || Width() != []int{1, 4, 8}[i] {
				t.Errorf("asked for %s, runs %s", name, Kernel())
			}
		})
	}
	t.Logf("in use: %s", Kernel())
}

// wild returns n values from everywhere: all bit patterns, edges of functions, and ordinary ones.
func wild(r *rand.Rand, n int) []float64 {
	odd := []float64{
		0, math.Copysign(0, -1), 1, -1, math.Inf(1), math.Inf(-1), math.NaN(), -math.NaN(), 5e-324, -5e-324, 0x1p-1022, 0x0.fffffffffffffp-1022,
		math.MaxFloat64, -math.MaxFloat64, 0.5, 0.075, 0.925, 1 - 0x1p-53, 0x1p-53, 1.4e-11, 1e-300, 2.5, -1.5, 709.79, -745.13, -746.5, 711,
	}
	sort := r.IntN(6)
	c := make([]float64, n)
	for i := range c {
		switch sort {
		case 0:
			c[i] = math.Float64frombits(r.Uint64())
		case 1:
			c[i] = odd[r.IntN(len(odd))]
		case 2:
			c[i] = r.Float64()
		case 3:
			c[i] = r.NormFloat64() * 300
		case 4:
			c[i] = anyFloat(r)
		default:
			c[i] = r.Float64()
			if r.IntN(9) == 0 {
				c[i] = odd[r.IntN(len(odd))]
			}
		}
	}
	return c
}

// keepsBits are the functions that hand bits on, those of a NaN too. Elsewhere one NaN is as good as
// another: which operand of a sum it comes from is the compiler's choice even in the plain loop.
var keepsBits = map[string]bool{
	"Fill": true, "Copy": true, "Negate": true, "Min": true, "Max": true, "MinOf": true, "MaxOf": true, "Select": true,
}

// sameColumn returns the first lane in which two columns differ, or -1.
func sameColumn(name string, a, b []float64) int {
	for i := range a {
		if math.Float64bits(a[i]) != math.Float64bits(b[i]) && (keepsBits[name] || a[i] == a[i] || b[i] == b[i]) {
			return i
		}
	}
	return -1
}

// compareKernels runs every column function on the columns with each set of loops, with dst apart and as
// each input, and compares with the plain ones. Lanes before and behind dst must stay as they are.
func compareKernels(t *testing.T, dst, a, b, c []float64) {
	t.Helper()
	for _, f := range laneByLane {
		for alias := range 4 {
			var want []float64
			for _, name := range kernels() {
				guarded := make([]float64, len(dst)+2)
				got := guarded[1 : len(dst)+1]
				in := [][]float64{dst, a, b, c}
				copy(got, in[alias])
				in[alias], in[0] = got, got
				with(t, name, func() { f.column(in[0], in[1], in[2], in[3]) })
				if guarded[0] != 0 || guarded[len(dst)+1] != 0 {
					t.Fatalf("%s by %s writes outside of its column", f.name, name)
				}
				if want == nil {
					want = got
				} else if i := sameColumn(f.name, got, want); i >= 0 {
					t.Fatalf("%s by %s, dst as input %d of (%v, %v, %v, %v): lane %d of %d is %v (%x), plain %v (%x)", f.name, name, alias,
						dst[i], a[i], b[i], c[i], i, len(dst), got[i], math.Float64bits(got[i]), want[i], math.Float64bits(want[i]))
				}
			}
		}
	}
	compareReductions(t, dst, a)
}

// compareReductions is compareKernels for what returns one value.
func compareReductions(t *testing.T, a, b []float64) {
	t.Helper()
	type result struct {
		sum                uint64
		any, none, is, not bool
		above, ever, over  bool
	}
	var want result
	for _, name := range kernels() {
		var got result
		with(t, name, func() {
			same, one := make([]float64, len(a)), make([]float64, len(a))
			Fill(same, 1.5)
			if len(a) > 0 {
				one[len(a)*7/8] = b[0]
				same[len(a)*5/8] += b[0]
			}
			sum := Sum(a)
			if sum != sum {
				sum = 0
			}
			got = result{math.Float64bits(sum), Any(a), Any(one), AllEqual(same, 1.5), AllEqual(one, 0), AllAbove(same, 1.4), AllAbove(a, -1e300), NoneAbove(one, same)}
		})
		if name == kernels()[0] {
			want = got
		} else if got != want {
			t.Fatalf("reductions of %d lanes by %s: %+v, plain %+v", len(a), name, got, want)
		}
	}
}

// TestKernelsEqualTwins: every length from 0 to 70, longer ones around the chunks of Sum and NormInv, and
// columns that start anywhere in a register.
func TestKernelsEqualTwins(t *testing.T) {
	if len(kernels()) == 1 {
		t.Log("plain loops only")
	}
	r := newRand()
	lengths := []int{127, 128, 129, 136, 255, 257, 511, 512, 513, 520, 1024, 1100}
	for n := range 71 {
		lengths = append(lengths, n, n)
	}
	for _, n := range lengths {
		shift := r.IntN(8)
		compareKernels(t, wild(r, n+shift)[shift:], wild(r, n+shift)[shift:], wild(r, n), wild(r, n))
	}
}

// FuzzKernels compares kernels and twins on columns made of the bytes.
func FuzzKernels(f *testing.F) {
	r := newRand()
	for _, n := range []int{0, 9, 64, 150} {
		var text []byte
		for range 4 {
			for _, v := range wild(r, n) {
				text = binary.LittleEndian.AppendUint64(text, math.Float64bits(v))
			}
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		n := min(len(text)/32, 1100)
		var columns [4][]float64
		for i := range columns {
			columns[i] = make([]float64, n)
			for j := range columns[i] {
				columns[i][j] = math.Float64frombits(binary.LittleEndian.Uint64(text[8*(i*n+j):]))
			}
		}
		compareKernels(t, columns[0], columns[1], columns[2], columns[3])
	})
}

// TestMillionsOfLanes compares the functions with most to go wrong on many more values.
func TestMillionsOfLanes(t *testing.T) {
	r := newRand()
	a, want, got := make([]float64, 1<<15), make([]float64, 1<<15), make([]float64, 1<<15)
	for round := range 12 {
		for _, f := range []struct {
			name   string
			column func(dst, a []float64)
			draw   func() float64
		}{
			{"Exp", Exp, func() float64 { return 1500*r.Float64() - 750 }},
			{"Exp", Exp, func() float64 { return 1404*r.Float64() - 702 }},
			{"Log", Log, func() float64 { return anyFloat(r) }},
			{"NormInv", NormInv, func() float64 { return math.Ldexp(r.Float64(), -r.IntN(1+40*(round%2))) }},
		} {
			for i := range a {
				a[i] = f.draw()
			}
			with(t, "plain", func() { f.column(want, a) })
			for _, name := range kernels() {
				with(t, name, func() { f.column(got, a) })
				if i := sameColumn(f.name, got, want); i >= 0 {
					t.Fatalf("%s(%v) is %v by %s, plain %v", f.name, a[i], got[i], name, want[i])
				}
			}
		}
	}
}

// hashOf returns a hash of the bits of a column.
func hashOf(a []float64) uint64 {
	hash := fnv.New64a()
	for _, v := range a {
		hash.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(v)))
	}
	return hash.Sum64()
}

// BenchmarkKernels reports, over 512 lanes, nanoseconds an element for each set of loops and how many
// times as fast as the plain loop it is. Sets take turns, and the least of many short times counts:
// other work on the machine then changes the ratio little.
func BenchmarkKernels(b *testing.B) {
	const lanes = 512
	r := newRand()
	dst, x, y, z := make([]float64, lanes), make([]float64, lanes), make([]float64, lanes), make([]float64, lanes)
	for i := range x {
		x[i], y[i], z[i] = r.Float64(), r.Float64(), float64(r.IntN(2))
	}
	run := func(name string, f func()) {
		b.Run(name, func(b *testing.B) { compareTimes(b, lanes, dst, f) })
	}
	for _, f := range laneByLane {
		run(f.name, func() { f.column(dst, x, y, z) })
	}
	run("Sum", func() { dst[0] = Sum(x) })
	zeros := make([]float64, lanes)
	run("AllEqual", func() { dst[0] = pick(AllEqual(zeros, 0), 1, 0) })
	run("AllAbove", func() { dst[0] = pick(AllAbove(zeros, -1), 1, 0) })
	run("NoneAbove", func() { dst[0] = pick(NoneAbove(zeros, zeros), 1, 0) })
	run("Any", func() { dst[0] = pick(Any(zeros), 1, 0) })
}

// compareTimes runs f with each set of loops in turn.
func compareTimes(b *testing.B, lanes int, dst []float64, f func()) {
	const rounds, calls = 50, 40
	least := map[string]float64{}
	var hash uint64
	for b.Loop() {
		for range rounds {
			for _, name := range kernels() {
				with(b, name, func() {
					clear(dst)
					start := time.Now()
					for range calls {
						f()
					}
					ns := float64(time.Since(start).Nanoseconds()) / float64(calls*lanes)
					if known, ok := least[name]; !ok || ns < known {
						least[name] = ns
					}
				})
				if h := hashOf(dst); hash != 0 && h != hash {
					b.Fatalf("%s gives another hash: %x, not %x", name, h, hash)
				} else {
					hash = h
				}
			}
		}
	}
	b.ReportMetric(0, "ns/op")
	var line strings.Builder
	for _, name := range kernels() {
		b.ReportMetric(least[name], name+"-ns/element")
		fmt.Fprintf(&line, " %s x%.1f", name, least["plain"]/least[name])
	}
	b.Logf("hash %x:%s", hash, line.String())
}
