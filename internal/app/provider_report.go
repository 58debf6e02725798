// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"

	"offtake/internal/provider"
	"offtake/internal/report"
	"offtake/internal/unit"
	"offtake/internal/value/estimate"
)

// Report is what the commitment underwrites.
func (u *Underwriting) Report() *report.Document {
	d := u.run.Deal
	doc := &report.Document{Title: d.Title + ": what the commitment underwrites", File: &report.File{Name: u.run.Source.Name, Text: string(u.run.Source.Text)},
		Subtitle: fmt.Sprintf("%s Amounts are nominal, before tax, by contract year; debt is drawn at the start of the term and paid at the ends of years. %s Floor, debt and costs are of the terms alone.", dates(d), u.run.expectedWords("Expected spend"))}
	doc.Sections = []report.Section{u.summary(), u.built(), u.cash(), u.covers(), u.fails()}
	return withClosing(doc, report.Section{Title: "Inputs", Note: "What it costs to build, run and borrow; the file gives it under provider. The usual values and where they come from are in docs/provider.md.",
		Blocks: judgementTables(judgements(d, "provider")), Role: report.Evidence})
}

// cover writes a debt service cover ratio.
func cover(x float64) string {
	if math.IsNaN(x) {
		return "none due"
	}
	return fmt.Sprintf("%.2fx", x)
}

// coverWithMargin writes one with half its 95% confidence interval.
func coverWithMargin(e estimate.Estimate) string {
	if told(e, 0.005) {
		return fmt.Sprintf("%.2fx ± %.2f", e.Mean, e.Margin)
	}
	return cover(e.Mean)
}

func (u *Underwriting) money(cents float64) string { return money(u.run.Deal, cleared(cents)) }

// summary is the figures to read first.
func (u *Underwriting) summary() report.Section {
	capital, floor, expected := provider.CapitalCents(u.Years), total(u.Floor), spreadOf(u.Expected, u.apart, total)
	onFloor, _, onStressed := u.cases()
	_, least := u.expectedCover()
	fig := func(group, label, value, note string) report.Figure {
		return report.Figure{Group: group, Label: label, Value: value, Note: note}
	}
	rows := []report.Figure{
		fig("What is built", "capital cost", u.money(capital), "chips, and the rest, as capacity begins to run"),
		fig("What is built", "committed floor", u.money(floor), "the least that is owed, taken or not"),
		fig("What is built", "floor / capital cost", ratio(floor, capital), ""),
		fig("What is built", "expected spend", centsWithMargin(u.run.Deal, expected), ""),
		fig("What is lent", "debt that the floor carries", u.money(u.Loan.Cents), boundWords[u.Loan.Bound]),
		fig("What is lent", "debt / capital cost", ratio(u.Loan.Cents, capital), ""),
		fig("What is lent", "least cover on the floor", cover(provider.Least(onFloor)), ""),
		fig("What is lent", "least cover on expected spend", coverWithMargin(least), ""),
		fig("What is lent", "least cover on stressed spend", cover(provider.Least(onStressed)), u.stressWords()),
	}
	rows = append(rows, u.unitRows()...)
	backlog, equity := u.Exposure()
	share := func(x *float64, path string) (string, string) {
		if x == nil {
			return "unknown", "needs " + path
		}
		return unit.FormatRate(*x), ""
	}
	value, note := share(backlog, "accounting.supplier_backlog")
	rows = append(rows, fig("Against the supplier's accounts", "floor / backlog", value, note))
	value, note = share(equity, "provider.balance.equity")
	return report.Section{Title: "What the commitment carries", Blocks: []report.Block{report.Figures{Rows: append(rows, fig("Against the supplier's accounts", "most lost of the floor / equity", value, note))}}}
}

var boundWords = map[string]string{
	provider.BoundCover: "bounded by its cover", provider.BoundGearing: "bounded by the capital cost", provider.BoundNone: "the floor leaves no cash for debt"}

func (u *Underwriting) stressWords() string {
	if u.quantiles {
		return fmt.Sprintf("the 5%% quantile of each year over %s paths without a failure", unit.FormatCount(u.run.Sample.Paths))
	}
	return fmt.Sprintf("%s of what is expected, or the floor if more", unit.FormatRate(u.terms.Stress))
}

func total(xs []float64) float64 {
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum
}

func ratio(x, of float64) string {
	if of == 0 {
		return "undefined"
	}
	return unit.FormatRate(x / of)
}

// yearTable is a table with a row a contract year.
func (u *Underwriting) yearTable(columns []string, row func(y int) []string, years int) report.Table {
	t := report.Table{Columns: append([]report.Column{{Title: "Year", Align: report.AlignRight}}, numeric(columns...)...)}
	for y := range years {
		t.Rows = append(t.Rows, append(report.Row(fmt.Sprint(y+1)), report.Row(row(y)...)...))
	}
	return t
}

