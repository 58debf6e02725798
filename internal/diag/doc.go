// SPDX-License-Identifier: Apache-2.0

// Package diag holds what is wrong with a user's file: a list of diagnostics, each
// with a code, a place, a message and a hint, and how people and programs see it.
//
// Goals: checking goes on after the first fault, so diagnostics collect in a List;
// a List travels as an error; Render shows each beside its line of the source with a
// caret under the place; nothing a file contains can reach a terminal as a control
// character.
//
// Non-goals: programmer errors (panic) and errors from outside, such as a file that
// cannot be read (wrap them); colour; reading files.
package diag
