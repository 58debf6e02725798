// SPDX-License-Identifier: Apache-2.0

package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Names of the sheets, in their order.
const (
	summarySheet = "Summary"
	inputsSheet  = "Inputs"
	termsSheet   = "Term sheet"
	flowsSheet   = "Flows"
	ledgerSheet  = "Ledger"
	valueSheet   = "Value"
)

// Write writes a book as an .xlsx file.
func Write(w io.Writer, b *Book) error {
	x := &writer{file: excelize.NewFile(), book: b, styles: map[string]int{}}
	defer x.file.Close()
	x.do(x.file.SetSheetName("Sheet1", summarySheet))
	for _, name := range []string{inputsSheet, termsSheet, flowsSheet, ledgerSheet, valueSheet} {
		_, err := x.file.NewSheet(name)
		x.do(err)
	}
	x.flows()
	x.value()
	x.summary()
	x.inputs()
	x.terms()
	x.ledgers()
	x.properties()
	var out bytes.Buffer
	x.do(x.file.Write(&out))
	if x.err == nil {
		x.err = settle(w, out.Bytes())
	}
	if x.err != nil {
		return fmt.Errorf("writing the workbook: %w", x.err)
	}
	return nil
}

// writer fills a file; the first error stays.
type writer struct {
	file   *excelize.File
	book   *Book
	styles map[string]int
	sheet  string
	err    error

	lastLine   int // last column of lines on the sheet of flows
	firstRow   int // of steps, there
	lastRow    int
	nets       []string // columns of each side's net flows, there
	cumulative []string
	npvCells   []string // by side, on the sheet of values
	irrCells   []string
}

func (x *writer) do(err error) {
	if x.err == nil {
		x.err = err
	}
}

// properties fixes what would else be the clock's, and asks for a calculation on opening.
func (x *writer) properties() {
	const day = "2000-01-01T00:00:00Z"
	x.do(x.file.SetDocProps(&excelize.DocProperties{Title: x.book.Title, Creator: "offtake", LastModifiedBy: "offtake", Created: day, Modified: day}))
	yes := true
	x.do(x.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &yes}))
	x.file.SetActiveSheet(0)
}

// number matches a formula's cell whose result is a number: it is kept as text.
var number = regexp.MustCompile(`(<c [^>]*?) t="str">(<f>[^<]*</f><v>-?[0-9][0-9.eE+-]*</v>)`)

// agreed and disagreed match the cells of verdicts.
var (
	agreed    = regexp.MustCompile(`(<f>[^<]*,&#34;ok&#34;,&#34;differs&#34;\)</f><v)>1</v>`)
	disagreed = regexp.MustCompile(`(<f>[^<]*,&#34;ok&#34;,&#34;differs&#34;\)</f><v)>0</v>`)
)

// empty matches one without a result.
var empty = regexp.MustCompile(`(<c [^>]*?) t="str">(<f>[^<]*</f>)(?:<v></v>|<v/>)?</c>`)

// settle writes an archive anew: its files in order and without dates, and results of
// formulas as the numbers that they are.
func settle(w io.Writer, book []byte) error {
	in, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return err
	}
	files := slices.Clone(in.File)
	slices.SortFunc(files, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, f := range files {
		from, err := f.Open()
		if err != nil {
			return err
		}
		text, err := io.ReadAll(from)
		if err != nil {
			return err
		}
		if strings.HasPrefix(f.Name, "xl/worksheets/sheet") {
			text = agreed.ReplaceAll(text, []byte("$1>ok</v>"))
			text = disagreed.ReplaceAll(text, []byte("$1>differs</v>"))
			text = number.ReplaceAll(text, []byte("$1>$2"))
			text = empty.ReplaceAll(text, []byte("$1>$2</c>"))
		}
		to, err := out.Create(f.Name)
		if err != nil {
			return err
		}
		if _, err := to.Write(text); err != nil {
			return err
		}
	}
	return out.Close()
}

// on chooses the sheet that cells are of.
func (x *writer) on(sheet string) { x.sheet = sheet }

// cell names a cell by its column and row, both from 1.
func cell(column, row int) string {
	name, _ := excelize.CoordinatesToCellName(column, row)
	return name
}

// letters name a column.
func letters(column int) string {
	name, _ := excelize.ColumnNumberToName(column)
	return name
}

// text puts words into a cell. What looks like a formula stays words: cells are typed.
func (x *writer) text(column, row int, text, style string) {
	if text == "" && style == "" {
		return
	}
	x.do(x.file.SetCellStr(x.sheet, cell(column, row), printable(text)))
	x.style(column, row, style)
}

// printable is a text as XML can hold it.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' {
			return -1
		}
		return r
	}, text)
}

// number puts a number into a cell; what is not one leaves it empty.
func (x *writer) number(column, row int, v float64, style string) {
	if !math.IsNaN(v) && !math.IsInf(v, 0) {
		x.do(x.file.SetCellFloat(x.sheet, cell(column, row), v, -1, 64))
	}
	x.style(column, row, style)
}

// formula puts a formula into a cell, with what it comes to.
func (x *writer) formula(column, row int, formula string, result float64, style string) {
	if !x.book.Unsolved {
		x.number(column, row, result, "")
	}
	x.do(x.file.SetCellFormula(x.sheet, cell(column, row), formula))
	x.style(column, row, style)
}

// verdict puts a check into a cell, which says whether two agree: "ok" or "differs".
func (x *writer) verdict(column, row int, condition string, agree bool) {
	result := 0.0 // a word only once all is written: see settle
	if agree {
		result = 1
	}
	x.formula(column, row, `IF(`+condition+`,"ok","differs")`, result, "faint right")
}

// name defines a name for cells of the sheet.
func (x *writer) name(name, cells string) {
	x.do(x.file.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: "'" + x.sheet + "'!" + cells}))
}

// defined makes a name that a formula may use of a party's key.
func defined(before, key string) string {
	return before + "_" + strings.Map(func(r rune) rune {
		if r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
			return r
		}
		return '_'
	}, key)
}

// shape sets widths of columns, what stays in place when scrolled, and how it prints.
func (x *writer) shape(widths []float64, keepColumns, keepRows int) {
	for i, width := range widths {
		x.do(x.file.SetColWidth(x.sheet, letters(i+1), letters(i+1), width))
	}
	if keepColumns+keepRows > 0 {
		x.do(x.file.SetPanes(x.sheet, &excelize.Panes{Freeze: true, XSplit: keepColumns, YSplit: keepRows, TopLeftCell: cell(keepColumns+1, keepRows+1), ActivePane: pane(keepColumns, keepRows)}))
	}
	x.do(x.file.SetRowHeight(x.sheet, 1, 24))
	off, one, many, landscape, a4 := false, 1, 0, "landscape", 9
	x.do(x.file.SetSheetView(x.sheet, 0, &excelize.ViewOptions{ShowGridLines: &off}))
	x.do(x.file.SetSheetProps(x.sheet, &excelize.SheetPropsOptions{FitToPage: new(true)}))
	x.do(x.file.SetPageLayout(x.sheet, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &one, FitToHeight: &many, Size: &a4}))
}

// pane is the part of a sheet that scrolls.
func pane(columns, rows int) string {
	switch {
	case columns > 0 && rows > 0:
		return "bottomRight"
	case columns > 0:
		return "topRight"
	}
	return "bottomLeft"
}
