// SPDX-License-Identifier: Apache-2.0

package world

import (
	"fmt"
	"math"
	"slices"
	"sort"

	"offtake/internal/calendar"
	"offtake/internal/field"
)

// discrete is one of several values, each with its probability.
type discrete struct{ cases []discreteCase }

type discreteCase struct{ value, probability float64 }

// Name is "discrete".
func (*discrete) Name() string { return "discrete" }

func (d *discrete) field(like field.Field) field.Field {
	return field.Field{Kind: field.List, Fields: func() []field.Field {
		d.cases = append(d.cases, discreteCase{})
		c := &d.cases[len(d.cases)-1]
		return []field.Field{inner(like, "value", "one value", &c.value),
			{Name: "probability", Kind: field.Rate, Unit: "probability", Required: true, Min: field.Beyond(0), Max: field.At(1), Into: &c.probability, Doc: "how likely it is"}}
	}}
}

func (d *discrete) check(_ *Number, at string, r field.Report) {
	if sum := d.sum(); math.Abs(sum-1) > 1e-9 {
		r.Fault("PROBABILITY-SUM", at+".discrete", "let them add up to 100%", "the probabilities add up to %.6g%%", 100*sum)
	}
}

func (d *discrete) sum() float64 {
	sum := 0.0
	for _, c := range d.cases {
		sum += c.probability
	}
	return sum
}

func (d *discrete) mean(*Number) float64 {
	sum := 0.0
	for _, c := range d.cases {
		sum += float64(c.value * c.probability)
	}
	return sum / d.sum()
}

func (d *discrete) draw(_ *Number, u []float64) {
	sorted := slices.Clone(d.cases)
	slices.SortStableFunc(sorted, func(a, b discreteCase) int { return order(a.value, b.value) })
	upTo, sum := make([]float64, len(sorted)), 0.0
	for i, c := range sorted {
		sum += c.probability
		upTo[i] = sum
	}
	for i, x := range u {
		u[i] = sorted[min(sort.SearchFloat64s(upTo, x), len(sorted)-1)].value
	}
}

func order(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (d *discrete) says(n *Number) string { return fmt.Sprintf("one of %d values", len(d.cases)) }

// data is one of several values, each equally likely: the empirical
// distribution, as a step function, so that nothing is drawn that was not seen.
type data struct{ seen []float64 }

// Name is "from_data".
func (*data) Name() string { return "from_data" }

func (d *data) field(like field.Field) field.Field {
	return field.Field{Kind: field.Series, Item: like.Kind, Unit: like.Unit, Min: like.Min, Max: like.Max, Into: &d.seen, Each: func() field.Field {
		d.seen = append(d.seen, 0)
		f := inner(like, "", "one value", nil)
		f.Required = false
		f.Into = &lastValue{&d.seen, len(d.seen) - 1}
		return f
	}}
}

func (d *data) check(*Number, string, field.Report) {}

func (d *data) mean(*Number) float64 {
	sum := 0.0
	for _, x := range d.seen {
		sum += x
	}
	return sum / float64(len(d.seen))
}

func (d *data) draw(_ *Number, u []float64) {
	sorted := slices.Clone(d.seen)
	slices.Sort(sorted)
	for i, x := range u {
		u[i] = sorted[min(int(x*float64(len(sorted))), len(sorted)-1)]
	}
}

func (d *data) says(n *Number) string { return fmt.Sprintf("one of %d values seen", len(d.seen)) }

// lastValue takes a value, or a length of time, into its place in a list.
type lastValue struct {
	list *[]float64
	at   int
}

// SetNumber takes the value.
func (v *lastValue) SetNumber(x float64) { (*v.list)[v.at] = x }

// SetSpan takes the length of time, in years.
func (v *lastValue) SetSpan(s calendar.Span) { (*v.list)[v.at] = s.Years() }
