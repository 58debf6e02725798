// SPDX-License-Identifier: Apache-2.0

package app

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"offtake/internal/contract"
	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/report"
	"offtake/internal/value"
)

// Trace follows a figure of the base run to the flows that make it up, the
// clauses that make the flows, the lines of the file where they stand, and the
// inputs behind them with their sources. The figure is written as in JSON:
// name, then party, clause and period as far as it has them (npv.cloud,
// deficiency.aws-spend.3).
func (r *Run) Trace(figure string) (*report.Document, error) {
	i, err := r.findFigure(figure)
	if err != nil {
		return nil, err
	}
	m := r.Base.Measures[i]
	sources := m.Sources(r.Base.Book)
	doc := &report.Document{
		Title:    fmt.Sprintf("%s: %s", value.FigureName(&m), r.write(m, r.Base.Values[i])),
		Subtitle: sentence(m.Doc),
	}
	if r.Base.Job.Uncertain() {
		doc.Subtitle += " Of the base run, on the mean of every input (run --paths 0); run prints the mean over sampled paths, which differs."
	}
	if m.Why != nil && math.IsNaN(r.Base.Values[i]) {
		doc.Subtitle += " Not defined here: " + m.Why(r.Base.Book) + "."
	}
	doc.Sections = append(doc.Sections, r.madeOf(m, sources))
	if s, any := r.flowsOf(sources); any {
		doc.Sections = append(doc.Sections, s)
	}
	if s, any := r.clausesOf(m, sources); any {
		doc.Sections = append(doc.Sections, s)
	}
	doc.Sections = append(doc.Sections, r.inputsOf(m, sources))
	return doc, nil
}

func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

// findFigure finds the measure that a figure names.
func (r *Run) findFigure(figure string) (int, error) {
	i, err := value.FindFigure(r.Base.Measures, figure)
	var no value.Refusal
	if errors.As(err, &no) {
		return 0, Misuse{no.Says + "; " + no.Hint}
	}
	return i, err
}

// madeOf is the figure's sum, or the amounts its formula uses.
func (r *Run) madeOf(m measure.Measure, sources []measure.Source) report.Section {
	t := report.Table{Columns: []report.Column{{Title: "What"}, {Title: "Clause"}, {Title: "Line", Align: report.AlignRight}, {Title: "Amount", Align: report.AlignDecimal}}}
	sum, adds := 0.0, false
	for _, s := range sources {
		if s.Value == nil {
			continue
		}
		x := s.Value[0]
		if s.Sign != 0 {
			x = float64(x * s.Sign)
			sum, adds = sum+x, true
		}
		if math.Abs(x) <= s.Unit.Nothing() {
			continue
		}
		t.Rows = append(t.Rows, report.Row(words(s.Label), s.Clause, r.lineOf(s.Clause), r.write(measure.Measure{Unit: s.Unit}, x)))
	}
	out := report.Section{Title: "Made of"}
	if len(t.Rows) == 0 {
		out.Note = "No flow makes it up: it is read off the terms below."
		return out
	}
	if adds && m.Unit == measure.Money {
		t.Footer = [][]report.Cell{{{Text: "sum", Strong: true}, {}, {}, {Text: money(r.Deal, sum), Strong: true}}}
	}
	switch {
	case m.Nominal:
		out.Note = "Amounts as they fall, not discounted."
	case nominal(sources):
		out.Note = "Amounts as the file states them."
	case m.Period > 0:
		out.Note = "The rows of the same period; docs/semantics.md, section 3, has the formula that joins them."
	case adds:
		out.Note = "Present values at the riskless rate, as they enter it."
	default:
		out.Note = "The amounts that its formula uses, as present values."
	}
	out.Blocks = append(out.Blocks, t)
	return out
}

// nominal tells whether the amounts behind a figure are stated in the file, and no
// flows or values.
func nominal(sources []measure.Source) bool {
	return !slices.ContainsFunc(sources, func(s measure.Source) bool {
		return s.Value != nil && (s.Kind != "" || len(s.Inputs) == 0 || slices.ContainsFunc(s.Inputs, func(p string) bool { return within(p, "world") }))
	})
}

// words says a flow's kind in words.
func words(kind string) string { return strings.ReplaceAll(kind, "_", " ") }

func (r *Run) lineOf(clauseID string) string {
	if clauseID == "" {
		return ""
	}
	if at, ok := r.Deal.Place("clauses." + clauseID); ok {
		return fmt.Sprint(at.Line)
	}
	return ""
}

// lineOfInput is where an input stands; what is set for a run stands in no file.
func lineOfInput(in deal.Input) string {
	if in.Place.Line == 0 {
		return ""
	}
	return fmt.Sprint(in.Place.Line)
}

