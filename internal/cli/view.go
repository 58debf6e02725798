// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"offtake/internal/app"
)

func (s *screen) view() *cobra.Command {
	var e app.Edits
	var opt app.RunOptions
	var of app.ViewOptions
	var shares, pressures []string
	var asJSON bool
	var files outputs
	c := &cobra.Command{
		Use:   "view DEAL --for READER",
		Short: "Answer one reader's questions about a deal on one page",
		Long: `Answers what one reader asks of a deal, in a sentence or two each, with the figures
behind it, what they are called, and what is assumed. READER is lab, cloud,
investor, lender (to the cloud), regulator, competitor or customer (of the lab).
A regulator's page has flags with their thresholds; shares of markets, which no
deal file has, are given with --share.`,
		Example: `  offtake view amazon-anthropic-2026 --for lab
  offtake view deal.yaml --for lender --set provider.resale=40%
  offtake view deal.yaml --for regulator --share cloud=31% --share Other=25% --share models:lab=20%`,
		Args: oneDeal, ValidArgsFunction: dealNames(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := checkPaths(&opt); err != nil {
				return err
			}
			if err := viewOptions(&of, shares, pressures); err != nil {
				return err
			}
			d, src, err := s.load(args[0], e)
			if err != nil {
				return err
			}
			done := s.watch(&opt)
			defer done()
			v, err := app.NewView(app.SampleFor(src, e, d, opt), of)
			if err != nil {
				return err
			}
			done()
			return s.deliver(v.Report(), v.JSON(), files, asJSON)
		},
	}
	edits(c, &e)
	samplingOnly(c, &opt)
	c.Flags().StringVar(&of.Reader, "for", "", "for whom the page is, `READER`: "+strings.Join(app.Readers, ", "))
	c.Flags().StringArrayVar(&shares, "share", nil, "regulator: a firm's share of the market for compute, `NAME=SHARE`, or models:NAME=SHARE (repeatable); the deal's parties by key or name")
	c.Flags().StringArrayVar(&pressures, "pressure", nil, "regulator: what vertical pressure is reckoned from, `NAME=NUMBER` (repeatable; docs/view.md has the names)")
	c.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	pagesOnly(c, &files)
	completes(c, "for", among(app.ReaderChoices))
	return c
}

// viewOptions reads what no deal file says, and refuses what makes no sense before
// anything is run.
func viewOptions(of *app.ViewOptions, shares, pressures []string) error {
	known := false
	for _, r := range app.Readers {
		known = known || r == of.Reader
	}
	if !known {
		return app.Misuse{Says: fmt.Sprintf("--for %s: give one of %s", of.Reader, strings.Join(app.Readers, ", "))}
	}
	for _, text := range shares {
		x, err := app.ParseShare(text)
		if err != nil {
			return err
		}
		of.Shares = append(of.Shares, x)
	}
	of.Prices = map[string]float64{}
	for _, text := range pressures {
		name, x, err := app.ParsePressure(text)
		if err != nil {
			return err
		}
		of.Prices[name] = x
	}
	return nil
}
