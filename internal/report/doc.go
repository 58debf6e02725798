// SPDX-License-Identifier: Apache-2.0

// Package report holds documents as values, and what turns them into something to read.
//
// A [Document] is sections of blocks: paragraphs, clauses, headline figures, tables,
// charts, bars and notices. It says what is to be shown and what belongs together,
// never how it looks: numbers arrive as written text where people read them and as
// float64 where they are drawn. Every text is one line of plain words; a renderer breaks
// it. The same value goes to a terminal ([Text]), into JSON (encoding/json: each block
// carries its kind) and to whatever comes later.
//
// # Goals
//
//   - Nothing is cut. A table wider than the page is transposed or stacked, a word longer
//     than a line is broken, and no line of text is wider than the page.
//   - Nothing depends on colour: series differ by line style, warnings by a mark. Without
//     TextOptions.Color there is not one escape code.
//   - Nothing that a deal file contains reaches a terminal as a control character.
//   - The same document gives the same bytes on every machine.
//
// # Non-goals
//
// Computing or formatting the numbers themselves (package unit and the composer of a
// document do), detecting terminals and NO_COLOR (the caller does), and laying out
// right-to-left scripts, which terminals reorder each in its own way.
package report