// movesBehind are the flows behind the figure by contract year, as agreed.
func (r *Run) movesBehind(sources []measure.Source) []move {
	return slices.DeleteFunc(r.everyMove(), func(m move) bool {
		return !slices.ContainsFunc(sources, func(s measure.Source) bool { return s.Clause == m.Clause && s.Kind == m.Kind })
	})
}

// flowsOf shows the flows behind the figure.
func (r *Run) flowsOf(sources []measure.Source) (report.Section, bool) {
	var titles, groups []string
	var cols [][]float64
	for _, m := range r.movesBehind(sources) {
		title := words(m.Kind)
		if m.Asset.Kind == contract.InKind {
			title += ", in kind"
		}
		titles, groups, cols = append(titles, title), append(groups, m.Clause), append(cols, m.years)
	}
	if len(cols) == 0 {
		return report.Section{}, false
	}
	t := r.yearTable(titles, groups, cols)
	return report.Section{Title: "The flows", Note: "By contract year, undiscounted and before default.", Blocks: []report.Block{t}}, true
}

// behind tells whether a clause stands behind the figure.
func behind(id string, m measure.Measure, sources []measure.Source) bool {
	used := m.Clause == id
	for _, s := range sources {
		used = used || s.Clause == id || slices.ContainsFunc(s.Inputs, func(p string) bool { return strings.HasPrefix(p, "clauses."+id+".") })
	}
	return used
}

// clausesOf says the clauses behind the figure.
func (r *Run) clausesOf(m measure.Measure, sources []measure.Source) (report.Section, bool) {
	var items []report.Clause
	for _, c := range r.Deal.Clauses {
		if id := c.Head().ID; behind(id, m, sources) {
			items = append(items, report.Clause{ID: id, Place: "line " + r.lineOf(id), Text: c.Explain(r.Deal.Setting())})
		}
	}
	return report.Section{Title: "The clauses", Blocks: []report.Block{report.Clauses{Items: items}}}, len(items) > 0
}

// inputsBehind are the inputs behind the figure.
func (r *Run) inputsBehind(m measure.Measure, sources []measure.Source) []deal.Input {
	var under []string
	if m.Period > 0 || !nominal(sources) && slices.ContainsFunc(sources, func(s measure.Source) bool { return s.Value != nil }) {
		under = r.drivers()
	}
	if m.Clause != "" {
		under = append(under, "clauses."+m.Clause)
	}
	for _, s := range sources {
		under = append(under, s.Inputs...)
		if s.Clause != "" {
			under = append(under, "clauses."+s.Clause)
		}
	}
	return slices.DeleteFunc(r.Deal.Inputs(), func(in deal.Input) bool {
		return !slices.ContainsFunc(under, func(p string) bool { return within(in.Path, p) })
	})
}

// inputsOf shows the inputs behind the figure, with source or reason.
func (r *Run) inputsOf(m measure.Measure, sources []measure.Source) report.Section {
	t := report.Table{Columns: []report.Column{{Title: "Input", Align: report.AlignLeft}, {Title: "Value", Align: report.AlignLeft}, {Title: "Line", Align: report.AlignRight}, {Title: "Status", Align: report.AlignLeft}, {Title: "Source, or reason of an assumption", Align: report.AlignLeft}}}
	t.Rows = inputRows(r.inputsBehind(m, sources))
	s := report.Section{Title: "The inputs", Note: "Every one is a sourced fact or an assumption of this file."}
	s.Blocks = append(s.Blocks, t)
	return s
}

// drivers are the inputs that set how much is taken, when it is paid, and what
// it is worth today: they are behind every figure that is made of flows.
func (r *Run) drivers() []string {
	out := []string{"world.need", "world.list_price", "world.market_price", "world.delivery", "world.default", "world.discount", "world.events", "world.indexes", "world.failures", "policy", "elsewhere"}
	for _, c := range r.Deal.Clauses {
		if !r.besideCompute(c.Head().ID) {
			out = append(out, "clauses."+c.Head().ID)
		}
	}
	return out
}

// besideCompute tells whether a clause moves anything beside what compute costs.
func (r *Run) besideCompute(id string) bool {
	return slices.ContainsFunc(r.Base.Job.Program.Lines(), func(l contract.Line) bool {
		return l.Clause == id && l.Role != contract.NoRole && l.Role != contract.Use && l.Role != contract.Miss && l.Role != contract.Estate
	})
}

// within tells whether a path is at or below another.
func within(path, under string) bool {
	rest, ok := strings.CutPrefix(path, under)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// because is an input's source, or the reason why it was assumed.
func because(in deal.Input) string {
	why := in.Source
	if why == "" {
		why = in.Reason
	}
	if in.By == "" || why == "" {
		return why + in.By
	}
	return in.By + ": " + why
}
