// SPDX-License-Identifier: Apache-2.0

// Package means makes of a deal others that bring the lab the same money and the same
// compute by other means: plain equity, venture debt, a loan from the provider, prepaid
// capacity, a site of its own with project debt.
//
// Goals: each is a whole deal in a file's own words, made of clauses of the vocabulary, in
// the world of the given deal, with every new number marked as an assumption.
//
// Non-goals: running them (package paths), and saying which is best.
package means
