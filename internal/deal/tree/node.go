// SPDX-License-Identifier: Apache-2.0

package tree

import "offtake/internal/diag"

// A Kind is what a node is.
type Kind int

// The kinds of node.
const (
	Scalar Kind = iota // one text
	Map                // names with values, in the order of the file
	List               // values in order
)

// String is the kind in words for messages.
func (k Kind) String() string { return [...]string{"a value", "a mapping", "a list"}[k] }

// A Style is how a scalar is written.
type Style int

// The styles of scalar.
const (
	Plain  Style = iota // without quotes
	Single              // in single quotes
	Double              // in double quotes
	Block               // after | or >, on lines of its own
	Empty               // not at all
)

// A Node is one value of a file. It is not changed once read.
type Node struct {
	Kind  Kind
	Text  string // of a Scalar: what it says, without quotes
	Style Style  // of a Scalar
	// Flow tells whether a Map or List is written in braces or brackets, and
	// whether a Scalar stands inside them.
	Flow    bool
	Entries []Entry // of a Map
	Items   []*Node // of a List
	Start   int     // first byte in the source
	End     int     // byte after the last; comments that follow are not part of it
	At      diag.Place
}

// An Entry is a name and its value.
type Entry struct {
	Key   *Node // a Scalar
	Value *Node // never nil
	// After is the byte after the colon, or after the key where a name in
	// braces has no colon.
	After int
	Colon bool
}

// Missing tells whether nothing is said: no text, ~ or null.
func (n *Node) Missing() bool {
	if n.Kind != Scalar {
		return false
	}
	if n.Style == Plain {
		return n.Text == "~" || n.Text == "null" || n.Text == "Null" || n.Text == "NULL"
	}
	return n.Style == Empty
}

// Find is the first entry of that name; nil if there is none.
func (n *Node) Find(name string) *Entry {
	for i := range n.Entries {
		if n.Entries[i].Key.Text == name {
			return &n.Entries[i]
		}
	}
	return nil
}
