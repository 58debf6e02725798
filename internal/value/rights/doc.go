// SPDX-License-Identifier: Apache-2.0

// Package rights finds what one party of a deal may do or not: draw on a facility, use a
// warrant, convert a note, take part in rounds, call for capacity, leave, repay early,
// sell on, refuse a rival's offer.
//
// Goals: each right with who has it, the lines that are its own, the deal without it and,
// where the deal's terms are those of a closed form, what the formula says.
//
// Non-goals: running deals (package paths) and the formulas (package value/options).
package rights
