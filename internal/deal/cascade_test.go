// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"fmt"
	"slices"
	"testing"

	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/diag"
)

// TestMisreadInventsNothing makes one value after another of every file unreadable. What
// is then reported beside that value must have been reported before: a value that cannot
// be read may hide other faults and must not cause any.
func TestMisreadInventsNothing(t *testing.T) {
	tried := 0
	for _, dir := range []string{"valid", "invalid"} {
		for name, source := range files(t, dir) {
			p, _ := readFile(name, source)
			if p == nil {
				continue
			}
			before := map[string]bool{}
			_, list := Parse(name, source)
			for _, d := range list {
				before[lineAndCode(d)] = true
			}
			for _, s := range p.r.Sites() {
				if !misreadable(s) {
					continue
				}
				bad := slices.Concat(source[:s.Node.Start], []byte("[[]]"), source[s.Node.End:])
				_, after := Parse(name, bad)
				if !slices.ContainsFunc(after, func(d diag.Diagnostic) bool { return d.Line == s.Place.Line && d.Severity == diag.Fault }) {
					t.Errorf("%s, %s: not misread", name, s.Path)
				}
				tried++
				for _, d := range after {
					if d.Line != s.Place.Line && !before[lineAndCode(d)] {
						t.Errorf("%s without %s: %v", name, s.Path, d)
					}
				}
			}
		}
	}
	if tried < 1000 {
		t.Errorf("only %d values were made unreadable", tried)
	}
}

// misreadable tells whether a value is a single one inside a clause or the world, on
// one line, that is not the name of something.
func misreadable(s *read.Site) bool {
	n := s.Node
	inside := read.Within(s.Path, "clauses") || read.Within(s.Path, "world")
	return inside && n.Kind == tree.Scalar && n.Style == tree.Plain && n.End > n.Start && (s.Entry == nil || s.Entry.Key.Text != "id")
}

func lineAndCode(d diag.Diagnostic) string { return fmt.Sprint(d.Line, d.Code) }
