// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"
	"slices"

	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/unit"
	"offtake/internal/value/estimate"
)

// booked are flows with their book, and what is read off it: of a base run, or the mean
// flows of a sample.
type booked struct {
	months   []paths.Month
	book     *measure.Book
	measures []measure.Measure
	values   []float64
}

// booked is what is expected: of a base run weighed by default, or the sample's mean flows.
// A sample must have kept them.
func (r *Run) booked() *booked {
	if r.Sample == nil {
		return &booked{r.Base.Expected, r.Base.Book, r.Base.Measures, r.Base.Values}
	}
	return &booked{paths.MonthsOf(r.Sample.Means, r.Base.Job.Program), r.Sample.Means, r.Sample.Measures, r.Sample.OfMeans}
}

// agreed is what is expected before default: of a base run as agreed, or the mean flows of a
// sample in which the buyer cannot fail.
func (r *Run) agreed() *booked {
	out := r.booked()
	if r.Sample == nil {
		out.months = r.Base.Months
	}
	return out
}

// apart are the mean flows of each scrambling; none of a base run.
func (r *Run) apart() []*booked {
	var out []*booked
	if r.Sample == nil {
		return nil
	}
	for g, b := range r.Sample.Apart {
		values := make([]float64, len(r.Sample.OfMeansApart)) // those that were added later have none
		for i := range values {
			values[i] = r.Sample.OfMeansApart[i][g]
		}
		out = append(out, &booked{paths.MonthsOf(b, r.Base.Job.Program), b, r.Sample.Measures[:len(values)], values})
	}
	return out
}

// at is a measure of the flows.
func (b *booked) at(name, party string) (float64, bool) {
	i := measure.Find(b.measures, name, party, "", 0)
	if i < 0 {
		return 0, false
	}
	return b.values[i], true
}

// sampleAgreed samples the deal as if the buyer could not fail, and keeps what lines move and
// the measures that are wanted; no paths leave the base run as all there is.
func (r *Run) sampleAgreed(opt RunOptions, only func(*measure.Measure) bool) {
	job := r.Base.Job.WithoutDefault().Flowing()
	if opt.Paths == 0 || opt.Usual && !job.Uncertain() {
		return
	}
	sampling := opt.sampling()
	sampling.Only, sampling.Apart = only, true
	r.Options, r.Sample = opt, paths.Run([]*paths.Job{job}, sampling)[0]
}

// spreadOf is what is read off all flows, with the error that the scramblings show of it:
// errors of what is no mean itself, such as a rate of mean flows, are found likewise.
func spreadOf[T any](all T, groups []T, of func(T) float64) estimate.Estimate {
	out := estimate.Estimate{Mean: of(all), Error: math.NaN(), Margin: math.NaN()}
	var apart []float64
	for _, g := range groups {
		apart = append(apart, of(g))
	}
	if len(apart) > 1 && !slices.ContainsFunc(apart, math.IsNaN) {
		e := estimate.Of(apart)
		out.Error, out.Margin = e.Error, e.Margin
	}
	return out
}

// spreadYears are those of a list of numbers by year.
func spreadYears[T any](all T, groups []T, of func(T) []float64) []estimate.Estimate {
	var lists [][]float64
	for _, g := range groups {
		lists = append(lists, of(g))
	}
	whole := of(all)
	var out []estimate.Estimate
	for y := range whole {
		out = append(out, spreadOf(whole, lists, func(list []float64) float64 { return list[y] }))
	}
	return out
}

// told tells whether an error is worth telling of: more than rounding leaves.
func told(e estimate.Estimate, least float64) bool {
	return e.Margin >= least && e.Margin > 1e-9*math.Abs(e.Mean)
}

// centsWithMargin writes an amount in cents with half its 95% confidence interval.
func centsWithMargin(d *deal.Deal, e estimate.Estimate) string {
	text := money(d, cleared(e.Mean))
	if told(e, 0.5) {
		text += " ± " + money(d, e.Margin)
	}
	return text
}

// rateWithMargin writes a share likewise.
func rateWithMargin(e estimate.Estimate) string {
	text := unit.FormatRate(e.Mean)
	if told(e, 1e-12) {
		text += " ± " + unit.FormatRate(e.Margin)
	}
	return text
}

// margins is half the 95% confidence interval, or nothing where it is not known.
func margins(e estimate.Estimate) float64 {
	if math.IsNaN(e.Margin) {
		return 0
	}
	return e.Margin
}

// orDash is a text where there is something to say.
func orDash(any bool, text string) string {
	if any {
		return text
	}
	return "–"
}
