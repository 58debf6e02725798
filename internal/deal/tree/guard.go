// SPDX-License-Identifier: Apache-2.0

package tree

import (
	"strings"
	"unicode/utf8"

	"offtake/internal/diag"
)

// MaxBytes is the longest text that is read.
const MaxBytes = 4 << 20

// What else a file may have at most. They keep the time and memory that any text can take
// small: the YAML library takes time in the square of the lines of a mapping and of
// the depth of nesting, and some 250 bytes for each mark.
const (
	linesMost = 20_000
	marksMost = 200_000 // characters that YAML may give a meaning to
	depthMost = 64
)

// faultsMost is how many faults of one text are kept.
const faultsMost = 64

// marks are the characters that can begin or end a token.
const marks = "[]{},:-?#\"'"

// guard refuses texts that must not reach the YAML library.
func guard(file string, source []byte) diag.List {
	var l diag.List
	at := diag.Place{File: file}
	if len(source) > MaxBytes {
		l.Fault(codeSize, at, "a deal is a few hundred lines: check that this is the right file", "the file has %d bytes, more than the %d that are read", len(source), MaxBytes)
		return l
	}
	if bad := badCharacter(source); bad >= 0 {
		reportCharacter(&l, newText(file, source[:bad], string(source[:bad])), source[bad:])
		return l
	}
	if n := strings.Count(string(source), "\n"); n > linesMost {
		l.Fault(codeSize, at, "a deal is a few hundred lines: check that this is the right file", "the file has %d lines, more than the %d that are read", n, linesMost)
		return l
	}
	n := 0
	for _, b := range source {
		if strings.IndexByte(marks, b) >= 0 {
			n++
		}
	}
	if n > marksMost {
		l.Fault(codeSize, at, "check that this is the right file", "the file has %d brackets, colons, commas and the like, more than the %d that are read", n, marksMost)
	}
	return l
}

// badCharacter is the index of the first byte that is not UTF-8, or is a character
// that no text has; -1 if there is none.
func badCharacter(source []byte) int {
	for i := 0; i < len(source); {
		r, size := utf8.DecodeRune(source[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			return i
		case r == '\r' && (i+1 == len(source) || source[i+1] != '\n'):
			return i
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', 0x7f <= r && r < 0xa0, r == 0xfffe, r == 0xffff:
			return i
		case r == 0xfeff && i > 0:
			return i
		}
		i += size
	}
	return -1
}

// reportCharacter words the fault for the character that follows the text.
func reportCharacter(l *diag.List, before *text, rest []byte) {
	at := before.place(len(before.norm), 1)
	r, size := utf8.DecodeRune(rest)
	switch {
	case r == utf8.RuneError && size == 1:
		l.Fault(codeUTF8, at, "save the file as UTF-8", "byte %#02x is not UTF-8", rest[0])
	case r == '\r':
		l.Fault(codeControl, at, "end lines with a line feed", "a carriage return stands alone")
	default:
		l.Fault(codeControl, at, "take it out", "character %U does not belong in a text", r)
	}
}
