// SPDX-License-Identifier: Apache-2.0

package report

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
)

// Tornado is what moving each of a few inputs to either side does to one number: two bars from a
// middle line in each row, best the largest first.
type Tornado struct {
	Title string  `json:"title"` // a sentence that says what is seen
	Low   string  `json:"low"`   // what one bar is: moved down
	High  string  `json:"high"`  // and the other
	Rows  []Swing `json:"rows"`
	Note  string  `json:"note,omitempty"`
	Behind
}

// Swing is one input of a tornado. Amounts that are not numbers have no bar.
type Swing struct {
	Label      string  `json:"label"`
	Low        string  `json:"low"` // the differences as written
	High       string  `json:"high"`
	LowAmount  float64 `json:"low_amount"` // in any unit that all rows share
	HighAmount float64 `json:"high_amount"`
}

// MarshalJSON writes what JSON has no number for as null.
func (s Swing) MarshalJSON() ([]byte, error) {
	type plain Swing
	x := nullable([]float64{s.LowAmount, s.HighAmount})
	return json.Marshal(struct {
		plain
		LowAmount  *float64 `json:"low_amount"`
		HighAmount *float64 `json:"high_amount"`
	}{plain(s), x[0], x[1]})
}

func (Tornado) kind() string { return "tornado" }

// bars are all amounts as bars, for a scale.
func (t *Tornado) bars() []Bar {
	var out []Bar
	for _, r := range t.Rows {
		out = append(out, Bar{Amount: r.LowAmount}, Bar{Amount: r.HighAmount})
	}
	return out
}

// tornado sets label, both differences and both bars of each row.
func (p *page) tornado(t *Tornado) {
	p.prose(0, clean(t.Title), plain)
	p.space(1)
	if len(t.Rows) == 0 {
		p.prose(0, "nothing to draw", dim)
		p.after(t.Note)
		return
	}
	labels, texts := []string{""}, [2][]string{{clean(t.Low)}, {clean(t.High)}}
	for _, r := range t.Rows {
		labels = append(labels, clean(r.Label))
		texts[0], texts[1] = append(texts[0], clean(r.Low)), append(texts[1], clean(r.High))
	}
	label := min(widest(labels), max(minLabel, p.width/3))
	var starts [3]int
	starts[0] = label + gutter
	for side, list := range texts {
		starts[side+1] = starts[side] + min(max(widest(list[1:]), min(widest(list[:1]), 12)), p.width/5) + gutter
	}
	scale := newBarScale(t.bars(), max(1, min(p.width-starts[2]-1, maxBars)))
	for i := range labels {
		lines := hanging(labels[i], label)
		var parts [2][]string
		for side := range parts {
			parts[side] = wrap(texts[side][i], max(1, starts[side+1]-starts[side]-gutter))
		}
		for row := range max(len(lines), len(parts[0]), len(parts[1])) {
			var l line
			if row < len(lines) {
				l.put(0, lines[row], plain)
			}
			for side, words := range parts {
				if row < len(words) {
					l.put(starts[side+1]-gutter-widthOf(words[row]), words[row], plain)
				}
			}
			if i > 0 && row == 0 {
				l.put(starts[2], p.within(starts[2], p.swing(scale, t.Rows[i-1])), plain)
			} else if i > 0 {
				l.put(starts[2], p.within(starts[2], strings.Repeat(" ", scale.left)+p.signs.zero), plain)
			}
			p.add(l)
		}
		if i == 0 {
			p.rule(p.signs.rule, min(p.width, starts[2]+scale.left+1+scale.right))
		}
	}
	p.space(1)
	p.prose(0, p.signs.shades[0]+p.signs.shades[0]+hardSpace+clean(t.Low)+"  "+p.signs.bar+p.signs.bar+hardSpace+clean(t.High), dim)
	p.after(t.Note)
}

// within is as much of a line of single signs as a narrow page has room for from a column on.
func (p *page) within(from int, signs string) string {
	cells := []rune(signs)
	return strings.TrimRight(string(cells[:min(len(cells), max(0, p.width-from))]), " ")
}

// swing is the middle line with both bars, the longer one below where they are on one side.
func (p *page) swing(s barScale, r Swing) string {
	cells := slices.Repeat([]string{" "}, s.left+1+s.right)
	cells[s.left] = p.signs.zero
	put := func(amount float64, sign string) {
		for k := 1; k <= s.size(amount); k++ {
			if at := s.left + k*int(math.Copysign(1, amount)); at >= 0 && at < len(cells) {
				cells[at] = sign
			}
		}
	}
	if math.Abs(r.LowAmount) > math.Abs(r.HighAmount) {
		put(r.LowAmount, p.signs.shades[0])
		put(r.HighAmount, p.signs.bar)
	} else {
		put(r.HighAmount, p.signs.bar)
		put(r.LowAmount, p.signs.shades[0])
	}
	return strings.TrimRight(strings.Join(cells, ""), " ")
}

// tornado lays out the rows of a tornado: the label over both differences and both bars.
func (p *Picture) tornado(t *Tornado) (func(top float64) float64, bool) {
	const rowHeight, thick = 38.0, 9.0
	value := 0.0
	var x reach
	x.include(0)
	for _, r := range t.Rows {
		value = max(value, spanOf(clean(r.Low), wordSize)+14+spanOf(clean(r.High), wordSize))
		x.include(r.LowAmount)
		x.include(r.HighAmount)
	}
	if x.high-x.low < minSize {
		x.high = x.low + 1
	}
	start := min(value+14, 0.5*p.Width)
	return func(top float64) float64 {
		f := &frame{Picture: p, left: start, right: p.Width - 6, x: x}
		y := top + 2
		first := y
		box := func(ink Ink, amount, at float64) {
			if drawable(amount) && amount != 0 {
				from, to := f.px(min(0, amount)), f.px(max(0, amount))
				p.box(ink, from, at, max(to, from+1), at+thick)
			}
		}
		for _, r := range t.Rows {
			p.words(0, y+14, clean(r.Label), Words, AtStart)
			p.words(0, y+30, clean(r.Low), Faint, AtStart)
			p.words(start-10, y+30, clean(r.High), Faint, AtEnd)
			box(WideBand, r.LowAmount, y+18)
			box(BarInk, r.HighAmount, y+18+thick)
			y += rowHeight
		}
		p.line(ZeroInk, Point{f.px(0), first}, Point{f.px(0), y})
		p.box(WideBand, 0, y+6, 22, y+6+thick)
		p.words(28, y+15, clean(t.Low), Words, AtStart)
		p.box(BarInk, start, y+6, start+22, y+6+thick)
		p.words(start+28, y+15, clean(t.High), Words, AtStart)
		return y + 22
	}, len(t.Rows) > 0
}
