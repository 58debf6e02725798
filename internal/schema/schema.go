// SPDX-License-Identifier: Apache-2.0

package schema

import (
	"maps"
	"slices"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/deal"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Dialect is the version of JSON Schema that is written.
const Dialect = "https://json-schema.org/draft/2020-12/schema"

// A maker makes a schema, with the tables that many fields open said once.
type maker struct {
	shared map[string]Object
	// loose leaves out units and limits: those of a table that many fields open
	// are not the same for all of them.
	loose bool
}

// New is the schema of deal files.
func New() Object {
	m := &maker{shared: map[string]Object{}}
	defs := Object{}
	for _, k := range clause.Catalog {
		defs = defs.with(k.Name, m.mapping(k.New().Fields()).under(Object{{"description", sentence(k.Doc)}}))
	}
	head := Object{
		{"$schema", Dialect},
		{"title", "offtake deal"},
		{"description", "What a cloud and an AI lab agreed, and what is believed about the world around it."},
	}
	body := m.mapping(deal.Fields()).under(head)
	for _, name := range slices.Sorted(maps.Keys(m.shared)) {
		defs = defs.with(name, m.shared[name])
	}
	return body.with("$defs", defs)
}

// share says a table once, and refers to it. What it says is of mappings alone, so
// that other forms of the field can stand beside it.
func (m *maker) share(f field.Field) Object {
	if _, done := m.shared[f.Shared]; !done {
		m.shared[f.Shared] = nil
		loose := m.loose
		m.loose = true
		out := m.oneOf(open(f))
		m.loose = loose
		out = slices.DeleteFunc(out, func(x Member) bool { return x.Name == "type" })
		m.shared[f.Shared] = out.under(Object{{"description", sentence("one " + strings.ReplaceAll(f.Shared, "-", " "))}})
	}
	return Object{{"type", "object"}, {"$ref", "#/$defs/" + f.Shared}}
}

// mapping is the schema of a mapping with the fields of a table, and no others.
func (m *maker) mapping(table []field.Field) Object {
	properties, required := Object{}, []string{}
	for _, f := range table {
		properties = properties.with(f.Name, m.of(f))
		if f.Required {
			required = append(required, f.Name)
		}
	}
	out := Object{{"type", "object"}, {"properties", properties}}
	if len(required) > 0 {
		out = out.with("required", required)
	}
	return out.with("additionalProperties", false)
}

// of is the schema of a field's value.
func (m *maker) of(f field.Field) Object {
	if m.loose {
		f.Unit = ""
		if f.Bare != nil {
			bare := *f.Bare
			bare.Unit, bare.Min, bare.Max = "", field.Limit{}, field.Limit{}
			f.Bare = &bare
		}
	}
	said := Object{{"description", describe(f)}}
	if value, ok := defaultOf(f); ok {
		said = said.with("default", value)
	}
	return merge(m.forms(f)).under(said)
}

// forms are the ways in which a field may be written, mappings and lists first.
func (m *maker) forms(f field.Field) []Object {
	out := m.values(f)
	if f.One {
		out = append([]Object{m.mapping(f.Fields())}, out...)
	}
	if f.Bare != nil {
		out = append(out, m.forms(*f.Bare)...)
	}
	if words := f.Choices; len(words) > 0 && f.Kind != field.Choice && f.Kind != field.Words {
		out = append(out, Object{{"enum", words}})
	}
	if f.None {
		out = append(out, Object{{"enum", []string{"none"}}})
	}
	return out
}

// values are the forms of a field by its kind.
func (m *maker) values(f field.Field) []Object {
	switch f.Kind {
	case field.Text:
		return []Object{{{"type", []string{"string", "number", "boolean"}}, {"minLength", 1}}}
	case field.Choice:
		return []Object{{{"enum", f.Choices}}}
	case field.Words:
		word := Object{{"enum", f.Choices}}
		if len(f.Choices) == 0 {
			word = Object{{"type", []string{"string", "number", "boolean"}}, {"minLength", 1}}
		}
		return []Object{array(word), word}
	case field.Party, field.Ref:
		return []Object{{{"type", "string"}, {"minLength", 1}}}
	case field.Date:
		return []Object{spelled(Object{{"type", "string"}, {"format", "date"}}, calendar.DatePattern, f)}
	case field.Span:
		pattern := calendar.SpanPattern()
		if _, takes := f.Into.(field.SpanIntervalSetter); takes {
			pattern = orInterval(pattern)
		}
		return []Object{spelled(Object{{"type", "string"}}, pattern, f)}
	case field.Dates:
		item := f
		item.Kind = field.Date
		day := m.values(item)[0]
		element := day
		if len(f.Choices) > 0 {
			element = merge([]Object{day, {{"enum", f.Choices}}})
		}
		return []Object{array(element), day}
	case field.Refs:
		id := Object{{"type", "string"}, {"minLength", 1}}
		return []Object{array(id), id}
	case field.Flag:
		return []Object{{{"type", "boolean"}}}
	case field.Series:
		if f.Each != nil {
			return []Object{array(m.of(f.Each()))}
		}
		item := f
		item.Kind = f.Item
		return []Object{array(m.quantity(item))}
	case field.Counts:
		item := f
		item.Kind = field.Count
		return []Object{array(m.quantity(item))}
	case field.Group:
		return []Object{m.mapping(open(f))}
	case field.Variant:
		if f.Shared != "" {
			return []Object{m.share(f)}
		}
		return []Object{m.oneOf(open(f))}
	case field.List:
		return []Object{array(m.element(f))}
	case field.Places:
		return []Object{{{"type", "object"}, {"additionalProperties", m.of(f.Key("name"))}}}
	case field.Raw:
		return []Object{{}}
	}
	return []Object{m.quantity(f)}
}

func open(f field.Field) []field.Field {
	if f.Fields == nil {
		return nil
	}
	return f.Fields()
}

// oneOf is a mapping with exactly one of the fields of a table. It is said by counting:
// of the keyword oneOf an editor can only tell that none of its cases, or more than one,
// is met, and not which name is wrong.
func (m *maker) oneOf(table []field.Field) Object { return one(m.mapping(table)) }

// one allows one member and no more. The upper bound stands apart: editors offer no
// names where the schema with the names has it and one is being typed.
func one(o Object) Object {
	return o.with("minProperties", 1).with("allOf", []Object{{{"maxProperties", 1}}})
}

// element is the schema of an element of a list of mappings; a list without a table
// is that of clauses.
func (m *maker) element(f field.Field) Object {
	if f.Fields != nil {
		return m.mapping(f.Fields())
	}
	properties := Object{}
	for _, k := range clause.Catalog {
		properties = properties.with(k.Name, Object{{"description", sentence(k.Doc)}, {"$ref", "#/$defs/" + k.Name}})
	}
	return one(Object{{"type", "object"}, {"properties", properties}, {"additionalProperties", false}})
}

func array(item Object) Object {
	return Object{{"type", "array"}, {"items", item}, {"minItems", 1}}
}

// quantity is the schema of an amount, a rate, a number or a whole number: a number of
// JSON within the field's limits, or text that is spelled as one.
func (m *maker) quantity(f field.Field) Object {
	if m.loose {
		f.Min, f.Max = field.Limit{}, field.Limit{}
	}
	signed := !f.Min.Set() || f.Min.Value < 0
	_, bound := f.Into.(*unit.Amount)
	number, pattern := "number", unit.NumberPattern(signed, bound)
	scale := 1.0
	switch f.Kind {
	case field.Money:
		pattern, scale = unit.MoneyPattern(signed, bound), unit.MinorPerMajor
	case field.Rate:
		pattern = unit.RatePattern(signed)
	case field.Count:
		number = "integer"
	}
	if _, takes := f.Into.(field.IntervalSetter); takes {
		pattern = orInterval(pattern)
	}
	out := spelled(Object{{"type", []string{number, "string"}}}, pattern, f)
	return limit(limit(out, "minimum", "exclusiveMinimum", f.Min, scale), "maximum", "exclusiveMaximum", f.Max, scale)
}

// orInterval matches two of what a pattern matches, with the word between them, too.
func orInterval(pattern string) string {
	one := strings.TrimSuffix(strings.TrimPrefix(pattern, "^"), "$")
	return "^(?:" + one + "|" + one + " +to +" + one + ")$"
}

// spelled adds how text must be spelled, and the words of an editor for text that is
// not: patternErrorMessage is a word of the VS Code family, which others pass over.
func spelled(o Object, pattern string, f field.Field) Object {
	return o.with("pattern", pattern).with("patternErrorMessage", "Write "+written(f)+".")
}

func limit(o Object, closed, open string, l field.Limit, scale float64) Object {
	switch {
	case !l.Set():
		return o
	case l.Open:
		return o.with(open, l.Value/scale)
	}
	return o.with(closed, l.Value/scale)
}
