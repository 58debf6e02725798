// SPDX-License-Identifier: Apache-2.0

package tree

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"offtake/internal/diag"
)

// A converter turns the library's nodes into ours.
type converter struct {
	*text
	list   diag.List
	broken bool // some node could not be read
	flow   int  // brackets that are open
}

// fault reports what leaves the text unreadable.
func (c *converter) fault(code string, at diag.Place, hint, format string, args ...any) {
	c.broken = true
	if len(c.list) < faultsMost {
		c.list.Fault(code, at, hint, format, args...)
	}
}

// node converts one value; nil after a fault.
func (c *converter) node(n ast.Node) *Node {
	switch n := n.(type) {
	case *ast.MappingNode:
		return c.mapping(n)
	case *ast.MappingValueNode:
		return c.single(n)
	case *ast.SequenceNode:
		return c.sequence(n)
	case *ast.LiteralNode:
		return c.block(n)
	case nil:
		c.fault(codeSyntax, diag.Place{File: c.file, Line: 1, Column: 1}, "check the brackets", "a value is missing")
		return nil
	}
	return c.scalar(n.GetToken())
}

// single converts a mapping of one entry, which the library may give bare.
func (c *converter) single(n *ast.MappingValueNode) *Node {
	if n.IsFlowStyle || c.flow > 0 {
		return c.pair(n.Key.GetToken())
	}
	out := &Node{Kind: Map}
	c.entry(out, n, map[string]int{})
	return c.enclose(out, n.Key.GetToken())
}

// pair refuses [a: 1], which means [{a: 1}] and cannot be told from a slip.
func (c *converter) pair(key *token.Token) *Node {
	c.fault(codeSyntax, c.tokenPlace(key), "write braces around it: [{name: value}]", "a name with a value stands in brackets without braces")
	return nil
}

func (c *converter) mapping(n *ast.MappingNode) *Node {
	if c.flow > 0 && !n.IsFlowStyle && len(n.Values) > 0 {
		return c.pair(n.Values[0].Key.GetToken())
	}
	out := &Node{Kind: Map, Flow: n.IsFlowStyle}
	c.open(out)
	seen := make(map[string]int, len(n.Values))
	for _, v := range n.Values {
		c.entry(out, v, seen)
	}
	return c.close(out, n.Start, n.End)
}

func (c *converter) sequence(n *ast.SequenceNode) *Node {
	out := &Node{Kind: List, Flow: n.IsFlowStyle}
	c.open(out)
	for i, v := range n.Values {
		item := c.item(n, i, v)
		if item != nil {
			out.Items = append(out.Items, item)
		}
	}
	return c.close(out, n.Start, n.End)
}

// item converts an element of a list; one that says nothing stands after its dash.
func (c *converter) item(n *ast.SequenceNode, i int, v ast.Node) *Node {
	null, ok := v.(*ast.NullNode)
	if !ok || null.Token.Type != token.ImplicitNullType && null.Token.Value != "" && isNull(null.Token.Value) {
		return c.node(v)
	}
	at := null.Token
	if i < len(n.Entries) && n.Entries[i] != nil && n.Entries[i].Start != nil {
		at = n.Entries[i].Start
	}
	start := c.at(at.Position.Line, at.Position.Column)
	if !c.has(start, "-[,") {
		return c.lost(at)
	}
	return c.empty(start+1, c.tokenPlace(at))
}

func isNull(s string) bool {
	n := Node{Text: s}
	return n.Missing()
}

// empty is a value that is not written, at an index of norm.
func (c *converter) empty(index int, at diag.Place) *Node {
	i := c.source(index)
	return &Node{Style: Empty, Flow: c.flow > 0, Start: i, End: i, At: at}
}

func (c *converter) open(n *Node) {
	if n.Flow {
		c.flow++
	}
}

