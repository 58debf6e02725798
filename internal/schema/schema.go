// SPDX-License-Identifier: Apache-2.0

package schema

import (
	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/deal"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// Dialect is the version of JSON Schema that is written.
const Dialect = "https://json-schema.org/draft/2020-12/schema"

// New is the schema of deal files.
func New() Object {
	defs := Object{}
	for _, k := range clause.Catalog {
		defs = defs.with(k.Name, mapping(k.New().Fields()).under(Object{{"description", sentence(k.Doc)}}))
	}
	head := Object{
		{"$schema", Dialect},
		{"title", "offtake deal"},
		{"description", "What a cloud and an AI lab agreed, and what is believed about the world around it."},
	}
	return mapping(deal.Fields()).under(head).with("$defs", defs)
}

// mapping is the schema of a mapping with the fields of a table, and no others.
func mapping(table []field.Field) Object {
	properties, required := Object{}, []string{}
	for _, f := range table {
		properties = properties.with(f.Name, of(f))
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
func of(f field.Field) Object {
	said := Object{{"description", describe(f)}}
	if value, ok := defaultOf(f); ok {
		said = said.with("default", value)
	}
	return merge(forms(f)).under(said)
}

// forms are the ways in which a field may be written, mappings and lists first.
func forms(f field.Field) []Object {
	out := values(f)
	if f.One {
		out = append([]Object{mapping(f.Fields())}, out...)
	}
	if f.Bare != nil {
		out = append(out, forms(*f.Bare)...)
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
func values(f field.Field) []Object {
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
		return []Object{spelled(Object{{"type", "string"}}, calendar.SpanPattern(), f)}
	case field.Dates:
		item := f
		item.Kind = field.Date
		day := values(item)[0]
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
		item := f
		item.Kind = f.Item
		return []Object{array(quantity(item))}
	case field.Counts:
		item := f
		item.Kind = field.Count
		return []Object{array(quantity(item))}
	case field.Group:
		return []Object{mapping(open(f))}
	case field.Variant:
		return []Object{oneOf(open(f))}
	case field.List:
		return []Object{array(element(f))}
	case field.Places:
		return []Object{{{"type", "object"}, {"additionalProperties", of(f.Key("name"))}}}
	case field.Raw:
		return []Object{{}}
	}
	return []Object{quantity(f)}
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
func oneOf(table []field.Field) Object { return one(mapping(table)) }

// one allows one member and no more. The upper bound stands apart: editors offer no
// names where the schema with the names has it and one is being typed.
func one(o Object) Object {
	return o.with("minProperties", 1).with("allOf", []Object{{{"maxProperties", 1}}})
}

// element is the schema of an element of a list of mappings; a list without a table
// is that of clauses.
func element(f field.Field) Object {
	if f.Fields != nil {
		return mapping(f.Fields())
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
func quantity(f field.Field) Object {
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
	out := spelled(Object{{"type", []string{number, "string"}}}, pattern, f)
	return limit(limit(out, "minimum", "exclusiveMinimum", f.Min, scale), "maximum", "exclusiveMaximum", f.Max, scale)
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
