// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"

	"offtake/internal/clause"
	"offtake/internal/measure"
	"offtake/internal/report"
	"offtake/internal/unit"
)

// equity is what the cheques buy, and what compute costs beside.
func (v *Valuation) equity() report.Section {
	s := report.Section{Title: "What the money buys"}
	t := report.Table{Columns: []report.Column{{Title: "Holder"}}}
	names := []string{"stake_without", "cheques", "stake_with", "stake_gain"}
	var all [][]float64
	holders := v.columns()
	holders = holders[:len(holders)-2]
	for _, c := range holders {
		for _, name := range names {
			x, _ := v.own().at(name, c.party, "")
			all = append(all, []float64{x.value})
		}
	}
	scale, unitName := scaleOf(v.Deal.Currency, all)
	for _, title := range []string{"Stake without the deal", "Cheques", "Stake with it", "Gained, less cheques"} {
		t.Columns = append(t.Columns, report.Column{Title: title, Unit: unitName, Align: report.AlignRight})
	}
	for _, c := range holders {
		cells, some := report.Row(v.Deal.Name(c.party)), false
		for _, name := range names {
			x, _ := v.own().at(name, c.party, "")
			some = some || x.value != 0
			cells = append(cells, report.Row(x.cell(scale))...)
		}
		if some {
			t.Rows = append(t.Rows, cells)
		}
	}
	if len(t.Rows) > 0 {
		s.Blocks = append(s.Blocks, t)
	}
	var rows []report.Figure
	for _, row := range []struct{ name, label string }{
		{"premium", "cheques above fair value"}, {"net_equity_price", "net price of the equity: cheques less O"}, {"implied_cost_of_capital", "implied cost of capital"},
		{"effective_price", "effective price of compute"}, {"effective_market_price", "market price of the same units"}, {"price_above_market", "effective price above the market's"},
		{"effective_discount", "net gift by other clauses / spend"},
	} {
		if f, ok := v.figure(row.name, "", row.label); ok {
			rows = append(rows, f)
		}
	}
	s.Blocks = append(s.Blocks, report.Figures{Rows: rows})
	return s
}

// discounting sets the pricing measure and the parties' own rates side by side.
func (v *Valuation) discounting() report.Section {
	s := report.Section{Title: "At the riskless rate, and at each party's own"}
	t := report.Table{Columns: []report.Column{{Title: "Party"}, {Title: "Own rate", Align: report.AlignRight}, {Title: "At the riskless rate", Align: report.AlignRight},
		{Title: "At its own", Align: report.AlignRight}, {Title: "Time preference", Align: report.AlignRight}}}
	sum, any := 0.0, false
	for _, c := range v.columns() {
		npv, ok := v.own().at("npv", c.party, "")
		if !ok || c.kind == outsideColumn {
			continue
		}
		cells := report.Row(v.holderName(c.party), "none", v.inFull(npv), "", "")
		if own, ok := v.own().at("npv_at_hurdle", c.party, ""); ok {
			gap, _ := v.own().at("time_preference", c.party, "")
			cells[1].Text, cells[3].Text, cells[4].Text = unit.FormatRate(v.hurdle(c.party)), v.inFull(own), v.inFull(gap)
			sum, any = sum+gap.value, true
		}
		t.Rows = append(t.Rows, cells)
	}
	if !any {
		return withBlock(s, report.Notice{Kind: report.Note, Text: "The file names no hurdle rate (world.hurdle), so there is one view alone."})
	}
	t.Note = fmt.Sprintf("In the pricing measure every flow is discounted at the riskless rate, and the parties' values add up to S + G - W. At their own rates they do not: what is missing, %s, is time preference. "+
		"Flows at a party's own rate leave out the deadweight cost of default.", money(v.Deal, sum))
	return withBlock(s, t)
}

func (v *Valuation) hurdle(party string) float64 {
	for _, h := range v.Deal.World.Hurdle {
		if h.Party == party {
			return h.Rate
		}
	}
	return math.NaN()
}

