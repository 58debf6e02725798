// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"offtake/internal/app"
	"offtake/internal/value"
	"offtake/internal/value/game"
)

func (s *screen) clauses() *cobra.Command {
	var e app.Edits
	opt := value.ClauseOptions{Exact: 12, Pairs: 100}
	var groups []string
	var rules string
	var files outputs
	var asJSON bool
	c := &cobra.Command{
		Use:   "clauses DEAL",
		Short: "Say what each clause is worth to each party",
		Long: `Says what each clause is worth to each party: what it adds on average over all
orders in which the clauses might be agreed (Shapley value), alone and as the
last one, each with its error, and which clauses need each other.`,
		Example: `  offtake clauses deals/amazon-anthropic-2026/deal.yaml
  offtake clauses deal.yaml --group capital=series-g,delayed-draw
  offtake clauses deal.yaml --rules written --json`,
		Args: oneDeal, ValidArgsFunction: dealNames(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := checkClauses(&opt, groups, rules); err != nil {
				return err
			}
			d, src, err := s.load(args[0], e)
			if err != nil {
				return err
			}
			var watched app.RunOptions
			watched.Paths = opt.Paths
			done := s.watch(&watched)
			opt.Proceed = watched.Proceed
			found, err := app.NewClauseWorth(src, e, d, opt)
			if done(); err != nil {
				return app.Misuse{Says: err.Error()}
			}
			return s.deliver(found.Report(), found.JSON(), files, asJSON)
		},
	}
	edits(c, &e)
	c.Flags().IntVar(&opt.Paths, "paths", 2048, "sample at least this many paths of each coalition")
	c.Flags().Uint64Var(&opt.Seed, "seed", 1, "seed of the sample")
	c.Flags().IntVar(&opt.Workers, "workers", 0, "how many processors to use, 0 for all; changes no result")
	c.Flags().StringArrayVar(&groups, "group", nil, "have clauses act as one, `NAME=ID,ID` (repeatable)")
	c.Flags().IntVar(&opt.Exact, "exact", opt.Exact, "value all coalitions of up to this many clauses; of more, those that arise in sampled orders")
	c.Flags().IntVar(&opt.Pairs, "orders", opt.Pairs, "how many pairs of orders are sampled, each order and its reverse")
	c.Flags().StringVar(&rules, "rules", "best", "how the buyer chooses under each coalition: by the `RULE` best for it, or as written")
	c.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	pagesOnly(c, &files)
	return c
}

// checkClauses reports flags that make no sense, and reads groups.
func checkClauses(opt *value.ClauseOptions, groups []string, rules string) error {
	switch {
	case opt.Paths < 2 || opt.Paths > 1<<32:
		return app.Misuse{Says: fmt.Sprintf("--paths: give from 2 to %d paths", 1<<32)}
	case opt.Workers < 0 || opt.Workers > 1024:
		return app.Misuse{Says: fmt.Sprintf("--workers %d: give 1 to 1024, or 0 for as many as there are processors", opt.Workers)}
	case opt.Exact < 0 || opt.Exact > game.MostExact:
		return app.Misuse{Says: fmt.Sprintf("--exact %d: give 0 to %d", opt.Exact, game.MostExact)}
	case opt.Pairs < 2 || opt.Pairs > 1e6:
		return app.Misuse{Says: fmt.Sprintf("--orders %d: give from 2 to 1000000", opt.Pairs)}
	case rules != "best" && rules != "written":
		return app.Misuse{Says: fmt.Sprintf("--rules %s: give best or written", rules)}
	}
	opt.AsWritten = rules == "written"
	for _, text := range groups {
		g, err := app.ParseGroup(text)
		if err != nil {
			return err
		}
		opt.Groups = append(opt.Groups, g)
	}
	return nil
}
