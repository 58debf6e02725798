// SPDX-License-Identifier: Apache-2.0

package root

import "math"

// A Function is known at x up to the standard error se, which is zero where it is exact, and best of numbers
// that hang together from one x to the next, such as those of one seed. A value of NaN is one that is not defined.
type Function func(x float64) (y, se float64, err error)

// Settings of a search; the zero value of each stands for its default.
type Settings struct {
	Cells     int     // of the scan, of equal width: 32
	Most      int     // evaluations: 400
	Tolerance float64 // of a root, as a share of the bracket's width: 1e-10
	// Nothing is how near zero counts as zero where the function only touches it: 1e-9 of the largest value on the grid. Two
	// standard errors always do.
	Nothing float64
	// Near is how far from a root its slope is taken, as a share of a cell: 1e-3. Where values are counts of paths, and so in
	// steps, it should reach over many.
	Near float64
}

func (s Settings) orDefaults() Settings {
	if s.Cells == 0 {
		s.Cells = 32
	}
	if s.Most == 0 {
		s.Most = 400
	}
	if s.Tolerance == 0 {
		s.Tolerance = 1e-10
	}
	if s.Near == 0 {
		s.Near = 1e-3
	}
	return s
}

// A Root is a place where the function is zero.
type Root struct {
	X, Y  float64 // Y is the function's value there: what is left of it
	Slope float64 // of the function there; NaN where it is not known
	// Error is the standard error of X, that of the function over its slope; NaN where there is no slope.
	Error float64
	// Touches tells that the function comes to zero and turns back.
	Touches bool
	// Jumps tells that the function passes zero without being there: X is where, Y on one side.
	Jumps bool
}

// Answer is what a search found, in a word.
type Answer string

// The answers.
const (
	None    Answer = "none"    // no root was seen
	One     Answer = "one"     // one crossing of zero
	Several Answer = "several" // more than one root of any kind
	Touches Answer = "touches" // one root at which the function turns back
	Jumps   Answer = "jumps"   // one place at which it passes zero without being there
)

// Span is a stretch of x.
type Span struct{ Lo, Hi float64 }

// Roots is all that was found from Lo to Hi.
type Roots struct {
	Roots     []Root // ascending
	Zero      []Span // stretches of the grid over which the function is nothing but zero
	Undefined []Span // stretches in which a value is not defined: roots in them are not known
	Open      []Span // stretches that were not searched to their end before evaluations ran out
	// Lowest and Highest are the function's least and largest values seen: with no root, they say on which
	// side of zero it stays.
	Lowest, Highest float64
	Evaluations     int
}

// Answer says how many roots there are. A stretch of zeros is several.
func (r Roots) Answer() Answer {
	switch {
	case len(r.Zero) > 0 || len(r.Roots) > 1:
		return Several
	case len(r.Roots) == 0:
		return None
	case r.Roots[0].Touches:
		return Touches
	case r.Roots[0].Jumps:
		return Jumps
	}
	return One
}

// Complete tells whether all that was seen was also searched.
func (r Roots) Complete() bool { return len(r.Undefined) == 0 && len(r.Open) == 0 }

// point is the function at a place.
type point struct{ x, y, se float64 }

// sign is that of the value: 0 also where it is not defined.
func (p point) sign() int {
	switch {
	case p.y > 0:
		return 1
	case p.y < 0:
		return -1
	}
	return 0
}

// search is one search under way.
type search struct {
	Settings
	f     Function
	found Roots
	width float64 // of the bracket
	err   error   // the first error of the function; no more evaluations follow
}

// at evaluates the function; not ok when it may not be evaluated again.
func (s *search) at(x float64) (p point, ok bool) {
	if s.err != nil || s.found.Evaluations >= s.Most {
		return point{}, false
	}
	s.found.Evaluations++
	y, se, err := s.f(x)
	if err != nil {
		s.err = err
		return point{}, false
	}
	if y == y {
		s.found.Lowest, s.found.Highest = min(s.found.Lowest, y), max(s.found.Highest, y)
	}
	return point{x, y, se}, true
}

