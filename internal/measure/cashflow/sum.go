// SPDX-License-Identifier: Apache-2.0

package cashflow

import (
	"math"
	"slices"

	"offtake/internal/vec"
)

// sum is the net present value as a function of the force of interest u = ln(1+rate):
// f(u) = Σ amounts[i] e^(-years[i] u), with years ascending and no amount zero.
type sum struct {
	years   []float64
	amounts []float64 // times one power of two
	sizes   []float64 // ln|amounts[i]|
	terms   []float64 // the terms of f at the last u weighed, times one positive factor
	slack   []float64 // how far rounding may have moved each of them, their sum included
	spread  float64   // years from first to last
	cells   int       // split by the search so far
}

// newSum adds up the flows of each date and leaves out the dates that add up to zero.
func newSum(flows, years []float64) *sum {
	order := make([]int, len(flows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case years[a] < years[b]:
			return -1
		case years[a] > years[b]:
			return 1
		}
		return 0
	})
	s := &sum{years: make([]float64, 0, len(flows)), amounts: make([]float64, 0, len(flows))}
	for i := 0; i < len(order); {
		year, amount := years[order[i]], 0.0
		for ; i < len(order) && years[order[i]] == year; i++ {
			amount += flows[order[i]]
		}
		if amount != 0 {
			s.years = append(s.years, year)
			s.amounts = append(s.amounts, amount)
		}
	}
	s.prepare()
	return s
}

// prepare brings the greatest amount to between 1/2 and 1 by a power of two, so that money in
// cents and in billions gives the same bits, and makes the other columns.
func (s *sum) prepare() {
	n := len(s.amounts)
	if n == 0 {
		return
	}
	greatest := 0.0
	for _, amount := range s.amounts {
		greatest = max(greatest, math.Abs(amount))
	}
	_, power := math.Frexp(greatest)
	s.sizes, s.terms, s.slack = make([]float64, n), make([]float64, n), make([]float64, n)
	for i, amount := range s.amounts {
		s.amounts[i] = math.Ldexp(amount, -power)
		s.sizes[i] = math.Abs(s.amounts[i])
	}
	vec.Log(s.sizes, s.sizes)
	s.spread = s.years[n-1] - s.years[0]
}

// changes counts the sign changes of the amounts: an upper bound on the zeros of f (Descartes).
func (s *sum) changes() int {
	n := 0
	for i := 1; i < len(s.amounts); i++ {
		if sign(s.amounts[i]) != sign(s.amounts[i-1]) {
			n++
		}
	}
	return n
}

// weigh fills terms and slack with those of e^(pivot u) f(u), where pivot is the date of the
// heaviest term: no term overflows, and the factor changes no sign.
func (s *sum) weigh(u float64) {
	const ulp = 0x1p-52
	pivot := s.heaviest(u)
	// The exponent is off by |exponent| ulp, its exponential by a few ulp, a sum of n terms by n/2.
	rounding := float64(len(s.years)) + 16
	for i, year := range s.years {
		exponent := (pivot - year) * u
		s.terms[i], s.slack[i] = exponent, math.Abs(exponent)+rounding
	}
	vec.Exp(s.terms, s.terms)
	vec.Mul(s.terms, s.amounts, s.terms)
	for i, term := range s.terms {
		s.slack[i] = math.Abs(term) * s.slack[i] * ulp
	}
}

// heaviest is the date of the greatest term at u.
func (s *sum) heaviest(u float64) float64 {
	best, heaviest := math.Inf(-1), s.years[0]
	for i, year := range s.years {
		if size := s.sizes[i] - float64((year-s.years[0])*u); size > best {
			best, heaviest = size, year
		}
	}
	return heaviest
}

// point is a place on the line of forces of interest and what is proven there.
type point struct {
	u     float64
	sign  int // of the net present value: -1 or 1, or 0 where rounding may hide it
	above int // at most so many zeros lie above u
	below int // at most so many zeros lie below u
}

// at looks at a finite u.
func (s *sum) at(u float64) point {
	s.weigh(u)
	above, total, slack := s.run(0, 1)
	below, _, _ := s.run(len(s.terms)-1, -1)
	// A sign that is only just proven would leave a neighbouring cell in which nothing can be.
	const clear = 4
	return point{u: u, sign: proven(total, clear*slack), above: above, below: below}
}

// end looks at minus infinity (side -1), where the last flow outweighs all, or infinity (side 1),
// where the first does.
func (s *sum) end(side int) point {
	p := point{u: math.Inf(side)}
	if side < 0 {
		p.sign, p.above = sign(s.amounts[len(s.amounts)-1]), s.changes()
	} else {
		p.sign, p.below = sign(s.amounts[0]), s.changes()
	}
	return p
}

// run adds up the terms from one end of the list, and gives the most sign changes that the running
// sum may have, its last value and what rounding may have moved that by.
func (s *sum) run(from, step int) (changes int, total, slack float64) {
	// most[0] and most[1] are the most changes of a run that now stands below and above zero.
	most := [2]int{}
	const never = math.MinInt32
	for i := range s.terms {
		total += s.terms[from+i*step]
		slack += s.slack[from+i*step]
		if i > 0 {
			most = [2]int{max(most[0], most[1]+1), max(most[1], most[0]+1)}
		}
		switch proven(total, slack) {
		case 1:
			most[0] = never
		case -1:
			most[1] = never
		}
	}
	return max(most[0], most[1]), total, slack
}

// proven is the sign of a value that is known up to slack, or 0 where it may have either. A value
// or slack that is not a number proves nothing.
func proven(value, slack float64) int {
	if math.Abs(value) > slack {
		return sign(value)
	}
	return 0
}

// sign is -1, 0 or 1.
func sign(x float64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}
