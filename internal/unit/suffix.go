// SPDX-License-Identifier: Apache-2.0

package unit

import "strings"

// suffixes are the letters that stand for powers of a thousand, greatest first.
// Up to decimals digits after the point a quantity is written with the letter: 1.25B but 1_234.
var suffixes = []struct {
	letter    string
	thousands int
	decimals  int
}{{"T", 4, 3}, {"B", 3, 3}, {"M", 2, 3}, {"K", 1, 1}}

// suffixWords are words that people write for a suffix.
var suffixWords = []struct{ word, letter string }{
	{"thousand", "K"}, {"mm", "M"}, {"mn", "M"}, {"mio", "M"}, {"mil", "M"}, {"million", "M"}, {"millions", "M"},
	{"bln", "B"}, {"bil", "B"}, {"billion", "B"}, {"billions", "B"}, {"mrd", "B"}, {"tn", "T"}, {"trn", "T"}, {"trillion", "T"}, {"trillions", "T"},
}

const suffixHint = "K, M, B (or bn) and T stand for thousand, million, billion and trillion"

// scaleSuffix applies the power of a thousand that the rest stands for.
func scaleSuffix(d decimal, rest string) (decimal, *Error) {
	if rest == "" {
		return d, nil
	}
	name := strings.ToUpper(rest)
	if name == "BN" {
		name = "B"
	}
	for _, s := range suffixes {
		if s.letter == name {
			return d.shift(3 * s.thousands), nil
		}
	}
	if letter := matchSuffix(rest); letter != "" {
		return d, refuse("has the suffix "+rest+", which is not read", "write "+letter+" in its place")
	}
	if rest[0] == ',' {
		return d, refuse("has a comma, which reads as thousands in one country and as decimals in another", "write 5_000_000, 5M or 12.50")
	}
	return d, refuse("has "+quote(rest)+" after the number", suffixHint)
}

// matchSuffix returns the letter of a suffix or of a word for one; empty if there is none.
func matchSuffix(word string) string {
	for _, s := range suffixes {
		if strings.EqualFold(word, s.letter) {
			return s.letter
		}
	}
	if strings.EqualFold(word, "bn") {
		return "B"
	}
	for _, w := range suffixWords {
		if strings.EqualFold(word, w.word) {
			return w.letter
		}
	}
	return ""
}
