// SPDX-License-Identifier: Apache-2.0

package vec

import (
	"hash/fnv"
	"math"
	"testing"
)

// TestFrozenBits holds the bits of every function that is more than one IEEE operation to what they
// were when it was written, whatever GOAMD64 and whatever kernel computes them.
func TestFrozenBits(t *testing.T) {
	r := newRand()
	for _, f := range []struct {
		name string
		want uint64
		at   func() float64
	}{
		{"ExpOf", 0x5791a8e791381a3b, func() float64 { return ExpOf(1500*r.Float64() - 750) }},
		{"LogOf", 0x3e2d53e0a0a75b78, func() float64 { return LogOf(anyFloat(r)) }},
		{"PowOf", 0x3222dd3278bdca07, func() float64 { return PowOf(anyFloat(r), 2*r.Float64()-1) }},
		{"NormInvOf", 0xfc607054c96a0373, func() float64 { return NormInvOf(r.Float64()) }},
		{"NormInvOf, tails", 0xbcef8040fe27072d, func() float64 { return NormInvOf(anyFloat(r)) }},
		{"NormCDFOf", 0x3679af8035b9a254, func() float64 { return NormCDFOf(80*r.Float64() - 40) }},
	} {
		hash := fnv.New64a()
		for range 10000 {
			v := f.at()
			if v != v {
				v = math.NaN()
			}
			var b [8]byte
			for i := range b {
				b[i] = byte(math.Float64bits(v) >> (8 * i))
			}
			hash.Write(b[:])
		}
		if got := hash.Sum64(); got != f.want {
			t.Errorf("%s: hash %#x, frozen is %#x", f.name, got, f.want)
		}
	}
}

// TestFrozenColumns holds every column function, with every set of loops, to the bits of one column.
func TestFrozenColumns(t *testing.T) {
	frozen := map[string]uint64{
		"Fill":        0xed542ed1e24ba949,
		"Copy":        0x617f6857c20d8a43,
		"Add":         0xa9b138ed0d6f072,
		"Sub":         0x1a1911af0b099b52,
		"Mul":         0xb6760cc68f679ace,
		"Div":         0xed1d04ede7cea3a9,
		"Scale":       0xa3213b9d7dc0680f,
		"AddScaled":   0x3f694dff04ace3d0,
		"MulAdd":      0x606b6e2fa4f67700,
		"Accumulate":  0x30fecf1c41add823,
		"Negate":      0xdf8fbf8199d04d65,
		"RoundEven":   0x49fd2e3e277fb1,
		"Min":         0xef2c49b6026282e4,
		"Max":         0xf2f5ba0d81a53398,
		"MinOf":       0x27a6a1108e0d7d92,
		"MaxOf":       0x2ebe15c7fd0703d4,
		"Excess":      0x52c4077fac196b86,
		"Select":      0x41f5135de705085f,
		"Exp":         0xc9680d1b4de0d0f6,
		"Log":         0x68dfb823033af8f1,
		"NormInv":     0xc1d70ded099e7051,
		"AddOf":       0x48ee6dab67a33659,
		"DivOf":       0x365eb8776c51b589,
		"Short":       0xbf1ea328fef6918a,
		"AddProduct":  0x3e1a1aff298f066c,
		"DrainFrom":   0xe44a7d5432f9f35a,
		"DrainTo":     0x854992e00efda8e7,
		"AddMultiple": 0x371413d8f7d29f1c,
		"Below":       0x614fcbcced39fe85, "Rotate, first": 0x458f748e35d54445, "Rotate, second": 0x4a7b7dc6a1cacd35,
		"Grow":     0xad8a5df9a374ce33,
		"ScaleAdd": 0xcb25f92df5332412,
	}
	for _, name := range kernels() {
		r := newRand()
		for _, f := range laneByLane {
			dst, a, b, c := wild(r, 1003), wild(r, 1003), wild(r, 1003), wild(r, 1003)
			with(t, name, func() { f.column(dst, a, b, c) })
			for i, v := range dst {
				if v != v {
					dst[i] = math.NaN()
				}
			}
			if got := hashOf(dst); got != frozen[f.name] {
				t.Errorf("%s by %s: hash %#x, frozen is %#x", f.name, name, got, frozen[f.name])
			}
		}
	}
}
