// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"pgregory.net/rapid"
)

// hostile are texts that have broken other renderers.
var hostile = []string{
	"", " ", "\x00", "\x1b[31mred\x1b[0m", "\x1b]0;title\x07", "a\tb\nc\r\nd", "\x7f\u009b1m", "\xff\xfe\xc3",
	"\u202egnp.exe", "\u2066\u2069\u200b\u200d\ufeff\u00ad", "\u2028\u2029", "שלום עולם", "مرحبا بالعالم", "e\u0301\u0302\u0303",
	"\u0301alone", "a \u0301b", "x \ufe0f y", "☎\ufe0f", "1\ufe0f\u20e3", "👩\u200d👩\u200d👧", "🇺🇸🇩🇪🇺", "漢字仮名交じり文と長い文章",
	"한국어", "\u1112\u1161\u11ab", "กำลัง", "\u0e33", "नमस्ते", "\U000e0041", "\ue000", "\U0010ffff", "\u3000wide\u3000space", "20\u00a0months",
	"\u00a0\u00a0", "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319", "ﷺ", "\u2e3b", "\U00012031", "ß", "ŉ",
	strings.Repeat("w", 300), strings.Repeat("\x01", 1000), strings.Repeat("漢", 100), strings.Repeat("long-path/of.parts_", 20), "-$1,234.50B", "3 to 7", "–", "8.62%",
}

// texts draws strings: plain words, hostile ones, and mixtures.
var texts = rapid.Custom(func(t *rapid.T) string {
	part := rapid.OneOf(
		rapid.SampledFrom([]string{"paid", "carry-forward", "the minimum of a year", "10.0", "-0.5", "$4.61B", "–", "25%"}),
		rapid.SampledFrom(hostile),
		rapid.StringN(-1, 12, -1),
	)
	return strings.Join(rapid.SliceOfN(part, 0, 4).Draw(t, "parts"), rapid.SampledFrom([]string{" ", "", "\n"}).Draw(t, "sep"))
})

var numbers = rapid.OneOf(rapid.Float64(), rapid.Float64Range(-100, 100), rapid.SampledFrom([]float64{0, nan, math.Inf(1), math.Inf(-1), 1e308, -1e308, 5e-324}))

// blocks draws a block of any kind.
var blocks = rapid.Custom(func(t *rapid.T) Block {
	word := func(name string) string { return texts.Draw(t, name) }
	count := rapid.IntRange(0, 8).Draw(t, "count")
	switch rapid.IntRange(0, 9).Draw(t, "kind") {
	case 0:
		return Paragraph{word("text")}
	case 1:
		return Notice{NoticeKind(rapid.IntRange(0, 1).Draw(t, "notice")), word("text")}
	case 2:
		var c Clauses
		for range count {
			c.Items = append(c.Items, Clause{ID: word("id"), Place: word("place"), Text: word("text"), Mark: word("mark")})
		}
		return c
	case 3:
		var f Figures
		for range count {
			f.Rows = append(f.Rows, Figure{Group: word("group"), Label: word("label"), Value: word("value"), Note: word("note")})
		}
		return f
	case 4:
		b := Bars{Title: word("title"), Note: word("note")}
		for range count {
			b.Rows = append(b.Rows, Bar{Label: word("label"), Value: word("value"), Amount: numbers.Draw(t, "amount"), Total: rapid.Bool().Draw(t, "total")})
		}
		return b
	case 5:
		return drawChart(t)
	case 6, 7, 8:
		return drawSpread(t)
	}
	return drawTable(t)
})

// drawSpread draws a fan, a distribution or whiskers.
func drawSpread(t *rapid.T) Block {
	c, count := drawChart(t), rapid.IntRange(0, 8).Draw(t, "places")
	numbersOf := func(n int, what string) []float64 { return rapid.SliceOfN(numbers, n, n).Draw(t, what) }
	switch rapid.IntRange(0, 2).Draw(t, "spread") {
	case 0:
		f := Fan{Title: c.Title, X: c.X, Y: c.Y, Note: c.Note, Marks: c.Marks, Lines: c.Series, At: numbersOf(count, "at"), Mean: numbersOf(count, "mean")}
		for range rapid.IntRange(0, 7).Draw(t, "quantiles") {
			f.Quantiles = append(f.Quantiles, Quantile{numbers.Draw(t, "level"), numbersOf(count, "quantile")})
		}
		return f
	case 1:
		d := Distribution{Title: c.Title, X: c.X, Y: c.Y, Note: c.Note, Mean: numbers.Draw(t, "mean"), Low: numbers.Draw(t, "low"), High: numbers.Draw(t, "high")}
		if count > 0 {
			d.Edges, d.Shares = numbersOf(count+1, "edges"), numbersOf(count, "shares")
		}
		return d
	}
	w := Whiskers{Title: c.Title, X: c.X, Y: c.Y, Note: c.Note, Range: texts.Draw(t, "range")}
	for range count {
		w.Rows = append(w.Rows, Whisker{texts.Draw(t, "label"), texts.Draw(t, "value"), texts.Draw(t, "range"), numbers.Draw(t, "amount"), numbers.Draw(t, "low"), numbers.Draw(t, "high")})
	}
	return w
}

