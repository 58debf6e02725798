// SPDX-License-Identifier: Apache-2.0

package game

import (
	"offtake/internal/draw"
	"offtake/internal/value/estimate"
)

// orders is what the orders of players are drawn for.
var orders = draw.Named("orders of players")

// Sample values the coalitions that arise when players come in sampled orders, each order
// and its reverse (Castro, Gómez and Tejada 2009, "Polynomial calculation of the Shapley value
// based on sampling"; Mitchell, Cooper, Frank and Holmes 2022, "Sampling permutations for
// Shapley value estimation", for the reverse). It draws so many pairs, at least two, of Philox,
// as a function of the seed and the pair's number. Alone, Last and Total are those of Exact;
// errors of Shapley values are those of paths, and of orders by the spread of the pairs, both
// together. It panics beyond MostSample players, or without any.
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

// sampled is the division by the orders given and their reverses.
func sampled(g Game, drawn [][]int) (*Division, error) {
	m := newMemo(g)
	if err := m.ends(); err != nil {
		return nil, err
	}
	size := m.parties * m.groups
	shapley := zeros(g.Players, size)
	byPair := make([][]float64, g.Players*m.parties) // of each player and party: the mean over groups, a number a pair
	for _, order := range drawn {
		added := zeros(g.Players, size)
		if err := m.walk(added, order, 0.5); err != nil {
			return nil, err
		}
		if err := m.walk(added, reversed(order), 0.5); err != nil {
			return nil, err
		}
		for i, list := range added {
			for k := range list {
				shapley[i][k] += list[k] / float64(len(drawn))
			}
			for p := range m.parties {
				of := &byPair[i*m.parties+p]
				*of = append(*of, estimate.Of(m.party(list, p)).Mean)
			}
		}
	}
	return m.withOrders(shapley, byPair, len(drawn)), nil
}

// withOrders is the division with the errors of sampled orders.
func (m *memo) withOrders(shapley, byPair [][]float64, pairs int) *Division {
	d := m.division(shapley)
	for p := range d.Parties {
		x := &d.Parties[p]
		x.Pairs, x.Orders = nil, make([]float64, m.Players)
		for i := range m.Players {
			x.Orders[i] = estimate.Spread(byPair[i*m.parties+p])
			x.Shapley[i] = x.Shapley[i].Plus(x.Orders[i], pairs-1)
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
	out := make([]int, len(order))
	for k, i := range order {
		out[len(out)-1-k] = i
	}
	return out
}
