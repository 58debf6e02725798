// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"strings"

	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/report"
	"offtake/internal/unit"
)

// headlineGroups are the headline figures in the order of the report.
var headlineGroups = []struct {
	title string
	rows  []struct{ name, label string }
}{
	{"Commitment against capital", []struct{ name, label string }{
		{"incremental_commitment", "commitment that is new"},
		{"headline_ratio", "commitment / first cheque"},
		{"incremental_ratio", "what is new of it / first cheque"},
		{"total_ratio", "commitment / all capital"},
		{"pv_ratio", "PV spend / PV capital, as agreed"},
		{"survival_ratio", "PV spend / PV capital, with default"},
		{"margin_ratio", "provider's gain / its capital"},
	}},
	{"What the cheque covers", []struct{ name, label string }{
		{"nominal_coverage", "cheques / commitment"},
		{"pv_coverage", "PV cheques / PV spend"},
		{"months_funded", "first year's spend funded"},
		{"round_trip_month", "cash back reaches capital put in"},
		{"own_money_first", "own money in its revenue, up to"},
		{"own_money_proportional", "the same, if money mixes"},
		{"own_money_last", "the same, at least"},
	}},
	{"What the cheque buys", []struct{ name, label string }{
		{"stake", "share of {buyer} bought"},
		{"stake_fair_value", "its fair value"},
		{"premium", "cheques above fair value"},
		{"net_equity_price", "cheques less overcharge"},
		{"breakeven_markup", "mark-up that repays the cheques"},
		{"breakeven_markup_fair", "mark-up that repays the premium"},
		{"implied_cost_of_capital", "implied cost of capital"},
	}},
	{"What compute costs", []struct{ name, label string }{
		{"effective_price", "effective price"},
		{"effective_market_price", "market price of the same units"},
		{"effective_discount", "net gift by other clauses / spend"},
	}},
	{"What is at stake", []struct{ name, label string }{
		{"pv_spend", "present value of spend"},
		{"effective_commitment", "commitment that cannot be escaped"},
		{"deficiency_elsewhere", "deficiency elsewhere"},
		{"deficiency_book", "deficiency, here and elsewhere"},
		{"least_cash", "lowest cash of {buyer}"},
	}},
}

// headline is the figures seen together; none of them is the one number.
func (r *Run) headline() report.Section {
	s := report.Section{Title: "Headline figures", Note: "To be read together: each compares unlike things in its own way."}
	var rows []report.Figure
	for _, g := range headlineGroups {
		for _, row := range g.rows {
			if row.name == "effective_commitment" && !r.escapes() {
				continue
			}
			if f, ok := r.figure(row.name, "", strings.ReplaceAll(row.label, "{buyer}", r.Deal.Name(r.Deal.Buyer()))); ok {
				f.Group = r.groupTitle(g.title)
				rows = append(rows, f)
			}
		}
	}
	s.Blocks = append(s.Blocks, report.Figures{Rows: rows})
	if _, ok := r.estimate("own_money_first", ""); ok && r.Deal.World.OtherInflow == nil {
		s.Blocks = append(s.Blocks, report.Notice{Kind: report.Note, Text: "How much of the revenue is the provider's own money is a range, because cash is fungible; its other ends need world.other_inflow."})
	}
	if r.Sample == nil {
		s.Blocks = append(s.Blocks, r.cashWarning()...)
	}
	return s
}

// groupTitle is the title of a group where there is no commitment, or no
// cheque.
func (r *Run) groupTitle(title string) string {
	has := func(name string) bool { return measure.Find(r.Base.Measures, name, "", "", 0) >= 0 }
	switch {
	case title == "Commitment against capital" && !has("total_ratio"):
		return "Spend against capital"
	case title == "What the cheque covers" && !has("pv_coverage"):
		return "What the capital covers"
	}
	return title
}

// escapes tells whether the buyer can get out of a part of its commitments.
func (r *Run) escapes() bool {
	least, ok := r.estimate("effective_commitment", "")
	return ok && r.Base.Job.Setting(false).CommitmentCents-least >= 0.5
}

// figure is one measure as a row of the report.
func (r *Run) figure(name, party, label string) (report.Figure, bool) {
	i := measure.Find(r.Base.Measures, name, party, "", 0)
	if i < 0 {
		return report.Figure{}, false
	}
	m := r.Base.Measures[i]
	if r.Sample == nil {
		f := report.Figure{Label: label, Value: r.write(m, r.Base.Values[i]), Behind: r.behindOf(m)}
		if m.Why != nil && math.IsNaN(r.Base.Values[i]) {
			f.Note = m.Why(r.Base.Book)
		}
		return f, true
	}
	i = r.sampled(m)
	if i < 0 {
		return report.Figure{}, false
	}
	x := &r.Sample.Estimates[i]
	f := report.Figure{Label: label, Value: r.write(m, x.Mean), Behind: r.behindOf(m)}
	between := fmt.Sprintf("5%% to 95%%: %s to %s", r.write(m, x.Histogram.Quantile(0.05)), r.write(m, x.Histogram.Quantile(0.95)))
	switch {
	case x.N == 0:
		f.Value, f.Note = "undefined", "on every path"
	case x.Varies() && m.Unit.Quotient():
		f.Value, f.Note = r.write(m, r.Sample.OfMeans[i]), between
	case x.Varies():
		f.Note = fmt.Sprintf("± %s%s; %s", strings.TrimPrefix(r.write(m, x.Margin()), "month "), rough(x), between)
	}
	if x.Undefined > 0 && x.N > 0 {
		if f.Note != "" {
			f.Note += "; "
		}
		f.Note += fmt.Sprintf("undefined on %s of paths", unit.FormatRate(float64(x.Undefined)/float64(x.N+x.Undefined)))
	}
	return f, true
}

// write writes a measure's value for people.
func (r *Run) write(m measure.Measure, x float64) string { return writeFigure(r.Deal, m, x) }

// writeFigure is write for a deal.
func writeFigure(d *deal.Deal, m measure.Measure, x float64) string {
	if math.IsNaN(x) {
		return "undefined"
	}
	if m.Unit != measure.Money && math.Abs(x) < 1e-12 {
		x = 0 // what rounding leaves of equal amounts
	}
	switch m.Unit {
	case measure.Money:
		return money(d, x)
	case measure.Price:
		return unit.FormatNumber(x/unit.MinorPerMajor) + " per unit"
	case measure.Units:
		return unit.FormatNumber(x) + " units"
	case measure.Rate:
		return unit.FormatRate(x)
	case measure.Shares:
		return unit.FormatNumber(x) + " shares"
	case measure.Months:
		if m.Name == "cash_out_month" {
			return fmt.Sprintf("month %.0f", x) // a step's end, which a quantile is close to
		}
		if m.Name == "round_trip_month" {
			return "month " + unit.FormatNumber(x)
		}
		return unit.FormatNumber(x) + " months"
	}
	return unit.FormatNumber(x)
}

// estimate is a measure's base value, or its mean over the sample.
func (r *Run) estimate(name, party string) (float64, bool) {
	i := measure.Find(r.Base.Measures, name, party, "", 0)
	if i < 0 {
		return 0, false
	}
	if r.Sample != nil {
		return r.Sample.Estimates[r.sampled(r.Base.Measures[i])].Mean, true
	}
	return r.Base.Values[i], true
}

// sampled is the index of a base run's measure among those of the sample, or
// -1: what was agreed apart from default is known to a base run only.
func (r *Run) sampled(m measure.Measure) int {
	return measure.Find(r.Sample.Measures, m.Name, m.Party, m.Clause, m.Period)
}
