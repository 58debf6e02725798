// SPDX-License-Identifier: Apache-2.0

package value

import (
	"cmp"
	"slices"

	"offtake/internal/measure"
	"offtake/internal/paths"
	"offtake/internal/value/estimate"
	"offtake/internal/value/game"
	"offtake/internal/value/indices"
)

// Rest is what a group of draws is called that is not taken apart.
const Rest = "the rest"

// A VarianceShare is what one draw does to the variance of a figure.
type VarianceShare struct {
	Draw         paths.Draw
	First, Total estimate.Estimate
}

// VarianceShares are where the variance of one figure comes from.
type VarianceShares struct {
	Of      measure.Measure
	Spread  float64         // standard deviation of one path
	Draws   []VarianceShare // the largest total index first
	Players []string        // of the Shapley effects: the leading draws, then Rest if there are more
	Shapley []estimate.Estimate
	Paths   int // of the runs behind Shapley
}

// mostShapley is how many players Shapley effects are taken of, all coalitions being run, and shapleyPart the
// part of the paths that each of these runs has.
const (
	mostShapley = indices.MostExact
	shapleyPart = 4
)

// shares runs the deal with some of what it draws drawn afresh, and reads indices off the differences on each path:
// of first order and total ones of every draw, and Shapley effects of the leading ones.
func (e *evaluator) shares(s *Sensitivity, opt SensitivityOptions) error {
	draws := e.job.Draws()
	if opt.Paths == 0 || len(draws) == 0 {
		return nil
	}
	sets := []game.Coalition{game.All(len(draws))}
	for i := range draws {
		one := game.Coalition(0).With(i)
		sets = append(sets, one)
		if others := game.All(len(draws)).Without(i); others.Size() > 1 {
			sets = append(sets, others)
		}
	}
	groups := make([][]paths.Draw, len(draws))
	for i, d := range draws {
		groups[i] = []paths.Draw{d}
	}
	seen, spreads, err := e.apart(groups, sets, opt.Paths, s.On)
	if err != nil {
		return err
	}
	for k, m := range s.On {
		x := VarianceShares{Of: m, Spread: spreads[k]}
		for i, d := range draws {
			if spreads[k] > 0 {
				x.Draws = append(x.Draws, VarianceShare{d, seen[k].First(i), seen[k].Total(i)})
			}
		}
		slices.SortStableFunc(x.Draws, func(a, b VarianceShare) int { return cmp.Compare(b.Total.Mean, a.Total.Mean) })
		s.Shares = append(s.Shares, x)
	}
	for k := range s.Shares {
		if err := e.shapley(&s.Shares[k], opt); err != nil {
			return err
		}
	}
	return nil
}

// shapley takes the leading draws apart in all coalitions.
func (e *evaluator) shapley(x *VarianceShares, opt SensitivityOptions) error {
	var groups [][]paths.Draw
	var rest []paths.Draw
	most := min(opt.Top, mostShapley)
	for _, d := range x.Draws {
		switch {
		case !(d.Total.Mean > 0):
		case len(groups) < most-1 || len(groups) == most-1 && d.Draw == x.Draws[len(x.Draws)-1].Draw:
			groups, x.Players = append(groups, []paths.Draw{d.Draw}), append(x.Players, string(d.Draw))
		default:
			rest = append(rest, d.Draw)
		}
	}
	if len(rest) == 1 {
		x.Players = append(x.Players, string(rest[0]))
	} else if len(rest) > 1 {
		x.Players = append(x.Players, Rest)
	}
	if len(rest) > 0 {
		groups = append(groups, rest)
	}
	if len(groups) == 0 {
		return nil
	}
	var sets []game.Coalition
	for c := game.Coalition(1); c <= game.All(len(groups)); c++ {
		sets = append(sets, c)
	}
	n := max(opt.Paths/shapleyPart, 2)
	seen, _, err := e.apart(groups, sets, n, []measure.Measure{x.Of})
	if err != nil {
		return err
	}
	x.Shapley, x.Paths = seen[0].Shapley(), roundedPaths(n)
	return nil
}

// apart runs the deal with coalitions of groups of draws afresh, each beside the deal as it is, and returns what was seen of
// each figure, and the standard deviation of one path. The first coalition is that of all groups or
// is no matter.
func (e *evaluator) apart(groups [][]paths.Draw, sets []game.Coalition, n int, on []measure.Measure) ([]indices.Differences, []float64, error) {
	seen, spreads := make([]indices.Differences, len(on)), make([]float64, len(on))
	for k := range seen {
		seen[k] = indices.Differences{Inputs: len(groups), Half: map[game.Coalition][]float64{0: make([]float64, measure.Groups)}}
	}
	part := float64(n) / float64(max(e.opt.Paths, 1))
	for batch := range slices.Chunk(sets, beside-1) {
		jobs := []*paths.Job{e.job}
		for _, c := range batch {
			var what []paths.Draw
			for i, g := range groups {
				if c.Has(i) {
					what = append(what, g...)
				}
			}
			jobs = append(jobs, e.job.Afresh(what...))
		}
		samples := paths.Run(jobs, paths.Options{Paths: n, Seed: e.opt.Seed, Workers: e.opt.Workers, Only: wants(e.conditions),
			Proceed: func(done, all int) bool { return e.proceed(part * float64(len(jobs)*done) / float64(all)) }})
		if e.stopped {
			return nil, nil, ErrStopped
		}
		e.runs += max(1, int(part*float64(len(jobs))))
		for k := range on {
			i := measure.Find(samples[0].Measures, on[k].Name, on[k].Party, on[k].Clause, on[k].Period)
			if samples[0].Estimates[i].Undefined > 0 {
				return nil, nil, refuse("ask for another with --on", "%s is not defined on every path, and has no variance", FigureName(&on[k]))
			}
			spreads[k] = samples[0].Estimates[i].Spread()
			if !samples[0].Estimates[i].Varies() {
				spreads[k] = 0
			}
			for b, c := range batch {
				seen[k].Half[c] = halves(&samples[b+1].Against[i])
				if c == game.All(len(groups)) {
					seen[k].Variance = variances(&samples[0].Estimates[i], &samples[b+1].Estimates[i])
				}
			}
		}
	}
	return seen, spreads, nil
}

// halves are half the mean squared difference, by scrambling.
func halves(apart *measure.Estimate) []float64 {
	out := make([]float64, len(apart.Groups))
	for g := range out {
		m := &apart.Groups[g]
		out[g] = 0.5 * (m.M2/float64(m.N) + float64(m.Mean*m.Mean))
	}
	return out
}

// variances are those of two runs that share nothing, by scrambling, about the mean of all of both.
func variances(a, b *measure.Estimate) []float64 {
	out := make([]float64, len(a.Groups))
	mean := 0.5 * (a.Moments.Mean + b.Moments.Mean)
	for g := range out {
		for _, x := range []*measure.Estimate{a, b} {
			m := &x.Groups[g]
			d := m.Mean - mean
			out[g] += float64(0.5 * (m.M2/float64(m.N) + float64(d*d)))
		}
	}
	return out
}
