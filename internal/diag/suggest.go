// SPDX-License-Identifier: Apache-2.0

package diag

import "strings"

const (
	suggestMost   = 64 // longest word that is looked at, in runes
	suggestPrefix = 3  // shortest beginning of a word that suggests the word, in runes
)

// Suggest returns the word among those given that was probably meant; empty if none is
// near. Near is one slip in up to four letters, two in up to eight, three in longer
// words, regardless of case; failing that, the beginning of exactly one of them. Of
// equally near words it returns the first.
func Suggest(word string, among []string) string {
	wrote := []rune(strings.ToLower(word))
	if len(wrote) == 0 || len(wrote) > suggestMost {
		return ""
	}
	best, nearest := "", slips(len(wrote))+1
	for _, candidate := range among {
		meant := []rune(strings.ToLower(candidate))
		if len(meant) == 0 || max(len(meant), len(wrote))-min(len(meant), len(wrote)) >= nearest {
			continue
		}
		if d := distance(wrote, meant); d < nearest && d < max(len(wrote), len(meant)) {
			best, nearest = candidate, d
		}
	}
	if best == "" {
		return completion(string(wrote), among)
	}
	return best
}

// slips returns how many slips are forgiven in a word of that many runes.
func slips(length int) int {
	switch {
	case length <= 4:
		return 1
	case length <= 8:
		return 2
	}
	return 3
}

// completion returns the only word that begins with what was written in lower case.
func completion(wrote string, among []string) string {
	only := ""
	for _, candidate := range among {
		if len([]rune(wrote)) < suggestPrefix || !strings.HasPrefix(strings.ToLower(candidate), wrote) {
			continue
		}
		if only != "" {
			return ""
		}
		only = candidate
	}
	return only
}

// distance counts the insertions, deletions, substitutions and exchanges of neighbours
// that turn a into b: optimal string alignment, after F. J. Damerau 1964, "A technique
// for computer detection and correction of spelling errors".
func distance(a, b []rune) int {
	before, above, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			differ := 1
			if a[i-1] == b[j-1] {
				differ = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+differ)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(b)]
}
