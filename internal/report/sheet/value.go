// SPDX-License-Identifier: Apache-2.0

package sheet

import (
	"fmt"
	"math"

	"offtake/internal/vec"
)

// factor is a discount factor as the book's formula makes it.
func (b *Book) factor(years float64) float64 {
	if b.Continuous {
		return vec.ExpOf(-float64(b.Rate * years))
	}
	return vec.ExpOf(-float64(years * vec.LogOf(1+b.Rate)))
}

// value is the sheet of values: a column a side, live, with offtake's own figures.
func (x *writer) value() {
	b := x.book
	x.on(valueSheet)
	x.text(1, 1, "What it is worth", "title")
	x.text(1, 2, "In "+b.shownIn()+". Blue cells are constants, black ones formulas; offtake's own figures stand beside them.", "faint")
	rate := "Riskless rate a year"
	if b.Continuous {
		rate += ", compounded continuously"
	}
	x.text(1, 4, rate, "")
	x.number(2, 4, b.Rate, "input:0.0000%")
	x.name("riskless_rate", "$B$4")
	row := 6
	x.text(1, row, "", "head")
	for i, side := range b.Sides {
		x.text(2+i, row, side.Name, "head right")
	}
	for i := range b.Sides {
		x.side(2+i, row+1, i)
	}
	row = x.labels(row + 1)
	x.parts(row + 2)
	x.shape([]float64{46, 20, 20, 20, 20, 20, 20}, 1, 6)
}

// labels name the rows that side fills.
func (x *writer) labels(row int) int {
	for _, l := range []struct{ text, style string }{
		{"Present value of net flows", ""}, {"less cost of a default, present value", ""}, {"Net present value", "bold top"},
		{"by offtake", "faint"}, {"difference", "faint"}, {"check", "faint"}, {"", ""},
		{"Internal rate of return", "bold"}, {"by offtake", "faint"}, {"difference", "faint"}, {"check", "faint"}, {"net present value at that rate", ""}, {"", ""},
		{"Money in over money out", "bold"}, {"by offtake", "faint"}, {"difference", "faint"}, {"", ""},
		{"Peak exposure", "bold"}, {"by offtake", "faint"}, {"difference", "faint"},
	} {
		x.text(1, row, l.text, l.style)
		row++
	}
	return row
}

// range of a column of the sheet of flows, from one of its steps on.
func (x *writer) steps(column string, from int) string {
	return fmt.Sprintf("%s!$%s$%d:$%s$%d", flowsSheet, column, x.firstRow+from, column, x.lastRow)
}

// side fills a column with a side's values.
func (x *writer) side(column, row, i int) {
	b, s := x.book, x.book.Sides[i]
	money, net, flows := b.moneyFormat(), x.nets[i], x.book.net(i)
	at := func(k int) string { return cell(column, row+k) }
	pv := 0.0
	for k, f := range flows {
		pv += float64(f * b.factor(b.Steps[k].Years))
	}
	x.formula(column, row, fmt.Sprintf("SUMPRODUCT(%s,%s)", x.steps(net, 0), x.steps(letters(factorColumn), 0)), pv, ":"+money)
	x.number(column, row+1, s.DefaultCost, "input:"+money)
	x.formula(column, row+2, at(0)+"-"+at(1), pv-s.DefaultCost, "bold top:"+money)
	x.compare(column, row+3, at(2), pv-s.DefaultCost, s.NPV, money)
	x.check(column, row+5, at(4), at(3), pv-s.DefaultCost-s.NPV, s.NPV)
	x.name(defined("npv", s.Key), "$"+letters(column)+"$"+fmt.Sprint(row+2))
	x.npvCells = append(x.npvCells, at(2))
	x.rate(column, row+7, i, flows)
	in, out, running, peak := 0.0, 0.0, 0.0, 0.0
	for _, f := range flows {
		in, out, running = in+max(0, f), out+max(0, -f), running+f
		peak = max(peak, -running)
	}
	if !math.IsNaN(s.Multiple) {
		all := x.steps(net, 0)
		x.formula(column, row+13, fmt.Sprintf("SUMIF(%s,\">0\")/-SUMIF(%s,\"<0\")", all, all), in/out, "bold:0.0000")
		x.compare(column, row+14, at(13), in/out, s.Multiple, "0.0000")
	} else {
		x.text(column, row+13, "not defined", "faint right")
	}
	if !math.IsNaN(s.Peak) {
		x.formula(column, row+17, fmt.Sprintf("MAX(0,-MIN(%s))", x.steps(x.cumulative[i], 0)), peak, "bold:"+money)
		x.compare(column, row+18, at(17), peak, s.Peak, money)
	} else {
		x.text(column, row+17, "not defined", "faint right")
	}
}

