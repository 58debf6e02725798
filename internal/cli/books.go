// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"github.com/spf13/cobra"

	"offtake/internal/app"
	"offtake/internal/report"
)

func (s *screen) accounts() *cobra.Command {
	var e app.Edits
	var opt app.RunOptions
	var asJSON bool
	var files outputs
	c := &cobra.Command{
		Use:   "accounts DEAL",
		Short: "Say what a deal comes to in the books of supplier and buyer",
		Long: `Says what a deal comes to in the books of its two sides: remaining performance
obligations, what lowers revenue, breakage and financing of what is prepaid,
purchase obligations, leases, profit to be eliminated, and concentration, with
the rules in force. Judgements stand in the file, under accounting.`,
		Example: `  offtake accounts deals/amazon-anthropic-2026/deal.yaml
  offtake accounts deal.yaml --as-of 2027-12-31
  offtake accounts deal.yaml --set accounting.fair_value_estimable=false --json`,
		Args: oneDeal, ValidArgsFunction: dealNames(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkSampling(cmd, &opt, ""); err != nil {
				return err
			}
			d, src, err := s.load(args[0], e)
			if err != nil {
				return err
			}
			done := s.watch(&opt)
			a := app.NewAccounts(src, e, d, opt)
			done()
			return s.deliver(a.Report(), a.JSON(), files, asJSON)
		},
	}
	edits(c, &e)
	expecting(c, &opt)
	c.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	pagesOnly(c, &files)
	return c
}

// expecting adds the flags of reports whose expected amounts are sampled.
func expecting(c *cobra.Command, opt *app.RunOptions) {
	c.Flags().IntVar(&opt.Paths, "paths", app.UsualPaths, "sample at least this many paths for what is expected; 0 takes the mean of every input")
	c.Flags().Uint64Var(&opt.Seed, "seed", 1, "seed of the sample")
	c.Flags().IntVar(&opt.Workers, "workers", 0, "how many processors to use, 0 for all; changes no result")
}

// deliver writes a report to the files that are asked for, or prints it, or its data.
func (s *screen) deliver(doc *report.Document, data any, files outputs, asJSON bool) error {
	if files.any() {
		said := s.out
		if asJSON {
			said = s.err
		}
		if err := files.writePage(doc, said); err != nil {
			return err
		}
	}
	switch {
	case asJSON:
		return s.json(data)
	case files.any():
		return nil
	}
	return s.text(doc)
}

func (s *screen) provider() *cobra.Command {
	var e app.Edits
	var opt app.RunOptions
	var asJSON bool
	var files outputs
	c := &cobra.Command{
		Use:   "provider DEAL",
		Short: "Say what a deal's commitment lets its supplier build and borrow",
		Long: `Says what a deal's commitment underwrites: what the promised capacity costs to
build, write off and run, the debt that the committed floor carries, its cover
in each year on the floor, on stressed and on expected spend, and what is lost
if the buyer fails. What it costs stands in the file, under provider.`,
		Example: `  offtake provider deals/coreweave-openai-2025/deal.yaml
  offtake provider deal.yaml --set provider.debt.cover=1.5 --paths 0
  offtake provider deal.yaml --paths 4096`,
		Args: oneDeal, ValidArgsFunction: dealNames(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkSampling(cmd, &opt, ""); err != nil {
				return err
			}
			d, src, err := s.load(args[0], e)
			if err != nil {
				return err
			}
			done := s.watch(&opt)
			u, err := app.NewUnderwriting(src, e, d, opt)
			if done(); err != nil {
				return err
			}
			return s.deliver(u.Report(), u.JSON(), files, asJSON)
		},
	}
	edits(c, &e)
	expecting(c, &opt)
	c.Flags().Lookup("paths").Usage = "sample at least this many paths for what is expected; 0 takes the mean of every input. Where it is given, stressed spend is the 5% quantile of each year"
	c.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	pagesOnly(c, &files)
	return c
}
