// SPDX-License-Identifier: Apache-2.0

package value

import (
	"fmt"
	"math"
	"slices"

	"offtake/internal/deal"
	"offtake/internal/paths"
	"offtake/internal/value/estimate"
)

// Versions is what two versions of a deal are worth to each party, and how the difference
// comes about as one becomes the other: clause by clause, on the same draws. Which clause
// brings what depends on the order.
type Versions struct {
	Holders []string
	From    []estimate.Estimate // in cents, by holder: of the first version
	To      []estimate.Estimate // of the second
	Total   []estimate.Estimate // second less first
	Steps   []Switch            // their Adds come to Total, to the cent
	Paths   int
}

// A Switch is a step from one version to the other: clauses become, at once, as the other
// has them.
type Switch struct {
	Clauses []string // ids
	Rest    bool     // with all that is no clause: the world, choices, what was before
	Adds    []estimate.Estimate
}

// Between goes from one version of a deal to another, through their differences in order.
// The two must be Alike. A clause that cannot stand without what comes later goes over
// with it.
func Between(a, b *deal.Deal, differences []deal.Difference, opt Options) (*Versions, error) {
	if alike, apart := a.Alike(b); !alike {
		return nil, fmt.Errorf("the versions do not have %s in common", apart)
	}
	states, steps, err := walk(a, b, differences)
	if err != nil {
		return nil, err
	}
	var jobs []*paths.Job
	for _, d := range states {
		jobs = append(jobs, paths.NewJob(d, nil, jobs...))
	}
	out := &Versions{Holders: Holders(a), Steps: steps, Paths: paths.Rounded(opt.Paths, opt.plain)}
	worth, err := worths(jobs, out.Holders, opt, func(done int) bool {
		return opt.Proceed == nil || opt.Proceed(done*opt.size(), len(jobs)*opt.size())
	})
	if err != nil {
		return nil, err
	}
	out.share(worth)
	return out, nil
}

// walk are the deals between two versions, both among them, and the steps that lead from
// each to the next.
func walk(a, b *deal.Deal, differences []deal.Difference) ([]*deal.Deal, []Switch, error) {
	first, err := a.Toward(b, nil)
	if err != nil {
		return nil, nil, err
	}
	states, steps := []*deal.Deal{first}, []Switch{}
	var over, waiting []string
	rest := false
	for _, x := range differences {
		if x.Clause == "" {
			rest = true
			continue
		}
		over, waiting = append(over, x.Clause), append(waiting, x.Clause)
		next, err := a.Toward(b, over)
		if err != nil {
			return nil, nil, err
		}
		if next.Stands() {
			states, steps = append(states, next), append(steps, Switch{Clauses: waiting})
			waiting = nil
		}
	}
	if rest || len(waiting) > 0 {
		last, err := b.Toward(a, nil)
		if err != nil {
			return nil, nil, err
		}
		states, steps = append(states, last), append(steps, Switch{Clauses: waiting, Rest: rest})
	}
	return states, steps, nil
}

// share puts in what each version is worth, and each step adds. Means are in whole cents,
// so that sums are exact.
func (v *Versions) share(worth []Worth) {
	last := len(worth) - 1
	for h := range v.Holders {
		v.From, v.To = append(v.From, inCents(worth[0][h])), append(v.To, inCents(worth[last][h]))
		v.Total = append(v.Total, added(worth[0][h], worth[last][h]))
		for k := range v.Steps {
			v.Steps[k].Adds = append(v.Steps[k].Adds, added(worth[k][h], worth[k+1][h]))
		}
	}
}

// inCents is the mean of values in whole cents.
func inCents(values []float64) estimate.Estimate {
	e := estimate.Of(values)
	e.Mean = math.Round(e.Mean)
	return e
}

// added is what one adds to another, group by group; the means are each in whole cents.
func added(before, after []float64) estimate.Estimate {
	apart := slices.Clone(after)
	for i := range apart {
		apart[i] -= before[i]
	}
	e := estimate.Of(apart)
	e.Mean = inCents(after).Mean - inCents(before).Mean
	return e
}
