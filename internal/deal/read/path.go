// SPDX-License-Identifier: Apache-2.0

package read

import (
	"strconv"
	"strings"
)

// A path names one value of a deal: names joined by points, and in brackets the number
// of an element, from 0, or a name that has other characters than letters, digits,
// hyphens and underscores: clauses.delivery.generations[0].gw, world.need.firm.table[2],
// facts[clauses.series-g.amount].status. A number after a point is an element too.

// Join is the path of what has that name at path.
func Join(path, name string) string {
	switch {
	case !isWord(name) || isDigits(name):
		return path + "[" + name + "]"
	case path == "":
		return name
	}
	return path + "." + name
}

// At is the path of element i of the list at path.
func At(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// Split is the names and numbers along a path, as many as can be told: brackets that
// do not close reach to the end. Of a path deeper than any file it is the first names.
func Split(path string) []string {
	var names []string
	for path != "" && len(names) < namesMost {
		name := path
		switch path[0] {
		case '.':
			path = path[1:]
			continue
		case '[':
			end := closing(path)
			name, path = path[1:end], path[min(end+1, len(path)):]
		default:
			end := strings.IndexAny(path, ".[")
			if end < 0 {
				end = len(path)
			}
			name, path = path[:end], path[end:]
		}
		names = append(names, name)
	}
	return names
}

// namesMost is more names than there are along the path of any value that is read.
const namesMost = 200

// closing is the index of the bracket that closes the first of a path; the path's
// length if none does.
func closing(path string) int {
	depth := 0
	for i := range len(path) {
		switch path[i] {
		case '[':
			depth++
		case ']':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(path)
}

// Clean is the path in the one form that is looked up: generations.0.gw is
// generations[0].gw.
func Clean(path string) string {
	clean := ""
	for _, name := range Split(path) {
		clean = Join(clean, name)
	}
	return clean
}

// Parent is the path without its last name; "" of a single name.
func Parent(path string) string {
	names := Split(path)
	if len(names) == 0 {
		return ""
	}
	parent := ""
	for _, name := range names[:len(names)-1] {
		parent = Join(parent, name)
	}
	return parent
}

// Within tells whether path is of, or of something inside, the value at outer.
func Within(path, outer string) bool {
	rest, ok := strings.CutPrefix(path, outer)
	return ok && (rest == "" || outer == "" || rest[0] == '.' || rest[0] == '[')
}

func isWord(s string) bool {
	for _, r := range s {
		if r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return s != ""
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// IsKey tells whether a name may stand for a party, a clause or a source: a letter,
// then letters, digits, hyphens and underscores, 64 in all at most.
func IsKey(s string) bool {
	return isWord(s) && len(s) <= 64 && (s[0] >= 'a' && s[0] <= 'z' || s[0] >= 'A' && s[0] <= 'Z')
}
