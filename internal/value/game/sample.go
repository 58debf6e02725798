// SPDX-License-Identifier: Apache-2.0

package game

import (
	"math"
	"slices"

	"offtake/internal/draw"
	"offtake/internal/value/estimate"
)

// orders is what the orders of players are drawn for.
var orders = draw.Named("orders of players")

// Sample values the coalitions that arise when players come in sampled orders, each order
// and its reverse (Castro, Gómez and Tejada 2009, "Polynomial calculation of the Shapley value
// based on sampling"; Mitchell, Cooper, Frank and Holmes 2022, "Sampling permutations for
// Shapley value estimation", for the reverse), and when neighbours in them change places. The
// first of two neighbours adds to those before them what it adds without the other, and after
// the change what it adds with it: the interaction is the mean over the orders in which the two
// are neighbours, since those before them are then any coalition of the rest with the weights
// of Interaction. It draws so many pairs of orders, at least two, of Philox, as a function of the
// seed and the pair's number. Alone, Last and Total are those of Exact; errors of Shapley values
// and interactions are those of paths, and of orders by the spread of the pairs, both together.
// It panics beyond MostSample players, or without any.
func Sample(g Game, pairs int, seed uint64) (*Division, error) {
	if g.Players < 1 || g.Players > MostSample || pairs < 2 {
		panic("game: players outside 1 to 64, or fewer than two pairs of orders")
	}
	drawn := make([][]int, pairs)
	for k := range drawn {
		drawn[k] = order(g.Players, seed, uint64(k))
	}
	return sampled(g, drawn)
}

// order is one order of the players, all alike likely (Fisher and Yates 1938, "Statistical
// tables", as Durstenfeld 1964, "Algorithm 235: Random permutation", has it).
func order(players int, seed, number uint64) []int {
	out, u := make([]int, players), make([]float64, 1)
	for i := range out {
		out[i] = i
	}
	for i := players - 1; i > 0; i-- {
		draw.Uniform(u, seed, orders, number, i)
		j := int(u[0] * float64(i+1))
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// A tally is what was seen of one number, once for each pair of orders that shows it.
type tally struct {
	sum  []float64   // over what was seen, by party and group
	seen [][]float64 // by party: the means over groups, one for each that was seen
}

// see counts a list, of all parties.
func (m *memo) see(t *tally, list []float64) {
	if t.sum == nil {
		t.sum, t.seen = make([]float64, len(list)), make([][]float64, m.parties)
	}
	for k, x := range list {
		t.sum[k] += x
	}
	for p := range m.parties {
		t.seen[p] = append(t.seen[p], estimate.Of(m.party(list, p)).Mean)
	}
}

// mean is the estimate for a party, with errors of paths and of orders, and the latter apart;
// NaN where nothing was seen.
func (m *memo) mean(t *tally, p int) (e estimate.Estimate, orders float64) {
	if t.sum == nil {
		return estimate.Estimate{Mean: math.NaN(), Error: math.NaN(), Margin: math.NaN()}, math.NaN()
	}
	n, list := len(t.seen[p]), make([]float64, m.groups)
	for k, x := range m.party(t.sum, p) {
		list[k] = x / float64(n)
	}
	orders = estimate.Spread(t.seen[p])
	return estimate.Of(list).Plus(orders, n-1), orders
}

// sampled is the division by the orders given and their reverses.
func sampled(g Game, drawn [][]int) (*Division, error) {
	m := newMemo(g)
	if err := m.ends(); err != nil {
		return nil, err
	}
	n, size := g.Players, m.parties*m.groups
	shapley, pairs := make([]tally, n), make([]tally, n*n)
	for _, order := range drawn {
		added := zeros(n, size)
		for _, o := range [][]int{order, reversed(order)} {
			for _, as := range [][]int{o, swapped(o, 0), swapped(o, 1)} {
				if err := m.walk(added, as, 1.0/6); err != nil {
					return nil, err
				}
			}
		}
		for i := range added {
			m.see(&shapley[i], added[i])
		}
		there := Coalition(0)
		for k := range n - 1 {
			i, j := order[k], order[k+1]
			after, both := All(n)&^there.With(i).With(j), make([]float64, size)
			m.interact(both, there, i, j, 0.5)
			m.interact(both, after, i, j, 0.5)
			m.see(&pairs[max(i, j)*n+min(i, j)], both)
			there = there.With(i)
		}
	}
	return m.tallied(shapley, pairs), nil
}

// tallied is the division by what was seen.
func (m *memo) tallied(shapley, pairs []tally) *Division {
	n, d := m.Players, m.division()
	for p := range d.Parties {
		x := &d.Parties[p]
		x.Orders = make([]float64, n)
		for i := range n {
			x.Shapley[i], x.Orders[i] = m.mean(&shapley[i], p)
			for j := range i {
				x.Pairs[i][j], _ = m.mean(&pairs[i*n+j], p)
				x.Pairs[j][i] = x.Pairs[i][j]
			}
		}
	}
	return d
}

// walk adds weight times what each player adds when they come in an order.
func (m *memo) walk(added [][]float64, order []int, weight float64) error {
	there := Coalition(0)
	for _, i := range order {
		before, err := m.value(there)
		if err != nil {
			return err
		}
		there = there.With(i)
		after, err := m.value(there)
		if err != nil {
			return err
		}
		addScaled(added[i], after, before, weight)
	}
	return nil
}

// ends values nobody, all, each alone and all without each.
func (m *memo) ends() error {
	all := All(m.Players)
	list := []Coalition{0, all}
	for i := range m.Players {
		list = append(list, Coalition(0).With(i), all.Without(i))
	}
	for _, c := range list {
		if _, err := m.value(c); err != nil {
			return err
		}
	}
	return nil
}

func reversed(order []int) []int {
	out := slices.Clone(order)
	slices.Reverse(out)
	return out
}

// swapped is an order in which the players in places first and first+1 have changed places,
// and so on in twos.
func swapped(order []int, first int) []int {
	out := slices.Clone(order)
	for k := first; k+1 < len(out); k += 2 {
		out[k], out[k+1] = out[k+1], out[k]
	}
	return out
}
