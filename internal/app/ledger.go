// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"offtake/internal/measure"
	"offtake/internal/report"
	"offtake/internal/unit"
)

// ledgerColumns are the rows of a commitment's ledger, as columns.
var ledgerColumns = []struct{ name, title string }{
	{"schedule", "Schedule"}, {"relief", "Relief"}, {"minimum", "Minimum"}, {"taken", "Taken"}, {"spend", "Spend"},
	{"carry_forward_used", "Carried in"}, {"deferred", "Deferred"}, {"deficiency", "Deficiency"}, {"deficiency_paid", "Paid for it"},
	{"make_up_used", "Make-up used"}, {"make_up_bank", "Make-up bank"}, {"carry_forward_bank", "Carry bank"}, {"paid", "Paid"},
}

// ledgers is the ledger by period of each clause that keeps one; of a sampled
// run its means, and their standard errors.
func (r *Run) ledgers() report.Section {
	s := report.Section{Title: "The commitment's ledger"}
	for _, c := range r.Deal.Clauses {
		id := c.Head().ID
		if !r.keepsLedger(id) {
			continue
		}
		if c.Kind() != "commitment" {
			s.Title = "Ledgers"
		}
		if r.Sample == nil {
			t := r.ledger(id, func(i int) float64 { return r.Base.Values[i] })
			if len(s.Blocks) == 0 {
				t.Note = strings.TrimSpace(t.Note + " A deficiency is marked with !. Before default. The mean of every input understates deficiency: minimums bite when need is low.")
			}
			s.Blocks = append(s.Blocks, t)
			continue
		}
		means := r.ledger(id, func(i int) float64 { return r.estimated(i).Mean })
		means.Title, means.Note = id+", means over the sample", strings.TrimSpace(means.Note+" After a default a lane counts as zero in every column.")
		errors := r.ledger(id, func(i int) float64 { return r.estimated(i).StandardError() })
		errors.Title = id + ", standard errors of these means"
		s.Blocks = append(s.Blocks, means, errors)
	}
	if len(s.Blocks) == 0 {
		s.Blocks = []report.Block{report.Paragraph{Text: "There is no commitment, and so no ledger."}}
	}
	return s
}

// keepsLedger tells whether a clause has readings by period.
func (r *Run) keepsLedger(id string) bool {
	return slices.ContainsFunc(r.Base.Measures, func(m measure.Measure) bool { return m.Clause == id && m.Period > 0 })
}

// columnsOf are the columns of a clause's ledger: those of a commitment, and
// whatever else it reports by period, by its words.
func (r *Run) columnsOf(id string) []struct{ name, title string } {
	out := slices.Clone(ledgerColumns)
	for _, rd := range r.Base.Job.Program.Readings() {
		known := slices.ContainsFunc(out, func(c struct{ name, title string }) bool { return c.name == rd.Name })
		if rd.Clause == id && rd.Steps > 0 && !known {
			out = append(out, struct{ name, title string }{rd.Name, lineName(rd.Name)})
		}
	}
	return out
}

// estimated is the sample's estimate of a base run's measure, by its index.
func (r *Run) estimated(i int) *measure.Estimate {
	return &r.Sample.Estimates[r.sampled(r.Base.Measures[i])]
}

// ledgerColumn is a row of the ledger, over the periods.
type ledgerColumn struct {
	title  string
	values []float64
	units  bool
	status bool // 1 or 0, and no amount
	warn   bool
}

