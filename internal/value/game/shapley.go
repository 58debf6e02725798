// SPDX-License-Identifier: Apache-2.0

package game

import "math/bits"

// A Coalition is a set of players, bit i for player i.
type Coalition uint64

// Has tells whether a player belongs to the coalition.
func (c Coalition) Has(player int) bool { return c>>player&1 == 1 }

// With is the coalition and one more player.
func (c Coalition) With(player int) Coalition { return c | 1<<player }

// Without is the coalition less a player.
func (c Coalition) Without(player int) Coalition { return c &^ (1 << player) }

// Size is the number of players of the coalition.
func (c Coalition) Size() int { return bits.OnesCount64(uint64(c)) }

// All is the coalition of all of so many players.
func All(players int) Coalition { return 1<<players - 1 }

// Shapley returns the Shapley values of a game: worth[c], a list of numbers, is the value
// of coalition c of the 2^players there are, and out[i] that of player i, number by number.
// It is the sum over the coalitions S without i of |S|! (n-|S|-1)! / n! times what i adds
// to S (Shapley 1953, "A value for n-person games").
func Shapley(players int, worth [][]float64) (out [][]float64) {
	weight := weights(players)
	out = zeros(players, len(worth[0]))
	for i := range players {
		for s := range All(players) + 1 {
			if !s.Has(i) {
				addScaled(out[i], worth[s.With(i)], worth[s], weight[s.Size()])
			}
		}
	}
	return out
}

// Interaction returns the interaction of two players, number by number: the sum over the
// coalitions S without them of |S|! (n-|S|-2)! / (n-1)! times what i and j add to S beyond
// what each adds to it (Grabisch and Roubens 1999, "An axiomatic approach to the concept
// of interaction among players in cooperative games"). worth is that of Shapley.
func Interaction(players, i, j int, worth [][]float64) []float64 {
	weight := weights(players - 1)
	out := make([]float64, len(worth[0]))
	for s := range All(players) + 1 {
		if !s.Has(i) && !s.Has(j) {
			interact(out, worth[s.With(i).With(j)], worth[s.With(i)], worth[s.With(j)], worth[s], weight[s.Size()])
		}
	}
	return out
}

// interact adds weight times what two add to none of them beyond what each adds.
func interact(sum, both, one, other, none []float64, weight float64) {
	addScaled(sum, both, one, weight)
	addScaled(sum, none, other, weight)
}

// weights are s! (n-s-1)! / n! for s below n: one over n times the number of ways to
// choose s of the other n-1.
func weights(n int) []float64 {
	out := make([]float64, n)
	ways := 1.0
	for s := range n {
		out[s] = 1 / (float64(n) * ways)
		ways = ways * float64(n-1-s) / float64(s+1)
	}
	return out
}

// addScaled adds weight times (more - less), number by number.
func addScaled(sum, more, less []float64, weight float64) {
	for k := range sum {
		sum[k] += float64(weight * (more[k] - less[k]))
	}
}

func zeros(rows, columns int) [][]float64 {
	out := make([][]float64, rows)
	for i := range out {
		out[i] = make([]float64, columns)
	}
	return out
}
