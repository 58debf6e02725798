// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"

	"offtake/internal/deal"
	"offtake/internal/diag"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/unit"
)

// An Outcome is one expectation of a deal and what became of it.
type Outcome struct {
	Line        int      `json:"line"` // of the expectation in the file
	Measure     string   `json:"measure"`
	Party       string   `json:"party,omitempty"`
	Clause      string   `json:"clause,omitempty"`
	Period      int      `json:"period,omitempty"`
	AsOf        string   `json:"as_of,omitempty"`
	Alternative string   `json:"alternative,omitempty"`
	Scenario    string   `json:"scenario,omitempty"`
	Expected    float64  `json:"expected"`
	Tolerance   float64  `json:"tolerance"`
	Got         *float64 `json:"got,omitempty"` // nil where the deal has no such measure, or it is not defined
	Pass        bool     `json:"pass"`
	Code        string   `json:"code,omitempty"` // of what is wrong
	Says        string   `json:"says,omitempty"` // what is wrong; "" when it passes
}

// Codes of expectations that do not hold.
const (
	codeMissed    = "EXPECT-MISSED"    // the value is another one
	codeUndefined = "EXPECT-UNDEFINED" // there is none, or several, as of rates of return
	codeNoMeasure = "EXPECT-UNKNOWN"   // the deal has no such measure
	codeManyMean  = "EXPECT-SEVERAL"   // it could mean several measures
	codeNoForm    = "EXPECT-FORM"      // the deal cannot take the form that it is of
)

// Tested is what test --json prints of one file.
type Tested struct {
	File     string    `json:"file"`
	Passed   int       `json:"passed"`
	Failed   int       `json:"failed"` // a file with faults counts as one
	Faults   diag.List `json:"faults"`
	Outcomes []Outcome `json:"outcomes"`
}

// NewTested counts the outcomes of a file.
func NewTested(file string, faults diag.List, outcomes []Outcome) Tested {
	t := Tested{File: file, Faults: faults, Outcomes: append([]Outcome{}, outcomes...)}
	for _, o := range outcomes {
		if o.Pass {
			t.Passed++
		} else {
			t.Failed++
		}
	}
	if faults.HasFaults() {
		t.Failed++
	}
	return t
}

// Test holds a deal's base run to the deal's own expectations; those of another
// form of the deal are held to that form's base run.
func Test(d *deal.Deal) []Outcome {
	runs := map[string]*paths.Base{}
	out := make([]Outcome, 0, len(d.Expect))
	for k, e := range d.Expect {
		at, _ := d.Place(fmt.Sprintf("expect[%d]", k))
		o := Outcome{Line: at.Line, Measure: e.Measure, Party: e.Party, Clause: e.Clause, Period: e.Period, Expected: e.Value, Tolerance: e.Tolerance, Alternative: e.Alternative, Scenario: e.Scenario}
		if !e.AsOf.IsZero() {
			o.AsOf = e.AsOf.String()
		}
		base := baseOf(d, e, runs)
		if base == nil {
			o.Code, o.Says = codeNoForm, fmt.Sprintf("%s: the deal cannot take that form", expectName(e))
			out = append(out, o)
			continue
		}
		i, n := find(base.Measures, e)
		switch {
		case n == 0:
			o.Code, o.Says = codeNoMeasure, fmt.Sprintf("%s: this deal has no such measure", expectName(e))
		case n > 1:
			o.Code, o.Says = codeManyMean, fmt.Sprintf("%s: this deal has several; say which party or clause", expectName(e))
		default:
			o.compare(base, i, e)
		}
		out = append(out, o)
	}
	return out
}

// compare holds the i-th measure of a run to an expectation of it.
func (o *Outcome) compare(base *paths.Base, i int, e deal.Expectation) {
	m := base.Measures[i]
	got := shown(m, base.Values[i])
	o.Got = finite(got)
	o.Pass = math.Abs(got-e.Value) <= e.Tolerance*math.Max(1, math.Abs(e.Value)) || got == e.Value
	switch {
	case o.Pass:
	case math.IsNaN(got):
		o.Code, o.Says = codeUndefined, fmt.Sprintf("%s is not defined, expected %v%s", expectName(e), e.Value, whyNot(m, base))
	default:
		o.Code, o.Says = codeMissed, fmt.Sprintf("%s is %v, expected %v", expectName(e), got, e.Value)
	}
}

// whyNot says why a measure is not defined, as far as is known.
func whyNot(m measure.Measure, base *paths.Base) string {
	if m.Why == nil {
		return ""
	}
	return ": " + m.Why(base.Book)
}

// baseOf is the base run of the form that an expectation is of; nil where the deal
// has a fault in it.
func baseOf(d *deal.Deal, e deal.Expectation, runs map[string]*paths.Base) *paths.Base {
	key := e.AsOf.String() + " " + e.Alternative + " " + e.Scenario
	if base, ran := runs[key]; ran {
		return base
	}
	form := d
	if !e.AsOf.IsZero() || e.Alternative != "" || e.Scenario != "" {
		view := d.View()
		if !e.AsOf.IsZero() {
			view.AsOf = e.AsOf
		}
		if e.Alternative != "" {
			view.Alternatives = []string{e.Alternative}
		}
		if e.Scenario != "" {
			view.Scenarios = []string{e.Scenario}
		}
		form, _ = d.As(view)
	}
	if runs[key] = nil; form != nil {
		runs[key] = paths.RunBase(paths.NewJob(form, nil))
	}
	return runs[key]
}

// find is the measure that an expectation means, and how many it could mean.
func find(among []measure.Measure, e deal.Expectation) (at, n int) {
	for i, m := range among {
		if m.Name == e.Measure && m.Period == e.Period && (e.Party == "" || m.Party == e.Party) && (e.Clause == "" || m.Clause == e.Clause) {
			at, n = i, n+1
		}
	}
	return at, n
}

// expectName names what is expected as a reader would.
func expectName(e deal.Expectation) string {
	s := e.Measure
	if e.Party != "" {
		s += " of " + e.Party
	}
	if e.Clause != "" {
		s += " of " + e.Clause
	}
	if e.Period > 0 {
		s += fmt.Sprintf(" in period %d", e.Period)
	}
	if !e.AsOf.IsZero() {
		s += " as of " + e.AsOf.String()
	}
	if e.Alternative != "" {
		s += " in the alternative " + e.Alternative
	}
	if e.Scenario != "" {
		s += " in the scenario " + e.Scenario
	}
	return s
}

// shown is a measure's value as files and JSON have it: money and prices in
// currency units.
func shown(m measure.Measure, x float64) float64 {
	if m.Unit.Minor() {
		return x / unit.MinorPerMajor
	}
	return x
}
