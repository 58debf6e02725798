// SPDX-License-Identifier: Apache-2.0

// Package reference is the meaning of the clauses a second time: one history,
// plain numbers, one file per clause, written from docs/semantics.md and not
// from the engine. It is slow and meant to be read beside that page.
//
// Goals: to catch the engine's mistakes and be caught by it, on random deals
// and random tapes; to answer what a clause means where prose leaves room; to
// write a deal down as a file, so that a disagreement can be looked at.
//
// Non-goals: speed, many histories at once, checking what was agreed (the
// clauses do that), choosing elections, valuing flows.
package reference
