// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"slices"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/diag"
)

// A View says in which form a deal is wanted.
type View struct {
	AsOf         calendar.Date // as restated up to that day; zero for all amendments
	Alternatives []string      // names, applied in this order after the amendments
	Scenarios    []string      // names, applied in this order after the alternatives
}

// setBirth is the change by which a value came in that was set for one run; amendments
// count from 1, alternatives on from the last of them, scenarios from the last of those, and 0 is the
// deal as signed.
const setBirth = -1

// A file is a deal file with what restates the deal in it.
type file struct {
	text   diag.List // what was found in its text
	name   string
	source []byte
	sets   []Edit         // for this run, made in every form
	alone  bool           // the last of them in one form alone
	forms  []*form        // as signed, then after each amendment
	first  map[string]int // by which change what facts and assumptions are of came in
	found  []found
}

// A form is the deal after some of its changes.
type form struct {
	root   *tree.Node         // without what was set for the run
	p      *parse             // with it
	births map[*tree.Node]int // by which change values came in
	gone   []clause.Clause    // removed
	was    []string           // what stood where the last change set a value
	stood  []stood            // what stood where the alternatives and scenarios that were asked for set theirs
	set    []setting          // what became of each value that was set for the run
	words  string             // when the deal has this form; "" as signed
}

// A stood is what stood where a change set its values.
type stood struct {
	by  int // which change, as of births
	was []string
}

// A found is what was found in one form, with the words for when the deal has that form.
type found struct {
	list  diag.List
	words string
}

func (f *file) signed() *form { return f.forms[0] }

func (f *file) find(list diag.List, words string) { f.found = append(f.found, found{list, words}) }

// own is what was found in a form that was not asked for, as far as it is the file's
// own: what is set for a run must make sense in the form that is run alone.
func (f *file) own(fm *form, list diag.List) diag.List {
	if len(f.sets) == 0 {
		return list
	}
	p := readTree(f.name, f.source, fm.root, f.text, fm.gone)
	p.check()
	in := map[finding]bool{}
	without, _ := p.r.Found()
	for _, d := range without {
		in[findingOf(d)] = true
	}
	return slices.DeleteFunc(list, func(d diag.Diagnostic) bool {
		return !in[findingOf(d)] && (d.Path == "" || isRestatable(d.Path, true))
	})
}

// A finding tells one diagnostic from another, whatever the form it is found in.
type finding struct {
	code string
	at   diag.Place
}

func findingOf(d diag.Diagnostic) finding { return finding{d.Code, d.Place} }

// done is all that was found: in the deal as signed, and in each later form what is in
// none before it, with when it is so.
func (f *file) done(asked *form) diag.List {
	list, dropped := f.signed().p.r.Found()
	if asked != f.signed() {
		list = f.own(f.signed(), list)
	}
	seen := map[finding]bool{}
	for _, d := range list {
		seen[findingOf(d)] = true
	}
	for _, x := range f.found {
		for _, d := range x.list {
			if seen[findingOf(d)] {
				continue
			}
			seen[findingOf(d)] = true
			if x.words != "" {
				d.Message = x.words + ": " + d.Message
			}
			list.Add(d)
		}
	}
	return read.Bound(list, dropped)
}

// read makes a form from a tree: sets what is set for the run, reads the values and
// checks them.
func (f *file) read(fm *form, found diag.List) *form {
	var root *tree.Node
	var births map[*tree.Node]int
	root, births, fm.set = f.put(f.sets, fm.root, fm.births, fm.gone, nil)
	fm.p = readTree(f.name, f.source, root, found, fm.gone)
	fm.p.births = births
	return fm
}

// put makes edits in a tree one after the other, and tells what became of each. Probe is a
// parse of the tree; nil where there is none yet.
func (f *file) put(edits []Edit, root *tree.Node, births map[*tree.Node]int, gone []clause.Clause, probe *parse) (*tree.Node, map[*tree.Node]int, []setting) {
	set := make([]setting, len(edits))
	var g *graft
	var put []string
	for i, e := range edits {
		path := read.Clean(e.Path)
		if g != nil && !g.stands(path, put) {
			root, births, g, put, probe = g.tree(root), g.birth, nil, nil, nil
		}
		if probe == nil || probe.r.Site(path) == nil { // it would be spoilt
			probe = readTree(f.name, f.source, root, nil, gone)
		}
		if g == nil {
			g = newGraft(probe, births, setBirth)
		}
		field, ok := g.probe.fieldAt(path)
		if !ok {
			continue
		}
		value := setNode(field, e)
		if set[i] = notValue; value == nil {
			continue
		}
		if _, ok := g.set(path, value, setPlace(e)); ok {
			set[i], put = isSet, append(put, path)
		}
	}
	if g != nil {
		root, births = g.tree(root), g.birth
	}
	return root, births, set
}

