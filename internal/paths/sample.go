// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"

	"offtake/internal/draw"
	"offtake/internal/measure"
	"offtake/internal/world"
)

// ChunkPaths is how many paths are gathered before merging. It is fixed: with
// it the order of every sum is fixed too.
const ChunkPaths = 1024

// Options say how to sample.
type Options struct {
	Paths int    // at least 2
	Seed  uint64 // same seed, same draws
	Lanes int    // histories run side by side, at most ChunkPaths and a divisor of it; 0 for 512
}

// A Sample is what sampled paths of one job showed.
type Sample struct {
	Paths    int
	Measures []measure.Measure
	Moments  []measure.Moments
	// OfMeans are the measures of the mean flows over all paths: for a ratio or
	// a rate of return a steadier number than the mean over paths.
	OfMeans []float64
	// Against holds the moments of this job's value less the first job's, path
	// by path, for measures that both have; nil for the first job.
	Against []measure.Moments
}

// Add appends a measure with what the paths showed of it.
func (s *Sample) Add(m measure.Measure, x measure.Moments, ofMeans float64) {
	s.Measures, s.Moments, s.OfMeans = append(s.Measures, m), append(s.Moments, x), append(s.OfMeans, ofMeans)
}

// Run samples all jobs on the same draws.
func Run(jobs []*Job, opt Options) []*Sample {
	lanes := opt.Lanes
	if lanes == 0 {
		lanes = 512
	}
	if lanes < 1 || ChunkPaths%lanes != 0 {
		panic("paths: the number of lanes must divide 1024")
	}
	b := newBlock(jobs, lanes)
	out := make([]*Sample, len(jobs))
	for k, r := range b.runners {
		out[k] = &Sample{Paths: opt.Paths, Measures: r.measures, Moments: make([]measure.Moments, len(r.measures))}
		if k > 0 {
			out[k].Against = make([]measure.Moments, len(r.measures))
		}
	}
	for first := 0; first < opt.Paths; first += ChunkPaths {
		b.chunk(out, opt.Seed, first, min(ChunkPaths, opt.Paths-first))
	}
	for k, r := range b.runners {
		b.sums[k].Scale(1 / float64(opt.Paths))
		out[k].OfMeans = make([]float64, len(r.measures))
		for i := range r.measures {
			r.measures[i].Value(b.sums[k], out[k].OfMeans[i:i+1])
		}
	}
	return out
}

// block holds one runner for each job, and one set of factors for each world.
type block struct {
	lanes   int
	plans   []*world.Plan
	factors []*world.Factors
	of      []int // factors of each runner
	runners []*runner
	values  [][][]float64   // by job, measure and path of the chunk
	sums    []*measure.Book // by job: everything added up over paths
	parts   []*measure.Book // by job: likewise, over the running chunk
	same    [][]int         // by job and measure: the first job's measure, or -1
}

func newBlock(jobs []*Job, lanes int) *block {
	b := &block{lanes: lanes}
	for _, j := range jobs {
		at := -1
		for i, p := range b.plans {
			if p == j.Plan {
				at = i
			}
		}
		if at < 0 {
			at = len(b.plans)
			b.plans, b.factors = append(b.plans, j.Plan), append(b.factors, j.Plan.Factors(lanes))
		}
		b.of = append(b.of, at)
		r := newRunner(j, b.factors[at], lanes, true)
		b.runners = append(b.runners, r)
		values := make([][]float64, len(r.measures))
		same := make([]int, len(r.measures))
		for i, m := range r.measures {
			values[i] = make([]float64, ChunkPaths)
			same[i] = measure.Find(b.runners[0].measures, m.Name, m.Party, m.Clause, m.Period)
		}
		s := j.Setting(true)
		b.sums, b.parts = append(b.sums, measure.NewBook(s, 1)), append(b.parts, measure.NewBook(s, 1))
		b.values, b.same = append(b.values, values), append(b.same, same)
	}
	return b
}

// chunk runs n paths from first on and merges what they show.
func (b *block) chunk(out []*Sample, seed uint64, first, n int) {
	for at := 0; at < n; at += b.lanes {
		b.run(seed, first+at, at)
		for k, r := range b.runners {
			r.book.AddTo(b.parts[k], min(b.lanes, n-at))
		}
	}
	for k, r := range b.runners {
		b.parts[k].AddTo(b.sums[k], 1)
		b.parts[k].Scale(0)
		for i := range r.measures {
			var m measure.Moments
			for _, x := range b.values[k][i][:n] {
				m.Add(x)
			}
			out[k].Moments[i].Merge(&m)
			if k == 0 || b.same[k][i] < 0 {
				continue
			}
			var d measure.Moments
			base := b.values[0][b.same[k][i]]
			for p, x := range b.values[k][i][:n] {
				d.Add(x - base[p])
			}
			out[k].Against[i].Merge(&d)
		}
	}
}

// run steps every job through one block of lanes; at is the block's place in
// the chunk.
func (b *block) run(seed uint64, first, at int) {
	for _, f := range b.factors {
		f.Sample(draw.Source{Seed: seed, First: uint64(first)})
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
			break
		}
	}
	for k, r := range b.runners {
		r.book.Close()
		for i := range r.measures {
			r.measures[i].Value(r.book, b.values[k][i][at:at+b.lanes])
		}
	}
}

// Hash is a digest of values, the same for the same bits in the same order.
func Hash(values ...float64) string {
	h := sha256.New()
	var buf [8]byte
	for _, x := range values {
		binary.LittleEndian.PutUint64(buf[:], math.Float64bits(x))
		h.Write(buf[:])
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Hash is a digest of every mean and spread.
func (s *Sample) Hash() string {
	var all []float64
	for i := range s.Moments {
		m := &s.Moments[i]
		all = append(all, float64(m.N), float64(m.Undefined), m.Mean, m.M2, s.OfMeans[i])
	}
	return Hash(all...)
}
