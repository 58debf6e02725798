// SPDX-License-Identifier: Apache-2.0

package report

import (
	"cmp"
	"math"
	"strings"
)

// chart sets a chart over the page's whole width: title, legend, marks, lines, axis.
func (p *page) chart(c *Chart) {
	c.mustPair()
	p.prose(0, clean(c.Title), plain)
	p.space(1)
	if x, y := c.reaches(); x.any && y.any {
		p.plot(newPlot(c, p, x, y))
	} else {
		p.prose(0, "nothing to draw", dim)
	}
	p.after(c.Note)
}

// reaches returns what the axes must show: all points, ticks and marks.
func (c *Chart) reaches() (x, y reach) {
	for _, s := range c.Series {
		for i := range s.X {
			if drawable(s.X[i]) && drawable(s.Y[i]) {
				x.include(s.X[i])
				y.include(s.Y[i])
			}
		}
	}
	for _, marks := range [2][]Mark{c.X.Ticks, c.Marks} {
		for _, m := range marks {
			x.include(m.X)
		}
	}
	return x, y
}

// plot is a chart laid out.
type plot struct {
	chart    *Chart
	signs    *signs
	x        reach
	y        scale
	rise     int // rows between ticks
	mostTick int // cells for a label of the vertical axis
	left     int // cells before the canvas: tick labels and axis
	canvas   *canvas
	names    []string // clean, of the series
	aside    int      // cells for names at the right of the canvas; 0: they stand above
	under    func()   // draws into cells what lies under the lines; may be nil
}

const (
	minSteps    = 4  // of an axis without given ticks
	maxSteps    = 8  // and most
	minBeside   = 24 // least cells for lines beside their names
	sampleWidth = 4  // cells of a line shown beside its name
)

func newPlot(c *Chart, p *page, x, y reach) *plot {
	t := &plot{chart: c, signs: p.signs, x: x, y: newScale(y), mostTick: p.width / 3}
	t.rise = max(2, (2*targetRows(p.width)+t.y.steps())/(2*t.y.steps()))
	for i := range t.y.steps() + 1 {
		t.left = max(t.left, widthOf(t.tick(i)))
	}
	t.left += len(" |")
	for _, s := range c.Series {
		t.names = append(t.names, clean(s.Name))
	}
	rows := t.y.steps()*t.rise + 1
	aside := widest(t.names) + len(" ") + sampleWidth + len(" ")
	if len(t.names) > 1 && len(t.names) <= rows && aside <= p.width/3 && p.width-t.left-aside >= minBeside {
		t.aside = aside
	}
	t.canvas = newCanvas(p.width-t.left-t.aside, rows, p.signs.braille)
	return t
}

// targetRows returns how tall a chart is on a page, about.
func targetRows(width int) int { return max(12, min(15+(width-80)/8, 20)) }

// tick writes the i-th tick of the vertical axis from the bottom.
func (t *plot) tick(i int) string {
	label := t.y.format(&t.chart.Y, i)
	if widthOf(label) > t.mostTick {
		label = label[:breakAt(label, t.mostTick)]
	}
	return label
}

// dotX returns the dot of the canvas for a place on the horizontal axis.
func (t *plot) dotX(x float64) int {
	return int(math.RoundToEven(t.x.place(x) * float64(t.canvas.columns*t.canvas.dotsX-1)))
}

// dotY returns the dot for a number on the vertical axis. Each tick is on the second dot
// from the bottom of its row.
func (t *plot) dotY(y float64) int {
	r := t.y.reach()
	up := int(math.RoundToEven(r.place(y) * float64(t.y.steps()*t.rise*t.canvas.dotsY)))
	return up + t.canvas.dotsY/3
}

// column returns the cell of the canvas for a place on the horizontal axis.
func (t *plot) column(x float64) int { return t.dotX(x) / t.canvas.dotsX }

// lineStyles are dashes that tell the lines of a chart in dots apart; where they run out, markers do.
var lineStyles = [][]int{nil, {3, 3}, {1, 2}, {5, 2, 1, 2}}

// pen returns what draws a series over so many columns.
func (t *plot) pen(series, columns int) pen {
	own := clean(t.chart.Series[series].Marker)
	if widthOf(own) != 1 {
		own = ""
	}
	markers := t.signs.markers
	if !t.signs.braille {
		return pen{sign: cmp.Or(own, markers[series%len(markers)])}
	}
	drawn := pen{dash: lineStyles[series%len(lineStyles)], marker: own, every: max(1, columns/5)}
	if round := series / len(lineStyles); round > 0 {
		drawn.marker = cmp.Or(own, markers[(series-len(lineStyles))%len(markers)])
	}
	drawn.phase = (drawn.every/2 + 2*series) % drawn.every
	return drawn
}

// draw draws a series and returns the row in which it ends, from the top; -1 if nowhere.
func (t *plot) draw(series int) (endRow int) {
	s := &t.chart.Series[series]
	drawn := t.pen(series, t.canvas.columns)
	endRow = -1
	connected, lastX, lastY := false, 0, 0
	for i := range s.X {
		if !drawable(s.X[i]) || !drawable(s.Y[i]) {
			connected = false
			continue
		}
		x, y := t.dotX(s.X[i]), t.dotY(s.Y[i])
		if connected {
			drawn.line(t.canvas, lastX, lastY, x, y)
		} else {
			drawn.moved = 0
			drawn.visit(t.canvas, x, y)
		}
		connected, lastX, lastY = true, x, y
		endRow = t.canvas.rows - 1 - y/t.canvas.dotsY
	}
	return endRow
}

// plot draws and sets a chart.
func (p *page) plot(t *plot) {
	t.frame()
	if t.under != nil {
		t.under()
	}
	ends := make([]int, len(t.chart.Series))
	for i := len(ends) - 1; i >= 0; i-- { // the first series on top
		ends[i] = t.draw(i)
	}
	if t.aside == 0 {
		p.legend(t)
	}
	p.marks(t)
	labels := t.asideRows(ends)
	for row := range t.canvas.rows {
		var l line
		if up := t.canvas.rows - 1 - row; up%t.rise == 0 {
			label := t.tick(up / t.rise)
			l.put(t.left-len(" |")-widthOf(label), label, plain)
			l.put(t.left-1, t.axisSign(up), dim)
		} else {
			l.put(t.left-1, t.signs.side, dim)
		}
		l.put(t.left, strings.Join(t.canvas.row(row), ""), plain)
		if series := labels[row]; series >= 0 {
			l.put(t.left+t.canvas.columns+1, t.sample(series), plain)
			l.put(t.left+t.canvas.columns+2+sampleWidth, t.names[series], plain)
		}
		p.add(l)
	}
	p.tickLabels(t)
}

// axisSign returns the sign of the vertical axis at a tick, rows counted from the bottom.
func (t *plot) axisSign(up int) string {
	switch {
	case t.y.first+up/t.rise == 0:
		return t.signs.cross
	case up == 0:
		return t.signs.corner
	}
	return t.signs.tick
}