// stands tells whether a value at a path is where it was before others were set: it is a
// quantity as these are, and neither holds the other.
func (g *graft) stands(path string, put []string) bool {
	s := g.probe.r.Site(path)
	if s == nil || !isInput(s.Field) {
		return false
	}
	return !slices.ContainsFunc(put, func(other string) bool {
		s := g.probe.r.Site(other)
		return s == nil || !isInput(s.Field) || read.Within(path, other) || read.Within(other, path)
	})
}

// A setting is what became of a value that was set for one run.
type setting int

const (
	noPlace  setting = iota // nothing can stand at the path
	notValue                // the text is no value
	isSet
)

// next is the form after a change. What in the change cannot be applied is reported to
// the reader of the deal as signed, once.
func (f *file) next(from *form, c *Change, by int, at, words string) (*form, diag.List) {
	var list diag.List
	g := newGraft(readTree(f.name, f.source, from.root, nil, from.gone), from.births, by)
	fm := &form{gone: slices.Clone(from.gone), words: words, was: make([]string, len(c.Set))}
	for i, id := range c.Remove {
		if !g.remove(id) {
			hint := g.probe.r.Instead(id, g.probe.ids, "clauses")
			list.Fault("REF-UNKNOWN", f.place(read.At(at+".remove", i)), hint, "remove: there is no clause %s", read.Shown(id))
			continue
		}
		for _, x := range from.p.read {
			if x.Head().ID == id {
				fm.gone = append(fm.gone, x.Clause)
			}
		}
	}
	for i, v := range c.Set {
		if v.bad {
			continue
		}
		was, ok := g.set(v.Path, v.node, v.at)
		if fm.was[i] = was; !ok {
			list.Fault(codePath, v.at, g.probe.pathHint(v.Path), "the deal has nothing at %s", read.Shown(v.Path))
		}
	}
	if c.added != nil {
		g.add(c.added.Items)
	}
	fm.root, fm.births = g.tree(from.root), g.birth
	return f.read(fm, nil), list
}

func (f *file) place(path string) diag.Place { return f.signed().p.r.Place(path) }

// restate makes and checks every form that the file tells of.
func (f *file) restate() {
	base := f.signed().p
	if !base.checkChanges() {
		return
	}
	fm, d := f.signed(), base.d
	bare := *fm
	bare.root = termsOf(fm.root)
	fm = &bare
	for i, at := range base.elements("amendments") {
		a := &d.Amendments[i]
		base.checkDate(*a, at, fm.p)
		next, list := f.next(fm, &a.Change, i+1, at, "as amended on "+a.Date.String())
		passing := i+1 < len(d.Amendments) && a.Date == d.Amendments[i+1].Date // no day sees this form
		f.take(next, list, &a.Change, passing)
		f.forms = append(f.forms, next)
		fm = next
	}
	for i := range d.Alternatives {
		a := &d.Alternatives[i]
		next, list := f.next(fm, &a.Change, len(d.Amendments)+i+1, read.Join("alternatives", a.Name), "in the alternative "+a.Name)
		f.take(next, list, &a.Change, false)
	}
	f.restateScenarios(fm)
}

// take checks the form that a change makes, and keeps what is found in it unless the
// deal only passes through it.
func (f *file) take(fm *form, list diag.List, c *Change, passing bool) {
	for i := range c.Set {
		c.Set[i].Was = fm.was[i]
	}
	f.find(list, "")
	f.know(fm)
	if fm.p.check(); !passing {
		found, _ := fm.p.r.Found()
		f.find(f.own(fm, found), fm.words)
	}
}