// All finds the roots of a function from lo to hi: cells of a grid at whose ends it has two signs are searched by
// Brent's method (Brent 1973, "Algorithms for minimization without derivatives", chapter 4), and places where it comes
// nearest to zero without having the other sign by golden sections (Kiefer 1953, "Sequential minimax search for a maximum").
// The error is one of the function. It panics unless lo is below hi, both are finite and there is an evaluation for each
// point of the grid.
func All(f Function, lo, hi float64, settings Settings) (Roots, error) {
	s := &search{Settings: settings.orDefaults(), f: f, width: hi - lo, found: Roots{Lowest: math.Inf(1), Highest: math.Inf(-1)}}
	if !(lo < hi) || math.IsInf(hi-lo, 0) || s.Cells < 1 || s.Most <= s.Cells {
		panic("root: no such search")
	}
	grid := make([]point, s.Cells+1)
	largest := 0.0
	for k := range grid {
		share := float64(k) / float64(s.Cells)
		p, ok := s.at(float64(lo*(1-share)) + float64(hi*share))
		if !ok {
			return Roots{}, s.err
		}
		grid[k] = p
		if !math.IsInf(p.y, 0) {
			largest = max(largest, math.Abs(p.y))
		}
	}
	if s.Nothing == 0 {
		s.Nothing = 1e-9 * largest
	}
	s.cells(grid)
	return s.found, s.err
}

// cells looks at the grid from its beginning to its end.
func (s *search) cells(grid []point) {
	for k := 0; k < len(grid); k++ {
		if grid[k].y == 0 {
			k = s.zeros(grid, k)
		} else {
			s.dip(grid, k)
		}
		if k+1 == len(grid) {
			return
		}
		switch p, next := grid[k], grid[k+1]; {
		case p.y != p.y || next.y != next.y:
			s.undefined(p.x, next.x)
		case p.sign()*next.sign() < 0:
			s.cross(p, next)
		}
	}
}

// dip looks whether the function turns toward zero next to point k of the grid, which is not zero: where it is nearer to it
// than its neighbours of the same sign. With one such neighbour only, a probe says whether it turns in the cell between.
func (s *search) dip(grid []point, k int) {
	const probe = 1e-3
	p := grid[k]
	farther := func(j int) (there, is bool) {
		there = j >= 0 && j < len(grid) && grid[j].sign() == p.sign() && p.sign() != 0
		return there, there && math.Abs(grid[j].y) > math.Abs(p.y)
	}
	left, leftFarther := farther(k - 1)
	right, rightFarther := farther(k + 1)
	switch {
	case leftFarther && rightFarther:
		s.turn(grid[k-1], p, grid[k+1])
	case leftFarther && !right:
		if q, ok := s.at(p.x - float64(probe*(p.x-grid[k-1].x))); ok && math.Abs(q.y) < math.Abs(p.y) {
			s.turn(grid[k-1], q, p)
		}
	case rightFarther && !left:
		if q, ok := s.at(p.x + float64(probe*(grid[k+1].x-p.x))); ok && math.Abs(q.y) < math.Abs(p.y) {
			s.turn(p, q, grid[k+1])
		}
	}
}

// undefined takes a cell, joined to the one before it.
func (s *search) undefined(lo, hi float64) {
	if list := s.found.Undefined; len(list) > 0 && list[len(list)-1].Hi == lo {
		list[len(list)-1].Hi = hi
		return
	}
	s.found.Undefined = append(s.found.Undefined, Span{lo, hi})
}

// zeros takes the points from k that are zero, and returns the last of them: one is a root, at an end of the
// bracket as any other; more are a stretch.
func (s *search) zeros(grid []point, k int) int {
	last := k
	for last+1 < len(grid) && grid[last+1].y == 0 {
		last++
	}
	if last > k {
		s.found.Zero = append(s.found.Zero, Span{grid[k].x, grid[last].x})
		return last
	}
	touches := k > 0 && k+1 < len(grid) && grid[k-1].sign()*grid[k+1].sign() > 0
	s.root(grid[max(0, k-1)], grid[k], grid[min(k+1, len(grid)-1)], touches)
	return last
}

// root takes a root between two points.
func (s *search) root(lo, at, hi point, touches bool) {
	r := Root{X: at.x, Y: at.y, Slope: math.NaN(), Error: math.NaN(), Touches: touches}
	if !touches {
		s.slope(&r, lo, at, hi)
	}
	s.found.Roots = append(s.found.Roots, r)
}

// slope sets the slope of a root, by two evaluations close to it or, when these are spent, by the points around
// it, and its error.
func (s *search) slope(r *Root, lo, at, hi point) {
	h := s.Near * s.width / float64(s.Cells)
	if below, ok := s.at(max(r.X-h, min(lo.x, at.x))); ok && below.y == below.y {
		lo = below
	}
	if above, ok := s.at(min(r.X+h, max(hi.x, at.x))); ok && above.y == above.y {
		hi = above
	}
	if slope := (hi.y - lo.y) / (hi.x - lo.x); slope != 0 && slope == slope {
		r.Slope = slope
		r.Error = at.se / math.Abs(slope)
	}
}
