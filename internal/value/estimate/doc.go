// SPDX-License-Identifier: Apache-2.0

// Package estimate says how well a number is known that was found several times
// over: once on each group of paths, or once in each replication.
//
// Goals: one number, its standard error and its margin, for the analyses that
// take such numbers apart and put them together again.
//
// Non-goals: moments of paths and their distribution (package measure).
package estimate
