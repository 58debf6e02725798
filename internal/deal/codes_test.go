// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// emitted finds the codes in Go source: in a call, or as a constant.
var emitted = regexp.MustCompile(`(?:(?:Fault|Warn)\(|\bcode\w* += |Code: +)"([A-Z0-9]+(?:-[A-Z0-9]+)*)"`)

// TestCodes holds the list of codes to those that the packages emit.
func TestCodes(t *testing.T) {
	used := map[string]string{}
	err := filepath.WalkDir("..", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		source, err := os.ReadFile(name)
		for _, m := range emitted.FindAllStringSubmatch(string(source), -1) {
			used[m[1]] = name
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, c := range Codes {
		if listed[c.Name] {
			t.Errorf("%s is listed twice", c.Name)
		}
		if listed[c.Name] = true; used[c.Name] == "" {
			t.Errorf("%s is listed and nothing emits it", c.Name)
		}
		if c.Meaning == "" || strings.HasSuffix(c.Meaning, ".") {
			t.Errorf("%s: meaning %q", c.Name, c.Meaning)
		}
	}
	for code, name := range used {
		if !listed[code] {
			t.Errorf("%s, in %s, is not in Codes", code, name)
		}
	}
}

// unseen are the codes that no file in testdata/invalid can have, because they are of
// the whole text or of edits, or because what they guard against is not in any table.
var unseen = map[string]bool{
	"FILE-SIZE": true, "FILE-UTF8": true, "FILE-CONTROL": true, "FILE-EMPTY": true, "FAULTS-MANY": true, "CLAUSES-MANY": true,
	"TEXT-FORM": true, "EDIT-HERE": true,
	// Of runs: internal/app/testdata/unmet.
	"EXPECT-MISSED": true, "EXPECT-UNDEFINED": true, "EXPECT-UNKNOWN": true, "EXPECT-SEVERAL": true, "EXPECT-FORM": true,
}

// TestCodesSeen holds every code to an example in testdata/invalid.
func TestCodesSeen(t *testing.T) {
	seen := map[string]bool{}
	for _, source := range files(t, "invalid") {
		for _, want := range wants(source) {
			_, code, _ := strings.Cut(want, " ")
			seen[code] = true
		}
	}
	for _, c := range Codes {
		if !seen[c.Name] && !unseen[c.Name] {
			t.Errorf("%s has no example in testdata/invalid", c.Name)
		}
	}
}

// TestRests holds what is said of diagnostics to the kinds that there are: each kind of
// clauses and of the world rests on fields, or is held whenever a clause is not read.
func TestRests(t *testing.T) {
	listed := map[string]Code{}
	for _, c := range Codes {
		listed[c.Name] = c
	}
	for code := range rests {
		if listed[code].Name == "" {
			t.Errorf("%s rests on something and is no code", code)
		}
	}
	for _, dir := range []string{"../clause", "../world"} {
		names, err := filepath.Glob(dir + "/*.go")
		if err != nil || len(names) == 0 {
			t.Fatal(dir, err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			source, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range emitted.FindAllStringSubmatch(string(source), -1) {
				if rests[m[1]] == "" && listed[m[1]].follows != ofClauses {
					t.Errorf("%s: nothing says what %s rests on", name, m[1])
				}
			}
		}
	}
}
