// SPDX-License-Identifier: Apache-2.0

package draw

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"math/bits"
	"os"
	"testing"
)

var deal = flag.Bool("deal", false, "deal the dimensions to the slots anew, and write dealt.go: changes all points")

// rows returns the first bits of a coordinate as functions of a point's number: bit j of row i tells whether bit i
// of the coordinate is flipped by bit j of the number.
func rows(g *generator, n int) (out [16]uint32) {
	for i := range n {
		for j := range n {
			out[i] |= (g.at(1<<j) >> i & 1) << j
		}
	}
	return out
}

// basis is of vectors of bits, each at the place of its lowest bit.
type basis [16]uint32

// add tells whether the vector was independent of the basis, and takes it in.
func (b *basis) add(x uint32) bool {
	for x != 0 {
		p := bits.TrailingZeros32(x)
		if b[p] == 0 {
			b[p] = x
			return true
		}
		x ^= b[p]
	}
	return false
}

// quality is t of the first 2^m points in a few dimensions (Sobol 1967): every box of volume 2^(t-m) has 2^t of them.
func quality(m int, dims ...*[16]uint32) int {
	whole := m // so many rows, the first ones of each dimension, are independent however they are chosen
	independent(&whole, 0, basis{}, 1<<m-1, dims)
	return m - whole
}

func independent(whole *int, used int, of basis, mask uint32, dims []*[16]uint32) {
	for _, row := range dims[0] {
		if len(dims) > 1 {
			independent(whole, used, of, mask, dims[1:])
		}
		if used >= *whole {
			return
		}
		if !of.add(row & mask) {
			*whole = used
			return
		}
		used++
	}
}

// badness is the mean of 2^t over sizes of sets: the variance that these dimensions share is at most 2^t times
// that of plain paths (Owen 1998, "Scrambling Sobol' and Niederreiter-Xing points").
func badness(sizes []int, dims ...*[16]uint32) float64 {
	sum := 0.0
	for _, m := range sizes {
		sum += float64(int(1) << quality(m, dims...))
	}
	return sum / float64(len(sizes))
}

// importance of a slot's level: of a factor's, by how long the pieces of path are that it moves; of a
// parameter's, by whether it is likely to be used.
func importance(slot, level int) float64 {
	fine := 1 / float64(int(1)<<bits.Len(uint(level)))
	switch {
	case slot == 0:
		return 0
	case slot <= 24:
		return fine
	case slot < firstParameterSlot:
		return fine / 2
	case level == 0:
		return 0.5
	case level < 4 && slot < 56:
		return 0.2
	}
	return 0.02
}

// dealer exchanges dimensions of one level between slots as long as that helps.
type dealer struct {
	rows  [dimensions][16]uint32
	bad   [dimensions][dimensions]float64
	dealt [levels][slots]int
}

// cost is what a dimension would do at a place, with all other levels as they are. Numbers of one slot act together;
// those of two meet where a deal brings them together.
func (d *dealer) cost(dimension, slot, level int) (sum float64) {
	for l := range levels {
		if l == level {
			continue
		}
		for s := range slots {
			weight := 0.1
			if s == slot {
				weight = 1
			}
			sum += weight * importance(s, l) * d.bad[dimension][d.dealt[l][s]]
		}
	}
	return (sum + d.together(dimension, slot, level)) * importance(slot, level)
}

// together is what a dimension does to sets of three and four of its slot.
func (d *dealer) together(dimension, slot, level int) (sum float64) {
	const three, four = 8, 4 // of so many levels
	if slot == 0 || slot >= firstParameterSlot || level >= three {
		return 0
	}
	at := func(l int) *[16]uint32 { return &d.rows[d.dealt[l][slot]] }
	for a := range three {
		for b := range a {
			if a == level || b == level {
				continue
			}
			weight := importance(slot, a) * importance(slot, b)
			sum += weight * badness([]int{7, 10, 13}, at(a), at(b), &d.rows[dimension])
			for c := range b {
				if max(a, level) < four && c != level {
					sum += weight * importance(slot, c) * badness([]int{8, 12}, at(a), at(b), at(c), &d.rows[dimension])
				}
			}
		}
	}
	return sum
}

