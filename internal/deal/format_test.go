// SPDX-License-Identifier: Apache-2.0

package deal

import "testing"

func TestFormat(t *testing.T) {
	for _, test := range []struct{ name, source, want string }{
		{"blanks", "\n\na: 1  \nb: {c: 1,  d: 2}\t# x\ty  \n\n\n\nc: 3\n\n\n", "a: 1\nb: {c: 1,  d: 2} # x\ty\n\nc: 3\n"},
		{"line ends", "\ufeffa: 1\r\nb: 2 \r\n", "a: 1\nb: 2\n"},
		{"no last line feed", "a: 1", "a: 1\n"},
		{"text is kept", "a: \"x\ty  z\"\nb: |\n  x  \n\n\n  y\nc: 'a  \n\n\n  b'\nd: 1\n", "a: \"x\ty  z\"\nb: |\n  x  \n\n\n  y\nc: 'a  \n\n\n  b'\nd: 1\n"},
		{"kept lines at the end", "a: |+\n  x\n\n\n", "a: |+\n  x\n\n\n"},
		{"comments", "# a\t b \n\n\n  # c\na: 1 #d\n#e", "# a\t b\n\n  # c\na: 1 #d\n#e\n"},
		{"no YAML", "a: [\n  ", "a: [\n  "},
		{"nothing", "", ""},
	} {
		if got := string(Format([]byte(test.source))); got != test.want {
			t.Errorf("%s:\n got %q\nwant %q", test.name, got, test.want)
		}
	}
	for name, source := range files(t, "valid") {
		if string(Format(source)) != string(source) {
			t.Errorf("%s is not as Format leaves it", name)
		}
	}
}
