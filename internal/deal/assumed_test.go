// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"strings"
	"testing"
)

const assumedFile = `offtake: 1
title: A change that assumes
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 2y
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - commitment: {id: spend, from: lab, to: cloud, total: 9B, schedule: {table: [4B, 5B]}}
world:
  discount: 4%
  need: {firm: {table: [4B, 5B]}}
  cost: {sunk: 0.5}
  lab_value: {start: 50B}
sources:
  paper: {publisher: A paper, title: Ten}
alternatives:
  ten:
    set: {clauses.spend.total: 10B, clauses.spend.schedule: {table: [4B, 6B]}}
    source: paper
    status: estimate
    says: it is ten
    assumptions: {clauses.spend.schedule.table: the rest falls in the second year}
`

// What a change sets comes from its source, but for what it says that it assumes.
func TestAssumedInChange(t *testing.T) {
	d, list := ParseAs("ten.yaml", []byte(assumedFile), View{Alternatives: []string{"ten"}}, nil)
	if d == nil || len(list) > 0 {
		t.Fatal(list)
	}
	for path, want := range map[string]Input{
		"clauses.spend.total":             {Status: "estimate", Source: "paper", Reason: "it is ten"},
		"clauses.spend.schedule.table[1]": {Status: Assumed, Reason: "the rest falls in the second year"},
	} {
		in, ok := d.Input(path)
		if !ok || in.Status != want.Status || in.Source != want.Source || in.Reason != want.Reason || in.By != "alternative ten" {
			t.Errorf("%s: %+v, want %+v", path, in, want)
		}
		got := d.Alternatives[0].InputAt(path)
		if got.Status != want.Status || got.Source != want.Source {
			t.Errorf("%s in the alternative: %+v, want %+v", path, got, want)
		}
	}
}

// A change can assume nothing of what it does not set.
func TestAssumedElsewhere(t *testing.T) {
	text := strings.Replace(assumedFile, "{clauses.spend.schedule.table:", "{world.discount:", 1)
	_, list := Parse("ten.yaml", []byte(text))
	if len(list) != 1 || list[0].Code != codePath || list[0].Place.Line != 25 {
		t.Errorf("one fault of %s on line 25 is due, and there is %v", codePath, list)
	}
}
