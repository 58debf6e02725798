// SPDX-License-Identifier: Apache-2.0

package report

import "strings"

// numeral is a written amount, cut where amounts are aligned under each other: after the
// last digit before the decimal point. "-$4.61B" is "-$4" and ".61B".
type numeral struct{ head, tail string }

// dashes stand for "none" in a column of numbers.
const dashes = "-–—·"

// lastNumeral cuts a text at the last number in it: "at least $100B" is "at least $100"
// and "B". A text without digits is all head.
func lastNumeral(text string) numeral {
	last := strings.LastIndexAny(text, decimalDigits)
	if last < 0 {
		return numeral{head: text}
	}
	end := last + 1
	// The digits after a point are a fraction if digits stand before the point as well.
	start := strings.LastIndexFunc(text[:end], func(r rune) bool { return !isDigit(r) }) + 1
	if start >= 2 && text[start-1] == '.' && isDigit(rune(text[start-2])) {
		end = start - 1
	}
	return numeral{text[:end], text[end:]}
}

const decimalDigits = "0123456789"

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// isNumber reports whether a cell is one amount and nothing else: a sign, a currency, the
// number and at most one word of unit. Dashes and empty cells do not speak against it.
func isNumber(text string) bool {
	if text == "" || strings.Trim(text, dashes) == "" {
		return true
	}
	body := strings.TrimLeft(text, "+-–−~≈<>≤≥( ")
	for _, currency := range []string{"US$", "A$", "C$", "$", "€", "£", "¥"} {
		if rest, found := strings.CutPrefix(body, currency); found {
			body = strings.TrimLeft(rest, "+-–−")
			break
		}
	}
	if body == "" || !isDigit(rune(body[0])) {
		return false
	}
	unit := strings.TrimLeft(body, decimalDigits+",")
	if rest, found := strings.CutPrefix(unit, "."); found {
		unit = strings.TrimLeft(rest, decimalDigits)
	}
	return len(strings.Fields(unit)) <= 1 && !strings.ContainsAny(unit, decimalDigits)
}

// endNumeral cuts a text after the word of its last number: "6.0 months" is "6.0" and
// " months", "$4.61B" is all head. So are amounts aligned whose units differ.
func endNumeral(text string) numeral {
	last := strings.LastIndexAny(text, decimalDigits)
	if end := strings.IndexAny(text[last+1:], " "+hardSpace); last >= 0 && end >= 0 {
		return numeral{text[:last+1+end], text[last+1+end:]}
	}
	return numeral{head: text}
}

// attachedUnit returns what follows the last digit of a number, in its word: "B" of
// "$4.61B".
func attachedUnit(text string) string {
	last := strings.LastIndexAny(text, decimalDigits)
	if last < 0 || !isNumber(text) {
		return ""
	}
	return strings.TrimPrefix(endNumeral(text).head, text[:last+1])
}

// numerals are the widths that a column of amounts needs on each side of its cut.
type numerals struct{ head, tail int }

// fit widens the column for an amount.
func (n *numerals) fit(a numeral) {
	n.head = max(n.head, widthOf(a.head))
	n.tail = max(n.tail, widthOf(a.tail))
}

func (n numerals) width() int { return n.head + n.tail }

// offset returns where an amount starts in a column of the given width, with all cuts
// under each other and the widest tail at the right.
func (n numerals) offset(a numeral, width int) int {
	return max(0, min(width-n.tail-widthOf(a.head), width-widthOf(a.head+a.tail)))
}
