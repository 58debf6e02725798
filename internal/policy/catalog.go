// SPDX-License-Identifier: Apache-2.0

package policy

import "offtake/internal/field"

// Catalog lists the ways of routing need.
var Catalog = []struct {
	Name string
	Doc  string
	New  func() Taker
}{
	{"share", "a fixed share of need runs here", func() Taker { return &Share{Of: 1} }},
	{"minimum_first", "minimums are filled first, jointly with those elsewhere; of the rest a fixed share runs here", func() Taker { return &MinimumFirst{Of: 1} }},
	{"cheapest", "minimums are filled first, jointly with those elsewhere; the rest runs wherever a unit is cheaper at the moment", func() Taker { return &Cheapest{} }},
}

func takers(into *Taker) []field.Field {
	var out []field.Field
	for _, k := range Catalog {
		t := k.New()
		f := t.Fields()[0]
		f.Doc, f.Chosen = k.Doc, func() { *into = t }
		out = append(out, f)
	}
	return out
}
