// SPDX-License-Identifier: Apache-2.0

package report

import (
	"math"
	"strings"
)

const (
	minBars  = 12 // cells for bars beside labels and values, if
	minLabel = 4  // labels have these
	maxBars  = 72 // a longer bar says no more
)

// barScale is how amounts become cells on both sides of zero.
type barScale struct {
	left, right int     // cells for the longest bars
	largest     float64 // size of the longest bar of the side that rules the scale
	cells       int     // and its cells
}

// bars sets label, value and bar of each amount.
func (p *page) bars(b *Bars) {
	p.prose(0, clean(b.Title), plain)
	if b.Title != "" {
		p.space(1)
	}
	var labels []string
	var values numerals
	for _, r := range b.Rows {
		labels = append(labels, clean(r.Label))
		values.fit(endNumeral(clean(r.Value)))
	}
	valueWidth := min(values.width(), p.width/3)
	label := min(widest(labels), max(minLabel, p.width-valueWidth-minBars-3*gutter))
	start := label + gutter + valueWidth + gutter
	scale := newBarScale(b.Rows, min(p.width-start-1, maxBars))
	for i, r := range b.Rows {
		if r.Total {
			p.rule(p.signs.rule, start+scale.left+1+scale.right)
		}
		lines := hanging(labels[i], label)
		texts := wrap(clean(r.Value), valueWidth)
		for row := range max(len(lines), len(texts)) {
			var l line
			if row < len(lines) {
				l.put(0, lines[row], plain)
			}
			if row < len(texts) {
				l.put(label+gutter+values.offset(endNumeral(texts[row]), valueWidth), texts[row], strong)
			}
			amount := r.Amount
			if row > 0 {
				amount = 0
			}
			l.put(start, p.bar(scale, amount), plain)
			p.add(l)
		}
	}
	p.after(b.Note)
}

// newBarScale shares cells between the two sides of zero as the amounts need them.
func newBarScale(rows []Bar, cells int) barScale {
	var low, high float64
	for _, r := range rows {
		if drawable(r.Amount) {
			low, high = min(low, r.Amount), max(high, r.Amount)
		}
	}
	s := barScale{largest: max(high, -low)}
	if s.largest < minSize {
		return barScale{right: 1, largest: 1, cells: 1}
	}
	lesser := min(high, -low)
	for s.cells = cells; s.cells > 1 && s.cells+s.size(lesser) > cells; {
		s.cells--
	}
	s.left, s.right = s.size(lesser), s.cells
	if -low > high {
		s.left, s.right = s.cells, s.left
	}
	return s
}

// halves returns the half cells of a bar; anything but zero has one.
func (s barScale) halves(amount float64) int {
	if math.Abs(amount) < minSize || !drawable(amount) {
		return 0
	}
	return max(1, int(math.RoundToEven(2*float64(s.cells)*(math.Abs(amount)/s.largest))))
}

// size returns the whole cells that a bar needs.
func (s barScale) size(amount float64) int { return (s.halves(amount) + 1) / 2 }

// bar returns the zero line with a bar on its left or right.
func (p *page) bar(s barScale, amount float64) string {
	halves := s.halves(amount)
	pad := func(n int) string { return strings.Repeat(" ", max(0, n)) }
	whole, part := strings.Repeat(p.signs.bar, halves/2), ""
	switch {
	case halves == 0:
		return pad(s.left) + p.signs.zero
	case amount > 0:
		if halves%2 == 1 {
			part = p.signs.barRight
		}
		return pad(s.left) + p.signs.zeroRight + whole + part
	}
	if halves%2 == 1 {
		part = p.signs.barLeft
	}
	return pad(s.left-(halves+1)/2) + part + whole + p.signs.zeroLeft
}
