// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The README shows a deal file, a command, its real output and a picture within
// about 40 lines: the file is that of docs, the output is what the program prints,
// but for parts left out where a line says "...", and the picture what it draws.
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
	if n := strings.Count(string(text), "\n"); n > 45 {
		t.Errorf("the README has %d lines", n)
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

// The README's picture is the second chart of its deal.
func TestReadmePicture(t *testing.T) {
	docs, dir := filepath.Join("..", "..", "docs"), t.TempDir()
	var out, errs bytes.Buffer
	if code := Main([]string{"run", filepath.Join(docs, "first-deal.yaml"), "--plot", filepath.Join(dir, "chart.svg")}, &out, &errs); code != exitFine {
		t.Fatalf("exit %d, %s", code, errs.String())
	}
	drawn, err := os.ReadFile(filepath.Join(dir, "chart-2.svg"))
	if err != nil {
		t.Fatal(err)
	}
	shown, err := os.ReadFile(filepath.Join(docs, "first-deal.svg"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(drawn, shown) {
		t.Error("docs/first-deal.svg is not the chart that offtake run docs/first-deal.yaml --plot draws")
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
