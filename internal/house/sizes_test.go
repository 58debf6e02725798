// SPDX-License-Identifier: Apache-2.0

package house

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// The largest sizes, in lines. Functions of tests may be as long as their tables.
const (
	maxFileLines     = 500
	maxTestFileLines = 1000
	maxFuncLines     = 70
)

// TestSizes holds Go files and functions to their largest sizes, and every package to having a doc.go.
func TestSizes(t *testing.T) {
	exceptions, err := os.ReadFile("sizes.txt")
	if err != nil {
		t.Fatal(err)
	}
	dir := root(t)
	faults, err := sizeFaults(os.DirFS(dir), goFiles(listed(t, dir)), string(exceptions))
	if err != nil {
		t.Fatal(err)
	}
	report(t, faults)
}

// goFiles keeps the Go files that belong to packages, which those below testdata do not.
func goFiles(paths []string) []string {
	return slices.DeleteFunc(slices.Clone(paths), func(name string) bool {
		return !strings.HasSuffix(name, ".go") || slices.Contains(strings.Split(path.Dir(name), "/"), "testdata")
	})
}

// sizeFaults lists what is too large, the packages without doc.go, and the exceptions not needed.
func sizeFaults(tree fs.FS, files []string, exceptions string) ([]string, error) {
	allowed, faults := parseExceptions(exceptions)
	used := map[string]bool{}
	object := func(what, fault string) {
		used[what] = true
		if !allowed[what] {
			faults = append(faults, fault)
		}
	}
	packages := map[string]bool{}
	for _, name := range files {
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return nil, err
		}
		isTest := strings.HasSuffix(name, "_test.go")
		limit := maxFileLines
		if isTest {
			limit = maxTestFileLines
		}
		if lines := bytes.Count(text, []byte("\n")); lines > limit {
			object(name, fmt.Sprintf("%s has %d lines, more than %d", name, lines, limit))
		}
		if isTest {
			continue
		}
		packages[path.Dir(name)] = true
		long, err := longFuncs(name, text)
		if err != nil {
			return nil, err
		}
		for _, f := range long {
			object(name+" "+f.name, fmt.Sprintf("%s: %s has %d lines, more than %d", name, f.name, f.lines, maxFuncLines))
		}
	}
	for dir := range packages {
		faults = append(faults, docFaults(tree, dir)...)
	}
	for what := range allowed {
		if !used[what] {
			faults = append(faults, "sizes.txt: no exception is needed for "+what)
		}
	}
	slices.Sort(faults)
	return faults, nil
}

// parseExceptions reads "what: reason" lines.
func parseExceptions(text string) (allowed map[string]bool, faults []string) {
	allowed = map[string]bool{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		what, reason, _ := strings.Cut(line, ":")
		if strings.TrimSpace(reason) == "" {
			faults = append(faults, "sizes.txt: no reason is given for "+what)
		}
		allowed[strings.TrimSpace(what)] = true
	}
	return allowed, faults
}

type longFunc struct {
	name  string
	lines int
}

// longFuncs returns the functions and methods of a file that are too long, methods as Receiver.Name.
func longFuncs(name string, text []byte) (long []longFunc, err error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		if lines := fset.Position(f.End()).Line - fset.Position(f.Pos()).Line + 1; lines > maxFuncLines {
			long = append(long, longFunc{funcName(f), lines})
		}
	}
	return long, nil
}

// funcName returns Name or Receiver.Name.
func funcName(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	receiver := f.Recv.List[0].Type
	for {
		switch r := receiver.(type) {
		case *ast.StarExpr:
			receiver = r.X
		case *ast.IndexExpr:
			receiver = r.X
		case *ast.IndexListExpr:
			receiver = r.X
		case *ast.Ident:
			return r.Name + "." + f.Name.Name
		default:
			return f.Name.Name
		}
	}
}

// docFaults demands a doc.go with the package's comment.
func docFaults(tree fs.FS, dir string) []string {
	name := path.Join(dir, "doc.go")
	text, err := fs.ReadFile(tree, name)
	if err != nil {
		return []string{dir + " has no doc.go"}
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil || strings.TrimSpace(file.Doc.Text()) == "" {
		return []string{name + " has no package comment"}
	}
	return nil
}

// lines returns a Go function that takes n lines.
func lines(head string, n int) string { return head + " {" + strings.Repeat("\n", n-1) + "}\n" }

func TestSizeFaultsAreFound(t *testing.T) {
	tree := fstest.MapFS{
		"a/doc.go":        {Data: []byte("// Package a is documented.\npackage a\n")},
		"a/small.go":      {Data: []byte("package a\n\n" + lines("func f()", 70))},
		"a/large.go":      {Data: []byte("package a\n\n" + lines("func g()", 71) + lines("func (t *T[K]) h()", 72) + lines("func (U) h()", 73))},
		"a/long.go":       {Data: []byte("package a\n" + strings.Repeat("\n", 500))},
		"a/full.go":       {Data: []byte("package a\n" + strings.Repeat("\n", 499))},
		"a/a_test.go":     {Data: []byte("package a\n\n" + lines("func k()", 998))},
		"a/long_test.go":  {Data: []byte("package a\n" + strings.Repeat("\n", 1000))},
		"b/b.go":          {Data: []byte("package b\n")},
		"c/doc.go":        {Data: []byte("// SPDX\n\npackage c\n")},
		"d/only_test.go":  {Data: []byte("package d\n")},
		"excused/doc.go":  {Data: []byte("// Package e is documented.\npackage e\n")},
		"excused/long.go": {Data: []byte("package e\n" + strings.Repeat("\n", 500) + lines("func (t T) m()", 80))},
	}
	var names []string
	for name := range tree {
		names = append(names, name)
	}
	exceptions := "# comment\n\nexcused/long.go: a table\nexcused/long.go T.m: one step of one recipe\na/small.go f: not long at all\na/gone.go:\n"
	faults, err := sizeFaults(tree, goFiles(names), exceptions)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"a/large.go: T.h has 72 lines, more than 70",
		"a/large.go: U.h has 73 lines, more than 70",
		"a/large.go: g has 71 lines, more than 70",
		"a/long.go has 501 lines, more than 500",
		"a/long_test.go has 1001 lines, more than 1000",
		"b has no doc.go",
		"c/doc.go has no package comment",
		"sizes.txt: no exception is needed for a/gone.go",
		"sizes.txt: no exception is needed for a/small.go f",
		"sizes.txt: no reason is given for a/gone.go",
	}
	if !slices.Equal(faults, want) {
		t.Errorf("found\n\t%s\nwanted\n\t%s", strings.Join(faults, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func TestGoFilesLeaveOutTestdata(t *testing.T) {
	got := goFiles([]string{"a/a.go", "a/testdata/x.go", "testdata/y.go", "a/b/c.md", "a/testdatabase/z.go"})
	if want := []string{"a/a.go", "a/testdatabase/z.go"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
