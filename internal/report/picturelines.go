// SPDX-License-Identifier: Apache-2.0

package report

import (
	"cmp"
	"slices"
	"strings"
)

// sampleSpan is how long a piece of a line is shown beside its name.
const sampleSpan = 22.0

// name is the name of a line, or of an edge of a band, where it ends.
type name struct {
	text   string
	ink    Ink
	y      float64
	sample bool
}

// lines lays out the lines of a chart, over the bands of a fan if there are any.
func (p *Picture) lines(c *Chart, fan *Fan) (func(top float64) float64, bool) {
	x, y := c.reaches()
	if fan != nil {
		fan.widen(&x, &y)
	}
	aside := 0.0
	for _, s := range c.Series {
		aside = max(aside, spanOf(clean(s.Name), wordSize)+sampleSpan+14)
	}
	named := len(c.Series) > 1 || fan != nil
	if !named || p.Width < leastWide || aside > p.Width/3 {
		aside = 0
	}
	return func(top float64) float64 {
		if aside == 0 && named {
			top = p.legend(top, c.Series, fan)
		}
		f := p.frame(top, aside, c, x, y)
		names := f.bands(fan)
		for i := len(c.Series) - 1; i >= 0; i-- { // the first on top
			if end, any := f.series(c.Series[i], LineInk(i)); any {
				names = append(names, name{clean(c.Series[i].Name), LineInk(i), end, true})
			}
		}
		if aside > 0 {
			f.names(names)
		}
		return f.ticks()
	}, x.any && y.any
}

// widen makes room for the bands.
func (f *Fan) widen(x, y *reach) {
	for _, q := range f.Quantiles {
		for i, at := range f.At {
			if drawable(at) && drawable(q.Y[i]) {
				x.include(at)
				y.include(q.Y[i])
			}
		}
	}
}

// bands draws the bands of a fan, and returns the names of their edges.
func (f *frame) bands(fan *Fan) (names []name) {
	if fan == nil {
		return nil
	}
	for i, b := range fan.Bands() {
		ink := WideBand
		if i > 0 {
			ink = NarrowInk
		}
		var upper, lower []Point
		flush := func() {
			if len(upper) > 1 {
				slices.Reverse(lower)
				f.area(ink, append(upper, lower...)...)
			}
			upper, lower = nil, nil
		}
		for k, at := range fan.At {
			if !drawable(at) || !drawable(b.Low[k]) || !drawable(b.High[k]) {
				flush()
				continue
			}
			upper, lower = append(upper, f.at(at, b.High[k])), append(lower, f.at(at, b.Low[k]))
		}
		flush()
	}
	middle := fan.Middle()
	for i, q := range fan.Quantiles {
		if middle == &fan.Quantiles[i] {
			continue
		}
		for k := len(q.Y) - 1; k >= 0; k-- {
			if drawable(q.Y[k]) {
				names = append(names, name{fan.edge(i), Faint, f.py(q.Y[k]), false})
				break
			}
		}
	}
	return names
}

// series draws a line, and returns the height at which it ends.
func (f *frame) series(s Series, ink Ink) (end float64, any bool) {
	var run []Point
	flush := func() {
		if len(run) == 1 { // a point alone
			run = append(run, Point{run[0].X + 1, run[0].Y})
		}
		if len(run) > 1 {
			f.line(ink, run...)
		}
		run = nil
	}
	for i := range s.X {
		if !drawable(s.X[i]) || !drawable(s.Y[i]) {
			flush()
			continue
		}
		run = append(run, f.at(s.X[i], s.Y[i]))
		end, any = f.py(s.Y[i]), true
	}
	flush()
	return end, any
}

// names sets names at the right, as near to where lines end as they can be apart.
func (f *frame) names(names []name) {
	slices.SortStableFunc(names, func(a, b name) int { return cmp.Compare(a.y, b.y) })
	const apart = 14.0
	ys := make([]float64, len(names))
	for i, n := range names {
		ys[i] = n.y
		if i > 0 {
			ys[i] = max(ys[i], ys[i-1]+apart)
		}
	}
	limit := f.bottom
	for i := len(ys) - 1; i >= 0; i-- {
		ys[i] = min(ys[i], limit)
		limit = ys[i] - apart
	}
	for i, n := range names {
		x := f.right + 6
		if n.sample {
			f.line(n.ink, Point{x, ys[i]}, Point{x + sampleSpan, ys[i]})
			f.words(x+sampleSpan+5, ys[i]+4, n.text, Words, AtStart)
		} else {
			f.words(x, ys[i]+4, n.text, Faint, AtStart)
		}
	}
}

// legend sets names above a chart, with a sample of each line and band, and returns where
// they end.
func (p *Picture) legend(top float64, series []Series, fan *Fan) float64 {
	x, y := 0.0, top+12
	put := func(text string, sample func(x, y float64)) {
		width := sampleSpan + 5 + spanOf(text, wordSize) + 14
		if x > 0 && x+width > p.Width {
			x, y = 0, y+wordLine
		}
		sample(x, y-4)
		p.words(x+sampleSpan+5, y, text, Words, AtStart)
		x += width
	}
	for i, s := range series {
		if text := clean(s.Name); text != "" {
			put(text, func(x, y float64) { p.line(LineInk(i), Point{x, y}, Point{x + sampleSpan, y}) })
		}
	}
	if fan != nil {
		for i, b := range fan.Bands() {
			put(strings.TrimSuffix(b.Name, " of paths"), func(x, y float64) {
				p.box(WideBand, x, y-5, x+sampleSpan, y+5)
				if i > 0 {
					p.box(NarrowInk, x, y-5, x+sampleSpan, y+5)
				}
			})
		}
	}
	return y + 8
}
