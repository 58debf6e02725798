// SPDX-License-Identifier: Apache-2.0

// Package deal is a whole agreement: parties, clauses, the world it is run in, the
// policy of the buyer, and where each number comes from. Bytes in, checked value out;
// and editing of the same bytes by path.
//
//	source --tree--> nodes with places --read, by tables--> Deal --check--> diagnostics
//
// A file may restate its deal: amendments after the signing, alternatives where sources
// disagree, scenarios of the world, values set for one run. Each makes another form of the deal, from a tree in
// which its nodes take the place of those that they restate:
//
//	nodes --graft--> nodes of the form --read, check--> Deal
//
// Goals: every fault of a file at once, in every form of its deal, each at its line;
// nonsense is refused and not computed; an edit changes the value's bytes and no others;
// each number of a deal is a sourced fact or an assumption, and the deal can say which.
//
// Non-goals: opening files (the edge does that), running (package paths), what a
// clause means (package clause).
package deal
