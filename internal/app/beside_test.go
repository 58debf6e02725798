// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"
	"slices"
	"strings"
	"testing"

	"offtake/internal/deal"
	"offtake/internal/value"
)

// campus is a deal of ten years: a gigawatt from the start and another from the middle on,
// 150B committed, 2B of shares, and nothing that is uncertain; with pieces of its text
// replaced.
func campus(t *testing.T, replace ...string) Version {
	t.Helper()
	text := strings.NewReplacer(replace...).Replace(`offtake: 1
title: A campus
currency: USD
signed: 2026-01-01
starts: 2026-01-01
term: 10y
step: year
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - equity: {id: cheque, from: cloud, to: lab, amount: 2B, pre_money: 98B}
  - capacity: {id: halls, from: cloud, to: lab, generations: [{from: 2026-01-01, gw: 1, units_per_gw: 2B}, {from: 2031-01-01, gw: 1, units_per_gw: 2B}]}
  - price: {id: rate, from: cloud, to: lab, discount: 20%}
  - commitment: {id: spend, from: lab, to: cloud, total: 150B}
world:
  discount: 0%
  need: {firm: 20B}
  list_price: 1
  market_price: 1
  cost: {sunk: 0.5}
  lab_value: {start: 98B}
policy: {take: {minimum_first: {share: 0%}}}
`)
	src := Source{Name: "campus.yaml", Text: []byte(text)}
	d, list := deal.Parse(src.Name, src.Text)
	if list.HasFaults() {
		t.Fatal(list)
	}
	return Version{Source: src, Deal: d}
}

// answer is the answer of a deal to the question of that label.
func answer(t *testing.T, b *Beside, label string, at int) Reading {
	t.Helper()
	i := slices.IndexFunc(b.Rows, func(r BesideRow) bool { return r.Label == label })
	if i < 0 {
		t.Fatalf("there is no row %s", label)
	}
	return b.Rows[i].Cells[at]
}

// Without interest and chance, by hand: 15 GW-years; 150B are 10B a GW-year and 15B a
// year; they are spent at 0.8 of the market's price. Units come to 187.5B and cost
// 93.75B: the supplier gains 56.25B, and has 2% of the 37.5B that the lab saves against the
// market, by 2B of capital at its fair price.
func TestNormalised(t *testing.T) {
	b := NewBeside([]Version{campus(t), campus(t, "  - capacity", "  #- capacity", "  - equity", "  #- equity")}, RunOptions{Paths: 16, Seed: 1})
	for label, want := range map[string]float64{
		"commitment": 150e9, "commitment a year": 15e9, "capacity, GW-years": 15, "commitment per GW-year": 10e9, "PV spend": 150e9, "PV spend a year": 15e9,
		"commitment / all capital": 75, "PV spend / PV capital": 75, "price / market price": 0.8, "share of the buyer bought": 0.02,
		"NPV to the supplier": 57e9, "the same / PV capital": 57.0 / 2, "the same / PV spend": 57.0 / 150,
	} {
		x := answer(t, b, label, 0)
		if x.Value == nil || math.Abs(*x.Value-want) > 1e-9*want {
			t.Errorf("%s: %+v, want %v", label, x, want)
		}
		if x.Error != "" {
			t.Errorf("%s: an error of %s where nothing is uncertain", label, x.Error)
		}
	}
	for label, why := range map[string]string{"capacity, GW-years": noCapacity, "commitment per GW-year": noCapacity, "commitment / all capital": noCapital,
		"the same / PV capital": noCapital, "share of the buyer bought": noCheque, "chance that the buyer fails": neverFails} {
		if x := answer(t, b, label, 1); x.Text != "-" || x.Why != why {
			t.Errorf("%s of what has none: %q because %q", label, x.Text, x.Why)
		}
	}
	if got := b.Names; got[0] != "campus" || got[1] != "campus (2)" {
		t.Errorf("names %v", got)
	}
}

// Amounts of two currencies stand side by side as they are, and a note says so.
func TestCurrenciesApart(t *testing.T) {
	b := NewBeside([]Version{campus(t), campus(t, "USD", "EUR")}, RunOptions{Paths: 16, Seed: 1})
	if notes := b.currencies(); len(notes) != 1 || !strings.Contains(notes[0], "campus (2) in EUR") {
		t.Errorf("notes %v", notes)
	}
	if a, x := answer(t, b, "commitment", 0), answer(t, b, "commitment", 1); a.Text != "$150B" || *x.Value != *a.Value || !strings.Contains(x.Text, "€") || x.Unit != "EUR" {
		t.Errorf("%+v beside %+v", a, x)
	}
	if same := NewBeside([]Version{campus(t), campus(t)}, RunOptions{Paths: 16, Seed: 1}).currencies(); same != nil {
		t.Errorf("notes on one currency: %v", same)
	}
}

