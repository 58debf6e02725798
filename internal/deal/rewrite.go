// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/clause"
	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/diag"
)

// A Rewriting makes another deal of one: with some of its clauses and others beside, in the
// same world.
type Rewriting struct {
	Title string
	Says  []string                 // lines of comment on top, without the sign
	Keep  func(clause.Clause) bool // which of its clauses stay
	// Parties are those that come to it, Add its further clauses, each as a file has it on
	// one line: equity: {id: ...}.
	Parties []Party
	Add     []string
	Policy  string // how it decides, as a file has it; "" for what the deal has
	// Assumptions are on what is new; those of what stays stay.
	Assumptions []Assumption
}

// mostDrops bounds the passes in which what refers to a clause that is gone is taken out.
const mostDrops = 100

// Rewritten is the text of a file with the other deal, with everything that amendments,
// alternatives, scenarios and values set for the run made of the deal written into it. What
// refers to a clause that is gone, or is of no use without it, is left out. The list has
// what is wrong with the result all the same.
func (d *Deal) Rewritten(name string, r Rewriting) ([]byte, diag.List) {
	root := d.rewritten(&r)
	for range mostDrops {
		text := fileOf(root, r.Says)
		p, _ := readFile(name, text)
		out, list := Parse(name, text)
		next := withoutFirst(p, list)
		if next == nil {
			if out == nil {
				return text, list
			}
			return d.explained(name, root, out, &r)
		}
		root = next
	}
	panic("deal: " + name + " is not done after so many passes")
}

// withoutFirst is what was read without the first thing that a diagnostic is of; nil where
// none is of a thing that can be left out.
func withoutFirst(p *parse, list diag.List) *tree.Node {
	for _, x := range list {
		if s := siteOf(p, x.Path); s != nil {
			return dropped(p.root.Node, s.Node)
		}
	}
	return nil
}

// siteOf is what a diagnostic is of, or what that is in where it is missing; nil for all of
// the file, or all of a part of it.
func siteOf(p *parse, path string) *read.Site {
	names := read.Split(path)
	for ; p != nil && len(names) >= 2; names = names[:len(names)-1] {
		at := ""
		for _, name := range names {
			at = read.Join(at, name)
		}
		if s := p.r.Site(at); s != nil {
			return s
		}
	}
	return nil
}

// rewritten is the tree of the other deal, without reasons and sources.
func (d *Deal) rewritten(r *Rewriting) *tree.Node {
	out := *termsOf(d.form.p.root.Node)
	out.Entries = slices.Clone(out.Entries)
	for i := range out.Entries {
		e := &out.Entries[i]
		switch e.Key.Text {
		case "title":
			e.Value = &tree.Node{Text: r.Title, Style: tree.Double}
		case "parties":
			e.Value = withParties(e.Value, r.Parties)
		case "clauses":
			e.Value = d.keptClauses(e.Value, r)
		case "policy":
			if r.Policy != "" {
				e.Value = oneLine(r.Policy)
			}
		}
	}
	out.Entries = slices.DeleteFunc(out.Entries, func(e tree.Entry) bool { return e.Key.Text == "archetype" })
	if r.Policy != "" && out.Find("policy") == nil {
		out.Entries = append(out.Entries, entry("policy", oneLine(r.Policy)))
	}
	return &out
}

func entry(name string, value *tree.Node) tree.Entry {
	return tree.Entry{Key: &tree.Node{Text: name}, Value: value, Colon: true}
}

// oneLine is a value that was written on one line.
func oneLine(text string) *tree.Node {
	root, _ := tree.Parse("", []byte("value: "+text))
	if root == nil || len(root.Entries) != 1 {
		panic("deal: " + text + " is no value")
	}
	return root.Entries[0].Value
}

func withParties(n *tree.Node, more []Party) *tree.Node {
	out := *n
	out.Entries = slices.Clone(n.Entries)
	for _, p := range more {
		out.Entries = append(out.Entries, entry(p.Key, &tree.Node{Kind: tree.Map, Flow: true,
			Entries: []tree.Entry{entry("name", &tree.Node{Text: p.Name, Style: tree.Double}), entry("role", &tree.Node{Text: p.Role})}}))
	}
	return &out
}

// keptClauses are the clauses of the file that stay, then the new ones.
func (d *Deal) keptClauses(n *tree.Node, r *Rewriting) *tree.Node {
	out := *n
	out.Items = slices.DeleteFunc(slices.Clone(n.Items), func(item *tree.Node) bool {
		for _, c := range d.Clauses {
			if id := item.Entries[0].Value.Find("id"); id != nil && id.Value.Text == c.Head().ID {
				return !r.Keep(c)
			}
		}
		return true // switched off
	})
	for _, text := range r.Add {
		kind, value, _ := strings.Cut(text, ": ")
		out.Items = append(out.Items, &tree.Node{Kind: tree.Map, Entries: []tree.Entry{entry(kind, oneLine(value))}})
	}
	return &out
}

