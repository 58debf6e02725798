// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"
	"slices"

	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/unit"
)

// UsualPaths is how many paths a deal is run on when nobody says: enough for
// errors of about a hundredth of what is at stake, in a part of a second.
const UsualPaths = 4096

// RunOptions say how to run a deal. Without paths it is a base run.
type RunOptions struct {
	Paths int // 0: a base run, which takes the mean of every input
	// Usual tells that nobody asked for paths: a deal none of whose paths could
	// differ from the others is not sampled then.
	Usual bool
	Seed  uint64
	Plain bool // plain pseudo-random numbers
	// NoControls has means be plain averages of the paths, without control variates.
	NoControls bool
	// Until stops a sample once the standard error of every value, and of what
	// deficiencies come to, is at most this share of the present value of spend, or of
	// itself where that is more; 0 for never before all paths are run.
	Until   float64
	Lanes   int
	Workers int
	Proceed func(done, all int) bool // as paths.Options has it
	Dump    Dump                     // takes every path; nil for none
	// Flows keeps what each line of a sample moves by step on average, for a workbook.
	Flows  bool
	yearly bool // keep what each line moves by year (paths.Job.Yearly)
}

func (o *RunOptions) sampling() paths.Options {
	out := paths.Options{Paths: o.Paths, Seed: o.Seed, Plain: o.Plain, NoControls: o.NoControls, Lanes: o.Lanes, Workers: o.Workers, Proceed: o.Proceed}
	if o.Until > 0 {
		out.Enough = func(s []*paths.Sample) bool { return enough(s[0], o.Until) }
	}
	return out
}

// Share reads a share such as 0.1%.
func Share(text string) (float64, error) { return unit.ParseRate(text) }

// watched are the measures whose errors decide when a sample is large enough.
var watched = []string{"npv", "deficiency_value", "deficiency_total"}

// enough tells whether all of their errors are small.
func enough(s *paths.Sample, until float64) bool {
	spend := 0.0
	if i := measure.Find(s.Measures, "pv_spend", "", "", 0); i >= 0 {
		spend = s.Estimates[i].Mean
	}
	for i, m := range s.Measures {
		e := &s.Estimates[i]
		if slices.Contains(watched, m.Name) && e.N > 0 && !(e.StandardError() <= until*max(math.Abs(e.Mean), spend)) {
			return false
		}
	}
	return true
}

// A Run is a deal's base run and, where paths were asked for, a sample.
type Run struct {
	Source  Source
	Edits   Edits
	Options RunOptions
	Deal    *deal.Deal
	Base    *paths.Base
	Sample  *paths.Sample
	Shares  *paths.Shares // of variance; nil where uncertain numbers and noise are not told apart
	DumpErr error         // what kept paths from being dumped
	// lasting is the sample as if the buyer could not fail, on the same draws; nil where it
	// cannot.
	lasting *paths.Sample
}

// NewRun runs a loaded deal.
func NewRun(src Source, e Edits, d *deal.Deal, opt RunOptions) *Run {
	r := newRun(src, e, d, opt)
	r.split()
	return r
}

// splitFrom is from how many paths on a sample is worth telling uncertain numbers and
// noise apart, and splitMost how many paths that takes at most.
const splitFrom, splitMost = 4096, 16384

// split tells apart what uncertain numbers and noise do, on a quarter as many paths.
func (r *Run) split() {
	if s := r.Sample; s != nil && s.Paths >= splitFrom && (s.Met || !s.Stopped) {
		opt := r.Options.sampling()
		opt.Paths = min(s.Paths/4, splitMost)
		r.Shares = paths.Split(r.Base.Job, opt, "npv", "deficiency_total")
	}
}

// newRun is a run but for that.
func newRun(src Source, e Edits, d *deal.Deal, opt RunOptions) *Run {
	job := paths.NewJob(d, nil)
	r := &Run{Source: src, Edits: e, Options: opt, Deal: d, Base: paths.RunBase(job)}
	if opt.Usual && !job.Uncertain() {
		r.Options.Paths = 0
	}
	if r.Options.Paths == 0 {
		return r
	}
	sampling := opt.sampling()
	if opt.Dump != nil {
		to := newDumping(opt.Dump, measure.Catalog(job.Setting(true)))
		sampling.Keep = to.keep
		defer func() { r.DumpErr = to.end() }()
	}
	if opt.Flows {
		job = job.Flowing()
	}
	r.Sample, r.lasting = sample(job, sampling)
	return r
}

// sample runs the deal on sampled paths and, where the buyer can fail, beside
// it on the same paths in a world in which it cannot: what is riskless, and
// what default costs, are read off the second.
func sample(job *paths.Job, opt paths.Options) (out, riskless *paths.Sample) {
	if !job.Plan.CanFail() {
		return paths.Run([]*paths.Job{job}, opt)[0], nil
	}
	twin, own := job.WithoutDefault(), measure.Catalog(job.Setting(true))
	opt.Beside = func(m *measure.Measure) bool {
		return m.Name == "npv" && m.Party == job.Program.Supplier() || measure.Find(own, m.Name, m.Party, m.Clause, m.Period) < 0
	}
	both := paths.Run([]*paths.Job{job, twin}, opt)
	out, riskless = both[0], both[1]
	for i, m := range riskless.Measures {
		switch {
		case m.Name == "npv" && m.Party == job.Program.Supplier():
			m.Name, m.Doc = "default_loss", "the provider's net present value if the lab could not default, less its net present value"
			out.Add(m, riskless.Against[i], riskless.OfMeans[i]-out.OfMeans[measure.Find(out.Measures, "npv", m.Party, "", 0)])
		case measure.Find(out.Measures, m.Name, m.Party, m.Clause, m.Period) < 0:
			out.Add(m, riskless.Estimates[i], riskless.OfMeans[i])
		}
	}
	return out, riskless
}
