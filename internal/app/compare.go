// SPDX-License-Identifier: Apache-2.0

package app

import (
	"offtake/internal/deal"
	"offtake/internal/diag"
	"offtake/internal/report"
)

// EveryOne is the name that stands for all alternatives, or all scenarios, of a deal.
const EveryOne = "all"

// A Comparison is a deal as its file has it, and in each alternative, or scenario, of
// the file.
type Comparison struct {
	Deal *deal.Deal
	Of   string // "alternative" or "scenario"
	Runs []Column
}

// A Column is a run of one form of a deal.
type Column struct {
	Name string // "" for the deal as its file has it
	Run  *Run
}

// Compare runs a loaded deal as its file has it and in each of its alternatives.
// The error is for a deal that has none.
func Compare(src Source, e Edits, d *deal.Deal, opt RunOptions) (*Comparison, diag.List, error) {
	var names []string
	for _, a := range d.Alternatives {
		names = append(names, a.Name)
	}
	return compare(src, e, d, opt, "alternative", names, func(v *deal.View, e *Edits, names []string) { v.Alternatives, e.Alternatives = names, names })
}

// CompareScenarios is Compare for the deal's scenarios.
func CompareScenarios(src Source, e Edits, d *deal.Deal, opt RunOptions) (*Comparison, diag.List, error) {
	var names []string
	for _, s := range d.Scenarios {
		names = append(names, s.Name)
	}
	return compare(src, e, d, opt, "scenario", names, func(v *deal.View, e *Edits, names []string) { v.Scenarios, e.Scenarios = names, names })
}

// compare runs a deal without any and with each of some changes, which choose puts into
// a view and the edits that ask for it.
func compare(src Source, e Edits, d *deal.Deal, opt RunOptions, of string, names []string, choose func(*deal.View, *Edits, []string)) (*Comparison, diag.List, error) {
	if len(names) == 0 {
		return nil, nil, Misuse{"--" + of + " all: the file has no " + of + "s"}
	}
	out := &Comparison{Deal: d, Of: of}
	for _, name := range append([]string{""}, names...) {
		view, edits := d.View(), e
		if choose(&view, &edits, nil); name != "" {
			choose(&view, &edits, []string{name})
		}
		form, list := d.As(view)
		if form == nil {
			return nil, list, nil
		}
		for _, id := range d.Off() {
			without, err := form.Without(id)
			if err != nil {
				continue // the form has no such clause
			}
			form = without
		}
		out.Runs = append(out.Runs, Column{name, newRun(src, edits, form, opt)})
	}
	return out, nil, nil
}

// Report is the main figures of all forms in one table.
func (c *Comparison) Report() *report.Document {
	d := c.Deal
	provider, lab := d.Supplier(), d.Buyer()
	t := report.Table{Columns: []report.Column{{Title: "Form"}, {Title: "Commitment", Align: report.AlignRight}, {Title: "Commitment / first cheque", Align: report.AlignRight},
		{Title: "NPV to " + d.Name(provider), Align: report.AlignRight}, {Title: "NPV to the other holders of " + d.Name(lab), Align: report.AlignRight}, {Title: "Verdict", Align: report.AlignLeft}}}
	for _, x := range c.Runs {
		name := x.Name
		if name == "" {
			name = "the file"
		}
		t.Rows = append(t.Rows, report.Row(name, x.Run.mainFigure("commitment", ""), x.Run.mainFigure("headline_ratio", ""),
			x.Run.mainFigure("npv", provider), x.Run.mainFigure("npv", lab), x.Run.outcome()))
	}
	t.Note = "The verdict is " + d.Name(provider) + "'s: whether it gains under every view of its opportunity cost."
	if c.Runs[0].Run.Sample != nil {
		t.Note += " Values are means over the sample, on the same draws."
	}
	s := report.Section{Title: sentenceCase(c.Of) + "s side by side", Blocks: []report.Block{t}}
	doc := &report.Document{Title: d.Title, Subtitle: dates(d), Sections: []report.Section{s}}
	if told, any := disagreement(d); any {
		doc.Sections = append(doc.Sections, told)
	}
	if told, any := beliefs(d); any {
		doc.Sections = append(doc.Sections, told)
	}
	return doc
}

// mainFigure is a measure as the comparison has it.
func (r *Run) mainFigure(name, party string) string {
	f, ok := r.figure(name, party, "")
	if !ok {
		return "none"
	}
	return f.Value
}

// outcome is the verdict in a word.
func (r *Run) outcome() string {
	gains, loses, open := r.views()
	switch {
	case len(open) > 0 || len(gains) > 0 && len(loses) > 0:
		return "undetermined"
	case len(loses) == 0:
		return "gains"
	}
	return "loses"
}

// Comparisons is what run --alternative all --json prints, and --scenario all.
type Comparisons struct {
	Deal  DealID   `json:"deal"`
	Forms []Formed `json:"forms"`
}

// Formed is the result of one form of a deal.
type Formed struct {
	Alternative string   `json:"alternative,omitempty"` // left out for the deal as its file has it
	Scenario    string   `json:"scenario,omitempty"`    // likewise
	Verdict     string   `json:"verdict"`               // gains, loses or undetermined
	Run         RunID    `json:"run"`
	Measures    []Number `json:"measures"`
	Hash        string   `json:"hash"`
}

// JSON is the comparison as data.
func (c *Comparison) JSON() Comparisons {
	out := Comparisons{Deal: c.Runs[0].Run.JSON().Deal}
	for _, x := range c.Runs {
		r := x.Run.JSON()
		form := Formed{Alternative: x.Name, Verdict: x.Run.outcome(), Run: r.Run, Measures: r.Measures, Hash: r.Hash}
		if c.Of == "scenario" {
			form.Alternative, form.Scenario = "", x.Name
		}
		out.Forms = append(out.Forms, form)
	}
	return out
}
