// SPDX-License-Identifier: Apache-2.0

package report

import (
	"cmp"
	"slices"
	"strings"
)

// A frame is the axes of a picture: where numbers stand in it.
type frame struct {
	*Picture
	left, right, top, bottom float64
	x                        reach
	y                        scale
	xAxis, yAxis             *Axis
	marks                    []Mark
}

// px is how far from the left a number of the horizontal axis stands.
func (f *frame) px(x float64) float64 { return f.left + float64(f.x.place(x)*(f.right-f.left)) }

// py is how far from the top a number of the vertical axis stands.
func (f *frame) py(y float64) float64 {
	return f.bottom - float64(f.y.reach().place(y)*(f.bottom-f.top))
}

// at is the place of a point.
func (f *frame) at(x, y float64) Point { return Point{f.px(x), f.py(y)} }

// heightOf is how tall the axes of a picture are.
func heightOf(width float64) float64 { return max(190, min(float64(width*0.42), 300)) }

// frame lays out axes from a top edge on, with room at the right for names: above, the title of the
// vertical axis and the names of marks; below, ticks and their title. It draws the grid.
func (p *Picture) frame(top, aside float64, c *Chart, x, y reach) *frame {
	f := &frame{Picture: p, x: x, y: newScale(y), xAxis: &c.X, yAxis: &c.Y}
	f.marks = slices.DeleteFunc(slices.Clone(c.Marks), func(m Mark) bool { return !drawable(m.X) })
	slices.SortStableFunc(f.marks, func(a, b Mark) int { return cmp.Compare(b.X, a.X) })
	for i := range f.y.steps() + 1 {
		f.left = max(f.left, spanOf(f.y.format(&c.Y, i), wordSize))
	}
	f.left = min(f.left+tickGap, p.Width/3)
	f.right = p.Width - max(aside, 16)
	rows := f.flagRows()
	f.top = top + float64(float64(len(rows))*wordLine) + 10
	f.bottom = f.top + heightOf(p.Width)
	f.grid()
	f.flags(rows, top)
	return f
}

// flagRows are the names of marks on rows, the lowest first, and on the topmost the title
// of the vertical axis.
func (f *frame) flagRows() [][]banner {
	var rows [][]banner
	put := func(one banner, from int) {
		for i := from; i < len(rows); i++ {
			if one.clear(rows[i]) {
				rows[i] = append(rows[i], one)
				return
			}
		}
		rows = append(rows, []banner{one})
	}
	for _, m := range f.marks {
		lines := fitted(clean(m.Label), wordSize, f.Width)
		for i := len(lines) - 1; i >= 0; i-- {
			put(flagAt(f.px(m.X), lines[i], f.Width), 0)
		}
	}
	if title := clean(f.yAxis.Title); title != "" {
		put(banner{0, spanOf(title, wordSize), title, AtStart}, max(0, len(rows)-1))
	}
	return rows
}

// flags draws marks with their names, and the title of the vertical axis.
func (f *frame) flags(rows [][]banner, top float64) {
	height := func(row int) float64 { return top + float64(float64(len(rows)-row)*wordLine) - 2 }
	for i, row := range rows {
		for _, one := range row {
			x := one.from
			if one.anchor == AtEnd {
				x = one.to
			}
			ink := Words
			if one.text == clean(f.yAxis.Title) && one.from == 0 {
				ink = Faint
			}
			f.words(x, height(i), one.text, ink, one.anchor)
		}
	}
	for _, m := range f.marks {
		y := f.top - 6
		for i, row := range rows {
			at := slices.IndexFunc(row, func(one banner) bool { return one.text != "" && strings.HasSuffix(clean(m.Label), one.text) })
			switch {
			case at < 0:
			case row[at].from < f.px(m.X) && f.px(m.X) < row[at].to: // it stands on its pole
			default:
				y = height(i) - 9
			}
		}
		f.line(MarkInk, Point{f.px(m.X), y}, Point{f.px(m.X), f.bottom})
	}
}

// grid draws axes, ticks and their labels.
func (f *frame) grid() {
	for i := range f.y.steps() + 1 {
		y := f.py(f.y.value(i))
		ink := GridInk
		if f.y.first+i == 0 && i > 0 {
			ink = ZeroInk
		}
		f.line(ink, Point{f.left, y}, Point{f.right, y})
		f.words(f.left-tickGap, y+4, f.y.format(f.yAxis, i), Faint, AtEnd)
	}
	f.line(AxisInk, Point{f.left, f.bottom}, Point{f.right, f.bottom})
}

// ticks draws the horizontal axis and returns where what belongs to it ends.
func (f *frame) ticks() float64 {
	t := plot{chart: &Chart{X: *f.xAxis}, x: f.x}
	ticks := t.ticks()
	var labels []banner
	every := 1
	for ; every <= len(ticks); every++ {
		labels = labels[:0]
		fits := true
		for i := 0; i < len(ticks); i += every {
			text := clean(ticks[i].Label)
			half := float64(spanOf(text, wordSize) / 2) // rounded here, or it is fused below
			one := banner{f.px(ticks[i].X) - half, f.px(ticks[i].X) + half, text, AtMiddle}
			fits = fits && one.clear(labels)
			labels = append(labels, one)
		}
		if fits {
			break
		}
	}
	for _, tick := range ticks {
		f.line(AxisInk, Point{f.px(tick.X), f.bottom}, Point{f.px(tick.X), f.bottom + 4})
	}
	for _, one := range labels {
		f.words((one.from+one.to)/2, f.bottom+wordLine+2, one.text, Faint, AtMiddle)
	}
	return f.below(f.bottom + wordLine + 2)
}

// below sets the title of the horizontal axis.
func (f *frame) below(y float64) float64 {
	for _, words := range fitted(clean(f.xAxis.Title), wordSize, f.Width) {
		y += wordLine
		f.words(min(max((f.left+f.right)/2, spanOf(words, wordSize)/2), f.Width), y, words, Faint, AtMiddle)
	}
	return y + 4
}
