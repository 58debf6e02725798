// SPDX-License-Identifier: Apache-2.0

package schema

import (
	"regexp"
	"slices"
	"strings"
)

// merge is one schema of all the forms of a field. Its forms are of different types, and
// every keyword but enum speaks of one type only, so that they can stand side by side;
// words become a pattern. With anyOf in its place an editor would not know which form
// was meant, and complain about the wrong one.
func merge(forms []Object) Object {
	if len(forms) == 1 {
		return forms[0]
	}
	var types, patterns, asked, words []string
	out, free := Object{}, false
	for _, form := range forms {
		spelled := false
		for _, m := range form {
			switch m.Name {
			case "type":
				types = union(types, m.Value)
			case "pattern":
				spelled = true
				patterns = append(patterns, m.Value.(string))
			case "enum":
				spelled = true
				types, words = union(types, "string"), append(words, m.Value.([]string)...)
			case "patternErrorMessage":
				asked = append(asked, strings.TrimSuffix(strings.TrimPrefix(m.Value.(string), "Write "), "."))
			case "format":
			default:
				out = out.with(m.Name, m.Value)
			}
		}
		free = free || !spelled && slices.Contains(union(nil, form.value("type")), "string")
	}
	out = append(Object{{"type", types}}, out...)
	for _, t := range types {
		switch t {
		case "object":
			asked = append([]string{"its fields"}, asked...)
		case "array":
			asked = append([]string{"a list"}, asked...)
		}
	}
	if len(words) > 0 {
		patterns, asked = append(patterns, anyOf(words)), append(asked, words...)
		out = out.with("examples", words)
	}
	if free || len(patterns) == 0 {
		return out
	}
	return out.with("pattern", strings.Join(patterns, "|")).with("patternErrorMessage", "Write "+either(asked)+".")
}

// either joins choices as a sentence does.
func either(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// anyOf matches each of some words.
func anyOf(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = regexp.QuoteMeta(w)
	}
	return "^(?:" + strings.Join(quoted, "|") + ")$"
}

// union adds one type or several to a list.
func union(types []string, value any) []string {
	more, several := value.([]string)
	if one, single := value.(string); single {
		more, several = []string{one}, true
	}
	if !several {
		return types
	}
	for _, t := range more {
		if !slices.Contains(types, t) {
			types = append(types, t)
		}
	}
	return types
}
