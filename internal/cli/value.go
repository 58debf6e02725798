// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"offtake/internal/app"
	"offtake/internal/report"
)

func (s *screen) value() *cobra.Command {
	var e app.Edits
	var opt app.RunOptions
	var asJSON bool
	var feedback string
	var files outputs
	c := &cobra.Command{
		Use:   "value DEAL",
		Short: "Take a deal's value apart, party by party and right by right",
		Long: `Takes apart what a deal is worth: overcharge, deficiency, gain of supply,
surplus, options, credit loss and deadweight, each from its own flows, for every
party; under all three views of the provider's cost; at the riskless rate and at
each party's own; and each right by itself: by its own flows, and by what the
deal is worth without it on the same draws. --paths 0 takes the mean of every
input.`,
		Example: `  offtake value amazon-anthropic-2026
  offtake value deal.yaml --feedback off --paths 0
  offtake value deal.yaml --scenario lab-believes --json`,
		Args: oneDeal, ValidArgsFunction: dealNames(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkSampling(cmd, &opt, ""); err != nil {
				return err
			}
			if err := files.refuse(); err != nil {
				return err
			}
			switch feedback {
			case "":
			case "on", "off":
				e.Set = append(e.Set, "world.feedback="+feedback)
			default:
				return app.Misuse{Says: fmt.Sprintf("--feedback %s: give on or off", feedback)}
			}
			d, src, err := s.load(args[0], e)
			if err != nil {
				return err
			}
			done := s.watch(&opt)
			v := app.NewValuation(src, e, d, opt)
			done()
			return s.document(v, files, func() any { return v.JSON() }, asJSON)
		},
	}
	edits(c, &e)
	drawing(c, &opt)
	c.Flags().StringVar(&feedback, "feedback", "", "whether what the supply side adds to the lab is in what stakes are worth, `on` or off; the file says so without it")
	c.Flags().BoolVar(&asJSON, "json", false, "print the valuation as JSON")
	pagesOnly(c, &files)
	return c
}

// pagesOnly adds the flags for files of a report that has no workbook.
func pagesOnly(c *cobra.Command, files *outputs) {
	c.Flags().StringVar(&files.html, "html", "", "write the report to `FILE` as a page that needs nothing else")
	c.Flags().StringVar(&files.plot, "plot", "", "write each chart to `FILE`, which ends in .svg, .png or .pdf; of several, numbered")
	c.PreRunE = func(*cobra.Command, []string) error { return files.refuse() }
}

// A document can be printed, and written as a page.
type document interface {
	Report() *report.Document
	Page() *report.Document
}

// document prints a report, or writes the files that are asked for and names them; with
// JSON on standard output, on standard error.
func (s *screen) document(d document, files outputs, data func() any, asJSON bool) error {
	if files.any() {
		said := s.out
		if asJSON {
			said = s.err
		}
		if err := files.writePage(d.Page(), said); err != nil {
			return err
		}
	}
	switch {
	case asJSON:
		return s.json(data())
	case files.any():
		return nil
	}
	return s.text(d.Report())
}
