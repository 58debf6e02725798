// SPDX-License-Identifier: Apache-2.0

// Package clause is the vocabulary of deals: one file per clause, and
// catalog.go, which lists them.
//
// A clause file reads in this order: what the clause means commercially, with
// a real example; its fields (from which the parser, the checks, the
// reference, the JSON Schema and the studio's form are made); Check; Explain,
// the clause as a sentence a lawyer would accept; Without, what the parties
// would have instead; and Bind, which attaches what it does to Quote and to
// Settle, the two halves of a step.
//
// Clauses meet only in the named quantities of package contract. Adding one
// is a file and a line in the catalogue; the battery in catalog_test.go takes
// hold of it by itself.
//
// Non-goals: reading files (package deal), the state of the world (package
// world), value (package measure).
package clause