// rate is the internal rate of return. XIRR begins at the first amount: spreadsheets fail
// on lists that begin with nothing. They count years as days over 365; where the deal
// does not, there is no function, and the value at offtake's rate is the check.
func (x *writer) rate(column, row, i int, flows []float64) {
	b, s := x.book, x.book.Sides[i]
	if math.IsNaN(s.IRR) {
		x.text(column, row, "not defined", "faint right")
		x.text(column, row+1, s.IRRWhy, "faint wrap right")
		x.irrCells = append(x.irrCells, "")
		return
	}
	first := 0
	for first < len(flows)-1 && flows[first] == 0 {
		first++
	}
	net, own := x.steps(x.nets[i], 0), cell(column, row+1)
	x.number(column, row+1, s.IRR, "input faint:0.000000%")
	if b.Dated {
		x.formula(column, row, fmt.Sprintf("XIRR(%s,%s,%s)", x.steps(x.nets[i], first), x.steps(letters(dateColumn), first), own), s.IRR, "bold:0.0000%")
		x.formula(column, row+2, cell(column, row)+"-"+own, 0, "faint:"+tinyFormat)
		x.verdict(column, row+3, fmt.Sprintf(`ABS(%s)<=0.0000001`, cell(column, row+2)), true)
		x.name(defined("irr", s.Key), "$"+letters(column)+"$"+fmt.Sprint(row))
		x.irrCells = append(x.irrCells, cell(column, row))
	} else {
		x.text(column, row, "see below", "faint right")
		x.irrCells = append(x.irrCells, "")
	}
	x.formula(column, row+4, fmt.Sprintf("SUMPRODUCT(%s,(1+%s)^-%s)", net, own, x.steps(letters(yearsColumn), 0)), 0, ":"+b.moneyFormat())
}

// compare puts offtake's own figure below a live one, and their difference.
func (x *writer) compare(column, row int, live string, value, own float64, format string) {
	x.number(column, row, own, "input faint:"+format)
	x.formula(column, row+1, live+"-"+cell(column, row), value-own, "faint:"+tinyFormat)
}

// check says whether a difference is rounding.
func (x *writer) check(column, row int, difference, own string, value, of float64) {
	x.verdict(column, row, fmt.Sprintf(`ABS(%s)<=0.000000001*MAX(1,ABS(%s))`, difference, own), math.Abs(value) <= 1e-9*max(1, math.Abs(of)))
}

// parts is the same value from the parts of the bargain.
func (x *writer) parts(row int) {
	b := x.book
	if len(b.Parts) == 0 {
		return
	}
	money := b.moneyFormat()
	x.text(1, row, "The same to "+b.Sides[0].Name+", from its parts", "head")
	x.text(2, row, "", "head")
	first, sum := row+1, 0.0
	for _, p := range b.Parts {
		row++
		x.text(1, row, p.Name, "")
		x.number(2, row, p.Value, "input:"+money)
		sum += p.Value
	}
	row++
	x.text(1, row, "Net present value", "bold top")
	x.formula(2, row, fmt.Sprintf("SUM(%s:%s)", cell(2, first), cell(2, row-1)), sum, "bold top:"+money)
	own := b.Sides[0].NPV
	x.text(1, row+1, "difference to that from flows", "faint")
	x.formula(2, row+1, cell(2, row)+"-"+x.npvCells[0], sum-own, "faint:"+tinyFormat)
	x.text(1, row+2, "check", "faint")
	x.check(2, row+2, cell(2, row+1), x.npvCells[0], sum-own, own)
}
