// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"offtake/internal/deal/tree"
)

func TestFormat(t *testing.T) {
	for _, test := range []struct{ name, source, want string }{
		{"blanks", "\n\na: 1  \nb: {c: 1,  d: 2}\t# x\ty  \n\n\n\nc: 3\n\n\n", "a: 1\nb: {c: 1, d: 2} # x\ty\n\nc: 3\n"},
		{"line ends", "\ufeffa: 1\r\nb: 2 \r\n", "a: 1\nb: 2\n"},
		{"no last line feed", "a: 1", "a: 1\n"},
		{"text is kept", "a: \"x\ty  z\"\nb: |\n  x  \n\n\n  y\nc: 'a  \n\n\n  b'\nd: 1\n", "a: \"x\ty  z\"\nb: |\n  x  \n\n\n  y\nc: 'a  \n\n\n  b'\nd: 1\n"},
		{"kept lines at the end", "a: |+\n  x\n\n\n", "a: |+\n  x\n\n\n"},
		{"comments", "# a\t b \n\n\n  # c\na: 1 #d\n#e", "# a\t b\n\n# c\na: 1 #d\n#e\n"},
		{"no YAML", "a: [\n  ", "a: [\n  "},
		{"nothing", "", ""},
		{"colons", "a :   1\n\"b\"  : 2\n'c': {d  :1 ,\"e\":2}\n", "a: 1\n\"b\": 2\n'c': {d: 1, \"e\": 2}\n"},
		{"brackets", "a: { b: [ 1,2 ,3 ] , c: { } }\nd: [ ]\n", "a: {b: [1, 2, 3], c: {}}\nd: []\n"},
		{"no value", "a: {b: , c: }\nd:\ne:   # nothing\n", "a: {b: , c: }\nd:\ne:   # nothing\n"},
		{"levels", "a:\n    b:\n       c: 1\n       d: 2\n    e: 3\nf: 4\n", "a:\n  b:\n    c: 1\n    d: 2\n  e: 3\nf: 4\n"},
		{"dashes under their name", "a:\n- b: 1\n  c: 2\n-   d: 3\n    e:\n    - 4\nf: 5\n", "a:\n  - b: 1\n    c: 2\n  - d: 3\n    e:\n      - 4\nf: 5\n"},
		{"dashes in dashes", "a:\n-  - 1\n   - 2\n-\n  b: 3\n", "a:\n  - - 1\n    - 2\n  -\n    b: 3\n"},
		{"a value on a line of its own", "a:\n     x y\nb:\n - 1\n -\n   2\nc:\n      {d: 1}\n", "a:\n  x y\nb:\n  - 1\n  -\n    2\nc:\n  {d: 1}\n"},
		{"brackets over lines", "a: [\n1,\n      {b: 2,\n  c: 3}\n    ]\nd:\n- {e: 1,\n f: 2}\n", "a: [\n  1,\n  {b: 2,\n    c: 3}\n]\nd:\n  - {e: 1,\n      f: 2}\n"},
		{"comments in brackets", "a: [ # one\n 1, # two\n # three\n 2]\n", "a: [ # one\n  1, # two\n  # three\n  2]\n"},
		{"a text over lines", "a:\n    b: x\n          y\n\n     z\n    c: \"p\n  q\"\n", "a:\n  b: x\n    y\n\n    z\n  c: \"p\n    q\"\n"},
		{"a text on lines of its own", "a:\n    b: |\n          x\n            y\n\n          z\n    c: >-\n     p\n\n\n\nd: 1\n", "a:\n  b: |\n    x\n      y\n\n    z\n  c: >-\n    p\n\nd: 1\n"},
		{"comments of levels", "a:\n    # one\n    b:\n        c: 1\n        # two\n    # three\n# four\nd: 1\n", "a:\n  # one\n  b:\n    c: 1\n    # two\n  # three\n# four\nd: 1\n"},
		{"comments of dashes", "a:\n# one\n- b: 1\n  # two\n  c: 2\n# three\n- d: 1\n# four\ne: 1\n", "a:\n  # one\n  - b: 1\n    # two\n    c: 2\n  # three\n  - d: 1\n# four\ne: 1\n"},
		{"a document's mark", "---\na:   1\n", "---\na: 1\n"},
	} {
		if got := string(Format([]byte(test.source))); got != test.want {
			t.Errorf("%s:\n got %q\nwant %q", test.name, got, test.want)
		}
		if got := string(Format([]byte(test.want))); got != test.want {
			t.Errorf("%s: %q becomes %q", test.name, test.want, got)
		}
	}
	for name, source := range wellFormed(t) {
		if string(Format([]byte(source))) != source {
			t.Errorf("%s is not as Format leaves it", name)
		}
	}
}

// wellFormed are the good files of this package and of the library.
func wellFormed(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	for name, source := range files(t, "valid") {
		out[name] = string(source)
	}
	names, err := filepath.Glob("../../deals/*/deal.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(err, names)
	}
	for _, name := range names {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(source)
	}
	return out
}

