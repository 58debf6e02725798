// SPDX-License-Identifier: Apache-2.0

// Package value asks deals what takes many runs to answer: what each clause is
// worth to each party, and what would be worth the same.
//
// Goals: every answer with its standard error, on draws that all runs of it
// share, so that a difference between two deals is that of their words alone.
// Worlds are made once and shared by the deals that run in them.
//
// Non-goals: the mathematics, which packages below have (game, indices, root),
// and words and pictures, which reports have.
package value
