// SPDX-License-Identifier: Apache-2.0

// Package sheet writes a run as a workbook that people in finance can work on.
//
// Its sheets are a summary, the inputs with their sources, the term sheet, the flows by
// step, the ledgers of commitments, and values. What is a sum in the model is a formula
// in the book: discount factors, each side's net flows, net present values and rates of
// return. Beside each stands the figure of offtake itself and the difference.
//
// # Goals
//
//   - Live: who changes a flow or the discount rate sees values move.
//   - Formulas carry their results, so that what does not calculate shows them too.
//   - Constants are blue, formulas black, as is the custom.
//   - The same book gives the same bytes: dates in it are fixed.
//
// Non-goals: reading workbooks, macros, charts, and the formulas of clauses, which are
// the engine's.
package sheet