// dropped is a tree without a node.
func dropped(n, gone *tree.Node) *tree.Node {
	out := *n
	out.Entries = nil
	for _, e := range n.Entries {
		if e.Value != gone {
			e.Value = dropped(e.Value, gone)
			out.Entries = append(out.Entries, e)
		}
	}
	out.Items = nil
	for _, item := range n.Items {
		holds := item.Kind == tree.Map && len(item.Entries) == 1 && item.Entries[0].Value == gone
		if item != gone && !holds {
			out.Items = append(out.Items, dropped(item, gone))
		}
	}
	return &out
}

// explained is the file with sources and reasons of what it has, once it has no fault
// without them.
func (d *Deal) explained(name string, root *tree.Node, out *Deal, r *Rewriting) ([]byte, diag.List) {
	with := *root
	with.Entries = slices.Clone(root.Entries)
	facts, used := &tree.Node{Kind: tree.Map}, map[string]bool{}
	for _, f := range d.Facts {
		if _, there := out.Place(f.Path); there && d.RestatedBy(f.Path) == nil {
			facts.Entries = append(facts.Entries, entry(f.Path, factNode(f)))
			used[f.Source] = true
		}
	}
	reasons := &tree.Node{Kind: tree.Map}
	for _, a := range append(slices.Clone(d.Assumptions), r.Assumptions...) {
		if _, there := out.Place(a.Path); there {
			reasons.Entries = append(reasons.Entries, entry(a.Path, &tree.Node{Text: a.Reason, Style: tree.Double}))
			for _, s := range d.Sources {
				used[s.Key] = used[s.Key] || strings.Contains(a.Reason, "source "+s.Key)
			}
		}
	}
	sources := &tree.Node{Kind: tree.Map}
	for _, s := range d.Sources {
		if used[s.Key] {
			sources.Entries = append(sources.Entries, entry(s.Key, sourceNode(s)))
		}
	}
	for _, x := range []struct {
		name string
		node *tree.Node
	}{{"sources", sources}, {"facts", facts}, {"assumptions", reasons}} {
		if len(x.node.Entries) > 0 {
			with.Entries = append(with.Entries, entry(x.name, x.node))
		}
	}
	text := fileOf(&with, r.Says)
	_, list := Parse(name, text)
	return text, list
}

func factNode(f Fact) *tree.Node {
	n := &tree.Node{Kind: tree.Map, Flow: true, Entries: []tree.Entry{entry("status", &tree.Node{Text: f.Status})}}
	if f.Source != "" {
		n.Entries = append(n.Entries, entry("source", &tree.Node{Text: f.Source}))
	}
	if f.Note != "" {
		n.Entries = append(n.Entries, entry("note", &tree.Node{Text: f.Note, Style: tree.Double}))
	}
	return n
}

func sourceNode(s Source) *tree.Node {
	n := &tree.Node{Kind: tree.Map, Flow: true}
	for _, x := range [][2]string{{"publisher", s.Publisher}, {"title", s.Title}, {"url", s.URL}} {
		if x[1] != "" {
			n.Entries = append(n.Entries, entry(x[0], &tree.Node{Text: x[1], Style: tree.Double}))
		}
	}
	if !s.Date.IsZero() {
		n.Entries = append(n.Entries, entry("date", &tree.Node{Text: s.Date.String()}))
	}
	return n
}

// fileOf writes a tree with its parts, and what is in them, on lines of their own, and
// everything deeper on one line.
func fileOf(root *tree.Node, says []string) []byte {
	var out strings.Builder
	for _, line := range says {
		out.WriteString(strings.TrimRight("# "+line, " ") + "\n")
	}
	for _, e := range root.Entries {
		switch {
		case e.Value.Kind == tree.Map && len(e.Value.Entries) > 1:
			fmt.Fprintf(&out, "\n%s:\n", e.Key.Text)
			for _, x := range e.Value.Entries {
				fmt.Fprintf(&out, "  %s: %s\n", tree.Write(x.Key.Text, tree.Plain, false), inlined(x.Value))
			}
		case e.Value.Kind == tree.List && len(e.Value.Items) > 0:
			fmt.Fprintf(&out, "\n%s:\n", e.Key.Text)
			for _, item := range e.Value.Items {
				if item.Kind == tree.Map && len(item.Entries) == 1 {
					fmt.Fprintf(&out, "  - %s: %s\n", item.Entries[0].Key.Text, inlined(item.Entries[0].Value))
					continue
				}
				fmt.Fprintf(&out, "  - %s\n", inlined(item))
			}
		default:
			fmt.Fprintf(&out, "%s: %s\n", e.Key.Text, inlined(e.Value))
		}
	}
	return Format([]byte(out.String()))
}
