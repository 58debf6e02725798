// SPDX-License-Identifier: Apache-2.0

package read

import (
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/deal/tree"
	"offtake/internal/diag"
	"offtake/internal/field"
)

// value reads one value of any kind.
func (r *Reader) value(up *Site, path string, node *tree.Node, entry *tree.Entry, f field.Field) {
	s := r.Open(up, path, node, entry, f)
	switch {
	case f.Kind == field.Raw:
		r.raw(s)
	case node.Missing():
		r.Fault(codeEmpty, s.Place, emptyHint(f), "%s has no value", title(s))
	case node.Kind == tree.Scalar && f.None && node.Text == "none":
	case node.Kind == tree.Scalar && f.Bare != nil:
		r.bare(s)
	case f.Kind == field.Group:
		if r.shape(s, tree.Map) {
			r.All(s, open(f))
		}
	case f.Kind == field.Variant:
		r.variant(s)
	case f.Kind == field.List && f.One && node.Kind == tree.Map:
		r.All(s, open(f))
	case f.Kind == field.List && f.Fields == nil:
		if r.shape(s, tree.List) && r.filled(s) {
			r.raw(s)
		}
	case f.Kind == field.List:
		r.elements(s)
	case f.Kind == field.Places:
		r.places(s)
	case f.Kind == field.Series || f.Kind == field.Counts:
		r.series(s)
	case f.Kind == field.Words:
		r.words(s)
	case f.Kind == field.Dates || f.Kind == field.Refs:
		r.several(s)
	case r.shape(s, tree.Scalar):
		r.scalar(s, f)
	}
}

// open makes the place that a mapping's fields fill.
func open(f field.Field) []field.Field {
	if f.Fields == nil {
		return nil
	}
	return f.Fields()
}

// bare reads a plain value written instead of a mapping.
func (r *Reader) bare(s *Site) {
	bare := *s.Field.Bare
	if bare.Doc == "" {
		bare.Doc = s.Field.Doc
	}
	r.scalar(s, bare)
}

// emptyHint says what to write for a field that has no value.
func emptyHint(f field.Field) string {
	hint := "write " + Wanted(f)
	if f.None {
		hint = "write none"
	}
	if !f.Required {
		hint += ", or leave the field out"
	}
	return hint
}

// shape reports a value that is not of the kind of node wanted.
func (r *Reader) shape(s *Site, want tree.Kind) bool {
	if s.Node.Kind == want {
		return true
	}
	hint := "write " + Wanted(s.Field)
	switch {
	case s.Field.None:
		hint += "; or none"
	case s.Field.Bare != nil:
		hint += "; or " + Wanted(*s.Field.Bare)
	case want == tree.List && s.Node.Kind == tree.Map:
		hint = "put brackets around it, or a dash before it: it is one element of a list"
	case want == tree.List && s.Node.Kind == tree.Scalar && len(s.Node.Text) <= shownMost:
		hint = "put brackets around it: [" + s.Node.Text + "]"
	}
	r.Fault(codeKind, s.Place, hint, "%s is %v, and %v is wanted", title(s), s.Node.Kind, want)
	return false
}

// variant reads a mapping that has exactly one of several fields.
func (r *Reader) variant(s *Site) {
	if !r.shape(s, tree.Map) {
		return
	}
	s.Table = open(s.Field)
	var names []string
	for _, f := range s.Table {
		names = append(names, f.Name)
	}
	var chosen *field.Field
	for i := range s.Node.Entries {
		e := &s.Node.Entries[i]
		f := find(s.Table, e.Key.Text)
		switch {
		case f == nil:
			r.unknown(s, e.Key)
		case chosen != nil:
			r.Fault(codeOneOfTwo, at(e.Key, s.Path), "keep one of them", "%s is given both as %s and as %s", title(s), chosen.Name, f.Name)
		default:
			chosen = f
			if f.Chosen != nil {
				f.Chosen()
			}
			r.value(s, Join(s.Path, f.Name), e.Value, e, *f)
		}
	}
	if len(s.Node.Entries) == 0 {
		r.Fault(codeOneOf, s.Place, "write one of "+enumerate(names, "or"), "%s is empty", title(s))
	}
}

// elements reads a list of mappings.
func (r *Reader) elements(s *Site) {
	if !r.shape(s, tree.List) || !r.filled(s) {
		return
	}
	for i, node := range s.Node.Items {
		item := r.Open(s, r.element(s, i), node, nil, field.Field{Kind: field.Group, Name: s.Field.Name, Others: s.Field.Others, Fields: s.Field.Fields})
		if r.shape(item, tree.Map) {
			r.All(item, open(s.Field))
		}
	}
}

