// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/diag"
	"offtake/internal/field"
)

// A Change restates part of a deal. Clauses are removed first, then values are set,
// then clauses are added after those that are there.
type Change struct {
	Remove []string // ids of clauses
	Set    []Value  // in the order of the file
	Add    []string // ids of clauses
	Source string   // key of a source; "" where none is given
	Status string   // of what it says, as of a Fact; "" where it is not given
	Says   string   // a sentence on it; "" where none is given
	// Assumptions are of what it sets and its source does not say.
	Assumptions []Assumption

	added *tree.Node // the list under add; nil where there is none
}

// A Value is what a change puts at a path.
type Value struct {
	Path string // in its clean form
	Text string // as written; a mapping or list in braces or brackets
	Was  string // what stood there before; "" where nothing did

	node *tree.Node
	at   diag.Place // of the path in the change
	bad  bool       // it was reported and is not applied
}

// An Amendment is a change that the parties agreed on after the signing.
type Amendment struct {
	Date calendar.Date
	Change
}

// An Alternative is a change that makes the deal what another source says it is.
type Alternative struct {
	Name string
	Change
}

// everyOne is the word that stands for all alternatives, or scenarios, and that none can
// be called.
const everyOne = "all"

func (d *draft) newAmendment() []field.Field {
	d.Amendments = append(d.Amendments, Amendment{})
	a := &d.Amendments[len(d.Amendments)-1]
	return append([]field.Field{{Name: "date", Kind: field.Date, Required: true, Into: &a.Date, Doc: "from which day the deal is restated"}}, a.fields()...)
}

func (d *draft) newAlternative(name string) field.Field {
	d.Alternatives = append(d.Alternatives, Alternative{Name: name})
	return group(name, "what else the deal may be", d.Alternatives[len(d.Alternatives)-1].fields()...)
}

// fields is the part of the table that all changes share.
func (c *Change) fields() []field.Field {
	set := func(path string) field.Field {
		c.Set = append(c.Set, Value{Path: read.Clean(path)})
		return field.Field{Name: path, Kind: field.Raw, Into: &c.Set[len(c.Set)-1].node, Doc: "the new value, for the whole term"}
	}
	assume := func(path string) field.Field {
		c.Assumptions = append(c.Assumptions, Assumption{Path: read.Clean(path)})
		return field.Field{Name: path, Kind: field.Text, Into: &c.Assumptions[len(c.Assumptions)-1].Reason, Doc: "why the new value is what it is"}
	}
	return []field.Field{
		{Name: "set", Kind: field.Places, Key: set, Doc: "new values, by their paths"},
		{Name: "add", Kind: field.List, By: "id", Into: &c.added, Doc: "clauses that come after those that are there, written as under clauses"},
		{Name: "remove", Kind: field.Words, Into: &c.Remove, Doc: "ids of clauses that are as if they had never been agreed"},
		{Name: "source", Kind: field.Text, Into: &c.Source, Doc: "short name of a source"},
		{Name: "status", Kind: field.Choice, Choices: statuses, Default: "press, where a source is given", Into: &c.Status, Doc: "how firm the source is, as of a fact"},
		{Name: "says", Kind: field.Text, Into: &c.Says, Doc: "what it is, in one sentence"},
		{Name: "assumptions", Kind: field.Places, Key: assume, Doc: "why new values that the source does not give are what they are, by their paths"},
	}
}

// statuses are how firm what is not an assumption may be.
var statuses = []string{"filing", "announcement", "press", "estimate"}

// takeIn completes a change from what was read: texts of values, and the ids of clauses.
func (p *parse) takeIn(c *Change, at string) {
	site := p.r.Site(at + ".set")
	for i := range c.Set {
		v := &c.Set[i] // one for each entry of the mapping
		v.at = site.Node.Entries[i].Key.At
		v.at.Path = read.Join(at+".set", v.Path)
		v.Text = inline(v.node)
	}
	if c.added == nil {
		return
	}
	for _, item := range c.added.Items {
		if item.Kind == tree.Map && len(item.Entries) == 1 {
			if e := item.Entries[0].Value.Find("id"); e != nil && e.Value.Text != "" {
				c.Add = append(c.Add, e.Value.Text)
			}
		}
	}
}

// inline writes a value on one line.
func inline(n *tree.Node) string {
	var parts []string
	switch n.Kind {
	case tree.Map:
		for _, e := range n.Entries {
			parts = append(parts, tree.Write(e.Key.Text, tree.Plain, true)+": "+inlined(e.Value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case tree.List:
		for _, i := range n.Items {
			parts = append(parts, inlined(i))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return n.Text
}

func inlined(n *tree.Node) string {
	if n.Kind == tree.Scalar && !n.Missing() {
		return tree.Write(n.Text, tree.Plain, true)
	}
	return inline(n)
}
