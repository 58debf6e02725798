// SPDX-License-Identifier: Apache-2.0

// Package game shares out what players achieve together: the value of every coalition
// of them in, what each adds out. Players are whatever can be there or not, such as
// clauses.
//
// Goals: the Shapley value (Shapley 1953, "A value for n-person games") exactly over all
// coalitions, or over sampled orders of the players where there are too many; with it what
// a player adds first and last, and the interaction of pairs. All are linear in the values,
// so that they are taken on each group of paths, and their errors are by the spread of the
// groups. The same bits whatever the order in which values were found.
//
// Non-goals: what a coalition is worth, and whether it may form.
//
// # Terms
//
// A coalition is a set of players. Alone is what a player adds to nobody, last what it adds
// to all others, the Shapley value the mean of what it adds over all orders in which the
// players may come; the Shapley values add up to the total, what all are worth beyond
// nobody. The interaction of two players is what each adds to the other, over all coalitions
// of the rest, with the weights of a game in which the two are one (Grabisch and Roubens 1999,
// "An axiomatic approach to the concept of interaction among players in cooperative games").
// It is above zero where they need each other, below where either will do.
package game
