// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The README shows a deal file, a command and its real output within 40 lines:
// the file is that of docs, and the output is what the program prints, but for
// parts left out where a line says "...".
func TestReadme(t *testing.T) {
	root := filepath.Join("..", "..")
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(filepath.Join(root, "docs", "first-deal.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	yaml, console := fenced(t, string(text), "yaml"), fenced(t, string(text), "console")
	if yaml != string(file) {
		t.Error("the README's deal file is not docs/first-deal.yaml")
	}
	if n := strings.Count(string(text[:strings.Index(string(text), console)+len(console)]), "\n") + 1; n > 40 {
		t.Errorf("file, command and output end at line %d of the README", n)
	}
	lines := strings.Split(strings.TrimRight(console, "\n"), "\n")
	args := strings.Fields(strings.TrimPrefix(lines[0], "$ bin/offtake "))
	for i, a := range args {
		if strings.HasSuffix(a, ".yaml") {
			args[i] = filepath.Join(root, a)
		}
	}
	var out, errs bytes.Buffer
	if code := Main(args, &out, &errs); code != exitFine {
		t.Fatalf("%s: exit %d, %s", lines[0], code, errs.String())
	}
	printed := strings.Split(out.String(), "\n")
	at := 0
	for i, want := range lines[1:] {
		if want == "..." {
			continue
		}
		found := at
		for found < len(printed) && printed[found] != want {
			found++
		}
		if found == len(printed) {
			t.Fatalf("README output line %d is not printed there: %q", i+1, want)
		}
		if i > 0 && lines[i] != "..." && found != at {
			t.Errorf("README leaves something out before %q without saying so", want)
		}
		at = found + 1
	}
}

// fenced is the first code block of a language.
func fenced(t *testing.T, text, language string) string {
	t.Helper()
	_, rest, ok := strings.Cut(text, "```"+language+"\n")
	block, _, closed := strings.Cut(rest, "```\n")
	if !ok || !closed {
		t.Fatalf("the README has no %s block", language)
	}
	return block
}
