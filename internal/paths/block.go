// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"offtake/internal/draw"
	"offtake/internal/measure"
	"offtake/internal/world"
)

// A block is what one worker runs paths with: a runner for each job, a set of
// factors for each world, and room for what a span of paths shows.
type block struct {
	lanes   int
	plans   []*world.Plan
	afresh  []afresh // by plan, of which there is one for each that is drawn
	factors []*world.Factors
	runners []*runner
	of      []int         // by job: its factors
	columns [][][]float64 // the controls, by factors, control and path of the span
	values  [][][]float64 // by job, measure and path of the span
	scratch []float64     // by path of the span
	product []float64     // likewise
	seen    [][]float64   // scratch: controls of a column of lanes
	parts   []*measure.Sums
	same    [][]int // by job and measure: the first job's measure, or -1

	// What the last span showed, by job and measure, and what has been counted
	// since clear.
	moments, against [][]measure.Moments
	controls         []*measure.Controls // by factors
	products         [][][]float64       // with the controls, by job, measure and control
	counted          [][]measure.Histogram
	apart            [][]measure.Histogram // of differences, where one looks at their distribution
}

func newBlock(jobs []*Job, lanes int, opt *Options) *block {
	b := &block{lanes: lanes, scratch: make([]float64, ChunkPaths), product: make([]float64, ChunkPaths)}
	only := opt.Only
	for k, j := range jobs {
		if k > 0 && opt.Beside != nil {
			only = opt.Beside
		}
		at := -1
		for i, p := range b.plans {
			if p == j.Plan && b.afresh[i] == j.afresh {
				at = i
			}
		}
		if at < 0 {
			at = len(b.plans)
			b.plans, b.afresh, b.factors = append(b.plans, j.Plan), append(b.afresh, j.afresh), append(b.factors, j.Plan.Factors(lanes))
			b.control(j.Plan, opt)
		}
		b.of = append(b.of, at)
		r := newRunner(j, b.factors[at], lanes, true, only)
		b.runners = append(b.runners, r)
		n := len(r.measures)
		values, same, products := make([][]float64, n), make([]int, n), make([][]float64, n)
		for i, m := range r.measures {
			if controls := len(b.columns[at]); controls > 0 && m.Unit.Amount() {
				products[i] = make([]float64, controls)
			}
			values[i] = make([]float64, ChunkPaths)
			same[i] = measure.Find(b.runners[0].measures, m.Name, m.Party, m.Clause, m.Period)
		}
		b.values, b.same, b.products = append(b.values, values), append(b.same, same), append(b.products, products)
		b.parts = append(b.parts, measure.NewSums(r.setting, len(b.columns[at])))
		b.moments, b.against = append(b.moments, make([]measure.Moments, n)), append(b.against, make([]measure.Moments, n))
	}
	for _, r := range b.runners {
		b.counted = append(b.counted, make([]measure.Histogram, len(r.measures)))
		b.apart = append(b.apart, make([]measure.Histogram, len(r.measures)))
	}
	return b
}

// control makes room for the controls of one more set of factors.
func (b *block) control(p *world.Plan, opt *Options) {
	n := 0
	if !opt.NoControls {
		n = len(p.Controls(!opt.Plain))
	}
	columns := make([][]float64, n)
	for i := range columns {
		columns[i] = make([]float64, ChunkPaths)
	}
	b.columns, b.controls = append(b.columns, columns), append(b.controls, measure.NewControls(n, 0))
}

// clear forgets what has been counted.
func (b *block) clear() {
	for k := range b.counted {
		for i := range b.counted[k] {
			b.counted[k][i].Reset()
			b.apart[k][i].Reset()
		}
	}
}

// chunk runs a span and gathers what it shows.
func (b *block) chunk(opt Options, s span) {
	for _, p := range b.parts {
		p.Clear()
	}
	for at := 0; at < s.n; at += b.lanes {
		b.run(opt, s, at)
		for k, r := range b.runners {
			n := min(b.lanes, s.n-at)
			b.parts[k].AddBook(r.book, n, b.controlsAt(k, at, n))
		}
	}
	controls := make([][][]float64, len(b.factors))
	for i, columns := range b.columns {
		for _, col := range columns {
			controls[i] = append(controls[i], col[:s.n])
		}
		b.controls[i].Take(controls[i], b.product[:s.n])
	}
	for k := len(b.runners) - 1; k >= 0; k-- { // moments use values up, and all are set against the first job's
		for i, x := range b.values[k] {
			x = x[:s.n]
			if k > 0 && b.same[k][i] >= 0 {
				d := b.scratch[:s.n]
				for p, base := range b.values[0][b.same[k][i]][:s.n] {
					d[p] = x[p] - base
				}
				if b.runners[k].measures[i].Name == "npv" {
					b.apart[k][i].AddAll(d)
				}
				b.against[k][i] = measure.MomentsOf(d, b.runners[k].measures[i].Unit.Nothing())
			}
			b.counted[k][i].AddAll(x)
			if opt.Keep != nil && k == 0 { // they are shown when the span's turn has come
				x = append(b.scratch[:0], x...)
			}
			b.moments[k][i] = measure.MomentsOf(x, b.runners[k].measures[i].Unit.Nothing())
			if out := b.products[k][i]; out != nil && b.moments[k][i].N == s.n { // x is whole
				measure.Products(out, controls[b.of[k]], x, b.product[:s.n])
			}
		}
	}
}

// controlsAt are the controls of a job's factors on n paths of the span from a place on.
func (b *block) controlsAt(job, at, n int) [][]float64 {
	b.seen = b.seen[:0]
	for _, col := range b.columns[b.of[job]] {
		b.seen = append(b.seen, col[at:at+n])
	}
	return b.seen
}

// run steps every job through one column of lanes, from a place in the span on.
func (b *block) run(opt Options, s span, at int) {
	for i, f := range b.factors {
		b.afresh[i].sample(f, draw.Source{Seed: opt.Seed, First: s.first + uint64(at), Quasi: !opt.Plain, Scramble: uint32(s.group)})
		if len(b.columns[i]) > 0 {
			for k, col := range f.Controls(!opt.Plain) {
				copy(b.columns[i][k][at:], col)
			}
		}
	}
	b.stepAll()
	for k, r := range b.runners {
		r.book.Close()
		for i := range r.measures {
			r.measures[i].Value(r.book, b.values[k][i][at:at+b.lanes])
		}
	}
}

// stepAll signs and steps every job until the last of them is done; it tells how
// many steps that took.
func (b *block) stepAll() int {
	for _, f := range b.factors {
		f.Step(-1)
	}
	for _, r := range b.runners {
		r.open()
	}
	for t := 0; ; t++ {
		for i, f := range b.factors {
			if t < b.plans[i].Grid.Steps() {
				f.Step(t)
			}
		}
		running := false
		for _, r := range b.runners {
			if !r.contract.Done() {
				r.step()
				running = true
			}
		}
		if !running {
			return t
		}
	}
}

// shown are the values of the last span's n paths, of the first job's catalogue.
func (b *block) shown(n int) [][]float64 {
	out := make([][]float64, b.runners[0].catalog)
	for i := range out {
		out[i] = b.values[0][i][:n]
	}
	return out
}
