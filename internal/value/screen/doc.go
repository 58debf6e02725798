// SPDX-License-Identifier: Apache-2.0

// Package screen computes what competition authorities look at first: how concentrated a market is, what a merger
// or a stake changes of it, and whether a supplier gains by keeping an input from its customers' rivals. It has the
// thresholds of authorities as data, with dates and sources.
//
// Goals: the formulas, each with its source; which threshold a market is past on a day.
//
// Non-goals: verdicts. What is past a threshold is looked at, no more; a minority stake with a supply contract may be no merger at
// all. Definition of markets, and effects beyond the models named.
//
// Shares, margins and diversion ratios are fractions; indices of concentration are in points, 10,000 for one firm.
package screen
