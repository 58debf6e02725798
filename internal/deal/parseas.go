// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"slices"

	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/diag"
	"offtake/internal/field"
)

// Parse reads and checks a deal file; file is its name in diagnostics. The deal is that
// with all amendments and no alternative or scenario; it is nil if the list has a fault. The list is
// in the order of the file, and has the faults of every form that the deal takes.
func Parse(file string, source []byte) (*Deal, diag.List) {
	return ParseAs(file, source, View{}, nil)
}

// ParseAs is Parse for another form of the deal, with values that are set for this run
// alone: they are put, one after the other, into every form in which their paths are
// there. What is wrong with the view or the edits is reported at the flag that they
// are given by: --as-of, --alternative, --scenario, --set.
func ParseAs(name string, source []byte, v View, sets []Edit) (*Deal, diag.List) {
	root, list := tree.Parse(name, source)
	if root == nil {
		list.Sort()
		return nil, list
	}
	f := &file{name: name, source: source, text: list, sets: sets, first: map[string]int{}}
	base := f.read(&form{root: root, births: map[*tree.Node]int{}}, list)
	f.forms = []*form{base}
	base.p.check()
	f.know(base)
	f.restate()
	base.p.checkSources(f)
	fm, found := f.formOf(v)
	f.find(found, "")
	f.find(f.badEdits(fm), "")
	inForm, _ := fm.p.r.Found()
	f.find(inForm, fm.words)
	if list = f.done(fm); list.HasFaults() {
		return nil, list
	}
	return f.deal(fm, v), list
}

// As is the deal in another form, with the values that were set for this run. The deal
// is nil if the list has a fault.
func (d *Deal) As(v View) (*Deal, diag.List) {
	if d.file.alone {
		return ParseAs(d.file.name, d.file.source, v, d.file.sets)
	}
	fm, list := d.file.formOf(v)
	for _, x := range fm.p.r.Done() {
		if len(v.Alternatives)+len(v.Scenarios) > 0 {
			x.Message = fm.words + ": " + x.Message
		}
		list.Add(x)
	}
	if list.HasFaults() {
		return nil, list
	}
	return d.file.deal(fm, v), list
}

// deal is the deal in a form that has no fault.
func (f *file) deal(fm *form, v View) *Deal {
	d, signed := *fm.p.d.Deal, f.signed().p.d
	d.Amendments, d.Expect = signed.Amendments, signed.Expect
	d.Alternatives, d.Scenarios = slices.Clone(signed.Alternatives), slices.Clone(signed.Scenarios)
	d.say(fm)
	d.Sources, d.Facts, d.Assumptions = signed.Sources, signed.Facts, signed.Assumptions
	d.file, d.form = f, fm
	d.view = v.clone()
	d.implyPrice()
	return &d
}

// say has each alternative and scenario that applies say what it changed in this form.
func (d *Deal) say(fm *form) {
	for _, s := range fm.stood {
		c := d.change(s.by)
		c.Set = slices.Clone(c.Set)
		for k := range c.Set {
			c.Set[k].Was = s.was[k]
		}
	}
}

// change is a change by its number, as of births.
func (d *Deal) change(by int) *Change {
	i := by - 1
	if i < len(d.Amendments) {
		return &d.Amendments[i].Change
	}
	if i -= len(d.Amendments); i < len(d.Alternatives) {
		return &d.Alternatives[i].Change
	}
	return &d.Scenarios[i-len(d.Alternatives)].Change
}

// View is the form that this is.
func (d *Deal) View() View { return d.view.clone() }

func (v View) clone() View {
	return View{AsOf: v.AsOf, Alternatives: slices.Clone(v.Alternatives), Scenarios: slices.Clone(v.Scenarios)}
}

// Amended are the amendments that are applied, in order.
func (d *Deal) Amended() []Amendment {
	n := 0
	for _, a := range d.Amendments {
		if d.view.AsOf.IsZero() || !a.Date.After(d.view.AsOf) {
			n++
		}
	}
	return d.Amendments[:n]
}

// Chosen are the alternatives that are applied, in order.
func (d *Deal) Chosen() []Alternative {
	var out []Alternative
	for _, name := range d.view.Alternatives {
		for _, a := range d.Alternatives {
			if a.Name == name {
				out = append(out, a)
			}
		}
	}
	return out
}

// setPlace is where the faults of a value set for one run are: not in the file, but in
// what was asked.
func setPlace(e Edit) diag.Place { return diag.Place{File: "--set " + read.Clean(e.Path)} }

// setNode is the value of an edit as its field is read; nil if it cannot be one.
func setNode(f field.Field, e Edit) *tree.Node {
	text := "value: " + write(f, e.Text, tree.Plain, false)
	root, _ := tree.Parse("", []byte(text))
	if root == nil || len(root.Entries) != 1 || root.End != len(text) {
		return nil
	}
	value := *root.Entries[0].Value
	place(&value, setPlace(e))
	return &value
}

// place moves a value that was read by itself to where it was asked for.
func place(n *tree.Node, at diag.Place) {
	n.At = at
	for i := range n.Entries {
		key := n.Entries[i].Key
		key.At = at
		place(n.Entries[i].Value, at)
	}
	for _, i := range n.Items {
		place(i, at)
	}
}

// fieldAt is what a value at a path is read as, if one can be there.
func (p *parse) fieldAt(path string) (f field.Field, ok bool) {
	if s := p.r.Site(path); s != nil && path != "" {
		return s.Field, true
	}
	if g := p.absent(path); g != nil {
		return g.field, true
	}
	return field.Field{}, false
}

// badEdits reports values for this run that could not be set: at paths that neither the
// form asked for nor the file as it stands has, or that are no values.
func (f *file) badEdits(fm *form) (l diag.List) {
	signed := f.signed()
	became := func(i int, s setting) bool { return fm.set[i] == s || i < len(signed.set) && signed.set[i] == s }
	for i, e := range f.sets {
		switch {
		case became(i, isSet):
		case became(i, notValue):
			l.Fault(codeEdit, setPlace(e), "write a value on one line, with brackets closed", "%s is not a value that can stand there", read.Shown(e.Text))
		default:
			probe := readTree(f.name, f.source, signed.p.root.Node, nil, nil)
			if fm != signed {
				probe = readTree(f.name, f.source, fm.p.root.Node, nil, fm.gone)
			}
			l.Fault(codePath, setPlace(e), probe.pathHint(read.Clean(e.Path)), "nothing can be set at %s", read.Shown(e.Path))
		}
	}
	return l
}
