// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"maps"

	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/diag"
	"offtake/internal/field"
)

// A graft puts values from one part of a file into another part's tree, with the places
// where they stand. It makes a new tree: nodes are never changed.
type graft struct {
	probe *parse // of the tree; looking for gaps spoils it
	put   map[*tree.Node]*tree.Node
	at    map[*tree.Node]diag.Place   // of a node in put: where its name stands now
	more  map[*tree.Node]*tree.Node   // further entries of a mapping
	gone  map[*tree.Node]bool         // elements of lists
	tail  map[*tree.Node][]*tree.Node // further elements of a list
	birth map[*tree.Node]int          // by which change a value came into the deal
	by    int                         // the change being made
}

// newGraft prepares changes of the tree that probe was read from. Births are those of
// the values in it.
func newGraft(probe *parse, births map[*tree.Node]int, by int) *graft {
	return &graft{
		probe: probe, put: map[*tree.Node]*tree.Node{}, at: map[*tree.Node]diag.Place{}, more: map[*tree.Node]*tree.Node{},
		gone: map[*tree.Node]bool{}, tail: map[*tree.Node][]*tree.Node{}, birth: maps.Clone(births), by: by,
	}
}

// set puts a value at a path, as Set does with text. Was is what stood there; ok is false
// where nothing can.
func (g *graft) set(path string, value *tree.Node, at diag.Place) (was string, ok bool) {
	if s := g.probe.r.Site(path); s != nil && path != "" {
		g.replace(s.Node, value, at)
		return inline(s.Node), true
	}
	gap := g.probe.absent(path)
	if gap == nil {
		return "", false
	}
	n := gap.in.Node
	switch {
	case n.Kind == tree.Scalar || n.Kind == tree.Map && gap.in.Field.Kind == field.Variant:
		if g.put[n] == nil {
			g.replace(n, g.mapping(at), at)
		}
		g.grow(g.put[n], gap.names, value, at)
	case n.Kind == tree.Map:
		if g.more[n] == nil {
			g.more[n] = g.mapping(at)
		}
		g.grow(g.more[n], gap.names, value, at)
	default:
		return "", false
	}
	return "", true
}

func (g *graft) replace(n, value *tree.Node, at diag.Place) {
	g.put[n], g.at[n], g.birth[value] = value, at, g.by
}

func (g *graft) mapping(at diag.Place) *tree.Node {
	n := &tree.Node{Kind: tree.Map, Flow: true, At: at}
	g.birth[n] = g.by
	return n
}

// grow gives a mapping that was made here a value, deeper inside it if there are several
// names.
func (g *graft) grow(in *tree.Node, names []string, value *tree.Node, at diag.Place) {
	g.birth[value] = g.by
	for _, name := range names[:len(names)-1] {
		e := in.Find(name)
		if e == nil {
			in.Entries = append(in.Entries, tree.Entry{Key: keyNode(name, at), Value: g.mapping(at), Colon: true})
			e = &in.Entries[len(in.Entries)-1]
		}
		in = e.Value
	}
	in.Entries = append(in.Entries, tree.Entry{Key: keyNode(names[len(names)-1], at), Value: value, Colon: true})
}

func keyNode(name string, at diag.Place) *tree.Node { return &tree.Node{Text: name, At: at} }

// remove takes a clause out; false where there is none of that id.
func (g *graft) remove(id string) bool {
	s := g.probe.r.Site(read.Join("clauses", id))
	if s == nil || s.Up == nil || s.Up.Path != "clauses" {
		return false
	}
	for _, item := range s.Up.Node.Items {
		if item.Kind == tree.Map && len(item.Entries) == 1 && item.Entries[0].Value == s.Node {
			g.gone[item] = true
			return true
		}
	}
	return false
}

// add puts clauses after those that there are.
func (g *graft) add(items []*tree.Node) {
	s := g.probe.r.Site("clauses")
	if s == nil || s.Node.Kind != tree.List {
		return
	}
	for _, item := range items {
		g.birth[item] = g.by
		for _, e := range item.Entries {
			g.birth[e.Value] = g.by
		}
	}
	g.tail[s.Node] = append(g.tail[s.Node], items...)
}

// tree is the tree with all that was prepared; nodes that nothing was changed in are
// shared with the one before.
func (g *graft) tree(n *tree.Node) *tree.Node {
	if value := g.put[n]; value != nil {
		return value
	}
	out, changed := *n, g.more[n] != nil || g.tail[n] != nil
	if n.Kind == tree.Map {
		out.Entries = make([]tree.Entry, len(n.Entries))
		for i, e := range n.Entries {
			if value := g.tree(e.Value); value != e.Value {
				if at, moved := g.at[e.Value]; moved {
					e.Key = keyNode(e.Key.Text, at)
				}
				e.Value, changed = value, true
			}
			out.Entries[i] = e
		}
		if more := g.more[n]; more != nil {
			out.Entries = append(out.Entries, more.Entries...)
		}
	}
	if n.Kind == tree.List {
		out.Items = make([]*tree.Node, 0, len(n.Items)+len(g.tail[n]))
		for _, i := range n.Items {
			if g.gone[i] {
				changed = true
				continue
			}
			item := g.tree(i)
			changed = changed || item != i
			out.Items = append(out.Items, item)
		}
		out.Items = append(out.Items, g.tail[n]...)
	}
	if !changed {
		return n
	}
	if by, ok := g.birth[n]; ok {
		g.birth[&out] = by
	}
	return &out
}
