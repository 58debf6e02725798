// SPDX-License-Identifier: Apache-2.0

package calendar

import "strconv"

// Error says why a text or a combination of dates cannot be used.
type Error struct {
	Input   string // the text as it was given; empty if the problem is not in one text
	Problem string // what is wrong
	Hint    string // what to write instead; may be empty
}

// quotedMost is the longest part of an input that a message repeats, in bytes.
const quotedMost = 40

// Error returns input, problem and hint on one line.
func (e *Error) Error() string {
	text := e.Problem
	if e.Input != "" {
		input := e.Input
		if len(input) > quotedMost {
			input = input[:quotedMost] + "..."
		}
		text = strconv.QuoteToASCII(input) + " " + text
	}
	if e.Hint != "" {
		text += ": " + e.Hint
	}
	return text
}
