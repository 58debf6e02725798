// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// hardSpace joins two words that a line must not part: "20 months". It is shown as a space.
const hardSpace = "\u00a0"

// clean makes a text safe and measurable: one line, single spaces, all that is not
// printable escaped (control and direction characters, broken bytes), and no combining
// mark without something to stand on.
func clean(s string) string {
	var out strings.Builder
	blank := true // at the start or after a space
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case isSpace(r):
			if !blank {
				out.WriteByte(' ')
			}
			blank = true
			s = s[size:]
			continue
		case r == '\u00a0', r == '\u202f', r == '\u2007':
			out.WriteString(hardSpace)
			blank = true
			s = s[size:]
			continue
		case blank && unicode.Is(unicode.M, r):
			out.WriteString("\u25cc" + s[:size]) // dotted circle
		default:
			out.WriteString(shown(r, s[:size]))
		}
		blank = false
		s = s[size:]
	}
	return strings.TrimRight(out.String(), " ")
}

// isSpace reports whether a rune parts words: spaces that do, tabs and line ends.
func isSpace(r rune) bool {
	switch r {
	case '\u00a0', '\u202f', '\u2007': // the spaces that join
		return false
	case '\t', '\n', '\r', '\u2028', '\u2029':
		return true
	}
	return unicode.Is(unicode.Zs, r)
}

// shown returns a rune, which stands as raw in its text, or its escape.
func shown(r rune, raw string) string {
	switch {
	case r == utf8.RuneError && len(raw) == 1:
		return fmt.Sprintf(`\x%02x`, raw[0])
	case unicode.IsPrint(r):
		return raw
	case r < utf8.RuneSelf:
		return fmt.Sprintf(`\x%02x`, r)
	case r <= 0xffff:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// widthOf returns the terminal cells that clean text takes.
func widthOf(s string) int { return displaywidth.String(s) }

// isWider reports whether clean text takes more than width cells, without measuring all
// of a long one.
func isWider(s string, width int) bool {
	if len(s) <= width { // no character takes more cells than bytes
		return false
	}
	for g := displaywidth.StringGraphemes(s); g.Next(); {
		if width -= g.Width(); width < 0 {
			return true
		}
	}
	return false
}

// widest returns the width of the widest of some lines; 0 if there is none.
func widest(lines []string) int {
	width := 0
	for _, line := range lines {
		width = max(width, widthOf(line))
	}
	return width
}

// wrap breaks clean text at spaces into lines of at most width cells (at least 2); words
// wider than a line are broken. An empty text is no line.
func wrap(text string, width int) []string {
	return fill(strings.Split(text, " "), " ", max(width, 2))
}

// wrapTitle is wrap for the heads of columns, which may also break after a hyphen.
func wrapTitle(text string, width int) []string {
	var lines []string
	for _, line := range fill(splitTitle(text), "", max(width, 2)) {
		if line = strings.TrimRight(line, " "); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// splitTitle cuts a title after its spaces and hyphens.
func splitTitle(text string) (parts []string) {
	for text != "" {
		end := strings.IndexAny(text, " -")
		if end < 0 {
			end = len(text) - 1
		}
		parts = append(parts, text[:end+1])
		text = text[end+1:]
	}
	return parts
}

// fill puts words, joined by sep, into lines. What a word ends in spaces does not count
// at the end of a line.
func fill(words []string, sep string, width int) (lines []string) {
	line := ""
	for _, word := range words {
		if line != "" {
			if joined := line + sep + word; !isWider(strings.TrimRight(joined, " "), width) {
				line = joined
				continue
			}
			lines = append(lines, line)
		}
		for isWider(strings.TrimRight(word, " "), width) {
			size := breakAt(word, width)
			lines = append(lines, word[:size])
			word = word[size:]
		}
		line = word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// breakAt returns how many bytes of a word that is too wide go on a line: up to the last
// joint of a path or address if there is one in the line's second half.
func breakAt(word string, width int) int {
	used, size, joint := 0, 0, 0
	for g := displaywidth.StringGraphemes(word); g.Next(); {
		if used+g.Width() > width && size > 0 {
			break
		}
		used += g.Width()
		size += len(g.Value())
		if strings.Contains("/-._:,", g.Value()) && 2*used > width {
			joint = size
		}
	}
	if joint > 0 {
		return joint
	}
	return size
}
