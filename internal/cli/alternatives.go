// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"offtake/internal/app"
	"offtake/internal/value/means"
)

func (s *screen) alternatives() *cobra.Command {
	var e app.Edits
	var opt app.RunOptions
	var asJSON bool
	var dir string
	var files outputs
	var t meansTerms
	c := &cobra.Command{
		Use:   "alternatives DEAL",
		Short: "Set a deal beside the same money and compute by other means",
		Long: `Sets a deal beside others that bring the lab the same money and the same
compute: plain equity at the market's price, venture debt, a loan from the
provider, prepaid capacity, and a site of its own with project debt. Each is a
deal of its own, made of the given one by taking out its capital and commitments
and putting in clauses of the vocabulary, and runs in the same world.`,
		Example: `  offtake alternatives amazon-anthropic-2026
  offtake alternatives deal.yaml --paths 0 --vendor-rate 7%
  offtake alternatives deal.yaml --write others`,
		Args: oneDeal, ValidArgsFunction: dealNames(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := checkSampling(cmd, &opt, ""); err != nil {
				return err
			}
			if err := files.refuse(); err != nil {
				return err
			}
			terms, money, err := t.read()
			if err != nil {
				return err
			}
			d, src, err := s.load(args[0], e)
			if err != nil {
				return err
			}
			a, err := app.NewByOtherMeans(src, e, d, opt, terms, money)
			if err != nil {
				return err
			}
			if dir != "" {
				if err := s.writeMeans(dir, a.Files(), asJSON); err != nil {
					return err
				}
			}
			return s.document(a, files, func() any { return a.JSON() }, asJSON)
		},
	}
	edits(c, &e)
	drawing(c, &opt)
	t.flags(c)
	c.Flags().StringVar(&dir, "write", "", "write each of the other deals to a file in `DIR`, which is made where there is none")
	c.Flags().BoolVar(&asJSON, "json", false, "print it as JSON")
	pagesOnly(c, &files)
	return c
}

// writeMeans writes the other deals to files, and names each.
func (s *screen) writeMeans(dir string, all []app.Source, asJSON bool) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("cannot write %s: %w", dir, bare(err))
	}
	said := s.out
	if asJSON {
		said = s.err
	}
	for _, x := range all {
		if err := writeFile(said, filepath.Join(dir, x.Name), func(w io.Writer) error { _, err := w.Write(x.Text); return err }); err != nil {
			return err
		}
	}
	return nil
}

// meansTerms are the terms of other means as flags have them.
type meansTerms struct {
	money, ventureRate, ventureFee, ventureCover, vendorRate, build, chips, running, debtShare, debtRate, yield string
	terms                                                                                                       means.Terms
}

func (t *meansTerms) flags(c *cobra.Command) {
	t.terms = means.Usual()
	f := c.Flags()
	f.StringVar(&t.money, "money", "", "the money that each brings, all at signing, `AMOUNT`; without it what the given deal brings, when it does")
	f.StringVar(&t.ventureRate, "venture-rate", "12%", "assumed: yearly rate of venture debt")
	f.StringVar(&t.ventureFee, "venture-fee", "1%", "assumed: its fee at each draw")
	f.StringVar(&t.ventureCover, "venture-cover", "5%", "assumed: its warrants, by what their shares are worth at signing, as a share of the loan")
	f.IntVar(&t.terms.VentureYears, "venture-years", t.terms.VentureYears, "assumed: years in which it is repaid in level payments")
	f.StringVar(&t.vendorRate, "vendor-rate", "9%", "assumed: yearly rate of a loan from the provider")
	f.IntVar(&t.terms.VendorYears, "vendor-years", t.terms.VendorYears, "assumed: years after which it is repaid")
	f.StringVar(&t.build, "build-cost", "50B", "assumed: cost of a gigawatt of data centre, chips included")
	f.StringVar(&t.chips, "chip-share", "70%", "assumed: the chips' share of that")
	f.StringVar(&t.running, "running-cost", "1B", "assumed: power and staff of a gigawatt and year")
	f.StringVar(&t.debtShare, "debt-share", "80%", "assumed: project debt as a share of the build cost")
	f.StringVar(&t.debtRate, "debt-rate", "6%", "assumed: yearly rate of project debt")
	f.IntVar(&t.terms.LifeYears, "chip-life", t.terms.LifeYears, "assumed: years after which chips are bought again")
	f.StringVar(&t.yield, "gigawatt-yield", "10B", "assumed: compute of a gigawatt and year at today's list price, where no clause says")
}

// read reads the flags.
func (t *meansTerms) read() (means.Terms, float64, error) {
	out, money := t.terms, 0.0
	for _, x := range []struct {
		flag, text string
		into       *float64
		money      bool
	}{
		{"money", t.money, &money, true}, {"venture-rate", t.ventureRate, &out.VentureRate, false}, {"venture-fee", t.ventureFee, &out.VentureFee, false},
		{"venture-cover", t.ventureCover, &out.VentureCover, false}, {"vendor-rate", t.vendorRate, &out.VendorRate, false}, {"build-cost", t.build, &out.BuildCents, true},
		{"chip-share", t.chips, &out.ChipShare, false}, {"running-cost", t.running, &out.RunningCents, true}, {"debt-share", t.debtShare, &out.DebtShare, false},
		{"debt-rate", t.debtRate, &out.DebtRate, false}, {"gigawatt-yield", t.yield, &out.YieldCents, true},
	} {
		read, says := app.Share, "a share or yearly rate, such as 12%"
		if x.money {
			read, says = app.Cents, "an amount above zero, such as 5B"
		}
		if x.text == "" {
			continue
		}
		value, err := read(x.text)
		if err != nil || value < 0 || x.money && value == 0 || !x.money && value > 1 {
			return out, 0, app.Misuse{Says: fmt.Sprintf("--%s %s: give %s", x.flag, x.text, says)}
		}
		*x.into = value
	}
	for _, x := range []struct {
		flag  string
		years int
	}{{"venture-years", out.VentureYears}, {"vendor-years", out.VendorYears}, {"chip-life", out.LifeYears}} {
		if x.years < 1 || x.years > 40 {
			return out, 0, app.Misuse{Says: fmt.Sprintf("--%s %d: give 1 to 40 years", x.flag, x.years)}
		}
	}
	if !(out.DebtRate > 0) {
		return out, 0, app.Misuse{Says: "--debt-rate: give a rate above zero"}
	}
	return out, money, nil
}
