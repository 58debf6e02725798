// SPDX-License-Identifier: Apache-2.0

package app

import (
	"bufio"
	"io"
	"math"
	"strconv"

	"github.com/parquet-go/parquet-go"

	"offtake/internal/measure"
	"offtake/internal/value"
)

// A Dump takes the values of every path of a sample, a row a path: its scrambling
// (0 of plain numbers), its number in that, and every measure, money in currency
// units and what is not defined left empty.
type Dump interface {
	begin(names []string) error
	row(scramble int, point uint64, values []float64) error
	end() error
}

// dumping shows a sample's paths to a dump, and keeps the first error.
type dumping struct {
	to       Dump
	measures []measure.Measure
	row      []float64
	err      error
}

func newDumping(to Dump, measures []measure.Measure) *dumping {
	d := &dumping{to: to, measures: measures, row: make([]float64, len(measures))}
	names := make([]string, len(measures))
	for i, m := range measures {
		names[i] = value.FigureName(&m)
	}
	d.err = to.begin(names)
	return d
}

func (d *dumping) keep(scramble int, first uint64, values [][]float64) {
	for p := 0; d.err == nil && p < len(values[0]); p++ {
		for i, m := range d.measures {
			d.row[i] = shown(m, values[i][p])
		}
		d.err = d.to.row(scramble, first+uint64(p), d.row)
	}
}

func (d *dumping) end() error {
	if d.err == nil {
		d.err = d.to.end()
	}
	return d.err
}

// csvDump writes comma-separated values (RFC 4180); names and numbers need no
// quotes.
type csvDump struct {
	w    *bufio.Writer
	line []byte
}

// NewCSVDump writes text, one line a path.
func NewCSVDump(w io.Writer) Dump { return &csvDump{w: bufio.NewWriterSize(w, 1<<16)} }

func (d *csvDump) begin(names []string) error {
	d.line = append(d.line[:0], "scrambling,point"...)
	for _, n := range names {
		d.line = append(append(d.line, ','), n...)
	}
	_, err := d.w.Write(append(d.line, '\n'))
	return err
}

func (d *csvDump) row(scramble int, point uint64, values []float64) error {
	d.line = strconv.AppendInt(d.line[:0], int64(scramble), 10)
	d.line = strconv.AppendUint(append(d.line, ','), point, 10)
	for _, x := range values {
		if d.line = append(d.line, ','); !math.IsNaN(x) {
			d.line = strconv.AppendFloat(d.line, x, 'g', -1, 64)
		}
	}
	_, err := d.w.Write(append(d.line, '\n'))
	return err
}

func (d *csvDump) end() error { return d.w.Flush() }

// parquetDump writes Apache Parquet, a column a measure.
type parquetDump struct {
	to              io.Writer
	w               *parquet.Writer
	columns         []int // by measure: its column, as the format orders them by name
	scramble, point int
	next            parquet.Row
}

// groupRows is how many rows are held until their columns are written: memory does not
// grow with paths.
const groupRows = 8192

// NewParquetDump writes Parquet, which numpy, DuckDB and spreadsheets read by
// columns.
func NewParquetDump(w io.Writer) Dump { return &parquetDump{to: w} }

func (d *parquetDump) begin(names []string) error {
	group := parquet.Group{"scrambling": parquet.Leaf(parquet.Int32Type), "point": parquet.Leaf(parquet.Int64Type)}
	for _, n := range names {
		group[n] = parquet.Optional(parquet.Leaf(parquet.DoubleType))
	}
	schema := parquet.NewSchema("paths", group)
	d.w = parquet.NewWriter(d.to, schema, parquet.Compression(&parquet.Snappy), parquet.MaxRowsPerRowGroup(groupRows))
	at := map[string]int{}
	for i, path := range schema.Columns() {
		at[path[0]] = i
	}
	d.scramble, d.point = at["scrambling"], at["point"]
	for _, n := range names {
		d.columns = append(d.columns, at[n])
	}
	d.next = make(parquet.Row, len(names)+2)
	return nil
}

func (d *parquetDump) row(scramble int, point uint64, values []float64) error {
	d.next[d.scramble] = parquet.Int32Value(int32(scramble)).Level(0, 0, d.scramble)
	d.next[d.point] = parquet.Int64Value(int64(point)).Level(0, 0, d.point)
	for i, x := range values {
		c := d.columns[i]
		if math.IsNaN(x) {
			d.next[c] = parquet.NullValue().Level(0, 0, c)
		} else {
			d.next[c] = parquet.DoubleValue(x).Level(0, 1, c)
		}
	}
	_, err := d.w.WriteRows([]parquet.Row{d.next})
	return err
}

func (d *parquetDump) end() error { return d.w.Close() }
