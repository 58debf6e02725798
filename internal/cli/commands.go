// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"offtake/internal/app"
	"offtake/internal/diag"
	"offtake/internal/report"
	"offtake/internal/value"
)

func (s *screen) run() *cobra.Command {
	var e app.Edits
	var opt app.RunOptions
	var asJSON bool
	var until, dump string
	var files outputs
	c := &cobra.Command{
		Use:   "run DEAL",
		Short: "Compute a deal and print its report",
		Long: `Computes a deal on sampled paths of its world and prints its report: the term
sheet, the headline figures with their errors, what can go wrong, flows by party
and contract year, the commitment's ledger, and cumulative cash. --paths 0 runs
it once, on the mean of every input.`,
		Example: `  offtake run deals/amazon-anthropic-2026/deal.yaml
  offtake run deal.yaml --set clauses.list.discount=15% --without delayed-draw
  offtake run deal.yaml --as-of 2026-12-31 --alternative prospectus
  offtake run deal.yaml --alternative all
  offtake run deal.yaml --scenario lab-believes --paths 100000
  offtake run deal.yaml --scenario all
  offtake run deal.yaml --until 0.1% --json`,
		Args: oneDeal, ValidArgsFunction: dealNames(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkSampling(cmd, &opt, until); err != nil {
				return err
			}
			if err := files.refuse(); err != nil {
				return err
			}
			if of := every(e); of != "" {
				if files.any() {
					return app.Misuse{Says: "--" + of + " all has no page, plots or workbook: name one " + of}
				}
				return s.compare(of, args[0], e, opt, asJSON)
			}
			d, src, err := s.load(args[0], e)
			if err != nil {
				return err
			}
			keep, err := dumpTo(dump, &opt)
			if err != nil {
				return err
			}
			opt.Flows = files.sheet != ""
			done := s.watch(&opt)
			r := app.NewRun(src, e, d, opt)
			done()
			if err := keep(r.DumpErr); err != nil {
				return err
			}
			return s.outcome(r, files, asJSON)
		},
	}
	edits(c, &e)
	sampling(c, &opt, &until, &dump)
	c.Flags().BoolVar(&asJSON, "json", false, "print measures as JSON")
	c.Flags().StringVar(&files.html, "html", "", "write the report to `FILE` as a page that needs nothing else")
	c.Flags().StringVar(&files.plot, "plot", "", "write each chart to `FILE`, which ends in .svg, .png or .pdf; of several, numbered")
	c.Flags().StringVar(&files.sheet, "xlsx", "", "write inputs, flows and values to `FILE`, a workbook with live formulas")
	return c
}

// outcome prints a run or, where files are asked for, writes those and names them; with
// JSON on standard output, on standard error.
func (s *screen) outcome(r *app.Run, files outputs, asJSON bool) error {
	if files.any() {
		said := s.out
		if asJSON {
			said = s.err
		}
		if err := files.write(r, said); err != nil {
			return err
		}
	}
	switch {
	case asJSON:
		return s.json(r.JSON())
	case files.any():
		return nil
	}
	return s.text(r.Report())
}

// every says of what all are asked for, if of anything.
func every(e app.Edits) string {
	all := []string{app.EveryOne}
	switch {
	case slices.Equal(e.Alternatives, all):
		return "alternative"
	case slices.Equal(e.Scenarios, all):
		return "scenario"
	}
	return ""
}

// compare runs a deal in every alternative, or scenario, of its file.
func (s *screen) compare(of, name string, e app.Edits, opt app.RunOptions, asJSON bool) error {
	run := app.Compare
	if of == "scenario" {
		run, e.Scenarios = app.CompareScenarios, nil
	} else {
		e.Alternatives = nil
	}
	d, src, err := s.load(name, e)
	if err != nil {
		return err
	}
	c, list, err := run(src, e, d, opt)
	switch {
	case err != nil:
		return err
	case s.show(list, src):
		return errFaults
	case asJSON:
		return s.json(c.JSON())
	}
	return s.text(c.Report())
}

func (s *screen) check() *cobra.Command {
	var asJSON bool
	var e app.Edits
	c := &cobra.Command{
		Use:     "check DEAL...",
		Short:   "Check deal files; silent when all is well",
		Example: `  offtake check deals/...`,
		Args:    someDeals, ValidArgsFunction: dealNames(manyDeals),
		RunE: func(_ *cobra.Command, args []string) error {
			names, err := expand(args)
			if err != nil {
				return err
			}
			var all diag.List
			faults := false
			for _, name := range names {
				src, err := read(name)
				if err != nil {
					return err
				}
				_, src, list, err := app.Load(src, e)
				if err != nil {
					return err
				}
				all = append(all, list...)
				if faults = faults || list.HasFaults(); !asJSON {
					s.show(list, src)
				}
			}
			if asJSON {
				if err := s.json(all); err != nil {
					return err
				}
			}
			if faults {
				return errFaults
			}
			return nil
		},
	}
	forms(c, &e)
	c.Flags().BoolVar(&asJSON, "json", false, "print diagnostics as JSON")
	return c
}

