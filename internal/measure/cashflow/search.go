// SPDX-License-Identifier: Apache-2.0

package cashflow

import (
	"math"

	"offtake/internal/vec"
)

// cell is a range of forces of interest, open at its ends, where the sign of f is proven.
type cell struct{ lo, hi point }

// odd says whether the number of zeros in the cell is odd.
func (c cell) odd() bool { return c.lo.sign != c.hi.sign }

// several stands for a number of zeros that is not bounded yet.
const several = math.MaxInt32

// search finds all zeros of f, from the lowest to the highest. The flows change sign at least once.
func (s *sum) search() Roots {
	var found Roots
	var gaps []cell
	stack := []cell{{s.end(-1), s.end(1)}}
	for len(stack) > 0 {
		c := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		switch s.bound(c) {
		case 0:
			continue
		case 1:
			if c.odd() {
				s.record(c, &found)
			}
			continue
		}
		middle, ok := s.divide(c)
		if !ok || s.cells == CellLimit {
			gaps = append(gaps, c)
			continue
		}
		s.cells++
		stack = append(stack, cell{middle, c.hi}, cell{c.lo, middle})
	}
	found.Undecided = spans(gaps)
	if len(found.Rates) == 0 && found.Below == 0 && found.Above == 0 && len(gaps) == 0 {
		found.Reason = NeverZero
	}
	return found
}

// bound is an upper bound on the zeros of f in a cell.
func (s *sum) bound(c cell) int {
	most := min(c.lo.above, c.hi.below)
	if most > 1 && !math.IsInf(c.lo.u, 0) && !math.IsInf(c.hi.u, 0) {
		most = min(most, s.expand(c.lo.u, c.hi.u))
	}
	return most
}

// expand bounds the zeros in a bounded cell by the Taylor expansion of e^(centre u) f(u) about the
// middle, to the second order with the third as remainder: 0, 1 or several. centre is the mean date
// of the terms by size, which keeps the derivatives small.
func (s *sum) expand(lo, hi float64) int {
	middle := lo + float64((hi-lo)/2)
	half := max(hi-middle, middle-lo) * (1 + 1e-15)
	if half*s.spread > 20 {
		return several // the remainder would outweigh everything
	}
	s.weigh(middle)
	centre := s.centre()
	var m, slack [3]float64 // the derivatives of order 0, 1, 2 and their rounding errors
	remainder := 0.0        // a bound on the third derivative anywhere in the cell
	for i, term := range s.terms {
		lever := centre - s.years[i]
		far := math.Abs(lever)
		weight, loose := term, s.slack[i]
		for k := range m {
			m[k] += weight
			slack[k] += loose
			weight, loose = weight*lever, loose*far
		}
		remainder += float64(math.Abs(weight) * vec.ExpOf(far*half))
	}
	const margin = 1 + 1e-9 // for the rounding of the bounds themselves
	bend := math.Abs(m[2]) + slack[2]
	turn := margin * (float64(bend*half) + float64(remainder*half*half/2))
	move := margin * (float64((math.Abs(m[1])+slack[1])*half) + float64(bend*half*half/2) + float64(remainder*half*half*half/6))
	switch {
	case math.Abs(m[0])-slack[0] > move:
		return 0
	case math.Abs(m[1])-slack[1] > turn:
		return 1
	}
	return several
}

// centre is the mean date of the terms by size.
func (s *sum) centre() float64 {
	weight, moment := 0.0, 0.0
	for i, term := range s.terms {
		weight += math.Abs(term)
		moment += float64(math.Abs(term) * (s.years[i] - s.years[0]))
	}
	return s.years[0] + moment/weight
}

// divide finds a place inside a cell, near its middle, where the sign of f is proven.
func (s *sum) divide(c cell) (middle point, ok bool) {
	// The first place is the middle; the others are tried where that one is too near a zero, the
	// last of them in unbounded cells only.
	for _, shift := range [...]float64{0, -0.08, 0.11, -0.17, 0.23, -0.28, 0.37, 1, 3, 7, 15} {
		u := s.place(c, shift)
		if !(c.lo.u < u && u < c.hi.u) || math.IsInf(u, 0) {
			continue
		}
		if middle = s.at(u); middle.sign != 0 {
			return middle, true
		}
	}
	return point{}, false
}

// place is the middle of a cell, shifted by a part of its width. In an unbounded cell it is some
// way out from the bounded end, twice as far each time; on the whole line it is a rate of zero.
func (s *sum) place(c cell, shift float64) float64 {
	lo, hi := c.lo.u, c.hi.u
	step := min(max(1/s.spread, 1e-9), 1)
	switch {
	case math.IsInf(lo, 0) && math.IsInf(hi, 0):
		return 16 * shift * step
	case math.IsInf(lo, 0):
		return hi - float64(max(step, math.Abs(hi))*(1+shift))
	case math.IsInf(hi, 0):
		return lo + float64(max(step, math.Abs(lo))*(1+shift))
	}
	return lo + float64((hi-lo)*(0.5+shift))
}

// spans joins neighbouring cells and writes them as rates.
func spans(gaps []cell) []Span {
	var spans []Span
	for i, c := range gaps {
		if i == 0 || gaps[i-1].hi.u != c.lo.u {
			spans = append(spans, Span{Lo: expm1(c.lo.u)})
		}
		span := &spans[len(spans)-1]
		span.Hi = expm1(c.hi.u)
		if c.odd() {
			span.AtLeast++
		}
	}
	return spans
}
