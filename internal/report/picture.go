// SPDX-License-Identifier: Apache-2.0

package report

import (
	"slices"
	"strings"
)

// A Picture is a chart laid out for paper or screen: lines, areas and words, each in an
// ink. What draws pictures (packages report/plot, report/html) decides how inks look; it
// must keep them apart without colour.
type Picture struct {
	Width, Height float64 // in points, as all lengths; places count from the top left
	Title         string  // what is seen; in the picture only if that was asked for
	Shapes        []Shape // from the lowest to the topmost
}

// Shape is a line, an area or words.
type Shape struct {
	Ink    Ink
	Points []Point // of a line, or around an area; of words the end of the base line that Anchor says
	Area   bool
	Text   string
	Anchor Anchor
	Size   float64 // of words
	Strong bool
}

// Point is a place in a picture.
type Point struct{ X, Y float64 }

// Ink says what something is drawn as.
type Ink string

// The inks. Lines of a chart have one each, which differ in dash and weight, and are used
// again where there are more lines.
const (
	Words     Ink = "words"
	Faint     Ink = "faint" // words of lesser weight
	AxisInk   Ink = "axis"
	GridInk   Ink = "grid"
	ZeroInk   Ink = "zero"
	MarkInk   Ink = "mark"
	BarInk    Ink = "bar"
	TotalInk  Ink = "total"
	ReachInk  Ink = "reach" // whiskers
	WideBand  Ink = "band-wide"
	NarrowInk Ink = "band-narrow"
)

// lineInks are those of lines, in their order.
var lineInks = []Ink{"line-0", "line-1", "line-2", "line-3"}

// LineInk is the ink of a line by its number.
func LineInk(i int) Ink { return lineInks[i%len(lineInks)] }

// Anchor says which end of words stands at their place.
type Anchor int

const (
	AtStart  Anchor = -1
	AtMiddle Anchor = 0
	AtEnd    Anchor = 1
)

// PictureOptions say how large a picture is and what is in it.
type PictureOptions struct {
	Width  float64 // at least 240
	Titled bool    // title and note are part of it
}

const (
	wordSize  = 12.0
	titleSize = 15.0
	wordLine  = 16.0  // from line to line
	leastWide = 520.0 // from here on names stand beside lines
	tickGap   = 6.0
	margin    = 14.0 // around a picture with its title
)

// Draw lays out a chart, fan, distribution, whiskers or bars; false for a block of another
// kind, and where there is nothing to draw.
func Draw(b Block, opt PictureOptions) (Picture, bool) {
	p := &Picture{Width: max(240, opt.Width)}
	if opt.Titled {
		p.Width -= 2 * margin
	}
	title, note, any := "", "", false
	var inner func(top float64) (bottom float64)
	switch b := b.(type) {
	case Chart:
		b.mustPair()
		title, note = b.Title, b.Note
		inner, any = p.lines(&b, nil)
	case Fan:
		c := b.Chart()
		c.mustPair()
		title, note = b.Title, b.Note
		inner, any = p.lines(c, &b)
	case Distribution:
		b.mustPair()
		title, note = b.Title, b.Note
		inner, any = p.histogram(&b)
	case Whiskers:
		title, note = b.Title, b.Note
		inner, any = p.uprights(&b)
	case Bars:
		title, note = b.Title, b.Note
		inner, any = p.bars(&b)
	case Tornado:
		title, note = b.Title, b.Note
		inner, any = p.tornado(&b)
	}
	if !any {
		return Picture{}, false
	}
	p.Title = clean(title)
	top := 4.0
	if opt.Titled {
		top = p.prose(p.Title, Words, titleSize, true, top) + 8
	}
	p.Height = inner(top)
	if opt.Titled && clean(note) != "" {
		p.Height = p.prose(clean(note), Faint, wordSize-1, false, p.Height+4)
	}
	p.Height += 4
	if opt.Titled {
		p.inset(margin)
	}
	return *p, true
}

// inset puts empty paper around a picture.
func (p *Picture) inset(by float64) {
	p.Width, p.Height = p.Width+by+by, p.Height+by+by
	for _, s := range p.Shapes {
		for i := range s.Points {
			s.Points[i].X += by
			s.Points[i].Y += by
		}
	}
}

// words adds a text.
func (p *Picture) words(x, y float64, text string, ink Ink, anchor Anchor) {
	if text != "" {
		p.Shapes = append(p.Shapes, Shape{Ink: ink, Points: []Point{{x, y}}, Text: strings.ReplaceAll(text, hardSpace, " "), Anchor: anchor, Size: wordSize})
	}
}

// line adds a line.
func (p *Picture) line(ink Ink, points ...Point) {
	p.Shapes = append(p.Shapes, Shape{Ink: ink, Points: points})
}

// area adds an area.
func (p *Picture) area(ink Ink, points ...Point) {
	p.Shapes = append(p.Shapes, Shape{Ink: ink, Points: points, Area: true})
}

// box adds an upright rectangle.
func (p *Picture) box(ink Ink, left, top, right, bottom float64) {
	p.area(ink, Point{left, top}, Point{right, top}, Point{right, bottom}, Point{left, bottom})
}

// prose adds running text over the whole width and returns where it ends.
func (p *Picture) prose(text string, ink Ink, size float64, strong bool, top float64) float64 {
	for _, words := range fitted(text, size, p.Width) {
		top += float64(size * 1.3)
		p.Shapes = append(p.Shapes, Shape{Ink: ink, Points: []Point{{0, top}}, Text: strings.ReplaceAll(words, hardSpace, " "), Anchor: AtStart, Size: size, Strong: strong})
	}
	return top
}

// fitted breaks a text into lines of a width.
func fitted(text string, size, width float64) (lines []string) {
	line := ""
	for _, word := range strings.Fields(text) {
		if joined := strings.TrimPrefix(line+" "+word, " "); line == "" || spanOf(joined, size) <= width {
			line = joined
			continue
		}
		lines = append(lines, line)
		line = word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// spanOf is about how wide a text is set: the widths are those of Helvetica, by kinds of
// characters, and an eighth more, as readers' systems have wider faces.
func spanOf(text string, size float64) float64 {
	sum := 0.0
	for _, r := range text {
		switch {
		case strings.ContainsRune("iljt.,:;'|!fI()[] \u00a0", r):
			sum += 0.29
		case strings.ContainsRune("mwMW%@", r):
			sum += 0.87
		case 'A' <= r && r <= 'Z':
			sum += 0.69
		case r > 0x2e80: // the scripts of wide characters
			sum++
		default:
			sum += 0.56
		}
	}
	return float64(sum * size * 1.125)
}

// banner is a text that stands at a place along a line.
type banner struct {
	from, to float64
	text     string
	anchor   Anchor
}

// flagAt puts a text beside a place: to its right, else to its left.
func flagAt(x float64, text string, limit float64) banner {
	width := spanOf(text, wordSize)
	if x+4+width <= limit {
		return banner{x + 4, x + 4 + width, text, AtStart}
	}
	if width < x-4 {
		return banner{x - 4 - width, x - 4, text, AtEnd}
	}
	return banner{max(0, limit-width), limit, text, AtStart}
}

// clear tells whether a text keeps its distance from others.
func (f banner) clear(others []banner) bool {
	return !slices.ContainsFunc(others, func(o banner) bool { return f.from < o.to+8 && o.from < f.to+8 })
}
