// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"bytes"
	"slices"
	"strings"

	"offtake/internal/deal/tree"
	"offtake/internal/diag"
)

// Format is a deal file in its canonical form: two spaces a level, a dash two spaces in
// from the name above it, one space after a colon, a comma and a dash, none inside
// brackets; lines end in a line feed, without blanks before it; at most one line is
// left blank, none at the beginning or end. What stands on one line stays on one line.
// Comments, order, quotes and everything that the file says stay. A file that is not
// YAML that this package reads comes back as it is, and so does one of which the form
// could not be told for certain.
func Format(source []byte) []byte {
	text := string(bytes.ReplaceAll(bytes.TrimPrefix(source, []byte("\ufeff")), []byte("\r\n"), []byte("\n")))
	for range formatsMost {
		next, ok := formatOnce(text)
		if !ok {
			return source
		}
		if next == text {
			return []byte(text)
		}
		text = next
	}
	return source
}

// formatsMost bounds the passes until nothing changes any more: one, and one to see it,
// of nearly every file.
const formatsMost = 5

// formatOnce is one pass; it fails where the result does not say what the text says.
func formatOnce(text string) (string, bool) {
	root, _ := tree.Parse("", []byte(text))
	if root == nil {
		return "", false
	}
	pieces := cut(text, scalars(root, nil))
	out := arrange(text, pieces)
	again, _ := tree.Parse("", []byte(out))
	if again == nil || !same(root, again) || !slices.Equal(comments(text, pieces), comments(out, cut(out, scalars(again, nil)))) {
		return "", false
	}
	return out, true
}

// Unreadable is what keeps a text from being read as YAML at all; nil where nothing
// does, whatever else may be wrong with it.
func Unreadable(file string, source []byte) diag.List {
	if root, list := tree.Parse(file, source); root == nil {
		return list
	}
	return nil
}

// comments are the comments of a text, in order.
func comments(text string, pieces []piece) []string {
	var out []string
	for _, p := range pieces {
		if p.kind == comment {
			out = append(out, text[p.start:p.end])
		}
	}
	return out
}

// A piece is a part of a text between white space.
type piece struct {
	kind       byte // scalar, comment, newline, other, or one of -:,[]{}
	start, end int
	block      bool // a scalar on lines of its own
}

const (
	scalar  = 's'
	comment = '#'
	newline = '\n'
	other   = '?'
)

// cut takes a text apart. Inside are its scalars in order; everything else is
// punctuation, comments and white space.
func cut(text string, inside []*tree.Node) []piece {
	var out []piece
	for at := 0; at < len(text); {
		for len(inside) > 0 && inside[0].Start < at {
			inside = inside[1:]
		}
		if len(inside) > 0 && inside[0].Start == at {
			n := inside[0]
			p := piece{kind: scalar, start: at, end: n.End, block: n.Style == tree.Block}
			if p.block {
				p.end = kept(text, n)
			}
			out, at = append(out, p), p.end
			continue
		}
		p := piece{kind: text[at], start: at, end: at + 1}
		switch c := text[at]; {
		case c == ' ' || c == '\t':
			at++
			continue
		case c == comment:
			p.end = at + len(strings.TrimRight(text[at:lineEnd(text, at)], " \t"))
		case c != newline && strings.IndexByte("-:,[]{}", c) < 0 || strings.HasPrefix(text[at:], "---"):
			p.kind = other
			for p.end < len(text) && strings.IndexByte(" \t\n", text[p.end]) < 0 {
				p.end++
			}
		}
		out, at = append(out, p), p.end
	}
	return out
}

// lineEnd is the index of the line feed that ends the line at an index, or of the end.
func lineEnd(text string, at int) int {
	if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(text)
}

// kept is how far a text on lines of its own reaches: one whose mark has a plus keeps
// the blank lines below it.
func kept(text string, n *tree.Node) int {
	end := lineEnd(text, n.End)
	if mark, _, _ := strings.Cut(text[n.Start:lineEnd(text, n.Start)], " "); !strings.Contains(mark, "+") {
		return end
	}
	for end < len(text) && strings.Trim(text[end+1:lineEnd(text, end+1)], " ") == "" {
		end = lineEnd(text, end+1)
	}
	return end
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
