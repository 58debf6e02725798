// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"strings"

	"offtake/internal/report"
	"offtake/internal/unit"
)

// Report is the value taken apart.
func (v *Valuation) Report() *report.Document {
	sections := []report.Section{v.parts(), v.views(), v.equity(), v.discounting()}
	if len(v.Rights) > 0 {
		sections = append(sections, v.rightsPage(), v.closedForms())
	}
	return &report.Document{Title: v.Deal.Title, Subtitle: v.subtitle(), Sections: append(sections, inputs(v.Deal))}
}

// Page is the report with the contract beside it and the file behind it.
func (v *Valuation) Page() *report.Document {
	doc := v.Report()
	doc.File = &report.File{Name: v.Source.Name, Text: string(v.Source.Text)}
	doc.Sections = append([]report.Section{termSheet(v.Deal, v.Source.Name)}, doc.Sections...)
	s := v.inputsPage()
	s.Role = report.Evidence
	doc.Sections = append(doc.Sections, s)
	return doc
}

// cell writes an amount in a scale with half its interval: 27.97 ±0.41.
func (x amount) cell(scale float64) string {
	text := fixed(x.value, scale)
	if x.estimate != nil && x.estimate.Varies() && !math.IsNaN(x.margin) {
		text += " ±" + strings.TrimPrefix(fixed(x.margin, scale), "-")
	}
	return text
}

// parts is the table of parts, party by party, and how the provider's value comes about.
func (v *Valuation) parts() report.Section {
	t := report.Table{Columns: []report.Column{{Title: "Part"}}}
	cols := v.columns()
	var all [][]float64
	for _, c := range cols {
		x, _ := v.npv(c)
		all = append(all, []float64{x.value})
		for _, row := range valueRows {
			p, _ := v.part(row, c)
			all = append(all, []float64{p.value})
		}
	}
	scale, unitName := scaleOf(v.Deal.Currency, all)
	for _, c := range cols {
		t.Columns = append(t.Columns, report.Column{Title: v.columnTitle(c), Align: report.AlignRight, Unit: unitName})
	}
	t.Columns = append(t.Columns, report.Column{Title: "All together", Align: report.AlignRight, Unit: unitName})
	for _, row := range valueRows {
		t.Rows = append(t.Rows, v.partCells(row, cols, scale))
	}
	total := report.Row("net present value")
	for _, c := range cols {
		x, _ := v.npv(c)
		total = append(total, report.Row(x.cell(scale))...)
	}
	joint, _ := v.own().at("joint_value", "", "")
	t.Footer = append(t.Footer, append(total, report.Row(joint.cell(scale))...))
	t.Note = "Each part is summed over its own flows and none is what others leave over; the last row is computed from all flows apart from them. What one side pays another gets: over all " +
		"together only S, G and W remain."
	return report.Section{Title: "The parts of the value, party by party", Note: v.viewWords(), Blocks: []report.Block{report.Paragraph{Text: v.verdict() + v.onPaths()}, t, v.partBars()}}
}

// viewWords say at which rate, on which day and under which view.
func (v *Valuation) viewWords() string {
	return fmt.Sprintf("Present values on %s at the riskless rate. The headline sees the opportunity cost of %s as %s; feedback is %s: what the supply side adds to %s %s what stakes in it are worth.",
		v.Deal.Signed, v.Deal.Name(v.Deal.Supplier()), v.headline(), v.Feedback, v.Deal.Name(v.Deal.Buyer()), map[string]string{"on": "is in", "off": "is not in"}[v.Feedback])
}

func (v *Valuation) columnTitle(c partyColumn) string {
	switch c.kind {
	case labColumn:
		return "Other holders of " + v.Deal.Name(c.party)
	case outsideColumn:
		return "Outside"
	}
	return v.Deal.Name(c.party)
}

// partCells is a row of the table of parts. What all have together is only S, G or W;
// of the rest one has what another gives.
func (v *Valuation) partCells(row partRow, cols []partyColumn, scale float64) []report.Cell {
	cells, sum, margin := report.Row(row.label), amount{margin: math.NaN()}, amount{}
	for _, c := range cols {
		x, ok := v.part(row, c)
		if !ok {
			cells = append(cells, report.Cell{})
			continue
		}
		sum.value, margin = sum.value+x.value, x
		cells = append(cells, report.Row(x.cell(scale))...)
	}
	if math.Abs(sum.value) < max(0.5, 1e-9*math.Abs(margin.value)) {
		return append(cells, report.Row(fixed(0, scale))...)
	}
	return append(cells, report.Row(margin.cell(scale))...)
}

