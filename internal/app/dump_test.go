// SPDX-License-Identifier: Apache-2.0

package app

import (
	"bytes"
	"encoding/csv"
	"errors"
	"math"
	"os"
	"strconv"
	"testing"

	"github.com/parquet-go/parquet-go"

	"offtake/internal/measure"
)

func dumped(t *testing.T, workers int, to func(*bytes.Buffer) Dump) (*Run, []byte) {
	t.Helper()
	text, err := os.ReadFile("../../deals/amazon-anthropic-2026/deal.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d, src, list, err := Load(Source{Name: "deal.yaml", Text: text}, Edits{})
	if err != nil || list.HasFaults() {
		t.Fatal(err, list)
	}
	var buf bytes.Buffer
	r := NewRun(src, Edits{}, d, RunOptions{Paths: 2048, Seed: 1, Workers: workers, Lanes: 64, Dump: to(&buf)})
	if r.DumpErr != nil {
		t.Fatal(r.DumpErr)
	}
	return r, buf.Bytes()
}

// What is dumped is what the sample is made of: a row a path, with the sample's
// own average and quantiles, in the same order whatever the number of workers; and the
// same in either format.
func TestDump(t *testing.T) {
	r, text := dumped(t, 3, func(b *bytes.Buffer) Dump { return NewCSVDump(b) })
	if _, again := dumped(t, 1, func(b *bytes.Buffer) Dump { return NewCSVDump(b) }); !bytes.Equal(text, again) {
		t.Error("workers change the order of rows")
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil || len(rows) != 2049 || len(rows[0]) < 50 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	table := map[string][]float64{}
	for _, row := range rows[1:] {
		for c, cell := range row {
			x := math.NaN()
			if cell != "" {
				if x, err = strconv.ParseFloat(cell, 64); err != nil {
					t.Fatal(err)
				}
			}
			table[rows[0][c]] = append(table[rows[0][c]], x)
		}
	}
	npv := measure.Find(r.Sample.Measures, "npv", "cloud", "", 0)
	sum := 0.0
	for _, x := range table["npv.cloud"] {
		sum += x
	}
	if want := r.Sample.Estimates[npv].Moments.Mean / 100; math.Abs(sum/2048-want) > 1e-9*math.Abs(want) {
		t.Errorf("the mean of the rows is %v, the plain average of the sample %v", sum/2048, want)
	}
	if table["scrambling"][2047] != 15 || table["point"][2047] != 127 {
		t.Errorf("the last row is of scrambling %v, point %v", table["scrambling"][2047], table["point"][2047])
	}
	_, file := dumped(t, 2, func(b *bytes.Buffer) Dump { return NewParquetDump(b) })
	same(t, table, file)
}

// same holds a Parquet file to a table.
func same(t *testing.T, table map[string][]float64, file []byte) {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(f.Schema().Columns()); n != len(table) || f.NumRows() != 2048 {
		t.Fatalf("%d columns of %d rows", n, f.NumRows())
	}
	row := 0
	for _, group := range f.RowGroups() {
		rows := group.Rows()
		buf := make([]parquet.Row, 64)
		for {
			n, _ := rows.ReadRows(buf)
			if n == 0 {
				break
			}
			for _, values := range buf[:n] {
				for c, v := range values {
					name := f.Schema().Columns()[c][0]
					got := math.NaN()
					switch {
					case v.IsNull():
					case v.Kind() == parquet.Double:
						got = v.Double()
					default:
						got = float64(v.Int64())
					}
					if want := table[name][row]; math.Float64bits(got) != math.Float64bits(want) && !(math.IsNaN(got) && math.IsNaN(want)) {
						t.Fatalf("row %d, %s: %v, want %v", row, name, got, want)
					}
				}
				row++
			}
		}
		rows.Close()
	}
	if row != 2048 {
		t.Errorf("%d rows were read", row)
	}
}

type broken struct{ csvDump }

var errDisk = errors.New("no room")

func (broken) row(int, uint64, []float64) error { return errDisk }

// What keeps paths from being written is told, and stops nothing else.
func TestDumpFails(t *testing.T) {
	var buf bytes.Buffer
	to := newDumping(&broken{*NewCSVDump(&buf).(*csvDump)}, []measure.Measure{{Name: "npv"}})
	to.keep(0, 0, [][]float64{{1, 2}})
	if err := to.end(); !errors.Is(err, errDisk) {
		t.Error(err)
	}
}

// Rows go out group by group: what is held does not grow with paths.
func TestDumpGroups(t *testing.T) {
	var buf bytes.Buffer
	d := NewParquetDump(&buf)
	if err := d.begin([]string{"x"}); err != nil {
		t.Fatal(err)
	}
	for i := range 3 * groupRows {
		if err := d.row(0, uint64(i), []float64{1 / float64(i+1)}); err != nil {
			t.Fatal(err)
		}
	}
	if buf.Len() == 0 {
		t.Error("nothing is written before the end")
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil || f.NumRows() != 3*groupRows || len(f.RowGroups()) != 3 {
		t.Errorf("%d rows in %d groups: %v", f.NumRows(), len(f.RowGroups()), err)
	}
}
