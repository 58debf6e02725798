// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"sort"
	"strings"

	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/diag"
	"offtake/internal/field"
)

// Assumed is the Status of an input that is no fact.
const Assumed = "assumption"

// An Input is one amount, rate, number, date or length of time that a deal rests on.
type Input struct {
	Path   string
	Place  diag.Place
	Text   string // as the file says it
	Status string // filing, announcement, press, estimate, or Assumed
	Source string // key of the source of a fact; "" where it has none
	Reason string // the fact's note, or why the assumption was made; "" where neither is given
}

// inputRoots are the parts of a file that hold inputs.
var inputRoots = []string{"clauses", "world", "policy", "elsewhere", "existing"}

// Inputs are all inputs of the file, in its order. The fact or assumption with the
// longest path that holds an input is the input's.
func (d *Deal) Inputs() []Input {
	origins := map[string]Input{}
	for _, a := range d.Assumptions {
		origins[a.Path] = Input{Status: Assumed, Reason: a.Reason}
	}
	for _, f := range d.Facts {
		origins[f.Path] = Input{Status: f.Status, Source: f.Source, Reason: f.Note}
	}
	var out []Input
	for _, s := range d.reader.Sites() {
		if s.Node.Kind == tree.Scalar && isInput(s.Field) && underInputs(s.Path) {
			out = append(out, input(s, origins))
		}
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i].Place, out[j].Place
		return a.Line < b.Line || a.Line == b.Line && a.Column < b.Column
	})
	return out
}

// isInput tells whether a field, or what may be written bare for it, is a quantity.
func isInput(f field.Field) bool {
	switch f.Kind {
	case field.Money, field.Rate, field.Number, field.Count, field.Date, field.Span:
		return true
	}
	return f.Bare != nil && isInput(*f.Bare)
}

func underInputs(path string) bool {
	for _, root := range inputRoots {
		if read.Within(path, root) {
			return true
		}
	}
	return false
}

// input says where an input comes from: from what is said of it, or of the nearest
// value that holds it.
func input(s *read.Site, origins map[string]Input) Input {
	in := Input{Status: Assumed}
	for path := s.Path; path != ""; path = read.Parent(path) {
		if origin, ok := origins[path]; ok {
			in = origin
			break
		}
	}
	in.Path, in.Place, in.Text = s.Path, s.Place, strings.TrimSpace(s.Node.Text)
	return in
}

// Sourced is how many of the inputs are facts; the others are assumptions.
func Sourced(inputs []Input) int {
	n := 0
	for _, in := range inputs {
		if in.Status != Assumed {
			n++
		}
	}
	return n
}
