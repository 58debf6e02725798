// SPDX-License-Identifier: Apache-2.0

package clause

import "offtake/internal/calendar"

// Promised is the power (GW) and the compute (units) in each step of the term of what
// Generations has.
func Promised(c Clause, grid *calendar.Grid) (powerGW, units []float64) {
	return totalOf(Generations(c), grid)
}

// Generations are what a clause promises, or lets the buyer call for, by
// generation of chips; none where it does neither.
func Generations(c Clause) []Generation {
	switch x := c.(type) {
	case *Capacity:
		return x.Generations
	case *Option:
		return x.Generations
	}
	return nil
}

// MayEnd tells whether a clause gives the buyer, or the supplier, a right to
// end the agreement or a part of it.
func MayEnd(c Clause, role string) bool {
	switch x := c.(type) {
	case *Commitment:
		return role == "buyer" && x.Exit != nil
	case *Termination:
		return x.By == role || x.By == "either"
	case *Switching:
		return role == "buyer"
	}
	return false
}
