// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"fmt"
	"strings"
	"testing"
)

// head is the least file, without clauses and world.
const head = `offtake: 1
title: Hostile
currency: USD
signed: 2026-01-01
starts: 2026-01-01
term: 10y
parties: {lab: {role: buyer}, cloud: {role: supplier}}
`

const tail = "world: {discount: 5%, need: {firm: 1M}, cost: {sunk: 0.5}, lab_value: {start: 1B}}\n"

// many repeats a text, with %d its number, with commas between.
func many(n int, format string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = strings.ReplaceAll(format, "%d", fmt.Sprint(i))
	}
	return strings.Join(parts, ", ")
}

// TestParseHostile gives files that are YAML and made to cost time. None may take time
// in the square of its length, and no more diagnostics are kept than can be read.
func TestParseHostile(t *testing.T) {
	for name, source := range map[string]string{
		"clauses":        head + tail + "clauses: [" + many(9_000, "{commitment: {id: c%d, from: lab, to: cloud, total: 1B, within: c1%d}}") + "]\n",
		"chain":          head + tail + "clauses: [" + chain(200) + "]\n",
		"unknown fields": head + tail + "clauses: [{price: {" + many(30_000, "discoun%d: 1") + "}}]\n",
		"facts":          head + tail + "clauses: [{price: {id: list, from: cloud, to: lab}}]\nfacts: {" + many(9_000, "clauses.lost%d.discount: {status: press, source: s%d}") + "}\n",
		"sources":        head + tail + "clauses: [{price: {id: list, from: cloud, to: lab}}]\nsources: {" + many(9_000, "s%d: {publisher: P, title: T}") + "}\nassumptions: {" + many(9_000, "sources.s%d: x") + "}\n",
		"hurdles":        head + strings.ReplaceAll(tail, "world: {", "world: {hurdle: {"+many(20_000, "p%d: 5%")+"}, ") + "clauses: [{price: {id: list, from: cloud, to: lab}}]\n",
		"parties":        strings.ReplaceAll(head, "parties: {", "parties: {"+many(9_000, "p%d: {role: other}")+", ") + tail + "clauses: [{price: {id: list, from: cloud, to: lab}}]\nexpect: [" + many(9_000, "{measure: npv, party: q%d, value: 1}") + "]\n",
		"tiers":          head + tail + "clauses: [{price: {id: list, from: cloud, to: lab, tiers: [" + many(20_000, "{from: %d, discount: 5%}") + "]}}]\n",
		"table":          head + tail + "clauses: [{commitment: {id: c, from: lab, to: cloud, total: 1B, schedule: {table: [" + many(90_000, "%d") + "]}}}]\n",
		"amendments":     head + tail + "clauses: [{price: {id: list, from: cloud, to: lab}}]\namendments: [" + many(5_000, "{date: 2027-01-01, set: {clauses.list.net: %d, clauses.list.nett: %d}}") + "]\n",
		"years":          strings.ReplaceAll(head, "10y", "200y") + tail + "clauses: [{commitment: {id: c, from: lab, to: cloud, total: 1B, schedule: {growth: {per_year: 10000%}}}}]\n",
	} {
		d, list := Parse(name, []byte(source))
		if (d == nil) != list.HasFaults() || len(list) > 201 {
			t.Errorf("%s: %d diagnostics", name, len(list))
		}
		if d != nil {
			d.Inputs()
		}
	}
}

// chain is so many commitments, each within the next and the last within the first.
func chain(n int) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = fmt.Sprintf("{commitment: {id: c%d, from: lab, to: cloud, total: 1B, within: c%d}}", i, (i+1)%n)
	}
	return strings.Join(parts, ", ")
}
