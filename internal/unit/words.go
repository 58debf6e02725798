// SPDX-License-Identifier: Apache-2.0

package unit

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// inputMost is the longest text that is read as a quantity, in bytes.
const inputMost = 100

// scanAmount splits a text into its qualifier and the one word that must remain.
func scanAmount(s string) (word string, bound Bound, problem *Error) {
	words, problem := scanWords(s)
	if problem != nil {
		return "", Exact, problem
	}
	bound, words, problem = cutBound(words)
	if problem != nil {
		return "", Exact, problem
	}
	if len(words) == 0 {
		return "", Exact, refuse("has no amount after "+bound.String(), "write the amount, such as "+bound.String()+" 5B")
	}
	if problem = checkRange(words); problem != nil {
		return "", Exact, problem
	}
	if len(words) > 1 {
		return "", Exact, refuseWords(words)
	}
	return words[0], bound, nil
}

// refuseWords says what is wrong with words that follow the number.
func refuseWords(words []string) *Error {
	second := words[1]
	if isDigit(second[0]) && startsNumber(words[0]) {
		return refuse("has spaces between digits", "write 5_000_000 or 5M")
	}
	if !startsNumber(strings.TrimPrefix(words[0], "-")) {
		if _, known := LookupCurrency(strings.ToUpper(words[0])); known {
			return refuse("names the currency", "the deal states its currency once: write the number alone, such as 5B")
		}
		return refuse("has "+quote(words[0])+" before the number", "only at least, up to and about may precede a number")
	}
	if letter := matchSuffix(second); letter != "" {
		return refuse("has a space or a word for its suffix", "write "+words[0]+letter)
	}
	if _, known := LookupCurrency(strings.ToUpper(second)); known {
		return refuse("names the currency", "the deal states its currency once: write the number alone, such as 5B")
	}
	return refuse("has "+quote(second)+" after the number", "write the number alone; the field says what it counts")
}

// scanWords splits a text at white space and refuses what cannot be one quantity.
func scanWords(s string) ([]string, *Error) {
	switch {
	case len(s) > inputMost:
		return nil, refuse("is too long for one quantity", "a quantity has at most "+strconv.Itoa(inputMost)+" characters")
	case !utf8.ValidString(s):
		return nil, refuse("is not valid UTF-8", "save the file as UTF-8")
	}
	words := strings.Fields(s)
	if len(words) == 0 {
		return nil, refuse("is empty", "write a quantity, such as 5B or 25%")
	}
	return words, nil
}

// checkRange refuses two quantities where one was asked for.
func checkRange(words []string) *Error {
	isRange := strings.EqualFold(words[0], "between")
	for i, w := range words {
		isJoin := strings.EqualFold(w, "to") || strings.EqualFold(w, "and") || w == "-" || w == "\u2013" || w == "\u2014" || w == ".."
		isRange = isRange || isJoin && i > 0 && i < len(words)-1
	}
	for _, join := range []string{"..", "-", "\u2013", "\u2014"} {
		before, after, found := strings.Cut(words[0], join)
		isRange = isRange || found && startsNumber(before) && !endsExponent(before) && startsNumber(after)
	}
	if !isRange {
		return nil
	}
	return refuse("is a range, and a range needs uncertainty and is not a single amount",
		"write one value, with at least, up to or about before it; another that a source gives can stand under alternatives, and what is uncertain in the world")
}

// startsNumber reports whether a number could start here, after a currency symbol.
func startsNumber(s string) bool {
	s = strings.TrimPrefix(s, matchSymbol(s))
	return s != "" && isDigit(s[0])
}

// endsExponent reports whether the text stops at an exponent mark, as 1e of 1e-3 does.
func endsExponent(s string) bool {
	return strings.HasSuffix(strings.ToLower(s), "e")
}