func drawChart(t *rapid.T) Chart {
	marks := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Mark { return Mark{numbers.Draw(t, "x"), texts.Draw(t, "label")} }), 0, 4)
	c := Chart{
		Title: texts.Draw(t, "title"), Note: texts.Draw(t, "note"), Marks: marks.Draw(t, "marks"),
		X: Axis{Title: texts.Draw(t, "x title"), Ticks: marks.Draw(t, "ticks")},
		Y: Axis{Title: texts.Draw(t, "y title")},
	}
	if rapid.Bool().Draw(t, "format") {
		c.Y.Format = func(x float64) string { return fmt.Sprintf("about %.3f dollars", x) }
	}
	for range rapid.IntRange(0, 6).Draw(t, "series") {
		n := rapid.IntRange(0, 12).Draw(t, "points")
		points := rapid.SliceOfN(numbers, n, n)
		c.Series = append(c.Series, Series{texts.Draw(t, "name"), points.Draw(t, "x"), points.Draw(t, "y"), texts.Draw(t, "marker")})
	}
	return c
}

func drawTable(t *rapid.T) Table {
	columns := rapid.IntRange(0, 14).Draw(t, "columns")
	table := Table{Title: texts.Draw(t, "title"), Note: texts.Draw(t, "note"), Stub: rapid.IntRange(0, 4).Draw(t, "stub"), Transposable: rapid.Bool().Draw(t, "transposable")}
	groups := rapid.SampledFrom([]string{"", "", "one", "another group", hostile[3]})
	for range columns {
		table.Columns = append(table.Columns, Column{
			Group: groups.Draw(t, "group"), Title: texts.Draw(t, "title"), Unit: rapid.SampledFrom([]string{"", "$B", "%", "\x1b"}).Draw(t, "unit"),
			Align: Align(rapid.IntRange(0, 3).Draw(t, "align")), Priority: rapid.IntRange(-1, 2).Draw(t, "priority"), MinWidth: rapid.IntRange(0, 200).Draw(t, "min width"),
		})
	}
	cell := rapid.Custom(func(t *rapid.T) Cell {
		flag := func(name string) bool { return rapid.Bool().Draw(t, name) }
		return Cell{Text: texts.Draw(t, "text"), Strong: flag("strong"), Dim: flag("dim"), Warn: flag("warn")}
	})
	rows := rapid.SliceOfN(rapid.SliceOfN(cell, 0, columns), 0, 4)
	table.Rows, table.Footer = rows.Draw(t, "rows"), rows.Draw(t, "footer")
	return table
}

// mustBeClean checks what holds of every page: no line is too long, ends in a space or
// holds anything but printable characters.
func mustBeClean(t interface{ Fatalf(string, ...any) }, page string, width int) {
	for number, line := range strings.Split(page, "\n") {
		if got := displaywidth.String(line); got > width {
			t.Fatalf("line %d is %d wide, more than %d: %q", number+1, got, width, line)
		}
		if strings.TrimRightFunc(line, unicode.IsSpace) != line {
			t.Fatalf("line %d ends in a space: %q", number+1, line)
		}
		if !utf8.ValidString(line) {
			t.Fatalf("line %d is not UTF-8: %q", number+1, line)
		}
		for _, r := range line {
			if !unicode.IsPrint(r) {
				t.Fatalf("line %d holds %U: %q", number+1, r, line)
			}
		}
	}
}

func TestAnyDocumentIsClean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := &Document{Title: texts.Draw(t, "title"), Subtitle: texts.Draw(t, "subtitle")}
		for range rapid.IntRange(1, 2).Draw(t, "sections") {
			d.Sections = append(d.Sections, Section{Title: texts.Draw(t, "title"), Note: texts.Draw(t, "note"), Blocks: rapid.SliceOfN(blocks, 0, 4).Draw(t, "blocks")})
		}
		opt := TextOptions{Width: rapid.OneOf(rapid.IntRange(40, 160), rapid.IntRange(-1, 40)).Draw(t, "width"), ASCII: rapid.Bool().Draw(t, "ascii")}
		page := drawn(d, opt)
		mustBeClean(t, page, pageWidth(opt.Width))
		if again := drawn(d, opt); again != page {
			t.Fatalf("twice the same document, two pages:\n%s\n%s", page, again)
		}
		opt.Color = true
		if colored := escapes.ReplaceAllString(drawn(d, opt), ""); colored != page {
			t.Fatalf("colour changes the text:\n%q\n%q", page, colored)
		}
	})
}

