// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"strconv"
	"strings"

	"offtake/internal/deal"
	"offtake/internal/report"
)

// inputRows shows inputs, each with where it stands and why it is what it is.
// What rests on the same is one row where it is of one table, or of one element
// of a list; else the second row says so.
func inputRows(inputs []deal.Input) [][]report.Cell {
	var rows [][]report.Cell
	before := ""
	for from := 0; from < len(inputs); {
		in, to := inputs[from], from+1
		for to < len(inputs) && follows(inputs[to-1], inputs[to]) {
			to++
		}
		why := in.Status + " " + because(in)
		reason := because(in)
		if from > 0 && reason != "" && why == before {
			reason = "as above"
		}
		before = why
		rows = append(rows, report.Row(entriesPath(inputs[from:to]), entriesText(inputs[from:to]), entriesLine(inputs[from:to]), in.Status, reason))
		from = to
	}
	return rows
}

// entry cuts the path of a table's entry into the table's and the entry's
// number.
func entry(path string) (table string, number int, ok bool) {
	at := strings.LastIndexByte(path, '[')
	if at < 0 || !strings.HasSuffix(path, "]") {
		return path, 0, false
	}
	n, err := strconv.Atoi(path[at+1 : len(path)-1])
	return path[:at], n, err == nil
}

// element cuts the path of a value in an element of a list into the element's
// and the value's name.
func element(path string) (of, name string, ok bool) {
	at := strings.LastIndexByte(path, '.')
	if at <= 0 || path[at-1] != ']' {
		return path, "", false
	}
	return path[:at], path[at+1:], true
}

// follows tells whether b is the next entry of a's table, or another value of
// a's element, and rests on the same.
func follows(a, b deal.Input) bool {
	if a.Status != b.Status || because(a) != because(b) {
		return false
	}
	table, n, ok := entry(a.Path)
	next, m, too := entry(b.Path)
	if ok && too {
		return table == next && m == n+1
	}
	of, _, ok := element(a.Path)
	other, _, too := element(b.Path)
	return ok && too && of == other
}

func entriesPath(in []deal.Input) string {
	if len(in) == 1 {
		return in[0].Path
	}
	if table, first, ok := entry(in[0].Path); ok {
		return fmt.Sprintf("%s[%d..%d]", table, first, first+len(in)-1)
	}
	of, _, _ := element(in[0].Path)
	return of
}

// entriesText are the values: of a table counted where they repeat, of an
// element with their names.
func entriesText(in []deal.Input) string {
	var out []string
	for from := 0; from < len(in); {
		text, to := in[from].Text, from+1
		if in[from].Says != "" {
			text += " (" + in[from].Says + ")"
		}
		if _, name, ok := element(in[from].Path); ok && len(in) > 1 {
			text = name + " " + text
		} else {
			for to < len(in) && in[to].Text == text {
				to++
			}
			if to-from > 1 {
				text = fmt.Sprintf("%d times %s", to-from, text)
			}
		}
		out, from = append(out, text), to
	}
	return strings.Join(out, ", ")
}

func entriesLine(in []deal.Input) string {
	first, last := lineOfInput(in[0]), lineOfInput(in[len(in)-1])
	if first == last || last == "" {
		return first
	}
	return first + "-" + last
}
