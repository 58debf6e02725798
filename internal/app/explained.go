// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"slices"

	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/measure"
	"offtake/internal/report"
)

// An Explained is a figure with all that it comes of: what it is made of, the flows, the
// clauses, the lines of the file, and the inputs behind them with their sources.
type Explained struct {
	Name  string // as it was asked for
	Text  string // the figure as reports write it
	Doc   string // what it is
	Notes []string

	run     *Run            // whose terms and inputs they are
	measure measure.Measure // its unit and name, and whose it is
	number  Number
	sources []measure.Source // of one lane
	moves   []move           // all of the run
	// Of a difference of two runs: the value of each source with and without, and the flows
	// without. Sources and moves have what is left.
	with, without []float64
	beside        []move
	madeNote      string // says what the amounts are; "" for what the measure says
	flowsNote     string
}

func (x *Explained) isDifference() bool { return x.with != nil }

// note adds a sentence.
func (x *Explained) note(format string, args ...any) *Explained {
	x.Notes = append(x.Notes, fmt.Sprintf(format, args...))
	return x
}

// Report shows it.
func (x *Explained) Report() *report.Document {
	doc := &report.Document{Title: x.Name + ": " + x.Text, Subtitle: x.Doc}
	for _, n := range x.Notes {
		doc.Subtitle += " " + n
	}
	doc.Sections = append(doc.Sections, x.madeOf())
	if s, any := x.flowsOf(); any {
		doc.Sections = append(doc.Sections, s)
	}
	if s, any := x.clausesOf(); any {
		doc.Sections = append(doc.Sections, s)
	}
	t := report.Table{Columns: []report.Column{{Title: "Input", Align: report.AlignLeft}, {Title: "Value", Align: report.AlignLeft}, {Title: "Line", Align: report.AlignRight}, {Title: "Status", Align: report.AlignLeft}, {Title: "Source, or reason of an assumption", Align: report.AlignLeft}}}
	t.Rows = inputRows(x.inputsBehind())
	doc.Sections = append(doc.Sections, report.Section{Title: "The inputs", Note: "Every one is a sourced fact or an assumption of this file.", Blocks: []report.Block{t}})
	return doc
}

// sum adds up what the figure is the sum of; false where it is none.
func (x *Explained) sum() (sum float64, adds bool) {
	for _, s := range x.sources {
		if s.Value != nil && s.Sign != 0 {
			sum, adds = sum+float64(s.Value[0]*s.Sign), true
		}
	}
	return sum, adds
}

// madeOf is the figure's sum, or the amounts its formula uses.
func (x *Explained) madeOf() report.Section {
	t := report.Table{Columns: []report.Column{{Title: "What"}, {Title: "Clause"}, {Title: "Line", Align: report.AlignRight}}}
	if x.isDifference() {
		t.Columns = append(t.Columns, report.Column{Title: "With it", Align: report.AlignDecimal}, report.Column{Title: "Without", Align: report.AlignDecimal})
	}
	t.Columns = append(t.Columns, report.Column{Title: "Amount", Align: report.AlignDecimal})
	for k, s := range x.sources {
		if s.Value == nil {
			continue
		}
		amount := func(v float64) string {
			if math.IsNaN(v) {
				return ""
			}
			return x.run.write(measure.Measure{Unit: s.Unit}, v)
		}
		v := s.Value[0]
		if s.Sign != 0 {
			v = float64(v * s.Sign)
		}
		if math.Abs(v) <= s.Unit.Nothing() {
			continue
		}
		row := report.Row(words(s.Label), s.Clause, x.run.lineOf(s.Clause))
		if x.isDifference() {
			row = append(row, report.Row(amount(x.with[k]), amount(x.without[k]))...)
		}
		t.Rows = append(t.Rows, append(row, report.Row(amount(v))...))
	}
	out := report.Section{Title: "Made of"}
	if len(t.Rows) == 0 {
		if out.Note = "No flow makes it up: it is read off the terms below."; x.madeNote != "" {
			out.Note = x.madeNote
		}
		return out
	}
	if sum, adds := x.sum(); adds && x.measure.Unit.Amount() {
		cells := make([]report.Cell, len(t.Columns))
		cells[0], cells[len(cells)-1] = report.Cell{Text: "sum", Strong: true}, report.Cell{Text: x.run.write(measure.Measure{Unit: x.measure.Unit}, sum), Strong: true}
		t.Footer = [][]report.Cell{cells}
	}
	out.Note = x.amountsAre()
	out.Blocks = append(out.Blocks, t)
	return out
}

// amountsAre says what the amounts are.
func (x *Explained) amountsAre() string {
	_, adds := x.sum()
	switch {
	case x.madeNote != "":
		return x.madeNote
	case x.measure.Nominal:
		return "Amounts as they fall, not discounted."
	case nominal(x.sources):
		return "Amounts as the file states them."
	case x.measure.Period > 0:
		return "The rows of the same period; docs/semantics.md, section 3, has the formula that joins them."
	case adds:
		return "Present values at the riskless rate, as they enter it."
	}
	return "The amounts that its formula uses, as present values."
}

// behindMoves are those of some flows that stand behind the figure; of a difference, that
// differ.
func (x *Explained) behindMoves(moves []move) []move {
	return slices.DeleteFunc(slices.Clone(moves), func(m move) bool {
		return !slices.ContainsFunc(x.sources, func(s measure.Source) bool { return s.Clause == m.Clause && s.Kind == m.Kind })
	})
}