// ledger is the table of one commitment, of the values that at gives.
func (r *Run) ledger(id string, at func(measure int) float64) report.Table {
	t := report.Table{Title: id, Columns: []report.Column{{Title: "Period", Align: report.AlignRight}}, Transposable: true, Behind: report.Behind{Clauses: []string{id}}}
	var cols []ledgerColumn
	var money [][]float64
	for _, lc := range r.columnsOf(id) {
		c := ledgerColumn{title: lc.title, warn: lc.name == "deficiency"}
		for y := 1; ; y++ {
			i := measure.Find(r.Base.Measures, lc.name, "", id, y)
			if i < 0 {
				break
			}
			c.values, c.units = append(c.values, at(i)), r.Base.Measures[i].Unit == measure.Units
			c.status = r.Base.Measures[i].Unit == measure.Rate
		}
		if len(c.values) == 0 || allZero(c.values) && !c.warn {
			continue
		}
		if cols = append(cols, c); !c.units && !c.status {
			money = append(money, c.values)
		}
	}
	scale, name := scaleOf(r.Deal.Currency, money)
	for _, c := range cols {
		col := report.Column{Title: c.title, Align: report.AlignDecimal, Unit: name}
		switch {
		case c.units:
			col.Unit = "units"
		case c.status:
			col.Unit = ""
		}
		t.Columns = append(t.Columns, col)
	}
	if len(cols) == 0 {
		t.Note = "Every row is zero."
		return t
	}
	for y := range cols[0].values {
		row := []report.Cell{{Text: fmt.Sprint(y + 1)}}
		for _, c := range cols {
			cell := amountCell(c.values[y], scale)
			switch {
			case c.units:
				cell = report.Cell{Text: unit.FormatNumber(c.values[y])}
			case c.status:
				cell = statusCell(c.values[y])
			}
			cell.Warn = c.warn && math.Abs(c.values[y]) >= 0.5 && r.Sample == nil
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	if rows := len(t.Rows); r.Sample == nil {
		if t.Rows = folded(t.Rows); len(t.Rows) < rows {
			t.Note = "A row of several periods says what each of them has."
		}
	}
	return t
}

// statusCell is yes or no; of a sample, on what share of the paths it is yes.
func statusCell(x float64) report.Cell {
	switch x {
	case 0:
		return report.Cell{Text: "–", Dim: true}
	case 1:
		return report.Cell{Text: "yes"}
	}
	return report.Cell{Text: unit.FormatRate(x)}
}

// foldFrom is how many equal rows are shown as one.
const foldFrom = 3

// folded puts runs of rows that say the same of successive periods into one.
func folded(rows [][]report.Cell) [][]report.Cell {
	var out [][]report.Cell
	for from := 0; from < len(rows); {
		to := from + 1
		for to < len(rows) && slices.Equal(rows[to][1:], rows[from][1:]) {
			to++
		}
		if to-from < foldFrom {
			out = append(out, rows[from:to]...)
		} else {
			row := slices.Clone(rows[from])
			row[0].Text += " to " + rows[to-1][0].Text
			out = append(out, row)
		}
		from = to
	}
	return out
}

// everyMeasure is the mean and spread of every measure that is not a row of a
// ledger.
func (r *Run) everyMeasure() report.Section {
	t := report.Table{Columns: []report.Column{{Title: "Measure"}, {Title: "Mean", Align: report.AlignDecimal}, {Title: "SE", Align: report.AlignDecimal}, {Title: "Of means", Align: report.AlignDecimal},
		{Title: "5%", Align: report.AlignDecimal}, {Title: "Median", Align: report.AlignDecimal}, {Title: "95%", Align: report.AlignDecimal}}}
	undefined, few := false, false
	for i, m := range r.Sample.Measures {
		if m.Period > 0 {
			continue
		}
		x := &r.Sample.Estimates[i]
		name := m.Key()
		if x.Rough() {
			name, few = name+roughMark, true
		}
		if x.Undefined > 0 {
			name, undefined = name+" *", true
		}
		write := func(v float64) string {
			return strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(r.write(m, v), "month "), " months"), " per unit")
		}
		q := func(p float64) string { return write(x.Histogram.Quantile(p)) }
		ofMeans := ""
		if m.Unit.Quotient() {
			ofMeans = write(r.Sample.OfMeans[i])
		}
		mean := math.NaN()
		if x.N > 0 {
			mean = x.Mean
		}
		row := report.Row(name, write(mean), write(x.StandardError()), ofMeans, q(0.05), q(0.5), q(0.95))
		if m.Name == "default" && (x.Zero == 0 || x.Zero == x.N) { // a chance that is known by a bound alone
			row[1], row[2], row[3] = report.Cell{Text: happens(x)}, report.Cell{}, report.Cell{}
		}
		t.Rows = append(t.Rows, row)
	}
	var notes []string
	if undefined {
		notes = append(notes, "* undefined on some paths, which are left out; --json counts them.")
	}
	if few {
		notes = append(notes, roughNote)
	}
	t.Note = strings.Join(notes, " ")
	return report.Section{Title: "Every measure", Note: fmt.Sprintf("Over %s paths; SE is the standard error of the mean. A ratio or rate has two averages: the mean over paths, and that of the mean flows, which the headline figures show. Times are in months. Quantiles are within 0.05%% of a path's value.", unit.FormatCount(r.Sample.Paths)), Blocks: []report.Block{t}}
}
