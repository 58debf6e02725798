// SPDX-License-Identifier: Apache-2.0

package diag

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tabStop is the distance of tab stops when a source line is shown, in cells.
const tabStop = 4

// cell is one character of a source as it is shown: printable text and the terminal
// cells that it takes.
type cell struct {
	text  string
	width int
}

// nextCell decodes the first character of s, which stands at column at (in cells, for
// tabs), and returns its length in bytes. What is not printable is shown escaped, so
// that no control character, direction mark or broken byte reaches a terminal.
func nextCell(s string, at int) (c cell, size int) {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError && size == 1:
		return escaped(fmt.Sprintf(`\x%02x`, s[0])), size
	case r == '\t':
		width := tabStop - at%tabStop
		return cell{strings.Repeat(" ", width), width}, size
	case unicode.IsPrint(r):
		return cell{s[:size], runeWidth(r)}, size
	case r < utf8.RuneSelf:
		return escaped(fmt.Sprintf(`\x%02x`, r)), size
	case r <= 0xffff:
		return escaped(fmt.Sprintf(`\u%04x`, r)), size
	}
	return escaped(fmt.Sprintf(`\U%08x`, r)), size
}

func escaped(text string) cell { return cell{text, len(text)} }

// flat puts a message on one line: line ends and tabs become spaces.
var flat = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ")

// printable returns a message on one line with all else that is not printable escaped.
func printable(s string) string {
	s = flat.Replace(s)
	var out strings.Builder
	for len(s) > 0 {
		c, size := nextCell(s, 0)
		out.WriteString(c.text)
		s = s[size:]
	}
	return out.String()
}

// textWidth returns the cells that printable text takes.
func textWidth(s string) int {
	width := 0
	for _, r := range s {
		width += runeWidth(r)
	}
	return width
}

// wrap breaks printable text at spaces into lines of at most width cells, the lines
// after the first indented. A word longer than a line is not broken, so that addresses
// and paths can be copied. A width of 0 does not break.
func wrap(text string, indent, width int) string {
	if width <= 0 {
		return text
	}
	var out strings.Builder
	at := 0
	for i, word := range strings.Split(text, " ") {
		size := textWidth(word)
		switch {
		case i == 0:
		case at+1+size > width && at > indent:
			out.WriteString("\n" + strings.Repeat(" ", indent))
			at = indent
		default:
			out.WriteString(" ")
			at++
		}
		out.WriteString(word)
		at += size
	}
	return out.String()
}
