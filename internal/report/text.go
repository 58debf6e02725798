// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"io"
	"strings"
)

// Widths in terminal cells.
const (
	defaultWidth = 80
	minWidth     = 24 // narrower pages are set this wide
	proseWidth   = 92 // running text is wrapped here even on a wider page: longer lines are hard to follow
)

// TextOptions say what a page of text may use.
type TextOptions struct {
	Width int  // longest line, in terminal cells; 0 is 80, below 24 is 24
	Color bool // bold, faint and red by escape codes; without it there are none
	ASCII bool // frames and charts of ASCII only; the document's own words stay as they are
}

// Text writes a document for a terminal, a pipe or a code block. It panics if the
// document is not well formed (see Table and Series); errors are those of w.
func Text(w io.Writer, d *Document, opt TextOptions) error {
	p := newPage(opt)
	p.document(d)
	if err := p.write(w); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}

func newPage(opt TextOptions) *page {
	p := &page{width: max(opt.Width, minWidth), signs: unicodeSigns, color: opt.Color}
	if opt.Width == 0 {
		p.width = defaultWidth
	}
	if opt.ASCII {
		p.signs = asciiSigns
	}
	return p
}

func (p *page) document(d *Document) {
	if title := clean(d.Title); title != "" {
		p.prose(0, title, strong)
		p.rule(p.signs.heavy, p.width)
	}
	p.prose(0, clean(d.Subtitle), plain)
	for i := range d.Sections {
		p.section(&d.Sections[i])
	}
}

func (p *page) section(s *Section) {
	p.space(2)
	if title := clean(strings.ToUpper(s.Title)); title != "" {
		p.prose(0, title, strong)
		p.rule(p.signs.rule, p.width)
	}
	if note := clean(s.Note); note != "" {
		p.prose(0, note, dim)
		p.space(1)
	}
	for i, b := range s.Blocks {
		if i > 0 && !(isNotice(b) && isNotice(s.Blocks[i-1])) {
			p.space(1)
		}
		p.block(b)
	}
}

// isNotice reports whether a block is a notice; a run of them is set without gaps.
func isNotice(b Block) bool {
	_, is := b.(Notice)
	return is
}

func (p *page) block(b Block) {
	switch b := b.(type) {
	case Paragraph:
		p.prose(0, clean(b.Text), plain)
	case Clauses:
		p.clauses(b)
	case Figures:
		p.figures(b)
	case Table:
		p.table(&b)
	case Chart:
		p.chart(&b)
	case Fan:
		p.fan(&b)
	case Distribution:
		p.distribution(&b)
	case Whiskers:
		p.whiskers(&b)
	case Bars:
		p.bars(&b)
	case Tornado:
		p.tornado(&b)
	case Notice:
		p.notice(b)
	default:
		panic(fmt.Sprintf("report: no way to set a %T", b))
	}
}

// notice sets its kind before its text, which hangs.
func (p *page) notice(n Notice) {
	look := strong
	if n.Kind == Warning {
		look |= accent
	}
	const hang = len("warning  ")
	lines := wrap(clean(n.Text), min(p.width-hang, proseWidth))
	for i, words := range lines {
		var l line
		if i == 0 {
			l.put(0, n.Kind.String(), look)
		}
		l.put(hang, words, plain)
		p.add(l)
	}
}
