// SPDX-License-Identifier: Apache-2.0

package indices

import (
	"errors"
	"fmt"
	"math"

	"offtake/internal/vec"
)

// A copula is the dependence of inputs: that of normal numbers with a matrix of correlations; nil where
// inputs are independent.
type copula [][]float64

// errNoCorrelations is the fault of a matrix that no joint distribution has.
var errNoCorrelations = errors.New("correlations contradict each other: the matrix is not positive semi-definite")

// check says what is wrong with the correlations of so many inputs.
func (c copula) check(inputs int) error {
	if c == nil {
		return nil
	}
	if len(c) != inputs {
		return fmt.Errorf("correlations of %d inputs, not %d", len(c), inputs)
	}
	for i, row := range c {
		for j := range inputs {
			if len(row) != inputs || row[i] != 1 || row[j] != c[j][i] || !(math.Abs(row[j]) <= 1) {
				return fmt.Errorf("row %d is none of a symmetric matrix of correlations", i)
			}
		}
	}
	_, err := c.inOrder(inOrderOf(inputs))
	return err
}

// inOrderOf is the order 0, 1, ... of n inputs.
func inOrderOf(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// An arrangement is an order of the inputs with the lower triangle of their correlations in it: in this
// order, each normal number is made of independent ones of itself and those before it. Where inputs
// are independent it has no triangle.
type arrangement struct {
	order []int
	lower [][]float64
}

// inOrder is the arrangement in an order, by Cholesky's decomposition; what has no variance left of those
// before it gets zeros.
func (c copula) inOrder(order []int) (arrangement, error) {
	if c == nil {
		return arrangement{order, nil}, nil
	}
	const slack = 1e-9
	l := columns(len(order), len(order))
	for q := range order {
		for p := q; p < len(order); p++ {
			x := c[order[p]][order[q]]
			for k := range q {
				x -= float64(l[p][k] * l[q][k])
			}
			switch {
			case p == q && x < -slack || p > q && l[q][q] == 0 && math.Abs(x) > 1e-4:
				return arrangement{}, errNoCorrelations
			case p == q && x > slack:
				l[q][q] = math.Sqrt(x)
			case p > q && l[q][q] > 0:
				l[p][q] = x / l[q][q]
			}
		}
	}
	return arrangement{order, l}, nil
}

// redraw writes a row of uniform numbers, by inputs: the first so many in the order are kept as
// they are in the row base, the others are drawn anew, by the row fresh of independent numbers, from their
// distribution given those kept.
func (a arrangement) redraw(out, base, fresh []float64, kept int) {
	if a.lower == nil {
		for p, i := range a.order {
			out[i] = base[i]
			if p >= kept {
				out[i] = fresh[i]
			}
		}
		return
	}
	independent := make([]float64, len(a.order))
	for p, i := range a.order {
		known := 0.0
		for q := range p {
			known += float64(a.lower[p][q] * independent[q])
		}
		switch own := a.lower[p][p]; {
		case p >= kept:
			independent[p] = vec.NormInvOf(fresh[i])
			out[i] = inside(vec.NormCDFOf(known + float64(own*independent[p])))
		default:
			out[i] = base[i]
			if own > 0 {
				independent[p] = (vec.NormInvOf(base[i]) - known) / own
			}
		}
	}
}

// inside keeps a probability off 0 and 1, where quantiles have no end.
func inside(u float64) float64 { return min(max(u, 0x1p-53), 1-0x1p-53) }
