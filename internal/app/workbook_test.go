// SPDX-License-Identifier: Apache-2.0

package app

import (
	"io/fs"
	"math"
	"slices"
	"strings"
	"testing"

	"offtake/deals"
	"offtake/docs"
	"offtake/internal/measure"
)

// everyRun runs every deal of the library and every example of a clause.
func everyRun(t *testing.T, each func(t *testing.T, r *Run)) {
	for _, tree := range []fs.FS{deals.FS, docs.FS} {
		err := fs.WalkDir(tree, ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(name, ".yaml") {
				return err
			}
			text, err := fs.ReadFile(tree, name)
			if err != nil {
				return err
			}
			d, src, _, err := Load(Source{Name: name, Text: text}, Edits{})
			if d == nil || err != nil {
				return err
			}
			t.Run(name, func(t *testing.T) { each(t, NewRun(src, Edits{}, d, RunOptions{})) })
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// The lines of the workbook, with their signs, are each side's flows, and at the riskless
// rate these are its net present value.
func TestSidesAddUp(t *testing.T) {
	runs := 0
	everyRun(t, func(t *testing.T, r *Run) {
		runs++
		b, setting := r.Base.Book, r.Base.Job.Setting(false)
		curve := append([]float64{1}, r.Base.Job.Plan.Curve...)
		for _, party := range setting.Sides() {
			want, got, gross := b.NetFlows(party), make([]float64, len(r.Base.Expected)), 0.0
			for k, m := range r.Base.Expected {
				for _, f := range m.Flows {
					got[k] += b.Toward(party, f.Line) * f.Amount
					gross += math.Abs(f.Amount)
				}
				switch party {
				case r.Deal.Supplier():
					got[k] -= b.SupplyCost()[k]
				case r.Deal.Buyer():
					got[k] += b.NextBest()[k]
				}
			}
			got[len(got)-1] += b.Horizon(party)
			npv := 0.0
			for k := range want {
				if math.Abs(got[k]-want[k]) > 1e-9*gross+1 {
					t.Errorf("%s, step %d: lines make %v, its flows are %v", party, k-1, got[k]/100, want[k]/100)
				}
				npv += want[k] * curve[k]
			}
			if party == r.Deal.Supplier() {
				npv -= b.Deadweight()
			}
			i := measure.Find(r.Base.Measures, "npv", party, "", 0)
			if math.Abs(npv-r.Base.Values[i]) > 1e-9*gross+1 {
				t.Errorf("%s: flows are worth %v, its npv is %v", party, npv/100, r.Base.Values[i]/100)
			}
		}
	})
	if runs < 60 {
		t.Errorf("only %d deals were run", runs)
	}
}

// averages are the plain averages of dumped values, by name.
type averages struct {
	names []string
	sums  []float64
	paths float64
}

func (a *averages) begin(names []string) error {
	a.names, a.sums = names, make([]float64, len(names))
	return nil
}

func (a *averages) row(_ int, _ uint64, values []float64) error {
	for i, x := range values {
		a.sums[i] += x
	}
	a.paths++
	return nil
}

func (a *averages) end() error { return nil }

func (a *averages) of(name string) float64 { return a.sums[slices.Index(a.names, name)] / a.paths }

// The flows of a sampled run's workbook, discounted, are the means of the report: with
// control variates as they are adjusted, without them the averages of the dumped paths.
func TestSampledFlowsAreMeans(t *testing.T) {
	for _, slug := range []string{"amazon-anthropic-2026", "amd-openai-2025", "microsoft-openai-2019", "google-anthropic-2026"} {
		text, err := deals.FS.ReadFile(slug + "/deal.yaml")
		if err != nil {
			t.Fatal(err)
		}
		d, src, _, err := Load(Source{Name: slug, Text: text}, Edits{})
		if d == nil || err != nil {
			t.Fatal(err)
		}
		for name, opt := range map[string]RunOptions{"controls": {}, "averages": {NoControls: true}, "plain": {Plain: true}} {
			of := &averages{}
			opt.Paths, opt.Seed, opt.Flows, opt.Dump = 1024, 3, true, of
			r := NewRun(src, Edits{}, d, opt)
			b := r.Workbook()
			curve, moved := append([]float64{1}, r.Base.Job.Plan.Curve...), false
			for side, s := range b.Sides {
				npv, gross := -s.DefaultCost, 1.0
				for _, l := range b.Lines {
					for k, x := range l.Amounts {
						npv, gross = npv+l.Toward[side]*x*curve[k], gross+math.Abs(l.Toward[side]*x)
					}
				}
				i := measure.Find(r.Sample.Measures, "npv", s.Key, "", 0)
				e, average := &r.Sample.Estimates[i], of.of("npv."+s.Key)
				if math.Abs(npv-e.Mean/100) > 1e-11*gross || math.Abs(npv-s.NPV) > 1e-11*gross {
					t.Errorf("%s, %s: the workbook's flows are worth %v to %s, the mean is %v", slug, name, npv, s.Name, e.Mean/100)
				}
				if off := math.Abs(average - e.Moments.Mean/100); off > 1e-11*gross {
					t.Errorf("%s, %s: the dumped paths average %v, the sample %v", slug, name, average, e.Moments.Mean/100)
				}
				moved = moved || math.Abs(npv-average) > 1e-9*gross
			}
			if moved != (len(r.Sample.Controls) > 0) {
				t.Errorf("%s, %s: controls %v, but flows differ from averages: %v", slug, name, r.Sample.Controls, moved)
			}
		}
	}
}
