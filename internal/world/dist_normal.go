// SPDX-License-Identifier: Apache-2.0

package world

import (
	"math"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/vec"
)

// z95 is the 95% quantile of the standard normal distribution.
var z95 = vec.NormInvOf(0.95)

// normal is a normal or a lognormal distribution, by mean and standard
// deviation or by its 5% and 95% quantiles, cut off at the limits of the field:
// what is drawn is the value on condition that it lies within them. Mean,
// deviation and quantiles are those before the cut. The mean after it is
//
//	mu + s (phi(a) - phi(b)) / (Phi(b) - Phi(a))                      normal
//	exp(mu + s^2/2) (Phi(b - s) - Phi(a - s)) / (Phi(b) - Phi(a))     lognormal
//
// with a and b the limits, of the logarithm in the second, in standard units
// (Johnson, Kotz and Balakrishnan 1994, "Continuous Univariate Distributions",
// volume 1, sections 13.10 and 14.7).
type normal struct {
	log       bool
	mu, sd    float64 // as stated, of the value itself
	low, high float64
	interval  bool
}

// Name is normal or lognormal.
func (d *normal) Name() string {
	if d.log {
		return "lognormal"
	}
	return "normal"
}

func (d *normal) field(like field.Field) field.Field {
	mean, sd := inner(like, "mean", "the mean", &d.mu), inner(like, "sd", "the standard deviation", &d.sd)
	sd.Min, sd.Max = field.Beyond(0), field.Limit{}
	if d.log && !(mean.Min.Set() && mean.Min.Value > 0) {
		mean.Min = field.Beyond(0)
	}
	bare := like
	bare.Name, bare.Into = d.Name(), d
	return field.Field{Kind: field.Group, Bare: &bare, Fields: func() []field.Field { return []field.Field{mean, sd} }}
}

// SetNumber takes a single value where an interval belongs: check reports it.
func (d *normal) SetNumber(x float64) { d.SetInterval(x, x) }

// SetInterval takes the 5% and 95% quantiles.
func (d *normal) SetInterval(low, high float64) { d.low, d.high, d.interval = low, high, true }

// SetSpan takes a single length where an interval belongs: check reports it.
func (d *normal) SetSpan(s calendar.Span) { d.SetInterval(s.Years(), s.Years()) }

// SetSpanInterval takes the quantiles as lengths of time.
func (d *normal) SetSpanInterval(low, high calendar.Span) { d.SetInterval(low.Years(), high.Years()) }

func (d *normal) check(n *Number, at string, r field.Report) {
	at = join(at, d.Name()) // written out or not
	if d.interval && d.low >= d.high {
		r.Fault("INTERVAL-ORDER", at, "write a low and a high value, such as 3 to 4, or {mean: 3, sd: 1}", "%s is one value, and a distribution needs two", n.write(d.low))
		return
	}
	if d.log && d.interval && d.low <= 0 {
		r.Fault("INTERVAL-ZERO", at, "begin above 0, or write {uniform: {low: "+n.write(d.low)+", high: "+n.write(d.high)+"}}",
			"an interval of what cannot be negative is a lognormal, whose 5%% quantile is above 0, and this begins at %s", n.write(d.low))
		return
	}
	if a, b := d.inside(n); b-a < insideLeast && d.spread() > 0 {
		r.Fault("DISTRIBUTION-BEYOND", at, "move it, or take a triangular or uniform one within the limits",
			"of this distribution only %.0f%% lies within the limits of the field", 100*(b-a))
	}
}

// insideLeast is the least part of a distribution that must lie within its
// field's limits: what is cut off more than that says something else.
const insideLeast = 0.5

// spread is the standard deviation as far as it is known to be one.
func (d *normal) spread() float64 {
	_, s := d.standard()
	return s
}

// standard are the mean and deviation of the value, or of its logarithm.
func (d *normal) standard() (mu, s float64) {
	switch {
	case d.interval && d.log:
		low, high := vec.LogOf(d.low), vec.LogOf(d.high)
		return (low + high) / 2, (high - low) / (2 * z95)
	case d.interval:
		return (d.low + d.high) / 2, (d.high - d.low) / (2 * z95)
	case d.log:
		cv := d.sd / d.mu
		v := vec.LogOf(1 + float64(cv*cv))
		return vec.LogOf(d.mu) - v/2, math.Sqrt(v)
	}
	return d.mu, d.sd
}

// cut are the limits in standard units.
func (d *normal) cut(n *Number) (a, b float64) {
	mu, s := d.standard()
	low, high := n.limits()
	if d.log {
		low, high = logLimit(low), logLimit(high)
	}
	return (low - mu) / s, (high - mu) / s
}

func logLimit(x float64) float64 {
	if x <= 0 {
		return math.Inf(-1)
	}
	return vec.LogOf(x)
}

// inside are the probabilities of lying below each limit.
func (d *normal) inside(n *Number) (a, b float64) {
	a, b = d.cut(n)
	return vec.NormCDFOf(a), vec.NormCDFOf(b)
}

func (d *normal) mean(n *Number) float64 {
	mu, s := d.standard()
	a, b := d.cut(n)
	pa, pb := vec.NormCDFOf(a), vec.NormCDFOf(b)
	if d.log {
		return vec.ExpOf(mu+float64(0.5*s*s)) * (vec.NormCDFOf(b-s) - vec.NormCDFOf(a-s)) / (pb - pa)
	}
	return mu + float64(s*(density(a)-density(b)))/(pb-pa)
}

// density is that of the standard normal distribution.
func density(z float64) float64 {
	if math.IsInf(z, 0) {
		return 0
	}
	return vec.ExpOf(-z*z/2) / math.Sqrt(2*math.Pi)
}

func (d *normal) draw(n *Number, u []float64) {
	mu, s := d.standard()
	if pa, pb := d.inside(n); pa > 0 || pb < 1 {
		for i, x := range u {
			u[i] = min(max(pa+float64(x*(pb-pa)), 0x1p-60), 1-0x1p-53)
		}
	}
	vec.NormInv(u, u)
	for i, z := range u {
		u[i] = mu + float64(s*z)
	}
	if d.log {
		vec.Exp(u, u)
	}
	low, high := n.limits()
	vec.MaxOf(u, u, low)
	vec.MinOf(u, u, high)
}

func (d *normal) says(n *Number) string {
	if d.interval {
		return d.Name() + ", 90% of it from " + n.write(d.low) + " to " + n.write(d.high)
	}
	return d.Name() + ", standard deviation " + n.write(d.sd)
}
