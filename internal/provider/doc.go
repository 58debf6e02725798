// SPDX-License-Identifier: Apache-2.0

// Package provider says what a commitment underwrites: what the supplier builds for a
// deal and what it costs to own and run, the debt that the committed floor carries, how
// well that debt is covered, and what is lost if the buyer fails and the capacity is let
// to others. Each is a pure function of amounts by year.
//
// Non-goals: reading clauses and running deals (package app); taxes; advice.
package provider
