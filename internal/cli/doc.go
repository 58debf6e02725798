// SPDX-License-Identifier: Apache-2.0

// Package cli is the command line: it reads arguments and files, asks package
// app, and prints. Exit codes: 0 fine, 1 faults in input, 2 misuse.
//
// Non-goals: any answer of its own; the studio must be able to give the same.
package cli
