// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"strings"

	"offtake/internal/report"
	"offtake/internal/unit"
	"offtake/internal/value/estimate"
	"offtake/internal/value/means"
)

// Report sets the means side by side.
func (a *ByOtherMeans) Report() *report.Document {
	return &report.Document{Title: a.Deal.Title, Subtitle: a.subtitle(),
		Sections: []report.Section{a.price(), a.keeps(), a.defaults(), a.ventureCapital(), a.assumed()}}
}

// Page is the report with the clauses that each of the means is made of.
func (a *ByOtherMeans) Page() *report.Document {
	doc := a.Report()
	doc.File = &report.File{Name: a.Source.Name, Text: string(a.Source.Text)}
	for _, m := range a.Means[1:] {
		doc.Sections = append(doc.Sections, report.Section{Title: "Made of: " + m.Title, Role: report.Evidence, Blocks: []report.Block{report.Clauses{Items: clausesWithout(m)}}})
	}
	return doc
}

// clausesWithout are the clauses of a constructed deal, which stand in no file shown.
func clausesWithout(m MeanRun) []report.Clause {
	out := items(m.Deal)
	for i := range out {
		out[i].Place, out[i].Line = "", 0
	}
	return out
}

// moneyWords say what all of the means bring.
func (a *ByOtherMeans) moneyWords() string {
	first := 0.0
	for _, m := range a.Money {
		if m.At.IsZero() {
			first += m.Cents
		}
	}
	s := fmt.Sprintf("Each brings %s %s, ", a.Deal.Name(a.Deal.Buyer()), money(a.Deal, a.sum()))
	if n := len(a.Money); n > 1 || first == 0 {
		s += fmt.Sprintf("%s of it at signing and what is later once a contract year, until %s", money(a.Deal, first), a.Money[n-1].At)
	} else {
		s += "all of it at signing"
	}
	return s + ", and the compute of the given deal: its capital and its commitments are taken out, and clauses of the vocabulary put in. Each is a deal of its own in the same world; --write DIR writes them as files that offtake run takes."
}

// price is what the money costs by each of the means.
func (a *ByOtherMeans) price() report.Section {
	t := report.Table{Columns: []report.Column{{Title: "By"}}, Transposable: true}
	for _, x := range shownFigures {
		t.Columns = append(t.Columns, report.Column{Title: x.title, Align: report.AlignRight})
	}
	for i := range a.Means {
		row := report.Row(a.Means[i].label())
		for _, x := range shownFigures {
			row = append(row, report.Cell{Text: a.writeFigure(x.name, x.cents, a.Means[i].known(x.of))})
		}
		t.Rows = append(t.Rows, row)
	}
	t.Note = "Cost of the money: the yearly rate of the expected flows between those who give it and those who get it, with shares at what they are worth at the horizon; what compute costs is not in it, so that a dear price beside cheap money does not " +
		"show here (see what holders keep). In the pricing measure fair shares cost the riskless rate; what holders ask for is in world.hurdle. Gone after: until more has been paid under the deal than the money brought, other income " +
		"left out. Committed: of what is paid to suppliers of compute, what is due whether it is taken or not. Exit after year 3: minimums and rents still to run, or the fee to leave, and prepaid money not used. " + a.figuresAre()
	blocks := []report.Block{t}
	if x, any := a.againstGiven(); any {
		blocks = append(blocks, x)
	}
	return report.Section{Title: "The same money by other means", Note: a.moneyWords(), Blocks: append(blocks, a.impliedNote())}
}

// figuresAre says of which run the figures are.
func (a *ByOtherMeans) figuresAre() string {
	const before = ", before default but for the cost of the money."
	switch {
	case a.Sample == nil:
		return "All of base runs, which understate deficiency" + before
	case a.Means[0].apart == nil:
		return "All of the mean flows of the sample" + before + " Their errors take scramblings of Sobol points, and are not known of plain numbers."
	}
	return "All of the mean flows of the sample, ± half a 95% confidence interval by the scramblings" + before
}

