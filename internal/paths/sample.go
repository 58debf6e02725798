// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"

	"offtake/internal/measure"
)

// ChunkPaths is how many paths are gathered before merging, at most. It is
// fixed: with it the order of every sum is fixed too.
const ChunkPaths = 1024

// Options say how to sample.
type Options struct {
	Paths int    // at least so many; rounded up to what Rounded says
	Seed  uint64 // same seed, same draws
	Plain bool   // plain pseudo-random numbers instead of scrambled Sobol points
	// NoControls has means be plain averages of the paths, without control variates.
	NoControls bool

	// Only tells which measures are wanted, series among them; nil for all. What only
	// others look at is then not kept.
	Only func(*measure.Measure) bool
	// Beside is Only for the jobs after the first; nil for the same as of the first.
	Beside func(*measure.Measure) bool
	// Enough is asked after each round whether the errors are small enough to stop;
	// nil for never before all paths are run.
	Enough func([]*Sample) bool
	// Proceed is asked after each chunk whether to go on, with how many of all paths
	// have been run. What is known when it says no is kept up to the last whole round.
	Proceed func(done, all int) bool

	// Apart asks for the measures of the mean flows of each scrambling too, of which the
	// errors of ratios and rates are.
	Apart bool
	// Keep is shown the values of every path of the first job, in the order of the
	// sample: by measure, of paths that follow each other in one scrambling, of which
	// the first is given; nil for nobody. What it is shown is only there during the call.
	Keep func(scramble int, first uint64, values [][]float64)

	Lanes   int // histories run side by side, at most ChunkPaths and a divisor of it; 0 for what is best
	Workers int // chunks that run at the same time; 0 for as many as the machine has processors
}

// A Sample is what sampled paths of one job showed.
type Sample struct {
	Paths   int  // that were run
	Plain   bool // by plain pseudo-random numbers
	Rounds  int  // whole rounds that were run
	Stopped bool // before all paths that were asked for
	Met     bool // because the errors were small enough
	// Controls name the numbers of the world that means of amounts are held against, as
	// control variates; nil where means are plain averages.
	Controls []string

	Measures  []measure.Measure
	Estimates []measure.Estimate
	// Series are measures over time, which are no figures of their own.
	Series          []measure.Measure
	SeriesEstimates []measure.Estimate
	// OfMeans are the measures of the mean flows over all paths, by control variates where
	// means of amounts are: for a ratio or a rate of return a steadier number than the mean
	// over paths, and the mean itself for what is linear in flows.
	OfMeans []float64
	// OfMeansApart are those of each scrambling, by measure; none unless asked for.
	OfMeansApart [][]float64
	// Means is the book of the mean flows, and Apart those of each scrambling, if they are asked
	// for and the job keeps what lines move; else nil.
	Means *measure.Book
	Apart []*measure.Book
	// Against holds this job's value less the first job's, path by path, for
	// measures that both have; nil for the first job.
	Against []measure.Estimate
}

// Add appends a measure with what the paths showed of it.
func (s *Sample) Add(m measure.Measure, x measure.Estimate, ofMeans float64) {
	s.Measures, s.Estimates, s.OfMeans = append(s.Measures, m), append(s.Estimates, x), append(s.OfMeans, ofMeans)
}

// Run samples all jobs on the same draws.
func Run(jobs []*Job, opt Options) []*Sample {
	if opt.Lanes < 0 || opt.Lanes > 0 && ChunkPaths%opt.Lanes != 0 {
		panic("paths: the number of lanes must divide 1024")
	}
	p := newPool(jobs, opt)
	for round := range layRounds(opt) {
		if !p.run(round) {
			break
		}
	}
	return p.samples()
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
	for i := range s.Estimates {
		m := &s.Estimates[i]
		all = append(all, float64(m.N), float64(m.Undefined), m.Mean, m.M2, s.OfMeans[i])
	}
	return Hash(all...)
}
