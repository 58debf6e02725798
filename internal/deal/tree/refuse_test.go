// SPDX-License-Identifier: Apache-2.0

package tree

import (
	"strings"
	"testing"
)

func TestParseRefuses(t *testing.T) {
	for _, test := range []struct{ source, want string }{
		{"", "f:1:1: fault FILE-EMPTY: the file says nothing"},
		{"# only this\n", "f:1:1: fault FILE-EMPTY: the file says nothing"},
		{"a: &x 1\nb: *x\n", "f:1:4: fault YAML-ANCHOR: anchors are not read; f:2:4: fault YAML-ALIAS: aliases are not read"},
		{"<<: {a: 1}\n", "f:1:1: fault YAML-MERGE: merge keys are not read"},
		{"a: !!str 5\n", "f:1:4: fault YAML-TAG: tags are not read"},
		{"%YAML 1.2\n---\na: 1\n", "f:1:1: fault YAML-DIRECTIVE: directives are not read; f:2:1: fault YAML-DOCUMENTS: a second document begins here"},
		{"a: 1\n---\nb: 2\n", "f:2:1: fault YAML-DOCUMENTS: a second document begins here"},
		{"a: 1\n...\nb: 2\n", "f:3:1: fault YAML-DOCUMENTS: a second document begins here"},
		{"? a\n: b\n", "f:1:1: fault YAML-KEY: keys that begin with ? are not read"},
		{"[a]: 1\n", "f:1:4: fault YAML-SYNTAX: found an invalid key for this map"},
		{"a: 1\nb: 2\na: 3\n", "f:3:1: fault YAML-KEY-TWICE: a stands twice: first on line 1"},
		{"a: [b: 1]\n", "f:1:5: fault YAML-SYNTAX: a name with a value stands in brackets without braces"},
		{"- a\n- b\n", "f:1:1: fault YAML-SYNTAX: a deal is a mapping of names to values, not a list"},
		{"a\n", "f:1:1: fault YAML-SYNTAX: a deal is a mapping of names to values, not a value"},
		{"a: }\n", "f:1:4: fault YAML-SYNTAX: this text cannot be told from what surrounds it"},
		{"a: b: c\n", "f:1:4: fault YAML-SYNTAX: mapping value is not allowed in this context"},
		{"a:\n\tb: 1\n", "f:2:1: fault YAML-SYNTAX: found character '\t' that cannot start any token"},
		{"a: [1, 2\n", "f:1:4: fault YAML-SYNTAX: sequence end token ']' not found"},
		{"a: 1\x00\n", "f:1:5: fault FILE-CONTROL: character U+0000 does not belong in a text"},
		{"a: é\xff\n", "f:1:5: fault FILE-UTF8: byte 0xff is not UTF-8"},
		{"a: 1\rb: 2\n", "f:1:5: fault FILE-CONTROL: a carriage return stands alone"},
		{"a: 1\nb: \ufeff2\n", "f:2:4: fault FILE-CONTROL: character U+FEFF does not belong in a text"},
		{"a: " + strings.Repeat("[", 65), "f:1:67: fault YAML-DEPTH: values are nested more than 64 deep"},
	} {
		root, list := Parse("f", []byte(test.source))
		var got []string
		for _, d := range list {
			got = append(got, d.String())
			if d.Hint == "" {
				t.Errorf("%q: %s has no hint", test.source, d.Code)
			}
		}
		if text := strings.Join(got, "; "); text != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.source, text, test.want)
		}
		if root != nil && !strings.Contains(test.want, codeTwice) {
			t.Errorf("%q: a node came back", test.source)
		}
	}
}

// TestParseHostile gives the reader what is made to hurt a reader. It must refuse each
// before it costs anything: without the guards several of these take minutes, gigabytes
// or the program's stack.
func TestParseHostile(t *testing.T) {
	repeat := strings.Repeat
	for name, source := range map[string]string{
		"brackets":       "a: " + repeat("[", 200_000),
		"braces":         "a: " + repeat("{a: ", 150_000),
		"closed":         "a: " + repeat("[", 90_000) + repeat("]", 90_000),
		"dashes":         repeat("- ", 190_000),
		"questions":      repeat("? ", 190_000),
		"lines":          repeat("k: 1\n", 800_000),
		"staircase":      staircase(2_000),
		"laughs":         "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
		"anchors":        repeat("- &a x\n", 10_000),
		"long":           "a: " + repeat("x", 5<<20),
		"commas":         "a: [" + repeat("1,", 2_000_000) + "]",
		"colons":         "a: " + repeat("b: ", 199_000),
		"unclosed":       "a: \"" + repeat("x", 4_000_000),
		"broken bytes":   repeat("\xff", 1<<20),
		"double twice":   repeat("a: 1\n", 19_000),
		"wrong brackets": "a: " + repeat("[}", 90_000),
		"blanks":         "a: " + repeat("x", 1<<20) + repeat(" ", 1<<20) + "\n" + repeat("x", 1<<20),
		"blanks in text": "a: " + repeat("x", 1<<20) + repeat(" ", 1<<20) + "\n  x",
	} {
		_, list := Parse("f", []byte(source))
		if len(list) == 0 || len(list) > faultsMost+1 {
			t.Errorf("%s: %d faults", name, len(list))
		}
	}
}

func staircase(n int) string {
	var out strings.Builder
	for i := range n {
		out.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return out.String()
}
