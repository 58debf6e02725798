// SPDX-License-Identifier: Apache-2.0

package diag

import (
	"fmt"
	"strings"
)

const (
	ellipse = "..." // stands for what is cut from a long line
	roomMin = 20    // cells of source text that are shown however narrow the width
)

// sourceLine returns line number of a source, from 1, without its end. Lines end at
// LF, CR LF or CR, as in YAML 1.2 (section 5.4). After the last end comes one empty line.
func sourceLine(source string, number int) (line string, ok bool) {
	for ; number > 0; number-- {
		end := strings.IndexAny(source, "\r\n")
		if end < 0 {
			return source, number == 1
		}
		if number == 1 {
			return source[:end], true
		}
		if strings.HasPrefix(source[end:], "\r\n") {
			end++
		}
		source = source[end+1:]
	}
	return "", false
}

// excerpt returns the source line of a place with its number and, if the column is
// known, a line of carets under the place; empty if the source has no such line.
// A width of 0 does not cut.
func excerpt(p Place, source string, width int) string {
	line, ok := sourceLine(source, p.Line)
	if !ok {
		return ""
	}
	number := fmt.Sprintf("%5d", p.Line)
	room := 0
	if width > 0 {
		room = max(roomMin, width-len(number)-len(" | "))
	}
	text, carets := cut(line, max(0, p.Column-1), max(1, p.Width), room)
	out := strings.TrimRight(number+" | "+text, " ") + "\n"
	if p.Column > 0 {
		out += strings.Repeat(" ", len(number)) + " | " + carets + "\n"
	}
	return out
}

// cut shows the part of a line, at most room cells, that holds the width runes from
// column (from 0), and the carets to put under it. A column beyond the line's end
// stands just after it. A room of 0 shows all.
func cut(line string, column, width, room int) (text, carets string) {
	column, width = min(column, len(line)), min(width, len(line)+1)
	cells, starts := decode(line, column, room)
	column = min(column, len(cells))
	end := min(column+width, len(cells))
	if column == len(cells) { // the caret itself needs a cell
		cells = append(cells, cell{" ", 1})
		starts = append(starts, starts[column]+1)
		end = len(cells)
	}
	from, to := window(starts, column, end, room)
	var out strings.Builder
	pad := 0
	if from > 0 {
		out.WriteString(ellipse)
		pad = len(ellipse)
	}
	for _, c := range cells[from:to] {
		out.WriteString(c.text)
	}
	if to < len(cells) {
		out.WriteString(ellipse)
	}
	under := max(1, starts[min(end, to)]-starts[column])
	return out.String(), strings.Repeat(" ", pad+starts[column]-starts[from]) + strings.Repeat("^", under)
}

// decode returns the cells of a line and the column at which each starts, with one
// more for the end. Of a line that will be cut it stops well after the caret.
func decode(line string, column, room int) (cells []cell, starts []int) {
	starts = []int{0}
	at := 0
	for len(line) > 0 && (room == 0 || len(cells) <= column || at-starts[column] <= 2*room) {
		c, size := nextCell(line, at)
		at += c.width
		cells, starts, line = append(cells, c), append(starts, at), line[size:]
	}
	return cells, starts
}

// window chooses the cells [from, to) that are shown: all if they fit, else as many as
// fit with an ellipsis at each cut end, column among them.
func window(starts []int, column, end, room int) (from, to int) {
	last := len(starts) - 1
	if room == 0 || starts[last] <= room {
		return 0, last
	}
	if starts[end] > room-len(ellipse) {
		from = windowStart(starts, column, end, room-len(ellipse))
	}
	if from > 0 {
		room -= len(ellipse)
	}
	if starts[last]-starts[from] <= room {
		return from, last
	}
	to = from
	for to < last && starts[to+1]-starts[from] <= room-len(ellipse) {
		to++
	}
	return from, to
}

// windowStart chooses the first cell of a window of room cells that does not start at
// the line's start: column in the middle, unless what is to be underlined then
// does not fit or the line ends sooner.
func windowStart(starts []int, column, end, room int) int {
	under := starts[end] - starts[column]
	before := max(0, min(room/2, room-len(ellipse)-under))
	first := min(starts[column]-before, starts[len(starts)-1]-room)
	from := 0
	for from < column && starts[from] < first {
		from++
	}
	return from
}