// againstGiven sets the figures of the other means against the given deal's; none without errors.
func (a *ByOtherMeans) againstGiven() (report.Table, bool) {
	t := report.Table{Title: "Less the given deal", Columns: []report.Column{{Title: "By"}}, Transposable: true}
	for _, x := range shownFigures {
		t.Columns = append(t.Columns, report.Column{Title: x.title, Align: report.AlignRight})
	}
	low, high := math.Inf(1), 0.0
	for i := range a.Means[1:] {
		m := &a.Means[i+1]
		row := report.Row(m.Name)
		for _, x := range shownFigures {
			e, ratio := m.beyondGiven(&a.Means[0], x.of)
			text := a.writeFigure(x.name, x.cents, e)
			if months, ok := strings.CutPrefix(text, "month "); ok {
				text = months + " months"
			}
			if math.IsNaN(e.Mean) {
				text = "–"
			}
			row = append(row, report.Cell{Text: text})
			if ratio > 1e-12 {
				low, high = min(low, ratio), max(high, ratio)
			}
		}
		t.Rows = append(t.Rows, row)
	}
	if high > 0 {
		t.Note = fmt.Sprintf("On the same draws: differences have %s to %s times the variance that independent draws would give them.", ratioWords(low), ratioWords(high))
	}
	return t, a.Means[0].apart != nil
}

func ratioWords(x float64) string { return unit.FormatNumber(math.Round(1e3*x) / 1e3) }

// writeFigure writes one of the figures with its error.
func (a *ByOtherMeans) writeFigure(name string, cents bool, e estimate.Estimate) string {
	switch {
	case cents:
		return centsWithMargin(a.Deal, e)
	case math.IsNaN(e.Mean):
		return map[string]string{"cost_of_money": "no one rate", "gone_after_month": "never in the term", "committed": "nothing paid"}[name]
	case name == "gone_after_month":
		text := "month " + unit.FormatNumber(e.Mean)
		if told(e, 1e-12) {
			text += fmt.Sprintf(" ± %.1f", e.Margin)
		}
		return text
	}
	e.Mean = math.Round(1e10*e.Mean) / 1e10
	return rateWithMargin(e)
}

// label is what one of the means is, with its name.
func (x *MeanRun) label() string {
	if x.Name == given {
		return x.Title
	}
	return x.Name + ": " + x.Title
}

// impliedNote says what the given deal's money costs with the price of compute counted in.
func (a *ByOtherMeans) impliedNote() report.Block {
	x, ok := a.Means[0].at("implied_cost_of_capital", "", "")
	if !ok || math.IsNaN(x.value) {
		return report.Paragraph{Text: "What the given deal's money costs with the overcharge on compute counted as a payment for it has no one rate."}
	}
	return report.Paragraph{Text: fmt.Sprintf("With the overcharge on compute counted as a payment for the cheques, the given deal's money costs %s a year.", unit.FormatRate(x.value))}
}

// keeps is what each side has by each of the means.
func (a *ByOtherMeans) keeps() report.Section {
	provider, lab := a.Deal.Supplier(), a.Deal.Buyer()
	t := report.Table{Columns: []report.Column{{Title: "By"}, {Title: "Other holders of " + a.Deal.Name(lab), Align: report.AlignRight}, {Title: a.Deal.Name(provider), Align: report.AlignRight},
		{Title: "Other parties", Align: report.AlignRight}, {Title: "Outside", Align: report.AlignRight}, {Title: "All together", Align: report.AlignRight}}}
	b := report.Bars{Title: "What the other holders of " + a.Deal.Name(lab) + " keep: net present value to them."}
	for _, m := range a.Means {
		keep, _ := m.at("npv", lab, "")
		cloud, _ := m.at("npv", provider, "")
		joint, _ := m.at("joint_value", "", "")
		outside, _ := m.at("instruments_outside", "", "")
		t.Rows = append(t.Rows, report.Row(m.Name, a.inFull(keep), a.inFull(cloud), money(a.Deal, thirdParties(m)), money(a.Deal, cleared(outside.value)), a.inFull(joint)))
		b.Rows = append(b.Rows, report.Bar{Label: m.Name, Value: money(a.Deal, keep.value), Amount: keep.value})
	}
	t.Note = "Net present values at the riskless rate under the headline cost, " + a.Deal.World.Cost.Headline + ". Other parties are investors, lenders and the lab's own site. Those outside build the site and run it: they are paid its cost, and what it yields is counted at the market price of compute."
	if a.Sample != nil {
		t.Note += " Means over the sample, on the same draws, each ± half its 95% confidence interval."
	}
	return report.Section{Title: "What is kept", Blocks: []report.Block{t, b}}
}

