// SPDX-License-Identifier: Apache-2.0

package schema

import (
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A checker holds values to a schema, as far as the keywords go that this package
// writes (JSON Schema: A Media Type for Describing JSON Documents, and its validation
// vocabulary, draft 2020-12). It panics on a keyword that it does not know, so that no
// new one is passed over.
type checker struct{ root map[string]any }

// annotations say something to people and nothing of values.
var annotations = []string{"$schema", "$defs", "title", "description", "default", "format", "examples", "patternErrorMessage"}

// newChecker is the checker of a schema as its text has it.
func newChecker(schema any) *checker {
	text, err := json.Marshal(schema)
	if err != nil {
		panic(err)
	}
	c := &checker{}
	if err := json.Unmarshal(text, &c.root); err != nil {
		panic(err)
	}
	return c
}

// faults are what a value has wrong, each with its path.
func (c *checker) faults(value any) []string { return c.check(c.root, value, "") }

func (c *checker) check(schema map[string]any, value any, at string) (out []string) {
	for keyword, want := range schema {
		if slices.Contains(annotations, keyword) {
			continue
		}
		for _, fault := range c.keyword(schema, keyword, want, value, at) {
			out = append(out, fault)
		}
	}
	slices.Sort(out)
	return out
}

func (c *checker) keyword(schema map[string]any, keyword string, want, value any, at string) []string {
	fault := func(bad bool) []string {
		if bad {
			return []string{fmt.Sprintf("%s: %v breaks %s %v", at, value, keyword, want)}
		}
		return nil
	}
	text, isText := value.(string)
	number, isNumber := value.(json.Number)
	list, isList := value.([]any)
	mapping, isMap := value.(map[string]any)
	switch keyword {
	case "$ref":
		return c.check(c.root["$defs"].(map[string]any)[strings.TrimPrefix(want.(string), "#/$defs/")].(map[string]any), value, at)
	case "type":
		names, ok := want.([]any)
		if !ok {
			names = []any{want}
		}
		return fault(!slices.ContainsFunc(names, func(name any) bool { return isOf(name.(string), value) }))
	case "enum":
		return fault(!slices.ContainsFunc(want.([]any), func(x any) bool { return reflect.DeepEqual(x, value) }))
	case "allOf":
		for _, inner := range want.([]any) {
			if faults := c.check(inner.(map[string]any), value, at); len(faults) > 0 {
				return faults
			}
		}
		return nil
	case "minProperties":
		return fault(isMap && len(mapping) < int(want.(float64)))
	case "maxProperties":
		return fault(isMap && len(mapping) > int(want.(float64)))
	case "pattern":
		return fault(isText && !regexp.MustCompile(want.(string)).MatchString(text))
	case "minLength":
		return fault(isText && utf8.RuneCountInString(text) < int(want.(float64)))
	case "minItems":
		return fault(isList && len(list) < int(want.(float64)))
	case "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum":
		return fault(isNumber && outside(keyword, number, want.(float64)))
	case "required":
		return fault(isMap && slices.ContainsFunc(want.([]any), func(name any) bool { _, has := mapping[name.(string)]; return !has }))
	case "properties", "additionalProperties":
		return c.members(schema, keyword, want, mapping, at)
	case "items":
		return c.items(want.(map[string]any), list, at)
	}
	panic("the checker does not know " + keyword)
}

func isOf(name string, value any) bool {
	switch x := value.(type) {
	case nil:
		return name == "null"
	case string:
		return name == "string"
	case bool:
		return name == "boolean"
	case json.Number:
		r, ok := new(big.Rat).SetString(x.String())
		return name == "number" || name == "integer" && ok && r.IsInt()
	case []any:
		return name == "array"
	}
	return name == "object"
}

func outside(keyword string, number json.Number, limit float64) bool {
	x, ok := new(big.Rat).SetString(number.String())
	if !ok {
		return true
	}
	order := x.Cmp(new(big.Rat).SetFloat64(limit))
	return map[string]bool{"minimum": order < 0, "exclusiveMinimum": order <= 0, "maximum": order > 0, "exclusiveMaximum": order >= 0}[keyword]
}

func (c *checker) members(schema map[string]any, keyword string, want any, mapping map[string]any, at string) (out []string) {
	known, _ := schema["properties"].(map[string]any)
	for name, value := range mapping {
		own, listed := known[name].(map[string]any)
		switch other, isSchema := want.(map[string]any); {
		case keyword == "properties" && listed:
			out = append(out, c.check(own, value, at+"."+name)...)
		case keyword == "properties" || listed:
		case isSchema:
			out = append(out, c.check(other, value, at+"."+name)...)
		case want == false:
			out = append(out, at+"."+name+": is not known here")
		}
	}
	return out
}

func (c *checker) items(schema map[string]any, list []any, at string) (out []string) {
	for i, value := range list {
		out = append(out, c.check(schema, value, fmt.Sprintf("%s[%d]", at, i))...)
	}
	return out
}
