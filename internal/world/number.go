// SPDX-License-Identifier: Apache-2.0

package world

import (
	"fmt"
	"math"

	"offtake/internal/calendar"
	"offtake/internal/draw"
	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// A Number is certain, or a distribution from which one value is drawn a path:
// an uncertain parameter, which is something else than noise, drawn each step.
// Lengths of time are numbers of years.
type Number struct {
	Value    float64      // where it is certain
	Dist     Distribution // nil where it is
	kind     field.Kind
	min, max field.Limit
	given    bool
}

// Certainly is a number without doubt.
func Certainly(x float64) Number { return Number{Value: x, given: true} }

// A Distribution is one way in which a number can be uncertain.
type Distribution interface {
	// Name is its name in the catalogue and in files.
	Name() string
	// field is what a file may say, for a number that is written like f.
	field(f field.Field) field.Field
	// check reports what no single field can; at is the distribution's own path.
	check(n *Number, at string, r field.Report)
	// mean is the expected value within the limits of the number, in closed form.
	mean(n *Number) float64
	// draw turns numbers uniform in (0, 1) into values: its quantiles.
	draw(n *Number, u []float64)
	// says is the distribution in words, for lists of inputs.
	says(n *Number) string
}

// Distributions lists what a number may be beside certain, by name. An interval
// written bare is the first or the second of them.
var Distributions = []struct {
	Name string
	Doc  string
	New  func() Distribution
}{
	{"normal", "normal, by its mean and standard deviation or by a 90% interval; cut off at the field's limits", func() Distribution { return &normal{} }},
	{"lognormal", "lognormal, by its mean and standard deviation or by a 90% interval; cut off at the field's limits", func() Distribution { return &normal{log: true} }},
	{"triangular", "triangular between a low and a high value, most likely at the mode", func() Distribution { return &triangular{} }},
	{"uniform", "equally likely between a low and a high value", func() Distribution { return &uniform{} }},
	{"beta", "a beta distribution with the shapes a and b, stretched from a low to a high value", func() Distribution { return &beta{High: 1} }},
	{"discrete", "one of several values, each with its probability", func() Distribution { return &discrete{} }},
	{"from_data", "one of several values, each equally likely: none between them is drawn", func() Distribution { return &data{} }},
}

// numberField is the field of a number: as the field given is written, or a
// distribution.
func numberField(f field.Field, into *Number) field.Field {
	into.kind, into.min, into.max = f.Kind, f.Min, f.Max
	if f.Default == "0" || f.Default == "0%" {
		into.SetNumber(0)
	}
	bare := f
	bare.Doc, bare.Default, bare.Required, bare.Into = "", "", false, into
	f.Bare, f.Into, f.Min, f.Max = &bare, nil, field.Limit{}, field.Limit{}
	f.Shared = "distribution-" + map[field.Kind]string{field.Rate: "rate", field.Number: "number", field.Money: "amount", field.Span: "span"}[f.Kind]
	f.Kind = field.Variant
	f.Fields = func() []field.Field { return into.cases(bare) }
	return f
}

// cases are the distributions, each with what it may say.
func (n *Number) cases(bare field.Field) []field.Field {
	var out []field.Field
	for _, k := range Distributions {
		d := k.New()
		f := d.field(bare)
		f.Name, f.Doc = k.Name, k.Doc
		f.Chosen = func() { n.Dist, n.given = d, true }
		out = append(out, f)
	}
	return out
}

// SetNumber takes a value that is certain.
func (n *Number) SetNumber(x float64) { n.Value, n.Dist, n.given = x, nil, true }

// SetInterval takes a bare interval: a lognormal where the number cannot be
// negative, else a normal.
func (n *Number) SetInterval(low, high float64) {
	n.Dist, n.given = &normal{log: n.min.Set() && n.min.Value >= 0, low: low, high: high, interval: true}, true
}

// SetSpan takes a length of time that is certain.
func (n *Number) SetSpan(s calendar.Span) { n.SetNumber(s.Years()) }

// SetSpanInterval takes an interval of lengths of time: a lognormal.
func (n *Number) SetSpanInterval(low, high calendar.Span) {
	n.Dist, n.given = &normal{log: true, low: low.Years(), high: high.Years(), interval: true}, true
}

// Given tells whether the file states the number.
func (n *Number) Given() bool { return n.given }

// Certain tells whether every path has the same value.
func (n *Number) Certain() bool { return n.Dist == nil }

// Mean is the value, or the expected one.
func (n *Number) Mean() float64 {
	if n.Dist == nil {
		return n.Value
	}
	return n.Dist.mean(n)
}

// Check reports faults of the distribution.
func (n *Number) Check(at string, r field.Report) {
	if n.Dist != nil {
		n.Dist.check(n, at, r)
	}
}

// Draw fills a column with a value for each path of the source's block, by the
// name of the number in the file.
func (n *Number) Draw(dst []float64, src draw.Source, name string) {
	if n.Dist == nil {
		vec.Fill(dst, n.Value)
		return
	}
	src.Parameter(dst, name)
	n.Dist.draw(n, dst)
}

// Quantile is the value below which the number lies with a probability inside (0, 1).
func (n *Number) Quantile(probability float64) float64 {
	if n.Dist == nil {
		return n.Value
	}
	one := []float64{probability}
	n.Dist.draw(n, one)
	return one[0]
}

// limits are the bounds that a value must keep, infinite where there are none.
func (n *Number) limits() (low, high float64) {
	low, high = math.Inf(-1), math.Inf(1)
	if n.min.Set() {
		low = n.min.Value
	}
	if n.max.Set() {
		high = n.max.Value
	}
	return low, high
}

// write is a value as a file has it.
func (n *Number) write(x float64) string {
	switch n.kind {
	case field.Money:
		return unit.FormatNumber(x / unit.MinorPerMajor)
	case field.Rate:
		return unit.FormatRate(x)
	case field.Span:
		return fmt.Sprintf("%.3gm", x*12)
	}
	return unit.FormatNumber(x)
}

// Says is the number in words: its value, or its distribution and mean.
func (n *Number) Says() string {
	if n.Dist == nil {
		return n.write(n.Value)
	}
	return n.Dist.says(n) + ", mean " + n.write(n.Mean())
}

// A Named is a number with the path by which a file, and its draws, name it.
type Named struct {
	Path   string
	Number *Number
}

// inner is the field of a value of a distribution, written like the number's own.
func inner(like field.Field, name, doc string, into *float64) field.Field {
	f := field.Field{Name: name, Kind: like.Kind, Unit: like.Unit, Min: like.Min, Max: like.Max, Doc: doc, Required: true, Into: into}
	if like.Kind == field.Span {
		f.Into = &spanYears{into}
	}
	return f
}

// spanYears takes a length of time as a number of years.
type spanYears struct{ years *float64 }

// SetSpan takes the length.
func (s *spanYears) SetSpan(x calendar.Span) { *s.years = x.Years() }
