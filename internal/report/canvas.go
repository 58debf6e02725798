// SPDX-License-Identifier: Apache-2.0

package report

import "slices"

// canvas is the area of a chart: cells of text, over which lines are drawn in dots of
// which a cell has dotsX by dotsY, or in one character a cell.
type canvas struct {
	columns, rows int
	dotsX, dotsY  int      // dots in a cell
	cells         []string // under the lines
	dots          []uint8  // of each cell: bits as in Unicode's Braille Patterns
	over          []string // upon the lines; "" where there is nothing
}

// brailleBits gives the bit of each dot of a cell, by column from the left and by row
// from the top (The Unicode Standard, Braille Patterns: dots 1 to 8).
var brailleBits = [2][4]uint8{{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}}

const brailleBlank = '\u2800'

func newCanvas(columns, rows int, braille bool) *canvas {
	c := &canvas{columns: columns, rows: rows, dotsX: 1, dotsY: 1}
	if braille {
		c.dotsX, c.dotsY = 2, 4
	}
	c.cells = slices.Repeat([]string{" "}, columns*rows)
	c.dots = make([]uint8, columns*rows)
	c.over = make([]string, columns*rows)
	return c
}

// set puts a character into a cell, rows counted from the top.
func (c *canvas) set(column, row int, text string) { c.cells[row*c.columns+column] = text }

func (c *canvas) at(column, row int) string { return c.cells[row*c.columns+column] }

// dot draws a dot, x from the left and y from the bottom; sign is used where a cell is
// one dot.
func (c *canvas) dot(x, y int, sign string) {
	column, up := x/c.dotsX, y/c.dotsY
	row := c.rows - 1 - up
	if column < 0 || column >= c.columns || y < 0 || row < 0 {
		return
	}
	if c.dotsX == 1 {
		c.set(column, row, sign)
		return
	}
	c.dots[row*c.columns+column] |= brailleBits[x%c.dotsX][c.dotsY-1-y%c.dotsY]
}

// row returns the characters of a row.
func (c *canvas) row(row int) []string {
	cells := slices.Clone(c.cells[row*c.columns : (row+1)*c.columns])
	for i, bits := range c.dots[row*c.columns : (row+1)*c.columns] {
		if bits != 0 {
			cells[i] = string(brailleBlank + rune(bits))
		}
		if over := c.over[row*c.columns+i]; over != "" {
			cells[i] = over
		}
	}
	return cells
}

// pen draws a connected line with gaps as its dash says: so many dots on, so many off,
// and again.
type pen struct {
	dash   []int
	sign   string // where a cell is one dot
	marker string // upon the line in every so many columns, from phase on; "" for none
	every  int
	phase  int
	moved  int // dots gone so far
	marked int // columns up to this one have their marker
}

// visit draws the next dot of a line unless it falls into a gap.
func (p *pen) visit(c *canvas, x, y int) {
	if p.inked(p.moved) {
		c.dot(x, y, p.sign)
	}
	p.moved++
	if column := x / c.dotsX; p.marker != "" && column%p.every == p.phase && column >= p.marked {
		c.over[(c.rows-1-y/c.dotsY)*c.columns+column] = p.marker
		p.marked = column + 1
	}
}

// inked reports whether the dot after so many others is drawn.
func (p *pen) inked(moved int) bool {
	period := 0
	for _, length := range p.dash {
		period += length
	}
	if period == 0 {
		return true
	}
	moved %= period
	for i, length := range p.dash {
		if moved < length {
			return i%2 == 0
		}
		moved -= length
	}
	return true
}

// line draws from one dot to another, without the first (Bresenham 1965, "Algorithm for
// computer control of a digital plotter").
func (p *pen) line(c *canvas, x, y, toX, toY int) {
	dx, dy := abs(toX-x), -abs(toY-y)
	stepX, stepY := direction(toX-x), direction(toY-y)
	for fault := dx + dy; x != toX || y != toY; {
		twice := 2 * fault
		if twice >= dy {
			fault += dy
			x += stepX
		}
		if twice <= dx {
			fault += dx
			y += stepY
		}
		p.visit(c, x, y)
	}
}

func abs(x int) int { return max(x, -x) }

// direction returns -1, 0 or 1.
func direction(x int) int { return max(-1, min(x, 1)) }
