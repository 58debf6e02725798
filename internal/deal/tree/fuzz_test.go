// SPDX-License-Identifier: Apache-2.0

package tree

import (
	"strings"
	"testing"
)

// FuzzParse holds every text that is read to what nodes promise: spans lie within
// each other in order, and a text without quotes stands there as it is.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"a: {b: [1, \"x\", 'y'], c}\n", "a:\n- b: 1\n  c: |\n    x\n- é # c\n", "\ufeffa: 1\r\n\r\nb: 2 # x\r\nc: 3\n",
		"a: x\n  y\nb: >-\n  z\n\n", "a: [b: 1]", "a: }", "? x", "a: &b *c", "a: \"\\u00e9\\\"\"", "a:\n\tb", "{a: 1}: 2", "a: '''", "a: #x\n  - -",
		"a: ~\nb: null\n-", "a: [1,\n# c\n2]\n", "0: [.", "a: |2\n   x", "a: |+\n\n\nb: 1", "0\t0:", "0\t:", "0:\t0",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		root, list := Parse("f", source)
		if root == nil && len(list) == 0 {
			t.Fatal("nothing read and nothing said")
		}
		for _, d := range list {
			if d.Code == "" || d.Message == "" {
				t.Fatalf("a diagnostic says nothing: %+v", d)
			}
		}
		if root != nil {
			checkSpans(t, root, string(source), 0, len(source))
		}
	})
}

func checkSpans(t *testing.T, n *Node, source string, from, to int) {
	if n.Start < from || n.End < n.Start || n.End > to {
		t.Fatalf("%v spans %d to %d outside %d to %d", n.Kind, n.Start, n.End, from, to)
	}
	written := source[n.Start:n.End]
	if n.Kind == Scalar && n.Style == Plain && !strings.Contains(written, "\n") && n.Text != written {
		t.Fatalf("%q is written %q", n.Text, written)
	}
	at := n.Start
	for _, e := range n.Entries {
		checkSpans(t, e.Key, source, at, n.End)
		if e.After < e.Key.End || e.Colon && source[e.After-1] != ':' {
			t.Fatalf("no colon before byte %d", e.After)
		}
		checkSpans(t, e.Value, source, e.After, n.End)
		at = max(e.After, e.Value.End)
	}
	for _, i := range n.Items {
		checkSpans(t, i, source, at, n.End)
		at = i.End
	}
}

// FuzzWrite holds what is written to be read back, in a block and in brackets.
func FuzzWrite(f *testing.F) {
	for _, seed := range []string{"5B", "at least 100B", "a: b", "x #y", "-5", "- 5", "é", "it's", "\"", "\n", "", "null", "~", "[x]", "a\tb", "true", "%", "10%", "\u2028", "\ufeff", "a,b", ":", "<<", "---", "...", "?", "="} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "")
		for _, style := range []Style{Plain, Single, Double} {
			for _, source := range []string{"a: " + Write(text, style, false) + "\nb: 1\n", "a: {b: " + Write(text, style, true) + ", c: 1}\n", "a: [" + Write(text, style, true) + "]\n"} {
				root, list := Parse("f", []byte(source))
				if root == nil {
					t.Fatalf("%q: %v", source, list)
				}
				got := root.Entries[0].Value
				if len(got.Entries) > 0 {
					got = got.Entries[0].Value
				} else if len(got.Items) > 0 {
					got = got.Items[0]
				}
				if got.Kind != Scalar || got.Text != text {
					t.Fatalf("%q is read as %q", source, got.Text)
				}
			}
		}
	})
}
