// SPDX-License-Identifier: Apache-2.0

package measure

import "math"

// An Estimate is what sampled paths showed of one measure: moments over all of
// them and over each scrambling of the points that they were drawn from, and the
// distribution of the values.
type Estimate struct {
	Moments // of the values as they are
	// Mean is the mean by control variates where there are any (see Settle), and else the
	// plain average, which Moments.Mean is in either case.
	Mean float64
	// Groups are the moments of each scrambling. Within one the points are evenly
	// spread and depend on each other; from one to the next they are independent, so
	// that the spread of the groups' means is the honest error of the mean. A sample
	// of plain random numbers has none: its paths are independent.
	Groups    []Moments
	Histogram Histogram

	products []float64 // with the controls: sums of products of deviations; nil where it is not related to them
	means    []float64 // of the groups by control variates; nil for the plain ones
	fitted   int       // coefficients behind Mean
	residual float64   // what M2 leaves of the values that the controls do not explain
	far      float64   // how far the controls' means lie from zero, of a Fit
}

// GroupMeans are the means on each scrambling, by control variates like Mean, which is
// what plain paths have alone.
func (e *Estimate) GroupMeans() []float64 {
	if e.Groups == nil {
		return []float64{e.Mean}
	}
	out := make([]float64, len(e.Groups))
	for g := range out {
		out[g] = e.groupMean(g)
	}
	return out
}

func (e *Estimate) groupMean(g int) float64 {
	if e.means != nil {
		return e.means[g]
	}
	return e.Groups[g].Mean
}

// StandardError is the standard error of the mean: by the spread of the groups'
// means (Owen 1997, "Monte Carlo variance of scrambled net quadrature"), or without
// groups by that of the values, or of what control variates leave of them (Lavenberg and
// Welch 1981, "A perspective on the use of control variables to increase the efficiency
// of Monte Carlo simulations"). It is NaN below two groups or values.
func (e *Estimate) StandardError() float64 {
	if e.Groups == nil && e.fitted > 0 {
		return math.Sqrt(e.residual / float64(e.N-1-e.fitted) * (1/float64(e.N) + e.far))
	}
	if e.Groups == nil {
		return e.Spread() / math.Sqrt(float64(e.N))
	}
	return e.errorOf(e.Mean, func(g int) (value, weight float64) { return e.groupMean(g), float64(e.Groups[g].N) })
}

// errorOf is the standard error of a weighted mean of the groups' values.
func (e *Estimate) errorOf(mean float64, of func(g int) (value, weight float64)) float64 {
	n, total, sum := 0.0, 0.0, 0.0
	for i := range e.Groups {
		_, w := of(i)
		total += w
	}
	for i := range e.Groups {
		x, w := of(i)
		if w > 0 {
			d := (x - mean) * (w / total)
			n, sum = n+1, sum+float64(d*d)
		}
	}
	if n < 2 {
		return math.NaN()
	}
	return math.Sqrt(sum * n / (n - 1))
}

// Happens is the probability that a measure which is zero unless something
// happens is not zero, with its standard error. Where no path showed it, or each
// did, the error is not known and the probability is bounded: see Bound.
func (e *Estimate) Happens() (probability, se float64) {
	n := float64(e.N)
	p := (n - float64(e.Zero)) / n
	if e.Groups == nil {
		return p, math.Sqrt(p * (1 - p) / (n - 1))
	}
	return p, e.errorOf(p, func(g int) (value, weight float64) {
		m := &e.Groups[g]
		return (float64(m.N) - float64(m.Zero)) / max(1, float64(m.N)), float64(m.N)
	})
}

// HappensMargin is how far to either side of that probability its 95% confidence
// interval reaches: where it is rare, or its opposite is, never less than Bound.
func (e *Estimate) HappensMargin() float64 {
	_, se := e.Happens()
	return e.atLeastBound(e.Confidence()*se, 1)
}

// few is how many paths show an event where errors of its chance are rough.
const few = 30

// atLeastBound adds Bound, of what an event is worth, to the margin of its mean where few paths
// show it, or all but few do, and where all scramblings show it as often: their spread then says
// too little. Errors that are independent add up in squares.
func (e *Estimate) atLeastBound(margin, worth float64) float64 {
	if _, se := e.Happens(); se > 0 && min(e.Zero, e.N-e.Zero) >= few {
		return margin
	}
	least := worth * Bound(e.N)
	return math.Sqrt(float64(margin*margin) + float64(least*least))
}

// Rough tells whether some paths show anything but zero, and few do. The mean then rests on
// these, and errors by their spread are too small more often than not.
func (e *Estimate) Rough() bool { return e.Zero < e.N && e.N-e.Zero < few }

// Bound is the probability below which an event lies, with 95% confidence, that n
// independent paths have not shown: 3/n (Hanley and Lippman-Hand 1983, "If nothing
// goes wrong, is everything all right?").
func Bound(n int) float64 { return 3 / float64(n) }

// studentOf15 is the 97.5% point of Student's t with 15 degrees of freedom, those
// of 16 groups, and normal the standard normal distribution's: tables in Abramowitz
// and Stegun 1964, "Handbook of mathematical functions", 26.10 and 26.2.
const (
	studentOf15 = 2.131449546
	normal      = 1.959963985
)

// GroupConfidence is how many standard errors, by the spread of the scramblings, a 95%
// confidence interval reaches to either side.
const GroupConfidence = studentOf15

// Groups is how many scramblings a sample has.
const Groups = 16

// Confidence is how many standard errors a 95% confidence interval reaches to
// either side.
func (e *Estimate) Confidence() float64 {
	if e.Groups == nil {
		return normal
	}
	return studentOf15
}

// Margin is how far to either side of the mean its 95% confidence interval
// reaches. Of a measure which is nothing or one certain number, as whether the
// buyer fails is, it has the least of the event's margin, see HappensMargin, and is that one
// but for control variates.
func (e *Estimate) Margin() float64 {
	margin := e.Confidence() * e.StandardError()
	if x, ok := e.one(); ok {
		return e.atLeastBound(margin, math.Abs(x))
	}
	return margin
}

// one is the only number that values which are not zero have, if there is one such.
func (e *Estimate) one() (x float64, ok bool) {
	n, k := float64(e.N), float64(e.N-e.Zero)
	if e.Zero == 0 || k == 0 {
		return 0, false
	}
	x = e.Moments.Mean * n / k
	want := float64(x * x * k * (float64(e.Zero) / n))
	return x, math.Abs(e.M2-want) <= 1e-9*want
}

// Varies tells whether paths differ by more than rounding leaves of equal values.
func (e *Estimate) Varies() bool { return e.M2 > 1e-20*float64(e.N)*e.Moments.Mean*e.Moments.Mean }

// Add takes a chunk of paths of one scrambling. The mean is then the plain one.
func (e *Estimate) Add(group int, m *Moments) {
	e.Moments.Merge(m)
	if e.Groups != nil {
		e.Groups[group].Merge(m)
	}
	e.Settle(nil)
}

// Merge takes what other paths showed, likewise; both have the same scramblings.
func (e *Estimate) Merge(o *Estimate) {
	e.Moments.Merge(&o.Moments)
	e.Settle(nil)
	for g := range e.Groups {
		e.Groups[g].Merge(&o.Groups[g])
	}
	e.Histogram.Merge(&o.Histogram)
}
