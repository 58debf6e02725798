// SPDX-License-Identifier: Apache-2.0

package read

import (
	"slices"
	"strings"

	"offtake/internal/deal/tree"
	"offtake/internal/diag"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// KeptMost is how many diagnostics of one file are kept.
const KeptMost = 200

// A Site is one value of a file: where it stands and how it was read.
type Site struct {
	Path  string
	Place diag.Place  // of a scalar its own, else of its name
	Node  *tree.Node  // never nil
	Entry *tree.Entry // its name in the mapping that holds it; nil in a list
	Field field.Field
	Table []field.Field // what it may hold; nil unless it is a mapping that was read
	Up    *Site         // what holds it; nil for the file itself
}

// A Reader reads one file. The zero value is not ready: see New.
type Reader struct {
	Source []byte
	// Currency is the deal's; until it is known symbols are not checked.
	Currency unit.Currency

	file    string
	parties []string // keys; while nil any is let pass
	party   map[string]bool
	list    diag.List
	dropped int
	sites   map[string]*Site
	order   []*Site
	refs    []use
}

// A use is a clause id that something refers to.
type use struct {
	id   string
	at   diag.Place
	name string
}

// New is a reader of that source; file is its name in messages.
func New(file string, source []byte) *Reader {
	return &Reader{Source: source, file: file, sites: map[string]*Site{}}
}

// SetParties tells the reader the keys of the deal's parties; until then any key is let
// pass.
func (r *Reader) SetParties(keys []string) {
	r.parties, r.party = keys, map[string]bool{}
	for _, key := range keys {
		r.party[key] = true
	}
}

// Fault adds a fault.
func (r *Reader) Fault(code string, at diag.Place, hint, format string, args ...any) {
	if r.room() {
		r.list.Fault(code, at, hint, format, args...)
	}
}

// Warn adds a warning.
func (r *Reader) Warn(code string, at diag.Place, hint, format string, args ...any) {
	if r.room() {
		r.list.Warn(code, at, hint, format, args...)
	}
}

// Add adds diagnostics as they are.
func (r *Reader) Add(l diag.List) {
	for _, d := range l {
		if r.room() {
			r.list.Add(d)
		}
	}
}

func (r *Reader) room() bool {
	if len(r.list) < KeptMost {
		return true
	}
	r.dropped++
	return false
}

// Full tells whether no more diagnostics are kept, so that work on their words can be
// saved.
func (r *Reader) Full() bool { return len(r.list) >= KeptMost }

// Faults is how many faults there are so far.
func (r *Reader) Faults() int { return r.list.Faults() + r.dropped }

// A Mark is a point in a reading.
type Mark struct{ kept, dropped int }

// Mark is where the reading stands.
func (r *Reader) Mark() Mark { return Mark{len(r.list), r.dropped} }

// Misread are the paths of the values that could not be read since a mark; "" stands
// for any. A field that nobody knows leaves all others as they stand.
func (r *Reader) Misread(since Mark) []string {
	var paths []string
	for _, d := range r.list[since.kept:] {
		if d.Severity == diag.Fault && d.Code != codeUnknown {
			paths = append(paths, d.Path)
		}
	}
	if r.dropped > since.dropped {
		paths = append(paths, "")
	}
	return paths
}

// Done is all that was found, in the order of the file.
func (r *Reader) Done() diag.List { return Bound(r.Found()) }

// Found is what was found and kept, and how many more there are.
func (r *Reader) Found() (l diag.List, dropped int) {
	return append(diag.List{}, r.list...), r.dropped
}

// Bound puts diagnostics in the order of their file, keeps as many as are kept of one
// file, and says how many there are beside them and those that were dropped before.
func Bound(l diag.List, dropped int) diag.List {
	l.Sort()
	if n := len(l); n > KeptMost {
		l, dropped = l[:KeptMost:KeptMost], dropped+n-KeptMost
	}
	if dropped > 0 {
		l.Fault(codeMany, diag.Place{File: l[0].File}, "mend these first", "%d more are not shown", dropped)
	}
	return l
}

// Sites are all values that were read, in the order of reading.
func (r *Reader) Sites() []*Site { return r.order }

// Site is the value at a path in its clean form; nil if the file has none there.
func (r *Reader) Site(path string) *Site { return r.sites[path] }

// Nearest is the value at the path or, where the file has none, at the longest part of
// the path where it has; the file itself in the end.
func (r *Reader) Nearest(path string) *Site {
	for path = Clean(path); ; path = Parent(path) {
		if s := r.sites[path]; s != nil || path == "" {
			return s
		}
	}
}

// Place is that of Nearest, with the whole path written in it.
func (r *Reader) Place(path string) diag.Place {
	at := diag.Place{File: r.file}
	if s := r.Nearest(path); s != nil {
		at = s.Place
	}
	at.Path = Clean(path)
	return at
}

// Open remembers a value. Entry is nil for the file and for elements of lists.
func (r *Reader) Open(up *Site, path string, node *tree.Node, entry *tree.Entry, f field.Field) *Site {
	place := node.At
	if entry != nil && (node.Kind != tree.Scalar || node.Style == tree.Empty) {
		place = entry.Key.At
	}
	place.Path = path
	s := &Site{Path: path, Place: place, Node: node, Entry: entry, Field: f, Up: up}
	if _, again := r.sites[path]; !again {
		r.sites[path] = s
		r.order = append(r.order, s)
	}
	return s
}

// Table opens a mapping: it reports names that are not in the table, and fields that
// must be there and are not. It reads no value.
func (r *Reader) Table(s *Site, table []field.Field) {
	s.Table = table
	slips := map[string]bool{}
	for i := range s.Node.Entries {
		key := s.Node.Entries[i].Key
		if find(table, key.Text) == nil {
			slips[r.unknown(s, key)] = true
		}
	}
	if len(slips) > 0 && s.Field.Others != "" {
		return // something else than was thought of is written here
	}
	for _, f := range table {
		if f.Required && s.Node.Find(f.Name) == nil && !slips[f.Name] {
			at := s.Place
			at.Path = Join(s.Path, f.Name)
			r.Fault(codeMissing, at, "add "+f.Name+": "+meaning(f), "%s has no %s", title(s), f.Name)
		}
	}
}

// unknown reports a name that is not in the site's table and returns the one that was
// probably meant.
func (r *Reader) unknown(s *Site, key *tree.Node) string {
	if r.Full() {
		r.dropped++
		return ""
	}
	var absent, all []string
	for _, f := range s.Table {
		all = append(all, f.Name)
		if s.Node.Find(f.Name) == nil {
			absent = append(absent, f.Name)
		}
	}
	meant := diag.Suggest(key.Text, absent)
	hint := "the fields here are " + enumerate(all, "and")
	switch {
	case meant != "":
		hint = "did you mean " + meant + "?"
	case s.Field.Others != "":
		hint = s.Field.Others
	case diag.Suggest(key.Text, all) != "":
		hint = diag.Suggest(key.Text, all) + " is given already; " + hint
	case len(all) == 0:
		hint = "write {}: nothing can be said here"
	}
	at := key.At
	at.Path = Join(s.Path, key.Text)
	r.Fault(codeUnknown, at, hint, "%s has no field %s", title(s), Shown(key.Text))
	return meant
}

// Read reads the entry of that field, if the mapping has one.
func (r *Reader) Read(s *Site, f field.Field) {
	if e := s.Node.Find(f.Name); e != nil {
		r.value(s, Join(s.Path, f.Name), e.Value, e, f)
	}
}

// All opens a mapping and reads all of it.
func (r *Reader) All(s *Site, table []field.Field) {
	r.Table(s, table)
	for _, f := range table {
		r.Read(s, f)
	}
}

// CheckRefs reports references to clauses that there are not, among those read since it
// was last called.
func (r *Reader) CheckRefs(ids []string) {
	refs := r.refs
	r.refs = nil
	for _, u := range refs {
		if !slices.Contains(ids, u.id) {
			r.Fault(codeRef, u.at, r.Instead(u.id, ids, "clauses"), "%s: there is no clause %s", u.name, Shown(u.id))
		}
	}
}

// Instead is the hint for a word that is not among those known.
func (r *Reader) Instead(word string, among []string, what string) string {
	if r.Full() {
		return ""
	}
	switch meant := diag.Suggest(word, among); {
	case meant != "":
		return "did you mean " + meant + "?"
	case len(among) == 0:
		return "there are no " + what
	}
	return "the " + what + " are " + enumerate(among, "and")
}

func find(table []field.Field, name string) *field.Field {
	for i := range table {
		if table[i].Name == name {
			return &table[i]
		}
	}
	return nil
}

// enumerate joins words as a sentence does; of many it gives the first.
func enumerate(words []string, last string) string {
	if n := len(words); n > namedMost {
		words = append(append([]string{}, words[:namedMost]...), "others")
	}
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + " " + last + " " + words[n]
}

// namedMost is how many words an enumeration names.
const namedMost = 24
