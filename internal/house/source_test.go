// SPDX-License-Identifier: Apache-2.0

package house

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// source is a package of a module: its files without tests, with types.
type source struct {
	path    string   // without that of the module: internal/vec
	imports []string // sorted; packages of the module by path as above, others whole
	fset    *token.FileSet
	files   []*ast.File
	info    *types.Info
}

// at returns the package, file and line of a position.
func (s *source) at(pos token.Pos) string {
	where := s.fset.Position(pos)
	return fmt.Sprintf("%s/%s:%d", s.path, filepath.Base(where.Filename), where.Line)
}

// sources returns the packages of this module, read once for all tests. The test fails if some cannot be
// read, and goes on with the others.
func sources(t *testing.T) []*source {
	t.Helper()
	read, err := readModule()
	if err != nil {
		t.Error(err)
	}
	return read
}

var readModule = sync.OnceValues(func() ([]*source, error) { return readSources(filepath.Join("..", "..")) })

// listedPackage is what the go command tells of a package.
type listedPackage struct {
	ImportPath, Dir, Export string
	GoFiles, CgoFiles       []string
	Imports                 []string
	DepOnly                 bool
	Module                  *struct{ Path string }
	Error                   *struct{ Err string }
}

// readSources parses and type-checks the packages of the module at dir, in the order of their paths.
// What they import is known from the compiler's export data.
func readSources(dir string) ([]*source, error) {
	list := exec.Command("go", "list", "-e", "-deps", "-export", "-json=ImportPath,Dir,Export,GoFiles,CgoFiles,Imports,DepOnly,Module", "./...")
	list.Dir = dir
	var stderr bytes.Buffer
	list.Stderr = &stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w\n%s", err, stderr.Bytes())
	}
	exports := map[string]string{}
	var wanted []listedPackage
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listedPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("go list: %w", err)
		}
		exports[p.ImportPath] = p.Export
		if !p.DepOnly {
			wanted = append(wanted, p)
		}
	}
	fset := token.NewFileSet()
	compiled := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	var read []*source
	var faults []error
	for _, p := range wanted {
		s, err := check(fset, compiled, p)
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", p.ImportPath, err))
			continue
		}
		read = append(read, s)
	}
	return read, errors.Join(faults...)
}

// check parses and type-checks one package.
func check(fset *token.FileSet, compiled types.Importer, p listedPackage) (*source, error) {
	s := &source{
		path: inModule(p.ImportPath, p.Module.Path),
		fset: fset,
		info: &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}},
	}
	for _, path := range p.Imports {
		s.imports = append(s.imports, inModule(path, p.Module.Path))
	}
	for _, name := range append(p.GoFiles, p.CgoFiles...) {
		file, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		s.files = append(s.files, file)
	}
	config := types.Config{Importer: compiled, FakeImportC: true}
	if _, err := config.Check(p.ImportPath, fset, s.files, s.info); err != nil {
		return nil, err
	}
	return s, nil
}

// inModule returns a path without the module's, which it keeps if it lies elsewhere.
func inModule(path, module string) string { return strings.TrimPrefix(path, module+"/") }
