// SPDX-License-Identifier: Apache-2.0

package cashflow

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Roots is what is known about the internal rates of return of one list of flows. Unless Undecided
// says otherwise it is complete: every rate above -1 is either in Rates or counted in Below and
// Above, and there is no other.
type Roots struct {
	// Rates are the rates from MinRate to MaxRate, ascending, as fractions per period. Each is a
	// proven crossing of zero, accurate to the rounding of the net present value.
	Rates []float64
	// Below and Above count further proven rates under MinRate and over MaxRate.
	Below, Above int
	// Undecided are the spans, ascending, in which the net present value is zero or too near zero
	// for float64 to count its zeros: it touches zero, or has several zeros close together (or the
	// search ran into CellLimit).
	Undecided []Span
	// Reason says why there is no rate at all; it is empty when there is one or may be one.
	Reason Reason
	// Err says what is wrong with the flows; when it is set, all else is empty.
	Err error
}

// Span is a range of rates, as fractions per period, whose zeros could not be counted.
type Span struct {
	Lo, Hi  float64
	AtLeast int // so many rates are certain to lie inside
}

// Reason is why a list of flows has no internal rate of return, as the end of a sentence.
type Reason string

// The reasons.
const (
	NoFlow    Reason = "no date has a flow other than zero"
	OneSign   Reason = "the flows never change sign"
	NeverZero Reason = "the net present value is zero at no rate"
)

// Only gives the rate where there is exactly one, proven and within range.
func (r Roots) Only() (rate float64, ok bool) {
	if len(r.Rates) != 1 || r.Below > 0 || r.Above > 0 || len(r.Undecided) > 0 {
		return 0, false
	}
	return r.Rates[0], true
}

// String writes the rates as a reader would say them: "12.34%", "none: the flows never change
// sign", "2 rates: -41.2%, 25%", "undecided near 10%". Rates have four significant digits, or
// as many as tell them apart.
func (r Roots) String() string {
	var parts []string
	switch {
	case r.Err != nil:
		return "invalid: " + r.Err.Error()
	case r.Reason != "":
		return "none: " + string(r.Reason)
	case len(r.Rates) == 1:
		parts = append(parts, percents(r.Rates)[0])
	case len(r.Rates) > 1:
		parts = append(parts, fmt.Sprintf("%d rates: %s", len(r.Rates), strings.Join(percents(r.Rates), ", ")))
	case len(r.Undecided) == 0:
		parts = append(parts, "none from "+minRateText+" to "+maxRateText)
	}
	for _, span := range r.Undecided {
		parts = append(parts, span.String())
	}
	if r.Below > 0 {
		parts = append(parts, fmt.Sprintf("%d below %s", r.Below, minRateText))
	}
	if r.Above > 0 {
		parts = append(parts, fmt.Sprintf("%d above %s", r.Above, maxRateText))
	}
	return strings.Join(parts, "; ")
}

// String writes "undecided near 10%" or "undecided from 9.1% to 10.2%", and what is certain.
func (s Span) String() string {
	text := "undecided "
	lo, hi := percent(s.Lo, 4), percent(s.Hi, 4)
	if lo == hi {
		text += "near " + lo
	} else {
		text += "from " + lo + " to " + hi
	}
	if s.AtLeast > 0 {
		text += fmt.Sprintf(" (at least %d)", s.AtLeast)
	}
	return text
}

// percents writes ascending rates with the fewest digits, from four, that tell them apart.
func percents(rates []float64) []string {
	texts := make([]string, len(rates))
	for digits := 4; digits <= 17; digits++ {
		same := false
		for i, rate := range rates {
			texts[i] = percent(rate, digits)
			same = same || i > 0 && texts[i] == texts[i-1]
		}
		if !same {
			break
		}
	}
	return texts
}

// percent writes a rate in percent with so many significant digits, at most two more than that
// after the point, and no zeros at the end.
func percent(rate float64, digits int) string {
	if math.IsInf(rate, 1) {
		return "infinity"
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(100*rate, 'g', digits, 64), 64)
	if err != nil {
		panic(err) // FormatFloat wrote what ParseFloat cannot read
	}
	text := strconv.FormatFloat(rounded, 'f', -1, 64)
	if places := strings.IndexByte(text, '.'); places >= 0 && len(text) > places+digits+3 {
		text = strconv.FormatFloat(rounded, 'f', digits+2, 64)
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		text = "0"
	}
	return text + "%"
}
