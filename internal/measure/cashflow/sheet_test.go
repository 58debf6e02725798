// SPDX-License-Identifier: Apache-2.0

package cashflow

import (
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// calculate writes the questions as a spreadsheet, has LibreOffice compute it, and reads the answers.
func calculate(t *testing.T, deals []deal, asked []question) []answer {
	t.Helper()
	dir := t.TempDir()
	sheet := filepath.Join(dir, "deals.fods")
	if err := os.WriteFile(sheet, []byte(spreadsheet(deals, asked)), 0o600); err != nil {
		t.Fatal(err)
	}
	// 44,34,76: comma, quote, UTF-8; then no cell formats of our own, and content as it is shown,
	// which is 15 digits in the format that the sheet asks for.
	filter := "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
	command := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
		"--headless", "--convert-to", filter, "--outdir", dir, sheet)
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, output)
	}
	rows := readCSV(t, filepath.Join(dir, "deals.csv"))
	if want := 2*len(deals) + len(asked); len(rows) != want {
		t.Fatalf("LibreOffice gave %d rows, want %d", len(rows), want)
	}
	answers := make([]answer, len(asked))
	for i := range asked {
		answers[i] = parseAnswer(t, rows[2*len(deals)+i][0])
	}
	return answers
}

// spreadsheet is a flat OpenDocument file: for each deal a row of flows and a row of dates, then one
// row for each question.
func spreadsheet(deals []deal, asked []question) string {
	const firstDate = 40000 // a day in 2009, as spreadsheets count days
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<number:number-style style:name="plain"><number:number number:min-integer-digits="1"/></number:number-style>
<style:style style:name="cell" style:family="table-cell" style:data-style-name="plain"/>
</office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="deals">
`)
	for _, d := range deals {
		writeRow(&b, d.flows, 0)
		writeRow(&b, d.days, firstDate)
	}
	for _, q := range asked {
		fmt.Fprintf(&b, "<table:table-row><table:table-cell table:style-name=\"cell\" table:formula=\"of:=%s\"/></table:table-row>\n",
			formula(q, len(deals[q.deal].flows)))
	}
	b.WriteString("</table:table></office:spreadsheet></office:body></office:document>\n")
	return b.String()
}

func writeRow(b *strings.Builder, values []float64, offset float64) {
	b.WriteString("<table:table-row>")
	for _, value := range values {
		fmt.Fprintf(b, `<table:table-cell table:style-name="cell" office:value-type="float" office:value="%s"/>`, plain(value+offset))
	}
	b.WriteString("</table:table-row>\n")
}

// formula is a question about a deal of n flows, in OpenFormula.
func formula(q question, n int) string {
	row := 2*q.deal + 1
	flows := fmt.Sprintf("[.A%d:.%s%d]", row, column(n), row)
	dates := fmt.Sprintf("[.A%d:.%s%d]", row+1, column(n), row+1)
	switch argument := plain(q.argument); q.function {
	case "NPV":
		return fmt.Sprintf("NPV(%s;%s)", argument, flows)
	case "XNPV":
		return fmt.Sprintf("XNPV(%s;%s;%s)", argument, flows, dates)
	case "IRR":
		return fmt.Sprintf("IRR(%s;%s)", flows, argument)
	case "XIRR":
		return fmt.Sprintf("XIRR(%s;%s;%s)", flows, dates, argument)
	}
	panic("no such function: " + q.function)
}

// column is the name of the nth column: A, B, ... Z, AA, ...
func column(n int) string {
	if n <= 26 {
		return string(rune('A' + n - 1))
	}
	return string(rune('A'+(n-1)/26-1)) + string(rune('A'+(n-1)%26))
}

// plain writes every digit and no exponent.
func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func parseAnswer(t *testing.T, text string) answer {
	t.Helper()
	if strings.HasPrefix(text, "Err:") || strings.HasPrefix(text, "#") {
		return answer{failed: text}
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatalf("LibreOffice answered %q", text)
	}
	return answer{value: value}
}

func readCSV(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.Comment, reader.FieldsPerRecord = '#', -1
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return rows
}

// writeRecord keeps LibreOffice's answers. Rows: "deal", number, flows in cents, days since the
// first date; and "ask", number of the deal, function, rate or guess, answer.
func writeRecord(t *testing.T, deals []deal, asked []question, answers []answer) {
	t.Helper()
	version, err := exec.Command("soffice", "--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# Answers of %s to NPV, XNPV, IRR and XIRR on %d random lists of flows.\n", strings.TrimSpace(string(version)), len(deals))
	b.WriteString("# Written by: go test ./internal/measure/cashflow -run TestLibreOffice -update\n")
	b.WriteString("# deal, number, flows in cents, days since the first date; ask, deal, function, rate or guess, answer\n")
	writer := csv.NewWriter(&b)
	var rows [][]string
	for i, d := range deals {
		rows = append(rows, []string{"deal", strconv.Itoa(i), join(d.flows), join(d.days)})
	}
	for i, q := range asked {
		text := answers[i].failed
		if text == "" {
			text = strconv.FormatFloat(answers[i].value, 'g', -1, 64)
		}
		rows = append(rows, []string{"ask", strconv.Itoa(q.deal), q.function, plain(q.argument), text})
	}
	if err := writer.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(recorded, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// readRecord reads what writeRecord wrote.
func readRecord(t *testing.T) (deals []deal, asked []question, answers []answer) {
	t.Helper()
	for _, row := range readCSV(t, recorded) {
		switch {
		case row[0] == "deal" && len(row) == 4:
			deals = append(deals, deal{split(t, row[2]), split(t, row[3])})
		case row[0] == "ask" && len(row) == 5:
			number, err := strconv.Atoi(row[1])
			if err != nil {
				t.Fatal(err)
			}
			asked = append(asked, question{number, row[2], split(t, row[3])[0]})
			answers = append(answers, parseAnswer(t, row[4]))
		default:
			t.Fatalf("%s: what is %q?", recorded, row)
		}
	}
	return deals, asked, answers
}

func join(values []float64) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = plain(value)
	}
	return strings.Join(texts, " ")
}

func split(t *testing.T, text string) []float64 {
	t.Helper()
	var values []float64
	for _, field := range strings.Fields(text) {
		value, err := strconv.ParseFloat(field, 64)
		if err != nil {
			t.Fatal(err)
		}
		values = append(values, value)
	}
	return values
}
