// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"slices"

	"offtake/internal/draw"
	"offtake/internal/measure"
	"offtake/internal/world"
)

// afresh is what a job draws for itself instead of sharing it with the others; the zero
// value is nothing.
type afresh struct {
	noise   bool   // all that happens once the uncertain numbers are known
	numbers string // of each uncertain number in order, yes or no; "" for none
}

const yes, no = '1', '0'

// freshKey makes a seed of its own: "afresh" in ASCII.
const freshKey = 0x616672657368

// freshBits are as many as points may have: a plain path's number is that of its
// scrambling before that of its point, so that no two paths draw the same.
const freshBits = 40

// sample draws a column of paths. What is drawn afresh is of plain numbers: other
// scramblings of the same points would depend on these, since points that lie close
// in one would do so in the other. All jobs draw the same afresh.
func (a afresh) sample(f *world.Factors, src draw.Source) {
	if a == (afresh{}) {
		f.Sample(src)
		return
	}
	fresh := draw.Source{Seed: src.Seed ^ freshKey, First: uint64(src.Scramble)<<freshBits | src.First}
	of := func(is bool) *draw.Source {
		if is {
			return &fresh
		}
		return &src
	}
	f.SampleEach(func(k int) *draw.Source { return of(a.numbers != "" && a.numbers[k] == yes) }, of(a.noise))
}

// A Draw is something that a job draws: an uncertain number of its world, or Noise.
type Draw string

// Noise is all that happens once the uncertain numbers are known. No path is called so.
const Noise Draw = "noise"

// Draws are what a job draws that may differ between paths: its uncertain numbers, by
// their paths, and noise if it has any.
func (j *Job) Draws() []Draw {
	var out []Draw
	for _, x := range j.Plan.World.Uncertain() {
		if d := Draw(x.Path); !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	if j.noisy() {
		out = append(out, Noise)
	}
	return out
}

// Afresh is the job with some of what it draws drawn for itself, and the rest shared with
// the job. Whatever is drawn afresh is the same in all jobs that draw it so.
func (j *Job) Afresh(what ...Draw) *Job {
	out, any := *j, false
	out.afresh = afresh{noise: slices.Contains(what, Noise)}
	numbers := make([]byte, 0, len(j.Plan.World.Uncertain()))
	for _, x := range j.Plan.World.Uncertain() {
		is := byte(no)
		if slices.Contains(what, Draw(x.Path)) {
			is, any = yes, true
		}
		numbers = append(numbers, is)
	}
	if any {
		out.afresh.numbers = string(numbers)
	}
	return &out
}

// A Share is how much of a measure's variance comes from the uncertain numbers alone,
// and how much from noise alone; the rest comes of both together. Estimates, which may
// lie a little outside 0 to 1.
type Share struct {
	Measure                 measure.Measure
	Parameters, Noise       float64
	ParametersSE, NoiseSE   float64
	parametersDo, noiseDoes bool // whether they make any difference at all
}

// Together is the share that comes of both together.
func (s *Share) Together() float64 { return max(0, 1-s.Parameters-s.Noise) }

// Shares are those of some measures, over so many paths.
type Shares struct {
	Paths int
	Of    []Share
}

// Split tells apart, for some measures that vary, what uncertain numbers and what noise
// do: each path is run as it is, with its uncertain numbers and other noise, and with its
// noise and other uncertain numbers. Nil where the world does not have both, or neither
// or only one makes a difference. Options are as of Run, but for scrambled points always.
func Split(j *Job, opt Options, names ...string) *Shares {
	if len(j.Plan.World.Uncertain()) == 0 || !j.noisy() {
		return nil
	}
	draws := j.Draws()
	jobs := []*Job{j, j.Afresh(Noise), j.Afresh(draws[:len(draws)-1]...)}
	opt.Plain, opt.Keep, opt.Enough = false, nil, nil
	opt.Only = func(m *measure.Measure) bool { return slices.Contains(names, m.Name) }
	s := Run(jobs, opt)
	out := &Shares{Paths: s[0].Paths}
	var parametersDo, noiseDoes bool
	for i, m := range s[0].Measures {
		if x := shareOf(s, i); s[0].Estimates[i].Varies() {
			x.Measure = m
			out.Of = append(out.Of, x)
			parametersDo, noiseDoes = parametersDo || x.parametersDo, noiseDoes || x.noiseDoes
		}
	}
	if !parametersDo || !noiseDoes {
		return nil
	}
	return out
}

// shareOf is how the variance of the i-th measure is shared. Where one of the two makes
// no difference on any path, all comes from the other, without an error.
func shareOf(s []*Sample, i int) Share {
	x := Share{noiseDoes: s[1].Against[i].M2 > 0, parametersDo: s[2].Against[i].M2 > 0}
	if x.noiseDoes {
		x.Parameters, x.ParametersSE = measure.Common(&s[0].Estimates[i], &s[1].Estimates[i], &s[1].Against[i])
	}
	if x.parametersDo {
		x.Noise, x.NoiseSE = measure.Common(&s[0].Estimates[i], &s[2].Estimates[i], &s[2].Against[i])
	}
	switch {
	case !x.noiseDoes:
		x.Parameters, x.Noise, x.NoiseSE = 1, 0, 0
	case !x.parametersDo:
		x.Parameters, x.ParametersSE, x.Noise = 0, 0, 1
	}
	return x
}
