// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"strconv"
)

// Fan is how a number is spread over sampled paths along a horizontal axis, such as
// cumulative cash over months: quantiles as bands around the middle, and the mean.
type Fan struct {
	Title     string     `json:"title"` // a sentence that says what is seen
	X         Axis       `json:"x"`
	Y         Axis       `json:"y"`
	At        []float64  `json:"at"`              // places on the horizontal axis, ascending
	Quantiles []Quantile `json:"quantiles"`       // from the lowest level to the highest; the first and last make the widest band
	Mean      []float64  `json:"mean,omitempty"`  // at each place; none: no line
	Lines     []Series   `json:"lines,omitempty"` // for comparison, such as the schedule
	Marks     []Mark     `json:"marks,omitempty"`
	Band      string     `json:"band,omitempty"` // what lies between the outermost quantiles, where they are not of paths; the mean is then called value
	Note      string     `json:"note,omitempty"`
	Behind
}

// Quantile is what a share of the paths stays at or below, at each place of a fan.
type Quantile struct {
	Level float64   `json:"level"` // 0.05
	Y     []float64 `json:"y"`
}

// Distribution is how often a number falls where, over sampled paths: a histogram.
type Distribution struct {
	Title  string    `json:"title"`  // a sentence that says what is seen
	X      Axis      `json:"x"`      // of the number, with its unit; its Format writes the marks too
	Y      Axis      `json:"y"`      // of the shares
	Edges  []float64 `json:"edges"`  // of the bins, ascending: one more than shares
	Shares []float64 `json:"shares"` // of all paths in each bin
	Mean   float64   `json:"mean"`   // not a number: no mark
	Low    float64   `json:"low"`    // the 5% quantile, likewise
	High   float64   `json:"high"`   // the 95% quantile
	Note   string    `json:"note,omitempty"`
	Behind
}

// Whiskers are a few numbers, such as those of contract years, each as a bar from zero
// with the range that it is within.
type Whiskers struct {
	Title string    `json:"title"` // a sentence that says what is seen, with what the range is
	X     Axis      `json:"x"`     // what the rows are: contract year
	Y     Axis      `json:"y"`     // of the numbers, with their unit
	Rows  []Whisker `json:"rows"`
	Range string    `json:"range"` // what whiskers are: 5% to 95% of paths
	Note  string    `json:"note,omitempty"`
	Behind
}

// Whisker is one number with its range. Ends that are not numbers are not drawn.
type Whisker struct {
	Label  string  `json:"label"`
	Value  string  `json:"value"`           // the number as written
	Range  string  `json:"range,omitempty"` // its range as written
	Amount float64 `json:"amount"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
}

// mustPair panics if a fan has not one number for each place.
func (f *Fan) mustPair() {
	for _, q := range f.Quantiles {
		if len(q.Y) != len(f.At) {
			panic(fmt.Sprintf("report: quantile %v of %q has %d numbers at %d places", q.Level, f.Title, len(q.Y), len(f.At)))
		}
	}
	if f.Mean != nil && len(f.Mean) != len(f.At) {
		panic(fmt.Sprintf("report: %q has %d means at %d places", f.Title, len(f.Mean), len(f.At)))
	}
}

// mustPair panics if a distribution has not one share for each bin.
func (d *Distribution) mustPair() {
	if len(d.Shares) > 0 && len(d.Edges) != len(d.Shares)+1 {
		panic(fmt.Sprintf("report: %q has %d edges and %d shares", d.Title, len(d.Edges), len(d.Shares)))
	}
}

// A Band is what lies between two quantiles of a fan.
type Band struct {
	Name      string // 5% to 95% of paths
	Low, High []float64
}

// Bands are those of a fan, the widest first: its quantiles in pairs from the outside.
func (f *Fan) Bands() []Band {
	var out []Band
	for i, j := 0, len(f.Quantiles)-1; i < j; i, j = i+1, j-1 {
		low, high := f.Quantiles[i], f.Quantiles[j]
		name := percent(low.Level) + " to " + percent(high.Level) + " of paths"
		if f.Band != "" && i == 0 {
			name = f.Band
		}
		out = append(out, Band{name, low.Y, high.Y})
	}
	return out
}

// edge names a quantile where it ends.
func (f *Fan) edge(k int) string {
	switch {
	case f.Band == "":
		return percent(f.Quantiles[k].Level)
	case k == 0:
		return "low"
	case k == len(f.Quantiles)-1:
		return "high"
	}
	return ""
}

// Middle is the quantile between the bands, such as the median; nil where there is none.
func (f *Fan) Middle() *Quantile {
	if n := len(f.Quantiles); n%2 == 1 {
		return &f.Quantiles[n/2]
	}
	return nil
}

// Chart is the fan without its bands, as lines: the middle, the mean, and what they are
// compared with.
func (f *Fan) Chart() *Chart {
	f.mustPair()
	c := &Chart{Title: f.Title, X: f.X, Y: f.Y, Marks: f.Marks, Note: f.Note, Behind: f.Behind}
	if q := f.Middle(); q != nil {
		name := percent(q.Level)
		if q.Level == 0.5 {
			name = "median"
		}
		c.Series = append(c.Series, Series{Name: name, X: f.At, Y: q.Y})
	}
	if f.Mean != nil {
		name := "mean"
		if f.Band != "" {
			name = "value"
		}
		c.Series = append(c.Series, Series{Name: name, X: f.At, Y: f.Mean})
	}
	c.Series = append(c.Series, f.Lines...)
	return c
}

// Marks are the places of a distribution that are named.
func (d *Distribution) Marks() []Mark {
	var out []Mark
	for _, m := range []Mark{{d.Low, "5%"}, {d.Mean, "mean"}, {d.High, "95%"}} {
		if drawable(m.X) {
			text := strconv.FormatFloat(m.X, 'g', 4, 64)
			if d.X.Format != nil {
				text = d.X.Format(m.X)
			}
			out = append(out, Mark{m.X, m.Label + hardSpace + text})
		}
	}
	return out
}

// percent writes a level: 5%, 97.5%.
func percent(level float64) string { return strconv.FormatFloat(level*100, 'g', 4, 64) + "%" }
