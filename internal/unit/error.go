// SPDX-License-Identifier: Apache-2.0

package unit

import "strconv"

// Error says why a text is not the quantity that was asked for.
type Error struct {
	Input   string // the text as it was given
	Problem string // what is wrong with it
	Hint    string // what to write instead; may be empty
}

// quotedMost is the longest part of an input that a message repeats, in bytes.
const quotedMost = 40

// Error returns input, problem and hint on one line.
func (e *Error) Error() string {
	input := e.Input
	if len(input) > quotedMost {
		input = input[:quotedMost] + "..."
	}
	text := strconv.QuoteToASCII(input) + " " + e.Problem
	if e.Hint != "" {
		text += ": " + e.Hint
	}
	return text
}

// refuse makes an Error whose Input the exported parser fills in.
func refuse(problem, hint string) *Error {
	return &Error{Problem: problem, Hint: hint}
}

// of names the input and turns a missing error into a nil interface.
func (e *Error) of(input string) error {
	if e == nil {
		return nil
	}
	e.Input = input
	return e
}