// mangle writes a canonical file with other white space: a step of another width, more
// blanks between pieces, at the ends of lines and between lines.
func mangle(t *rapid.T, source string) string {
	root, _ := tree.Parse("", []byte(source))
	rows := layOut(source, cut(source, scalars(root, nil)))
	placeComments(rows)
	step := rapid.IntRange(2, 5).Draw(t, "step")
	loose := rapid.Bool().Draw(t, "loose")
	blanks := func(name string, least, most int) string {
		if !loose {
			most = max(least, 1)
		}
		return strings.Repeat(" ", rapid.IntRange(least, max(least, most)).Draw(t, name))
	}
	var out strings.Builder
	for _, r := range rows {
		if len(r.pieces) > 0 {
			out.WriteString(strings.Repeat(" ", r.indent/2*step))
			r.within = r.within / 2 * step
		}
		for i, p := range r.pieces {
			if i > 0 {
				gap := between(source, r.pieces[i-1], p)
				switch before := r.pieces[i-1].kind; {
				case before == '-' && p.kind == scalar && i+1 < len(r.pieces) && r.pieces[i+1].kind == ':', before == '-' && p.kind == '-':
					gap = strings.Repeat(" ", step-1) // the entries below stand in the same column
				case p.kind == comment:
				case p.kind == ',' || p.kind == ']' || p.kind == '}' || before == '[' || before == '{':
					gap += blanks("inside", 0, 2)
				case gap != "":
					gap += blanks("after", 0, 3)
				}
				out.WriteString(gap)
			}
			out.WriteString(written(source, p, r))
		}
		if n := len(r.pieces); n == 0 || !r.pieces[n-1].block {
			out.WriteString(blanks("end", 0, 2))
		}
		out.WriteString("\n")
		if len(r.pieces) == 0 && loose {
			out.WriteString("\n")
		}
	}
	return out.String()
}

// However a file is spaced, its form is one; and it is the same deal.
func TestFormIsOne(t *testing.T) {
	all := wellFormed(t)
	var names []string
	for name := range all {
		names = append(names, name)
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "file")
		source := mangle(t, all[name])
		if got := string(Format([]byte(source))); got != all[name] {
			t.Fatalf("%s, spaced otherwise, is formatted otherwise: %s\n%s", name, cmp.Diff(all[name], got), source)
		}
	})
}

// A file that is not canonical makes the same deal before and after.
func TestFormKeepsTheDeal(t *testing.T) {
	changed := 0
	for _, source := range variantsOf(t) {
		before, list := Parse("", []byte(source))
		formatted := Format([]byte(source))
		after, again := Parse("", formatted)
		if before == nil || after == nil || len(list) != len(again) {
			t.Fatalf("%v, %v", list, again)
		}
		if string(formatted) != source {
			changed++
		}
		if !reflect.DeepEqual(bare(before), bare(after)) || said(before) != said(after) {
			t.Errorf("another deal:\n%s", formatted)
		}
	}
	if changed < 5 {
		t.Errorf("only %d files were formatted", changed)
	}
}

// said is what a file says of its deal beside the deal as it is amended.
func said(d *Deal) string {
	out := fmt.Sprintf("%+v %+v %+v %+v", d.Sources, d.Facts, d.Assumptions, d.Expect)
	changes := []Change{}
	for _, a := range d.Amendments {
		out += a.Date.String()
		changes = append(changes, a.Change)
	}
	for _, a := range d.Alternatives {
		out += a.Name
		changes = append(changes, a.Change)
	}
	for _, s := range d.Scenarios {
		out += s.Name
		changes = append(changes, s.Change)
	}
	for _, c := range changes {
		out += fmt.Sprint(c.Add, c.Remove, c.Source, c.Status, c.Says)
		for _, v := range c.Set {
			out += fmt.Sprint(v.Path, v.Text, v.Was)
		}
	}
	return out
}

// Of any text the form is one, and says what the text says.
func TestFormOfAnything(t *testing.T) {
	words := []string{"a", "b: 1", "c:", "- ", "  ", "\n", "\n  ", "\n    ", "\n- ", "{", "}", "[", "]", ", ", ": ", "# x", " # y", "'z'", "\"q\n r\"", "|\n   k\n", "x y", "-1", "~", "\t", "? "}
	formed := 0
	rapid.Check(t, func(t *rapid.T) {
		source := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 24).Draw(t, "words"), "")
		if checkForm(t, []byte(source)) {
			formed++
		}
	})
	if formed == 0 {
		t.Error("no text was changed")
	}
}

// checkForm holds the form of a text to its promises, and tells whether it is another
// text.
func checkForm(t interface{ Fatalf(string, ...any) }, source []byte) bool {
	out := Format(source)
	if again := Format(out); string(again) != string(out) {
		t.Fatalf("%q is formatted %q, and that %q", source, out, again)
	}
	if string(out) == string(source) {
		return false
	}
	before, _ := tree.Parse("", source)
	after, _ := tree.Parse("", out)
	if before == nil || after == nil || !same(before, after) {
		t.Fatalf("%q is formatted %q, which says something else", source, out)
	}
	return true
}
