// SPDX-License-Identifier: Apache-2.0

package root

import (
	"math"
	"slices"

	"offtake/internal/draw"
)

// A System is as many equations as there are unknowns: y must become zero everywhere. se are the standard errors of
// y, zero where it is exact; a y of NaN is not defined.
type System func(x []float64) (y, se []float64, err error)

// SystemSettings are those of Solve; the zero value of each stands for its default.
type SystemSettings struct {
	Starts int // places to start from, the middle of the box the first: 8
	Most   int // evaluations, all starts together: 2,000
	// Scale is the size of each equation: it is solved when a billionth of that is left, or a part of its standard
	// error. By default it is how far the equation moves over the box, by its slopes at the start.
	Scale []float64
	// Step is by how much of the box an unknown is moved to see slopes: 1e-6. Where values are in steps themselves
	// it should be above these.
	Step float64
	Seed uint64 // of the other starts
}

func (s SystemSettings) orDefaults() SystemSettings {
	if s.Starts == 0 {
		s.Starts = 8
	}
	if s.Most == 0 {
		s.Most = 2000
	}
	if s.Step == 0 {
		s.Step = 1e-6
	}
	return s
}

// A Solution is where the search from one or more starts came to.
type Solution struct {
	X      []float64
	Left   []float64 // of each equation at X
	Errors []float64 // standard errors of X, as if equations erred independently; nil where they are not known
	Solved bool      // nothing is left of any equation
	// AtBound lists the unknowns that lie on an end of their range.
	AtBound []int
	size    float64 // the largest part of its scale that is left of an equation
}

// Solutions is all that was found in a box.
type Solutions struct {
	Solved []Solution // different ones, by the first unknown, then the next
	// Nearest is the place where least is left, if nothing was solved.
	Nearest     *Solution
	Evaluations int
	Starts      int // that were taken before evaluations ran out
}

// solved is the part of its scale that may be left of an equation.
const solved = 1e-9

// Solve looks for the solutions of a system in the box from lo to hi, from several starts: Newton's method with steps that
// stay in the box and are halved until less is left, slopes by differences at first and whenever those in hand fail, in
// between by Broyden's updates (Broyden 1965, "A class of methods for solving nonlinear simultaneous equations"; Dennis and
// Schnabel 1983, "Numerical methods for unconstrained optimization and nonlinear equations", chapters 6 and 8). That no
// start leads to a solution does not prove that there is none. The error is one of the system. It panics unless lo is below hi
// in each unknown.
func Solve(f System, lo, hi []float64, settings SystemSettings) (Solutions, error) {
	n := len(lo)
	for i := range lo {
		if !(lo[i] < hi[i]) || len(hi) != n {
			panic("root: no such box")
		}
	}
	b := &box{SystemSettings: settings.orDefaults(), f: f, lo: lo, hi: hi}
	for start := range b.Starts {
		if b.spent() {
			break
		}
		b.found.Starts++
		if end := b.descend(b.start(start)); end != nil {
			b.take(end)
		}
	}
	if len(b.found.Solved) > 0 {
		b.found.Nearest = nil
	}
	slices.SortFunc(b.found.Solved, func(p, q Solution) int { return slices.Compare(p.X, q.X) })
	return b.found, b.err
}

// box is one search under way. Inside, unknowns are shares of their ranges: 0 is lo, 1 is hi.
type box struct {
	SystemSettings
	f      System
	lo, hi []float64
	found  Solutions
	err    error
}

// spent tells that the system may not be evaluated again.
func (b *box) spent() bool { return b.err != nil || b.found.Evaluations >= b.Most }

// place is the system at a place: y are already divided by the scale.
type place struct {
	u, y, se []float64
	size     float64 // the largest of y, less a part of its error
}

// start is the middle of the box, then points that are spread evenly.
func (b *box) start(number int) []float64 {
	u, one := make([]float64, len(b.lo)), make([]float64, b.Starts)
	for i := range u {
		u[i] = 0.5
		if number > 0 {
			draw.Points(one, b.Seed, 0, i)
			u[i] = one[number]
		}
	}
	return u
}

// x are the unknowns themselves.
func (b *box) x(u []float64) []float64 {
	x := make([]float64, len(u))
	for i := range u {
		x[i] = float64(b.lo[i]*(1-u[i])) + float64(b.hi[i]*u[i])
	}
	return x
}

// at evaluates the system; nil if it may not be, or is not defined there.
func (b *box) at(u, scale []float64) *place {
	if b.spent() {
		return nil
	}
	b.found.Evaluations++
	y, se, err := b.f(b.x(u))
	if err != nil {
		b.err = err
		return nil
	}
	p := &place{slices.Clone(u), slices.Clone(y), slices.Clone(se), 0}
	for i := range p.y {
		if scale != nil {
			p.y[i] /= scale[i]
			p.se[i] /= scale[i]
		}
		if p.y[i] != p.y[i] {
			return nil
		}
	}
	p.resize()
	return p
}

// slopes are those of every equation, by every unknown, by differences into the box; nil if they are not known.
func (b *box) slopes(p *place, scale []float64) [][]float64 {
	j := square(len(p.u))
	for k := range p.u {
		u, h := slices.Clone(p.u), b.Step
		if u[k]+h > 1 {
			h = -h
		}
		u[k] += h
		q := b.at(u, scale)
		if q == nil {
			return nil
		}
		for i := range p.y {
			j[i][k] = (q.y[i] - p.y[i]) / (u[k] - p.u[k])
		}
	}
	return j
}

// scaleOf is the size of each equation: as the settings say, or the sum of the sizes of its slopes over the box; one where
// these are zero.
func (b *box) scaleOf(slopes [][]float64) []float64 {
	if b.Scale != nil {
		return b.Scale
	}
	scale := make([]float64, len(slopes))
	for i, row := range slopes {
		for _, x := range row {
			scale[i] += math.Abs(x)
		}
		if scale[i] == 0 {
			scale[i] = 1
		}
	}
	return scale
}

// take takes the end of a search: a solution that is not yet there, or the nearest of none.
func (b *box) take(end *Solution) {
	if !end.Solved {
		if b.found.Nearest == nil || end.size < b.found.Nearest.size {
			b.found.Nearest = end
		}
		return
	}
	for _, s := range b.found.Solved {
		if b.same(s, *end) {
			return
		}
	}
	b.found.Solved = append(b.found.Solved, *end)
}

// same tells whether two solutions are one: closer than a millionth of the box, or than a tenth of their errors.
func (b *box) same(s, t Solution) bool {
	for i := range s.X {
		near := 1e-6 * (b.hi[i] - b.lo[i])
		if s.Errors != nil {
			near = max(near, 2*good*s.Errors[i])
		}
		if math.Abs(s.X[i]-t.X[i]) > near {
			return false
		}
	}
	return true
}
