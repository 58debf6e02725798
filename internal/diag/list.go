// SPDX-License-Identifier: Apache-2.0

package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// List collects diagnostics. The zero List is empty and ready. It is an error, so that
// it can travel as one; return Err() rather than the List itself.
type List []Diagnostic

// Fault adds a fault. Hint may be empty; the message is made as by fmt.Sprintf.
func (l *List) Fault(code string, at Place, hint string, format string, args ...any) {
	l.Add(Diagnostic{Fault, code, at, fmt.Sprintf(format, args...), hint})
}

// Warn adds a warning, as Fault adds a fault.
func (l *List) Warn(code string, at Place, hint string, format string, args ...any) {
	l.Add(Diagnostic{Warning, code, at, fmt.Sprintf(format, args...), hint})
}

// Add adds diagnostics as they are.
func (l *List) Add(d ...Diagnostic) { *l = append(*l, d...) }

// Faults returns the number of faults.
func (l List) Faults() int {
	n := 0
	for _, d := range l {
		if d.Severity == Fault {
			n++
		}
	}
	return n
}

// HasFaults reports whether there is a fault.
func (l List) HasFaults() bool { return l.Faults() > 0 }

// Sort puts the list in order of file, line, column and code; equals keep their order.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Diagnostic) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), strings.Compare(a.Code, b.Code))
	})
}

// Err returns the list as an error if it has a fault, and nil if it has none.
func (l List) Err() error {
	if !l.HasFaults() {
		return nil
	}
	return l
}

// Error returns the first fault, or the first diagnostic if there is no fault, and how
// many more there are.
func (l List) Error() string {
	if len(l) == 0 {
		return "no diagnostics"
	}
	first := max(0, slices.IndexFunc(l, func(d Diagnostic) bool { return d.Severity == Fault }))
	text := l[first].String()
	if len(l) > 1 {
		text += fmt.Sprintf(" (and %d more)", len(l)-1)
	}
	return text
}
