// SPDX-License-Identifier: Apache-2.0

package report

import (
	"math"
	"slices"
	"strings"
)

// fan sets a fan as shades under the lines of a chart.
func (p *page) fan(f *Fan) {
	c, bands := f.Chart(), f.Bands()
	c.mustPair()
	p.prose(0, clean(c.Title), plain)
	p.space(1)
	x, y := c.reaches()
	for _, b := range bands {
		for i, at := range f.At {
			if drawable(at) && drawable(b.Low[i]) && drawable(b.High[i]) {
				x.include(at)
				y.include(b.Low[i])
				y.include(b.High[i])
			}
		}
	}
	if x.any && y.any {
		t := newPlot(c, p, x, y)
		t.under = func() {
			for i, b := range bands {
				t.shade(f.At, b, p.signs.shades[min(i, len(p.signs.shades)-1)])
			}
		}
		p.shadeLegend(bands)
		p.plot(t)
	} else {
		p.prose(0, "nothing to draw", dim)
	}
	p.after(c.Note)
}

// after sets a note under a block.
func (p *page) after(note string) {
	if note = clean(note); note != "" {
		p.space(1)
		p.prose(0, note, dim)
	}
}

// shadeLegend says which shade is which band.
func (p *page) shadeLegend(bands []Band) {
	var words []string
	for i, b := range bands {
		words = append(words, strings.Repeat(p.signs.shades[min(i, len(p.signs.shades)-1)], 2)+hardSpace+strings.ReplaceAll(b.Name, " ", hardSpace))
	}
	if len(words) > 0 {
		p.prose(0, strings.Join(words, "  "), plain)
		p.space(1)
	}
}

// shade fills the cells between two lines whose middle lies within a band.
func (t *plot) shade(at []float64, b Band, sign string) {
	for column := range t.canvas.columns {
		x := t.x.low + float64((t.x.high-t.x.low)*((float64(column)+0.5)/float64(t.canvas.columns)))
		low, high := between(at, b.Low, x), between(at, b.High, x)
		if !drawable(low) || !drawable(high) {
			continue
		}
		from, to := t.rowsUp(low), t.rowsUp(high)
		for up := int(math.RoundToEven(from)); up <= int(math.RoundToEven(to)); up++ {
			row := t.canvas.rows - 1 - up
			if up == 0 || row < 0 || up >= t.canvas.rows {
				continue
			}
			if old := t.canvas.at(column, row); old == " " || slices.Contains(t.signs.shades, old) {
				t.canvas.set(column, row, sign)
			}
		}
	}
}

// rowsUp is how many rows above the axis a number stands.
func (t *plot) rowsUp(y float64) float64 {
	return t.y.reach().place(y) * float64(t.y.steps()*t.rise)
}

// between is a line's height at a place, between its points; NaN outside them.
func between(at, y []float64, x float64) float64 {
	for i := 1; i < len(at); i++ {
		if at[i-1] <= x && x <= at[i] && at[i-1] < at[i] {
			share := (x - at[i-1]) / (at[i] - at[i-1])
			return y[i-1] + float64(share*(y[i]-y[i-1]))
		}
	}
	if len(at) == 1 && at[0] == x {
		return y[0]
	}
	return math.NaN()
}

// distribution sets a histogram of upright columns, with marks.
func (p *page) distribution(d *Distribution) {
	d.mustPair()
	c := &Chart{Title: d.Title, X: d.X, Y: d.Y, Marks: d.Marks(), Note: d.Note}
	p.prose(0, clean(c.Title), plain)
	p.space(1)
	x, y := c.reaches()
	y.include(0)
	for i, share := range d.Shares {
		if drawable(d.Edges[i]) && drawable(d.Edges[i+1]) && drawable(share) {
			x.include(d.Edges[i])
			x.include(d.Edges[i+1])
			y.include(max(0, share))
		}
	}
	if len(d.Shares) > 0 && x.any && y.high > 0 {
		t := newPlot(c, p, x, y)
		t.under = func() { t.columns(d) }
		p.plot(t)
	} else {
		p.prose(0, "nothing to draw", dim)
	}
	p.after(c.Note)
}

// columns fills the cells below the shares of a histogram, but for poles of marks.
func (t *plot) columns(d *Distribution) {
	for column := range t.canvas.columns {
		x := t.x.low + float64((t.x.high-t.x.low)*((float64(column)+0.5)/float64(t.canvas.columns)))
		height := 0.0
		for i, share := range d.Shares {
			if d.Edges[i] <= x && x < d.Edges[i+1] && drawable(share) {
				height = t.rowsUp(max(0, share))
			}
		}
		for up := 1; up < t.canvas.rows; up++ {
			parts := len(t.signs.fill)
			filled := int(math.RoundToEven(min(1, max(0, height-(float64(up)-0.5))) * float64(parts)))
			if row := t.canvas.rows - 1 - up; filled > 0 && t.canvas.at(column, row) == " " {
				t.canvas.set(column, row, t.signs.fill[filled-1])
			}
		}
	}
}