// know remembers by which change what facts and assumptions are of came in.
func (f *file) know(fm *form) {
	d := f.signed().p.d
	paths := make([]string, 0, len(d.Facts)+len(d.Assumptions))
	for _, x := range d.Facts {
		paths = append(paths, x.Path)
	}
	for _, x := range d.Assumptions {
		paths = append(paths, x.Path)
	}
	for _, path := range paths {
		if _, known := f.first[path]; !known && fm.p.r.Site(path) != nil {
			f.first[path] = fm.p.birthOf(fm.p.r.Site(path))
		}
	}
}

// birthOf is the change by which a value came in.
func (p *parse) birthOf(s *read.Site) int {
	for ; s != nil; s = s.Up {
		if by, ok := p.births[s.Node]; ok {
			return by
		}
	}
	return 0
}

// contextRoots are the parts of a file that say something about the deal and are not
// part of it.
var contextRoots = []string{"sources", "facts", "assumptions", "amendments", "alternatives", "scenarios", "expect"}

// fixedRoots are those that no amendment can restate.
var fixedRoots = []string{"offtake", "currency", "signed"}

// isRestatable tells whether what stands at a path is of the deal; with fixed, also if no
// amendment can restate it.
func isRestatable(path string, fixed bool) bool {
	first := ""
	if names := read.Split(path); len(names) > 0 {
		first = names[0]
	}
	return !slices.Contains(contextRoots, first) && (fixed || !slices.Contains(fixedRoots, first))
}

// termsOf is the file without what is not part of the deal.
func termsOf(root *tree.Node) *tree.Node {
	out := *root
	out.Entries = slices.DeleteFunc(slices.Clone(root.Entries), func(e tree.Entry) bool { return slices.Contains(contextRoots, e.Key.Text) })
	return &out
}

// formOf is the form of a view, made and checked if no other is it. What is wrong with
// the view itself is reported at the flag that asked for it.
func (f *file) formOf(v View) (*form, diag.List) {
	var list diag.List
	d := f.signed().p.d
	fm, by := f.forms[len(f.forms)-1], len(d.Amendments)
	if !v.AsOf.IsZero() {
		fm = f.asOf(v.AsOf)
		if v.AsOf.Before(d.Signed) {
			list.Fault(codeAsOf, diag.Place{File: "--as-of " + v.AsOf.String()}, "give a day from the signing on", "the deal is not signed until %s", d.Signed)
		}
	}
	for _, name := range v.Alternatives {
		i := slices.IndexFunc(d.Alternatives, func(a Alternative) bool { return a.Name == name })
		if i < 0 {
			list.Fault(codeAlternative, diag.Place{File: "--alternative " + name}, f.alternativeHint(name), "the file has no alternative %s", read.Shown(name))
			continue
		}
		next, found := f.next(fm, &d.Alternatives[i].Change, by+i+1, read.Join("alternatives", name), f.wordsOf(v))
		next.stood = append(slices.Clone(fm.stood), stood{by + i + 1, next.was})
		list.Add(found...)
		fm = next
	}
	fm, found := f.inScenarios(fm, v)
	list.Add(found...)
	if len(fm.stood) > 0 { // it is made for this view
		fm.p.check()
	}
	return fm, list
}

// asOf is the form on a day.
func (f *file) asOf(day calendar.Date) *form {
	n := 0
	for _, a := range f.signed().p.d.Amendments {
		if !a.Date.After(day) {
			n++
		}
	}
	return f.forms[min(n, len(f.forms)-1)]
}

func (f *file) wordsOf(v View) string {
	var words []string
	if !v.AsOf.IsZero() {
		words = append(words, "as of "+v.AsOf.String())
	}
	for _, x := range []struct {
		what  string
		names []string
	}{{"alternative", v.Alternatives}, {"scenario", v.Scenarios}} {
		switch len(x.names) {
		case 0:
		case 1:
			words = append(words, "in the "+x.what+" "+x.names[0])
		default:
			words = append(words, "in the "+x.what+"s "+list(x.names))
		}
	}
	return strings.Join(words, ", ")
}

// alternativeHint says which alternatives there are.
func (f *file) alternativeHint(name string) string {
	var names []string
	for _, a := range f.signed().p.d.Alternatives {
		names = append(names, a.Name)
	}
	return f.signed().p.r.Instead(name, names, "alternatives")
}