func (s *screen) explain() *cobra.Command {
	var e app.Edits
	var opt app.RunOptions
	var q value.Question
	var asJSON bool
	c := &cobra.Command{
		Use:   "explain DEAL [FIGURE]",
		Short: "Say the contract in English, or trace a figure to its sources",
		Long: `Without a figure: the contract in English, clause by clause. With one, such as
npv.cloud or deficiency.aws-spend.3: what adds up to it, the flows behind it,
the clauses that make the flows, the lines of the file they stand on, and the
sources of the inputs. Figures of run, and most of value, go by their own names;
those of other commands by the command and the members of its JSON on the way to
them, as in value.views.build.npv.cloud: elements of lists by what tells them
apart (a name, a party, a day), else by their place from 1. It is the figure
that the command prints, with its usual flags; solve is told what to look for.`,
		Example: `  offtake explain amazon-anthropic-2026
  offtake explain deal.yaml npv.cloud --set world.discount=5%
  offtake explain amazon-anthropic-2026 value.rights.delayed-draw.gains.lab
  offtake explain amazon-anthropic-2026 clauses.clauses.delayed-draw.cloud.worth
  offtake explain amazon-anthropic-2026 accounts.remaining.2027-01-01.total
  offtake explain deal.yaml solve.roots.1.left.1 \
    --vary clauses.list.discount --so-that 'npv.lab = 0'`,
		Args: dealAndFigure, ValidArgsFunction: dealThenFigure,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkSampling(cmd, &opt, ""); err != nil {
				return err
			}
			d, src, err := s.load(args[0], e)
			if err != nil {
				return err
			}
			switch {
			case len(args) == 1 && asJSON:
				return s.json(app.TermsJSON(d, src, e))
			case len(args) == 1:
				return s.text(app.TermSheet(d, src.Name))
			}
			done := s.watch(&opt)
			x, err := app.Explain(src, e, d, opt, args[1], q)
			switch done(); {
			case err != nil:
				return err
			case asJSON:
				return s.json(x.JSON())
			}
			return s.text(x.Report())
		},
	}
	edits(c, &e)
	drawing(c, &opt)
	c.Flags().StringArrayVar(&q.Vary, "vary", nil, "of solve, look for the value at `PATH`, or PATH=LO..HI (repeatable)")
	c.Flags().StringArrayVar(&q.SoThat, "so-that", nil, "of solve, where this holds, `'FIGURE = VALUE'` (repeatable)")
	c.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	return c
}

func (s *screen) test() *cobra.Command {
	var asJSON bool
	var e app.Edits
	c := &cobra.Command{
		Use:     "test DEAL...",
		Short:   "Hold deals to their own expectations",
		Example: `  offtake test deals/...`,
		Args:    someDeals, ValidArgsFunction: dealNames(manyDeals),
		RunE: func(_ *cobra.Command, args []string) error {
			names, err := expand(args)
			if err != nil {
				return err
			}
			return s.hold(names, e, asJSON)
		},
	}
	forms(c, &e)
	c.Flags().BoolVar(&asJSON, "json", false, "print every expectation and what became of it as JSON")
	return c
}

// hold holds deals to their expectations and says which fail.
func (s *screen) hold(names []string, e app.Edits, asJSON bool) error {
	all, passed, failed := []app.Tested{}, 0, 0
	for _, name := range names {
		src, err := read(name)
		if err != nil {
			return err
		}
		d, src, list, err := app.Load(src, e)
		if err != nil {
			return err
		}
		var outcomes []app.Outcome
		if d != nil {
			outcomes = app.Test(d)
		}
		t := app.NewTested(src.Name, list, outcomes)
		all, passed, failed = append(all, t), passed+t.Passed, failed+t.Failed
		if !asJSON {
			s.show(list, src)
			s.failures(t)
		}
	}
	if asJSON {
		if err := s.json(all); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(s.out, "%d passed, %d failed\n", passed, failed)
	}
	if failed > 0 {
		return errFaults
	}
	return nil
}

// failures names the expectations of one file that do not hold.
func (s *screen) failures(t app.Tested) {
	for _, o := range t.Outcomes {
		if !o.Pass {
			fmt.Fprintf(s.out, "%s:%d: %s: %s\n", t.File, o.Line, o.Code, o.Says)
		}
	}
}

func oneDeal(_ *cobra.Command, args []string) error {
	if len(args) != 1 {
		return app.Misuse{Says: "name one deal file (see offtake run --help)"}
	}
	return nil
}

func dealAndFigure(_ *cobra.Command, args []string) error {
	if len(args) < 1 || len(args) > 2 {
		return app.Misuse{Says: "name a deal file, and a figure if one is to be traced (see offtake explain --help)"}
	}
	return nil
}

func someDeals(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return app.Misuse{Says: "name at least one deal file, or a folder as deals/..."}
	}
	return nil
}

func (s *screen) json(v any) error {
	enc := json.NewEncoder(s.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

func (s *screen) text(d *report.Document) error {
	return report.Text(s.out, d, report.TextOptions{Width: s.width, Color: s.color})
}