// Every deal of the library answers every question, or says why not; a figure whose paths
// differ has an error, a range or both.
func TestBesideLibrary(t *testing.T) {
	var deals []Version
	for _, src := range library(t) {
		d, _ := deal.Parse(src.Name, src.Text)
		deals = append(deals, Version{Source: src, Deal: d})
	}
	b := NewBeside(deals, RunOptions{Paths: 64, Seed: 1})
	for _, row := range b.Rows {
		answered := 0
		for i, x := range row.Cells {
			if x.known() {
				answered++
			}
			if x.Text == "" || (x.Text == "-") != (x.Why != "") {
				t.Errorf("%s of %s: %+v", row.Label, b.Names[i], x)
			}
		}
		if answered == 0 {
			t.Errorf("no deal has %s", row.Label)
		}
	}
	if x := answer(t, b, "NPV to the supplier", slices.Index(b.Names, "amazon-anthropic-2026")); x.Margin == nil || x.P5 == nil || x.Error == "" || x.Figures[0] != "npv.cloud" {
		t.Errorf("a value without its error: %+v", x)
	}
}

// A form is asked for by day and by name.
func TestFormOf(t *testing.T) {
	src := library(t)["amazon-anthropic-2026"]
	name, words := SplitVersion("deal.yaml@2026-05-01@prospectus")
	e, err := FormOf(src, words)
	if name != "deal.yaml" || err != nil || e.AsOf != "2026-05-01" || len(e.Alternatives) != 1 || e.Alternatives[0] != "prospectus" {
		t.Errorf("%s, %+v, %v", name, e, err)
	}
	for _, bad := range []string{"prospekt", "all"} {
		if _, err := FormOf(src, []string{bad}); err == nil || !strings.Contains(err.Error(), "prospectus") {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if _, err := FormOf(src, []string{"2026-05-01", "2026-06-01"}); err == nil {
		t.Error("two days were taken")
	}
}

// Versions have parties and clauses in common; other deals do not.
func TestVersionsOfOne(t *testing.T) {
	a := campus(t).Deal
	for _, x := range []struct {
		replace []string
		want    bool
	}{{[]string{"150B", "160B"}, true}, {[]string{"name: Cloud", "name: Sky"}, false}, {[]string{"id: cheque", "id: c", "id: halls", "id: h", "id: rate", "id: r", "id: spend", "id: s"}, false}} {
		if got := VersionsOfOne(a, campus(t, x.replace...).Deal); got != x.want {
			t.Errorf("with %v: %v", x.replace, got)
		}
	}
}

// What differs is told in words and in money; versions that do not share their time are
// told apart in words alone.
func TestApart(t *testing.T) {
	a, b := campus(t).Deal, campus(t, "discount: 20%", "discount: 10%").Deal
	x, err := NewApart(a, b, value.Options{Paths: 64, Seed: 1})
	if err != nil || len(x.Differences) != 1 || len(x.Worth.Steps) != 1 {
		t.Fatalf("%+v, %v", x, err)
	}
	// At 0.9 of list the same 150B buy 166.7B units, which cost 83.3B: 66.7B are gained, and
	// 2% of the 16.7B that the lab saves: 67B against 57B at 0.8.
	if got := x.Worth.Total[0].Mean; got != 10e11 || x.Worth.Steps[0].Adds[0].Mean != got {
		t.Errorf("the difference is %v", got)
	}
	longer, err := NewApart(a, campus(t, "term: 10y", "term: 11y").Deal, value.Options{Paths: 64, Seed: 1})
	if err != nil || longer.Worth != nil || !strings.Contains(longer.Why, "the term") || len(longer.Differences) != 1 {
		t.Errorf("%+v, %v", longer, err)
	}
	if same, _ := NewApart(a, campus(t).Deal, value.Options{Paths: 64, Seed: 1}); len(same.Differences) != 0 || len(same.sections([]string{"a", "b"})) != 1 {
		t.Error("a deal differs from itself")
	}
}

// The error of the price over the market's is that of the overcharge over what the units
// cost in the market: what is paid for use less the overcharge.
func TestPriceOverMarket(t *testing.T) {
	r := sampledCampus(t, "market_price: 1", "market_price: {lognormal: {mean: 1, volatility: 20%}}")
	over, spend := &r.Sample.Estimates[r.seen("overcharge", "", "", 0)], &r.Sample.Estimates[r.seen("pv_spend", "", "", 0)]
	market := spend.Mean - over.Mean
	x := r.priceOverMarket()
	closeTo(t, "price / market price", *x.Value, spend.Mean/market)
	closeTo(t, "its error", *x.Margin, over.Margin()/market)
}
