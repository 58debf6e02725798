// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"offtake/internal/app"
	"offtake/internal/vec"
)

// Exit codes of the program.
const (
	exitFine   = 0
	exitFaults = 1
	exitMisuse = 2
)

// errFaults says that diagnostics have been printed already.
var errFaults = errors.New("faults in input")

// screen is where output goes, and how wide and plain it must be.
type screen struct {
	out, err io.Writer
	width    int
	color    bool
}

// Main runs the program with the given arguments and returns its exit code.
func Main(args []string, out, err io.Writer) int {
	if name := os.Getenv("OFFTAKE_VEC"); name != "" {
		if e := vec.Use(name); e != nil {
			fmt.Fprintf(err, "offtake: OFFTAKE_VEC: %v\n", e)
			return exitMisuse
		}
	}
	s := &screen{out: out, err: err, width: 80}
	if f, ok := out.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		if w, _, e := term.GetSize(int(f.Fd())); e == nil && w > 0 {
			s.width = min(w, 120)
		}
		s.color = os.Getenv("NO_COLOR") == ""
	}
	root := s.root()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(err)
	switch e := root.Execute(); {
	case e == nil:
		return exitFine
	case errors.Is(e, errFaults):
		return exitFaults
	default:
		for line := range strings.Lines(e.Error()) {
			fmt.Fprintf(err, "offtake: %s\n", strings.TrimSuffix(line, "\n"))
		}
		return exitMisuse
	}
}

func (s *screen) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "offtake",
		Short: "The open system for capital-for-compute deals",
		Long: `offtake computes capital-for-compute deals: a cloud pays an AI lab, and the lab
promises to spend far more on that cloud. One file says what was agreed; from it
come who pays whom and when, which clause made them, and what each side's
bargain is worth.`,
		SilenceErrors: true, SilenceUsage: true,
	}
	root.PersistentFlags().IntVar(&s.width, "width", s.width, "columns to write for, 40 to 240")
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		if s.width < 40 || s.width > 240 {
			return app.Misuse{Says: fmt.Sprintf("--width %d: give 40 to 240 columns", s.width)}
		}
		return nil
	}
	root.SetUsageTemplate(strings.ReplaceAll(root.UsageTemplate(), ".FlagUsages", fmt.Sprintf(".FlagUsagesWrapped %d", s.width)))
	root.AddCommand(s.run(), s.value(), s.clauses(), s.solve(), s.sensitivity(), s.page(), s.accounts(), s.provider(), s.alternatives(), s.beside(), s.view(), s.check(), s.explain(), s.test(), s.fmt(), s.library(), s.new(), s.schema(), s.docs())
	return root
}

// forms adds the flags that say in which form a deal is wanted.
func forms(c *cobra.Command, e *app.Edits) {
	c.Flags().StringVar(&e.AsOf, "as-of", "", "the deal as amended up to a day, `DATE` (without it, as amended by all of the file)")
	c.Flags().StringArrayVar(&e.Alternatives, "alternative", nil, "the deal in an alternative of its file, `NAME` (repeatable; a later one wins)")
	c.Flags().StringArrayVar(&e.Scenarios, "scenario", nil, "the deal in a scenario of its file, `NAME`: another world or policy (repeatable; a later one wins)")
	completes(c, "as-of", ofDeal(func(src app.Source, _ string) []app.Choice { return app.AmendmentDays(src) }, cobra.ShellCompDirectiveNoFileComp))
	completes(c, "alternative", ofDeal(func(src app.Source, _ string) []app.Choice { return app.Alternatives(src) }, cobra.ShellCompDirectiveNoFileComp))
	completes(c, "scenario", ofDeal(func(src app.Source, _ string) []app.Choice { return app.Scenarios(src) }, cobra.ShellCompDirectiveNoFileComp))
}

// edits adds the flags that change a deal for one call.
func edits(c *cobra.Command, e *app.Edits) {
	forms(c, e)
	c.Flags().StringArrayVar(&e.Set, "set", nil, "change one value, `PATH=VALUE` (repeatable)")
	c.Flags().StringArrayVar(&e.Without, "without", nil, "switch a clause off, by `ID` (repeatable)")
	completeEdits(c)
}
