// SPDX-License-Identifier: Apache-2.0

package house

import (
	"fmt"
	"go/types"
	"os"
	"slices"
	"strings"
	"testing"
)

// importRules is what imports.txt says.
type importRules struct {
	place map[string]place    // of each listed package
	doors map[string][]string // who may import a path ("os", "os/...") or use a function ("time.Now")
}

// place is where a package stands: the statement, and the group in it counted from below.
type place struct{ chain, group int }

// TestImportsRunOneWay holds the imports of every package to imports.txt.
func TestImportsRunOneWay(t *testing.T) {
	text, err := os.ReadFile("imports.txt")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := parseImportRules(string(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sources(t) {
		report(t, rules.faults(s.path, s.imports))
		report(t, rules.useFaults(s))
	}
}

// parseImportRules reads the statements of imports.txt.
func parseImportRules(text string) (*importRules, error) {
	rules := &importRules{map[string]place{}, map[string][]string{}}
	var bare strings.Builder
	for line := range strings.Lines(text) {
		before, _, _ := strings.Cut(line, "#")
		bare.WriteString(before + "\n")
	}
	statements := strings.Split(bare.String(), ";")
	for chain, statement := range statements[:len(statements)-1] {
		if what, who, isDoor := strings.Cut(statement, ":"); isDoor {
			for _, path := range strings.Fields(what) {
				rules.doors[path] = strings.Fields(who)
			}
			continue
		}
		for group, names := range strings.Split(statement, "<") {
			if strings.TrimSpace(names) == "" {
				return nil, fmt.Errorf("empty group in %q", strings.TrimSpace(statement))
			}
			for _, name := range strings.Fields(names) {
				if _, twice := rules.place[name]; twice {
					return nil, fmt.Errorf("%s is listed twice", name)
				}
				rules.place[name] = place{chain, group}
			}
		}
	}
	if rest := strings.TrimSpace(statements[len(statements)-1]); rest != "" {
		return nil, fmt.Errorf("%q does not end in a semicolon", rest)
	}
	for path, who := range rules.doors {
		for _, name := range who {
			if _, listed := rules.place[name]; !listed {
				return nil, fmt.Errorf("%s may be imported by %s, which is in no group", path, name)
			}
		}
	}
	return rules, nil
}

// faults lists the imports of the package at path that the rules forbid. Packages elsewhere than below
// internal/ and cmd/ are bound only if they are listed.
func (r *importRules) faults(path string, imports []string) (faults []string) {
	name, mustList := ruleName(path)
	own, listed := r.place[name]
	if !listed {
		if mustList {
			faults = append(faults, path+" is not in internal/house/imports.txt: add it to the group above all that it imports")
		}
		return faults
	}
	for _, path := range imports {
		imported, inTree := ruleName(path)
		other, known := r.place[imported]
		switch {
		case !inTree:
			if who, door := r.door(path); door && !slices.Contains(who, name) {
				faults = append(faults, fmt.Sprintf("%s imports %s, which only %v may", name, path, who))
			}
		case !known:
			faults = append(faults, fmt.Sprintf("%s imports %s, which is not listed", name, imported))
		case other.chain != own.chain:
			faults = append(faults, fmt.Sprintf("%s imports %s: nothing orders the two", name, imported))
		case other.group == own.group:
			faults = append(faults, fmt.Sprintf("%s imports %s of its own group", name, imported))
		case other.group > own.group:
			faults = append(faults, fmt.Sprintf("%s imports %s, which is above it", name, imported))
		}
	}
	return faults
}

// ruleName returns the name under which a package is listed, and whether it lies where all must be.
func ruleName(path string) (name string, mustList bool) {
	if name, ok := strings.CutPrefix(path, "internal/"); ok {
		return name, true
	}
	return path, strings.HasPrefix(path, "cmd/")
}

// door returns who may import a path from elsewhere, if that is restricted at all.
func (r *importRules) door(path string) (who []string, restricted bool) {
	if who, ok := r.doors[path]; ok {
		return who, true
	}
	for dir := path; strings.Contains(dir, "/"); {
		dir = dir[:strings.LastIndex(dir, "/")]
		if who, ok := r.doors[dir+"/..."]; ok {
			return who, true
		}
	}
	return nil, false
}

// useFaults lists the uses of single functions and variables that the rules forbid.
func (r *importRules) useFaults(s *source) (faults []string) {
	name, _ := ruleName(s.path)
	for ident, object := range s.info.Uses {
		if _, isPackage := object.(*types.PkgName); isPackage || object.Pkg() == nil || object.Parent() != object.Pkg().Scope() {
			continue
		}
		use := object.Pkg().Path() + "." + object.Name()
		if who, ok := r.doors[use]; ok && !slices.Contains(who, name) {
			faults = append(faults, fmt.Sprintf("%s: %s uses %s, which only %v may", s.at(ident.Pos()), name, use, who))
		}
	}
	slices.Sort(faults)
	return faults
}

const sampleRules = `
a b < c < d; # a comment
h;
os os/... : d;
time.Now: d;
math/rand: ;
`

func TestImportFaultsAreFound(t *testing.T) {
	rules, err := parseImportRules(sampleRules)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, to, want string }{
		{"internal/c", "internal/a", ""},
		{"internal/d", "internal/b", ""},
		{"internal/d", "os", ""},
		{"internal/a", "fmt", ""},
		{"internal/a", "example.com/os", ""},
		{"bench/peers", "os", ""},
		{"internal/a", "internal/b", "a imports b of its own group"},
		{"internal/a", "internal/c", "a imports c, which is above it"},
		{"internal/a", "internal/h", "a imports h: nothing orders the two"},
		{"internal/h", "internal/a", "h imports a: nothing orders the two"},
		{"internal/c", "internal/new", "c imports new, which is not listed"},
		{"internal/c", "internal/a/sub", "c imports a/sub, which is not listed"},
		{"internal/c", "os", "c imports os, which only [d] may"},
		{"internal/c", "os/exec", "c imports os/exec, which only [d] may"},
		{"internal/d", "math/rand", "d imports math/rand, which only [] may"},
		{"internal/new", "fmt", "internal/new is not in internal/house/imports.txt"},
		{"cmd/new", "fmt", "cmd/new is not in internal/house/imports.txt"},
	} {
		faults := rules.faults(c.from, []string{c.to})
		got := strings.Join(faults, "; ")
		if c.want == "" && got != "" || !strings.HasPrefix(got, c.want) || len(faults) > 1 {
			t.Errorf("%s imports %s: %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

// TestUseFaultsAreFound looks for the clock in testdata/clock.
func TestUseFaultsAreFound(t *testing.T) {
	sample, err := readSources("testdata/clock")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := parseImportRules("sample d; time.Now time.Local: d;")
	if err != nil {
		t.Fatal(err)
	}
	var faults, wanted []string
	for _, s := range sample {
		faults = append(faults, rules.useFaults(s)...)
		wanted = append(wanted, wants(s)...)
	}
	slices.Sort(faults)
	slices.Sort(wanted)
	if !slices.EqualFunc(faults, wanted, strings.HasPrefix) || len(wanted) == 0 {
		t.Errorf("found %q, wanted %q", faults, wanted)
	}
}

func TestBadImportRulesAreRefused(t *testing.T) {
	for text, want := range map[string]string{
		"a < b":       "does not end in a semicolon",
		"a < < b;":    "empty group",
		"a < b a;":    "listed twice",
		"a; os: b;":   "in no group",
		"a; b; c < ;": "empty group",
	} {
		if _, err := parseImportRules(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", text, err, want)
		}
	}
}
