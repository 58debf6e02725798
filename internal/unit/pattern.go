// SPDX-License-Identifier: Apache-2.0

package unit

import (
	"regexp"
	"slices"
	"strings"
)

// The patterns say the spelling of quantities in regular expressions that RE2 and
// ECMAScript read alike, for editors. What this package reads they match, but for
// white space beyond ASCII and for a minus sign before zero where none is allowed;
// they match more than it reads: sizes and ranges are not theirs.

const (
	patternDigits   = `(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:_[0-9]{3})+)(?:\.[0-9]+)?`
	patternExponent = `[eE][-+]?[0-9]{1,4}`
	patternSuffix   = `[KkMmBbTt]|[Bb][Nn]`
	patternBound    = `(?:(?:[Aa][Tt]\s+[Ll][Ee][Aa][Ss][Tt]|[Uu][Pp]\s+[Tt][Oo]|[Aa][Bb][Oo][Uu][Tt])\s+)?`
)

// MoneyPattern matches what ParseMoney reads; signed allows amounts below zero, and
// bound a qualifier.
func MoneyPattern(signed, bound bool) string {
	return wholePattern(signed, bound, `(?:`+strings.Join(symbolPatterns(), `|`)+`)?`, patternExponent+`|`+patternSuffix)
}

// NumberPattern matches what ParseNumber reads.
func NumberPattern(signed, bound bool) string {
	return wholePattern(signed, bound, ``, patternExponent+`|`+patternSuffix)
}

// RatePattern matches what ParseRate reads.
func RatePattern(signed bool) string {
	return wholePattern(signed, false, ``, patternExponent+`|%|bps?`)
}

func wholePattern(signed, bound bool, symbol, end string) string {
	before, sign := ``, ``
	if bound {
		before = patternBound
	}
	if signed {
		sign = `-?`
	}
	return `^\s*` + before + sign + symbol + patternDigits + `(?:` + end + `)?\s*$`
}

// symbolPatterns are the currency symbols, each once, in the order of the currencies.
func symbolPatterns() []string {
	var out []string
	for _, c := range currencies {
		if s := regexp.QuoteMeta(c.Symbol); c.Symbol != c.Code && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
