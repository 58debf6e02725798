// SPDX-License-Identifier: Apache-2.0

// Package schema writes the tables of what a deal file may say as a JSON Schema
// (draft 2020-12), so that any editor can complete, explain and check a deal
// while it is typed.
//
// It is made from the tables alone (deal.Fields, clause.Catalog and what they
// open), so that a new clause or field is in it by itself. Goals: every file
// that the reader takes is valid; what is spelled or built wrongly is not.
//
// Non-goals: what values mean together, references between them, and numbers
// that are wrong only by size where they are written with a suffix: those are
// for `offtake check`.
package schema
