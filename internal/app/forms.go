// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/deal"
	"offtake/internal/report"
)

// formWords say in which form the deal is shown: ", as amended on 2027-01-01".
func formWords(d *deal.Deal) string {
	var words []string
	var days []string
	for _, a := range d.Amended() {
		if day := a.Date.String(); !slices.Contains(days, day) {
			days = append(days, day)
		}
	}
	if len(days) > 0 {
		words = append(words, "as amended on "+enumerate(days))
	}
	if day := d.View().AsOf; !day.IsZero() {
		words = append(words, "as of "+day.String())
	}
	if names := d.View().Alternatives; len(names) > 0 {
		words = append(words, "in the alternative "+enumerate(names))
	}
	if names := d.View().Scenarios; len(names) > 0 {
		words = append(words, "in the scenario "+enumerate(names))
	}
	if len(words) == 0 {
		return ""
	}
	return ", " + strings.Join(words, ", ")
}

// changes tells of what restates the deal, and of what does not because it came later.
func changes(d *deal.Deal) []report.Block {
	var out []report.Block
	say := func(kind report.NoticeKind, format string, args ...any) {
		out = append(out, report.Notice{Kind: kind, Text: fmt.Sprintf(format, args...)})
	}
	applied := d.Amended()
	for i, a := range applied {
		at, _ := d.Place(fmt.Sprintf("amendments[%d]", i))
		say(report.Note, "Amended on %s (line %d): %s.%s", a.Date, at.Line, whatChanges(a.Change, true), sourced(d, a.Change))
	}
	if later := d.Amendments[len(applied):]; len(later) > 0 {
		say(report.Warning, "%s of the file, the first of %s, came later and %s not applied.",
			sentenceCase(counted(len(later), "amendment")), later[0].Date, map[bool]string{true: "is", false: "are"}[len(later) == 1])
	}
	for _, a := range d.Chosen() {
		say(report.Note, "In the alternative %s: %s.%s", a.Name, whatChanges(a.Change, true), sourced(d, a.Change))
	}
	for _, s := range d.Supposed() {
		say(report.Note, "In the scenario %s: %s.%s", s.Name, whatChanges(s.Change, true), sourced(d, s.Change))
	}
	return out
}

// sourced is the sentences on why a change is made: what it says of itself, and its
// source.
func sourced(d *deal.Deal, c deal.Change) string {
	s := ""
	if c.Says != "" {
		s = " " + strings.TrimSuffix(sentenceCase(c.Says), ".") + "."
	}
	if c.Source == "" {
		return s + " No source is given."
	}
	return s + " Source: " + sourceName(d, c.Source) + "."
}

// sourceName names a source by publisher and title.
func sourceName(d *deal.Deal, key string) string {
	for _, s := range d.Sources {
		if s.Key == key {
			return s.Publisher + ", " + s.Title
		}
	}
	return key
}

