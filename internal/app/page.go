// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/contract"
	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/report"
)

// mostLines is how many lines of the file a figure names besides its clauses.
const mostLines = 6

// Page is the report with all that a page has room for: values first, the inputs and
// sources in full, and the file itself.
func (r *Run) Page() *report.Document {
	doc := &report.Document{Title: r.Deal.Title, Subtitle: r.subtitle(), File: &report.File{Name: r.Source.Name, Text: string(r.Source.Text)}}
	doc.Sections = append(doc.Sections, termSheet(r.Deal, r.Source.Name), r.value(), r.cash())
	if r.Sample != nil {
		doc.Sections = append(doc.Sections, r.risk())
	}
	doc.Sections = append(doc.Sections, r.headline(), r.ledgers(), r.flows())
	if s, any := r.owners(); any {
		doc.Sections = append(doc.Sections, s)
	}
	if r.Sample != nil {
		doc.Sections = append(doc.Sections, r.everyMeasure())
	}
	for _, s := range []report.Section{r.sourcesPage(), r.inputsPage()} {
		s.Role = report.Evidence
		doc.Sections = append(doc.Sections, s)
	}
	for _, of := range []func(*deal.Deal) (report.Section, bool){disagreement, beliefs} {
		if s, any := of(r.Deal); any {
			s.Role = report.Evidence
			doc.Sections = append(doc.Sections, s)
		}
	}
	return doc
}

// sourcesPage is every document that the deal takes facts from, and how many of each.
func (r *Run) sourcesPage() report.Section {
	count, statuses := map[string]int{}, map[string][]string{}
	all := r.Deal.Inputs()
	for _, in := range all {
		if in.Source != "" {
			count[in.Source]++
			if !slices.Contains(statuses[in.Source], in.Status) {
				statuses[in.Source] = append(statuses[in.Source], in.Status)
			}
		}
	}
	s := inputs(r.Deal)
	s.Title, s.Blocks = "Sources", nil
	t := report.Table{Columns: []report.Column{{Title: "Source", Align: report.AlignLeft}, {Title: "Publisher", Align: report.AlignLeft}, {Title: "Title", Align: report.AlignLeft},
		{Title: "Date", Align: report.AlignLeft}, {Title: "Status", Align: report.AlignLeft}, {Title: "Inputs", Align: report.AlignRight}}}
	for i, x := range r.Deal.Sources {
		row := report.Row(x.Key, x.Publisher, x.Title, "", strings.Join(statuses[x.Key], ", "), fmt.Sprint(count[x.Key]))
		row[2].Link = x.URL
		if at, ok := r.Deal.Place(fmt.Sprintf("sources[%d]", i)); ok {
			row[0].Line = at.Line
		}
		if !x.Date.IsZero() {
			row[3].Text = x.Date.String()
		}
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) > 0 {
		s.Blocks = append(s.Blocks, t)
	}
	return s
}

// inputsPage is every input with its place and why it is what it is.
func (r *Run) inputsPage() report.Section {
	t := report.Table{Columns: []report.Column{{Title: "Input", Align: report.AlignLeft}, {Title: "Value", Align: report.AlignLeft}, {Title: "Line", Align: report.AlignRight},
		{Title: "Status", Align: report.AlignLeft}, {Title: "Source, or reason of an assumption", Align: report.AlignLeft}}, Rows: inputRows(r.Deal.Inputs())}
	for _, row := range t.Rows {
		fmt.Sscanf(row[2].Text, "%d", &row[2].Line)
	}
	return report.Section{Title: "Inputs", Note: "Every one is a sourced fact or an assumption of this file.", Blocks: []report.Block{t}}
}

// behindOf is what a measure comes of: clauses, and lines of inputs that are no clause's.
func (r *Run) behindOf(m measure.Measure) report.Behind {
	var out report.Behind
	sources := m.Sources(r.Base.Book)
	for _, c := range r.Deal.Clauses {
		if id := c.Head().ID; behind(id, m, sources) {
			out.Clauses = append(out.Clauses, id)
		}
	}
	for _, s := range sources {
		for _, path := range s.Inputs {
			at, ok := r.Deal.Place(path)
			if ok && at.Line > 0 && !within(path, "clauses") && !slices.Contains(out.Lines, at.Line) && len(out.Lines) < mostLines {
				out.Lines = append(out.Lines, at.Line)
			}
		}
	}
	slices.Sort(out.Lines)
	return out
}

// behindNamed is what the measure of a name comes of.
func (r *Run) behindNamed(name, party string) report.Behind {
	if i := measure.Find(r.Base.Measures, name, party, "", 0); i >= 0 {
		return r.behindOf(r.Base.Measures[i])
	}
	return report.Behind{}
}

// isClause tells whether an id is that of a clause.
func (r *Run) isClause(id string) bool { return len(r.inOrder([]string{id})) > 0 }

// inOrder are ids of clauses in the order of the term sheet.
func (r *Run) inOrder(ids []string) (out []string) {
	for _, c := range r.Deal.Clauses {
		if id := c.Head().ID; slices.Contains(ids, id) {
			out = append(out, id)
		}
	}
	return out
}

// issuers are the clauses that issue shares.
func (r *Run) issuers() []string {
	var ids []string
	for _, m := range r.Base.Months {
		for _, f := range m.Flows {
			if (f.Line.Role == contract.Issue || f.Line.Role == contract.Convert) && !slices.Contains(ids, f.Line.Clause) {
				ids = append(ids, f.Line.Clause)
			}
		}
	}
	return r.inOrder(ids)
}
