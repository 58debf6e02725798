// SPDX-License-Identifier: Apache-2.0

package house

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A leak is a pattern that no file may match. Patterns are put together from parts, or this file would
// match them.
type leak struct {
	pattern *regexp.Regexp
	what    string
}

// leaks returns the patterns for a tree at dir. Three X in quotes are no note but the code of ISO 4217 for
// no currency.
func leaks(dir string) []leak {
	const before = `(^|[^A-Za-z0-9._~%/-])` // what stands before an absolute path, but not inside an address
	list := []leak{
		{regexp.MustCompile(before + "/(root|home|work)" + "/"), "a path of a machine"},
		{regexp.MustCompile(before + regexp.QuoteMeta(filepath.ToSlash(dir)) + `\b`), "the path of this checkout"},
		{regexp.MustCompile("proxy[.]" + "golang[.]org"), "a registry's host"},
		{regexp.MustCompile("registry[.]" + "npmjs"), "a registry's host"},
		{regexp.MustCompile("TO" + "DO|FIX" + `ME|(^|[^"])XX` + "X"), "a note of unfinished work"},
	}
	// A directory at the top, such as that for temporary files, is named for good reasons.
	if parent := filepath.ToSlash(filepath.Dir(dir)); strings.Count(parent, "/") > 1 {
		list = append(list, leak{regexp.MustCompile(before + regexp.QuoteMeta(parent) + "/"), "a path beside this checkout"})
	}
	return list
}

// checksums are files whose every line is a hash, in which any letters may stand.
var checksums = []string{"go.sum"}

// TestNothingLeaks looks in every file of the tree for what belongs to one machine or to a day's work.
func TestNothingLeaks(t *testing.T) {
	dir := root(t)
	patterns := leaks(dir)
	for _, name := range listed(t, dir) {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(checksums, path.Base(name)) {
			report(t, leakFaults(patterns, name, text))
		}
	}
}

// page is how a comment of source, or a page, names a page of documentation.
var page = regexp.MustCompile(`(^|[\s("'\x60])([a-z0-9_./-]*[a-z0-9_-]\.md)\b`)

// code is a line of source up to its comment.
var code = regexp.MustCompile(`(?m)^([^/"\x60]|/[^/]|"([^"\\\n]|\\.)*"|\x60[^\x60\n]*\x60)*`)

// TestPagesAreThere holds every page that the comments of source or a page names to being one of the tree.
func TestPagesAreThere(t *testing.T) {
	dir := root(t)
	names := listed(t, dir)
	there := map[string]bool{}
	for _, name := range names {
		there[path.Base(name)] = true
	}
	for _, name := range names {
		ext := path.Ext(name)
		if ext != ".go" && ext != ".md" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if ext == ".go" {
			text = code.ReplaceAll(text, nil)
		}
		report(t, pageFaults(there, name, text))
	}
}

// pageFaults lists the lines that name a page that is not there.
func pageFaults(there map[string]bool, name string, text []byte) (faults []string) {
	for number, line := range bytes.Split(text, []byte("\n")) {
		for _, m := range page.FindAllSubmatch(line, -1) {
			if base := path.Base(string(m[2])); !there[base] {
				faults = append(faults, fmt.Sprintf("%s:%d: %s is no page of this tree", name, number+1, base))
			}
		}
	}
	return faults
}

func TestPagesAreFound(t *testing.T) {
	there := map[string]bool{"semantics.md": true}
	for text, want := range map[string]int{
		"see docs/semantics.md, section 3": 0, "(other" + ".md K7)": 1, "`a/b" + ".md` and semantics.md": 1, "a note" + ".mdx": 0,
	} {
		if got := pageFaults(there, "f", []byte(text)); len(got) != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	line := `read("a // b` + `.md", 'c') // as of other` + `.md`
	if left := string(code.ReplaceAll([]byte(line), nil)); left != "// as of other"+".md" {
		t.Errorf("%q leaves %q", line, left)
	}
}

// leakFaults lists the lines that match a pattern. Files with a zero byte are no text.
func leakFaults(patterns []leak, name string, text []byte) (faults []string) {
	if bytes.IndexByte(text, 0) >= 0 {
		return nil
	}
	for number, line := range bytes.Split(text, []byte("\n")) {
		for _, l := range patterns {
			if l.pattern.Match(line) {
				faults = append(faults, fmt.Sprintf("%s:%d: %s", name, number+1, l.what))
			}
		}
	}
	return faults
}

func TestLeaksAreFound(t *testing.T) {
	patterns := leaks("/srv/builds/checkout")
	for text, want := range map[string]string{
		"see /ro" + "ot/notes":                     "a path of a machine",
		"/ho" + "me/ann/file":                      "a path of a machine",
		`"/wo` + `rk/main"`:                        "a path of a machine",
		"cd /srv/builds/checkout && make":          "the path of this checkout; a path beside this checkout",
		"--dir=/srv/builds/other":                  "a path beside this checkout",
		"GOPROXY=https://proxy" + ".golang.org":    "a registry's host",
		"https://registry" + ".npmjs.org/left":     "a registry's host",
		"// TO" + "DO: later":                      "a note of unfinished work",
		"FIX" + "ME":                               "a note of unfinished work",
		"XX" + "X":                                 "a note of unfinished work",
		"https://example.com/ho" + "me/news":       "",
		"docs/wo" + "rk/plan.md and ../ro" + "ot/": "",
		"the root/home/work of it":                 "",
		"/usr/bin/env":                             "",
		"a zero byte \x00 and TO" + "DO":           "",
	} {
		var got []string
		for _, fault := range leakFaults(patterns, "f", []byte(text)) {
			got = append(got, strings.TrimPrefix(fault, "f:1: "))
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%q: found %q, want %q", text, got, want)
		}
	}
	for _, top := range []string{"/checkout", "/tmp/checkout"} {
		if faults := leakFaults(leaks(top), "f", []byte("/usr/bin /tmp/x")); len(faults) > 0 {
			t.Errorf("checked out at %s: found %q", top, faults)
		}
	}
}

// licenceLine is the first line of every Go file.
const licenceLine = "// SPDX-License-Identifier: Apache-2.0\n"

// TestLicenceLine looks at every Go file, those of testdata too.
func TestLicenceLine(t *testing.T) {
	dir := root(t)
	for _, name := range listed(t, dir) {
		if strings.HasSuffix(name, ".go") {
			text, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			report(t, licenceFaults(name, text))
		}
	}
}

func licenceFaults(name string, text []byte) []string {
	if bytes.HasPrefix(text, []byte(licenceLine)) {
		return nil
	}
	return []string{name + " does not begin with " + strings.TrimSpace(licenceLine)}
}

func TestLicenceFaultsAreFound(t *testing.T) {
	for text, faults := range map[string]int{
		licenceLine + "\npackage a\n":            0,
		"package a\n":                            1,
		"\n" + licenceLine:                       1,
		"//go:build linux\n" + licenceLine:       1,
		"// SPDX-License-Identifier: MIT\n":      1,
		"// SPDX-License-Identifier: Apache-2.0": 1,
		"":                                       1,
	} {
		if got := licenceFaults("a.go", []byte(text)); len(got) != faults {
			t.Errorf("%q: %q", text, got)
		}
	}
}
