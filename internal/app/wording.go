// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/clause"
	"offtake/internal/deal"
	"offtake/internal/report"
)

// shownMost is how much of a value is repeated in the sentence that tells of a change, and
// shownCell in a cell of a table, in characters.
const shownMost, shownCell = 60, 240

// parties names the parties and what each of them is in the deal.
func parties(d *deal.Deal) string {
	var parts []string
	for _, p := range d.Parties {
		role := p.Role
		if role == "other" {
			role = partOf(d, p.Key)
		}
		parts = append(parts, fmt.Sprintf("%s (%s)", d.Name(p.Key), role))
	}
	return "Between " + enumerate(parts) + "."
}

// giving is what a third party is by the kind of clause under which it gives.
var giving = map[string]string{"guarantee": "guarantor", "backstop": "buyer of what is left over", "loan": "lender", "facility": "lender", "note": "lender",
	"equity": "investor", "lease": "landlord"}

// partOf is what a party does that is neither side nor investor.
func partOf(d *deal.Deal, party string) string {
	var out []string
	for _, c := range d.Clauses {
		if is := giving[c.Kind()]; is != "" && c.Head().From == party && !slices.Contains(out, is) {
			out = append(out, is)
		}
	}
	if len(out) == 0 {
		return "third party"
	}
	return enumerate(out)
}

// unitSays says what a unit is, where the clauses speak of any.
func unitSays(d *deal.Deal, items []report.Clause) string {
	for _, item := range items {
		if strings.Contains(item.Text, "unit") {
			return fmt.Sprintf(" A unit is the compute that %s buys at the list price of %s on the day of signing.", money(d, 100), d.Name(d.Supplier()))
		}
	}
	return ""
}

// restatedBy says by what a clause has come to be as it is.
func restatedBy(by []string) string {
	const amendment = "amendment of "
	var days, rest []string
	for _, x := range by {
		if day, ok := strings.CutPrefix(x, amendment); ok {
			days = append(days, day)
		} else {
			rest = append(rest, x)
		}
	}
	switch len(days) {
	case 0:
	case 1:
		rest = append([]string{amendment + days[0]}, rest...)
	default:
		rest = append([]string{"amendments of " + enumerate(days)}, rest...)
	}
	return enumerate(rest)
}

// whatChanges is what a change does, in words; was where it is told what was before.
func whatChanges(c deal.Change, was bool) string {
	var parts []string
	if len(c.Remove) > 0 {
		parts = append(parts, enumerate(c.Remove)+isAre(c.Remove)+"removed")
	}
	for _, v := range c.Set {
		switch {
		case was && v.Was != "" && (long(v.Text) || long(v.Was)):
			parts = append(parts, v.Path+" is stated anew")
		case was && v.Was != "":
			parts = append(parts, fmt.Sprintf("%s is %s instead of %s", v.Path, v.Text, v.Was))
		case was && long(v.Text):
			parts = append(parts, v.Path+" is stated, which was not given")
		case was:
			parts = append(parts, fmt.Sprintf("%s is %s, which was not given", v.Path, v.Text))
		default:
			parts = append(parts, v.Path+" is "+short(v.Text))
		}
	}
	if len(c.Add) > 0 {
		parts = append(parts, enumerate(c.Add)+isAre(c.Add)+"added")
	}
	return strings.Join(parts, "; ")
}

func isAre(things []string) string {
	if len(things) == 1 {
		return " is "
	}
	return " are "
}

// long tells whether a value is too long to be repeated in a sentence.
func long(text string) bool { return len([]rune(text)) > shownMost }

// short is a value as a cell shows it: one that is too long ends after a whole entry,
// with what was open closed.
func short(text string) string {
	r := []rune(text)
	if len(r) <= shownCell {
		return text
	}
	var open []rune
	cut, closing := shownCell, ""
	for i, c := range r[:shownCell] {
		switch c {
		case '[', '{':
			open = append(open, map[rune]rune{'[': ']', '{': '}'}[c])
		case ']', '}':
			open = open[:max(0, len(open)-1)]
		case ',':
			if n := len(open); n > 0 {
				cut, closing = i+1, ""
				for ; n > 0; n-- {
					closing += string(open[n-1])
				}
			}
		}
	}
	return strings.TrimRight(string(r[:cut]), " ") + " ..." + closing
}

// items are the clauses of the term sheet, each in English.
func items(d *deal.Deal) []report.Clause {
	in := d.Setting()
	var out []report.Clause
	for _, c := range d.Clauses {
		out = append(out, item(d, in, c))
	}
	return out
}

func item(d *deal.Deal, in *clause.Setting, c clause.Clause) report.Clause {
	h := c.Head()
	out := report.Clause{ID: h.ID, Text: c.Explain(in)}
	if at, ok := d.Place("clauses." + h.ID); ok {
		out.Place, out.Line = fmt.Sprintf("line %d", at.Line), at.Line
	}
	switch {
	case d.Implied(h.ID):
		out.Mark = "implied: no clause states a price"
	case h.Binding != "firm":
		out.Mark = h.Binding
	}
	if by := d.RestatedBy("clauses." + h.ID); len(by) > 0 {
		out.Mark = strings.TrimPrefix(out.Mark+"; ", "; ") + restatedBy(by)
	}
	return out
}
