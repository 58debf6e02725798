// SPDX-License-Identifier: Apache-2.0

// Package unit reads and writes the quantities of a deal file: money ("5B",
// "at least 100B"), plain numbers ("833M") and rates ("25%", "50bp").
//
// Goals: reading is exact, so that 0.1 is ten cents and not a nearby binary
// fraction; what this package writes for a file it reads back to the same bits;
// every refusal says what is wrong and what to write instead.
//
// Conventions: money is a float64 in minor units (cents) of the deal's currency,
// whole and at most 2^53 when read; a rate is a fraction (25% is 0.25); a number
// has the unit of its field. Format functions are for people and round; Write
// functions are for deal files and do not.
//
// Non-goals: converting between currencies, currencies whose minor unit is not a
// hundredth, ranges and distributions ("3 to 7" is an input of the world, not an
// amount), and the bounds of a field, which the field's owner checks.
package unit
