// SPDX-License-Identifier: Apache-2.0

package calendar

import "math"

// StepsIn is how many steps a length of time takes up: its years times the
// steps in a year, rounded up. 90 days are 3 months.
func (g *Grid) StepsIn(s Span) int {
	// The slack is for the rounding of thirds of a year, and far less than a day.
	return int(math.Ceil(float64(s.Years()*float64(g.StepsPerYear())) - 1e-9))
}
