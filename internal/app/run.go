// SPDX-License-Identifier: Apache-2.0

package app

import (
	"offtake/internal/deal"
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
		r.Sample = paths.Run([]*paths.Job{job}, paths.Options{Paths: opt.Paths, Seed: opt.Seed, Lanes: opt.Lanes})[0]
	}
	return r
}
