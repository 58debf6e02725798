// SPDX-License-Identifier: Apache-2.0

package schema

import (
	"regexp"
	"slices"
	"strings"

	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// describe says what a field means, how it is written, within which limits, and what
// holds without it.
func describe(f field.Field) string {
	parts := []string{sentence(f.Doc), sentence(written(f))}
	if f.Default != "" {
		parts = append(parts, "Default: "+f.Default+".")
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}

// written says how a quantity is written; "" of what a file shows by itself.
func written(f field.Field) string {
	if f.Bare != nil {
		f = *f.Bare
	}
	out := ""
	switch f.Kind {
	case field.Money, field.Rate, field.Number, field.Count, field.Date, field.Span, field.Series, field.Counts, field.Party, field.Ref:
		out = read.Wanted(f)
	}
	if f.Unit != "" && out != "" {
		out += " (" + f.Unit + ")"
	}
	if limits := read.Limits(f); limits != "" && out != "" {
		out += ", " + limits
	}
	return out
}

// sentence begins a text with a capital and ends it with a full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// defaultOf is a field's default as JSON has it; not every default is a value: some
// are told in words.
func defaultOf(f field.Field) (any, bool) {
	if f.Default == "" || f.None && f.Default == "none" {
		return nil, false // none is what an editor should not put there
	}
	if strings.HasPrefix(f.Default, "{") {
		root, faults := tree.Parse("", []byte("x: "+f.Default+"\n"))
		if root == nil || faults.HasFaults() {
			return nil, false
		}
		return Value(root.Entries[0].Value), true
	}
	text := &tree.Node{Text: f.Default}
	if takes(f, f.Default) || f.Bare != nil && takes(*f.Bare, f.Default) {
		return Value(text), true
	}
	return nil, false
}

// takes tells whether a single value is one that a field reads.
func takes(f field.Field, text string) bool {
	matches := func(pattern string) bool { return regexp.MustCompile(pattern).MatchString(text) }
	switch {
	case slices.Contains(f.Choices, text):
		return true
	case f.Kind == field.Flag:
		return text == "true" || text == "false"
	case f.Kind == field.Money:
		return matches(unit.MoneyPattern(true, true))
	case f.Kind == field.Rate:
		return matches(unit.RatePattern(true))
	case f.Kind == field.Number, f.Kind == field.Count:
		return matches(unit.NumberPattern(true, true))
	}
	return false
}