// partBars shows the parts as they enter the provider's value.
func (v *Valuation) partBars() report.Bars {
	provider := v.columns()[0]
	b := report.Bars{Title: fmt.Sprintf("How the net present value of %s comes about.", v.Deal.Name(provider.party))}
	for _, row := range valueRows {
		if x, ok := v.part(row, provider); ok {
			b.Rows = append(b.Rows, report.Bar{Label: row.label, Value: money(v.Deal, x.value), Amount: x.value, Behind: v.behindNamed(row.name, "")})
		}
	}
	npv, _ := v.npv(provider)
	b.Rows = append(b.Rows, report.Bar{Label: "net present value", Value: money(v.Deal, npv.value), Amount: npv.value, Total: true, Behind: v.behindNamed("npv", provider.party)})
	return b
}

// viewRows are what differs between the views of the provider's cost.
var viewRows = []struct{ name, label string }{
	{"supply_gain", "G gain of supply"}, {"npv", "net present value of {provider}"}, {"npv_at_hurdle", "the same at its own hurdle rate"}, {"irr", "its internal rate of return"},
	{"joint_value", "all parties together"},
}

// views sets the three views of the provider's cost side by side.
func (v *Valuation) views() report.Section {
	provider := v.Deal.Supplier()
	t := report.Table{Columns: []report.Column{{Title: "If capacity is"}}}
	for _, name := range []string{"sunk", "scarce", "build"} {
		title := costWords[name]
		if name == v.headline() {
			title += " (headline)"
		}
		t.Columns = append(t.Columns, report.Column{Title: title, Align: report.AlignRight})
	}
	for _, row := range viewRows {
		cells, any := report.Row(strings.ReplaceAll(row.label, "{provider}", v.Deal.Name(provider))), false
		for _, name := range []string{"sunk", "scarce", "build"} {
			text := "not given"
			if k := v.view(name); k >= 0 {
				party := map[string]string{"npv": provider, "npv_at_hurdle": provider, "irr": provider}[row.name]
				x, ok := v.Views[k].at(row.name, party, "")
				any, text = any || ok, ""
				if ok {
					text = v.inFull(x)
				}
			}
			cells = append(cells, report.Row(text)...)
		}
		if any {
			t.Rows = append(t.Rows, cells)
		}
	}
	t.Rows = append(t.Rows, v.verdictCells(), v.shareCells())
	t.Note = "Supply share: (O + F + G) / (O + F + G + |premium| + |X|), of the means. Only G depends on the view of the cost, and with it the provider's value; the other holders' does not."
	return report.Section{Title: "Under each view of the provider's cost", Blocks: []report.Block{t}}
}

// view is the number of a view of the cost, or -1.
func (v *Valuation) view(name string) int {
	for k, c := range v.Views {
		if c.Name == name {
			return k
		}
	}
	return -1
}

// inFull writes an amount as reports do, with half its interval.
func (v *Valuation) inFull(x amount) string {
	text := v.write(x.measure, x.value)
	if x.estimate != nil && x.estimate.Varies() && !math.IsNaN(x.margin) && !x.measure.Unit.Quotient() {
		text += " ± " + v.write(x.measure, x.margin)
	}
	return text
}

// sign is what a view says of the provider: gains, loses or undetermined.
func (v *Valuation) sign(view int) string {
	x, _ := v.Views[view].at("npv", v.Deal.Supplier(), "")
	switch {
	case !math.IsNaN(x.margin) && math.Abs(x.value) < x.margin:
		return "undetermined"
	case x.value >= 0:
		return "gains"
	}
	return "loses"
}

func (v *Valuation) verdictCells() []report.Cell {
	cells := report.Row("verdict on " + v.Deal.Name(v.Deal.Supplier()))
	for _, name := range []string{"sunk", "scarce", "build"} {
		if k := v.view(name); k >= 0 {
			cells = append(cells, report.Row(v.sign(k))...)
			continue
		}
		cells = append(cells, report.Row("not given")...)
	}
	return cells
}

func (v *Valuation) shareCells() []report.Cell {
	cells := report.Row("supply share of the deal")
	for _, name := range []string{"sunk", "scarce", "build"} {
		text := "not given"
		if k := v.view(name); k >= 0 {
			share, margin := v.supplyShare(k)
			if text = "undefined"; !math.IsNaN(share) {
				text = unit.FormatRate(share)
			}
			if margin > 1e-9 {
				text += " ± " + unit.FormatRate(margin)
			}
		}
		cells = append(cells, report.Row(text)...)
	}
	return cells
}
