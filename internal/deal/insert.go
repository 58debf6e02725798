// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"bytes"
	"strings"

	"offtake/internal/deal/tree"
	"offtake/internal/field"
)

// fill writes a value where the file has none yet.
func (e *editor) fill(g *gap) ([]byte, error) {
	n := g.in.Node
	switch {
	case n.Kind == tree.Scalar || n.Kind == tree.Map && g.in.Field.Kind == field.Variant:
		out, err := e.replace(g.in, field.Field{Kind: field.Group}, "{"+e.entry(g, true)+"}")
		e.wrote = 0 // the value lies deeper
		return out, err
	case n.Kind != tree.Map:
		return nil, e.refuse(codeEdit, "write the list first", "%s is not a mapping", g.in.Path)
	case n.Flow:
		return e.fillBraces(n, e.entry(g, true)), nil
	}
	return e.fillLines(n, e.entry(g, false)), nil
}

// entry is the names of a gap with the value: a: {b: value}.
func (e *editor) entry(g *gap, flow bool) string {
	last := len(g.names) - 1
	text := write(g.field, e.value, tree.Plain, flow || last > 0)
	for i := last; i >= 0; i-- {
		text = tree.Write(g.names[i], tree.Plain, flow || i > 0) + ": " + text
		if i > 0 {
			text = "{" + text + "}"
		}
	}
	return text
}

// fillBraces puts an entry after the last of a mapping in braces.
func (e *editor) fillBraces(n *tree.Node, entry string) []byte {
	if len(n.Entries) == 0 {
		return e.insert(n.Start+1, entry)
	}
	return e.insert(entryEnd(n.Entries[len(n.Entries)-1]), ", "+entry)
}

// fillLines puts an entry on a line of its own after the last of a mapping, indented
// as that one is.
func (e *editor) fillLines(n *tree.Node, entry string) []byte {
	line := strings.Repeat(" ", max(0, n.Entries[0].Key.At.Column-1)) + entry
	end := "\n"
	if bytes.Contains(e.source, []byte("\r\n")) {
		end = "\r\n"
	}
	at := entryEnd(n.Entries[len(n.Entries)-1])
	next := bytes.IndexByte(e.source[at:], '\n')
	if next < 0 {
		return e.insert(len(e.source), end+line)
	}
	return e.insert(at+next+1, line+end)
}

func entryEnd(e tree.Entry) int { return max(e.After, e.Value.End) }

func (e *editor) insert(at int, text string) []byte {
	return []byte(string(e.source[:at]) + text + string(e.source[at:]))
}

// SetAll makes edits one after the other.
func SetAll(source []byte, edits []Edit) ([]byte, error) {
	for _, x := range edits {
		out, err := Set(source, x.Path, x.Text)
		if err != nil {
			return nil, err
		}
		source = out
	}
	return source, nil
}
