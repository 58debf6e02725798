// SPDX-License-Identifier: Apache-2.0

package schema

import (
	"encoding/json"
	"regexp"

	"offtake/internal/deal/tree"
)

// The scalars without quotes that are no text in YAML 1.2 (2021, section 10.3.2, core
// schema), but for numbers that JSON has no spelling for.
var (
	yamlBool = regexp.MustCompile(`^(?:true|True|TRUE|false|False|FALSE)$`)
	yamlInt  = regexp.MustCompile(`^[-+]?[0-9]+$`)
	yamlReal = regexp.MustCompile(`^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$`)
)

// Value is a node as an editor's YAML parser hands it to the schema: mappings, lists,
// texts, numbers, booleans and null. Numbers keep their spelling.
func Value(n *tree.Node) any {
	switch n.Kind {
	case tree.Map:
		out := map[string]any{}
		for _, e := range n.Entries {
			out[e.Key.Text] = Value(e.Value)
		}
		return out
	case tree.List:
		out := make([]any, len(n.Items))
		for i, item := range n.Items {
			out[i] = Value(item)
		}
		return out
	}
	switch {
	case n.Missing():
		return nil
	case n.Style != tree.Plain:
		return n.Text
	case yamlBool.MatchString(n.Text):
		return n.Text[0] == 't' || n.Text[0] == 'T'
	case json.Valid([]byte(n.Text)) && (yamlInt.MatchString(n.Text) || yamlReal.MatchString(n.Text)):
		return json.Number(n.Text)
	}
	return n.Text
}
