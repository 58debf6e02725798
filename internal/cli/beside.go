// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"offtake/internal/app"
	"offtake/internal/value"
)

func (s *screen) beside() *cobra.Command {
	var opt app.RunOptions
	var asJSON, differs bool
	var files outputs
	c := &cobra.Command{
		Use:   "compare DEAL DEAL...",
		Short: "Set deals side by side, or say what differs between two",
		Long: `Sets deals side by side, normalised: per year, per gigawatt-year, per unit of
capital, each figure with its error. Two versions of one deal (the same parties, and
clauses of the same names) are also told apart clause by clause: what is said
differently, and what each difference is worth to each side. DEAL@WORD is a form
of a deal: of a day (deal.yaml@2026-05-01), in an alternative or a scenario of its
file (deal.yaml@prospectus); several follow each other.`,
		Example: `  offtake compare amazon-anthropic-2026 google-anthropic-2026 broadcom-anthropic-2026
  offtake compare amazon-anthropic-2026 amazon-anthropic-2026@prospectus
  offtake compare draft-1.yaml draft-2.yaml --differs --json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 {
				return app.Misuse{Says: "name at least two deals (see offtake compare --help)"}
			}
			return nil
		},
		ValidArgsFunction: dealNames(manyDeals),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkPaths(&opt); err != nil {
				return err
			}
			if differs && len(args) != 2 {
				return app.Misuse{Says: fmt.Sprintf("--differs: name two deals, not %d", len(args))}
			}
			var deals []app.Version
			for _, given := range args {
				v, err := s.version(given)
				if err != nil {
					return err
				}
				deals = append(deals, v)
			}
			apart := differs || !cmd.Flags().Changed("differs") && len(deals) == 2 && app.VersionsOfOne(deals[0].Deal, deals[1].Deal)
			return s.sideBySide(deals, apart, opt, files, asJSON)
		},
	}
	samplingOnly(c, &opt)
	c.Flags().BoolVar(&differs, "differs", false, "say what differs between two versions; without the flag, where two deals have the same parties and clauses of the same names")
	c.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	pagesOnly(c, &files)
	return c
}

// sideBySide runs the deals and delivers the page.
func (s *screen) sideBySide(deals []app.Version, apart bool, opt app.RunOptions, files outputs, asJSON bool) error {
	done := s.watch(&opt)
	defer done()
	b := app.NewBeside(deals, opt)
	if apart {
		var err error
		if b.Apart, err = app.NewApart(deals[0].Deal, deals[1].Deal, value.Options{Paths: opt.Paths, Seed: opt.Seed, Workers: opt.Workers, Proceed: opt.Proceed}); err != nil {
			return app.Misuse{Says: err.Error()}
		}
	}
	done()
	return s.deliver(b.Report(), b.JSON(), files, asJSON)
}

// version loads a deal in the form that DEAL@WORD asks for; a file whose own name has an @
// stands for itself.
func (s *screen) version(given string) (app.Version, error) {
	name, words := app.SplitVersion(given)
	if _, err := os.Stat(given); err == nil {
		name, words = given, nil
	}
	src, err := read(name)
	if err != nil {
		return app.Version{}, err
	}
	e, err := app.FormOf(src, words)
	if err != nil {
		return app.Version{}, err
	}
	d, src, err := s.load(name, e)
	return app.Version{Source: src, Words: words, Edits: e, Deal: d}, err
}

// samplingOnly adds the flags of what is always sampled.
func samplingOnly(c *cobra.Command, opt *app.RunOptions) {
	c.Flags().IntVar(&opt.Paths, "paths", app.UsualPaths, "sample at least this many paths of each run")
	c.Flags().Uint64Var(&opt.Seed, "seed", 1, "seed of the sample")
	c.Flags().IntVar(&opt.Workers, "workers", 0, "how many processors to use, 0 for all; changes no result")
}

// checkPaths reports flags of samplingOnly that make no sense.
func checkPaths(opt *app.RunOptions) error {
	switch {
	case opt.Paths < 2 || opt.Paths > 1<<32:
		return app.Misuse{Says: fmt.Sprintf("--paths: give from 2 to %d paths", 1<<32)}
	case opt.Workers < 0 || opt.Workers > 1024:
		return app.Misuse{Says: fmt.Sprintf("--workers %d: give 1 to 1024, or 0 for as many as there are processors", opt.Workers)}
	}
	return nil
}