// whiskers sets label, value, range and a bar with its whisker in a line each.
func (p *page) whiskers(w *Whiskers) {
	p.prose(0, clean(w.Title), plain)
	p.space(1)
	if len(w.Rows) == 0 {
		p.prose(0, "nothing to draw", dim)
		p.after(w.Note)
		return
	}
	labels, values, ranges := []string{clean(w.X.Title)}, []string{clean(w.Y.Title)}, []string{clean(w.Range)}
	for _, r := range w.Rows {
		labels, values, ranges = append(labels, clean(r.Label)), append(values, clean(r.Value)), append(ranges, clean(r.Range))
	}
	most := min(p.width/4, (p.width-3*gutter-4)/3)
	labelWidth := min(max(widest(labels[1:]), min(widest(labels[:1]), 14)), most)
	valueWidth := min(max(widest(values[1:]), min(widest(values[:1]), 12)), most)
	rangeWidth := min(max(widest(ranges[1:]), min(widest(ranges[:1]), 16)), most)
	start := labelWidth + gutter + valueWidth + gutter
	if rangeWidth > 0 {
		start += rangeWidth + gutter
	}
	s := newWhiskerScale(w.Rows, max(1, min(p.width-start, maxBars)))
	set := func(label, value, spread []string, bar string) {
		for row := range max(len(label), len(value), len(spread), 1) {
			var l line
			for _, part := range []struct {
				at, width int
				text      []string
				right     bool
			}{{0, labelWidth, label, false}, {labelWidth + gutter, valueWidth, value, true}, {labelWidth + valueWidth + 2*gutter, rangeWidth, spread, true}} {
				if row < len(part.text) {
					at := part.at
					if part.right {
						at += part.width - widthOf(part.text[row])
					}
					l.put(at, part.text[row], plain)
				}
			}
			if row == 0 {
				l.put(start, bar, plain)
			}
			p.add(l)
		}
	}
	set(wrap(labels[0], labelWidth), wrap(values[0], valueWidth), wrap(ranges[0], max(rangeWidth, 2)), "")
	p.rule(p.signs.rule, start+s.cells)
	for i, r := range w.Rows {
		set(wrap(labels[i+1], labelWidth), wrap(values[i+1], valueWidth), wrap(ranges[i+1], max(rangeWidth, 2)), p.whisker(s, r))
	}
	p.after(w.Note)
}

// whiskerScale is how amounts become cells.
type whiskerScale struct {
	reach
	cells int
}

func newWhiskerScale(rows []Whisker, cells int) whiskerScale {
	s := whiskerScale{cells: cells}
	s.include(0)
	for _, r := range rows {
		for _, x := range []float64{r.Amount, r.Low, r.High} {
			s.include(x)
		}
	}
	if s.high-s.low < minSize {
		s.high = s.low + 1
	}
	return s
}

// cell is where an amount stands.
func (s whiskerScale) cell(x float64) int {
	return int(math.RoundToEven(s.place(x) * float64(s.cells-1)))
}

// whisker is a bar from zero, and over it the range.
func (p *page) whisker(s whiskerScale, r Whisker) string {
	cells := slices.Repeat([]string{" "}, s.cells)
	zero := s.cell(0)
	cells[zero] = p.signs.zero
	end := zero
	if drawable(r.Amount) && math.Abs(r.Amount) >= minSize {
		end = s.cell(r.Amount)
		for i := min(zero, end); i <= max(zero, end); i++ {
			cells[i] = p.signs.bar
		}
		cells[zero] = p.signs.zeroRight
		if end < zero {
			cells[zero] = p.signs.zeroLeft
		}
	}
	if drawable(r.Low) && drawable(r.High) && r.Low < r.High {
		low, high := s.cell(r.Low), s.cell(r.High)
		for i := low; i <= high; i++ {
			inBar := min(zero, end) <= i && i <= max(zero, end)
			switch {
			case i == low && i == zero: // it begins at nothing
			case (i == low || i == high) && inBar && i != end:
				cells[i] = p.signs.endIn
			case i == low:
				cells[i] = p.signs.endLow
			case i == high:
				cells[i] = p.signs.endHigh
			case !inBar:
				cells[i] = p.signs.rule
			}
		}
	}
	return strings.TrimRight(strings.Join(cells, ""), " ")
}