// thirdParties is what other parties than the two sides have.
func thirdParties(m MeanRun) float64 {
	sum := 0.0
	for _, p := range m.base.Job.Setting(false).Sides()[2:] {
		x, _ := m.at("npv", p, "")
		sum += x.value
	}
	return cleared(sum)
}

// cleared is an amount without what rounding leaves of nothing.
func cleared(cents float64) float64 {
	if math.Abs(cents) < 0.5 {
		return 0
	}
	return cents
}

// inFull writes an amount with half its interval.
func (a *ByOtherMeans) inFull(x amount) string { return (&Valuation{Run: a.Run}).inFull(x) }

// defaults is what the lab's failing costs whom.
func (a *ByOtherMeans) defaults() report.Section {
	lab := a.Deal.Buyer()
	s := report.Section{Title: "What a default would cost, and whom"}
	if a.Deal.World.Default.Mode == "none" {
		return withBlock(s, report.Notice{Kind: report.Note, Text: fmt.Sprintf("In the world of the file %s cannot fail (world.default).", a.Deal.Name(lab))})
	}
	t := report.Table{Stub: 2, Columns: []report.Column{{Title: "By"}, {Title: "Whom", Align: report.AlignLeft}, {Title: "Expected cost", Align: report.AlignRight}}}
	for _, m := range a.Means {
		for i, p := range m.base.Job.Setting(false).Sides() {
			x, ok := m.lost(p)
			if i > 1 && math.Abs(x.value) < 0.5 || !ok {
				continue
			}
			t.Rows = append(t.Rows, report.Row(m.Name, nameIn(m, p, lab), a.inFull(x)))
		}
	}
	t.Note = "The net present value if " + a.Deal.Name(lab) + " could not fail, less its net present value; below zero where failing relieves a party of what it would have paid. In expectation: times the odds, not given that it happens. The site goes on paying its lenders when the lab has failed, out of what others pay for it, so that project lenders lose less here than they might."
	return withBlock(s, t)
}

// nameIn is whose value it is: of the lab, all other holders'.
func nameIn(m MeanRun, party, lab string) string {
	if party == lab {
		return "other holders of " + m.Deal.Name(lab)
	}
	return m.Deal.Name(party)
}

// assumed are the terms that the other means rest on.
func (a *ByOtherMeans) assumed() report.Section {
	x := a.Terms
	t := report.Table{Columns: []report.Column{{Title: "Assumed"}, {Title: "Value", Align: report.AlignLeft}, {Title: "Why", Align: report.AlignLeft}}}
	values := []string{
		fmt.Sprintf("%s, %s, %s, %s", unit.FormatRate(x.VentureRate), unit.FormatRate(x.VentureFee), unit.FormatRate(x.VentureCover), counted(x.VentureYears, "year")),
		fmt.Sprintf("%s, %s", unit.FormatRate(x.VendorRate), counted(x.VendorYears, "year")),
		money(a.Deal, x.BuildCents), money(a.Deal, x.RunningCents) + " a GW and year",
		fmt.Sprintf("%s, %s", unit.FormatRate(x.DebtShare), unit.FormatRate(x.DebtRate)), counted(x.LifeYears, "year"), money(a.Deal, x.YieldCents),
	}
	for i, r := range means.Reasons {
		t.Rows = append(t.Rows, report.Row(sentenceCase(r.Term), values[i], r.Says))
	}
	return report.Section{Title: "What the other means rest on", Note: "Assumptions of this command, not of the file and nobody's offer; each has a flag.", Blocks: []report.Block{t}}
}
