// SPDX-License-Identifier: Apache-2.0

package tree

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// scalar converts one text. Its end is found in the text itself, because the library
// tells only where a token begins.
func (c *converter) scalar(tk *token.Token) *Node {
	start := c.at(tk.Position.Line, tk.Position.Column)
	end, style := -1, Plain
	switch tk.Type {
	case token.DoubleQuoteType:
		end, style = closeDouble(c.norm, start), Double
	case token.SingleQuoteType:
		end, style = closeSingle(c.norm, start), Single
	default:
		start, end = c.findPlain(tk, start)
	}
	if end < 0 || style == Plain && end > start && strings.IndexByte(",[]{}", c.norm[start]) >= 0 {
		return c.lost(tk)
	}
	return &Node{Text: tk.Value, Style: style, Flow: c.flow > 0, Start: c.source(start), End: c.source(end), At: c.span(start, end)}
}

// findPlain is where a text without quotes stands; end is -1 where nothing there says
// what the library read. The library counts blanks between such a text and the end of
// its line as if they stood before it, so that the text may begin earlier; it cannot
// begin later, and does not end in a blank, so that the nearest match is the text.
func (c *converter) findPlain(tk *token.Token, start int) (from, end int) {
	line, text := c.lines[c.lineOf(start)], tk.Value
	for from := start; from >= line && text != ""; from-- {
		end := from + len(text)
		if end <= len(c.norm) && c.norm[end-1] == text[len(text)-1] && c.norm[from:end] == text && !strings.Contains(text, "\n") {
			return from, end
		}
	}
	for from := start; from >= max(line, start-blanksMost) && text != ""; from-- {
		if end := matchWords(c.norm, from, text); end > from && fold(c.norm[from:end]) == text {
			return from, end
		}
	}
	return start, -1
}

// blanksMost bounds the search for a text that goes over several lines.
const blanksMost = 200

// matchWords is the end of the text at an index that has the same words as the one
// given, whatever white space lies between them; -1 if it has others.
func matchWords(s string, at int, text string) int {
	for i := range len(text) {
		if isSpace(text[i]) {
			for at < len(s) && isSpace(s[at]) {
				at++
			}
			continue
		}
		if at >= len(s) || s[at] != text[i] {
			return -1
		}
		at++
	}
	return at
}

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\n' }

// fold reads a text without quotes over several lines: a line end is a space, and of
// several together one is left out (YAML 1.2, section 6.5).
func fold(written string) string {
	if !strings.Contains(written, "\n") {
		return written
	}
	var out strings.Builder
	blank := 0
	for i, line := range strings.Split(written, "\n") {
		line = strings.Trim(line, " \t")
		switch {
		case i > 0 && line == "":
			blank++
			continue
		case i > 0 && blank == 0:
			out.WriteByte(' ')
		}
		out.WriteString(strings.Repeat("\n", blank) + line)
		blank = 0
	}
	return out.String()
}

// closeDouble is the index after the quote that closes the one at start; -1 if none
// does.
func closeDouble(s string, start int) int {
	if start >= len(s) || s[start] != '"' {
		return -1
	}
	for i := start + 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

// closeSingle is closeDouble for single quotes, which are doubled inside.
func closeSingle(s string, start int) int {
	if start >= len(s) || s[start] != '\'' {
		return -1
	}
	for i := start + 1; i < len(s); i++ {
		if s[i] != '\'' {
			continue
		}
		if i+1 < len(s) && s[i+1] == '\'' {
			i++
			continue
		}
		return i + 1
	}
	return -1
}

// block converts a text on lines of its own: from its mark to the end of its last
// line that is not blank.
func (c *converter) block(n *ast.LiteralNode) *Node {
	start := c.at(n.Start.Position.Line, n.Start.Position.Column)
	header := c.end(c.lineOf(start))
	end := header
	if origin := n.Value.Token.Origin; strings.TrimSpace(origin) != "" {
		body := min(header+1, len(c.norm))
		if !strings.HasPrefix(c.norm[body:], strings.TrimRight(origin, " \n")) {
			c.fault(codeSyntax, c.tokenPlace(n.Start), "put it on one line, in quotes", "it cannot be told where this text ends")
			return nil
		}
		end = body + len(strings.TrimRight(origin, " \n"))
	}
	return &Node{Text: n.Value.Token.Value, Style: Block, Start: c.source(start), End: c.source(end), At: c.span(start, header)}
}
