// SPDX-License-Identifier: Apache-2.0

package root

import (
	"math"
	"slices"
)

// descend goes from a start to where no step leaves less; nil if the system is not known there.
func (b *box) descend(u []float64) *Solution {
	p := b.at(u, nil)
	if p == nil {
		return nil
	}
	slopes := b.slopes(p, nil)
	if slopes == nil {
		return nil
	}
	scale := b.scaleOf(slopes)
	for i, s := range scale {
		p.y[i] /= s
		p.se[i] /= s
		for k := range slopes[i] {
			slopes[i][k] /= s
		}
	}
	p.resize()
	for fresh := true; p.size > solved && !b.spent(); {
		q := b.forward(p, slopes, scale)
		switch {
		case q != nil:
			broyden(slopes, p, q)
			// Slopes in hand that bring little are no longer good.
			fresh = false
			slow := q.size > 0.5*p.size
			p = q
			if !slow {
				continue
			}
		case fresh:
			return b.end(p, scale)
		}
		if p.size <= solved {
			break
		}
		next := b.slopes(p, scale)
		if next == nil {
			break
		}
		slopes, fresh = next, true
	}
	return b.end(p, scale)
}

// resize sets the size of a place.
func (p *place) resize() {
	p.size = 0
	for i := range p.y {
		p.size = max(p.size, math.Abs(p.y[i])-float64(good*p.se[i]))
	}
}

// forward is the place after one step: Newton's, cut to the box, and halved until the sum of squares falls by a part of what
// the slopes promise (Armijo 1966, "Minimization of functions having Lipschitz continuous first partial derivatives"). nil if
// none does.
func (b *box) forward(p *place, slopes [][]float64, scale []float64) *place {
	step := b.step(p, slopes)
	if step == nil {
		return nil
	}
	const least = 1e-4
	was := squares(p.y)
	for share := 1.0; share > 1e-4; share *= 0.5 {
		u := slices.Clone(p.u)
		for i := range u {
			u[i] = min(max(u[i]+float64(share*step[i]), 0), 1)
		}
		if slices.Equal(u, p.u) {
			return nil
		}
		if q := b.at(u, scale); q != nil && squares(q.y) <= (1-float64(least*share))*was {
			return q
		}
		if b.spent() {
			return nil
		}
	}
	return nil
}

// step is Newton's step for the unknowns that are free: those that would leave the box from its end stay there, and the
// others take the step that leaves least (Levenberg 1944, "A method for the solution of certain non-linear problems in least
// squares", where slopes are singular). nil if none is left.
func (b *box) step(p *place, slopes [][]float64) []float64 {
	free := inOrder(len(p.u))
	for len(free) > 0 {
		part := leastSquares(slopes, p.y, free)
		if part == nil {
			return nil
		}
		step, kept := make([]float64, len(p.u)), free[:0:0]
		for k, i := range free {
			step[i] = part[k]
			if p.u[i] <= 0 && part[k] < 0 || p.u[i] >= 1 && part[k] > 0 {
				continue
			}
			kept = append(kept, i)
		}
		if len(kept) == len(free) {
			return step
		}
		free = kept
	}
	return nil
}

// broyden brings slopes to what the last step from p to q showed.
func broyden(slopes [][]float64, p, q *place) {
	size := 0.0
	for k := range p.u {
		d := q.u[k] - p.u[k]
		size += float64(d * d)
	}
	for i, row := range slopes {
		off := q.y[i] - p.y[i]
		for k, x := range row {
			off -= float64(x * (q.u[k] - p.u[k]))
		}
		for k := range row {
			row[k] += float64(off / size * (q.u[k] - p.u[k]))
		}
	}
}

// end is what a search came to.
func (b *box) end(p *place, scale []float64) *Solution {
	s := &Solution{X: b.x(p.u), Solved: p.size <= solved, size: p.size}
	for i, y := range p.y {
		s.Left = append(s.Left, y*scale[i])
		if p.u[i] <= 0 || p.u[i] >= 1 {
			s.AtBound = append(s.AtBound, i)
		}
	}
	if s.Solved {
		s.Errors = b.errors(p, scale)
	}
	return s
}

// errors are the standard errors of the unknowns: those of the equations through the inverse of the slopes, taken anew where
// there are errors. nil where slopes are singular or no longer to be had.
func (b *box) errors(p *place, scale []float64) []float64 {
	sums := make([]float64, len(p.u))
	if squares(p.se) == 0 {
		return sums
	}
	slopes := b.slopes(p, scale)
	if slopes == nil {
		return nil
	}
	for k := range p.y {
		one := make([]float64, len(p.y))
		one[k] = p.se[k]
		moved := eliminate(slopes, one)
		if moved == nil {
			return nil
		}
		for i, x := range moved {
			sums[i] += float64(x * x)
		}
	}
	for i := range sums {
		sums[i] = math.Sqrt(sums[i]) * (b.hi[i] - b.lo[i])
	}
	return sums
}
