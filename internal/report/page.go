// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bufio"
	"io"
	"strings"
)

// style is how a span of text is set where colour is asked for; none of it carries
// meaning that is not also in the text.
type style uint8

const (
	strong style = 1 << iota
	dim
	accent
	plain style = 0
)

// codes are the parameters of Select Graphic Rendition (ECMA-48, section 8.3.117) that
// set the styles: bold, faint, red.
var codes = [...]struct {
	style style
	code  string
}{{strong, "1"}, {dim, "2"}, {accent, "31"}}

// set returns the text in the style.
func (s style) set(text string) string {
	var on []string
	for _, c := range codes {
		if s&c.style != 0 {
			on = append(on, c.code)
		}
	}
	if len(on) == 0 {
		return text
	}
	return "\x1b[" + strings.Join(on, ";") + "m" + text + "\x1b[0m"
}

// span is clean text in one style.
type span struct {
	text  string
	style style
}

// line is a line of a page: spans from left to right.
type line struct {
	spans []span
	width int // cells used
}

// put adds text that starts at cell column, or at the line's end if that is later.
func (l *line) put(column int, text string, s style) {
	if text == "" {
		return
	}
	if pad := column - l.width; pad > 0 {
		l.spans = append(l.spans, span{text: strings.Repeat(" ", pad)})
		l.width = column
	}
	l.spans = append(l.spans, span{text, s})
	l.width += widthOf(text)
}

// page collects the lines of a document.
type page struct {
	width  int
	signs  *signs
	color  bool
	lines  []line
	blanks int // empty lines that are due before the next line
}

// add puts a line at the page's end.
func (p *page) add(l line) {
	if len(p.lines) > 0 {
		p.lines = append(p.lines, make([]line, p.blanks)...)
	}
	p.blanks = 0
	p.lines = append(p.lines, l)
}

// space asks for at least n empty lines before the next line.
func (p *page) space(n int) { p.blanks = max(p.blanks, n) }

// prose adds clean text, wrapped, from cell column on.
func (p *page) prose(column int, text string, s style) {
	for _, words := range wrap(text, min(p.width-column, proseWidth)) {
		var l line
		l.put(column, words, s)
		p.add(l)
	}
}

// rule adds a line of a sign, width cells long.
func (p *page) rule(sign string, width int) {
	var l line
	l.put(0, strings.Repeat(sign, width), dim)
	p.add(l)
}

// write sends the lines to w. No line ends in a space.
func (p *page) write(w io.Writer) error {
	out := bufio.NewWriter(w)
	for _, l := range p.lines {
		for _, s := range trimmed(l.spans) {
			text := strings.ReplaceAll(s.text, hardSpace, " ")
			if p.color {
				text = s.style.set(text)
			}
			out.WriteString(text)
		}
		out.WriteByte('\n')
	}
	return out.Flush()
}

// trimmed returns spans without the spaces at their end.
func trimmed(spans []span) []span {
	for len(spans) > 0 {
		last := spans[len(spans)-1]
		last.text = strings.TrimRight(last.text, " "+hardSpace)
		if last.text != "" {
			return append(append([]span{}, spans[:len(spans)-1]...), last)
		}
		spans = spans[:len(spans)-1]
	}
	return nil
}
