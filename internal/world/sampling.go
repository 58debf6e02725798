// SPDX-License-Identifier: Apache-2.0

package world

import (
	"slices"

	"offtake/internal/calendar"
	"offtake/internal/draw"
	"offtake/internal/vec"
)

// A Sampling is what a process is given to fill columns: the grid, where its
// noise comes from, and what its numbers are in each lane.
type Sampling struct {
	Grid   *calendar.Grid
	Lanes  int
	Source draw.Source // of noise
	Factor draw.Factor // of the number that moves
	// Of its jumps, and of their sizes where both have coordinates of Sobol points; else 0.
	Jump, JumpSize draw.Factor
	chain          *chain    // of the world's regimes; nil where there are none
	at, dt         []float64 // years from the valuation date to each step's end, not below 0, and from one end to the next
	drawn          map[*Number][]float64
	same           map[*Number][]float64
	means          map[Process][][]float64
	spare          [][]float64
	rooms          map[int][][]float64
	jumping        *jumping
}

// newSampling is one of a number of lanes, with all numbers at their means.
func newSampling(grid *calendar.Grid, regimes *Regimes, lanes int) *Sampling {
	s := &Sampling{Grid: grid, Lanes: lanes, drawn: map[*Number][]float64{}, same: map[*Number][]float64{}, means: map[Process][][]float64{}, rooms: map[int][][]float64{}}
	last := 0.0
	for t := range grid.Steps() {
		years := max(0, grid.Years(t))
		s.at, s.dt = append(s.at, years), append(s.dt, years-last)
		last = years
	}
	if regimes != nil {
		s.chain = newChain(regimes)
	}
	return s
}

// At are the years from the valuation date to the end of step t; 0 before it.
func (s *Sampling) At(t int) float64 { return s.at[t] }

// Dt are the years from the end of the step before to that of step t, as far as
// they lie after the valuation date.
func (s *Sampling) Dt(t int) float64 { return s.dt[t] }

// Since are the years from the start of the term to the beginning of step t.
func (s *Sampling) Since(t int) float64 { return float64(t) / float64(s.Grid.StepsPerYear()) }

// Of is the column of a number: what it is in each lane.
func (s *Sampling) Of(n *Number) []float64 {
	if col, ok := s.drawn[n]; ok {
		return col
	}
	col, ok := s.same[n]
	if !ok {
		col = make([]float64, s.Lanes)
		vec.Fill(col, n.Mean())
		s.same[n] = col
	}
	return col
}

// One is the value that a number has in all lanes; ok is false where they may
// differ, also of a single lane: it goes the way of many.
func (s *Sampling) One(n *Number) (x float64, ok bool) {
	if _, differ := s.drawn[n]; differ {
		return 0, false
	}
	return s.Of(n)[0], true
}

// lengths are the lengths of steps that there are, and which of them each has.
func (s *Sampling) lengths() (years []float64, which []int) {
	for _, h := range s.dt {
		k := slices.Index(years, h)
		if k < 0 {
			k, years = len(years), append(years, h)
		}
		which = append(which, k)
	}
	return years, which
}

// agree tells whether all lanes have the same values of all numbers of a process.
func (s *Sampling) agree(p Process) bool {
	for _, x := range p.Numbers() {
		if _, one := s.One(x.Number); !one {
			return false
		}
	}
	_, switched := p.(*ByRegime)
	return !switched || s.chain == nil || s.chain.certain(s)
}

// mean is the expected level of another process, given the numbers: columns of
// one lane where all lanes agree, by step.
func (s *Sampling) mean(p Process) [][]float64 {
	if !s.agree(p) {
		level := s.room(s.Lanes)
		p.Mean(s, level)
		return level
	}
	level, ok := s.means[p]
	if !ok {
		one := newSampling(s.Grid, nil, 1)
		one.chain = s.chain
		for _, x := range p.Numbers() {
			one.same[x.Number] = s.Of(x.Number)[:1]
		}
		level = columns(s.Grid.Steps(), 1)
		p.Mean(one, level)
		s.means[p] = level
	}
	return level
}

// times multiplies a step's levels by the expected level of another process: one
// number, or one a lane.
func times(col, by []float64) {
	if len(by) == 1 {
		vec.Scale(col, col, by[0])
	} else {
		vec.Mul(col, col, by)
	}
}

// room is a column a step, the same each time it is asked for that many lanes.
func (s *Sampling) room(lanes int) [][]float64 {
	if s.rooms[lanes] == nil {
		s.rooms[lanes] = columns(s.Grid.Steps(), lanes)
	}
	return s.rooms[lanes]
}

// walking is the number of the scratch column in which a walk stands.
const walking = 4

// temp is a scratch column by its number.
func (s *Sampling) temp(k int) []float64 {
	for len(s.spare) <= k {
		s.spare = append(s.spare, make([]float64, s.Lanes))
	}
	return s.spare[k]
}

// decay writes e^(-rate years) of a number's rate.
func (s *Sampling) decay(dst []float64, rate *Number, years float64) {
	if x, one := s.One(rate); one {
		vec.Fill(dst, vec.ExpOf(float64(-x*years)))
		return
	}
	vec.Scale(dst, s.Of(rate), -years)
	vec.Exp(dst, dst)
}

func columns(n, lanes int) [][]float64 {
	arena := make([]float64, n*lanes)
	out := make([][]float64, n)
	for i := range out {
		out[i] = arena[i*lanes : (i+1)*lanes : (i+1)*lanes]
	}
	return out
}
