// SPDX-License-Identifier: Apache-2.0

package house

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"
)

// root returns the module's root directory: this package stands two levels below it.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
		t.Fatalf("no go.mod above this package: %v", err)
	}
	return dir
}

// listed returns the paths, relative to dir, of the files that belong to the tree: those that git tracks,
// or would if asked to; without git, all but hidden directories and installed packages.
func listed(t *testing.T, dir string) []string {
	t.Helper()
	git := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	git.Dir = dir
	var paths []string
	if out, err := git.Output(); err == nil {
		for path := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
			if info, err := os.Stat(filepath.Join(dir, path)); err == nil && info.Mode().IsRegular() {
				paths = append(paths, path)
			}
		}
	} else {
		paths = walk(t, os.DirFS(dir))
	}
	if len(paths) == 0 {
		t.Fatalf("no files below %s", dir)
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// walk returns the regular files of a tree that is not under git.
func walk(t *testing.T, tree fs.FS) (paths []string) {
	t.Helper()
	err := fs.WalkDir(tree, ".", func(path string, entry fs.DirEntry, err error) error {
		name := entry.Name()
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != "." && (strings.HasPrefix(name, ".") || name == "node_modules"):
			return fs.SkipDir
		case entry.Type().IsRegular():
			paths = append(paths, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// module loads the packages of this module with syntax and types, once for all tests. Test files are
// left out. It fails the test if a package does not type-check.
func module(t *testing.T) []*packages.Package {
	t.Helper()
	loaded, err := loadModule()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range loaded {
		for _, e := range p.Errors {
			t.Errorf("%s: %v", p.PkgPath, e)
		}
	}
	return loaded
}

var loadModule = sync.OnceValues(func() ([]*packages.Package, error) {
	return load(filepath.Join("..", ".."))
})

// load returns the packages of the module at dir, in the order of their paths.
func load(dir string) ([]*packages.Package, error) {
	const mode = packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedModule |
		packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo | packages.NeedTypesSizes
	loaded, err := packages.Load(&packages.Config{Mode: mode, Dir: dir}, "./...")
	slices.SortFunc(loaded, func(a, b *packages.Package) int { return strings.Compare(a.PkgPath, b.PkgPath) })
	return loaded, err
}

// relative returns a package's path without that of its module.
func relative(p *packages.Package) string {
	return strings.TrimPrefix(strings.TrimPrefix(p.PkgPath, p.Module.Path), "/")
}

// report fails the test with each fault on its own line.
func report(t *testing.T, faults []string) {
	t.Helper()
	for _, fault := range faults {
		t.Error(fault)
	}
}