// rightsPage is every right by itself.
func (v *Valuation) rightsPage() report.Section {
	s := report.Section{Title: "Rights, one by one", Note: "Own flows: what the flows that are the right's own bring to who has it, and on what share of paths there are any. Beside them what the deal is worth with the right less what it is worth " +
		"without it, on the same draws: that also has what others do because of the right, such as capacity that is called, minimums that end, or money that is not drawn elsewhere. The two differ, and neither is the one value."}
	var all [][]float64
	for _, r := range v.Rights {
		x, _ := v.own().at("own_flows", r.Holder, r.ID)
		all = append(all, []float64{x.value})
		for _, c := range v.gainColumns() {
			y, _ := v.less(r.without, c.name, c.party)
			all = append(all, []float64{y.value})
		}
	}
	scale, unitName := scaleOf(v.Deal.Currency, all)
	t := report.Table{Stub: 1, Columns: []report.Column{{Title: "Right"}, {Title: "Whose", Align: report.AlignLeft}, {Title: "Own flows, to it", Unit: unitName, Align: report.AlignRight}, {Title: "Any on", Align: report.AlignRight}}}
	for _, c := range v.gainColumns() {
		t.Columns = append(t.Columns, report.Column{Group: "With less without, to", Title: c.title, Unit: unitName, Align: report.AlignRight})
	}
	for i := range v.Rights {
		t.Rows = append(t.Rows, v.rightCells(&v.Rights[i], scale))
	}
	return withBlock(s, t)
}

// A gainColumn is a value that a right may change.
type gainColumn struct{ name, party, title, cost string }

// gainColumns are the provider's value under each view, then everybody else's.
func (v *Valuation) gainColumns() []gainColumn {
	var out []gainColumn
	for _, c := range v.Views {
		out = append(out, gainColumn{"npv_if_" + c.Name, v.Deal.Supplier(), fmt.Sprintf("%s, %s", v.Deal.Name(v.Deal.Supplier()), costWords[c.Name]), c.Name})
	}
	for _, c := range v.columns() {
		if c.kind == thirdColumn || c.kind == labColumn {
			out = append(out, gainColumn{"npv", c.party, v.columnTitle(c), ""})
		}
	}
	return out
}

func (v *Valuation) rightCells(r *RightWorth, scale float64) []report.Cell {
	own, _ := v.own().at("own_flows", r.Holder, r.ID)
	cells := report.Row(r.ID+": "+r.What, v.Deal.Name(r.Holder), own.cell(scale), v.moves(r, own))
	for _, c := range v.gainColumns() {
		text := ""
		if x, ok := v.less(r.without, c.name, c.party); ok {
			if math.Abs(x.value) < 0.5 {
				x.value = 0
			}
			text = x.cell(scale)
		}
		cells = append(cells, report.Row(text)...)
	}
	return cells
}

// moves is on what share of paths flows of a right's own move anything.
func (v *Valuation) moves(r *RightWorth, own amount) string {
	switch {
	case !r.HasLines(v.Base.Job.Program):
		return "has none"
	case own.estimate != nil:
		return happens(own.estimate)
	case math.Abs(own.value) < own.measure.Unit.Nothing():
		return "never"
	}
	return "the base run"
}

// closedForms are what formulas say, where the deal's terms are theirs.
func (v *Valuation) closedForms() report.Section {
	s := report.Section{Title: "Closed forms beside", Note: "A formula is a check where the deal meets its assumptions; where it does not, the first that fails is named and no number is given."}
	t := report.Table{Columns: []report.Column{{Title: "Right"}, {Title: "Formula", Align: report.AlignLeft}, {Title: "It says", Align: report.AlignRight}, {Title: "Run beside it", Align: report.AlignRight},
		{Title: "Why not", Align: report.AlignLeft}}}
	for _, r := range v.Rights {
		if r.Closed.Formula == "none" {
			continue
		}
		cells := report.Row(r.ID, r.Closed.Formula, "", "", r.Closed.Unfit+r.Closed.Says)
		if !math.IsNaN(r.Closed.Cents) {
			cells[2].Text = money(v.Deal, r.Closed.Cents)
			if x, ok := v.beside(&r); ok {
				cells[3].Text = v.inFull(x)
			}
		}
		t.Rows = append(t.Rows, cells)
	}
	if len(t.Rows) == 0 {
		return withBlock(s, report.Paragraph{Text: "None of these rights has one: they are used month by month, as other clauses bind."})
	}
	t.Note = "Rights that are used month by month, as other clauses bind, have no closed form and are left out."
	return withBlock(s, t)
}

// beside is the figure of the run that a formula is set against: own flows, or where the
// right has none, what its holder gains by it; of exclusivity what the buyer loses by it.
func (v *Valuation) beside(r *RightWorth) (amount, bool) {
	if _, binds := r.Gives().(*clause.Exclusivity); binds {
		x, ok := v.less(r.without, "npv", v.Deal.Buyer())
		x.value = -x.value
		return x, ok
	}
	if r.Kinds == nil {
		if own, ok := v.own().at("own_flows", r.Holder, r.ID); ok && math.Abs(own.value) >= measure.Money.Nothing() {
			return own, true
		}
	}
	return v.less(r.without, "npv", r.Holder)
}
