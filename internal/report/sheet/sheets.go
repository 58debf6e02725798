// SPDX-License-Identifier: Apache-2.0

package sheet

import "fmt"

// firstClause is the row of the first clause on its sheet.
const firstClause = 4

// heads puts titles of columns into a row.
func (x *writer) heads(row int, titles ...string) {
	for i, title := range titles {
		x.text(i+1, row, title, "head")
	}
}

// summary is every figure that is of the deal as a whole. Net present values and rates
// are those of the sheet of values.
func (x *writer) summary() {
	b := x.book
	x.on(summarySheet)
	x.text(1, 1, b.Title, "title")
	x.text(1, 2, b.Subtitle, "faint")
	x.text(1, 3, "Amounts in "+b.shownIn()+". Blue cells are constants, black ones formulas.", "faint")
	titles := []string{"Figure", "Whose", "Value"}
	if b.Sampled {
		titles[2] = "Of the mean flows"
		titles = append(titles, "Mean over paths", "Standard error", "5%", "Median", "95%")
	}
	x.heads(5, append(titles, "What it is")...)
	for i, f := range b.Summary {
		row, format := 6+i, b.format(f.Kind)
		x.text(1, row, f.Name, "")
		x.text(2, row, f.Party, "")
		if at := x.live(&f); at != "" {
			x.formula(3, row, valueSheet+"!"+at, f.Value, ":"+format)
		} else {
			x.number(3, row, f.Value, "input:"+format)
		}
		column := 4
		if b.Sampled {
			for _, v := range []float64{f.Mean, f.SE, f.P5, f.P50, f.P95} {
				x.number(column, row, v, "input:"+format)
				column++
			}
		}
		doc := f.Doc
		if f.Why != "" {
			doc += "; not defined here: " + f.Why
		}
		x.text(column, row, doc, "faint indent")
	}
	widths := []float64{30, 26, 16}
	if b.Sampled {
		widths = append(widths, 16, 14, 14, 14, 14)
	}
	x.shape(append(widths, 90), 1, 5)
}

// live is the cell of the sheet of values that has a figure.
func (x *writer) live(f *Figure) string {
	for i, s := range x.book.Sides {
		switch {
		case f.Party != s.Name:
		case f.Name == "npv":
			return x.npvCells[i]
		case f.Name == "irr":
			return x.irrCells[i]
		}
	}
	return ""
}

// inputs is every input with where it comes from, and below them the sources.
func (x *writer) inputs() {
	b := x.book
	x.on(inputsSheet)
	x.text(1, 1, "Inputs", "title")
	x.text(1, 2, "Every one is a sourced fact or an assumption of the deal file; line says where it stands there.", "faint")
	x.heads(4, "Path", "Value", "Status", "Source", "Reason or note", "Line")
	row := 5
	for _, in := range b.Inputs {
		x.text(1, row, in.Path, "")
		x.text(2, row, in.Value, "input wrap")
		x.text(3, row, in.Status, "")
		x.text(4, row, in.Source, "")
		x.text(5, row, in.Reason, "faint wrap")
		if in.Line > 0 {
			x.number(6, row, float64(in.Line), ":0")
		}
		row++
	}
	x.do(x.file.AutoFilter(inputsSheet, fmt.Sprintf("A4:F%d", max(5, row-1)), nil))
	x.text(1, row+1, "Sources", "bold")
	row += 2
	x.heads(row, "Key", "Title", "Date", "Publisher", "Address")
	for _, s := range b.Sources {
		row++
		for i, text := range []string{s.Key, s.Title, s.Date, s.Publisher, s.URL} {
			x.text(i+1, row, text, "wrap")
		}
	}
	x.shape([]float64{44, 44, 14, 30, 80, 8}, 1, 4)
}

// terms is the contract in words.
func (x *writer) terms() {
	x.on(termsSheet)
	x.text(1, 1, "Term sheet", "title")
	x.heads(firstClause-1, "No.", "Clause", "Kind", "From", "To", "What it says", "Standing", "Line")
	for i, c := range x.book.Clauses {
		row := firstClause + i
		x.number(1, row, float64(i+1), ":0")
		for k, text := range []string{c.ID, c.Kind, c.From, c.To} {
			x.text(2+k, row, text, "")
		}
		x.text(6, row, c.Text, "wrap")
		x.text(7, row, c.Mark, "wrap")
		if c.Line > 0 {
			x.number(8, row, float64(c.Line), ":0")
		}
		// About as many lines as the text takes: not every program fits rows by itself.
		x.do(x.file.SetRowHeight(termsSheet, row, float64(14*(1+len(c.Text)/100))))
	}
	x.shape([]float64{6, 20, 14, 16, 16, 95, 24, 8}, 2, firstClause-1)
}

// ledgers is each ledger, one below the other.
func (x *writer) ledgers() {
	b := x.book
	x.on(ledgerSheet)
	x.text(1, 1, "Ledgers", "title")
	x.text(1, 2, "In "+b.shownIn()+", and units of compute. As the report has them.", "faint")
	row := 4
	if len(b.Ledgers) == 0 {
		x.text(1, row, "There is no commitment, and so no ledger.", "")
	}
	for _, l := range b.Ledgers {
		x.text(1, row, l.Clause, "bold")
		x.text(1, row+1, "Period", "head right")
		periods := 0
		for j, c := range l.Columns {
			x.text(2+j, row+1, c.Title, "head right")
			format := b.moneyFormat()
			if c.Units {
				format = unitsFormat
			}
			for k, v := range c.Values {
				x.number(2+j, row+2+k, v, "input:"+format)
			}
			periods = max(periods, len(c.Values))
		}
		for k := range periods {
			x.number(1, row+2+k, float64(k+1), ":0")
		}
		row += periods + 4
	}
	widths := []float64{14}
	for range 16 {
		widths = append(widths, 14)
	}
	x.shape(widths, 1, 0)
}
