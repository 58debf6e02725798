// SPDX-License-Identifier: Apache-2.0

package report

import (
	"math"
	"strconv"
	"strings"
)

const (
	maxSize = 1e300  // numbers beyond it are not drawn, so that no difference overflows
	minSize = 1e-280 // numbers below it are as good as zero, so that no step underflows
)

// drawable reports whether a number has a place on an axis.
func drawable(x float64) bool { return math.Abs(x) <= maxSize } // false for NaN

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

// newScale covers a reach with minSteps to maxSteps steps of 1, 2, 2.5 or 5 times a power
// of ten, such that least is left over; of two alike the one with fewer steps.
func newScale(r reach) scale {
	size := max(math.Abs(r.low), math.Abs(r.high))
	if size < minSize {
		return scale{1, 0, 1}
	}
	if span := r.high - r.low; span <= size*1e-9 { // a constant, as far as can be told
		margin := float64(size / 4) // a product to the compiler, which must not fuse it into the sums
		r.low, r.high = r.low-margin, r.high+margin
	}
	exponent := decimalExponent((r.high - r.low) / maxSteps)
	var best scale
	for ; ; exponent++ {
		for _, digits := range []string{"1", "2", "2.5", "5"} {
			step := power(digits, exponent)
			first, last := math.Floor(r.low/step), math.Ceil(r.high/step)
			s := scale{step, int(first), int(last)}
			switch {
			case s.steps() > maxSteps:
			case best.step == 0, s.steps() >= minSteps && s.length() <= best.length():
				best = s
			}
			if best.step > 0 && s.steps() < minSteps {
				return best
			}
		}
	}
}

// length returns the distance between the ends of the axis.
func (s scale) length() float64 { return float64(s.steps()) * s.step }

// steps returns the number of steps of the axis.
func (s scale) steps() int { return s.last - s.first }

// value returns the number at the i-th tick from the bottom: what its decimals
// say, and not 1.2000000000000002 for six steps of 0.2.
func (s scale) value(i int) float64 {
	x, _ := strconv.ParseFloat(strconv.FormatFloat(float64(s.first+i)*s.step, 'g', 12, 64), 64)
	return x
}

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

// format writes the i-th tick from the bottom: by the axis' own function, or with as many
// decimals as the step has.
func (s scale) format(a *Axis, i int) string {
	if a.Format != nil {
		return clean(a.Format(s.value(i)))
	}
	_, fraction, _ := strings.Cut(strconv.FormatFloat(s.step, 'f', -1, 64), ".")
	if size := max(math.Abs(s.value(0)), math.Abs(s.value(s.steps()))); len(fraction) > 9 || size >= 1e12 {
		return strconv.FormatFloat(s.value(i), 'g', 6, 64)
	}
	return strconv.FormatFloat(s.value(i), 'f', len(fraction), 64)
}
