// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"slices"
	"strings"

	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/diag"
	"offtake/internal/field"
)

// Set gives the value at a path another text and returns the new source. Only the
// value's bytes change; setting what stands there already changes nothing. A value is
// a scalar's text without quotes, or, where a mapping or list is read, one in braces or
// brackets. A field that is not in the file and could be is added after the last of
// its mapping; another case of a one-of-several mapping takes the place of the one
// that is there.
//
// The value is checked by itself, not against the rest of the deal: Parse does that
// once all edits are made. The error is a diag.List.
func Set(source []byte, path, value string) ([]byte, error) {
	e := &editor{source: source, path: read.Clean(path), value: value}
	p, list := readFile("", source)
	if p == nil {
		return nil, list
	}
	out, err := e.edit(p)
	if err != nil || string(out) == string(source) {
		return out, err
	}
	return out, e.verify(list, out)
}

// An editor makes one edit.
type editor struct {
	source []byte
	path   string
	value  string
	wrote  int // where the new value begins, if it took the place of another
}

// refuse is the error of an edit that cannot be made.
func (e *editor) refuse(code, hint, format string, args ...any) error {
	var l diag.List
	l.Fault(code, e.at(), hint, format, args...)
	return l
}

// at is where the faults of an edit are: not in the file, but in what was asked.
func (e *editor) at() diag.Place { return diag.Place{File: "--set " + e.path} }

func (e *editor) edit(p *parse) ([]byte, error) {
	if s := p.r.Site(e.path); s != nil && e.path != "" {
		return e.replace(s, s.Field, e.value)
	}
	if g := p.absent(e.path); g != nil {
		return e.fill(g)
	}
	return nil, e.refuse(codePath, p.pathHint(e.path), "nothing can be set at %s", read.Shown(e.path))
}

// replace writes a value in the place of one that is there.
func (e *editor) replace(s *read.Site, f field.Field, value string) ([]byte, error) {
	n := s.Node
	if n.Kind == tree.Scalar {
		if n.Text == value && n.Style != tree.Empty {
			return e.source, nil
		}
		style := n.Style
		if style == tree.Block || style == tree.Empty {
			style = tree.Plain
		}
		return e.splice(s, write(f, value, style, n.Flow)), nil
	}
	flow := n.Flow && s.Up != nil && s.Up.Node.Flow
	text := write(f, value, tree.Plain, flow)
	if string(e.source[n.Start:n.End]) == text {
		return e.source, nil
	}
	if e.hasComment(s) {
		return nil, e.refuse(codeEdit, "set the values in it one by one, or edit the file", "comments stand in %s, and would be lost", e.path)
	}
	return e.splice(s, text), nil
}

// start is where a value begins. One that is not written begins after its colon or
// dash; one on lines of its own begins there too, and moves up.
func (e *editor) start(s *read.Site) int {
	if s.Node.Kind != tree.Scalar && !s.Node.Flow && s.Entry != nil {
		return s.Entry.After
	}
	return s.Node.Start
}

// splice puts text in the place of a value, with the colon and the space before it that
// a value which is not written, or moves up from its own lines, does not have.
func (e *editor) splice(s *read.Site, text string) []byte {
	start, length := e.start(s), len(text)
	switch moved := start != s.Node.Start || start == s.Node.End; {
	case moved && s.Entry != nil && !s.Entry.Colon:
		text = ": " + text
	case moved:
		text = " " + text
	}
	e.wrote = start + len(text) - length
	return slices.Concat(e.source[:start], []byte(text), e.source[s.Node.End:])
}

// hasComment tells whether replacing a mapping or list would take comments with it.
func (e *editor) hasComment(s *read.Site) bool {
	inside := scalars(s.Node, nil)
	for i := e.start(s); i < s.Node.End; i++ {
		if len(inside) > 0 && i == inside[0].Start {
			i = max(i, inside[0].End-1)
			inside = inside[1:]
		} else if e.source[i] == '#' {
			return true
		}
	}
	return false
}

// scalars are the written scalars of a node, names included, in their order.
func scalars(n *tree.Node, out []*tree.Node) []*tree.Node {
	for _, e := range n.Entries {
		out = scalars(e.Value, scalars(e.Key, out))
	}
	for _, i := range n.Items {
		out = scalars(i, out)
	}
	if n.Kind == tree.Scalar && n.End > n.Start {
		out = append(out, n)
	}
	return out
}

// write spells a value as its field is read: braces and brackets as they are where a
// mapping or list is read, else as a scalar.
func write(f field.Field, value string, style tree.Style, flow bool) string {
	bare := strings.TrimSpace(value)
	if isContainer(f.Kind) && bare != "" && (bare[0] == '{' || bare[0] == '[') {
		return bare
	}
	return tree.Write(value, style, flow)
}

func isContainer(k field.Kind) bool {
	switch k {
	case field.Group, field.Variant, field.List, field.Places, field.Series, field.Counts, field.Words, field.Raw, field.Dates, field.Refs:
		return true
	}
	return false
}

// verify reports what is wrong with the new value: what is found at its path, or at
// what holds it and was not found before. What is still missing there may be set next.
func (e *editor) verify(before diag.List, out []byte) error {
	p, after := readFile("", out)
	path := ""
	if p != nil {
		path = e.pathNow(p)
	}
	if path == "" {
		return e.refuse(codeEdit, "write a value on one line, with brackets closed", "%s is not a value that can stand there", read.Shown(e.value))
	}
	var found diag.List
	for _, d := range after {
		own := d.Path != "" && read.Within(d.Path, path)
		around := d.Code != "FIELD-MISSING" && read.Within(path, d.Path) && !slices.ContainsFunc(before, func(b diag.Diagnostic) bool {
			return b.Code == d.Code && b.Path == d.Path && b.Message == d.Message
		})
		if d.Severity == diag.Fault && (own || around) {
			d.Place = e.at()
			found.Add(d)
		}
	}
	return found.Err()
}

// pathNow is the path of the new value, which is another where an id was set; "" if the
// value is not there.
func (e *editor) pathNow(p *parse) string {
	if e.wrote == 0 {
		if s := p.r.Site(e.path); s != nil {
			return s.Path
		}
		return ""
	}
	for _, s := range p.r.Sites() {
		if s.Up != nil && s.Node.Start == e.wrote && s.Node.End > s.Node.Start {
			return s.Path
		}
	}
	return ""
}
