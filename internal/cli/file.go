// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"offtake/internal/app"
	"offtake/internal/deal"
	"offtake/internal/diag"
)

// read opens a deal file. A directory stands for the deal.yaml in it, a hyphen for
// what comes in, and the name of a deal of the library for that deal where no file
// is called so.
func read(given string) (app.Source, error) {
	if given == "-" {
		return readFrom(os.Stdin, "standard input")
	}
	name := given
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		name = filepath.Join(name, "deal.yaml")
	}
	f, err := os.Open(name)
	if err != nil && filepath.Base(name) == "deal.yaml" && !strings.HasSuffix(given, "deal.yaml") {
		return app.Source{}, app.Misuse{Says: fmt.Sprintf("%s has no deal.yaml in it; %s means every deal below it", given, filepath.Join(given, "..."))}
	}
	if errors.Is(err, fs.ErrNotExist) {
		if src, ok := library().Find(given); ok {
			return src, nil
		}
		if meant := diag.Suggest(given, library().Slugs()); meant != "" {
			return app.Source{}, fmt.Errorf("cannot open %s: %w; did you mean %s, of the library?", name, bare(err), meant)
		}
	}
	if err != nil {
		return app.Source{}, fmt.Errorf("cannot open %s: %w", name, bare(err))
	}
	defer f.Close()
	return readFrom(f, name)
}

func readFrom(f io.Reader, name string) (app.Source, error) {
	text, err := io.ReadAll(io.LimitReader(f, deal.MaxBytes+1))
	if err != nil {
		return app.Source{}, fmt.Errorf("cannot read %s: %w", name, err)
	}
	return app.Source{Name: name, Text: text}, nil
}

// bare takes the path out of an error that will be printed beside it.
func bare(err error) error {
	if p, ok := err.(*fs.PathError); ok {
		return p.Err
	}
	return err
}

// load reads and checks a deal, and prints what is wrong with it.
func (s *screen) load(name string, e app.Edits) (*deal.Deal, app.Source, error) {
	src, err := read(name)
	if err != nil {
		return nil, src, err
	}
	d, src, list, err := app.Load(src, e)
	switch faults := s.show(list, src); {
	case err != nil:
		return nil, src, err
	case faults:
		return nil, src, errFaults
	}
	return d, src, nil
}

// show prints diagnostics, and tells whether there are faults among them.
func (s *screen) show(list diag.List, src app.Source) bool {
	if len(list) == 0 {
		return false
	}
	list.Sort()
	diag.Render(s.err, list, map[string][]byte{src.Name: src.Text}, s.width)
	return list.HasFaults()
}

// expand turns "dir/..." into the deal files below dir.
func expand(args []string) ([]string, error) {
	var out []string
	for _, a := range args {
		dir, all := strings.CutSuffix(a, "...")
		if !all {
			out = append(out, a)
			continue
		}
		var found []string
		// A slash at the end follows a link to a folder.
		err := filepath.WalkDir(cmp.Or(dir, "./"), func(path string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && entry.Name() == "deal.yaml" {
				found = append(found, path)
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("cannot look below %s: %w", dir, bare(err))
		}
		if len(found) == 0 {
			return nil, app.Misuse{Says: fmt.Sprintf("there is no deal.yaml below %s", dir)}
		}
		sort.Strings(found)
		out = append(out, found...)
	}
	return out, nil
}
