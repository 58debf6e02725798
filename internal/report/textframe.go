// SPDX-License-Identifier: Apache-2.0

package report

import "slices"

// frame draws what lies under the lines of a chart: the horizontal axis at the bottom,
// a zero line within, and a line at each mark.
func (t *plot) frame() {
	bottom := t.canvas.rows - 1
	for column := range t.canvas.columns {
		t.canvas.set(column, bottom, t.signs.rule)
	}
	if t.y.first < 0 && t.y.last >= 0 {
		zero := bottom + t.y.first*t.rise
		for column := range t.canvas.columns {
			t.canvas.set(column, zero, t.signs.rule)
		}
	}
	for _, m := range t.marksFromRight() {
		for row := range bottom {
			sign := t.signs.mark
			if t.canvas.at(t.column(m.X), row) != " " {
				sign = t.signs.cross
			}
			t.canvas.set(t.column(m.X), row, sign)
		}
		t.canvas.set(t.column(m.X), bottom, t.signs.markFoot)
	}
	for _, tick := range t.ticks() {
		if column := t.column(tick.X); column > 0 { // at 0 stands the other axis
			t.canvas.set(column, bottom, t.signs.down)
		}
	}
}

// ticks returns the ticks of the horizontal axis: those given, or round numbers.
func (t *plot) ticks() (ticks []Mark) {
	if len(t.chart.X.Ticks) > 0 {
		return slices.DeleteFunc(slices.Clone(t.chart.X.Ticks), func(m Mark) bool { return !drawable(m.X) })
	}
	s := newScale(t.x)
	for i := range s.steps() + 1 {
		if x := s.value(i); t.x.low <= x && x <= t.x.high {
			ticks = append(ticks, Mark{x, s.format(&t.chart.X, i)})
		}
	}
	return ticks
}
