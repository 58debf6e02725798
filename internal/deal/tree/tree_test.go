// SPDX-License-Identifier: Apache-2.0

package tree

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// dump writes a node with the bytes of each scalar, one a line.
func dump(n *Node, source string, indent string, out *strings.Builder) {
	switch n.Kind {
	case Scalar:
		fmt.Fprintf(out, "%s%q written %q at %d:%d+%d\n", indent, n.Text, source[n.Start:n.End], n.At.Line, n.At.Column, n.At.Width)
	case Map:
		fmt.Fprintf(out, "%s{} %q\n", indent, source[n.Start:n.End])
		for _, e := range n.Entries {
			fmt.Fprintf(out, "%s%s:\n", indent, e.Key.Text)
			dump(e.Value, source, indent+"  ", out)
		}
	case List:
		fmt.Fprintf(out, "%s[] %q\n", indent, source[n.Start:n.End])
		for _, i := range n.Items {
			dump(i, source, indent+"  ", out)
		}
	}
}

func TestParse(t *testing.T) {
	for _, test := range []struct{ name, source, want string }{
		{"flow", "a: {b: 1_000, c: é é, d: [1,  2 ,3]} # x\n", `{} "a: {b: 1_000, c: é é, d: [1,  2 ,3]}"
a:
  {} "{b: 1_000, c: é é, d: [1,  2 ,3]}"
  b:
    "1_000" written "1_000" at 1:8+5
  c:
    "é é" written "é é" at 1:18+3
  d:
    [] "[1,  2 ,3]"
      "1" written "1" at 1:27+1
      "2" written "2" at 1:31+1
      "3" written "3" at 1:34+1
`},
		{"quotes", "a: \"x é\\n y\"\n\"b c\": 'it''s'  # c\n", `{} "a: \"x é\\n y\"\n\"b c\": 'it''s'"
a:
  "x é\n y" written "\"x é\\n y\"" at 1:4+9
b c:
  "it's" written "'it''s'" at 2:8+7
`},
		{"lines", "a: one\n  two # c\nb: |\n  lit\n  more\n\nc: >-\n  fold\n  ed\n", `{} "a: one\n  two # c\nb: |\n  lit\n  more\n\nc: >-\n  fold\n  ed"
a:
  "one two" written "one\n  two" at 1:4+3
b:
  "lit\nmore\n" written "|\n  lit\n  more" at 3:4+1
c:
  "fold ed" written ">-\n  fold\n  ed" at 7:4+2
`},
		{"carriage returns", "\ufeffa: 1 # c\r\n\r\nb:\r\n  - é x\r\n  - d: 2\r\n", `{} "a: 1 # c\r\n\r\nb:\r\n  - é x\r\n  - d: 2"
a:
  "1" written "1" at 1:4+1
b:
  [] "- é x\r\n  - d: 2"
    "é x" written "é x" at 4:5+3
    {} "d: 2"
    d:
      "2" written "2" at 5:8+1
`},
		{"nothing", "a:\nb: ~\nc: {d, e: , f: 1}\ng:\n  -\n  - 1\nh: {}\n", `{} "a:\nb: ~\nc: {d, e: , f: 1}\ng:\n  -\n  - 1\nh: {}"
a:
  "" written "" at 1:1+1
b:
  "~" written "~" at 2:4+1
c:
  {} "{d, e: , f: 1}"
  d:
    "" written "" at 3:5+1
  e:
    "" written "" at 3:8+1
  f:
    "1" written "1" at 3:16+1
g:
  [] "-\n  - 1"
    "" written "" at 5:3+1
    "1" written "1" at 6:5+1
h:
  {} "{}"
`},
		{"blanks at the ends of lines", "a: 1  \nb: x y   \n\nc: \n  - d: 1 \n  - e  \nf: é é  ", `{} "a: 1  \nb: x y   \n\nc: \n  - d: 1 \n  - e  \nf: é é"
a:
  "1" written "1" at 1:4+1
b:
  "x y" written "x y" at 2:4+3
c:
  [] "- d: 1 \n  - e"
    {} "d: 1"
    d:
      "1" written "1" at 5:8+1
    "e" written "e" at 6:5+1
f:
  "é é" written "é é" at 7:4+3
`},
		{"dashes under the key", "---\na:\n- b: 1\n  c: 2\n- d: 3\ne: 10%\n", `{} "a:\n- b: 1\n  c: 2\n- d: 3\ne: 10%"
a:
  [] "- b: 1\n  c: 2\n- d: 3"
    {} "b: 1\n  c: 2"
    b:
      "1" written "1" at 3:6+1
    c:
      "2" written "2" at 4:6+1
    {} "d: 3"
    d:
      "3" written "3" at 5:6+1
e:
  "10%" written "10%" at 6:4+3
`},
	} {
		t.Run(test.name, func(t *testing.T) {
			root, list := Parse("f", []byte(test.source))
			if len(list) > 0 {
				t.Fatal(list)
			}
			var out strings.Builder
			dump(root, test.source, "", &out)
			if diff := cmp.Diff(test.want, out.String()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
