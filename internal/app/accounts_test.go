// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// bookDeal is a deal of three years by month, from January 2029.
func bookDeal(t *testing.T, clauses, rest string) *Accounts {
	t.Helper()
	text := fmt.Sprintf(`offtake: 1
title: Books
currency: USD
signed: 2029-01-01
starts: 2029-01-01
term: 3y
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
%s
world:
  discount: 4%%
  need: {firm: 100M}
  list_price: 1
  cost: {sunk: 0.4}
  lab_value: {start: 1B}
%s`, clauses, rest)
	d, src, list, err := Load(Source{Name: "deal.yaml", Text: []byte(text)}, Edits{})
	if err != nil || list.HasFaults() {
		t.Fatal(err, list)
	}
	return NewAccounts(src, Edits{}, d, RunOptions{})
}

func closeTo(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// A minimum of 120M a year, billed at its end, is performed evenly over its months: 10M
// each. Charges fall in their months; what is merely intended is left out and told of.
func TestFloorIsSpreadOverItsPeriod(t *testing.T) {
	a := bookDeal(t, `  - commitment: {id: spend, from: lab, to: cloud, total: 360M}
  - commitment: {id: hope, from: lab, to: cloud, total: 900M, binding: intent}
  - charge: {id: fee, from: lab, to: cloud, rate: 1M}`, "")
	for m, x := range a.Floor.Cents {
		closeTo(t, fmt.Sprintf("month %d", m), x, 11e8)
	}
	if !strings.Contains(fmt.Sprint(a.Excluded), "hope it states an intention") {
		t.Errorf("left out: %v", a.Excluded)
	}
	b := a.Remaining()
	closeTo(t, "within a year", b[0].Within, 132e8)
	closeTo(t, "at the second year's end", b[2].Total(), 132e8)
}

// A condition that is not met by the day binds nobody; once its day has come it does.
func TestFloorOfAConditionalCommitment(t *testing.T) {
	for day, want := range map[string]float64{"2029-01-01": 360e8, "2029-06-01": 0} {
		a := bookDeal(t, "  - commitment: {id: spend, from: lab, to: cloud, total: 360M, binding: {conditional: permit}}", "  events: {permit: "+day+"}\n")
		if got := a.Floor.Total(); math.Abs(got-want) > 1 {
			t.Errorf("a permit of %s: a floor of %v, want %v", day, got, want)
		}
	}
}

// 36M paid at signing and credited from the third year on:
// where nothing is committed it is performed over the term, 1M a month. What is used
// waits longer than a year, and bears interest.
func TestPrepaymentAlone(t *testing.T) {
	a := bookDeal(t, "  - prepayment: {id: ahead, from: lab, to: cloud, amount: 36M, credited: {from: {after: 24m}}}", "accounting: {financing_rate: 10%}\n")
	for m, x := range a.Floor.Cents {
		closeTo(t, fmt.Sprintf("month %d", m), x, 1e8)
	}
	r := a.Rights[0]
	closeTo(t, "paid", r.Paid, 36e8)
	closeTo(t, "used", r.Used, 36e8)
	closeTo(t, "breakage", r.Breakage(), 0)
	// Needs of 100M a year are bills of 8.33M a month: the prepayment pays those of the
	// 25th to 29th month in whole or in part.
	want := 0.0
	left := 36.0
	for m := 25; left > 1e-9; m++ {
		part := min(left, 100.0/12)
		years := a.run.Deal.Grid().Years(m - 1)
		want += part * (math.Pow(1.1, years) - 1)
		left -= part
	}
	if math.Abs(r.Interest/1e8-want) > 1e-6 {
		t.Errorf("interest is %v, want %v", r.Interest/1e8, want)
	}
	if r.Expedite != 0 {
		t.Errorf("%v is used within a year", r.Expedite)
	}
}

// A lease by the supplier is measured by itself: 1M a month for two years at 0% is 24M,
// two thirds of three years and 96% of an outlay of 25M. It is no part of the floor.
func TestLeaseClause(t *testing.T) {
	a := bookDeal(t, `  - commitment: {id: spend, from: lab, to: cloud, total: 36M}
  - lease: {id: halls, from: cloud, to: lab, term: 2y, rent: 1M}`, "accounting: {lease_rate: 0%, economic_life: 3y, asset_value: 25M}\n")
	closeTo(t, "floor", a.Floor.Total(), 36e8)
	if len(a.Leases) != 1 {
		t.Fatalf("leases: %v", a.Leases)
	}
	x := a.Leases[0]
	closeTo(t, "present value", x.PresentValue, 24e8)
	closeTo(t, "share of the life", x.TermShare, 2.0/3)
	closeTo(t, "share of the value", x.ValueShare, 0.96)
	if x.Of != "halls" || !x.Finance {
		t.Errorf("%+v", x)
	}
}

// Stock given lowers revenue by its worth; a supplier whose units cost 0.4 of a price of
// 1 has a margin of 60%.
func TestGrantAndMargin(t *testing.T) {
	a := bookDeal(t, `  - commitment: {id: spend, from: lab, to: cloud, total: 300M}
  - grant: {id: stock, from: cloud, to: lab, worth: 30M}`, "")
	closeTo(t, "given", a.Contra.Given, 30e8)
	closeTo(t, "left", a.Net.Total(), 270e8)
	closeTo(t, "margin", a.Margin, 0.6)
	closeTo(t, "lowered in a year", a.ContraYears()[1], 10e8)
}
