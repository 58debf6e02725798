// SPDX-License-Identifier: Apache-2.0

package sheet

import (
	"fmt"
	"math"

	"github.com/xuri/excelize/v2"
)

// Columns of the sheet of flows before its lines, and the row on which lines are named.
const (
	stepColumn = iota + 1
	yearColumn
	dateColumn
	yearsColumn
	factorColumn
	firstLine
	headRow = 4
)

// flows is the sheet of flows: a row a step, a column a line, with how each side counts
// it, and then each side's net flow and what that adds up to.
func (x *writer) flows() {
	b := x.book
	x.on(flowsSheet)
	x.text(1, 1, "Flows by step", "title")
	x.text(1, 2, b.FlowsAre+" In "+b.shownIn()+". Each side's net flow is its row of signs times the amounts.", "faint")
	signRow := headRow + 4
	x.firstRow = signRow + len(b.Sides) + 1
	x.lastRow = x.firstRow + len(b.Steps) - 1
	x.lastLine = firstLine + len(b.Lines) - 1
	for i, label := range []string{"Clause", "What it is", "From", "To"} {
		x.text(factorColumn, headRow+i, label, "faint right")
	}
	for i, side := range b.Sides {
		x.text(factorColumn, signRow+i, "Sign to "+side.Name, "faint right")
	}
	for j, l := range b.Lines {
		x.lineHead(firstLine+j, signRow, &l)
	}
	for i, head := range []string{"Step", "Contract year", "Date", "Years", "Discount factor"} {
		x.text(i+1, x.firstRow-1, head, "head right")
	}
	for j, l := range b.Lines {
		x.text(firstLine+j, x.firstRow-1, l.Name, "head right")
	}
	x.stepRows()
	x.netColumns(signRow)
	x.totals()
	rows := func(column int) string {
		return fmt.Sprintf("$%s$%d:$%s$%d", letters(column), x.firstRow, letters(column), x.lastRow)
	}
	x.name("dates", rows(dateColumn))
	x.name("years", rows(yearsColumn))
	x.name("discount_factors", rows(factorColumn))
	x.do(x.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: flowsSheet,
		RefersTo: fmt.Sprintf("%s!$A:$%s,%s!$%d:$%d", flowsSheet, letters(factorColumn), flowsSheet, headRow, x.firstRow-1)}))
	widths := []float64{9, 9, 11, 9, 24}
	for range len(b.Lines) + 2*len(b.Sides) {
		widths = append(widths, 15)
	}
	x.shape(widths, factorColumn, x.firstRow-1)
}

// lineHead says what a line is, above its amounts.
func (x *writer) lineHead(column, signRow int, l *Line) {
	x.text(column, headRow, l.Clause, "right")
	for i, c := range x.book.Clauses {
		if c.ID == l.Clause {
			x.do(x.file.SetCellHyperLink(flowsSheet, cell(column, headRow), fmt.Sprintf("'%s'!A%d", termsSheet, firstClause+i), "Location"))
			x.style(column, headRow, "link right")
		}
	}
	x.text(column, headRow+1, l.Asset, "right")
	x.text(column, headRow+2, l.From, "right")
	x.text(column, headRow+3, l.To, "right")
	for i := range x.book.Sides {
		x.number(column, signRow+i, l.Toward[i], "input right:+0;-0;0")
	}
}

// stepRows are dates, factors and amounts.
func (x *writer) stepRows() {
	b := x.book
	for k, s := range b.Steps {
		row := x.firstRow + k
		x.text(stepColumn, row, s.Name, "right")
		x.number(yearColumn, row, float64(s.Year), "right:0;-0;")
		x.number(dateColumn, row, serial(s.Date), "right:yyyy-mm-dd")
		x.number(yearsColumn, row, s.Years, "input:0.0000")
		factor := fmt.Sprintf("(1+riskless_rate)^-%s", cell(yearsColumn, row))
		if b.Continuous {
			factor = fmt.Sprintf("EXP(-riskless_rate*%s)", cell(yearsColumn, row))
		}
		x.formula(factorColumn, row, factor, b.factor(s.Years), ":"+factorFormat)
		for j, l := range b.Lines {
			x.number(firstLine+j, row, l.Amounts[k], "input:"+b.moneyFormat())
		}
	}
}

// netColumns are each side's net flows, and their running sums.
func (x *writer) netColumns(signRow int) {
	b := x.book
	first, last := letters(firstLine), letters(x.lastLine)
	for i, side := range b.Sides {
		net, running := x.lastLine+1+2*i, x.lastLine+2+2*i
		x.nets, x.cumulative = append(x.nets, letters(net)), append(x.cumulative, letters(running))
		x.text(net, x.firstRow-1, "Net to "+side.Name, "head right")
		x.text(running, x.firstRow-1, "Net to "+side.Name+", cumulative", "head right")
		flows, sum := b.net(i), 0.0
		for k := range b.Steps {
			row := x.firstRow + k
			x.formula(net, row, fmt.Sprintf("SUMPRODUCT($%s$%d:$%s$%d,$%s%d:$%s%d)", first, signRow+i, last, signRow+i, first, row, last, row), flows[k], "bold:"+b.moneyFormat())
			sum += flows[k]
			formula := cell(net, row)
			if k > 0 {
				formula = cell(running, row-1) + "+" + formula
			}
			x.formula(running, row, formula, sum, ":"+b.moneyFormat())
		}
		x.name(defined("net", side.Key), fmt.Sprintf("$%s$%d:$%s$%d", letters(net), x.firstRow, letters(net), x.lastRow))
	}
}

// totals sums lines and net flows.
func (x *writer) totals() {
	b, row := x.book, x.lastRow+1
	for column := 1; column < firstLine; column++ {
		x.text(column, row, "", "top bold")
	}
	x.text(stepColumn, row, "Total", "top bold right")
	total := func(column int, amounts []float64) {
		sum := 0.0
		for _, a := range amounts {
			sum += a
		}
		x.formula(column, row, fmt.Sprintf("SUM(%s:%s)", cell(column, x.firstRow), cell(column, x.lastRow)), sum, "top bold:"+b.moneyFormat())
	}
	for j, l := range b.Lines {
		total(firstLine+j, l.Amounts)
	}
	for i := range b.Sides {
		total(x.lastLine+1+2*i, b.net(i))
		x.text(x.lastLine+2+2*i, row, "", "top")
	}
}

// net are the net flows of a side.
func (b *Book) net(side int) []float64 {
	out := make([]float64, len(b.Steps))
	for _, l := range b.Lines {
		for k, a := range l.Amounts {
			out[k] += float64(l.Toward[side] * a)
		}
	}
	return out
}

// serial is a date as spreadsheets count days, from 1899-12-30; every month counts, so
// that no table of them is needed (Fliegel and Van Flandern 1968, "A machine algorithm
// for processing calendar dates").
func serial(date string) float64 {
	var y, m, d int
	if n, _ := fmt.Sscanf(date, "%d-%d-%d", &y, &m, &d); n != 3 {
		return math.NaN()
	}
	a := (m - 14) / 12
	julian := d - 32075 + 1461*(y+4800+a)/4 + 367*(m-2-a*12)/12 - 3*((y+4900+a)/100)/4
	return float64(julian - 2415019) // 1899-12-30
}
