// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"slices"
	"sort"

	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/field"
)

// A Settable is a value that Set can give another text, or that a file could have and
// has not.
type Settable struct {
	Path    string
	Text    string // as the file says it; "" where it says nothing
	There   bool   // whether the file has it
	Doc     string
	Choices []string // the words that it takes, if it takes only some
}

// Paths are the single values of a file, and the fields that its mappings could have
// beside those that are there, by their paths. There are none where the text is not
// a mapping.
func Paths(source []byte) []Settable {
	p, _ := readFile("", source)
	if p == nil {
		return nil
	}
	var out []Settable
	for _, s := range p.r.Sites() {
		if s.Path != "" && s.Node.Kind == tree.Scalar {
			out = append(out, settable(s.Path, s.Field, s.Node.Text, true))
		}
		if s.Field.Kind == field.Variant && len(s.Node.Entries) > 0 {
			continue // another case would take the place of the one that is there
		}
		for _, f := range s.Table {
			if path := read.Join(s.Path, f.Name); p.r.Site(path) == nil {
				out = append(out, settable(path, f, "", false))
			}
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Path < out[j].Path })
	return out
}

func settable(path string, f field.Field, text string, there bool) Settable {
	s := Settable{Path: path, Text: text, There: there, Doc: f.Doc, Choices: f.Choices}
	if f.Kind == field.Flag {
		s.Choices = []string{"true", "false"}
	}
	return s
}

// AlternativesOf are the alternatives that a file states, whether it has faults or not.
func AlternativesOf(source []byte) []Alternative {
	p, _ := readFile("", source)
	if p == nil {
		return nil
	}
	return p.d.Alternatives
}

// AmendmentsOf are the amendments that a file states, whether it has faults or not.
func AmendmentsOf(source []byte) []Amendment {
	p, _ := readFile("", source)
	if p == nil {
		return nil
	}
	return p.d.Amendments
}

// ClauseIDs are the ids of a file's clauses, in its order, those that amendments and
// alternatives add among them.
func ClauseIDs(source []byte) []string {
	p, _ := readFile("", source)
	if p == nil {
		return nil
	}
	var out []string
	for _, c := range p.read {
		if id := c.Head().ID; id != "" {
			out = append(out, id)
		}
	}
	for _, id := range p.everyID() {
		if !slices.Contains(out, id) && !slices.Contains(p.ids, id) {
			out = append(out, id)
		}
	}
	return out
}
