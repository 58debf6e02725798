// SPDX-License-Identifier: Apache-2.0

package unit

import "strings"

// Bound is the qualifier before an amount: how the stated value limits the true one.
type Bound int

const (
	Exact   Bound = iota // the value itself
	AtLeast              // the true value is this or more
	UpTo                 // the true value is this or less
	About                // the value is a rounding
)

// boundWords are the qualifiers as a deal file spells them.
var boundWords = [...]string{Exact: "", AtLeast: "at least", UpTo: "up to", About: "about"}

// String returns the qualifier as a deal file spells it; empty for Exact.
func (b Bound) String() string {
	if b < Exact || b > About {
		panic("unit: no such bound")
	}
	return boundWords[b]
}

// Amount is a value with its qualifier.
type Amount struct {
	Value float64 // in the unit asked for: minor units from ParseMoney, ones from ParseNumber
	Bound Bound
}

// boundSynonyms are qualifiers that people write and this package does not read,
// each with the one word that it does read. A slice, so that the order is fixed.
var boundSynonyms = []struct{ wrote, means string }{
	{"at most", "up to"}, {"no more than", "up to"}, {"not more than", "up to"}, {"less than", "up to"},
	{"under", "up to"}, {"maximum", "up to"}, {"max", "up to"}, {"<=", "up to"}, {"<", "up to"},
	{"no less than", "at least"}, {"not less than", "at least"}, {"more than", "at least"}, {"over", "at least"},
	{"minimum", "at least"}, {"min", "at least"}, {">=", "at least"}, {">", "at least"},
	{"approximately", "about"}, {"approx.", "about"}, {"approx", "about"}, {"around", "about"}, {"roughly", "about"},
	{"circa", "about"}, {"ca.", "about"}, {"~", "about"},
}

// cutBound splits the qualifier from the words of an amount. Case does not matter.
func cutBound(words []string) (Bound, []string, *Error) {
	text := strings.ToLower(strings.Join(words, " "))
	for b := AtLeast; b <= About; b++ {
		if phrase := b.String(); text == phrase || strings.HasPrefix(text, phrase+" ") {
			return b, words[strings.Count(phrase, " ")+1:], nil
		}
	}
	for _, s := range boundSynonyms {
		last := s.wrote[len(s.wrote)-1]
		isSign := last == '<' || last == '>' || last == '=' || last == '~'
		if strings.HasPrefix(text, s.wrote+" ") || isSign && strings.HasPrefix(text, s.wrote) {
			return Exact, nil, refuse("has the qualifier "+s.wrote+", which is not read", "write "+s.means)
		}
	}
	return Exact, words, nil
}
