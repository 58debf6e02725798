// SPDX-License-Identifier: Apache-2.0

package unit

import (
	"math"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// FormatMoney writes an amount in minor units for people, to three significant digits
// or to the cent below a thousand: "$5.00B", "$412M", "-$38.0M", "$12.50", "$0".
func FormatMoney(cents float64, c Currency) string {
	if text, done := formatOdd(cents); done {
		return text
	}
	abs := math.Abs(cents)
	whole := strconv.FormatFloat(abs, 'f', 0, 64)
	d := makeDecimal(whole, -2)
	switch {
	case d.digits == "":
		return c.prefix() + "0"
	case d.point() <= 3:
		return signOf(cents, d) + c.prefix() + d.plain(2, math.MaxInt, "")
	}
	return signOf(cents, d) + c.prefix() + threeDigits(abs, -2)
}

// FormatMoneyExact writes an amount in minor units for people, to the cent, in groups
// of three: "$4,610,389,610.39". A fraction of a cent is rounded half to even.
func FormatMoneyExact(cents float64, c Currency) string {
	if text, done := formatOdd(cents); done {
		return text
	}
	d := makeDecimal(strconv.FormatFloat(math.Abs(cents), 'f', 0, 64), -2)
	return signOf(cents, d) + c.prefix() + d.plain(2, 0, ",")
}

// FormatNumber writes a number for people, to three significant digits: "1.37", "833M",
// "0.0289"; whole numbers below ten thousand in full: "20", "1,234".
func FormatNumber(x float64) string {
	if text, done := formatOdd(x); done {
		return text
	}
	abs := math.Abs(x)
	d := decimalOf(abs)
	if d.exp >= 0 && d.point() <= 4 {
		return signOf(x, d) + d.plain(0, 0, ",")
	}
	return signOf(x, d) + threeDigits(abs, 0)
}

// FormatRate writes a fraction as a percentage for people, to at most two decimals:
// "8.62%", "25%", "0.62%". Below 0.01% it keeps two significant digits, from 1000% no
// decimals.
func FormatRate(x float64) string {
	if text, done := formatOdd(x); done {
		return text
	}
	abs := math.Abs(x)
	d := decimalOf(abs).shift(2)
	keep := 2
	switch {
	case d.digits == "":
		return "0%"
	case isExtreme(d):
		return signOf(x, d) + decimalTo(abs, 1).shift(2).scientific() + "%"
	case d.point() > 3:
		keep = 0
	case d.point() < -1:
		keep = 2 - d.point()
	}
	return signOf(x, d) + decimalTo(abs, max(0, d.point()+keep-1)).shift(2).plain(0, 0, ",") + "%"
}

// formatOdd writes what has no digits.
func formatOdd(x float64) (text string, done bool) {
	switch {
	case math.IsNaN(x):
		return "undefined", true
	case math.IsInf(x, 1):
		return "infinite", true
	case math.IsInf(x, -1):
		return "-infinite", true
	}
	return "", false
}

// threeDigits writes x x 10^shift, x positive, with three significant digits and a suffix.
func threeDigits(x float64, shift int) string {
	d := decimalTo(x, 2).shift(shift)
	thousands := max(0, (d.point()-1)/3)
	if d.point() < -3 || thousands > suffixes[0].thousands {
		return d.scientific()
	}
	letter := ""
	for _, s := range suffixes {
		if s.thousands == thousands {
			letter = s.letter
		}
	}
	scaled := d.shift(-3 * thousands)
	return scaled.plain(3-scaled.point(), math.MaxInt, "") + letter
}

// scientific writes d with an exponent: 1.23e18.
func (d decimal) scientific() string {
	mantissa := decimal{d.digits, 1 - len(d.digits)}
	return mantissa.plain(0, math.MaxInt, "") + "e" + strconv.Itoa(d.point()-1)
}

// prefix returns what stands before the digits: a symbol as it is, a code with a space.
func (c Currency) prefix() string {
	last, _ := utf8.DecodeLastRuneInString(c.Symbol)
	if unicode.IsLetter(last) {
		return c.Symbol + " "
	}
	return c.Symbol
}

// FormatCount writes a whole number for people, with commas: "16,384".
func FormatCount(n int) string {
	s := strconv.Itoa(n)
	for at := len(s) - 3; at > 0 && s[at-1] != '-'; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}
