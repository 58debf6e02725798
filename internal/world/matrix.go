// SPDX-License-Identifier: Apache-2.0

package world

import "math"

// matrix is a small square matrix, by rows.
type matrix [][]float64

func newMatrix(n int) matrix { return matrix(columns(n, n)) }

// times is the matrix times a number.
func (a matrix) times(x float64) matrix {
	out := newMatrix(len(a))
	for i := range a {
		for j := range a {
			out[i][j] = a[i][j] * x
		}
	}
	return out
}

// mul writes the product of two; the matrix is neither of them.
func (a matrix) mul(x, y matrix) {
	for i := range a {
		for j := range a {
			sum := 0.0
			for k := range a {
				sum += float64(x[i][k] * y[k][j])
			}
			a[i][j] = sum
		}
	}
}

// after writes the row times the matrix; out is not the row.
func (a matrix) after(out, row []float64) {
	for j := range out {
		sum := 0.0
		for i, x := range row {
			sum += float64(x * a[i][j])
		}
		out[j] = sum
	}
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += float64(x * b[i])
	}
	return sum
}

// exp is the matrix exponential: the power series of a matrix that is scaled
// down until it is small, squared as often (Moler and Van Loan 2003, "Nineteen
// dubious ways to compute the exponential of a matrix", method 3).
func (a matrix) exp() matrix {
	size := 0.0
	for i := range a {
		sum := 0.0
		for j := range a {
			sum += math.Abs(a[i][j])
		}
		size = max(size, sum)
	}
	halvings := 0
	for ; size > 0.25 && halvings < 60; halvings++ {
		size /= 2
	}
	small, term, next, out := a.times(math.Ldexp(1, -halvings)), newMatrix(len(a)), newMatrix(len(a)), newMatrix(len(a))
	for i := range a {
		term[i][i], out[i][i] = 1, 1
	}
	for n := 1.0; n <= 14; n++ {
		next.mul(term, small)
		term, next = next, term
		for i := range a {
			for j := range a {
				term[i][j] /= n
				out[i][j] += term[i][j]
			}
		}
	}
	for range halvings {
		next.mul(out, out)
		out, next = next, out
	}
	return out
}