// element is the path of element i: by the field that names it if that is a key and
// no element before has it, else by number.
func (r *Reader) element(s *Site, i int) string {
	node := s.Node.Items[i]
	if s.Field.By != "" && node.Kind == tree.Map {
		if e := node.Find(s.Field.By); e != nil && IsKey(e.Value.Text) && r.Site(Join(s.Path, e.Value.Text)) == nil {
			return Join(s.Path, e.Value.Text)
		}
	}
	return At(s.Path, i)
}

// filled reports a list with nothing in it.
func (r *Reader) filled(s *Site) bool {
	if len(s.Node.Items) > 0 {
		return true
	}
	r.Fault(codeListEmpty, s.Place, "write "+Wanted(s.Field)+", or leave the field out", "%s is an empty list", title(s))
	return false
}

// places reads a mapping from names to values.
func (r *Reader) places(s *Site) {
	if !r.shape(s, tree.Map) {
		return
	}
	for i := range s.Node.Entries {
		e := &s.Node.Entries[i]
		r.value(s, Join(s.Path, e.Key.Text), e.Value, e, s.Field.Key(e.Key.Text))
	}
}

// series reads a list of numbers.
func (r *Reader) series(s *Site) {
	if !r.shape(s, tree.List) || !r.filled(s) {
		return
	}
	item := s.Field
	item.Kind = s.Field.Item
	if s.Field.Kind == field.Counts {
		item.Kind = field.Count
	}
	for i, node := range s.Node.Items {
		if s.Field.Each != nil {
			r.value(s, At(s.Path, i), node, nil, s.Field.Each())
			continue
		}
		r.number(r.Open(s, At(s.Path, i), node, nil, item), item, s.Field)
	}
}

// words reads a list of words among those that the field takes, or one of them.
func (r *Reader) words(s *Site) {
	into := s.Field.Into.(*[]string)
	item := s.Field
	if item.Kind = field.Choice; len(item.Choices) == 0 {
		item.Kind = field.Text
	}
	word := func(s *Site) {
		text := ""
		item.Into = &text
		if r.scalar(s, item); text != "" {
			*into = append(*into, text)
		}
	}
	if s.Node.Kind == tree.Scalar {
		word(s)
		return
	}
	if !r.shape(s, tree.List) || !r.filled(s) {
		return
	}
	for i, node := range s.Node.Items {
		element := r.Open(s, At(s.Path, i), node, nil, item)
		if node.Missing() {
			r.Fault(codeEmpty, element.Place, "write "+Wanted(item)+", or take the comma or dash out", "%s has no value", title(element))
		} else if r.shape(element, tree.Scalar) {
			word(element)
		}
	}
}

// number reads one element of a series.
func (r *Reader) number(s *Site, item, series field.Field) {
	if s.Node.Missing() {
		r.Fault(codeEmpty, s.Place, "write "+Wanted(item)+", or take the comma or dash out", "%s has no value", title(s))
		return
	}
	if !r.shape(s, tree.Scalar) {
		return
	}
	if into, ok := series.Into.(*[]int); ok {
		var n int
		item.Into = &n
		r.scalar(s, item)
		*into = append(*into, n)
		return
	}
	into, x := series.Into.(*[]float64), 0.0
	item.Into = &x
	r.scalar(s, item)
	*into = append(*into, x)
}

// several reads dates or ids of clauses: one, or a list of them.
func (r *Reader) several(s *Site) {
	if s.Node.Kind == tree.Scalar {
		if !slices.Contains(s.Field.Choices, s.Node.Text) {
			r.one(s, s.Field)
		}
		return
	}
	if !r.shape(s, tree.List) || !r.filled(s) {
		return
	}
	each := s.Field
	each.Kind = field.Ref
	if s.Field.Kind == field.Dates {
		each.Kind = field.Date
	}
	for i, node := range s.Node.Items {
		item := r.Open(s, At(s.Path, i), node, nil, each)
		switch {
		case node.Missing():
			r.Fault(codeEmpty, item.Place, "write "+Wanted(each)+", or take the comma or dash out", "%s has no value", title(item))
		case node.Kind != tree.Scalar:
			r.Fault(codeKind, item.Place, "write "+Wanted(each), "%s is %v, and %v is wanted", title(item), node.Kind, tree.Scalar)
		default:
			r.one(item, s.Field)
		}
	}
}

// one reads an element of such a list.
func (r *Reader) one(s *Site, f field.Field) {
	if into, ok := f.Into.(*[]calendar.Date); ok {
		var d calendar.Date
		f.Kind, f.Into = field.Date, &d
		r.scalar(s, f)
		*into = append(*into, d)
		return
	}
	into, id := f.Into.(*[]string), ""
	f.Kind, f.Into = field.Ref, &id
	r.scalar(s, f)
	*into = append(*into, id)
}

// at is where a node stands, with the path of what is meant.
func at(n *tree.Node, path string) diag.Place {
	place := n.At
	place.Path = path
	return place
}

// raw takes any value as it stands.
func (r *Reader) raw(s *Site) { *s.Field.Into.(**tree.Node) = s.Node }
