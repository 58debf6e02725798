// SPDX-License-Identifier: Apache-2.0

package plot

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"offtake/internal/report"
)

// charts are one of each kind, of invented numbers.
func charts() map[string]report.Block {
	line := func(name string, from, by float64) report.Series {
		s := report.Series{Name: name}
		for i := range 11 {
			s.X, s.Y = append(s.X, float64(i)), append(s.Y, from+float64(by*float64(i)))
		}
		return s
	}
	percent := func(x float64) string { return fmt.Sprintf("%.0f%%", x*100) }
	fan := report.Fan{Title: "Cumulative cash to the provider widens with the years.", X: report.Axis{Title: "contract year"}, Y: report.Axis{Title: "cumulative, $B"},
		Mean: line("", -5, 9).Y, Lines: []report.Series{line("as agreed", -5, 11)}, Marks: []report.Mark{{X: 1.2, Label: "round trip, as agreed"}}, Note: "Invented."}
	for i, by := range []float64{4, 7, 9.5, 11, 14} {
		fan.Quantiles = append(fan.Quantiles, report.Quantile{Level: []float64{0.05, 0.25, 0.5, 0.75, 0.95}[i], Y: line("", -5, by).Y})
	}
	fan.At = line("", 0, 0).X
	return map[string]report.Block{
		"lines": report.Chart{Title: "Four lines & their names < that differ in dash.", X: report.Axis{Title: "contract year"}, Y: report.Axis{Title: "cumulative, $B"},
			Series: []report.Series{line("paid for compute", 0, 20), line("capital put in", 5, 1), line("by other clauses", 0, -2), line("net", -5, 17)}},
		"fan": fan,
		"distribution": report.Distribution{Title: "Net present value: one path in five is below zero.", X: report.Axis{Title: "net present value, $B", Format: func(x float64) string { return fmt.Sprint(x) }},
			Y: report.Axis{Title: "share of paths", Format: percent}, Edges: []float64{-10, -5, 0, 5, 10, 15, 20}, Shares: []float64{0.05, 0.15, 0.3, 0.25, 0.15, 0.1}, Mean: 5.5, Low: -5, High: 17},
		"whiskers": report.Whiskers{Title: "Deficiency by contract year.", X: report.Axis{Title: "contract year"}, Y: report.Axis{Title: "mean deficiency, $B"}, Range: "5% to 95% of paths",
			Rows: []report.Whisker{{Label: "1", Amount: 1, High: 3}, {Label: "2", Amount: 2, Low: 1, High: 4}, {Label: "3", Amount: 0.5, High: 2}}},
		"bars": report.Bars{Title: "How net present value comes about", Rows: []report.Bar{{Label: "overcharge", Value: "$6.47B", Amount: 6.47}, {Label: "stake less cheques", Value: "-$1.57B", Amount: -1.57},
			{Label: "net present value", Value: "$4.90B", Amount: 4.9, Total: true}}},
	}
}

// Every chart is a file of each kind, and the same one twice. With OFFTAKE_SHOW the files
// are kept there, to be looked at.
func TestFiles(t *testing.T) {
	for name, block := range charts() {
		for _, width := range []float64{720, 320} {
			p, any := report.Draw(block, report.PictureOptions{Width: width, Titled: true})
			if !any {
				t.Fatalf("%s: nothing drawn", name)
			}
			for ending, write := range map[string]func(io.Writer, report.Picture) error{"svg": SVG, "png": PNG, "pdf": PDF} {
				var first, again bytes.Buffer
				if err := errors.Join(write(&first, p), write(&again, p)); err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(first.Bytes(), again.Bytes()) {
					t.Errorf("%s.%s: twice the same chart, two files", name, ending)
				}
				if dir := os.Getenv("OFFTAKE_SHOW"); dir != "" {
					if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%v.%s", name, width, ending)), first.Bytes(), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				check(t, name, ending, first.Bytes(), p)
			}
		}
	}
}

// check reads a file back as far as the standard library can.
func check(t *testing.T, name, ending string, file []byte, p report.Picture) {
	switch ending {
	case "svg":
		d := xml.NewDecoder(bytes.NewReader(file))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if strings.Contains(string(file), "NaN") {
			t.Errorf("%s: a place is no number", name)
		}
	case "png":
		image, err := png.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got, want := float64(image.Bounds().Dx()), p.Width*dotsPerInch/72; got < want-1 || got > want+1 {
			t.Errorf("%s: %v dots wide, want %v", name, got, want)
		}
	case "pdf":
		if !bytes.HasPrefix(file, []byte("%PDF-")) || !bytes.Contains(file, []byte("D:20000101000000")) {
			t.Errorf("%s: no PDF file with the date that all have", name)
		}
	}
}

// Every ink has a look, and those of lines differ without colour.
func TestInksDiffer(t *testing.T) {
	for _, b := range charts() {
		p, _ := report.Draw(b, report.PictureOptions{Width: 600, Titled: true})
		for _, s := range p.Shapes {
			if _, known := looks[s.Ink]; !known {
				t.Errorf("ink %s has no look", s.Ink)
			}
		}
	}
	seen := map[string]bool{}
	for i := range 4 {
		seen[fmt.Sprint(looks[report.LineInk(i)].dash)] = true
	}
	if len(seen) != 4 {
		t.Errorf("%d dashes of 4 lines", len(seen))
	}
	gray := func(ink report.Ink) int { c := looks[ink].color; return (int(c.R) + int(c.G) + int(c.B)) / 3 }
	if gray(report.WideBand)-gray(report.NarrowInk) < 24 || gray(report.BarInk)-gray(report.TotalInk) < 48 {
		t.Error("areas are alike in grey")
	}
}
