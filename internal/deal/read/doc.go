// SPDX-License-Identifier: Apache-2.0

// Package read fills values from a deal file by their tables of fields, and remembers
// where in the file each came from.
//
// Goals: one reader for every table, so that clauses, worlds and policies contain no
// reading; every fault of a file at once, each at its line and column with a hint, and
// none that merely follows from another; one grammar of paths for all that names a
// value.
//
// Non-goals: YAML itself (package tree) and what values mean together (the Check
// methods of what is filled, and package deal).
package read
