// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"fmt"
	"strings"
	"testing"
)

// version reads a deal of four clauses, with pieces of its text replaced.
func version(t *testing.T, replace ...string) *Deal {
	t.Helper()
	text := strings.NewReplacer(replace...).Replace(`offtake: 1
title: Versions
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 2y
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - equity: {id: cheque, from: cloud, to: lab, amount: 1B, pre_money: 60B}
  - price: {id: list, from: cloud, to: lab, discount: 10%}
  - capacity: {id: racks, from: cloud, to: lab, generations: [{from: 2027-01-01, gw: 1, units_per_gw: 3B}]}
  - commitment: {id: spend, from: lab, to: cloud, total: 9B}
world:
  discount: 4%
  need: {firm: {table: [4B, 5B]}}
  cost: {sunk: 0.5}
  lab_value: {start: 50B}
`)
	d, list := Parse("versions.yaml", []byte(text))
	if list.HasFaults() {
		t.Fatal(list)
	}
	return d
}

// What is said differently is told by clause, in the order of the first file, then what
// only the other has, then all else; and each value by its path.
func TestDifferences(t *testing.T) {
	a := version(t)
	b := version(t, "discount: 10%", "discount: 12%, net: 1", "gw: 1,", "gw: 2,", "  - commitment: {id: spend, from: lab, to: cloud, total: 9B}\n",
		"  - right: {id: seat, from: lab, to: cloud, what: observer, over: the board}\n", "sunk: 0.5", "sunk: 0.6", "[4B, 5B]", "[4B, 6B]")
	var got []string
	for _, x := range a.Differences(b) {
		for _, v := range x.Values {
			got = append(got, fmt.Sprintf("%s %s %s: %s > %s", x.Clause, x.How, v.Path, v.Was, v.Is))
		}
	}
	want := []string{
		"list changed clauses.list.discount: 10% > 12%",
		"list changed clauses.list.net:  > 1",
		"racks changed clauses.racks.generations[0].gw: 1 > 2",
		"spend removed clauses.spend: {id: spend, from: lab, to: cloud, total: 9B} > ",
		"seat added clauses.seat:  > {id: seat, from: lab, to: cloud, what: observer, over: the board}",
		" changed world.need.firm.table: [4B, 5B] > [4B, 6B]",
		" changed world.cost.sunk: 0.5 > 0.6",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if same := a.Differences(version(t)); len(same) != 0 {
		t.Errorf("of one deal with itself: %v", same)
	}
}

// Clauses come over one by one, and a price stands in where none comes.
func TestToward(t *testing.T) {
	a, b := version(t), version(t, "  - price: {id: list, from: cloud, to: lab, discount: 10%}\n", "", "total: 9B", "total: 8B")
	ids := func(d *Deal) string {
		var out []string
		for _, c := range d.Clauses {
			out = append(out, c.Head().ID)
		}
		return strings.Join(out, " ")
	}
	for _, x := range []struct{ switched, want string }{{"", "cheque list racks spend"}, {"spend", "cheque list racks spend"}, {"list", "cheque racks spend list-price"}} {
		d, err := a.Toward(b, strings.Fields(x.switched))
		if err != nil || ids(d) != x.want || !d.Stands() {
			t.Errorf("with %q of the other: %s, %v", x.switched, ids(d), err)
		}
	}
	d, _ := a.Toward(b, []string{"spend"})
	if d.clause("spend") != b.clause("spend") || a.clause("spend") == b.clause("spend") {
		t.Error("the clause is not the other's")
	}
}

// A clause that speaks of an index that the other version alone knows does not stand in
// this one; and deals of other terms or parties are not alike.
func TestStandsAndAlike(t *testing.T) {
	a := version(t)
	b := version(t, "units_per_gw: 3B}]", "units_per_gw: 3B}], performance: {promised: 1, measured: chips}", "lab_value: {start: 50B}", "lab_value: {start: 50B}\n  indexes: {chips: 1}")
	d, err := a.Toward(b, []string{"racks"})
	if err != nil || d.Stands() {
		t.Errorf("a clause stands without its index: %v", err)
	}
	for want, replace := range map[string][]string{"the term": {"term: 2y", "term: 3y", "[4B, 5B]", "[4B, 5B, 6B]"}, "the parties": {"cloud: {", "sky: {", "cloud", "sky"}, "the currency": {"USD", "EUR"},
		"the days of signing and of the start": {"starts: 2027-01-01", "starts: 2027-02-01"}} {
		if alike, apart := a.Alike(version(t, replace...)); alike || apart != want {
			t.Errorf("alike %v but for %q, want %q", alike, apart, want)
		}
	}
	if alike, _ := a.Alike(b); !alike {
		t.Error("two versions are not alike")
	}
}
