// SPDX-License-Identifier: Apache-2.0

package sheet

import (
	"math"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Formats of numbers.
const (
	plainFormat  = `#,##0.00;[Red]-#,##0.00;"–"`
	manyFormat   = `#,##0.0,,;[Red]-#,##0.0,,;"–"` // in millions
	numberFormat = `#,##0.####;[Red]-#,##0.####;0`
	unitsFormat  = `#,##0;[Red]-#,##0;"–"`
	rateFormat   = `0.00%;[Red]-0.00%;0.00%`
	factorFormat = `0.000000`
	monthsFormat = `#,##0.0`
	tinyFormat   = `0.0E+00;-0.0E+00;0`
)

// scaled tells whether amounts are shown in millions.
func (b *Book) scaled() bool {
	for _, l := range b.Lines {
		for _, a := range l.Amounts {
			if math.Abs(a) >= 1e7 {
				return true
			}
		}
	}
	return false
}

// shownIn says in what amounts are shown.
func (b *Book) shownIn() string {
	if b.scaled() {
		return "millions of " + b.Currency + " (cells hold " + b.Currency + ")"
	}
	return b.Currency
}

// moneyFormat is that of amounts of the book.
func (b *Book) moneyFormat() string {
	if b.scaled() {
		return manyFormat
	}
	return plainFormat
}

// format is that of a kind of number.
func (b *Book) format(k Kind) string {
	switch k {
	case Money:
		return b.moneyFormat()
	case Rate:
		return rateFormat
	case Months:
		return monthsFormat
	}
	return numberFormat
}

// style gives a cell a look, written as words and a format after a colon: "bold top:0.00".
// Words are title, bold, head, faint, wrap, right, top (a line above), input (a constant).
func (x *writer) style(column, row int, look string) {
	if look == "" {
		look = "plain"
	}
	id, known := x.styles[look]
	if !known {
		var err error
		id, err = x.file.NewStyle(styleOf(look))
		x.do(err)
		x.styles[look] = id
	}
	at := cell(column, row)
	x.do(x.file.SetCellStyle(x.sheet, at, at, id))
}

func styleOf(look string) *excelize.Style {
	words, format, _ := strings.Cut(look, ":")
	font := &excelize.Font{Family: "Calibri", Size: 10, Color: "1F2328"}
	s := &excelize.Style{Font: font, Alignment: &excelize.Alignment{Vertical: "top"}}
	if format != "" {
		s.CustomNumFmt = &format
	}
	for _, word := range strings.Fields(words) {
		switch word {
		case "title":
			font.Size, font.Bold = 16, true
		case "bold":
			font.Bold = true
		case "head":
			font.Bold = true
			s.Alignment.WrapText, s.Alignment.Vertical = true, "bottom"
			s.Border = append(s.Border, excelize.Border{Type: "bottom", Color: "1F2328", Style: 1})
		case "faint":
			font.Color = "59626C"
		case "input":
			font.Color = "0000CC"
		case "link":
			font.Color, font.Underline = "1F4E79", "single"
		case "wrap":
			s.Alignment.WrapText = true
		case "indent":
			s.Alignment.Indent = 1
		case "right":
			s.Alignment.Horizontal = "right"
		case "top":
			s.Border = append(s.Border, excelize.Border{Type: "top", Color: "1F2328", Style: 1})
		}
	}
	return s
}
