// SPDX-License-Identifier: Apache-2.0

package unit

import (
	"strconv"
	"strings"
)

// decimal is an unsigned decimal number as written, held exactly: digits x 10^exp.
// Digits have no zero at either end; zero is the empty string with exp 0.
type decimal struct {
	digits string
	exp    int
}

// makeDecimal trims zeros so that equal values are equal structs.
func makeDecimal(digits string, exp int) decimal {
	digits = strings.TrimLeft(digits, "0")
	short := strings.TrimRight(digits, "0")
	if short == "" {
		return decimal{}
	}
	return decimal{short, exp + len(digits) - len(short)}
}

// decimalOf returns the shortest decimal that reads back as x, which is finite and not negative.
func decimalOf(x float64) decimal { return decimalTo(x, -1) }

// decimalTo returns x, finite and not negative, to that many digits after the first:
// half to even on the exact binary value. With -1 it is decimalOf.
func decimalTo(x float64, digits int) decimal {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', digits, 64), "e")
	exp, err := strconv.Atoi(exponent)
	if err != nil {
		panic("unit: decimal of a number that is not finite")
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	return makeDecimal(whole+fraction, exp-len(fraction))
}

// shift returns d x 10^places.
func (d decimal) shift(places int) decimal {
	if d.digits == "" {
		return d
	}
	return decimal{d.digits, d.exp + places}
}

// point returns how many digits stand before the decimal point; zero or less for values below one.
func (d decimal) point() int { return len(d.digits) + d.exp }

// decimals returns how many digits stand after the decimal point.
func (d decimal) decimals() int { return max(0, -d.exp) }

// plain writes d without exponent: at least minDecimals after the point, and the
// whole part in groups of three joined by sep if it has groupFrom digits or more.
func (d decimal) plain(minDecimals, groupFrom int, sep string) string {
	digits := d.digits + strings.Repeat("0", max(0, d.exp))
	decimals := d.decimals()
	if short := decimals + 1 - len(digits); short > 0 {
		digits = strings.Repeat("0", short) + digits
	}
	whole, fraction := digits[:len(digits)-decimals], digits[len(digits)-decimals:]
	if short := minDecimals - decimals; short > 0 {
		fraction += strings.Repeat("0", short)
	}
	if len(whole) >= groupFrom {
		whole = group(whole, sep)
	}
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// group puts sep between groups of three digits, counted from the right.
func group(whole, sep string) string {
	var out strings.Builder
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out.WriteString(sep)
		}
		out.WriteByte(whole[i])
	}
	return out.String()
}

// float returns the nearest float64.
func (d decimal) float() (float64, *Error) {
	if d.digits == "" {
		return 0, nil
	}
	x, err := strconv.ParseFloat(d.digits+"e"+strconv.Itoa(d.exp), 64)
	switch {
	case err != nil:
		return 0, refuse("is too large", "the largest number is about 1.79e308")
	case x == 0:
		return 0, refuse("is too small to be told from zero", "write 0")
	}
	return x, nil
}

// maxCents is 2^53: up to it every whole number is a float64.
const maxCents = 1 << 53

// cents returns a value in minor units as a whole number, exactly.
func (d decimal) cents() (float64, *Error) {
	if d.exp < 0 {
		return 0, refuse("is not a whole number of cents", "the smallest amount is 0.01")
	}
	tooLarge := refuse("is more than 2^53 cents, beyond which cents are lost", "the largest amount is 90_071_992_547_409.92, about 90T")
	if d.point() > len("9007199254740992") {
		return 0, tooLarge
	}
	n, err := strconv.ParseUint("0"+d.digits+strings.Repeat("0", d.exp), 10, 64)
	if err != nil || n > maxCents {
		return 0, tooLarge
	}
	return float64(n), nil
}
