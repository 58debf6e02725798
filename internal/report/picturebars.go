// SPDX-License-Identifier: Apache-2.0

package report

import "math"

// histogram lays out a distribution.
func (p *Picture) histogram(d *Distribution) (func(top float64) float64, bool) {
	c := &Chart{X: d.X, Y: d.Y, Marks: d.Marks()}
	x, y := c.reaches()
	y.include(0)
	for i, share := range d.Shares {
		if drawable(d.Edges[i]) && drawable(d.Edges[i+1]) && drawable(share) {
			x.include(d.Edges[i])
			x.include(d.Edges[i+1])
			y.include(max(0, share))
		}
	}
	return func(top float64) float64 {
		f := p.frame(top, 0, c, x, y)
		marks := f.Shapes[len(f.Shapes)-len(f.marks):]
		f.Shapes = f.Shapes[:len(f.Shapes)-len(f.marks)]
		marks = append([]Shape(nil), marks...)
		for i, share := range d.Shares {
			if drawable(d.Edges[i]) && drawable(d.Edges[i+1]) && drawable(share) && share > 0 {
				f.box(BarInk, f.px(d.Edges[i])+0.5, f.py(share), max(f.px(d.Edges[i+1])-0.5, f.px(d.Edges[i])+1), f.bottom)
			}
		}
		if x.low < 0 && x.high > 0 {
			f.line(ZeroInk, Point{f.px(0), f.top}, Point{f.px(0), f.bottom})
		}
		f.Shapes = append(f.Shapes, marks...)
		return f.ticks()
	}, len(d.Shares) > 0 && x.any && y.high > 0
}

// uprights lays out whiskers: an upright bar for each row.
func (p *Picture) uprights(w *Whiskers) (func(top float64) float64, bool) {
	var y reach
	y.include(0)
	for _, r := range w.Rows {
		for _, v := range []float64{r.Amount, r.Low, r.High} {
			y.include(v)
		}
	}
	c := &Chart{X: w.X, Y: w.Y}
	return func(top float64) float64 {
		f := p.frame(top, 0, c, reach{0, float64(len(w.Rows)), true}, y)
		width := (f.right - f.left) / float64(len(w.Rows))
		half := min(float64(width*0.31), 26)
		c.X.Ticks = nil
		for i, r := range w.Rows {
			x := f.px(float64(i) + 0.5)
			if drawable(r.Amount) {
				f.box(BarInk, x-half, min(f.py(r.Amount), f.py(0)), x+half, max(f.py(r.Amount), f.py(0)))
			}
			if drawable(r.Low) && drawable(r.High) && r.Low < r.High {
				low, high, tip := f.py(r.Low), f.py(r.High), min(half, 7)
				f.line(ReachInk, Point{x, low}, Point{x, high})
				f.line(ReachInk, Point{x - tip, low}, Point{x + tip, low})
				f.line(ReachInk, Point{x - tip, high}, Point{x + tip, high})
			}
		}
		return f.labels(w, width)
	}, len(w.Rows) > 0
}

// labels names the rows of whiskers, some of them where there is no room for all, and says
// what the whiskers are.
func (f *frame) labels(w *Whiskers, width float64) float64 {
	widest := 0.0
	for _, r := range w.Rows {
		widest = max(widest, spanOf(clean(r.Label), wordSize)+8)
	}
	every := max(1, int(math.Ceil(widest/width)))
	for i := 0; i < len(w.Rows); i += every {
		f.words(f.px(float64(i)+0.5), f.bottom+wordLine, clean(w.Rows[i].Label), Faint, AtMiddle)
	}
	end := f.below(f.bottom + wordLine)
	if text := clean(w.Range); text != "" {
		x, y := f.left, end+wordLine-4
		f.line(ReachInk, Point{x, y - 4}, Point{x + sampleSpan, y - 4})
		f.line(ReachInk, Point{x, y - 9}, Point{x, y + 1})
		f.line(ReachInk, Point{x + sampleSpan, y - 9}, Point{x + sampleSpan, y + 1})
		f.words(x+sampleSpan+6, y, text, Words, AtStart)
		end = y + 4
	}
	return end
}

// bars lays out bars: label, value and a lying bar from zero in each row.
func (p *Picture) bars(b *Bars) (func(top float64) float64, bool) {
	const rowHeight, thick = 24.0, 12.0
	label, value := 0.0, 0.0
	var x reach
	x.include(0)
	for _, r := range b.Rows {
		label, value = max(label, spanOf(clean(r.Label), wordSize)), max(value, spanOf(clean(r.Value), wordSize))
		x.include(r.Amount)
	}
	if x.high-x.low < minSize {
		x.high = x.low + 1
	}
	above := label+value > float64(p.Width*0.6) // labels stand over their bars
	left := label + 14
	if above {
		left = 0
	}
	start := left + value + 10
	return func(top float64) float64 {
		f := &frame{Picture: p, left: start, right: p.Width - 6, x: x}
		y := top + 2
		first := y
		for _, r := range b.Rows {
			if r.Total {
				y += 4
				p.line(AxisInk, Point{0, y}, Point{p.Width, y})
				y += 2
			}
			base := y + 16
			if above {
				p.words(0, base, clean(r.Label), Words, AtStart)
				y, base = y+wordLine, base+wordLine
			} else {
				p.words(0, base, clean(r.Label), Words, AtStart)
			}
			p.words(start-10, base, clean(r.Value), Words, AtEnd)
			if above {
				p.line(ZeroInk, Point{f.px(0), base - 13}, Point{f.px(0), base + 5})
			}
			if drawable(r.Amount) && r.Amount != 0 {
				ink := BarInk
				if r.Total {
					ink = TotalInk
				}
				from, to := f.px(min(0, r.Amount)), f.px(max(0, r.Amount))
				p.box(ink, from, base-10, max(to, from+1), base-10+thick)
			}
			y += rowHeight
		}
		if !above {
			p.line(ZeroInk, Point{f.px(0), first}, Point{f.px(0), y})
		}
		return y + 2
	}, len(b.Rows) > 0
}