func drawn(d *Document, opt TextOptions) string {
	var out strings.Builder
	if err := Text(&out, d, opt); err != nil {
		panic(err)
	}
	return out.String()
}

// TestNoCellIsCut gives every cell a word of its own and finds all of them on the page,
// the stub once in each part.
func TestNoCellIsCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := Table{Transposable: rapid.Bool().Draw(t, "transposable")}
		columns, rows := rapid.IntRange(1, 30).Draw(t, "columns"), rapid.IntRange(0, 30).Draw(t, "rows")
		var words []string
		word := func(what string, i, j int) string {
			w := fmt.Sprintf("%s%d_%d%s", what, i, j, strings.Repeat("x", rapid.IntRange(0, 6).Draw(t, "more")))
			words = append(words, w)
			return w
		}
		for j := range columns {
			table.Columns = append(table.Columns, Column{Title: word("c", 0, j), Priority: rapid.IntRange(0, 2).Draw(t, "priority")})
		}
		for i := range rows {
			var row []Cell
			for j := range columns {
				row = append(row, Cell{Text: word("r", i, j)})
			}
			table.Rows = append(table.Rows, row)
		}
		page := drawn(of(table), TextOptions{Width: rapid.IntRange(40, 160).Draw(t, "width")})
		have := map[string]int{}
		for _, w := range strings.Fields(page) {
			have[w]++
		}
		for _, w := range words {
			if have[w] == 0 {
				t.Fatalf("%s is missing:\n%s", w, page)
			}
		}
	})
}

func FuzzText(f *testing.F) {
	for i, s := range hostile {
		f.Add(s, uint8(24+3*i), i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, s string, width uint8, ascii bool) {
		d := &Document{Title: s, Subtitle: s, Sections: []Section{{Title: s, Note: s, Blocks: []Block{
			Paragraph{s}, Notice{Warning, s},
			Clauses{[]Clause{{ID: s, Place: s, Text: s, Mark: s}, {ID: "id", Place: "place", Text: s}}},
			Figures{[]Figure{{Group: s, Label: s, Value: s, Note: s}, {Group: s, Label: "label", Value: "1.0", Note: s}}},
			Table{Title: s, Note: s, Columns: []Column{{Title: s}, {Group: s, Title: s, Unit: s}, {Title: "c", Align: AlignDecimal}},
				Rows: [][]Cell{{{Text: s}, {Text: s, Warn: true}, {Text: s, Warn: true}}}, Footer: [][]Cell{Row(s, s, s)}, Transposable: true},
			Chart{Title: s, X: Axis{Title: s, Ticks: []Mark{{0, s}, {1, s}}}, Y: Axis{Title: s, Format: func(float64) string { return s }},
				Series: []Series{{s, []float64{0, 1}, []float64{2, 3}, s}, {"b", []float64{0, 1}, []float64{-2, 3}, ""}}, Marks: []Mark{{0.5, s}}},
			Fan{Title: s, Note: s, At: []float64{0, 1}, Quantiles: []Quantile{{0, []float64{0, 1}}, {1, []float64{2, 3}}}, Marks: []Mark{{0.5, s}}},
			Distribution{Title: s, Note: s, X: Axis{Title: s, Format: func(float64) string { return s }}, Edges: []float64{0, 1}, Shares: []float64{1}},
			Whiskers{Title: s, Note: s, Range: s, X: Axis{Title: s}, Y: Axis{Title: s}, Rows: []Whisker{{s, s, s, 1, 0, 2}}},
			Tornado{Title: s, Low: s, High: s, Note: s, Rows: []Swing{{s, s, s, -1, 2}, {s, "1", s, 3, 0}}},
			Bars{Title: s, Rows: []Bar{{Label: s, Value: s, Amount: 1}, {Label: s, Value: "1", Amount: -2, Total: true}}, Note: s},
		}}}}
		mustBeClean(t, drawn(d, TextOptions{Width: int(width), ASCII: ascii}), pageWidth(int(width)))
	})
}

// pageWidth is what Text makes of TextOptions.Width.
func pageWidth(width int) int {
	if width == 0 {
		return defaultWidth
	}
	return max(width, minWidth)
}
