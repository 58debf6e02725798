// SPDX-License-Identifier: Apache-2.0

package root

import (
	"math"
	"slices"
)

// leastSquares is the step of the free unknowns after which least is left of y by the slopes: exactly nothing where all are
// free and slopes are regular, else by the normal equations with a little of the identity.
func leastSquares(slopes [][]float64, y []float64, free []int) []float64 {
	minus := make([]float64, len(y))
	for i := range y {
		minus[i] = -y[i]
	}
	if len(free) == len(y) {
		if step := eliminate(slopes, minus); step != nil {
			return step
		}
	}
	const little = 1e-8
	a, right := square(len(free)), make([]float64, len(free))
	largest := 0.0
	for k, i := range free {
		for l, j := range free {
			for row := range slopes {
				a[k][l] += float64(slopes[row][i] * slopes[row][j])
			}
		}
		for row := range slopes {
			right[k] += float64(slopes[row][i] * minus[row])
		}
		largest = max(largest, a[k][k])
	}
	for k := range a {
		a[k][k] += float64(little * largest)
	}
	return eliminate(a, right)
}

// eliminate solves a x = y by Gauss's elimination with the largest pivot of each column; nil if the matrix is singular, or
// close to it. It leaves both as they are.
func eliminate(a [][]float64, y []float64) []float64 {
	const close = 1e-13
	n := len(y)
	m, x := make([][]float64, n), slices.Clone(y)
	largest := 0.0
	for i := range m {
		m[i] = slices.Clone(a[i])
		for _, v := range m[i] {
			largest = max(largest, math.Abs(v))
		}
	}
	for k := range n {
		pivot := k
		for i := k + 1; i < n; i++ {
			if math.Abs(m[i][k]) > math.Abs(m[pivot][k]) {
				pivot = i
			}
		}
		m[k], m[pivot], x[k], x[pivot] = m[pivot], m[k], x[pivot], x[k]
		if !(math.Abs(m[k][k]) > close*largest) {
			return nil
		}
		for i := k + 1; i < n; i++ {
			factor := m[i][k] / m[k][k]
			for j := k; j < n; j++ {
				m[i][j] -= float64(factor * m[k][j])
			}
			x[i] -= float64(factor * x[k])
		}
	}
	for k := n - 1; k >= 0; k-- {
		for j := k + 1; j < n; j++ {
			x[k] -= float64(m[k][j] * x[j])
		}
		x[k] /= m[k][k]
	}
	return x
}

// squares is the sum of squares.
func squares(y []float64) float64 {
	sum := 0.0
	for _, x := range y {
		sum += float64(x * x)
	}
	return sum
}

func square(n int) [][]float64 {
	out := make([][]float64, n)
	for i := range out {
		out[i] = make([]float64, n)
	}
	return out
}

func inOrder(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
