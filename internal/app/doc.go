// SPDX-License-Identifier: Apache-2.0

// Package app answers the questions a user asks, one file per question: what
// does this deal do (run), is the file well (check), what does it say and
// where does a figure come from (explain), does it still give what it should
// (test). The doors, cli and later the studio, only call it, so that they
// cannot differ.
//
// It takes a file's bytes and gives documents as values; it opens nothing.
package app