func (d *dealer) improve() (exchanged int) {
	for level := 1; level < levels; level++ {
		at := &d.dealt[level]
		var cost [slots][slots]float64 // of the dimension that slot i has now, at slot j
		for i := range slots {
			for j := range slots {
				cost[i][j] = d.cost(at[i], j, level)
			}
		}
		has := [slots]int{}
		for i := range has {
			has[i] = i
		}
		for again := true; again; {
			again = false
			for i := range slots {
				for j := range i {
					if cost[has[i]][j]+cost[has[j]][i] < cost[has[i]][i]+cost[has[j]][j]-1e-9 {
						has[i], has[j] = has[j], has[i]
						again = true
						exchanged++
					}
				}
			}
		}
		was := *at
		for i := range slots {
			at[i] = was[has[i]]
		}
	}
	return exchanged
}

// TestDeal writes dealt.go when asked to.
func TestDeal(t *testing.T) {
	if !*deal {
		t.Skip("it writes dealt.go, and only when asked to: go test ./internal/draw -run Deal -deal")
	}
	d := &dealer{}
	for i := range dimensions {
		d.rows[i] = rows(&generators()[i], 16)
		d.dealt[i/slots][i%slots] = i
		for j := range i {
			d.bad[i][j] = badness([]int{6, 8, 10, 12, 14}, &d.rows[i], &d.rows[j])
			d.bad[j][i] = d.bad[i][j]
		}
	}
	for round := range 20 {
		n := d.improve()
		t.Logf("round %d: %d exchanges", round, n)
		if n == 0 {
			break
		}
	}
	var out bytes.Buffer
	fmt.Fprint(&out, `// SPDX-License-Identifier: Apache-2.0

// Code generated by go test -run TestDeal -deal; DO NOT EDIT.

package draw

// dealt has the Sobol dimension, from 0, of each slot (across) at each level (down).
var dealt = [levels][slots]uint16{
`)
	for _, level := range d.dealt {
		fmt.Fprint(&out, "\t{")
		for slot, dimension := range level {
			if slot > 0 {
				fmt.Fprint(&out, ", ")
			}
			fmt.Fprint(&out, dimension)
		}
		fmt.Fprintln(&out, "},")
	}
	fmt.Fprintln(&out, "}")
	text, err := format.Source(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("dealt.go", text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestEachDimensionIsDealtOnce: those of a level are 64 that follow each other.
func TestEachDimensionIsDealtOnce(t *testing.T) {
	for level, row := range dealt {
		seen := [slots]bool{}
		for slot, dimension := range row {
			if int(dimension)/slots != level || seen[dimension%slots] || level == 0 && int(dimension) != slot {
				t.Errorf("level %d, slot %d has dimension %d", level, slot, dimension)
			}
			seen[dimension%slots] = true
		}
	}
}

// TestCoordinatesOfAFactorGoTogether: had slots the dimensions level x 64 + slot, those of Recovery would gain a
// factor 4 on the Asian option of asian_test.go with 2^13 points, where as dealt no slot gains less than 200.
func TestCoordinatesOfAFactorGoTogether(t *testing.T) {
	worst := func(m, among int, dimension func(slot, level int) int) (t int) {
		for slot := 1; slot <= len(catalogue); slot++ {
			var at [levels][16]uint32
			for a := range among {
				at[a] = rows(&generators()[dimension(slot, a)], m)
				for b := range a {
					for c := range b {
						t = max(t, quality(m, &at[a], &at[b], &at[c]))
					}
				}
			}
		}
		return t
	}
	plain := func(slot, level int) int { return level*slots + slot }
	fair := func(slot, level int) int { return int(dealt[level][slot]) }
	for _, c := range []struct{ m, levels, limit, plain int }{{12, 3, 6, 8}, {12, 4, 6, 8}, {8, 4, 5, 6}} {
		if got, was := worst(c.m, c.levels, fair), worst(c.m, c.levels, plain); got > c.limit || was < c.plain {
			t.Errorf("2^%d points, first %d levels: worst t is %d, plain %d", c.m, c.levels, got, was)
		}
	}
}
