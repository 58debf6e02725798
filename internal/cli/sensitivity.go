// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"offtake/internal/app"
	"offtake/internal/unit"
	"offtake/internal/value"
)

func (s *screen) sensitivity() *cobra.Command {
	var e app.Edits
	var opt value.SensitivityOptions
	var files outputs
	var asJSON bool
	var move string
	c := &cobra.Command{
		Use:   "sensitivity DEAL",
		Short: "Say which inputs a deal's value hangs on",
		Long: `Moves each uncertain number of the world to its 5% and 95% quantile, and each
other assumption by a share to either side, and prints what that does to the net
present values of both sides; says how much of their variance comes of which
uncertain number and of chance (Sobol indices and Shapley effects); and looks
for the value of each leading input at which the first of these turns its sign,
under each view of the provider's cost, and the verdict with it.`,
		Example: `  offtake sensitivity deal.yaml
  offtake sensitivity deal.yaml --on npv.cloud --move 10% --top 4
  offtake sensitivity deal.yaml --on deficiency_total --html page.html`,
		Args: oneDeal, ValidArgsFunction: dealNames(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkSensitivity(cmd, &opt, move); err != nil {
				return err
			}
			if err := files.refuse(); err != nil {
				return err
			}
			d, src, err := s.load(args[0], e)
			if err != nil {
				return err
			}
			done := s.watchAnalysis(&opt.Options)
			x, err := app.Sensitivity(src, e, d, opt)
			done()
			if err != nil {
				return err
			}
			return s.analysed(x, x.JSON(), files, asJSON)
		},
	}
	edits(c, &e)
	usual := app.UsualSensitivity()
	c.Flags().StringArrayVar(&opt.On, "on", nil, "the `FIGURE` that is looked at (repeatable); without it, both sides' net present values")
	c.Flags().StringVar(&move, "move", unit.FormatRate(usual.Move), "the `SHARE` by which assumptions that are not uncertain are moved")
	c.Flags().IntVar(&opt.Top, "top", usual.Top, "how many inputs to look at closely")
	analysis(c, &opt.Options, &files, &asJSON)
	return c
}

// checkSensitivity reports flags that make no sense, and reads --move.
func checkSensitivity(c *cobra.Command, opt *value.SensitivityOptions, move string) error {
	share, err := app.Share(move)
	if err != nil || !(share > 0) || share >= 1 {
		return app.Misuse{Says: fmt.Sprintf("--move %s: give a share above 0%% and below 100%%, such as 20%%", move)}
	}
	if opt.Move = share; opt.Top < 1 || opt.Top > 100 {
		return app.Misuse{Says: fmt.Sprintf("--top %d: give 1 to 100 inputs", opt.Top)}
	}
	return checkAnalysis(c, &opt.Options)
}
