// SPDX-License-Identifier: Apache-2.0

package game

import (
	"fmt"

	"offtake/internal/value/estimate"
)

// Most players that a game may have: of Exact, whose work and memory double with each, and
// of Sample.
const (
	MostExact  = 16
	MostSample = 64
)

// A Game is players, and what each coalition of them is worth.
type Game struct {
	Players int
	// Value returns what a coalition is worth: for each party to whom, the mean on each group
	// of paths. All coalitions have as many parties and groups. It is asked once for each
	// coalition, in a settled order.
	Value func(Coalition) (worth [][]float64, err error)
}

// A Division is what each player adds, to each party. Errors are by the spread of the groups
// of paths, and NaN where there is one group only.
type Division struct {
	Parties []Parts
	// Evaluations is how many coalitions were valued.
	Evaluations int
}

// Parts are one party's.
type Parts struct {
	Nobody, Total        estimate.Estimate   // the value of nobody; what all are worth beyond that
	Shapley, Alone, Last []estimate.Estimate // of each player
	// Pairs[i][j] is the interaction of the players i and j; zero for a player with itself, NaN
	// where no sampled order shows it.
	Pairs [][]estimate.Estimate
	// Orders is the part of the Shapley values' standard errors that is due to sampled orders;
	// nil where all were taken.
	Orders []float64
}

// Exact values all coalitions. An error is that of a value, or of values of different
// shapes. It panics beyond MostExact players, or without any.
func Exact(g Game) (*Division, error) {
	if g.Players < 1 || g.Players > MostExact {
		panic("game: players outside 1 to 16")
	}
	m := newMemo(g)
	worth := make([][]float64, All(g.Players)+1)
	for c := range worth {
		w, err := m.value(Coalition(c))
		if err != nil {
			return nil, err
		}
		worth[c] = w
	}
	d := m.division()
	for i, list := range Shapley(g.Players, worth) {
		for p := range d.Parties {
			d.Parties[p].Shapley[i] = estimate.Of(m.party(list, p))
		}
		for j := range i {
			pair := Interaction(g.Players, i, j, worth)
			for p := range d.Parties {
				e := estimate.Of(m.party(pair, p))
				d.Parties[p].Pairs[i][j], d.Parties[p].Pairs[j][i] = e, e
			}
		}
	}
	return d, nil
}

// memo has the values that were found, each as one list: the groups of the first party,
// then those of the next.
type memo struct {
	Game
	parties, groups int
	known           map[Coalition][]float64
}

func newMemo(g Game) *memo { return &memo{Game: g, known: map[Coalition][]float64{}} }

// value is what a coalition is worth.
func (m *memo) value(c Coalition) ([]float64, error) {
	if w, ok := m.known[c]; ok {
		return w, nil
	}
	worth, err := m.Value(c)
	if err != nil {
		return nil, fmt.Errorf("coalition %b: %w", c, err)
	}
	if len(m.known) == 0 && len(worth) > 0 {
		m.parties, m.groups = len(worth), len(worth[0])
	}
	list := make([]float64, 0, m.parties*m.groups)
	for _, party := range worth {
		if len(worth) != m.parties || len(party) != m.groups {
			return nil, fmt.Errorf("coalition %b: values of %d parties and %d groups, not %d and %d", c, len(worth), len(party), m.parties, m.groups)
		}
		list = append(list, party...)
	}
	m.known[c] = list
	return list, nil
}

// party is a party's part of a list.
func (m *memo) party(list []float64, p int) []float64 { return list[p*m.groups : (p+1)*m.groups] }

// difference is one known value less another, party by party.
func (m *memo) difference(more, less Coalition) []float64 {
	out := make([]float64, m.parties*m.groups)
	addScaled(out, m.known[more], m.known[less], 1)
	return out
}

// interact adds weight times what two players add to a known coalition beyond what each adds
// to it.
func (m *memo) interact(sum []float64, to Coalition, i, j int, weight float64) {
	interact(sum, m.known[to.With(i).With(j)], m.known[to.With(i)], m.known[to.With(j)], m.known[to], weight)
}

// division makes the answer of all that is known; its Shapley values and pairs are still zero.
func (m *memo) division() *Division {
	n, all := m.Players, All(m.Players)
	d := &Division{Parties: make([]Parts, m.parties), Evaluations: len(m.known)}
	for p := range d.Parties {
		of := func(list []float64) estimate.Estimate { return estimate.Of(m.party(list, p)) }
		x := Parts{Nobody: of(m.known[0]), Total: of(m.difference(all, 0)), Shapley: make([]estimate.Estimate, n), Pairs: make([][]estimate.Estimate, n)}
		for i := range n {
			x.Alone = append(x.Alone, of(m.difference(Coalition(0).With(i), 0)))
			x.Last = append(x.Last, of(m.difference(all, all.Without(i))))
			x.Pairs[i] = make([]estimate.Estimate, n)
		}
		d.Parties[p] = x
	}
	return d
}
