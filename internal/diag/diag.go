// SPDX-License-Identifier: Apache-2.0

package diag

import (
	"fmt"
	"strconv"
	"strings"
)

// Severity says whether a diagnostic stops the work.
type Severity int

const (
	Fault   Severity = iota // the file cannot be used
	Warning                 // it can, and is perhaps not what was meant
)

// String returns "fault" or "warning".
func (s Severity) String() string {
	return [...]string{Fault: "fault", Warning: "warning"}[s]
}

// Place is where in a file a diagnostic points.
type Place struct {
	File   string // name as the user gave it; empty if there is no file
	Line   int    // from 1; 0 if unknown
	Column int    // from 1, in runes; 0 if unknown
	Width  int    // runes to underline; 0 is one
	Path   string // the value meant, such as clauses.series-g.amount; may be empty
}

// String returns file:line:column, without the parts that are unknown; where no line
// is known the path stands instead, unless the file's name ends in it.
func (p Place) String() string {
	text := p.File
	switch {
	case p.Line > 0:
		text = join(text, ":", strconv.Itoa(p.Line))
		if p.Column > 0 {
			text += ":" + strconv.Itoa(p.Column)
		}
	case p.Path != "" && !strings.HasSuffix(text, p.Path):
		text = join(text, ": ", p.Path)
	}
	return text
}

// join puts sep between two texts unless the first is empty.
func join(first, sep, second string) string {
	if first == "" {
		return second
	}
	return first + sep + second
}

// Diagnostic is one thing that is wrong.
type Diagnostic struct {
	Severity
	Code string // names the kind for programs and documentation, such as AMOUNT-NEGATIVE
	Place
	Message string // what is wrong, in one sentence without capital or full stop
	Hint    string // what to do about it; may be empty
}

// String returns the diagnostic on one line, without its hint.
func (d Diagnostic) String() string {
	return join(d.Place.String(), ": ", fmt.Sprintf("%v %s: %s", d.Severity, d.Code, d.Message))
}
