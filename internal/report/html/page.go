// SPDX-License-Identifier: Apache-2.0

package html

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"offtake/internal/report"
	"offtake/internal/report/plot"
)

// Widths at which charts are laid out: for a page, and for a phone.
const (
	largeWidth = 720
	smallWidth = 340
)

// Write writes a document as a page. It panics if the document is not well formed; errors
// are those of w.
func Write(w io.Writer, d *report.Document) error {
	var page bytes.Buffer
	if err := layout.Execute(&page, newPage(d)); err != nil {
		return fmt.Errorf("laying out the page: %w", err)
	}
	if _, err := page.WriteTo(w); err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	return nil
}

// page is what the template shows.
type page struct {
	Title, Subtitle       string
	Policy                string
	Style                 template.CSS
	Terms, Rest, Evidence []section
	File                  *file
	number                map[string]int // of clauses, by id
	lines                 int            // of the file
}

// section is a section with its place in the page.
type section struct {
	ID, Title, Note string
	Blocks          []block
}

// block is a block as the template of its kind needs it.
type block struct {
	Kind string
	Data any
}

// file is the text that places lie in.
type file struct {
	Name  string
	Lines []fileLine
}

type fileLine struct {
	Number int
	Text   string
	Clause *link // the clause that begins here
}

// link is a way to a clause or a line.
type link struct{ To, Text, Title string }

func newPage(d *report.Document) *page {
	sum := sha256.Sum256([]byte(style))
	p := &page{
		Title: report.Clean(d.Title), Subtitle: report.Clean(d.Subtitle), Style: style, number: map[string]int{},
		Policy: "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; img-src data:; base-uri 'none'; form-action 'none'",
	}
	p.read(d)
	for i, s := range d.Sections {
		out := section{ID: "s" + strconv.Itoa(i+1), Title: report.Clean(s.Title), Note: report.Clean(s.Note)}
		for _, b := range s.Blocks {
			out.add(b, p.block(b))
		}
		switch s.Role {
		case report.Terms:
			p.Terms = append(p.Terms, out)
		case report.Evidence:
			p.Evidence = append(p.Evidence, out)
		default:
			p.Rest = append(p.Rest, out)
		}
	}
	return p
}

// add adds a block; distributions that follow each other stand side by side, to be compared.
func (s *section) add(b report.Block, made block) {
	if _, is := b.(report.Distribution); !is {
		s.Blocks = append(s.Blocks, made)
		return
	}
	if last := len(s.Blocks) - 1; last >= 0 && s.Blocks[last].Kind == "pair" {
		s.Blocks[last].Data = append(s.Blocks[last].Data.([]any), made.Data)
		return
	}
	s.Blocks = append(s.Blocks, block{"pair", []any{made.Data}})
}

// read numbers the clauses and the lines of the file.
func (p *page) read(d *report.Document) {
	begins := map[int]*link{}
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			c, is := b.(report.Clauses)
			if !is {
				continue
			}
			for i, item := range c.Items {
				id := report.Clean(item.ID)
				p.number[id] = i + 1
				begins[item.Line] = &link{"#" + anchor(id), "clause " + strconv.Itoa(i+1), id}
			}
		}
	}
	if d.File == nil {
		return
	}
	p.File = &file{Name: report.Clean(d.File.Name)}
	for i, text := range strings.Split(strings.TrimSuffix(d.File.Text, "\n"), "\n") {
		p.File.Lines = append(p.File.Lines, fileLine{i + 1, shown(text), begins[i+1]})
	}
	p.lines = len(p.File.Lines)
}

// anchor is the place of a clause in the page.
func anchor(id string) string { return "clause-" + id }

// shown is a line of a file with its spaces, and what is not printable escaped.
func shown(text string) string {
	var b strings.Builder
	for _, r := range strings.TrimSuffix(text, "\r") {
		if r == '\t' || unicode.IsPrint(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// origin are the ways to what a number comes of.
type origin struct{ Clauses, Lines []link }

// from are the ways to what a number comes of; nil where there are none.
func (p *page) from(b report.Behind) *origin {
	var out origin
	for _, id := range b.Clauses {
		if n, known := p.number[id]; known {
			out.Clauses = append(out.Clauses, link{"#" + anchor(id), strconv.Itoa(n), id})
		}
	}
	slices.SortStableFunc(out.Clauses, func(a, b link) int { return cmp.Compare(p.number[a.Title], p.number[b.Title]) })
	for _, line := range b.Lines {
		if l := p.line(line); l != nil {
			out.Lines = append(out.Lines, *l)
		}
	}
	if len(out.Clauses)+len(out.Lines) == 0 {
		return nil
	}
	return &out
}

// line is the way to a line of the file; nil where there is none.
func (p *page) line(number int) *link {
	if number < 1 || number > p.lines {
		return nil
	}
	text := strconv.Itoa(number)
	return &link{"#L" + text, text, "line " + text + " of the file"}
}

// chart is a chart at both widths.
type chart struct {
	Title, Note  string
	Large, Small template.HTML
	From         *origin
}

func (p *page) chart(b report.Block, title, note string, behind report.Behind) block {
	c := chart{Title: report.Clean(title), Note: report.Clean(note), From: p.from(behind)}
	draw := func(width float64, class string) template.HTML {
		picture, any := report.Draw(b, report.PictureOptions{Width: width})
		if !any {
			return ""
		}
		var out strings.Builder
		plot.Inline(&out, picture, class)
		return template.HTML(out.String()) // package plot escapes what is in it
	}
	c.Large, c.Small = draw(largeWidth, "large"), draw(smallWidth, "small")
	return block{"chart", c}
}

func (p *page) block(b report.Block) block {
	switch b := b.(type) {
	case report.Paragraph:
		return block{"paragraph", report.Clean(b.Text)}
	case report.Notice:
		return block{"notice", struct{ Kind, Text string }{b.Kind.String(), report.Clean(b.Text)}}
	case report.Clauses:
		return block{"clauses", p.clauses(b)}
	case report.Figures:
		return block{"figures", p.figures(b)}
	case report.Table:
		return block{"table", p.table(&b)}
	case report.Chart:
		return p.chart(b, b.Title, b.Note, b.Behind)
	case report.Fan:
		return p.chart(b, b.Title, b.Note, b.Behind)
	case report.Distribution:
		return p.chart(b, b.Title, b.Note, b.Behind)
	case report.Whiskers:
		return p.chart(b, b.Title, b.Note, b.Behind)
	case report.Tornado:
		return p.chart(b, b.Title, b.Note, b.Behind)
	case report.Bars:
		for _, r := range b.Rows {
			b.Behind.Clauses = join(b.Behind.Clauses, r.Clauses)
		}
		return p.chart(b, b.Title, b.Note, b.Behind)
	}
	panic(fmt.Sprintf("html: no way to set a %T", b))
}
