// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"offtake/deals"
	"offtake/docs"
	"offtake/internal/app"
)

// docs makes pages of the documentation; it is for those who work on the program.
func (s *screen) docs() *cobra.Command {
	return &cobra.Command{
		Use:    "docs clauses",
		Short:  "Print a generated page of the documentation",
		Hidden: true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] != "clauses" {
				return app.Misuse{Says: "the pages that are generated are: clauses"}
			}
			return nil
		},
		ValidArgs: []string{"clauses"},
		RunE: func(*cobra.Command, []string) error {
			examples, err := app.Examples(docs.FS, deals.FS)
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(s.out, (&app.Guide{Examples: examples}).Markdown())
			return err
		},
	}
}
