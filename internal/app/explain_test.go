// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"
	"testing"

	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/value"
)

// loadedRich are the rich deals, loaded.
func loadedRich(t *testing.T) map[string]*deal.Deal {
	t.Helper()
	out := map[string]*deal.Deal{}
	for name, text := range richDeals(t) {
		d, _, list, err := Load(Source{Name: "deal.yaml", Text: []byte(text)}, Edits{})
		if err != nil || list.HasFaults() {
			t.Fatal(name, err, list)
		}
		out[name] = d
	}
	return out
}

// holds checks an explained figure: it is the one that was printed, and what it is said to be
// the sum of comes to it.
func holds(t *testing.T, deal, name string, x *Explained, printed *float64) {
	t.Helper()
	got := x.JSON()
	if said := got.Figure.says(); (said == nil) != (printed == nil) || said != nil && math.Abs(*said-*printed) > 1e-9*math.Max(1, math.Abs(*printed)) {
		t.Errorf("%s: %s is printed as %v, explained as %v", deal, name, at(printed), at(said))
	}
	if x.Doc == "" || len(x.Report().Sections) < 2 {
		t.Errorf("%s: %s is not explained", deal, name)
	}
	sum, size, adds := 0.0, 1.0, false
	for _, a := range got.Amounts {
		if a.Sign != 0 {
			sum, size, adds = sum+a.Sign**a.Value, math.Max(size, math.Abs(*a.Value)), true
		}
	}
	if adds && printed != nil && x.measure.Unit == measure.Money && math.Abs(sum-*printed) > 1e-8*size {
		t.Errorf("%s: %s is %v, its amounts add up to %v", deal, name, *printed, sum)
	}
}

func at(x *float64) float64 {
	if x == nil {
		return math.NaN()
	}
	return *x
}

// Every figure that run and value print is explained, as the same figure of the same run, and
// its amounts add up to it: of base runs and of samples. What control variates correct is
// small beside the error of the plain mean.
func TestFiguresOfRunAndValue(t *testing.T) {
	for name, d := range loadedRich(t) {
		for _, n := range []int{0, 64} {
			opt := RunOptions{Paths: n, Seed: 1}
			printed, r := newRun(Source{}, Edits{}, d, opt).JSON(), explainRun(Source{}, Edits{}, d, opt)
			for i := range printed.Measures {
				m := &printed.Measures[i]
				if m.Period > 2 {
					continue // rows of one kind are followed alike
				}
				key := value.FigureName(&measure.Measure{Name: m.Name, Party: m.Party, Clause: m.Clause, Period: m.Period})
				x, err := r.Explain(key)
				if err != nil {
					t.Errorf("%s: %s: %v", name, key, err)
					continue
				}
				holds(t, name, key, x, m.says())
			}
			valuesHold(t, name, d, opt)
		}
	}
}

func valuesHold(t *testing.T, name string, d *deal.Deal, opt RunOptions) {
	t.Helper()
	v := NewValuation(Source{}, Edits{}, d, opt).JSON()
	all, err := explaining{Source{}, Edits{}, d, opt, "", value.Question{}}.ofValue()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]func() (*Explained, error){}
	for _, x := range all {
		known[x.name] = x.explain
	}
	check := func(key string, printed *float64) {
		if of := known[key]; of != nil {
			x, _ := of()
			holds(t, name, key, x, printed)
		} else {
			t.Errorf("%s: %s is not explained", name, key)
		}
	}
	r := explainRun(Source{}, Edits{}, d, opt)
	for i := range v.Measures {
		m := &v.Measures[i]
		key := value.FigureName(&measure.Measure{Name: m.Name, Party: m.Party})
		if x, err := r.Explain(key); err != nil {
			t.Errorf("%s: %s: %v", name, key, err)
		} else {
			holds(t, name, key, x, m.says())
		}
	}
	for _, c := range v.Views {
		check("value.views."+c.Cost+".supply_share", c.Share)
		for i := range c.Measures {
			m := &c.Measures[i]
			check("value.views."+c.Cost+"."+value.FigureName(&measure.Measure{Name: m.Name, Party: m.Party}), m.says())
		}
	}
	for i := range v.Rights {
		x := &v.Rights[i]
		check("value.rights."+x.ID+".own_flows", x.Own.says())
		check("value.rights."+x.ID+".closed_form", x.Closed.Value)
		for _, g := range x.Gains {
			key := "value.rights." + x.ID + ".gains." + g.Party
			if g.Cost != "" {
				key += "." + g.Cost
			}
			check(key, g.Value)
		}
	}
}
