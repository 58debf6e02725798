// SPDX-License-Identifier: Apache-2.0

package app

import (
	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/paths"
)

// RunOptions say how to run a deal. Without paths it is a base run.
type RunOptions struct {
	Paths int
	Seed  uint64
	Lanes int
}

// A Run is a deal's base run and, where paths were asked for, a sample.
type Run struct {
	Source  Source
	Edits   Edits
	Options RunOptions
	Deal    *deal.Deal
	Base    *paths.Base
	Sample  *paths.Sample
}

// NewRun runs a loaded deal.
func NewRun(src Source, e Edits, d *deal.Deal, opt RunOptions) *Run {
	job := paths.NewJob(d, nil)
	r := &Run{Source: src, Edits: e, Options: opt, Deal: d, Base: paths.RunBase(job)}
	if opt.Paths > 0 {
		r.Sample = sample(job, d, paths.Options{Paths: opt.Paths, Seed: opt.Seed, Lanes: opt.Lanes})
	}
	return r
}

// sample runs the deal on sampled paths and, where the buyer can fail, beside
// it on the same paths in a world in which it cannot: what is riskless, and
// what default costs, are read off the second.
func sample(job *paths.Job, d *deal.Deal, opt paths.Options) *paths.Sample {
	if len(job.Plan.BaseWeights()) == 1 {
		return paths.Run([]*paths.Job{job}, opt)[0]
	}
	safe := *d.World
	safe.Default.Mode = "none"
	both := paths.Run([]*paths.Job{job, paths.NewJob(d, &safe)}, opt)
	out, riskless := both[0], both[1]
	for i, m := range riskless.Measures {
		switch {
		case m.Name == "npv" && m.Party == job.Program.Supplier():
			m.Name, m.Doc = "default_loss", "the provider's net present value if the lab could not default, less its net present value"
			out.Add(m, riskless.Against[i], riskless.OfMeans[i]-out.OfMeans[measure.Find(out.Measures, "npv", m.Party, "", 0)])
		case measure.Find(out.Measures, m.Name, m.Party, m.Clause, m.Period) < 0:
			out.Add(m, riskless.Estimates[i], riskless.OfMeans[i])
		}
	}
	return out
}
