// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"fmt"
	"strings"
	"testing"

	"offtake/internal/deal"
)

// What commitments come to together, in billions: of those that count the same
// spend at the same time the largest, those that follow one another in sum,
// those stacked on one in addition to it, and none within another.
func TestCommitted(t *testing.T) {
	for _, c := range []struct {
		name, clauses string
		want          float64
	}{
		{"one", "commitment: {id: a, total: 5B}", 5},
		{"side by side", "commitment: {id: a, total: 5B} commitment: {id: b, total: 7B}", 7},
		{"one after the other", "commitment: {id: a, total: 5B, ends: {after: 2y}} commitment: {id: b, total: 7B, starts: {after: 2y}}", 12},
		{"with one beside both", "commitment: {id: a, total: 5B, ends: {after: 2y}} commitment: {id: b, total: 7B, starts: {after: 2y}} commitment: {id: c, total: 11B}", 12},
		{"with a larger one beside both", "commitment: {id: a, total: 5B, ends: {after: 2y}} commitment: {id: b, total: 7B, starts: {after: 2y}} commitment: {id: c, total: 13B}", 13},
		{"stacked, with other terms", "commitment: {id: a, total: 5B, ends: {after: 2y}} commitment: {id: b, total: 7B, starts: {after: 1y}, after: a}", 12},
		{"within", "commitment: {id: a, total: 5B} commitment: {id: b, total: 7B, within: a}", 5},
		{"milestones", "commitment: {id: a, total: 5B, milestones: [{by: 2028-12-31, amount: 5B}]} commitment: {id: b, total: 7B, starts: {after: 2y}}", 12},
	} {
		d, list := deal.Parse("deal.yaml", []byte(fmt.Sprintf(`offtake: 1
title: Commitments
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 4y
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
%s
world:
  discount: 5%%
  need: {firm: 3B}
  cost: {sunk: 0.5}
  lab_value: {start: 100B}
`, listed(c.clauses))))
		if d == nil {
			t.Fatalf("%s: %v", c.name, list)
		}
		if got := NewJob(d, nil).Setting(false).CommitmentCents / 1e11; got != c.want {
			t.Errorf("%s: %v billion, want %v", c.name, got, c.want)
		}
	}
}

// listed writes clauses as elements of a list, each between the two sides.
func listed(clauses string) string {
	return strings.ReplaceAll(clauses, "commitment: {", "\n  - commitment: {from: lab, to: cloud, ")
}
