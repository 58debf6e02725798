// SPDX-License-Identifier: Apache-2.0

package world

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// nearest is the correlation matrix that is nearest, by the sum of squares, to
// one that is not positive semi-definite: projections in turn onto those that
// are and onto those with ones on the diagonal, with Dykstra's correction
// (Higham 2002, "Computing the nearest correlation matrix - a problem from
// finance", algorithm 3.3). Its entries are rounded to tenths of a percent, and
// drawn towards 0 until they still are correlations.
func nearest(a matrix) matrix {
	n := len(a)
	y, correction := a.times(1), newMatrix(n)
	for range 1000 {
		r := newMatrix(n)
		for i := range r {
			for j := range r {
				r[i][j] = y[i][j] - correction[i][j]
			}
		}
		x := r.semidefinite()
		moved := 0.0
		for i := range x {
			for j := range x {
				correction[i][j] = x[i][j] - r[i][j]
				next := x[i][j]
				if i == j {
					next = 1
				}
				moved = max(moved, math.Abs(next-y[i][j]))
				y[i][j] = next
			}
		}
		if moved < 1e-10 {
			break
		}
	}
	for shrink := 1.0; ; shrink -= 0.0005 {
		out := newMatrix(n)
		for i := range out {
			for j := range out {
				out[i][j] = math.Trunc(y[i][j]*shrink*1000) / 1000
			}
			out[i][i] = 1
		}
		if _, ok := out.cholesky(); ok || shrink <= 0 {
			return out
		}
	}
}

// semidefinite is the nearest matrix that has no negative eigenvalue.
func (a matrix) semidefinite() matrix {
	n := len(a)
	sym := mat.NewSymDense(n, nil)
	for i := range a {
		for j := range a {
			sym.SetSym(i, j, (a[i][j]+a[j][i])/2)
		}
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(sym, true) {
		return a
	}
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	out := newMatrix(n)
	for k, value := range eigen.Values(nil) {
		for i := range out {
			for j := range out {
				out[i][j] += float64(max(0, value) * vectors.At(i, k) * vectors.At(j, k))
			}
		}
	}
	return out
}
