// SPDX-License-Identifier: Apache-2.0

package app

import (
	"io/fs"
	"math"
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
