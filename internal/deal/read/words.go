// SPDX-License-Identifier: Apache-2.0

package read

import (
	"errors"
	"strconv"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// shownMost is the longest part of a text that a message repeats, in bytes.
const shownMost = 40

// Shown is a text from the file as a message repeats it: bare if it is one short word
// of plain characters.
func Shown(s string) string {
	if s != "" && len(s) <= shownMost && strings.Trim(s, plainChars) == "" && strings.Trim(s, ".:") == s {
		return s
	}
	if len(s) > shownMost {
		s = strings.ToValidUTF8(s[:shownMost], "") + "..."
	}
	return strconv.Quote(s)
}

const plainChars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.%/[]:"

// title is how messages call a value.
func title(s *Site) string {
	if s.Path == "" {
		return "the file"
	}
	return s.Path
}

// meaning is what a field is for, for hints.
func meaning(f field.Field) string {
	doc := f.Doc
	if doc == "" {
		doc = "a " + f.Kind.String()
	}
	if f.Unit != "" {
		doc += " (" + f.Unit + ")"
	}
	return doc
}

// Explain is the problem and the hint of an error of package unit or calendar.
func Explain(err error) (problem, hint string) {
	var quantity *unit.Error
	var time *calendar.Error
	switch {
	case errors.As(err, &quantity):
		return quantity.Problem, quantity.Hint
	case errors.As(err, &time):
		return time.Problem, time.Hint
	}
	return err.Error(), ""
}

// Limits says within which limits a field's numbers must be; "" where there are none.
func Limits(f field.Field) string {
	say := func(l field.Limit, closed, open string) string {
		switch {
		case !l.Set():
			return ""
		case l.Open:
			return open + " " + limitText(f, l.Value)
		}
		return closed + " " + limitText(f, l.Value)
	}
	low, high := say(f.Min, "at least", "more than"), say(f.Max, "at most", "less than")
	if low != "" && high != "" {
		return low + ", " + high
	}
	return low + high
}

// limitText writes a limit of a field as a file would.
func limitText(f field.Field, x float64) string {
	switch {
	case f.Kind == field.Money || f.Kind == field.Series && f.Item == field.Money:
		return unit.WriteMoney(x)
	case f.Kind == field.Rate || f.Kind == field.Series && f.Item == field.Rate:
		return unit.WriteRate(x)
	}
	return unit.WriteNumber(x)
}

// Wanted says what a field takes, in words for hints and docs.
func Wanted(f field.Field) string {
	switch f.Kind {
	case field.Choice:
		return enumerate(f.Choices, "or")
	case field.Words:
		if len(f.Choices) == 0 {
			return "a list in brackets: [this, that]"
		}
		return enumerate(f.Choices, "or") + ", or several of them in brackets"
	case field.Group:
		return "fields in braces, or on lines indented below it"
	case field.Variant:
		return "one of several fields, in braces or on a line indented below it"
	case field.Places:
		return "names with their values, in braces or on lines indented below it"
	case field.List:
		return "a list: each element in braces, all of them in brackets, or on lines that begin with -"
	case field.Series, field.Counts:
		return "a list in brackets: [1, 2, 3]"
	case field.Flag:
		return "true or false"
	case field.Text:
		return "text"
	case field.Party:
		return "the key of a party"
	case field.Ref:
		return "the id of a clause"
	case field.Money:
		return "an amount, such as 5B"
	case field.Rate:
		return "a rate, such as 25%"
	case field.Number:
		return "a number"
	case field.Count:
		return "a whole number"
	case field.Dates:
		return "a date, such as 2026-05-01, or a list of them in brackets"
	case field.Refs:
		return "the id of a clause, or a list of them in brackets"
	case field.Date:
		return "a date, such as 2026-05-01"
	case field.Span:
		return "a length of time, such as 10y or 18m"
	}
	return "a value"
}
