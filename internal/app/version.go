// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/deal"
)

// A Version is a deal in the form that was asked for.
type Version struct {
	Source Source
	Words  []string // of the form: days, alternatives and scenarios, as they were given
	Edits  Edits
	Deal   *deal.Deal
}

// SplitVersion takes FILE@WORD@WORD apart.
func SplitVersion(given string) (name string, words []string) {
	parts := strings.Split(given, "@")
	return parts[0], parts[1:]
}

// FormOf reads the words of a version: a day, up to which amendments apply, or the name of
// an alternative or scenario of the file.
func FormOf(src Source, words []string) (Edits, error) {
	var e Edits
	names := func(choices []Choice) []string {
		var out []string
		for _, c := range choices {
			if c.Text != EveryOne {
				out = append(out, c.Text)
			}
		}
		return out
	}
	alternatives, scenarios := names(Alternatives(src)), names(Scenarios(src))
	for _, w := range words {
		_, err := calendar.ParseDate(w)
		switch {
		case err == nil && e.AsOf != "":
			return e, Misuse{fmt.Sprintf("@%s: the deal is as of %s already", w, e.AsOf)}
		case err == nil:
			e.AsOf = w
		case slices.Contains(alternatives, w):
			e.Alternatives = append(e.Alternatives, w)
		case slices.Contains(scenarios, w):
			e.Scenarios = append(e.Scenarios, w)
		default:
			return e, Misuse{fmt.Sprintf("@%s: %s has no such alternative or scenario, and it is no date; it has %s", w, src.Name, named(append(alternatives, scenarios...)))}
		}
	}
	return e, nil
}

func named(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return enumerate(names)
}

// VersionsOfOne tells whether two deals are versions of one: they have the same parties,
// by name and role, and clauses of the same id and kind.
func VersionsOfOne(a, b *deal.Deal) bool {
	for _, role := range []func(*deal.Deal) string{(*deal.Deal).Supplier, (*deal.Deal).Buyer} {
		if a.Name(role(a)) != b.Name(role(b)) {
			return false
		}
	}
	if len(a.Parties) != len(b.Parties) {
		return false
	}
	for _, c := range a.Clauses {
		for _, x := range b.Clauses {
			if c.Head().ID == x.Head().ID && c.Kind() == x.Kind() && !a.Implied(c.Head().ID) {
				return true
			}
		}
	}
	return false
}
