// SPDX-License-Identifier: Apache-2.0

package world

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/diag"
	"offtake/internal/field"
	"offtake/internal/unit"
	"offtake/internal/vec"
)

// A Correlation is that of the Brownian motions which drive two numbers.
type Correlation struct {
	Between []string
	Rho     float64
}

func (w *World) correlation() []field.Field {
	x := &Correlation{}
	w.Correlations = append(w.Correlations, x)
	return []field.Field{
		{Name: "between", Kind: field.Words, Required: true, Into: &x.Between, Doc: "two numbers of the world that move with noise, such as [need.firm, lab_value]"},
		{Name: "rho", Kind: field.Rate, Unit: "correlation", Required: true, Min: field.At(-1), Max: field.At(1), Into: &x.Rho,
			Doc: "the correlation of the Brownian motions that drive them", Certain: "a correlation is the same on every path"},
	}
}

// checkCorrelations reports pairs that are none, and correlations that cannot be
// together.
func (w *World) checkCorrelations(r field.Report) {
	moves := w.moving()
	var names []string
	for _, m := range moves {
		names = append(names, m.path)
	}
	seen := map[string]bool{}
	whole := true
	for i, x := range w.Correlations {
		at := fmt.Sprintf("correlations[%d].between", i)
		if len(x.Between) != 2 || x.Between[0] == x.Between[1] {
			r.Fault("CORRELATION-PAIR", at, "name two, such as [need.firm, lab_value]", "a correlation is between two numbers")
			whole = false
			continue
		}
		for k, name := range x.Between {
			whole = w.drives(moves, names, name, fmt.Sprintf("%s[%d]", at, k), r) && whole
		}
		pair := strings.Join(slices.Sorted(slices.Values(x.Between)), " and ")
		if seen[pair] {
			r.Fault("CORRELATION-PAIR", at, "state it once", "the correlation of %s is stated twice", pair)
			whole = false
		}
		seen[pair] = true
	}
	if !whole || len(w.Correlations) == 0 {
		return
	}
	c := w.correlate(moves)
	if _, ok := c.matrix(nil, 0).cholesky(); !ok {
		r.Fault("CORRELATION-MATRIX", "correlations", "the closest ones that can: "+c.closest(), "no numbers can have all of these correlations at once")
	}
}

// drives tells whether a name is that of a number which a Brownian motion moves,
// and reports one that is not.
func (w *World) drives(moves []moving, names []string, name, at string, r field.Report) bool {
	i := slices.Index(names, name)
	switch {
	case i < 0:
		hint := "such numbers are " + strings.Join(names, ", ")
		if meant := diag.Suggest(name, names); meant != "" {
			hint = "did you mean " + meant + "?"
		}
		if name == labValue {
			hint = valueStill
		}
		r.Fault("CORRELATION-PAIR", at, hint, "the world has no number %s that moves", name)
		return false
	case !moves[i].process.Sampled():
		r.Fault("CORRELATION-STILL", at, "have it move, as by lognormal, or leave the correlation out", "%s is %s, which no noise moves", name, moves[i].process.Name())
		return false
	}
	return true
}

// A correlated set is those of the numbers that move which are correlated with
// another, in the order of their factors.
type correlated struct {
	names []string
	of    []int // places among the numbers that move
	rho   matrix
	ks    []*Number // rates at which they are drawn back; nil where they are not
}

func (w *World) correlate(moves []moving) *correlated {
	c := &correlated{}
	for i, m := range moves {
		if slices.ContainsFunc(w.Correlations, func(x *Correlation) bool { return slices.Contains(x.Between, m.path) }) {
			c.names, c.of = append(c.names, m.path), append(c.of, i)
			var k *Number
			if p, ok := m.process.(Reverting); ok {
				k = p.Reversion()
			}
			c.ks = append(c.ks, k)
		}
	}
	c.rho = newMatrix(len(c.of))
	for i := range c.rho {
		c.rho[i][i] = 1
	}
	for _, x := range w.Correlations {
		a, b := slices.Index(c.names, x.Between[0]), slices.Index(c.names, x.Between[1])
		c.rho[a][b], c.rho[b][a] = x.Rho, x.Rho
	}
	return c
}

// matrix is the correlations of the noise of a step of h years. What is drawn
// back at the rate k counts its increments e^(-k (h - u)), so that
//
//	rho' = rho M(k1 + k2) / sqrt(M(2 k1) M(2 k2)),  M(k) = (1 - e^(-k h)) / k
//
// is that of two steps whose Brownian motions have the correlation rho. An
// uncertain rate counts at its mean.
func (c *correlated) matrix(s *Sampling, h float64) matrix {
	out := newMatrix(len(c.rho))
	for i := range out {
		for j := range out {
			out[i][j] = c.rho[i][j]
			if s != nil && i != j && h > 0 {
				a, b := rateOf(c.ks[i]), rateOf(c.ks[j])
				out[i][j] *= decayed(a+b, h) / sqrt(decayed(2*a, h)*decayed(2*b, h))
			}
		}
	}
	return out
}

func rateOf(k *Number) float64 {
	if k == nil {
		return 0
	}
	return k.Mean()
}

// decayed is the integral of e^(-k u) over h.
func decayed(k, h float64) float64 {
	if k == 0 {
		return h
	}
	return (1 - vec.ExpOf(float64(-k*h))) / k
}

// cholesky is the lower triangle whose square the matrix is; not ok where it has
// none, because it is not positive semi-definite.
func (a matrix) cholesky() (l matrix, ok bool) {
	const slack = 1e-9
	l = newMatrix(len(a))
	for j := range a {
		d := a[j][j]
		for k := range j {
			d -= float64(l[j][k] * l[j][k])
		}
		if d < -slack {
			return nil, false
		}
		l[j][j] = sqrt(d)
		for i := j + 1; i < len(a); i++ {
			x := a[i][j]
			for k := range j {
				x -= float64(l[i][k] * l[j][k])
			}
			switch {
			case d > slack:
				l[i][j] = x / l[j][j]
			case x > 1e-4 || x < -1e-4: // what has no variance left covaries with nothing
				return nil, false
			}
		}
	}
	return l, true
}

// mix turns independent normal numbers of the set's walks into correlated ones,
// step by step. The first of the set keeps its own, and each other one gets
// parts of those before it: a correlation never moves what comes first.
func (c *correlated) mix(s *Sampling, levels [][][]float64) {
	lower := map[float64]matrix{}
	for t := range s.Grid.Steps() {
		h := s.Dt(t)
		l, ok := lower[h]
		if !ok {
			l, _ = c.matrix(s, h).cholesky()
			lower[h] = l
		}
		for i := len(c.of) - 1; i >= 0 && l != nil; i-- {
			col, own := levels[c.of[i]][t], l[i][i]
			for j := range i {
				switch w := l[i][j]; {
				case w == 0:
				case own != 1:
					vec.ScaleAdd(col, own, levels[c.of[j]][t], w)
					own = 1
				default:
					vec.AddScaled(col, levels[c.of[j]][t], w)
				}
			}
			if own != 1 {
				vec.Scale(col, col, own)
			}
		}
	}
}

// closest says which correlations are the nearest that can be.
func (c *correlated) closest() string {
	near := nearest(c.rho)
	var out []string
	for i := range near {
		for j := range i {
			if c.rho[i][j] != 0 || near[i][j] != 0 {
				out = append(out, c.names[j]+" and "+c.names[i]+" "+unit.WriteRate(near[i][j]))
			}
		}
	}
	return strings.Join(out, "; ")
}
