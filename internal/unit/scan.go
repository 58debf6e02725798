// SPDX-License-Identifier: Apache-2.0

package unit

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// scanSign splits a leading hyphen from the text.
func scanSign(s string) (negative bool, rest string, problem *Error) {
	for _, sign := range []string{"\u2212", "\u2010", "\u2011", "\u2013", "\u2014", "\ufe63", "\uff0d"} {
		if strings.HasPrefix(s, sign) {
			return false, s, refuse("has a Unicode minus or dash for a sign", "write the plain hyphen: -5")
		}
	}
	if strings.HasPrefix(s, "+") {
		return false, s, refuse("has a plus sign", "leave the plus sign out")
	}
	rest, negative = strings.CutPrefix(s, "-")
	return negative, rest, nil
}

// scanDecimal reads digits, underscores, point and exponent; rest is what follows them.
func scanDecimal(s string) (d decimal, rest string, problem *Error) {
	if problem = checkStart(s); problem != nil {
		return d, s, problem
	}
	end := span(s, "0123456789_")
	whole, problem := ungroup(s[:end])
	if problem != nil {
		return d, s, problem
	}
	fraction, rest, problem := scanFraction(s[end:])
	if problem != nil {
		return d, s, problem
	}
	exp, rest, problem := scanExponent(rest)
	if problem != nil {
		return d, s, problem
	}
	return makeDecimal(whole+fraction, exp-len(fraction)), rest, nil
}

// span returns the length of the prefix of s made of the given characters.
func span(s, chars string) int {
	return len(s) - len(strings.TrimLeft(s, chars))
}

// checkStart refuses what does not begin with a decimal digit, each case in its own words.
func checkStart(s string) *Error {
	lower := strings.ToLower(s)
	first, _ := utf8.DecodeRuneInString(s)
	switch {
	case s == "":
		return refuse("has no number", "write the number, such as 5B")
	case strings.HasPrefix(lower, "0x"):
		return refuse("is hexadecimal", "write the number in decimal digits")
	case strings.HasPrefix(lower, "0o"):
		return refuse("is octal", "write the number in decimal digits")
	case isDigit(s[0]):
		return nil
	case strings.HasPrefix(strings.TrimPrefix(lower, "."), "nan"):
		return refuse("is not a number", "write a finite number")
	case strings.HasPrefix(strings.TrimPrefix(lower, "."), "inf"):
		return refuse("is infinite", "write a finite number, or leave the field out if there is no limit")
	case s[0] == '.':
		return refuse("starts with the decimal point", "write 0 before the point: 0.5")
	case s[0] == '_':
		return refuse("has a misplaced underscore", "underscores stand between groups of three digits: 5_000_000")
	case s[0] == '-' || s[0] == '+':
		return refuse("has a sign in the wrong place", "the sign comes first, once: -$5M")
	case unicode.IsDigit(first):
		return refuse("has digits other than 0 to 9", "write the number in the digits 0 to 9")
	case unicode.Is(unicode.Sc, first):
		return refuse("has the currency symbol "+string(first)+", which is not read here", "write the number alone")
	}
	return refuse("does not start with a number", "write the number first, such as 5B; only at least, up to and about may precede it")
}

// ungroup checks the whole part and takes its underscores out.
func ungroup(whole string) (string, *Error) {
	groups := strings.Split(whole, "_")
	if len(whole) > 1 && whole[0] == '0' {
		return "", refuse("has a leading zero", "leave the zeros before the first digit out")
	}
	for i, g := range groups {
		if len(groups) > 1 && (i > 0 && len(g) != 3 || len(g) == 0 || len(g) > 3) {
			return "", refuse("has a misplaced underscore", "underscores stand between groups of three digits: 5_000_000")
		}
	}
	return strings.Join(groups, ""), nil
}

// scanFraction reads the digits after the decimal point, if there is one.
func scanFraction(s string) (digits, rest string, problem *Error) {
	if !strings.HasPrefix(s, ".") {
		return "", s, nil
	}
	end := 1 + span(s[1:], "0123456789")
	switch {
	case strings.HasPrefix(s[end:], "_"):
		return "", s, refuse("has an underscore after the decimal point", "underscores stand between groups of three digits before the point")
	case end == 1:
		return "", s, refuse("ends at the decimal point", "write a digit after the point, or leave the point out")
	}
	return s[1:end], s[end:], nil
}

// scanExponent reads a power of ten such as e9 or E-3, if there is one.
func scanExponent(s string) (exp int, rest string, problem *Error) {
	if s == "" || s[0] != 'e' && s[0] != 'E' {
		return 0, s, nil
	}
	end := 1
	if end < len(s) && (s[end] == '-' || s[end] == '+') {
		end++
	}
	start := end
	end += span(s[end:], "0123456789")
	if end == start || end-start > 4 {
		return 0, s, refuse("has a malformed exponent", "an exponent is e and one to four digits: 5e9")
	}
	if end < len(s) {
		return 0, s, refuse("has both an exponent and a suffix", "write one of the two: 5e9 or 5B")
	}
	exp, err := strconv.Atoi(s[1:end])
	if err != nil {
		panic("unit: exponent of digits did not parse: " + err.Error())
	}
	return exp, "", nil
}
