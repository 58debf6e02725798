// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"offtake/internal/app"
)

// A completion says what may be typed next.
type completion = func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective)

// offered are the choices that begin with what is typed, in the form of cobra: a
// text, a tab, and a word about it.
func offered(choices []app.Choice, typed string) []string {
	var out []string
	for _, c := range choices {
		if !strings.HasPrefix(strings.ToLower(c.Text), strings.ToLower(typed)) {
			continue
		}
		text := c.Text
		if c.Says != "" {
			text += "\t" + c.Says
		}
		out = append(out, text)
	}
	return out
}

// among offers fixed choices and no files.
func among(choices func() []app.Choice) completion {
	return func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		return offered(choices(), typed), cobra.ShellCompDirectiveNoFileComp
	}
}

// dealNames offers the library's deals; files where none of them begins so.
func dealNames(most int) completion {
	return func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		if len(args) >= most {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return offered(library().Names(), typed), cobra.ShellCompDirectiveDefault
	}
}

// manyDeals is more deals than anybody names.
const manyDeals = 1 << 20

// dealThenFigure offers deals, and then the figures of the deal.
func dealThenFigure(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) != 1 {
		return dealNames(1)(cmd, args, typed)
	}
	src, err := read(args[0])
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	d, src, _, err := app.Load(src, app.Edits{})
	if err != nil || d == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	out, directive := offered(app.Figures(src, d, typed), typed), cobra.ShellCompDirectiveNoFileComp
	if slices.ContainsFunc(out, func(c string) bool { name, _, _ := strings.Cut(c, "\t"); return strings.HasSuffix(name, ".") }) {
		directive |= cobra.ShellCompDirectiveNoSpace
	}
	return out, directive
}

// ofDeal offers what the deal that is named already has.
func ofDeal(choices func(src app.Source, typed string) []app.Choice, directive cobra.ShellCompDirective) completion {
	return func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		if len(args) == 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		src, err := read(args[0])
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return offered(choices(src, typed), typed), directive
	}
}

// completes has a flag offer what a completion does.
func completes(c *cobra.Command, flag string, f completion) {
	if err := c.RegisterFlagCompletionFunc(flag, f); err != nil {
		panic("cli: " + err.Error())
	}
}

// completeEdits has the flags that change a deal offer its paths and clauses.
func completeEdits(c *cobra.Command) {
	completes(c, "set", ofDeal(app.Assignments, cobra.ShellCompDirectiveNoFileComp|cobra.ShellCompDirectiveNoSpace))
	completes(c, "without", ofDeal(func(src app.Source, _ string) []app.Choice { return app.ClauseIDs(src) }, cobra.ShellCompDirectiveNoFileComp))
}

// statuses are those of facts.
func statuses() []app.Choice {
	var out []app.Choice
	for _, s := range app.Statuses {
		out = append(out, app.Choice{Text: s})
	}
	return out
}

// likes are what a new deal may start from.
func likes() []app.Choice {
	return append(app.ArchetypeCodes(), library().Names()...)
}
