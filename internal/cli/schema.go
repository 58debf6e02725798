// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"github.com/spf13/cobra"

	"offtake/internal/app"
)

func (s *screen) schema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of deal files, for editors",
		Long: `Prints the JSON Schema (draft 2020-12) of deal files, with which an editor
completes, explains and checks a deal while it is typed; docs/editors.md says
how.`,
		Example: `  offtake schema > offtake.schema.json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return app.Misuse{Says: "schema takes no files: it is the same for every deal"}
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error { return s.json(app.Schema()) },
	}
}
