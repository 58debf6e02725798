// SPDX-License-Identifier: Apache-2.0

package deal

import "strings"

// A row is one line of a file, or several that one scalar goes over.
type row struct {
	pieces []piece
	old    int   // column at which it began
	indent int   // at which it shall
	within int   // indent of what goes on inside it: brackets, scalars over lines
	depth  int   // brackets open where it begins
	levels []set // the entries that are open after it
}

// A set is an entry of a mapping or list that is open, with the columns at which it
// stood and shall stand.
type set struct {
	dash     bool
	old, new int
}

// arrange writes pieces with canonical white space.
func arrange(text string, pieces []piece) string {
	rows := layOut(text, pieces)
	placeComments(rows)
	var out strings.Builder
	blank := false
	for _, r := range rows {
		if len(r.pieces) == 0 {
			blank = true
			continue
		}
		if blank && out.Len() > 0 {
			out.WriteByte('\n')
		}
		blank = false
		out.WriteString(strings.Repeat(" ", r.indent))
		for i, p := range r.pieces {
			if i > 0 {
				out.WriteString(between(text, r.pieces[i-1], p))
			}
			out.WriteString(written(text, p, r))
		}
		out.WriteByte('\n')
	}
	return out.String()
}

// layOut puts pieces on rows and finds the indent of all but comments.
func layOut(text string, pieces []piece) []row {
	var rows []row
	var levels []set
	depth, base := 0, 0 // base is the indent that brackets count from
	for len(pieces) > 0 {
		n := 0
		for n < len(pieces) && pieces[n].kind != newline {
			n++
		}
		r := row{pieces: pieces[:n], depth: depth}
		if n > 0 {
			r.old = column(text, pieces[0].start)
			if depth == 0 {
				levels = enter(text, &r, levels)
				base = r.within
			} else {
				r.indent, r.within = base+2*depth, base+2*depth
				if strings.IndexByte("]}", r.pieces[0].kind) >= 0 {
					r.indent -= 2
				}
			}
			for _, p := range r.pieces {
				switch p.kind {
				case '[', '{':
					depth++
				case ']', '}':
					depth--
				}
			}
		}
		r.levels = levels
		rows = append(rows, r)
		pieces = pieces[min(n+1, len(pieces)):]
	}
	return rows
}

// column is how far into its line an index stands, in bytes: only spaces and dashes
// stand before what is indented.
func column(text string, at int) int { return at - (strings.LastIndexByte(text[:at], '\n') + 1) }

// enter opens the entries that begin on a row outside brackets, and gives it its
// indent. It returns all that are open then.
func enter(text string, r *row, levels []set) []set {
	levels = levels[:len(levels):len(levels)]
	first := true
	for i, p := range r.pieces {
		dash := p.kind == '-'
		name := p.kind == scalar && i+1 < len(r.pieces) && r.pieces[i+1].kind == ':'
		if !dash && !name {
			break
		}
		at := column(text, p.start)
		levels = leave(levels, set{dash, at, 0})
		if top := len(levels) - 1; top < 0 || levels[top].old != at || levels[top].dash != dash {
			levels = append(levels, set{dash, at, under(levels)})
		}
		if first {
			r.indent, first = levels[len(levels)-1].new, false
		}
		if name {
			break
		}
	}
	if first && r.pieces[0].kind != comment && len(levels) > 0 {
		r.indent = under(levels)
	}
	if len(levels) > 0 {
		top := levels[len(levels)-1]
		if r.within = top.new; top.dash {
			r.within += 2
		}
	}
	return levels
}

// leave closes the entries that one at a column ends: those further right, and a list
// whose dashes stand below the name that follows.
func leave(levels []set, next set) []set {
	for len(levels) > 0 {
		top := levels[len(levels)-1]
		if top.old < next.old || top.old == next.old && (!top.dash || next.dash) {
			break
		}
		levels = levels[:len(levels)-1]
	}
	return levels
}

// under is the indent of what is inside the innermost entry.
func under(levels []set) int {
	if len(levels) == 0 {
		return 0
	}
	return levels[len(levels)-1].new + 2
}

// placeComments indents lines of comments as what follows them, or as the entry that
// stood in their column.
func placeComments(rows []row) {
	for i := range rows {
		r := &rows[i]
		if len(r.pieces) == 0 || r.pieces[0].kind != comment || r.depth > 0 {
			continue
		}
		near := append([]set{{old: 0, new: 0}}, r.levels...)
		for j := i + 1; j < len(rows); j++ {
			if next := rows[j]; len(next.pieces) > 0 && next.pieces[0].kind != comment {
				near = append(near, set{old: next.old, new: next.indent})
				break
			}
		}
		best := near[0]
		for _, s := range near[1:] {
			if s.old <= r.old && s.old >= best.old {
				best = s
			}
		}
		r.indent = best.new
	}
}

// between is the white space between two pieces of a line.
func between(text string, before, after piece) string {
	gap := text[before.end:after.start]
	switch {
	case after.kind == comment:
		return strings.Repeat(" ", max(1, len(gap)))
	case before.kind == ':' && strings.IndexByte(",]}", after.kind) >= 0:
		return " "
	case strings.IndexByte("[{", before.kind) >= 0, strings.IndexByte(",:]}", after.kind) >= 0:
		return ""
	case strings.IndexByte("-:,", before.kind) >= 0, gap != "":
		return " "
	}
	return ""
}

// written is a piece as it is written on its row; of a scalar over several lines, the
// lines after the first are indented anew.
func written(text string, p piece, r row) string {
	out := text[p.start:p.end]
	if p.kind != scalar || !strings.Contains(out, "\n") {
		return out
	}
	lines := strings.Split(out, "\n")
	if p.block {
		lines[0] = strings.TrimRight(lines[0], " \t")
		return strings.Join(shift(lines, r.within+2), "\n")
	}
	indent := strings.Repeat(" ", r.within+2)
	for i := 1; i < len(lines); i++ {
		if lines[i] = strings.TrimLeft(lines[i], " \t"); lines[i] != "" {
			lines[i] = indent + lines[i]
		}
	}
	return strings.Join(lines, "\n")
}

// shift moves the lines of a text below its mark to an indent. A mark that says how far
// they are indented itself leaves them so.
func shift(lines []string, indent int) []string {
	if strings.ContainsAny(strings.SplitN(lines[0], " ", 2)[0], "123456789") {
		return lines
	}
	old := -1
	for _, line := range lines[1:] {
		if strings.Trim(line, " ") != "" {
			old = len(line) - len(strings.TrimLeft(line, " "))
			break
		}
	}
	for i := 1; i < len(lines) && old >= 0; i++ {
		if len(lines[i]) <= old {
			lines[i] = ""
			continue
		}
		lines[i] = strings.Repeat(" ", indent) + lines[i][old:]
	}
	return lines
}
