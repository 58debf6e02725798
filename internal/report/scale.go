// SPDX-License-Identifier: Apache-2.0

package report

import (
	"math"
	"strconv"
)

// most is the size beyond which a number is not drawn, so that no difference overflows.
const most = 1e300

// drawable reports whether a number has a place on an axis.
func drawable(x float64) bool { return math.Abs(x) <= most } // false for NaN

// reach is the part of an axis that is shown.
type reach struct {
	low, high float64
	any       bool
}

// include widens the reach to a number, if that is drawable.
func (r *reach) include(x float64) {
	switch {
	case !drawable(x):
	case !r.any:
		*r = reach{x, x, true}
	default:
		r.low, r.high = min(r.low, x), max(r.high, x)
	}
}

// place returns how far along the reach a number is, from 0 to 1.
func (r reach) place(x float64) float64 {
	if r.high == r.low {
		return 0.5
	}
	return (x - r.low) / (r.high - r.low)
}

// scale is a vertical axis: round steps from first*step to last*step.
type scale struct {
	step        float64
	first, last int
}

// newScale covers a reach with from 3 to most steps of 1, 2, 2.5 or 5 times a power of
// ten, so many that least of the axis is left over.
func newScale(r reach, mostSteps int) scale {
	size := max(math.Abs(r.low), math.Abs(r.high))
	span := r.high - r.low
	if span <= size*1e-9 { // a constant, as far as can be told
		if size == 0 {
			return scale{1, 0, 1}
		}
		span = size
		r.low, r.high = r.low-span/4, r.high+span/4
	}
	exponent := decimalExponent(span / float64(mostSteps))
	for {
		for _, digits := range []string{"1", "2", "2.5", "5"} {
			step := power(digits, exponent)
			first, last := math.Floor(r.low/step), math.Ceil(r.high/step)
			if last-first <= float64(mostSteps) {
				return scale{step, int(first), int(last)}
			}
		}
		exponent++
	}
}

// steps returns the number of steps of the axis.
func (s scale) steps() int { return s.last - s.first }

// value returns the number at the i-th tick from the bottom.
func (s scale) value(i int) float64 { return float64(s.first+i) * s.step }

// reach returns the ends of the axis.
func (s scale) reach() reach { return reach{s.value(0), s.value(s.steps()), true} }

// decimalExponent returns the power of ten of the first digit of x > 0.
func decimalExponent(x float64) int {
	text := strconv.FormatFloat(x, 'e', -1, 64)
	for i := range text {
		if text[i] == 'e' {
			exponent, _ := strconv.Atoi(text[i+1:])
			return exponent
		}
	}
	return 0
}

// power returns digits times ten to the exponent, correctly rounded.
func power(digits string, exponent int) float64 {
	x, _ := strconv.ParseFloat(digits+"e"+strconv.Itoa(exponent), 64)
	return x
}

// format writes a tick.
func (a *Axis) format(x float64) string {
	if a.Format != nil {
		return clean(a.Format(x))
	}
	return strconv.FormatFloat(x, 'g', 6, 64)
}
