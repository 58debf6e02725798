// SPDX-License-Identifier: Apache-2.0

// Package contract is the state machine that every deal runs on. It steps any
// number of possible histories (lanes) through the months of an agreement and
// says who pays whom.
//
// A step has two halves. Quote computes what may be chosen now: units on
// offer, their price, the minimum still to be met, the facilities open.
// Somebody outside (a policy, a record of real bills, a test's own hand)
// writes elections. Settle checks and clamps them and yields flows and
// readings. The contract never pulls: it knows no file, no clock, no random
// number, no network, and no clause, as net/http knows no handler.
//
// Goals: one implementation for one lane and for thousands; the same bits
// whatever the number of lanes; a step that allocates nothing; a start at any
// step from a recorded state; every amount tied to the clause that moved it.
//
// Non-goals: choosing elections (package policy), making the world move
// (package world), valuing flows (package measure).
package contract
