// SPDX-License-Identifier: Apache-2.0

package app

import (
	"strings"

	"offtake/internal/deal/read"
	"offtake/internal/field"
)

// A fieldRow is one field of a clause in the guide.
type fieldRow struct{ name, written, unit, limits, standard, doc string }

// flatten is a table of fields with those that they open below them: a.b for a
// mapping's, a[].b for those of a list's elements.
func flatten(prefix string, table []field.Field) []fieldRow {
	var out []fieldRow
	for _, f := range table {
		row := fieldRow{name: prefix + f.Name, written: writing(f), unit: f.Unit, limits: read.Limits(f), standard: f.Default, doc: f.Doc}
		if f.Bare != nil && row.limits == "" {
			row.limits = read.Limits(*f.Bare)
		}
		if f.Required {
			row.standard = "required"
		}
		out = append(out, row)
		if f.Fields == nil {
			continue
		}
		inner := row.name + "."
		if f.Kind == field.List {
			inner = row.name + "[]."
		}
		out = append(out, flatten(inner, f.Fields())...)
	}
	return out
}

// writing says how a field is written.
func writing(f field.Field) string {
	var forms []string
	add := func(s string) {
		if s != "" {
			forms = append(forms, s)
		}
	}
	switch f.Kind {
	case field.Choice:
		add(strings.Join(f.Choices, ", "))
	case field.Variant:
		add("one of the fields below")
	case field.List:
		add("list of mappings")
	case field.Series:
		add("list of " + f.Item.String() + "s")
	default:
		add(f.Kind.String())
	}
	if f.One {
		add("one mapping alone")
	}
	if f.Bare != nil {
		add(writing(*f.Bare))
	}
	if f.Kind != field.Choice {
		add(strings.Join(f.Choices, ", "))
	}
	if f.None {
		add("none")
	}
	return strings.Join(forms, ", or ")
}
