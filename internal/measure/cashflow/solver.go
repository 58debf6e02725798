// SPDX-License-Identifier: Apache-2.0

package cashflow

import (
	"math"

	"offtake/internal/vec"
)

// A Solver finds the one rate of many lists of flows that share their dates. It
// answers only where signs alone prove how many rates there are, and leaves the
// rest to [XIRR].
//
// With the force of interest x = ln(1 + rate) the net present value is
// f(x) = sum of c e^(-x t). For x > 0 it is x times the Laplace transform of the
// flows added up from the first on, and so has no more zeros there than these sums
// have changes of sign; for x < 0 no more than the sums from the last flow back
// (Norstrom 1972, "A sufficient condition for a unique nonnegative internal rate of
// return"; the bound is Laguerre's of 1883, "Sur la théorie des équations
// numériques"). With at most one change each way, the signs of the first flow, of
// the total and of the last flow say how many there are.
type Solver struct {
	minus  []float64   // the dates, times -1
	nodes  [][]float64 // e^(-x t) by node and date
	spread float64     // between nodes, in x
	weight []float64   // scratch
	start  int         // node at which the last search ended
}

const (
	// Nodes lie between these forces of interest: rates from -86% to 1,900%.
	leastForce, mostForce = -2.0, 3.0
	// order of the series around a node.
	order = 10
	// reach is how far x t is from that of the nearest node, at most. A series of
	// order 10 leaves out 0.25^11/11!, which is 6e-15.
	reach = 0.25
)

// NewSolver makes one for dates in years, or nil where they do not ascend.
func NewSolver(years []float64) *Solver {
	if len(years) < 2 {
		return nil
	}
	longest := math.Abs(years[0])
	for i := 1; i < len(years); i++ {
		if !(years[i] > years[i-1]) {
			return nil
		}
		longest = max(longest, math.Abs(years[i]))
	}
	n := 1 + int(math.Ceil(float64((mostForce-leastForce)*longest)/(2*reach)))
	s := &Solver{minus: make([]float64, len(years)), spread: (mostForce - leastForce) / float64(n), weight: make([]float64, len(years))}
	vec.Negate(s.minus, years)
	for j := range n + 1 {
		col := make([]float64, len(years))
		for k, t := range years {
			col[k] = vec.ExpOf(-s.force(j) * t)
		}
		s.nodes = append(s.nodes, col)
	}
	s.start = int(-leastForce / s.spread)
	return s
}

// force is the x of a node.
func (s *Solver) force(j int) float64 { return leastForce + float64(s.spread*float64(j)) }

// Only is the one rate per year of the flows, one for each date. Where it is known
// that there is none, or several, one is false. Where signs do not tell, known is
// false. The error of the rate is below 1e-12 of the growth factor.
func (s *Solver) Only(flows []float64) (rate float64, one, known bool) {
	first, last := 0.0, 0.0
	for _, c := range flows {
		if !(math.Abs(c) <= maxAmount) {
			return 0, false, false
		}
		if c != 0 {
			if first == 0 {
				first = c
			}
			last = c
		}
	}
	forward, total, size := changesForward(flows)
	backward := changesBackward(flows)
	switch {
	case size == 0:
		return 0, false, true
	case forward > 1 || backward > 1 || math.Abs(total) <= 1e-12*size:
		return 0, false, false
	}
	above, below := first > 0 != (total > 0), last > 0 != (total > 0)
	if above == below {
		return 0, false, true // none, or one on each side
	}
	x, found := s.solve(flows)
	if !found {
		return 0, false, false
	}
	return vec.ExpOf(x) - 1, true, true
}

// changesForward counts how often the sum of the flows so far changes its sign.
func changesForward(flows []float64) (n int, sum, size float64) {
	sign := 0.0
	for _, c := range flows {
		sum += c
		size += math.Abs(c)
		n, sign = changed(n, sign, sum)
	}
	return n, sum, size
}

// changesBackward counts how often the sum of the flows still to come does.
func changesBackward(flows []float64) (n int) {
	sign, sum := 0.0, 0.0
	for i := len(flows) - 1; i >= 0; i-- {
		sum += flows[i]
		n, sign = changed(n, sign, sum)
	}
	return n
}

func changed(n int, sign, sum float64) (int, float64) {
	if float64(sum*sign) < 0 {
		n++
	}
	if sum != 0 {
		sign = math.Copysign(1, sum)
	}
	return n, sign
}

// solve finds the zero between two nodes, and then by the series around the nearer.
func (s *Solver) solve(flows []float64) (x float64, found bool) {
	j, ok := s.bracket(flows)
	if !ok {
		return 0, false
	}
	low, high := dot(flows, s.nodes[j]), dot(flows, s.nodes[j+1])
	if math.Abs(high) < math.Abs(low) {
		j++
	}
	var moment [order + 1]float64 // f(x) is the sum of moment[m] d^m, d from the node
	vec.Mul(s.weight, flows, s.nodes[j])
	factorial := 1.0
	for m := range moment {
		moment[m] = vec.Sum(s.weight) / factorial
		vec.Mul(s.weight, s.weight, s.minus)
		factorial *= float64(m + 1)
	}
	d := 0.0
	for range 60 {
		f, slope := moment[order], 0.0
		for m := order - 1; m >= 0; m-- {
			slope = math.FMA(slope, d, f)
			f = math.FMA(f, d, moment[m])
		}
		step := f / slope
		d -= step
		if !(math.Abs(d) <= 1.5*s.spread) {
			return 0, false // too flat for Newton's method
		}
		if math.Abs(step) <= 1e-15 {
			break
		}
	}
	return s.force(j) + d, true
}

// bracket finds the two nodes between which the sign changes, from where the
// last search ended: neighbouring paths have neighbouring rates.
func (s *Solver) bracket(flows []float64) (j int, ok bool) {
	last := len(s.nodes) - 1
	positive := func(j int) bool { return dot(flows, s.nodes[j]) > 0 }
	low := positive(0)
	if positive(last) == low {
		return 0, false
	}
	from, to := 0, last // the sign is that of node 0 at from, and not at to
	for at, by := min(max(s.start, 1), last-1), 1; to-from > 1; {
		if positive(at) == low {
			from = at
		} else {
			to = at
		}
		switch next := at; {
		case at == from && from+by < to:
			next, by = from+by, 2*by
			at = next
		case at == to && to-by > from:
			next, by = to-by, 2*by
			at = next
		default:
			at = (from + to) / 2
		}
	}
	s.start = from
	return from, true
}

// dot is the sum of products, in four running sums.
func dot(a, b []float64) float64 {
	var s [4]float64
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s[0] = math.FMA(a[i], b[i], s[0])
		s[1] = math.FMA(a[i+1], b[i+1], s[1])
		s[2] = math.FMA(a[i+2], b[i+2], s[2])
		s[3] = math.FMA(a[i+3], b[i+3], s[3])
	}
	for ; i < len(a); i++ {
		s[0] = math.FMA(a[i], b[i], s[0])
	}
	return (s[0] + s[1]) + (s[2] + s[3])
}
