// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"offtake/internal/app"
)

// A formatting is one call of fmt.
type formatting struct {
	check, write, json bool
}

func (s *screen) fmt() *cobra.Command {
	var f formatting
	c := &cobra.Command{
		Use:   "fmt DEAL...",
		Short: "Write deal files in their canonical form",
		Long: `Writes a deal file in its canonical form: two spaces a level, one space after a
colon or comma, no more than one blank line. Comments, order and everything the
file says stay as they are. Without -w or --check the result is printed.`,
		Example: `  offtake fmt -w deal.yaml
  offtake fmt --check deals/...`,
		Args: someDeals, ValidArgsFunction: dealNames(manyDeals),
		RunE: func(_ *cobra.Command, args []string) error {
			names, err := expand(args)
			if err != nil {
				return err
			}
			if err := f.refuse(len(names)); err != nil {
				return err
			}
			return s.format(names, f)
		},
	}
	c.Flags().BoolVar(&f.check, "check", false, "write nothing; name the files that are not in it, and exit with 1 if there are any")
	c.Flags().BoolVarP(&f.write, "write", "w", false, "write the result back to the file")
	c.Flags().BoolVar(&f.json, "json", false, "with --check: print what was found as JSON")
	return c
}

// refuse says which options do not go together.
func (f formatting) refuse(files int) error {
	switch {
	case f.check && f.write:
		return app.Misuse{Says: "--check writes nothing: leave it or -w out"}
	case f.json && !f.check:
		return app.Misuse{Says: "--json goes with --check"}
	case files > 1 && !f.check && !f.write:
		return app.Misuse{Says: "several files cannot be printed as one: give -w to write them, or --check"}
	}
	return nil
}

func (s *screen) format(names []string, f formatting) error {
	all, failed := []app.Formatted{}, false
	for _, name := range names {
		src, err := read(name)
		if err != nil {
			return err
		}
		x := app.Format(src)
		all = append(all, x)
		bad := len(x.Faults) > 0
		failed = failed || bad || f.check && !x.Formatted
		if bad && !f.json {
			s.show(x.Faults, src)
		}
		if err := s.formatted(x, bad, f); err != nil {
			return err
		}
	}
	if f.json {
		if err := s.json(all); err != nil {
			return err
		}
	}
	if failed {
		return errFaults
	}
	return nil
}

// formatted does with one file what was asked.
func (s *screen) formatted(x app.Formatted, bad bool, f formatting) error {
	switch {
	case bad || f.json:
	case f.check && !x.Formatted:
		fmt.Fprintln(s.out, x.File)
	case f.write:
		return rewrite(x)
	case !f.check:
		_, err := s.out.Write(x.Text)
		return err
	}
	return nil
}

// rewrite puts the text back into the file that was read, if it is another.
func rewrite(x app.Formatted) error {
	info, err := os.Stat(x.File)
	if err != nil {
		return app.Misuse{Says: fmt.Sprintf("%s is not a file that can be written", x.File)}
	}
	if x.Formatted {
		return nil
	}
	if err := os.WriteFile(x.File, x.Text, info.Mode().Perm()); err != nil {
		return fmt.Errorf("cannot write %s: %w", x.File, bare(err))
	}
	return nil
}
