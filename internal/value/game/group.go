// SPDX-License-Identifier: Apache-2.0

package game

// Grouped is the game in which each block of players acts as one: block k is its player k.
// The blocks are disjoint, and together have all players of the game.
func Grouped(g Game, blocks []Coalition) Game {
	whole := Coalition(0)
	for _, b := range blocks {
		if whole&b != 0 {
			panic("game: a player in two blocks")
		}
		whole |= b
	}
	if whole != All(g.Players) {
		panic("game: a player in no block")
	}
	return Game{Players: len(blocks), Value: func(c Coalition) ([][]float64, error) {
		members := Coalition(0)
		for k, b := range blocks {
			if c.Has(k) {
				members |= b
			}
		}
		return g.Value(members)
	}}
}
