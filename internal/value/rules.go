// SPDX-License-Identifier: Apache-2.0

package value

import (
	"slices"
	"sync"

	"offtake/internal/clause"
	"offtake/internal/deal"
	"offtake/internal/paths"
	"offtake/internal/policy"
)

// A Rule is one way in which the buyer may choose.
type Rule struct {
	Name   string
	Policy *policy.Policy
}

// family are the rules among which the buyer has the best under each coalition
// of clauses: the file's own first, then others of routing and of drawing, all else
// as the file has it.
func family(own *policy.Policy) []Rule {
	out := []Rule{{"as the file has it", own}}
	with := func(name string, change func(*policy.Policy)) {
		p := *own
		change(&p)
		out = append(out, Rule{name, &p})
	}
	with("minimums only", func(p *policy.Policy) { p.Take = &policy.MinimumFirst{Of: 0} })
	with("minimums first, then all of the rest here", func(p *policy.Policy) { p.Take = &policy.MinimumFirst{Of: 1} })
	with("minimums first, then wherever it is cheaper", func(p *policy.Policy) { p.Take = &policy.Cheapest{} })
	with("nothing drawn, else as the file has it", func(p *policy.Policy) { p.Draw.Share = 0 })
	with("nothing drawn, minimums first, then wherever it is cheaper", func(p *policy.Policy) { p.Draw.Share, p.Take = 0, &policy.Cheapest{} })
	return out
}

// applies tells whether a rule says of a deal anything that those before it do
// not: one of drawing says nothing where nothing can be drawn.
func applies(r Rule, own *policy.Policy, d *deal.Deal) bool {
	return r.Policy.Draw.Share == own.Draw.Share || slices.ContainsFunc(d.Clauses, func(c clause.Clause) bool { return c.Kind() == "facility" })
}

// pilotPaths is on how many paths rules are compared. They are not those that
// clauses are valued on: the best on the same would be partly luck.
const (
	pilotPaths = 256
	pilotSeed  = 0x72756c6573 // "rules" in ASCII
)

// choose finds the rule that is best for the buyer's holders under each deal. Of
// two that come to the same the first in the family is taken.
func (g *clauseGame) choose(deals []*deal.Deal) ([]int, error) {
	pilot := g.opt.Options
	pilot.Paths, pilot.Seed, pilot.plain = pilotPaths, g.opt.Seed^pilotSeed, true
	var jobs []*paths.Job
	var of []candidate
	for i, d := range deals {
		for k, r := range g.rules {
			if applies(r, g.d.Policy, d) {
				jobs, of = append(jobs, g.job(d, r.Policy)), append(of, candidate{i, k})
			}
		}
	}
	found, err := g.pilot(jobs, pilot)
	if err != nil {
		return nil, err
	}
	best, most := make([]int, len(deals)), make([]float64, len(deals))
	for j, c := range of {
		if x := found[j].Mean(buyer); c.rule == 0 || x > most[c.deal] {
			best[c.deal], most[c.deal] = c.rule, x
		}
	}
	return best, nil
}

// A candidate is a rule for a deal, by their places.
type candidate struct{ deal, rule int }

// buyer is the index of the buyer among the holders.
const buyer = 1

// pilot is run for short runs: several batches at a time, each on one processor, since
// one of them has too few paths to share.
func (g *clauseGame) pilot(jobs []*paths.Job, opt Options) ([]Worth, error) {
	batches := slices.Collect(slices.Chunk(jobs, together))
	found, before := make([][]Worth, len(batches)), g.done
	workers := opt.Workers
	opt.Workers = 1
	var one sync.Mutex
	if !inParallel(workers, len(batches), func(i int) bool {
		found[i], _ = worths(batches[i], g.holders, opt, func(int) bool { return true })
		one.Lock()
		defer one.Unlock()
		g.done += len(batches[i]) * opt.size()
		return g.opt.Proceed == nil || g.opt.Proceed(g.done, g.all)
	}) {
		g.done = before
		return nil, ErrStopped
	}
	return slices.Concat(found...), nil
}
