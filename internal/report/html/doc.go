// SPDX-License-Identifier: Apache-2.0

// Package html writes a report as one page that needs nothing beside itself.
//
// The agreement stands beside figures and charts; numbers link to the clauses that make
// them, clauses to their lines of the deal file, and the file is part of the page.
//
// # Goals
//
//   - No network: no script, font or picture from elsewhere, under a content security
//     policy that allows nothing but the page's own style sheet, by its hash.
//   - Light and dark as the reader's system is, on paper, on a desktop and on a phone:
//     tables scroll inside themselves with their first column in place.
//   - The same document gives the same bytes.
//
// Non-goals: anything that moves, and choosing what is reported (the composer of the
// document does).
package html
