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
		end = c.endPlain(tk, start)
	}
	if end < 0 || style == Plain && end > start && strings.IndexByte(",[]{}", c.norm[start]) >= 0 {
		return c.lost(tk)
	}
	return &Node{Text: tk.Value, Style: style, Flow: c.flow > 0, Start: c.source(start), End: c.source(end), At: c.span(start, end)}
}

// endPlain is where a text without quotes ends; -1 if what stands there does not say
// what the library read.
func (c *converter) endPlain(tk *token.Token, start int) int {
	for _, written := range []string{tk.Value, strings.TrimSpace(tk.Origin)} {
		if written != "" && strings.HasPrefix(c.norm[start:], written) && fold(written) == tk.Value {
			return start + len(written)
		}
	}
	return -1
}

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
