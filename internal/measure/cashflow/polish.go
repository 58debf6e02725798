// SPDX-License-Identifier: Apache-2.0

package cashflow

import (
	"math"

	"offtake/internal/vec"
)

// record finds the one zero of a cell and adds its rate to found, or counts it where it is out of
// range.
func (s *sum) record(c cell, found *Roots) {
	lowest, highest := log1p(MinRate), log1p(MaxRate)
	lo, hi := c.lo.u, c.hi.u
	if lo < lowest {
		if lo = lowest; hi <= lo || s.side(lo) == c.hi.sign {
			found.Below++
			return
		}
	}
	if hi > highest {
		if hi = highest; lo >= hi || s.side(hi) == c.lo.sign {
			found.Above++
			return
		}
	}
	found.Rates = append(found.Rates, expm1(s.polish(lo, hi, c.lo.sign)))
}

// side is the sign of f at u as computed, without proof.
func (s *sum) side(u float64) int {
	gap, _ := s.balance(u)
	return sign(gap)
}

// balance is ln(P/N) and its derivative by u, where P is the value at u of the flows received and N
// that of the flows paid, both positive. It is zero where f is, and far closer to a straight line:
// the derivative is the mean date of N less that of P.
func (s *sum) balance(u float64) (gap, slope float64) {
	s.weigh(u)
	var value, moment [2]float64
	for i, term := range s.terms {
		side := 0
		if term < 0 {
			side = 1
		}
		value[side] += math.Abs(term)
		moment[side] += float64(math.Abs(term) * (s.years[i] - s.years[0]))
	}
	return vec.LogOf(value[0] / value[1]), moment[1]/value[1] - moment[0]/value[0]
}

// polish finds the zero of f between lo and hi, at which f has opposite signs, signLo at lo.
// It takes Newton steps of balance, and halves the bracket where a step leaves it or does not
// halve the step before (Dekker 1969; Press et al. 2007, "Numerical Recipes", section 9.4).
func (s *sum) polish(lo, hi float64, signLo int) float64 {
	u := lo + float64((hi-lo)/2)
	if lo < 0 && 0 < hi {
		u = 0 // flows that add up to zero have a rate of exactly 0
	}
	const most = 200 // halvings alone need fewer than 70
	for step, i := hi-lo, 0; i < most; i++ {
		gap, slope := s.balance(u)
		switch sign(gap) {
		case 0:
			return u
		case signLo:
			lo = u
		default:
			hi = u
		}
		next := u - gap/slope
		if !(lo < next && next < hi && math.Abs(next-u) <= step/2) {
			next = lo + float64((hi-lo)/2)
		}
		step = math.Abs(next - u)
		if next == u || next == lo || next == hi {
			return next
		}
		u = next
	}
	return u
}
