// SPDX-License-Identifier: Apache-2.0

package indices

import (
	"offtake/internal/draw"
	"offtake/internal/value/estimate"
	"offtake/internal/value/game"
)

// Effects are the Shapley effects of the inputs on one output: shares of its variance, which add up to
// one. They are NaN where it has none.
type Effects struct {
	Mean, Variance estimate.Estimate
	Shapley        []estimate.Estimate
}

// MostExact is how many inputs Shapley takes in all orders; it draws orders beyond.
const MostExact = 8

// orders is what the orders of inputs are drawn for.
var orders = draw.Named("orders of inputs")

// Shapley estimates the Shapley effects of each output. Inputs depend on each other as normal numbers with
// these correlations do, or are independent where there are none. A coalition of inputs is worth half
// the mean squared difference of two outputs that share all other inputs: the double loop of Song, Nelson
// and Staum 2016, "Shapley effects for global sensitivity analysis: theory and computation", with an inner sample of
// two whose first is one for all coalitions; that each coalition is estimated once is of Broto, Bachoc and
// Depecker 2020, "Variance reduction for estimation of Shapley effects and adaptation to unknown input
// distribution".
//
// Up to MostExact inputs all coalitions are valued, with Replications x Points x 2^Inputs rows. Beyond,
// each point has an order of its own, in which inputs are drawn anew one after another (Song, Nelson
// and Staum 2016, with one outer sample an order, as Goda 2021, "A simple algorithm for global sensitivity
// analysis with Shapley effects", proposes): Replications x Points x (Inputs+1) rows.
//
// The error is that of the model, or of correlations that contradict each other.
func Shapley(p Plan, correlations [][]float64, model Model) ([]Effects, error) {
	if p.Inputs <= MostExact {
		return p.shapley(correlations, model, p.allCoalitions)
	}
	return p.shapley(correlations, model, p.ownOrders)
}

// A replicator adds one replication's numbers to those of the effects.
type replicator func(s *study, replication int) error

// study is what a replication works on: numbers of each output, input and replication.
type study struct {
	copula  copula
	model   Model
	mean    [][]float64   // [output][replication]
	shapley [][][]float64 // [output][input][replication], not yet divided by the variance
	whole   [][]float64   // [output][replication]: the variance
	// seen are the differences of all coalitions, by output, where those are valued; then the two above stay zero.
	seen []Differences
}

func (p Plan) shapley(correlations [][]float64, model Model, replicate replicator) ([]Effects, error) {
	p.check()
	if err := copula(correlations).check(p.Inputs); err != nil {
		return nil, err
	}
	s := &study{copula: correlations, model: model, mean: columns(p.Outputs, p.Replications), whole: columns(p.Outputs, p.Replications)}
	for range p.Outputs {
		s.shapley = append(s.shapley, columns(p.Inputs, p.Replications))
	}
	for r := range p.Replications {
		if err := replicate(s, r); err != nil {
			return nil, err
		}
	}
	out := make([]Effects, p.Outputs)
	for k := range out {
		if out[k] = (Effects{estimate.Of(s.mean[k]), estimate.Of(s.whole[k]), ratios(s.shapley[k], s.whole[k])}); s.seen != nil {
			out[k].Variance, out[k].Shapley = estimate.Of(s.seen[k].Half[game.All(p.Inputs)]), s.seen[k].Shapley()
		}
	}
	return out, nil
}

// first evaluates the base points of a replication, with the dependence of inputs, and returns the matrix of
// independent points from which inputs are drawn anew, both by rows.
func (p Plan) first(s *study, replication int) (base, fresh, y [][]float64, err error) {
	a, b := p.points(replication)
	base, fresh = columns(p.Points, p.Inputs), transposed(b)
	natural, err := s.copula.inOrder(inOrderOf(p.Inputs))
	if err != nil {
		return nil, nil, nil, err
	}
	for n, row := range transposed(a) {
		natural.redraw(base[n], row, row, 0)
	}
	y, err = p.evaluate(s.model, transposed(base))
	for k := range y {
		s.mean[k][replication] = mean(y[k], y[k])
	}
	return base, fresh, y, err
}

// allCoalitions values every coalition of inputs at all points.
func (p Plan) allCoalitions(s *study, r int) error {
	base, fresh, y, err := p.first(s, r)
	if err != nil {
		return err
	}
	for range p.Outputs - len(s.seen) {
		s.seen = append(s.seen, newDifferences(p.Inputs, p.Replications))
	}
	rows := columns(p.Points, p.Inputs)
	for c := game.Coalition(1); c <= game.All(p.Inputs); c++ {
		arranged, err := s.copula.inOrder(keptFirst(p.Inputs, c))
		if err != nil {
			return err
		}
		for n := range rows {
			arranged.redraw(rows[n], base[n], fresh[n], p.Inputs-c.Size())
		}
		again, err := p.evaluate(s.model, transposed(rows))
		if err != nil {
			return err
		}
		for k := range y {
			s.seen[k].set(c, r, halfSquare(y[k], again[k]))
		}
	}
	return nil
}

// keptFirst is the order with the inputs that are not of the coalition before those that are.
func keptFirst(inputs int, c game.Coalition) (order []int) {
	for _, in := range []bool{false, true} {
		for i := range inputs {
			if c.Has(i) == in {
				order = append(order, i)
			}
		}
	}
	return order
}

// ownOrders draws an order for each point, and inputs anew from its end to its beginning; each input has
// half of what its turn adds to the squared difference from the base.
func (p Plan) ownOrders(s *study, r int) error {
	base, fresh, y, err := p.first(s, r)
	if err != nil {
		return err
	}
	arranged := make([]arrangement, p.Points)
	for n, order := range p.orders(r) {
		if arranged[n], err = s.copula.inOrder(order); err != nil {
			return err
		}
	}
	before, rows := y, columns(p.Points, p.Inputs)
	for kept := p.Inputs - 1; kept >= 0; kept-- {
		for n := range rows {
			arranged[n].redraw(rows[n], base[n], fresh[n], kept)
		}
		after, err := p.evaluate(s.model, transposed(rows))
		if err != nil {
			return err
		}
		for k := range y {
			for n := range rows {
				was, is := before[k][n]-y[k][n], after[k][n]-y[k][n]
				part := (float64(is*is) - float64(was*was)) / float64(2*p.Points)
				s.shapley[k][arranged[n].order[kept]][r] += part
				s.whole[k][r] += part
			}
		}
		before = after
	}
	return nil
}

// orders are an order of the inputs for each point of a replication (Durstenfeld 1964, "Algorithm 235:
// Random permutation"), of Philox.
func (p Plan) orders(replication int) [][]int {
	out := make([][]int, p.Points)
	for n := range out {
		out[n] = inOrderOf(p.Inputs)
	}
	u := make([]float64, p.Points)
	for i := p.Inputs - 1; i > 0; i-- {
		draw.Uniform(u, p.Seed, orders, uint64(replication)<<40, i)
		for n, order := range out {
			j := int(u[n] * float64(i+1))
			order[i], order[j] = order[j], order[i]
		}
	}
	return out
}

func transposed(a [][]float64) [][]float64 {
	out := columns(len(a[0]), len(a))
	for i, row := range a {
		for j, x := range row {
			out[j][i] = x
		}
	}
	return out
}
