// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"runtime"
	"sync"

	"offtake/internal/draw"
)

// A pool runs spans on several workers and merges what they show, span after
// span in the order of the round, whoever ran them and whoever was done first.
type pool struct {
	opt     Options
	jobs    []*Job
	workers []*block
	total   *tally // of whole rounds
	out     []*Sample
	all     int // paths that are wanted

	mu        sync.Mutex
	merged    sync.Cond
	fresh     *tally // of the running round
	next      int    // span to be taken next
	turn      int    // span to be merged next
	done      int    // paths merged
	cancelled bool
}

func newPool(jobs []*Job, opt Options) *pool {
	p := &pool{opt: opt, jobs: jobs, all: Rounded(opt.Paths, opt.Plain)}
	p.merged.L = &p.mu
	n := opt.Workers
	if n == 0 {
		n = runtime.GOMAXPROCS(0)
	}
	for range n {
		p.workers = append(p.workers, newBlock(jobs, lanesFor(opt), &opt))
	}
	p.total = newTally(p.workers[0], &opt)
	for k, r := range p.workers[0].runners {
		n := r.catalog
		s := &Sample{Plain: opt.Plain, Measures: r.measures[:n:n], Estimates: p.total.of[k][:n:n], Series: r.measures[n:], SeriesEstimates: p.total.of[k][n:]}
		if k > 0 {
			s.Against = p.total.against[k][:n:n]
		}
		p.out = append(p.out, s)
	}
	return p
}

// lanesFor is how many histories run side by side: no more than a span has.
func lanesFor(opt Options) int {
	switch {
	case opt.Lanes > 0:
		return opt.Lanes
	case opt.Plain:
		lanes := firstPoints
		for lanes/2 >= max(opt.Paths, draw.FewestPoints) {
			lanes /= 2
		}
		return lanes
	}
	return min(firstPoints, pointsFor(opt.Paths))
}

// run runs one round and tells whether another should follow. The first cannot
// be stopped, for without it nothing would be known, nor can one whose paths are
// shown to somebody.
func (p *pool) run(r *round) bool {
	p.next, p.turn, p.fresh = 0, 0, newTally(p.workers[0], &p.opt)
	first := p.out[0].Rounds == 0
	var wait sync.WaitGroup
	for _, b := range p.workers {
		wait.Add(1)
		go func() {
			defer wait.Done()
			p.work(b, r, !first && p.opt.Keep == nil)
		}()
	}
	wait.Wait()
	if p.turn < len(r.spans) {
		p.stop(false)
		return false
	}
	for _, b := range p.workers {
		p.fresh.count(b)
	}
	p.total.add(p.fresh)
	used := p.total.settle(p.workers[0])
	for k, s := range p.out {
		s.Paths += r.paths
		s.Rounds++
		s.Controls = nil
		names := p.jobs[k].Plan.Controls(!p.opt.Plain)
		for _, i := range used[k] {
			s.Controls = append(s.Controls, names[i])
		}
	}
	if p.out[0].Paths == p.all {
		return false
	}
	if met := p.opt.Enough != nil && p.opt.Enough(p.out); met || p.cancelled {
		p.stop(met)
		return false
	}
	return true
}

func (p *pool) stop(met bool) {
	for _, s := range p.out {
		s.Stopped, s.Met = true, met
	}
}

// work takes spans and merges each when its turn has come.
func (p *pool) work(b *block, r *round, stoppable bool) {
	b.clear()
	for {
		p.mu.Lock()
		at := p.next
		p.next++
		stop := at >= len(r.spans) || p.cancelled && stoppable
		p.mu.Unlock()
		if stop {
			return
		}
		b.chunk(p.opt, r.spans[at])
		p.mu.Lock()
		for p.turn != at && !(p.cancelled && stoppable) {
			p.merged.Wait()
		}
		if p.turn == at && !(p.cancelled && stoppable) {
			p.fresh.merge(b, r.spans[at].group)
			if p.opt.Keep != nil {
				p.opt.Keep(r.spans[at].group, r.spans[at].first, b.shown(r.spans[at].n))
			}
			p.turn++
			p.done += r.spans[at].n
			if p.opt.Proceed != nil && !p.opt.Proceed(p.done, p.all) {
				p.cancelled = true
			}
		}
		p.merged.Broadcast()
		p.mu.Unlock()
	}
}

// samples are the results.
func (p *pool) samples() []*Sample {
	fits := p.total.fits()
	for k, s := range p.out {
		mean, groups := p.total.sums[k].Means(s.Paths, fits[p.total.factors[k]], p.total.apart[k])
		s.Means, s.OfMeans = mean, make([]float64, len(s.Measures))
		if p.jobs[k].setting.Flows {
			s.Apart = groups
		}
		for i := range s.Measures {
			apart := make([]float64, len(groups))
			s.Measures[i].Value(mean, s.OfMeans[i:i+1])
			for g, b := range groups {
				s.Measures[i].Value(b, apart[g:g+1])
			}
			s.OfMeansApart = append(s.OfMeansApart, apart)
		}
	}
	return p.out
}