// flowsOf shows the flows behind the figure; of a difference, those with it less those
// without.
func (x *Explained) flowsOf() (report.Section, bool) {
	moves, note := x.behindMoves(x.moves), "By contract year, undiscounted and before default."
	if x.isDifference() {
		moves = x.behindMoves(differing(x.moves, x.beside))
	}
	if x.flowsNote != "" {
		note = x.flowsNote
	}
	var titles, groups []string
	var cols [][]float64
	for _, m := range moves {
		title := words(m.Kind)
		if m.Asset.Kind == contract.InKind {
			title += ", in kind"
		}
		titles, groups, cols = append(titles, title), append(groups, m.Clause), append(cols, m.years)
	}
	if len(cols) == 0 {
		return report.Section{}, false
	}
	return report.Section{Title: "The flows", Note: note, Blocks: []report.Block{x.run.yearTable(titles, groups, cols)}}, true
}

// differing are flows of one run less those of another, line by line, where they differ.
func differing(with, without []move) []move {
	var out []move
	at := map[contract.Line]int{}
	add := func(moves []move, sign float64) {
		for _, m := range moves {
			k, known := at[*m.Line]
			if !known {
				k = len(out)
				at[*m.Line], out = k, append(out, move{m.Line, make([]float64, len(m.years))})
			}
			for y, v := range m.years[:min(len(m.years), len(out[k].years))] {
				out[k].years[y] += float64(sign * v)
			}
		}
	}
	add(with, 1)
	add(without, -1)
	return slices.DeleteFunc(out, func(m move) bool { return allZero(m.years) })
}

// clausesBehind are the clauses behind the figure.
func (x *Explained) clausesBehind() []clause.Clause {
	return slices.DeleteFunc(slices.Clone(x.run.Deal.Clauses), func(c clause.Clause) bool { return !behind(c.Head().ID, x.measure, x.sources) })
}

// clausesOf says the clauses behind the figure.
func (x *Explained) clausesOf() (report.Section, bool) {
	var items []report.Clause
	for _, c := range x.clausesBehind() {
		id := c.Head().ID
		items = append(items, report.Clause{ID: id, Place: "line " + x.run.lineOf(id), Text: c.Explain(x.run.Deal.Setting())})
	}
	return report.Section{Title: "The clauses", Blocks: []report.Block{report.Clauses{Items: items}}}, len(items) > 0
}

// Traced is what explain --json prints of a figure.
type Traced struct {
	Deal    DealID       `json:"deal"`
	Run     RunID        `json:"run"`
	Figure  Number       `json:"figure"`
	Doc     string       `json:"doc"`
	Notes   []string     `json:"notes"`
	Amounts []Amount     `json:"amounts"`
	Flows   []TracedFlow `json:"flows"`
	Clauses []Said       `json:"clauses"`
	Inputs  []InputID    `json:"inputs"`
}

// A TracedFlow is a flow behind a figure.
type TracedFlow struct {
	Flow
	In string `json:"in,omitempty"` // of a difference of two runs: with or without
}

// Amount is one amount that a figure is made of, as a present value. Where sign
// is not 0 the figure is the sum of sign x value.
type Amount struct {
	Label   string   `json:"label"`
	Clause  string   `json:"clause,omitempty"`
	Kind    string   `json:"kind,omitempty"` // of flow
	Unit    string   `json:"unit"`
	Sign    float64  `json:"sign"`
	Value   *float64 `json:"value,omitempty"`
	With    *float64 `json:"with,omitempty"`    // of a difference of two runs: what it is in each
	Without *float64 `json:"without,omitempty"` // likewise
}

// JSON is the same as data.
func (x *Explained) JSON() Traced {
	r := x.run
	out := Traced{Deal: dealID(r.Deal, r.Source, r.Edits), Run: RunID{Kind: "base"}, Figure: x.number, Doc: x.Doc, Notes: append([]string{}, x.Notes...),
		Amounts: []Amount{}, Flows: []TracedFlow{}, Clauses: []Said{}, Inputs: inputIDs(x.inputsBehind())}
	if r.Sample != nil {
		out.Run = r.runID()
	}
	for k, s := range x.sources {
		if s.Value == nil {
			continue
		}
		unit := measure.Measure{Unit: s.Unit}
		a := Amount{Label: s.Label, Clause: s.Clause, Kind: s.Kind, Unit: number(r.Deal, unit).Unit, Sign: s.Sign, Value: finite(shown(unit, s.Value[0]))}
		if x.isDifference() {
			a.With, a.Without = finite(shown(unit, x.with[k])), finite(shown(unit, x.without[k]))
		}
		out.Amounts = append(out.Amounts, a)
	}
	add := func(moves []move, in string) {
		for _, f := range flowsJSON(r.Deal, x.behindMoves(moves)) {
			out.Flows = append(out.Flows, TracedFlow{f, in})
		}
	}
	if x.isDifference() {
		apart := differing(x.moves, x.beside)
		add(amongLines(x.moves, apart), "with")
		add(amongLines(x.beside, apart), "without")
	} else {
		add(x.moves, "")
	}
	for _, c := range x.clausesBehind() {
		out.Clauses = append(out.Clauses, said(r.Deal, c))
	}
	return out
}

// amongLines are those flows whose lines are among others'.
func amongLines(moves, others []move) []move {
	return slices.DeleteFunc(slices.Clone(moves), func(m move) bool {
		return !slices.ContainsFunc(others, func(o move) bool { return *o.Line == *m.Line })
	})
}
