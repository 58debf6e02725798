// SPDX-License-Identifier: Apache-2.0

package unit

import (
	"math"
	"strconv"
	"strings"
)

// groupFrom is the number of whole digits from which a deal file has underscores.
const groupFrom = 5

// WriteMoney writes an amount in minor units as a deal file spells it: "5B", "1.25B",
// "4_610_389_610.39", "12.50". Whole cents read back exactly; a fraction of a cent is
// first rounded half to even. It panics beyond 2^53 cents and on NaN.
func WriteMoney(cents float64) string {
	whole := math.RoundToEven(math.Abs(cents))
	if !(whole <= maxCents) {
		panic("unit: WriteMoney of " + strconv.FormatFloat(cents, 'g', -1, 64) + " cents")
	}
	d := makeDecimal(strconv.FormatUint(uint64(whole), 10), -2)
	minDecimals := 0
	if d.exp < 0 {
		minDecimals = 2
	}
	return signOf(cents, d) + writeCompact(d, minDecimals)
}

// WriteNumber writes a number as a deal file spells it: "833M", "1.37", "1e-09".
// Every finite number reads back exactly. It panics on NaN and infinities.
func WriteNumber(x float64) string {
	d := decimalOf(math.Abs(x))
	if isExtreme(d) {
		return strconv.FormatFloat(x, 'e', -1, 64)
	}
	return signOf(x, d) + writeCompact(d, 0)
}

// WriteRate writes a fraction as a deal file spells it: 0.25 is "25%". Every finite
// rate reads back exactly. It panics on NaN and infinities.
func WriteRate(x float64) string {
	d := decimalOf(math.Abs(x))
	if isExtreme(d) {
		return strconv.FormatFloat(x, 'e', -1, 64)
	}
	return signOf(x, d) + d.shift(2).plain(0, groupFrom, "_") + "%"
}

// isExtreme reports whether a value is written with an exponent: beyond a thousand
// trillion or below a millionth.
func isExtreme(d decimal) bool {
	return d.digits != "" && (d.point() > 15 || d.point() < -5)
}

// writeCompact writes with the greatest suffix that leaves few decimals, or in plain digits.
func writeCompact(d decimal, minDecimals int) string {
	for _, s := range suffixes {
		scaled := d.shift(-3 * s.thousands)
		if scaled.point() > 0 && scaled.decimals() <= s.decimals {
			return scaled.plain(0, groupFrom, "_") + s.letter
		}
	}
	return d.plain(minDecimals, groupFrom, "_")
}

// signOf returns the sign to write before |x|; none if what is written is zero.
func signOf(x float64, d decimal) string {
	if x < 0 && d.digits != "" {
		return "-"
	}
	return ""
}

// quote shows a piece of the input in a message.
func quote(s string) string {
	if len(s) > quotedMost {
		s = strings.ToValidUTF8(s[:quotedMost], "") + "..."
	}
	return strconv.QuoteToASCII(s)
}