// close gives a container its extent: from bracket to bracket, or from its first to
// its last value.
func (c *converter) close(n *Node, start, end *token.Token) *Node {
	if !n.Flow {
		return c.enclose(n, start)
	}
	c.flow--
	if end == nil {
		c.fault(codeSyntax, c.tokenPlace(start), "close the bracket", "a bracket is not closed")
		return nil
	}
	from, to := c.at(start.Position.Line, start.Position.Column), c.at(end.Position.Line, end.Position.Column)+1
	if !c.has(from, "[{") || !c.has(to-1, "]}") {
		return c.lost(start)
	}
	n.Start, n.End, n.At = c.source(from), c.source(to), c.span(from, to)
	return n
}

// enclose gives a block container the extent of what it holds.
func (c *converter) enclose(n *Node, start *token.Token) *Node {
	n.At = c.tokenPlace(start)
	n.Start = c.source(c.at(start.Position.Line, start.Position.Column))
	n.End = n.Start
	for _, e := range n.Entries {
		n.Start, n.End = min(n.Start, e.Key.Start), max(n.End, e.After, e.Value.End)
	}
	for _, i := range n.Items {
		n.End = max(n.End, i.End)
	}
	if len(n.Entries) > 0 {
		n.At = n.Entries[0].Key.At
	}
	return n
}

// entry converts a name and its value, and reports a name that stands twice; the
// first of the two counts. Seen holds the lines of the names so far.
func (c *converter) entry(into *Node, n *ast.MappingValueNode, seen map[string]int) {
	tk := n.Key.GetToken()
	if _, ok := n.Key.(ast.ScalarNode); !ok || tk.Type == token.LiteralType || tk.Type == token.FoldedType {
		c.fault(codeKey, c.tokenPlace(tk), "write a plain name before the colon", "a name must be plain text")
		return
	}
	key := c.scalar(tk)
	if key == nil {
		return
	}
	e := Entry{Key: key, After: key.End}
	if n.Start != nil && n.Start.Type == token.MappingValueType {
		if e.After, e.Colon = c.colon(n.Start, tk, key); !e.Colon {
			c.lost(tk)
			return
		}
	}
	e.Value = c.entryValue(n, e)
	if e.Value == nil {
		return
	}
	if line, again := seen[key.Text]; again {
		if len(c.list) < faultsMost {
			c.list.Fault(codeTwice, key.At, "keep one of them", "%s stands twice: first on line %d", key.Text, line)
		}
		return
	}
	seen[key.Text] = key.At.Line
	into.Entries = append(into.Entries, e)
}

// colon is the byte after the colon that follows a key: the next character that is not
// blank, or, inside brackets, where the library has it.
func (c *converter) colon(colon, key *token.Token, n *Node) (after int, ok bool) {
	i := c.at(key.Position.Line, key.Position.Column) + n.End - n.Start
	for i < len(c.norm) && (c.norm[i] == ' ' || c.norm[i] == '\t') {
		i++
	}
	if c.flow > 0 && !c.has(i, ":") {
		i = c.at(colon.Position.Line, colon.Position.Column)
	}
	return c.source(min(i, len(c.norm)-1)) + 1, c.has(i, ":")
}

// has tells whether one of the characters stands at an index of norm.
func (c *converter) has(index int, chars string) bool {
	return index < len(c.norm) && strings.IndexByte(chars, c.norm[index]) >= 0
}

// lost reports a value whose place in the text the library got wrong.
func (c *converter) lost(tk *token.Token) *Node {
	c.fault(codeSyntax, c.tokenPlace(tk), "put it in quotes, and check the brackets and tabs near it", "this text cannot be told from what surrounds it")
	return nil
}

// entryValue converts the value of an entry.
func (c *converter) entryValue(n *ast.MappingValueNode, e Entry) *Node {
	null, ok := n.Value.(*ast.NullNode)
	if n.Value != nil && (!ok || null.Token.Type == token.NullType && c.written(null.Token)) {
		return c.node(n.Value)
	}
	return &Node{Style: Empty, Flow: c.flow > 0, Start: e.After, End: e.After, At: e.Key.At}
}

// written tells whether a null stands in the text and is not made up by the library.
func (c *converter) written(tk *token.Token) bool {
	start := c.at(tk.Position.Line, tk.Position.Column)
	return tk.Value != "" && len(c.norm)-start >= len(tk.Value) && c.norm[start:start+len(tk.Value)] == tk.Value
}
