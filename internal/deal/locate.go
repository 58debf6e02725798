// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"fmt"
	"strings"

	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/diag"
	"offtake/internal/field"
)

// A gap is a path at which the file has nothing and could have something.
type gap struct {
	in    *read.Site  // what there is
	names []string    // along the path from there; at least one
	field field.Field // what the value would be read as
}

// absent is the gap at a path; nil if no table has a field there. It opens tables, so
// that the deal being read must not be used afterwards.
func (p *parse) absent(path string) *gap {
	in := p.r.Nearest(path)
	names := read.Split(path)[len(read.Split(in.Path)):]
	if len(names) == 0 {
		return nil
	}
	f, table := in.Field, in.Table
	for _, name := range names {
		next := step(f, table, name)
		if next == nil {
			return nil
		}
		f, table = *next, nil
	}
	return &gap{in, names, f}
}

// step is the field of that name in a mapping; nil if it can have none.
func step(f field.Field, table []field.Field, name string) *field.Field {
	if f.Kind == field.Places {
		next := f.Key(name)
		return &next
	}
	if table == nil && (f.Kind == field.Group || f.Kind == field.Variant) && f.Fields != nil {
		table = f.Fields()
	}
	for i := range table {
		if table[i].Name == name {
			return &table[i]
		}
	}
	return nil
}

// pathHint says what was probably meant by a path at which nothing can stand. It opens
// tables, as absent does.
func (p *parse) pathHint(path string) string {
	if p.r.Full() {
		return ""
	}
	if near := p.suggest(path); near != "" {
		return "did you mean " + near + "?"
	}
	up := read.Parent(path)
	if s := p.r.Site(up); s != nil && s.Field.Others != "" {
		return s.Field.Others
	}
	if g := p.absent(up); g != nil && g.field.Others != "" {
		return g.field.Others
	}
	in := p.r.Nearest(path)
	switch names := p.children(in); {
	case in.Node.Kind == tree.List && in.Field.By == "" && len(in.Node.Items) > 0:
		return fmt.Sprintf("%s has %d elements, %s to %s", in.Path, len(in.Node.Items), read.At(in.Path, 0), read.At(in.Path, len(in.Node.Items)-1))
	case in.Path == "":
		return "a path begins with one of " + strings.Join(names, ", ")
	case len(names) > 0:
		return "in " + in.Path + " there are " + strings.Join(names, ", ")
	}
	return in.Path + " is a single value"
}

// suggest is the path nearest to one at which nothing can stand; "" if none is near.
func (p *parse) suggest(path string) string {
	at, known := "", true
	for _, name := range read.Split(path) {
		next := read.Join(at, name)
		if known && p.r.Site(next) == nil {
			names := p.children(p.r.Site(at))
			if meant := diag.Suggest(name, names); meant != "" && meant != name {
				next = read.Join(at, meant)
			} else if meant == "" {
				return ""
			}
			known = p.r.Site(next) != nil
		}
		at = next
	}
	if at == read.Clean(path) {
		return ""
	}
	return at
}

// children are the names at which a mapping, or a list of named elements, has or could
// have values.
func (p *parse) children(s *read.Site) []string {
	var names []string
	for _, f := range s.Table {
		names = append(names, f.Name)
	}
	if s.Field.Kind != field.Places && s.Field.By == "" {
		return names
	}
	for _, x := range p.r.Sites() {
		if x.Up == s {
			parts := read.Split(x.Path)
			names = append(names, parts[len(parts)-1])
		}
	}
	return names
}
