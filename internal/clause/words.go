// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"math"
	"strings"

	"offtake/internal/unit"
)

// each writes what one of something costs, exactly: "$0.85", "$0.8125".
func (in *Setting) each(price float64) string {
	if cents := price * unit.MinorPerMajor; math.Abs(cents-math.Round(cents)) < 1e-6 {
		return unit.FormatMoneyExact(math.Round(cents), in.Currency)
	}
	return strings.TrimSuffix(in.Money(0), "0") + commas(unit.WriteNumber(price))
}

// commas writes a number that was written for files as people read it.
func commas(written string) string { return strings.ReplaceAll(written, "_", ",") }

// gigawatts writes power without the zeros that three digits would bring.
func gigawatts(x float64) string { return commas(unit.WriteNumber(math.Round(x*1e9) / 1e9)) }

// either joins things of which one is enough.
func either(parts []string) string {
	if n := len(parts); n > 1 {
		return strings.Join(parts[:n-1], ", ") + " or " + parts[n-1]
	}
	return strings.Join(parts, "")
}

// nth is a whole number as a place in a row: 1st, 12th, 23rd.
func nth(n int) string {
	end := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return fmt.Sprintf("%d%s", n, end)
}

// worthOf is what is left of something at the end is taken to be worth; nothing
// where that is its face.
func worthOf(what string, worth float64) string {
	if worth == 1 {
		return ""
	}
	return fmt.Sprintf(" %s is taken to be worth %s of its face.", what, unit.FormatRate(worth))
}
