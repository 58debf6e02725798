// SPDX-License-Identifier: Apache-2.0

package app

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"offtake/deals"
	"offtake/internal/report/sheet"
)

// bookDeals are deals whose workbooks are calculated: all of the library, with sides and
// day counts of all kinds among them, two with other rates of discount, one whose first
// amount is not at signing, and some with the mean flows of a sample.
func bookDeals(t *testing.T) map[string]*Run {
	t.Helper()
	out := map[string]*Run{}
	var opt RunOptions
	add := func(name, slug string, sets ...string) {
		text, err := deals.FS.ReadFile(slug + "/deal.yaml")
		if err != nil {
			t.Fatal(err)
		}
		d, src, list, err := Load(Source{Name: slug, Text: text}, Edits{Set: sets})
		if d == nil || err != nil {
			t.Fatal(list, err)
		}
		out[name] = NewRun(src, Edits{}, d, opt)
	}
	all, err := deals.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		if e.Name() != "templates" {
			add(e.Name(), e.Name())
		}
	}
	add("continuous", "amazon-anthropic-2026", "world.discount={continuous: 3%}")
	add("thirty", "amazon-anthropic-2026", "day_count=30/360", "world.discount=7%")
	for name, o := range map[string]RunOptions{"controls": {}, "averages": {NoControls: true}, "plain": {Plain: true}} {
		opt = o
		opt.Paths, opt.Seed, opt.Flows = 1024, 5, true
		for _, slug := range []string{"amazon-anthropic-2026", "amd-openai-2025", "microsoft-openai-2019"} {
			add(name+"-"+slug, slug)
		}
		add(name+"-thirty", "amazon-anthropic-2026", "day_count=30/360", "world.discount={continuous: 3%}")
	}
	return out
}

// LibreOffice calculates workbooks without results, and finds what offtake found: net
// present values, multiples and exposures to 1e-9, rates of return to 1e-9 of the growth
// factor.
func TestLibreOfficeCalculatesWorkbooks(t *testing.T) {
	if os.Getenv("OFFTAKE_LIBREOFFICE") != "1" {
		t.Skip("not calculated by LibreOffice: OFFTAKE_LIBREOFFICE=1 go test ./internal/app -run LibreOffice")
	}
	runs, dir := bookDeals(t), t.TempDir()
	args := []string{"--headless", "-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(dir, "profile")), "--convert-to",
		"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1", "--outdir", dir}
	for name, r := range runs {
		b := r.Workbook()
		b.Unsolved = true
		var book bytes.Buffer
		if err := sheet.Write(&book, b); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, name+".xlsx")
		if err := os.WriteFile(file, book.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	if said, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, said)
	}
	values := 0
	for name, r := range runs {
		values += compareBook(t, name, r.Workbook(), readCSV(t, filepath.Join(dir, name+"-Value.csv")))
	}
	t.Logf("%d values of %d workbooks", values, len(runs))
	if values < 5*len(runs) {
		t.Errorf("only %d values of %d workbooks were compared", values, len(runs))
	}
}

func readCSV(t *testing.T, name string) [][]string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// compareBook compares the sheet of values as LibreOffice has it with the book's own
// figures, and returns how many were there.
func compareBook(t *testing.T, name string, b *sheet.Book, rows [][]string) (compared int) {
	t.Helper()
	near := func(side int, label string, want, scale float64) {
		if math.IsNaN(want) {
			return
		}
		compared++
		number, percent := strings.CutSuffix(bookCell(rows, label, side), "%")
		got, err := strconv.ParseFloat(number, 64)
		if percent {
			got /= 100
		}
		if err != nil || math.Abs(got-want) > 1e-9*math.Max(scale, math.Abs(want)) {
			t.Errorf("%s, %s: %s is %v in LibreOffice (%v), %v here", name, b.Sides[side].Name, label, got, err, want)
		}
	}
	gross := make([]float64, len(b.Sides))
	for _, l := range b.Lines {
		for side := range b.Sides {
			for _, a := range l.Amounts {
				gross[side] += math.Abs(a * l.Toward[side])
			}
		}
	}
	for i, s := range b.Sides {
		near(i, "Net present value", s.NPV, 1e-3*gross[i])
		near(i, "Money in over money out", s.Multiple, 1)
		near(i, "Peak exposure", s.Peak, 1e-3*gross[i])
		if b.Dated {
			near(i, "Internal rate of return", s.IRR, 1)
		}
		if !math.IsNaN(s.IRR) {
			near(i, "net present value at that rate", 0, 1e-3*gross[i])
		}
	}
	for _, row := range rows {
		if row[0] != "check" {
			continue
		}
		for _, says := range row[1:] {
			if says != "" && says != "ok" {
				t.Errorf("%s: a check says %q", name, says)
			}
		}
	}
	return compared
}

// bookCell is a side's cell in the first row of a label.
func bookCell(rows [][]string, label string, side int) string {
	for _, row := range rows {
		if row[0] == label && side+1 < len(row) {
			return strings.TrimSpace(row[side+1])
		}
	}
	return fmt.Sprintf("no row %q", label)
}

// The same run gives the same bytes.
func TestWorkbookIsReproducible(t *testing.T) {
	text, err := deals.FS.ReadFile("amazon-anthropic-2026/deal.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var books [2]bytes.Buffer
	for i := range books {
		d, src, _, _ := Load(Source{Name: "deal.yaml", Text: text}, Edits{})
		if err := sheet.Write(&books[i], NewRun(src, Edits{}, d, RunOptions{Paths: 16, Seed: 1, Flows: true, Workers: 1 + i, Lanes: 64 >> i}).Workbook()); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(books[0].Bytes(), books[1].Bytes()) {
		t.Error("the same run gives two workbooks")
	}
}
