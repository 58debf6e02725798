// SPDX-License-Identifier: Apache-2.0

// Package root finds where functions are zero: all roots of one function over a bracket, and
// the solutions of as many equations as there are unknowns.
//
// Goals: no root, several roots, touching zero and jumping over it are answers, not errors. A function may be
// known up to a standard error, as a mean over paths is: then the root has an error too, and the search stops
// where more digits say nothing. Every evaluation is counted, and their number is bounded. The same bits
// on every machine.
//
// Non-goals: proof that there is no other root. Roots are seen by a scan of the bracket; two that lie
// between neighbours of the grid are found if the function turns there visibly. Package measure/cashflow
// proves its rates, since it knows its function.
package root
