// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/deal"
	"offtake/internal/diag"
)

// A Source is a deal file: its name, for messages, and its bytes.
type Source struct {
	Name string
	Text []byte
}

// Edits are changes to a deal for one run.
type Edits struct {
	AsOf         string   // a date: the deal as restated up to that day; "" for all amendments
	Alternatives []string // names, applied in this order
	Scenarios    []string // names, applied in this order after the alternatives
	Set          []string // PATH=VALUE
	Without      []string // ids of clauses to switch off
}

// A Misuse is a call that makes no sense, as opposed to a fault in a file.
type Misuse struct{ Says string }

// Error says what is wrong with the call.
func (m Misuse) Error() string { return m.Says }

// misuseCodes are what is wrong with a call and not with a deal, where a flag is
// the place of it.
var misuseCodes = []string{"PATH-UNKNOWN", "ALTERNATIVE-UNKNOWN", "SCENARIO-UNKNOWN", "AS-OF-BEFORE"}

// Load reads a deal in the form asked for, with values set for this run and
// clauses switched off. Everything that is wrong comes back at once: faults as
// diagnostics, with the file's text that they are of; what makes no sense in the
// call as a Misuse. The deal is nil if there is either.
func Load(src Source, e Edits) (*deal.Deal, Source, diag.List, error) {
	view, edits, misuse := e.parse()
	d, all := deal.ParseAs(src.Name, src.Text, view, edits)
	var list diag.List
	for _, x := range all {
		if slices.Contains(misuseCodes, x.Code) && strings.HasPrefix(x.File, "--") {
			misuse = append(misuse, fmt.Sprintf("%s: %s (%s)", x.File, x.Message, x.Hint))
		} else {
			list = append(list, x)
		}
	}
	if d != nil {
		for _, id := range e.Without {
			without, err := d.Without(id)
			if err != nil {
				misuse = append(misuse, fmt.Sprintf("--without %s: %v", id, err))
				continue
			}
			d = without
		}
	}
	if len(misuse) > 0 {
		return nil, src, list, Misuse{strings.Join(misuse, "\n")}
	}
	return d, src, list, nil
}

// parse reads the flags, and says which of them cannot be read.
func (e Edits) parse() (v deal.View, edits []deal.Edit, misuse []string) {
	if v.Alternatives = e.Alternatives; slices.Contains(v.Alternatives, EveryOne) {
		v.Alternatives = nil
		misuse = append(misuse, "--alternative all: run sets all alternatives side by side; name one here")
	}
	if v.Scenarios = e.Scenarios; slices.Contains(v.Scenarios, EveryOne) {
		v.Scenarios = nil
		misuse = append(misuse, "--scenario all: run sets all scenarios side by side; name one here")
	}
	if e.AsOf != "" {
		day, err := calendar.ParseDate(e.AsOf)
		if err != nil {
			misuse = append(misuse, fmt.Sprintf("--as-of %s: write a date, such as 2026-05-01", e.AsOf))
		}
		v.AsOf = day
	}
	for _, s := range e.Set {
		path, value, ok := strings.Cut(s, "=")
		if !ok || path == "" {
			misuse = append(misuse, fmt.Sprintf("--set %s: write PATH=VALUE, such as clauses.list.discount=12%%", s))
			continue
		}
		edits = append(edits, deal.Edit{Path: path, Text: value})
	}
	return v, edits, misuse
}
