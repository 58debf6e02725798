// SPDX-License-Identifier: Apache-2.0

package diag

import (
	"bytes"
	"fmt"
	"io"
)

// ShownMost is the number of diagnostics that Render shows; of the rest it tells the number.
const ShownMost = 50

// messageIndent is the indent of the second and later lines of a message.
const messageIndent = 4

// hintMark stands before a hint; its later lines are indented as far.
const hintMark = "  hint: "

// Render writes a list for people, in its order, each diagnostic as
//
//	deal.yaml:12:15: fault AMOUNT-NEGATIVE: message
//	   12 |       amount: -5B
//	      |               ^^^
//	  hint: what to do
//
// Sources holds the text of each file by Place.File; without it the excerpt is left
// out. Messages and hints are wrapped, and long source lines cut, to width cells; a
// width of 0 does neither. Of more than ShownMost it shows faults before warnings and
// says how many are left. Errors of w are not reported, as with fmt.Fprint to a terminal.
func Render(w io.Writer, l List, sources map[string][]byte, width int) {
	var out bytes.Buffer
	shown := choose(l)
	for _, d := range shown {
		renderOne(&out, d, sources, max(0, width))
	}
	if left := len(l) - len(shown); left > 0 {
		faults := l.Faults() - shown.Faults()
		fmt.Fprintf(&out, "and %d more: %s, %s\n", left, count(faults, Fault), count(left-faults, Warning))
	}
	w.Write(out.Bytes())
}

// renderOne writes one diagnostic.
func renderOne(out *bytes.Buffer, d Diagnostic, sources map[string][]byte, width int) {
	out.WriteString(wrap(printable(d.String()), messageIndent, width) + "\n")
	if source, ok := sources[d.File]; ok && d.Line > 0 {
		out.WriteString(excerpt(d.Place, string(source), width))
	}
	if d.Hint != "" {
		out.WriteString(wrap(hintMark+printable(d.Hint), len(hintMark), width) + "\n")
	}
}

// choose returns the diagnostics to show, in the order of the list: all, or the first
// ShownMost, faults before warnings.
func choose(l List) List {
	if len(l) <= ShownMost {
		return l
	}
	warnings := max(0, ShownMost-l.Faults())
	faults := ShownMost - warnings
	var shown List
	for _, d := range l {
		left := &warnings
		if d.Severity == Fault {
			left = &faults
		}
		if *left > 0 {
			*left--
			shown = append(shown, d)
		}
	}
	return shown
}

// count writes a number of diagnostics: "1 fault", "3 warnings".
func count(n int, s Severity) string {
	if n == 1 {
		return fmt.Sprintf("1 %v", s)
	}
	return fmt.Sprintf("%d %vs", n, s)
}
