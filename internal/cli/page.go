// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"offtake/internal/app"
)

func (s *screen) page() *cobra.Command {
	var e app.Edits
	var opt app.FullPageOptions
	var files outputs
	var asJSON bool
	var until string
	c := &cobra.Command{
		Use:   "page DEAL",
		Short: "Print a deal's full page: value, clauses, and what moves them",
		Long: `Puts in one document what value, clauses and sensitivity say of a deal, on as
many paths as the largest standard error asked for takes; and says how large it
is, as a share of the present value of spend.`,
		Example: `  offtake page amazon-anthropic-2026
  offtake page deal.yaml --html page.html
  offtake page deal.yaml --until 0.2% --json`,
		Args: oneDeal, ValidArgsFunction: dealNames(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkPage(cmd, &opt, until); err != nil {
				return err
			}
			d, src, err := s.load(args[0], e)
			if err != nil {
				return err
			}
			proceed, done := s.watching("")
			opt.Proceed = proceed
			p, err := app.NewFullPage(src, e, d, opt)
			if done(); err != nil {
				return err
			}
			return s.document(p, files, func() any { return p.JSON() }, asJSON)
		},
	}
	edits(c, &e)
	c.Flags().StringVar(&until, "until", "0.5%", "run as many paths as make errors at most this `SHARE` of the present value of spend")
	c.Flags().IntVar(&opt.Paths, "paths", 0, "paths of each run, instead of as many as --until takes")
	c.Flags().Uint64Var(&opt.Seed, "seed", 1, "seed of the sample")
	c.Flags().IntVar(&opt.Workers, "workers", 0, "how many processors to use, 0 for all; changes no result")
	c.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	pagesOnly(c, &files)
	return c
}

// checkPage reports flags that make no sense, and reads --until.
func checkPage(c *cobra.Command, opt *app.FullPageOptions, until string) error {
	share, err := app.Share(until)
	switch opt.Until = share; {
	case err != nil || !(share > 0) || share >= 1:
		return app.Misuse{Says: fmt.Sprintf("--until %s: give a share above 0%% and below 100%%, such as 0.5%%", until)}
	case c.Flags().Changed("paths") && c.Flags().Changed("until"):
		return app.Misuse{Says: "--paths and --until: give one of them"}
	case c.Flags().Changed("paths") && (opt.Paths < 2 || opt.Paths > 1<<24):
		return app.Misuse{Says: fmt.Sprintf("--paths: give from 2 to %d paths", 1<<24)}
	case opt.Workers < 0 || opt.Workers > 1024:
		return app.Misuse{Says: fmt.Sprintf("--workers %d: give 1 to 1024, or 0 for as many as there are processors", opt.Workers)}
	}
	return nil
}
