// SPDX-License-Identifier: Apache-2.0

package world

import (
	"math"

	"offtake/internal/field"
)

// triangular has its density rise from low to the mode and fall to high.
type triangular struct{ low, mode, high float64 }

// Name is "triangular".
func (*triangular) Name() string { return "triangular" }

func (d *triangular) field(like field.Field) field.Field {
	return field.Field{Kind: field.Group, Fields: func() []field.Field {
		return []field.Field{inner(like, "low", "the least", &d.low), inner(like, "mode", "the most likely", &d.mode), inner(like, "high", "the most", &d.high)}
	}}
}

func (d *triangular) check(n *Number, at string, r field.Report) {
	if !(d.low <= d.mode && d.mode <= d.high && d.low < d.high) {
		r.Fault("DISTRIBUTION-ORDER", at+".triangular", "low, mode and high rise", "low %s, mode %s and high %s are not in order", n.write(d.low), n.write(d.mode), n.write(d.high))
	}
}

func (d *triangular) mean(*Number) float64 { return (d.low + d.mode + d.high) / 3 }

func (d *triangular) draw(_ *Number, u []float64) {
	width, rise := d.high-d.low, d.mode-d.low
	at := rise / width
	for i, x := range u {
		if x < at {
			u[i] = d.low + math.Sqrt(x*width*rise)
		} else {
			u[i] = d.high - math.Sqrt((1-x)*width*(d.high-d.mode))
		}
	}
}

func (d *triangular) says(n *Number) string {
	return "triangular from " + n.write(d.low) + " over " + n.write(d.mode) + " to " + n.write(d.high)
}

// uniform is equally likely everywhere between low and high.
type uniform struct{ low, high float64 }

// Name is "uniform".
func (*uniform) Name() string { return "uniform" }

func (d *uniform) field(like field.Field) field.Field {
	return field.Field{Kind: field.Group, Fields: func() []field.Field {
		return []field.Field{inner(like, "low", "the least", &d.low), inner(like, "high", "the most", &d.high)}
	}}
}

func (d *uniform) check(n *Number, at string, r field.Report) {
	if !(d.low < d.high) {
		r.Fault("DISTRIBUTION-ORDER", at+".uniform", "low is below high", "low %s is not below high %s", n.write(d.low), n.write(d.high))
	}
}

func (d *uniform) mean(*Number) float64 { return (d.low + d.high) / 2 }

func (d *uniform) draw(_ *Number, u []float64) {
	for i, x := range u {
		u[i] = d.low + float64(x*(d.high-d.low))
	}
}

func (d *uniform) says(n *Number) string {
	return "uniform from " + n.write(d.low) + " to " + n.write(d.high)
}

// beta is a beta distribution between low and high: of shapes a and b, with
// mean low + (high - low) a / (a + b).
type beta struct {
	A, B      float64
	Low, High float64
}

// Name is "beta".
func (*beta) Name() string { return "beta" }

func (d *beta) field(like field.Field) field.Field {
	shape := func(name string, into *float64) field.Field {
		return field.Field{Name: name, Kind: field.Number, Unit: "shape", Required: true, Min: field.At(0.1), Max: field.At(1000), Into: into, Doc: "a shape of the distribution"}
	}
	return field.Field{Kind: field.Group, Fields: func() []field.Field {
		low, high := inner(like, "low", "the least", &d.Low), inner(like, "high", "the most", &d.High)
		if like.Kind != field.Money && like.Kind != field.Span {
			low.Required, low.Default, high.Required, high.Default = false, "0", false, "1"
		}
		return []field.Field{shape("a", &d.A), shape("b", &d.B), low, high}
	}}
}

func (d *beta) check(n *Number, at string, r field.Report) {
	if !(d.Low < d.High) {
		r.Fault("DISTRIBUTION-ORDER", at+".beta", "low is below high", "low %s is not below high %s", n.write(d.Low), n.write(d.High))
	}
}

func (d *beta) mean(*Number) float64 { return d.Low + float64((d.High-d.Low)*d.A)/(d.A+d.B) }

func (d *beta) draw(_ *Number, u []float64) {
	q := newBetaQuantile(d.A, d.B)
	for i, x := range u {
		u[i] = d.Low + float64(q.at(x)*(d.High-d.Low))
	}
}

func (d *beta) says(n *Number) string {
	return "beta from " + n.write(d.Low) + " to " + n.write(d.High)
}
