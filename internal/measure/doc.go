// SPDX-License-Identifier: Apache-2.0

// Package measure asks numbers of flows: net present values and the parts they
// are made of, ratios, rates of return, a commitment's ledger.
//
// A Book follows one contract through its steps and adds up, lane by lane,
// what measures need. When the last step is settled each measure of the
// catalogue reads its value off the book. Moments gathers values over paths in
// chunks of fixed size, merged in order, so that the same paths give the same
// bits however they were run.
//
// Goals: every part of a value from its own flows, none a residual; each
// measure traceable to the lines that feed it. Non-goals: choosing what the
// world does (package world) or running paths (package paths).
package measure
