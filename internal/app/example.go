// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"offtake/internal/clause"
	"offtake/internal/deal"
	"offtake/internal/deal/tree"
)

// An Example is a deal that shows known clauses: one of docs/clauses, which is
// of one kind of clause, or one of the library.
type Example struct {
	Source         // named by its path in the tree
	Kind   string  // of clause; "" for a deal of the library
	Prose  string  // the comment that the file begins with
	Shows  []Shown // by its line # K:
	Lacks  []Lack  // by its line # K, without words yet:

	deal *deal.Deal
	root *tree.Node
}

// Shown is a known clause and the fields that say it; none where the kind of
// clause as a whole does.
type Shown struct {
	Number string
	Fields []string // commitment.period=year, world.default.recovery
}

// Lack is a known clause of a deal, or a part of one, that its file leaves out for
// want of words.
type Lack struct {
	Number string
	What   string // which part; "" for all of it
}

// Examples are those of docs/clauses and of the library, in the order of their
// names; the kind of clause of an example is what its name begins with. What is
// wrong with one is an error.
func Examples(docs, deals fs.FS) ([]Example, error) {
	var out []Example
	for _, from := range []struct {
		files     fs.FS
		glob, dir string
	}{{docs, "clauses/*.yaml", "docs"}, {deals, "*/deal.yaml", "deals"}} {
		names, err := fs.Glob(from.files, from.glob)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			text, err := fs.ReadFile(from.files, name)
			if err != nil {
				return nil, err
			}
			x, err := newExample(Source{path.Join(from.dir, name), text}, from.dir == "docs")
			if err != nil {
				return nil, fmt.Errorf("%s/%s: %w", from.dir, name, err)
			}
			out = append(out, x)
		}
	}
	return out, nil
}

func newExample(src Source, ofKind bool) (Example, error) {
	x := Example{Source: src}
	var list error
	d, faults := deal.Parse(src.Name, src.Text)
	if list = faults.Err(); list != nil {
		return x, list
	}
	x.deal = d
	x.root, _ = tree.Parse(src.Name, src.Text)
	if ofKind {
		if x.Kind = kindOf(path.Base(src.Name)); x.Kind == "" {
			return x, fmt.Errorf("its name does not begin with a kind of clause")
		}
		if x.clause() == nil {
			return x, fmt.Errorf("it has no clause of the kind %s", x.Kind)
		}
	}
	return x, x.readComment()
}

// kindOf is the longest name of a kind of clause with which a file's name begins.
func kindOf(name string) string {
	best := ""
	for _, k := range clause.Catalog {
		rest, ok := strings.CutPrefix(name, k.Name)
		if ok && (rest[0] == '-' || rest[0] == '.') && len(k.Name) > len(best) {
			best = k.Name
		}
	}
	return best
}

// readComment reads the comment at the file's beginning: prose, and the line of
// known clauses.
func (x *Example) readComment() error {
	var prose []string
	for line := range strings.Lines(string(x.Text)) {
		said, isComment := strings.CutPrefix(line, "#")
		if !isComment {
			break
		}
		said = strings.TrimSpace(said)
		if list, ok := strings.CutPrefix(said, "K:"); ok {
			if err := x.readShows(list); err != nil {
				return err
			}
			continue
		}
		if list, ok := strings.CutPrefix(said, "K, without words yet:"); ok {
			if err := x.readLacks(list); err != nil {
				return err
			}
			continue
		}
		prose = append(prose, said)
	}
	x.Prose = strings.TrimSpace(strings.Join(prose, " "))
	return nil
}

// lack is one item of the line # K, without words yet: a number, and in brackets
// which part of the clause is meant.
var lack = regexp.MustCompile(`^ *(K[0-9]+)(?: \(([^)]*)\))?(?:,|$)`)

func (x *Example) readLacks(list string) error {
	for list != "" {
		m := lack.FindStringSubmatch(list)
		if m == nil || !isKnown(m[1]) {
			return fmt.Errorf("its line # K, without words yet: cannot be read from %q on: write K30 (what is left out), K38", strings.TrimSpace(list))
		}
		x.Lacks = append(x.Lacks, Lack{m[1], m[2]})
		list = list[len(m[0]):]
	}
	return nil
}

func isKnown(number string) bool {
	return slices.ContainsFunc(KnownClauses, func(k KnownClause) bool { return k.Number == number })
}

func (x *Example) readShows(list string) error {
	for _, item := range strings.Split(list, ",") {
		words := strings.Fields(item)
		if len(words) == 0 || !isKnown(words[0]) {
			return fmt.Errorf("its line # K: has %q, which is no number from K1 to K%d", strings.TrimSpace(item), len(KnownClauses))
		}
		for _, f := range words[1:] {
			if !x.says(f) {
				return fmt.Errorf("its line # K: names %s, which the file does not say", f)
			}
		}
		x.Shows = append(x.Shows, Shown{words[0], words[1:]})
	}
	return nil
}

// says tells whether the file says a field: below a kind of clause, or below
// another part of the file, with the value after an equals sign if there is one.
func (x *Example) says(f string) bool {
	name, want, _ := strings.Cut(f, "=")
	names := strings.Split(name, ".")
	if _, isKind := clause.Find(names[0]); isKind {
		names = append([]string{"clauses"}, names...)
	}
	return slices.ContainsFunc(reach(x.root, names), func(n *tree.Node) bool {
		return want == "" || n.Kind == tree.Scalar && n.Text == want
	})
}

// reach are the values at the end of a way of names, through every element of the
// lists on it.
func reach(n *tree.Node, names []string) []*tree.Node {
	if n.Kind == tree.List {
		var out []*tree.Node
		for _, item := range n.Items {
			out = append(out, reach(item, names)...)
		}
		return out
	}
	if len(names) == 0 {
		return []*tree.Node{n}
	}
	if e := n.Find(names[0]); e != nil {
		return reach(e.Value, names[1:])
	}
	return nil
}

// clause is the element of the file's first clause of the example's kind; nil if
// there is none.
func (x *Example) clause() *tree.Node {
	list := x.root.Find("clauses")
	for _, item := range list.Value.Items {
		if item.Find(x.Kind) != nil {
			return item
		}
	}
	return nil
}

// Excerpt is the lines of the example's clause, moved to the left.
func (x *Example) Excerpt() string {
	n := x.clause()
	text := string(x.Text[n.Start:n.End])
	indent := strings.Repeat(" ", max(0, n.At.Column-3)) // of the dash before it
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimPrefix(lines[i], indent)
	}
	return "- " + strings.TrimRight(strings.Join(lines, "\n"), " \n")
}

// Said are the sources of the example, with the firmest status of what is taken
// from each.
func (x *Example) Said() []string {
	var out []string
	for _, s := range x.deal.Sources {
		var of []deal.Fact
		for _, f := range x.deal.Facts {
			if f.Source == s.Key {
				of = append(of, f)
			}
		}
		text := s.Publisher + ", " + s.Title
		if s.URL != "" {
			text = s.Publisher + ", [" + s.Title + "](" + s.URL + ")"
		}
		if !s.Date.IsZero() {
			text += ", " + s.Date.String()
		}
		if status := firmest(of); status != "" {
			text += " (" + status + ")"
		}
		out = append(out, text)
	}
	return out
}
