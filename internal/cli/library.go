// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"github.com/spf13/cobra"

	"offtake/deals"
	"offtake/internal/app"
)

// library is the deals that the program is built with.
func library() app.Library { return app.NewLibrary(deals.FS) }

func (s *screen) library() *cobra.Command {
	var f app.LibraryFilter
	var asJSON bool
	c := &cobra.Command{
		Use:   "library [NAME]",
		Short: "List the deals that come with the program, or show one",
		Long: `Lists the deals that come with the program: who agreed, the money put in first,
what was committed, and how firm their best source is. With the name of a deal:
its sources, facts and assumptions.`,
		Example: `  offtake library --party amazon
  offtake library amazon-anthropic-2026`,
		ValidArgsFunction: func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			names, _ := dealNames(1)(nil, args, typed)
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return app.Misuse{Says: "name one deal of the library, or none for the list"}
			}
			if len(args) == 1 && f != (app.LibraryFilter{}) {
				return app.Misuse{Says: "give the name of a deal, or options that choose among all, not both"}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				return s.libraryEntry(args[0], asJSON)
			}
			list, err := library().List(f)
			if err != nil {
				return err
			}
			if asJSON {
				return s.json(list)
			}
			return s.text(library().LibraryPage(list))
		},
	}
	c.Flags().StringVar(&f.Archetype, "archetype", "", "only deals of this archetype, by its `CODE` (A1 to A13)")
	c.Flags().StringVar(&f.Party, "party", "", "only deals with a party whose `NAME` has this in it")
	c.Flags().StringVar(&f.Status, "status", "", "only deals whose firmest fact has this `STATUS`: filing, announcement, press or estimate")
	c.Flags().BoolVar(&asJSON, "json", false, "print the list or the deal as JSON")
	completes(c, "archetype", among(app.ArchetypeCodes))
	completes(c, "party", among(library().PartyNames))
	completes(c, "status", among(statuses))
	return c
}

func (s *screen) libraryEntry(name string, asJSON bool) error {
	e, err := library().Entry(name)
	if err != nil {
		return err
	}
	if asJSON {
		return s.json(e)
	}
	return s.text(e.Page())
}
