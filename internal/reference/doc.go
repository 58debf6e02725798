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
//
// # Readings
//
// Where the page leaves room, this is what is done here and by the engine.
//
// Whole cents: beside what is posted, tau A of a period, A cut by leaving,
// relief, M, kappa A, x A, theta A and what is due for availability in a step
// are each rounded before they are used, so that rows add up in cents. What the
// estate recovers is rounded once for all bills of one kind.
//
// Make-up: a vintage that can be taken in no period is not banked. A bank's
// last row shows what is then lost or refunded. Where the buyer leaves, the
// running period is the last. A retroactive discount may take spend back after
// make-up was credited: what was credited stays, and is u.
//
// Several commitments: usage is counted in all of them, then availability is
// charged, then make-up credited, then credit from deficiencies used, each in
// the order of the ledgers. Such credit pays for usage alone, not for
// availability. Without a capacity clause all of tau A is due for availability.
// A deficiency paid within X raises X's q and so what is stacked on X. What is
// missing from the minimum is the most that any commitment to pay for use
// misses. The buyer may leave once any commitment lets it; each charges its own
// fee.
//
// Claims: availability charged in the running period does not lower them.
//
// Facilities: one that is not on offer in a step opens nothing at its end. A
// part opened by power counts while the power is delivered; what was opened
// stays open. Power is reached but for the rounding of decimals.
//
// Default and leaving: a tranche that falls in a step that is not live is not
// paid. A buyer who left and is insolvent later leaves its bills unpaid like
// any other, and no claim. Banks, credits and carry-forward stand as they stood.
package reference
