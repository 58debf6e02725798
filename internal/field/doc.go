// SPDX-License-Identifier: Apache-2.0

// Package field describes what a deal file may say: tables of fields, each
// with its name, kind, unit, bounds, default and meaning. One table serves the
// parser, the checks, the generated reference, the JSON Schema and the
// studio's forms, so none of them can disagree.
//
// A table is made by the value that it fills: each field points at the place
// its value goes (Into), so reading a file needs no reflection and no struct
// tags.
//
// Non-goals: reading files (package deal does that) and meaning (the clause
// and world packages).
package field
