// SPDX-License-Identifier: Apache-2.0

package root

import "math"

// good is the part of a standard error of the function that a root may leave of it: with it, the error of a root
// is larger by a thousandth than it need be.
const good = 0.05

// cross searches a cell at whose ends the function has two signs.
func (s *search) cross(lo, hi point) {
	a, b, ok := s.brent(lo, hi)
	if !ok {
		s.unfinished(min(a.x, b.x), max(a.x, b.x))
		return
	}
	if s.jumps(lo, hi, a, b) {
		s.found.Roots = append(s.found.Roots, Root{X: b.x, Y: b.y, Slope: math.NaN(), Error: math.NaN(), Jumps: true})
		return
	}
	s.root(lo, b, hi, false)
}

// unfinished takes a stretch in which the function could not be evaluated further: because evaluations ran out, or since it
// is not defined.
func (s *search) unfinished(lo, hi float64) {
	switch {
	case s.err != nil:
	case s.found.Evaluations < s.Most:
		s.undefined(lo, hi)
	default:
		s.found.Open = append(s.found.Open, Span{lo, hi})
	}
}

// jumps tells whether the last bracket, a and b, of a cell shows a function that does not get smaller as the bracket does. A
// steep one does: over a bracket of a millionth of the cell, less than a tenth of its difference over the cell is left. What
// is left and is no more than two of its standard errors is a step from one path to the next.
func (s *search) jumps(lo, hi, a, b point) bool {
	if b.y == 0 || math.Abs(a.x-b.x) > 1e-6*(hi.x-lo.x) {
		return false
	}
	return math.Abs(a.y-b.y) > max(0.1*math.Abs(hi.y-lo.y), 2*max(a.se, b.se)) || math.IsInf(a.y, 0) || math.IsInf(b.y, 0)
}

// brent is the algorithm zero of Brent 1973, "Algorithms for minimization without derivatives", section 4.6: it returns
// the best point b, and a on the other side of zero. It ends when they are as close as the tolerance, or b's value is
// zero up to a part of its error. Not ok when evaluations ran out, or a value is not defined.
func (s *search) brent(a, b point) (other, best point, ok bool) {
	c := a
	step := b.x - a.x
	last := step
	for {
		if math.Abs(c.y) < math.Abs(b.y) {
			a, b, c = b, c, b
		}
		tolerance := float64(0x1p-52*math.Abs(b.x)) + float64(0.5*s.Tolerance*s.width)
		half := 0.5 * (c.x - b.x)
		if math.Abs(half) <= tolerance || math.Abs(b.y) <= good*b.se {
			return c, b, true
		}
		step, last = s.step(a, b, c, half, tolerance, step, last)
		a = b
		x := b.x + math.Copysign(max(math.Abs(step), tolerance), step)
		if b, ok = s.at(x); !ok || b.y != b.y {
			return a, c, false
		}
		if b.sign()*c.sign() > 0 {
			c, step = a, b.x-a.x
			last = step
		}
	}
}

// step is the next step from b and the one before it: by inverse quadratic interpolation or a secant where these are well
// inside the bracket and shrink, else half the bracket.
func (s *search) step(a, b, c point, half, tolerance, step, last float64) (next, before float64) {
	if math.Abs(last) < tolerance || math.Abs(a.y) <= math.Abs(b.y) {
		return half, half
	}
	var p, q float64
	t := b.y / a.y
	if a.x == c.x {
		p, q = 2*half*t, 1-t
	} else {
		u, v := a.y/c.y, b.y/c.y
		p = t * (float64(2*half*u*(u-v)) - float64((b.x-a.x)*(v-1)))
		q = (u - 1) * (v - 1) * (t - 1)
	}
	if p > 0 {
		q = -q
	}
	p = math.Abs(p)
	if 2*p < min(float64(3*half*q)-math.Abs(tolerance*q), math.Abs(last*q)) {
		return p / q, step
	}
	return half, half
}

// golden is the share of the smaller part of a golden section: (3 - sqrt 5)/2.
const golden = 0.381966011250105151795

// turn searches for a root between three points of one sign, of which the middle one is nearest to zero, by golden sections: until
// the function has the other sign, and so two roots; or is nothing; or has turned before. There is no parabola in it, which
// a turn like that of |x| would mislead.
func (s *search) turn(lo, at, hi point) {
	for hi.x-lo.x > s.Tolerance*s.width && at.y != 0 && s.mayReach(lo, at, hi) {
		x := at.x + float64(golden*(hi.x-at.x))
		if at.x-lo.x > hi.x-at.x {
			x = at.x - float64(golden*(at.x-lo.x))
		}
		p, ok := s.at(x)
		switch {
		case !ok || p.y != p.y:
			s.unfinished(lo.x, hi.x)
			return
		case p.sign()*at.sign() < 0:
			s.cross(lo, p)
			s.cross(p, hi)
			return
		}
		lo, at, hi = narrowed(lo, at, hi, p)
	}
	if math.Abs(at.y) <= max(s.Nothing, 2*at.se) {
		s.root(lo, at, hi, true)
	}
}

// mayReach tells whether a function that is as it looks may still come to zero between three points: not where it
// varies by less than a hundredth of its value, nor by less than a part of its error.
func (s *search) mayReach(lo, at, hi point) bool {
	varies := max(math.Abs(lo.y), math.Abs(hi.y)) - math.Abs(at.y)
	return varies > max(0.01*math.Abs(at.y), good*at.se)
}

// narrowed is the least bracket of those around four points: its middle one is the nearest to zero.
func narrowed(lo, at, hi, p point) (point, point, point) {
	switch nearer := math.Abs(p.y) < math.Abs(at.y); {
	case nearer && p.x > at.x:
		return at, p, hi
	case nearer:
		return lo, p, at
	case p.x > at.x:
		return lo, at, p
	}
	return p, at, hi
}
