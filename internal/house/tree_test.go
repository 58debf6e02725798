// SPDX-License-Identifier: Apache-2.0

package house

import (
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
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
		for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
			if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.Mode().IsRegular() {
				paths = append(paths, name)
			}
		}
	} else {
		paths = walk(t, os.DirFS(dir))
	}
	if len(paths) == 0 {
		t.Fatalf("no files below %s", dir)
	}
	noteDirs(t, dir, paths)
	slices.Sort(paths)
	return slices.Compact(paths)
}

// noteDirs opens the directories of the files. The go command repeats a test, rather than its cached
// verdict, when what the test opened has changed: with the directories, also when a file is added.
func noteDirs(t *testing.T, dir string, paths []string) {
	t.Helper()
	seen := map[string]bool{}
	for _, name := range paths {
		parent := path.Dir(name)
		if seen[parent] {
			continue
		}
		seen[parent] = true
		if _, err := os.ReadDir(filepath.Join(dir, parent)); err != nil {
			t.Fatal(err)
		}
	}
}

// walk returns the regular files of a tree that is not under git.
func walk(t *testing.T, tree fs.FS) (paths []string) {
	t.Helper()
	err := fs.WalkDir(tree, ".", func(name string, entry fs.DirEntry, err error) error {
		switch base := path.Base(name); {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (strings.HasPrefix(base, ".") || base == "node_modules"):
			return fs.SkipDir
		case entry.Type().IsRegular():
			paths = append(paths, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// report fails the test with each fault on its own line.
func report(t *testing.T, faults []string) {
	t.Helper()
	for _, fault := range faults {
		t.Error(fault)
	}
}

// TestWalkSkipsWhatIsHidden checks the list that is used where there is no git.
func TestWalkSkipsWhatIsHidden(t *testing.T) {
	tree := fstest.MapFS{"a/b.go": {}, ".git/config": {}, "web/node_modules/x/y.js": {}, "c.md": {}, ".editorconfig": {}}
	if got, want := walk(t, tree), []string{".editorconfig", "a/b.go", "c.md"}; !slices.Equal(got, want) {
		t.Errorf("walked %q, want %q", got, want)
	}
}
