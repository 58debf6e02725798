// SPDX-License-Identifier: Apache-2.0

package report

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"
)

// sampleFan is the net position of the sample's chart, invented to be spread by 2% a year
// and by 15% of what is paid.
func sampleFan() Fan {
	base := sampleChart().Series[2]
	f := Fan{
		Title:     "Cumulative cash to Amazon: on most paths it is out of pocket for less than three years.",
		X:         Axis{Title: "contract year"},
		Y:         Axis{Title: "cumulative, $B", Format: func(x float64) string { return fmt.Sprintf("%.0f", x) }},
		Quantiles: []Quantile{{Level: 0.05}, {Level: 0.25}, {Level: 0.5}, {Level: 0.75}, {Level: 0.95}},
		Note:      "Over 4,096 paths. The band leaves out a path in ten at each place, not the same ones.",
	}
	for year := range 11 {
		f.X.Ticks = append(f.X.Ticks, Mark{float64(12 * year), fmt.Sprint(year)})
	}
	schedule := Series{Name: "as agreed"}
	for i := 0; i < len(base.X); i += 3 {
		f.At = append(f.At, base.X[i])
		for k, z := range []float64{-1.645, -0.674, 0, 0.674, 1.645} {
			f.Quantiles[k].Y = append(f.Quantiles[k].Y, base.Y[i]-float64(base.X[i]*0.05)+float64(z*base.X[i]*0.12))
		}
		f.Mean = append(f.Mean, base.Y[i]-float64(base.X[i]*0.08))
		schedule.X, schedule.Y = append(schedule.X, base.X[i]), append(schedule.Y, base.Y[i])
	}
	f.Lines = []Series{schedule}
	return f
}

// sampleDistribution is a lopsided hump with its quantiles where they belong.
func sampleDistribution() Distribution {
	d := Distribution{
		Title: "Net present value to Amazon: on 21% of paths it would rather not have signed.",
		X:     Axis{Title: "net present value, $B", Format: func(x float64) string { return fmt.Sprintf("%.3g", x) }},
		Y:     Axis{Title: "share of paths", Format: func(x float64) string { return fmt.Sprintf("%.0f%%", x*100) }},
		Mean:  8.71, Low: -6.93, High: 30.2,
		Note: "Over 4,096 paths.",
	}
	sum := 0.0
	for i := range 31 {
		x := -15 + float64(i)*2
		d.Edges = append(d.Edges, x)
		if i < 30 {
			u := (x + 1 - 4) / 11
			if x > 3 {
				u /= 1.5
			}
			d.Shares = append(d.Shares, math.Exp(-float64(u*u)/2))
			sum += d.Shares[i]
		}
	}
	for i := range d.Shares {
		d.Shares[i] /= sum
	}
	return d
}

// sampleWhiskers is what years of the sample's ledger might be missing.
func sampleWhiskers() Whiskers {
	w := Whiskers{
		Title: "Deficiency by contract year: late years carry most of it, and most of the doubt.",
		X:     Axis{Title: "Year"}, Y: Axis{Title: "Mean, $B"}, Range: "5% to 95%",
		Note: "The whisker spans 5% to 95% of 4,096 paths; the bar ends at their mean.",
	}
	for year, x := range [][3]float64{{0.05, 0, 0.31}, {0.04, 0, 0.22}, {0.07, 0, 0.4}, {0.12, 0, 0.66}, {0.25, 0, 1.2}, {0.14, 0, 0.7}, {0.34, 0.02, 1.5}, {0.7, 0.1, 2.4}, {1.29, 0.3, 3.9}, {0.88, 0.2, 2.8}} {
		w.Rows = append(w.Rows, Whisker{Label: fmt.Sprint(year + 1), Value: fmt.Sprintf("%.2f", x[0]), Range: fmt.Sprintf("%.2f to %.2f", x[1], x[2]), Amount: x[0], Low: x[1], High: x[2]})
	}
	return w
}

func sampleSpread() *Document {
	return &Document{Sections: []Section{{Blocks: []Block{sampleFan(), sampleDistribution(), sampleWhiskers()}}}}
}

func TestSpreadText(t *testing.T) {
	for name, opt := range map[string]TextOptions{
		"spread_80":       {},
		"spread_120":      {Width: 120},
		"spread_50_ascii": {Width: 50, ASCII: true},
	} {
		golden(t, name, text(t, sampleSpread(), opt))
	}
}

func TestSpreadOfNothing(t *testing.T) {
	for _, b := range []Block{
		Fan{Title: "Title."}, Fan{Title: "Title.", At: []float64{1}, Quantiles: []Quantile{{0.5, []float64{nan}}}},
		Distribution{Title: "Title.", Mean: nan, Low: nan, High: nan}, Distribution{Title: "Title.", Edges: []float64{0, 1}, Shares: []float64{0}},
		Whiskers{Title: "Title."},
	} {
		looksLike(t, b, TextOptions{}, "Title.\n\nnothing to draw\n")
	}
}

// Bars to both sides of zero, whiskers that begin at zero, within their bar, on the
// other side, or nowhere.
func TestWhiskers(t *testing.T) {
	looksLike(t, Whiskers{Title: "Title.", X: Axis{Title: "Year"}, Y: Axis{Title: "$B"}, Range: "90%", Rows: []Whisker{
		{Label: "1", Value: "4", Range: "2 to 8", Amount: 4, Low: 2, High: 8},
		{Label: "2", Value: "-4", Range: "-6 to 1", Amount: -4, Low: -6, High: 1},
		{Label: "3", Value: "1", Range: "0 to 3", Amount: 1, Low: 0, High: 3},
		{Label: "4", Value: "8", Amount: 8, Low: nan, High: nan},
	}}, TextOptions{Width: 50}, `
		Title.

		Year  $B      90%
		──────────────────────────────────────────────────
		1      4   2 to 8               ┝━━━┿━━━━────────┤
		2     -4  -6 to 1  ├───━━━━━━━━━┥─┤
		3      1   0 to 3               ┝━━───┤
		4      8                        ┝━━━━━━━━━━━━━━━━━
		`)
}

func TestSpreadJSON(t *testing.T) {
	got, err := json.Marshal(Section{Blocks: []Block{
		Fan{Title: "a", At: []float64{0}, Quantiles: []Quantile{{0.05, []float64{nan}}}, Mean: []float64{2}, Behind: Behind{Clauses: []string{"x"}}},
		Distribution{Title: "b", Edges: []float64{0, 1}, Shares: []float64{1}, Mean: nan},
		Whiskers{Title: "c", Rows: []Whisker{{Label: "1", Low: nan}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"title":"","blocks":[` +
		`{"kind":"fan","title":"a","x":{},"y":{},"quantiles":[{"level":0.05,"y":[null]}],"clauses":["x"],"at":[0],"mean":[2]},` +
		`{"kind":"distribution","title":"b","x":{},"y":{},"edges":[0,1],"shares":[1],"mean":null,"low":0,"high":0},` +
		`{"kind":"whiskers","title":"c","x":{},"y":{},"rows":[{"label":"1","value":"","amount":0,"low":null,"high":0}],"range":""}]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