// built is what is built, written off and run.
func (u *Underwriting) built() report.Section {
	t := u.yearTable([]string{"GW", "Chips", "Shell", "Depreciation", "Book value", "Power", "Upkeep"}, func(y int) []string {
		x := &u.Years[y]
		return []string{unit.FormatNumber(x.PowerGW), u.money(x.ChipsCents), u.money(x.ShellCents), u.money(x.ChipsDepreciated + x.ShellWritten), u.money(x.BookCents), u.money(x.EnergyCents), u.money(x.UpkeepCents)}
	}, len(u.Years))
	return report.Section{Title: "What is built and run", Note: fmt.Sprintf("GW and book value at the year's end. A gigawatt of machines draws %s of its power, times %s, at %s a megawatt-hour.",
		unit.FormatRate(u.terms.Power.Load), unit.FormatNumber(u.terms.Power.PUE), u.money(u.terms.Power.PriceCents)), Blocks: []report.Block{t}}
}

// cash is what is billed and what is left of it, in three cases.
func (u *Underwriting) cash() report.Section {
	floor, expected, stressed, known := u.Cash(u.Floor), u.Cash(u.Expected), u.Cash(u.Stressed), u.expected()
	margin := func(y int) string { return orDash(told(known[y], 0.5), u.money(known[y].Margin)) }
	t := u.yearTable([]string{"Floor", "Stressed", "Expected", "±", "Floor", "Stressed", "Expected"}, func(y int) []string {
		return []string{u.money(u.Floor[y]), u.money(u.Stressed[y]), u.money(u.Expected[y]), margin(y), u.money(floor[y]), u.money(stressed[y]), u.money(expected[y])}
	}, len(u.Years))
	for k := 1; k <= 7; k++ {
		if t.Columns[k].Group = "Billed"; k > 4 {
			t.Columns[k].Group = "Cash for debt service"
		}
	}
	note := "Cash for debt service is what is billed less power and upkeep, which are certain: its error is that of what is billed. Stressed spend is " + u.stressWords() + "."
	for y, x := range u.Expected {
		if x+max(cent, margins(known[y])) < u.Floor[y] {
			note += " The floor is owed for all that is promised, delivered on time; what is expected to be late is billed for less."
			break
		}
	}
	return report.Section{Title: "What comes in", Note: note, Blocks: []report.Block{t}}
}

// covers is debt service and its cover in each year.
func (u *Underwriting) covers() report.Section {
	onFloor, onExpected, onStressed := u.cases()
	known, _ := u.expectedCover()
	note := fmt.Sprintf("Debt is %s at a cover of %s on the floor, over %s at %s a year.", u.terms.Debt.Shape, cover(u.terms.Debt.Cover), counted(len(u.Loan.Service), "year"), unit.FormatRate(u.terms.Debt.Rate))
	s := report.Section{Title: "Debt and its cover", Note: note}
	if u.Loan.Bound == provider.BoundNone {
		s.Blocks = []report.Block{report.Notice{Kind: report.Warning, Text: "The floor carries no debt: power and upkeep take it all, or a level debt has a year without cash."}}
		return s
	}
	t := u.yearTable([]string{"Debt service", "Owed", "On the floor", "Stressed", "Expected"}, func(y int) []string {
		return []string{u.money(u.Loan.Service[y]), u.money(u.Loan.Left[y]), cover(onFloor[y]), cover(onStressed[y]), coverWithMargin(known[y])}
	}, len(u.Loan.Service))
	for k := 3; k <= 5; k++ {
		t.Columns[k].Group = "Cover"
	}
	s.Blocks = []report.Block{t, u.coverChart(onFloor, onStressed, onExpected)}
	return s
}

// coverChart shows the covers over the years of the debt.
func (u *Underwriting) coverChart(floor, stressed, expected []float64) report.Chart {
	c := report.Chart{Title: "Cover of debt service in each year of the debt: on the floor, on stressed and on expected spend. Below 1 it is not met.",
		X: report.Axis{Title: "contract year"}, Y: report.Axis{Title: "cash over debt service"}}
	for _, x := range []struct {
		name string
		of   []float64
	}{{"on the floor", floor}, {"stressed", stressed}, {"expected", expected}, {"just met", nil}} {
		line := report.Series{Name: x.name}
		for y := range u.Loan.Service {
			at := 1.0
			if x.of != nil {
				at = x.of[y]
			}
			line.X, line.Y = append(line.X, float64(y+1)), append(line.Y, at)
		}
		c.Series = append(c.Series, line)
	}
	for y := range u.Loan.Service {
		c.X.Ticks = append(c.X.Ticks, report.Mark{X: float64(y + 1), Label: fmt.Sprint(y + 1)})
	}
	return c
}

// fails is what is lost if the buyer fails.
func (u *Underwriting) fails() report.Section {
	d := u.run.Deal
	t := report.Table{Columns: append([]report.Column{{Title: "After year", Align: report.AlignRight}}, numeric("Floor to come", "Lost of it", "Book value", "Debt owed", "Cash for it", "Short by")...)}
	for at, f := range u.Failures {
		t.Rows = append(t.Rows, report.Row(fmt.Sprint(at), u.money(f.FloorCents), u.money(f.LostCents), u.money(f.BookCents), u.money(f.DebtCents), u.money(f.CashCents), u.money(f.ShortCents)))
	}
	t.Note = "Present values on that day at the rate of the debt. Cash for it is what letting to others brings over the debt's tenor, less power and upkeep; before the start nothing is built."
	return report.Section{Title: "If " + d.Name(d.Buyer()) + " fails", Note: fmt.Sprintf("The capacity is then let to others for %s of the floor, at once.", unit.FormatRate(u.terms.Resale)), Blocks: []report.Block{t}}
}