func sentenceCase(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// disagreement is what the deal may be besides, and what each source says of the
// values in dispute; false where there are no alternatives.
func disagreement(d *deal.Deal) (report.Section, bool) {
	if len(d.Alternatives) == 0 {
		return report.Section{}, false
	}
	s := report.Section{Title: "Where sources disagree", Note: "--alternative NAME runs the deal in an alternative; --alternative all sets them side by side."}
	t := report.Table{Columns: []report.Column{{Title: "Alternative"}, {Title: "What it changes", Align: report.AlignLeft}, {Title: "Source", Align: report.AlignLeft}}}
	for _, a := range d.Alternatives {
		t.Rows = append(t.Rows, changeRow(d, a.Name, a.Change))
	}
	s.Blocks = append(s.Blocks, t)
	if rows := disputed(d); len(rows) > 0 {
		s.Blocks = append(s.Blocks, report.Table{Rows: rows, Title: "The values in dispute, each with its source; * in this run", Columns: []report.Column{
			{Title: "Value"}, {Title: "In", Align: report.AlignLeft}, {Title: "Is", Align: report.AlignLeft}, {Title: "Status", Align: report.AlignLeft}, {Title: "Source", Align: report.AlignLeft}}, Stub: 2})
	}
	return s, true
}

// changeRow is a change by its name, with what it changes and its source.
func changeRow(d *deal.Deal, name string, c deal.Change) []report.Cell {
	what := whatChanges(c, false)
	if c.Says != "" {
		what = strings.TrimSuffix(sentenceCase(c.Says), ".") + ": " + what
	}
	return report.Row(name, what, cmpOr(c.Source != "", sourceName(d, c.Source), "none given"))
}

// beliefs are the worlds that the deal may be run in besides; false where the file has
// no scenarios.
func beliefs(d *deal.Deal) (report.Section, bool) {
	if len(d.Scenarios) == 0 {
		return report.Section{}, false
	}
	s := report.Section{Title: "What else may be believed", Note: "--scenario NAME runs the deal in a scenario, the same agreement in another world; --scenario all sets them side by side."}
	t := report.Table{Columns: []report.Column{{Title: "Scenario"}, {Title: "What it changes", Align: report.AlignLeft}, {Title: "Source", Align: report.AlignLeft}}}
	for _, x := range d.Scenarios {
		t.Rows = append(t.Rows, changeRow(d, x.Name+cmpOr(slices.Contains(d.View().Scenarios, x.Name), " *", ""), x.Change))
	}
	if len(d.View().Scenarios) > 0 {
		t.Note = "* in this run"
	}
	return withBlock(s, t), true
}

func cmpOr(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

// disputed are the values that alternatives set: first as the file has them, then in
// each alternative.
func disputed(d *deal.Deal) [][]report.Cell {
	plain := d
	if v := d.View(); len(v.Alternatives)+len(v.Scenarios) > 0 {
		if without, list := d.As(deal.View{AsOf: v.AsOf}); !list.HasFaults() {
			plain = without
		}
	}
	var rows [][]report.Cell
	var paths []string
	for _, a := range d.Alternatives {
		for _, v := range a.Set {
			if slices.Contains(paths, v.Path) {
				continue
			}
			paths = append(paths, v.Path)
			is := whoSays(plain, v.Path)
			rows = append(rows, disputedRow(d, v.Path, is, "the file", lastOf(d, v.Path) == ""))
			for _, other := range d.Alternatives {
				for _, x := range other.Set {
					if x.Path == v.Path {
						is := other.InputAt(x.Path)
						is.Text = x.Text
						rows = append(rows, disputedRow(d, "", is, other.Name, lastOf(d, v.Path) == other.Name))
					}
				}
			}
		}
	}
	return rows
}

// lastOf is the chosen alternative, or scenario, that sets a path last; "" if none does.
func lastOf(d *deal.Deal, path string) string {
	last := ""
	for _, a := range d.Chosen() {
		if slices.ContainsFunc(a.Set, func(v deal.Value) bool { return v.Path == path }) {
			last = a.Name
		}
	}
	for _, s := range d.Supposed() {
		if slices.ContainsFunc(s.Set, func(v deal.Value) bool { return v.Path == path }) {
			last = "the scenario " + s.Name
		}
	}
	return last
}

func whoSays(d *deal.Deal, path string) deal.Input {
	in, ok := d.Input(path)
	if !ok {
		in.Text = "not given"
	}
	return in
}

func disputedRow(d *deal.Deal, path string, in deal.Input, name string, used bool) []report.Cell {
	source := ""
	if in.Source != "" {
		source = sourceName(d, in.Source)
	}
	return report.Row(path, name+cmpOr(used, " *", ""), short(in.Text), in.Status, source)
}

// before tells of commitments that the buyer had before the deal.
func before(d *deal.Deal) []report.Block {
	var out []report.Block
	for _, x := range d.Prior {
		text := fmt.Sprintf("Before the deal %s had %s still to spend with %s (%s). ", d.Name(d.Buyer()), d.Setting().Amount(x.Amount), d.Name(x.To), x.ID)
		if x.To == d.Supplier() {
			text += "The deal's commitments take its place. Present values do not count it: they are against the market, as if it would not have bound."
		} else {
			text += "It stays, beside what must be spent elsewhere."
		}
		out = append(out, report.Notice{Kind: report.Note, Text: text})
	}
	return out
}
