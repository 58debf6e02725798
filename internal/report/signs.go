// SPDX-License-Identifier: Apache-2.0

package report

// signs are the characters that frames and charts are drawn with. Each is one cell wide.
type signs struct {
	rule, heavy         string   // horizontal: between things, under the title
	side, tick          string   // vertical axis: without and with a tick
	corner, down, cross string   // horizontal axis: its left end, that end at a zero line, a tick
	mark, markFoot      string   // vertical line at a mark, and where it meets the axis
	bar, barLeft        string   // whole cell of a bar; its half cell on the left of zero
	barRight            string   // and on the right
	zero                string   // zero line of bars: without bar
	zeroLeft, zeroRight string   // and with one on the left, on the right
	endLow, endHigh     string   // ends of a whisker
	endIn               string   // one that lies in its bar
	shades              []string // of a fan's bands, the widest first
	fill                []string // of a cell from below, in equal parts
	markers             []string
	braille             bool
}

var unicodeSigns = &signs{
	rule: "─", heavy: "═",
	side: "│", tick: "┤", corner: "└", down: "┬", cross: "┼",
	mark: "┊", markFoot: "┴",
	bar: "━", barLeft: "╺", barRight: "╸",
	zero: "│", zeroLeft: "┥", zeroRight: "┝",
	endLow: "├", endHigh: "┤", endIn: "┿",
	shades:  []string{"░", "▒"},
	fill:    []string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
	markers: []string{"●", "○", "▲", "△", "■", "□", "◆", "◇"},
	braille: true,
}

var asciiSigns = &signs{
	rule: "-", heavy: "=",
	side: "|", tick: "+", corner: "+", down: "+", cross: "+",
	mark: ":", markFoot: "+",
	bar: "=", barLeft: "-", barRight: "-",
	zero: "|", zeroLeft: "|", zeroRight: "|",
	endLow: "|", endHigh: "|", endIn: "|",
	shades:  []string{".", ":"},
	fill:    []string{"#"},
	markers: []string{"*", "o", "+", "x", "#", "@", "%", "&"},
}
