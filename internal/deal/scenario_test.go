// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"reflect"
	"testing"
)

// A scenario changes the world and the policy after all else, and says where its values
// come from and what stood there before.
func TestScenarios(t *testing.T) {
	v := View{Alternatives: []string{"more"}, Scenarios: []string{"lab-believes", "cloud-believes"}}
	d := viewed(t, "restated.yaml", v)
	for path, want := range map[string]string{
		"world.cost.sunk":             "0.6; assumption; ; what the cloud expects; scenario cloud-believes",
		"world.need.firm.table[4]":    "4B; assumption; ; what the cloud expects; scenario cloud-believes",
		"policy.take.share":           "90%; press; paper; what the lab expects; scenario lab-believes",
		"world.market_price.per_year": "-10%; assumption; ; prices of the market fall faster than the list; scenario lab-believes",
		"clauses.spend.total":         "22B; press; paper; ; alternative more",
	} {
		in, ok := d.Input(path)
		got := in.Text + "; " + in.Status + "; " + in.Source + "; " + in.Reason + "; " + in.By
		if !ok || got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	if len(d.Supposed()) != 2 || !reflect.DeepEqual(d.View(), v) {
		t.Fatalf("applied: %v", d.Supposed())
	}
	if got := d.Supposed()[1].Set[1].Was; got != "0.5" {
		t.Errorf("the sunk cost was %q", got)
	}
	if got := d.Supposed()[1].Set[0].Was; got != "[6B, 9B, 14B, 20B, 28B]" { // as the scenario before had it
		t.Errorf("need was %q", got)
	}
	other, list := viewed(t, "restated.yaml", View{}).As(v)
	if other == nil || terms(other) != terms(d) || !reflect.DeepEqual(other.Inputs(), d.Inputs()) {
		t.Errorf("another way round: %v", list)
	}
	if got := ScenariosOf(files(t, "valid")["restated.yaml"]); len(got) != 2 || got[0].Name != "lab-believes" || ScenariosOf([]byte("[")) != nil {
		t.Errorf("the file's scenarios: %v", got)
	}
}

// What a view asks for and the file has not is a fault at the flag.
func TestScenarioUnknown(t *testing.T) {
	_, list := ParseAs("deal.yaml", files(t, "valid")["restated.yaml"], View{Scenarios: []string{"lab-belives"}}, nil)
	want := "--scenario lab-belives: fault SCENARIO-UNKNOWN: the file has no scenario lab-belives"
	if len(list) != 1 || list[0].String() != want || list[0].Hint != "did you mean lab-believes?" {
		t.Errorf("%v", list)
	}
}

// A fault of a view's scenarios together says in which form it is.
func TestScenariosTogether(t *testing.T) {
	text := `offtake: 1
title: T
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 2y
parties: {lab: {role: buyer}, cloud: {role: supplier}}
clauses: [{price: {id: list, from: cloud, to: lab}}]
world: {discount: 4%, need: {firm: 1B}, cost: {sunk: 0.5}, lab_value: {start: 50B}}
alternatives: {long: {set: {term: 3y}}}
scenarios: {low: {set: {world.need.firm: {table: [1B, 2B]}}}}
`
	if d, list := Parse("deal.yaml", []byte(text)); d == nil {
		t.Fatal(list)
	}
	_, list := ParseAs("deal.yaml", []byte(text), View{Alternatives: []string{"long"}, Scenarios: []string{"low"}}, nil)
	if len(list) != 1 || list[0].Code != "TABLE-LENGTH" || list[0].Line != 11 || list[0].Message != "in the alternative long, in the scenario low: the table has 2" {
		t.Errorf("%v", list)
	}
}
