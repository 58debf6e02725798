// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"slices"
	"sort"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/field"
)

// checkSet holds one edit to what Set promises: the bytes around the value stay, the
// value is there afterwards, all other values stay, setting it again changes nothing,
// and it makes no difference whether the file is formatted before.
func checkSet(t interface {
	Fatalf(string, ...any)
	Helper()
}, source []byte, path, value string) {
	t.Helper()
	before, _ := readFile("", source)
	out, err := Set(source, path, value)
	if out == nil {
		if err == nil {
			t.Fatalf("%s=%q: no source and no error", path, value)
		}
		return
	}
	after, list := readFile("", out)
	if after == nil {
		if err == nil {
			t.Fatalf("%s=%q leaves what cannot be read: %v\n%s", path, value, list, out)
		}
		return
	}
	if err != nil && strings.Contains(err.Error(), codeEdit) {
		return
	}
	if s := before.r.Site(read.Clean(path)); s != nil && s.Node.Kind == tree.Scalar {
		checkAround(t, source, out, s, value)
	} else if s == nil && len(out) > len(source) {
		checkInserted(t, source, out)
	}
	if again, _ := Set(out, path, value); after.r.Site(read.Clean(path)) != nil && string(again) != string(out) {
		t.Fatalf("%s=%q set again changes\n%s\nto\n%s", path, value, out, again)
	}
	first, _ := Set(Format(source), path, value)
	if string(Format(first)) != string(Format(out)) {
		t.Fatalf("%s=%q: formatted first\n%q\nformatted last\n%q", path, value, Format(first), Format(out))
	}
}

// checkAround holds a replaced scalar to its own bytes, and to the text that was set.
func checkAround(t interface{ Fatalf(string, ...any) }, source, out []byte, s *read.Site, value string) {
	n := s.Node
	if !strings.HasPrefix(string(out), string(source[:n.Start])) || !strings.HasSuffix(string(out), string(source[n.End:])) {
		t.Fatalf("%s=%q changes other bytes:\n%s\n%s", s.Path, value, source, out)
	}
	root, _ := tree.Parse("", out)
	old, _ := tree.Parse("", source)
	was, is := scalars(old, nil), scalars(root, nil)
	if isContainer(s.Field.Kind) || len(was) != len(is) {
		return // a mapping or list was written for a word
	}
	for i := range was {
		want := was[i].Text
		if was[i].Start == n.Start && was[i].End == n.End {
			want = value
		}
		if is[i].Text != want {
			t.Fatalf("%s=%q: scalar %d is %q, and should be %q", s.Path, value, i, is[i].Text, want)
		}
	}
}

// checkInserted holds an added field to adding bytes in one place.
func checkInserted(t interface{ Fatalf(string, ...any) }, source, out []byte) {
	i := 0
	for i < len(source) && source[i] == out[i] {
		i++
	}
	if rest := source[i:]; !strings.HasSuffix(string(out[i:]), string(rest)) && !strings.Contains(changed(string(source), string(out)), "- ") {
		t.Fatalf("an added field changes other bytes:\n%s\n%s", source, out)
	}
}

// variants are the valid files, also with other line ends, and blanks and comments in
// odd places.
func variantsOf(t testing.TB) []string {
	var out []string
	for _, source := range files(t, "valid") {
		s := string(source)
		out = append(out, s, strings.ReplaceAll(s, "\n", "\r\n"), strings.ReplaceAll(s, "\n", "  \n"), strings.TrimRight(s, "\n"),
			strings.ReplaceAll(s, "}\n", "} # é\n\n\n"), "\ufeff"+strings.ReplaceAll(s, ": ", ":   "))
	}
	sort.Strings(out)
	return out
}

func TestSetProperties(t *testing.T) {
	sources := variantsOf(t)
	values := rapid.OneOf(rapid.SampledFrom([]string{"5B", "at least 3B", "12%", "0.5", "-1", "2027-01-01", "18m", "true", "none", "null", "lab", "a: b", "x #y",
		"[1, 2]", "{a: 1}", "it's", "\"", "", " ", "&a", "*a", "!a", "| x", "> y", "- z", "a, b", "é", "\t", "a\nb", "#", "@", "`", "%", "?", "yes", "0x10"}), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		source := []byte(rapid.SampledFrom(sources).Draw(t, "source"))
		value := strings.ToValidUTF8(values.Draw(t, "value"), "")
		p, _ := readFile("", source)
		checkSet(t, source, rapid.SampledFrom(pathsOf(p)).Draw(t, "path"), value)
	})
}

// pathsOf are the paths of all values of a file, and of all fields that could be there.
func pathsOf(p *parse) []string {
	var out []string
	for _, s := range p.r.Sites() {
		if s.Path != "" {
			out = append(out, s.Path)
		}
		for _, f := range s.Table {
			if path := read.Join(s.Path, f.Name); p.r.Site(path) == nil {
				out = append(out, path)
				if f.Kind == field.Group && f.Fields != nil {
					for _, inner := range f.Fields() {
						out = append(out, read.Join(path, inner.Name))
					}
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
