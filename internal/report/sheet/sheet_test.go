// SPDX-License-Identifier: Apache-2.0

package sheet

import (
	"bytes"
	"errors"
	"math"
	"testing"

	"github.com/xuri/excelize/v2"
)

// small is a book of two steps and one side: 100 out at signing, 121 in after two years.
func small(words string) *Book {
	return &Book{Title: words, Currency: "USD", Rate: 0.1, Dated: true, FlowsAre: words,
		Summary: []Figure{{Name: "npv", Party: "Cloud", Value: 0, Doc: words, Mean: math.NaN()}},
		Inputs:  []Input{{Path: words, Value: words, Status: "assumption", Reason: words, Line: 3}},
		Clauses: []Clause{{ID: words, Text: words}},
		Steps:   []Step{{Name: "signing", Date: "2026-03-01"}, {Name: "1", Date: "2028-02-29", Year: 2, Years: 2}},
		Lines: []Line{{Name: words, Clause: words, Asset: "cash", Amounts: []float64{100, 0}, Toward: []float64{-1}},
			{Name: "back", Asset: "cash", Amounts: []float64{0, 121}, Toward: []float64{1}}},
		Sides: []Side{{Name: "Cloud", Key: "cloud-1", NPV: 0, IRR: 0.1, Multiple: 1.21, Peak: 100}},
	}
}

func open(t *testing.T, b *Book) *excelize.File {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, b); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// What looks like a formula in a deal file is words in the workbook.
func TestWordsStayWords(t *testing.T) {
	for _, words := range []string{`=1+1`, `+SUM(A1)`, "@x", `=HYPERLINK("http://example.com")`, "\x00\x1b<b>&"} {
		f := open(t, small(words))
		for _, at := range []struct{ sheet, cell string }{{summarySheet, "A1"}, {inputsSheet, "A5"}, {inputsSheet, "B5"}, {termsSheet, "F4"}, {flowsSheet, "F4"}} {
			if formula, err := f.GetCellFormula(at.sheet, at.cell); formula != "" || err != nil {
				t.Errorf("%q: %v has formula %q (%v)", words, at, formula, err)
			}
			if got, _ := f.GetCellValue(at.sheet, at.cell); got != printable(words) {
				t.Errorf("%q: %v has %q", words, at, got)
			}
		}
	}
}

// Formulas carry what they come to, as numbers, and the checks say that all agrees.
func TestFormulasHaveResults(t *testing.T) {
	f := open(t, small("words"))
	raw := excelize.Options{RawCellValue: true}
	for cell, want := range map[string][2]string{
		"B7":  {"SUMPRODUCT(Flows!$H$10:$H$11,Flows!$E$10:$E$11)", ""},
		"B9":  {"B7-B8", ""},
		"B12": {`IF(ABS(B11)<=0.000000001*MAX(1,ABS(B10)),"ok","differs")`, "ok"},
		"B14": {"XIRR(Flows!$H$10:$H$11,Flows!$C$10:$C$11,B15)", "0.1"},
		"B20": {`SUMIF(Flows!$H$10:$H$11,">0")/-SUMIF(Flows!$H$10:$H$11,"<0")`, "1.21"},
		"B24": {"MAX(0,-MIN(Flows!$I$10:$I$11))", "100"},
	} {
		formula, _ := f.GetCellFormula(valueSheet, cell)
		got, _ := f.GetCellValue(valueSheet, cell, raw)
		if formula != want[0] || want[1] != "" && got != want[1] {
			t.Errorf("%s is %q and comes to %q, want %q and %q", cell, formula, got, want[0], want[1])
		}
		if kind, _ := f.GetCellType(valueSheet, cell); cell != "B12" && kind == excelize.CellTypeFormula {
			t.Errorf("the result of %s is text", cell)
		}
	}
}

// Days as spreadsheets count them: LibreOffice and Excel show these numbers for these
// dates; 1900-03-01 is 61 in both.
func TestSerial(t *testing.T) {
	for date, want := range map[string]float64{"1900-03-01": 61, "2000-01-01": 36526, "2024-02-29": 45351, "2026-11-28": 46354} {
		if got := serial(date); got != want {
			t.Errorf("%s is day %v, want %v", date, got, want)
		}
	}
	if !math.IsNaN(serial("")) {
		t.Error("no date has a number")
	}
}

type failing struct{}

var errFull = errors.New("full")

func (failing) Write([]byte) (int, error) { return 0, errFull }

func TestWriteErrorsAreReported(t *testing.T) {
	if err := Write(failing{}, small("words")); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}
