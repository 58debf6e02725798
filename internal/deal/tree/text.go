// SPDX-License-Identifier: Apache-2.0

package tree

import (
	"bytes"
	"sort"
	"strings"
	"unicode/utf8"

	"offtake/internal/diag"
)

// byteOrderMark may begin a file.
const byteOrderMark = "\ufeff"

// A text is a source and the form of it that the YAML library reads, with lines that
// end in a line feed alone and without a byte order mark: the library miscounts both.
type text struct {
	file    string
	norm    string
	lines   []int // start of each line in norm
	sources []int // start of each line in the source
	runes   map[int][]int
}

// normal is the form of a source that the library reads.
func normal(source []byte) string {
	source = bytes.TrimPrefix(source, []byte(byteOrderMark))
	return strings.ReplaceAll(string(source), "\r\n", "\n")
}

// newText indexes a source and its normal form.
func newText(file string, source []byte, norm string) *text {
	t := &text{file: file, norm: norm, lines: []int{0}, sources: []int{0}, runes: map[int][]int{}}
	if bytes.HasPrefix(source, []byte(byteOrderMark)) {
		t.sources[0] = len(byteOrderMark)
	}
	for i, b := range source {
		if b == '\n' {
			t.sources = append(t.sources, i+1)
		}
	}
	for i := range len(norm) {
		if norm[i] == '\n' {
			t.lines = append(t.lines, i+1)
		}
	}
	return t
}

// at is the index in norm of a line and a column in runes, both from 1, as the
// library gives them; out of range it is the nearest index.
func (t *text) at(line, column int) int {
	line = max(0, min(line-1, len(t.lines)-1))
	starts := t.starts(line)
	if starts == nil {
		return t.lines[line] + max(0, min(column-1, t.end(line)-t.lines[line]))
	}
	return starts[max(0, min(column-1, len(starts)-1))]
}

// end is the index in norm of the end of a line, counted from 0.
func (t *text) end(line int) int {
	if line+1 < len(t.lines) {
		return t.lines[line+1] - 1
	}
	return len(t.norm)
}

// starts are the indexes of the runes of a line and of its end; nil where all of them
// are single bytes. They are kept, so that a long line is decoded once.
func (t *text) starts(line int) []int {
	if starts, ok := t.runes[line]; ok {
		return starts
	}
	var starts []int
	content := t.norm[t.lines[line]:t.end(line)]
	if utf8.RuneCountInString(content) != len(content) {
		for i := range content {
			starts = append(starts, t.lines[line]+i)
		}
		starts = append(starts, t.end(line))
	}
	t.runes[line] = starts
	return starts
}

// lineOf is the line of an index in norm, from 0.
func (t *text) lineOf(index int) int {
	return sort.Search(len(t.lines), func(i int) bool { return t.lines[i] > index }) - 1
}

// source is the index in the source of an index in norm.
func (t *text) source(index int) int {
	line := t.lineOf(index)
	return t.sources[line] + index - t.lines[line]
}

// place is where an index in norm stands, and how many runes of its line are meant.
func (t *text) place(index, width int) diag.Place {
	line := t.lineOf(index)
	column := index - t.lines[line]
	if starts := t.starts(line); starts != nil {
		column = sort.SearchInts(starts, index)
	}
	return diag.Place{File: t.file, Line: line + 1, Column: column + 1, Width: width}
}

// span is the place of the part of norm from start to end, as far as it stands on one
// line.
func (t *text) span(start, end int) diag.Place {
	end = min(end, t.end(t.lineOf(start)))
	return t.place(start, max(1, utf8.RuneCountInString(t.norm[start:max(start, end)])))
}
