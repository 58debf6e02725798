// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"offtake/internal/app"
	"offtake/internal/report"
	"offtake/internal/value"
)

func (s *screen) solve() *cobra.Command {
	var e app.Edits
	var q value.Question
	var opt value.Options
	var files outputs
	var asJSON bool
	c := &cobra.Command{
		Use:   "solve DEAL --vary PATH --so-that 'FIGURE = VALUE'",
		Short: "Find the terms at which figures are what they should be",
		Long: `Looks for the value of a term at which a figure is what it should be: all such
values in a bracket, or the news that there is none. Each is put into the deal
again, and what is left of the condition is printed. Several terms are varied
together where as many conditions are given.

A condition is FIGURE = VALUE or FIGURE = FIGURE, with figures as explain names
them; p5(FIGURE) is a quantile of paths, chance(FIGURE) the share of paths on
which it is not zero, chance(FIGURE < VALUE) that on which it is lower.`,
		Example: `  offtake solve d.yaml --vary clauses.list.discount=0%..40% \
    --so-that 'npv.lab = 0'
  offtake solve d.yaml --vary clauses.cheque.amount \
    --so-that 'npv.lab = npv.cloud'
  offtake solve d.yaml --vary clauses.spend.total \
    --so-that 'chance(deficiency_total) = 10%'`,
		Args: oneDeal, ValidArgsFunction: dealNames(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkAnalysis(cmd, &opt); err != nil {
				return err
			}
			if err := files.refuse(); err != nil {
				return err
			}
			d, src, err := s.load(args[0], e)
			if err != nil {
				return err
			}
			done := s.watchAnalysis(&opt)
			x, err := app.Solve(src, e, d, q, opt)
			done()
			if err != nil {
				return err
			}
			return s.analysed(x, x.JSON(), files, asJSON)
		},
	}
	edits(c, &e)
	c.Flags().StringArrayVar(&q.Vary, "vary", nil, "look for the value at `PATH`, or PATH=LO..HI (repeatable)")
	c.Flags().StringArrayVar(&q.SoThat, "so-that", nil, "where this holds, `'FIGURE = VALUE'` (repeatable)")
	completes(c, "vary", ofDeal(app.Variables, cobra.ShellCompDirectiveNoFileComp|cobra.ShellCompDirectiveNoSpace))
	analysis(c, &opt, &files, &asJSON)
	return c
}

// analysis adds the flags of an analysis of many runs.
func analysis(c *cobra.Command, opt *value.Options, files *outputs, asJSON *bool) {
	c.Flags().IntVar(&opt.Paths, "paths", app.UsualPaths, "paths of each run; 0 for base runs, which take the mean of every input")
	c.Flags().Uint64Var(&opt.Seed, "seed", 1, "seed of the sample")
	c.Flags().IntVar(&opt.Workers, "workers", 0, "how many processors to use, 0 for all; changes no result")
	c.Flags().BoolVar(asJSON, "json", false, "print the result as JSON")
	c.Flags().StringVar(&files.html, "html", "", "write the report to `FILE` as a page that needs nothing else")
	c.Flags().StringVar(&files.plot, "plot", "", "write each chart to `FILE`, which ends in .svg, .png or .pdf; of several, numbered")
}

// checkAnalysis reports flags that make no sense.
func checkAnalysis(c *cobra.Command, opt *value.Options) error {
	switch {
	case opt.Paths < 0 || opt.Paths == 1 || opt.Paths > 1<<24:
		return app.Misuse{Says: fmt.Sprintf("--paths: give from 2 to %d paths, or 0 for base runs", 1<<24)}
	case opt.Paths == 0 && c.Flags().Changed("seed"):
		return app.Misuse{Says: "--seed: a base run draws nothing, and --paths 0 asks for one"}
	case opt.Workers < 0 || opt.Workers > 1024:
		return app.Misuse{Says: fmt.Sprintf("--workers %d: give 1 to 1024, or 0 for as many as there are processors", opt.Workers)}
	}
	return nil
}

// watchAnalysis shows how far an analysis has come, and lets Ctrl-C end it.
func (s *screen) watchAnalysis(opt *value.Options) (done func()) {
	proceed, done := s.watching("")
	opt.Proceed = proceed
	return done
}

// analysed prints the report of an analysis, or its data; where files are asked for it writes those and names
// them, with JSON on standard output on standard error.
func (s *screen) analysed(x analysed, data any, files outputs, asJSON bool) error {
	if files.any() {
		said := s.out
		if asJSON {
			said = s.err
		}
		if err := files.writePage(x.Page(), said); err != nil {
			return err
		}
	}
	switch {
	case asJSON:
		return s.json(data)
	case files.any():
		return nil
	}
	return s.text(x.Report())
}

// An analysed thing has a report, and a page with all that a page has room for.
type analysed interface {
	Report() *report.Document
	Page() *report.Document
}
