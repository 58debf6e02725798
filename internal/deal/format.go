// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"bytes"
	"strings"

	"offtake/internal/deal/tree"
	"offtake/internal/diag"
)

// Format puts the white space of a deal file in order and changes nothing else: lines
// end in a line feed, without blanks before it; tabs between values are spaces; at most
// one line is left blank, none at the beginning or end; the file ends its last line.
// Text inside scalars and comments stays, but for blanks at the end of comments. A file
// that is not YAML that this package reads comes back as it is.
func Format(source []byte) []byte {
	text := bytes.ReplaceAll(bytes.TrimPrefix(source, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
	root, _ := tree.Parse("", text)
	if root == nil {
		return source
	}
	out := []byte(tidy(string(text), scalars(root, nil)))
	if again, _ := tree.Parse("", out); again == nil || !same(root, again) {
		return source
	}
	return out
}

// Unreadable is what keeps a text from being read as YAML at all; nil where nothing
// does, whatever else may be wrong with it.
func Unreadable(file string, source []byte) diag.List {
	if root, list := tree.Parse(file, source); root == nil {
		return list
	}
	return nil
}

// tidy writes text line by line. Inside are its scalars in order.
func tidy(text string, inside []*tree.Node) string {
	var out strings.Builder
	at, blank := 0, false
	for at < len(text) {
		end := lineEnd(text, at)
		for len(inside) > 0 && kept(text, inside[0]) <= at {
			inside = inside[1:]
		}
		line := text[at:end]
		if last := keptTo(text, inside, end); last > 0 {
			end = last
			line = strings.TrimSuffix(text[at:end], "\n")
		} else {
			line = tidyLine(text[:end], at, inside)
		}
		if blank && out.Len() > 0 && line != "" {
			out.WriteByte('\n')
		}
		if line != "" {
			out.WriteString(line + "\n")
		}
		at, blank = end+1, line == ""
	}
	return out.String()
}

// lineEnd is the index of the line feed that ends the line at an index, or of the end.
func lineEnd(text string, at int) int {
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(text)
}

// kept is how far a scalar reaches; text on lines of its own has the blank lines
// below it too, because some of its marks keep them.
func kept(text string, n *tree.Node) int {
	if n.Style != tree.Block {
		return n.End
	}
	end := lineEnd(text, n.End)
	for end < len(text) && strings.Trim(text[end+1:lineEnd(text, end+1)], " ") == "" {
		end = lineEnd(text, end+1)
	}
	return end
}

// keptTo is the end of the last line that must stay as it is, where a scalar that
// begins before the line's end goes over several lines; 0 where none does.
func keptTo(text string, inside []*tree.Node, end int) int {
	last := 0
	for _, n := range inside {
		if n.Start >= max(end, last) {
			break
		}
		if to := kept(text, n); strings.Contains(text[n.Start:to], "\n") || n.Style == tree.Block {
			last = lineEnd(text, to)
		}
	}
	return last
}

// tidyLine is the line from an index to the end of text without blanks at its end, and
// with spaces for tabs outside of scalars and comments.
func tidyLine(text string, at int, inside []*tree.Node) string {
	line := []byte(text[at:])
	for i := range line {
		for len(inside) > 0 && inside[0].End <= at+i {
			inside = inside[1:]
		}
		within := len(inside) > 0 && inside[0].Start <= at+i
		if !within && line[i] == '#' {
			break
		}
		if !within && line[i] == '\t' {
			line[i] = ' '
		}
	}
	return strings.TrimRight(string(line), " \t")
}

// same tells whether two files say the same.
func same(a, b *tree.Node) bool {
	if a.Kind != b.Kind || a.Text != b.Text || len(a.Entries) != len(b.Entries) || len(a.Items) != len(b.Items) {
		return false
	}
	for i := range a.Entries {
		if a.Entries[i].Key.Text != b.Entries[i].Key.Text || !same(a.Entries[i].Value, b.Entries[i].Value) {
			return false
		}
	}
	for i := range a.Items {
		if !same(a.Items[i], b.Items[i]) {
			return false
		}
	}
	return true
}
