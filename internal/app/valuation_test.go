// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"offtake/internal/value/options"
)

// valued takes the value of a deal that a test wrote apart.
func valuation(t *testing.T, text string, paths int, e Edits) *Valuation {
	t.Helper()
	src := Source{Name: "test.yaml", Text: []byte(text)}
	d, src, list, err := Load(src, e)
	if d == nil || err != nil {
		t.Fatal(list, err)
	}
	return NewValuation(src, e, d, RunOptions{Paths: paths, Seed: 1})
}

// dollars is a figure of outcomes, money in dollars.
func dollars(t *testing.T, o outcomes, name, party, clause string) float64 {
	t.Helper()
	x, ok := o.at(name, party, clause)
	if !ok {
		t.Fatalf("no figure %s %s %s", name, party, clause)
	}
	return shown(x.measure, x.value)
}

func close(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
		t.Errorf("%s: %.13g, want %.13g", what, got, want)
	}
}

// The worked example of docs/semantics.md, section 6, through this command: the parts, and
// the three views of the cost, of which two do not agree by how much.
func TestValueBND2(t *testing.T) {
	text, err := os.ReadFile("../paths/testdata/worked.yaml")
	if err != nil {
		t.Fatal(err)
	}
	v := valuation(t, string(text), 0, Edits{})
	for _, c := range []struct {
		name, party string
		want        float64
	}{
		{"cheques", "cloud", 5}, {"stake_with", "cloud", 4.610389610390}, {"stake_gain", "cloud", -0.389610389610}, {"premium", "", 0.389610389610},
		{"overcharge", "", 4.667707706679}, {"supply_gain", "", 28.356324318075 - 4.667707706679}, {"net_equity_price", "", 0.332292293321},
		{"npv", "cloud", 27.966713928465}, {"supply_net", "", -4.667707706679}, {"stake_gain", "lab", 0.389610389610}, {"joint_value", "", 23.688616611396},
		{"price_above_market", "", 0.08}, {"supply_share", "", 28.356324318075 / (28.356324318075 + 0.389610389610)},
	} {
		close(t, c.name+" "+c.party, dollars(t, v.own(), c.name, c.party, ""), c.want, 1e-11)
	}
	wants := map[string]float64{"sunk": 27.966713928465, "scarce": 4.667707706679 - 0.389610389610, "build": 4.667707706679 - 0.389610389610 + 63.014054040166*(1/1.08-0.8)}
	for k, view := range v.Views {
		close(t, "npv if "+view.Name, dollars(t, view.outcomes, "npv", "cloud", ""), wants[view.Name], 1e-11)
		if got := v.sign(k); got != "gains" {
			t.Errorf("if %s it %s", view.Name, got)
		}
	}
	if len(v.Views) != 3 || v.headline() != "sunk" {
		t.Errorf("%d views, headline %s", len(v.Views), v.headline())
	}
}

// plain is a deal of a year by the month, to which clauses and a world are added.
const plain = `offtake: 1
title: Rights
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: %s
step: %s
day_count: 30/360
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - %s
world:
  discount: %s
  feedback: off
  need: {firm: {constant: %s}}
  list_price: %s
  market_price: %s
  cost: {sunk: 0.5}
  lab_value: %s
%s`

// A loan of 10 for five years at 4% where the market, and the deal's curve, ask 12%: it
// gives away 2.883820961876, by its own flows, by the deal without it and by the formula.
func TestValueBND5(t *testing.T) {
	v := valuation(t, fmt.Sprintf(plain, "5y", "year", "loan: {id: vendor, from: cloud, to: lab, principal: 10, rate: 4%}", "12%", "1", "1", "1", "{start: 100}", ""), 0, Edits{})
	const subvention = 2.883820961876
	close(t, "X", dollars(t, v.own(), "options", "", ""), subvention, 1e-12)
	if len(v.Rights) != 1 {
		t.Fatalf("%d rights", len(v.Rights))
	}
	r := v.Rights[0]
	close(t, "own flows", dollars(t, v.own(), "own_flows", "lab", "vendor"), subvention, 1e-12)
	close(t, "formula "+r.Closed.Unfit, r.Closed.Cents/100, subvention, 1e-12)
	for party, want := range map[string]float64{"cloud": -subvention, "lab": subvention} {
		x, _ := v.less(r.without, "npv", party)
		close(t, "with less without, to "+party, x.value/100, want, 1e-12)
	}
}

// near holds a sampled figure to a formula, within four standard errors.
func nearFormula(t *testing.T, v *Valuation, r *RightWorth, want float64) {
	t.Helper()
	close(t, "formula "+r.Closed.Unfit, r.Closed.Cents/100, want, 1e-9)
	x, ok := v.beside(r)
	if se := x.estimate.StandardError(); !ok || !(math.Abs(x.value-r.Closed.Cents) <= 4*se) || !(se < 0.03*r.Closed.Cents) {
		t.Errorf("%s: sampled %v, error %v, formula %v", r.ID, x.value/100, se/100, want)
	}
}

// Margrabe's exchange of 100 at 30% for 95 at 20%, correlated by half, in a year: all need
// must be run here, where it would otherwise go where it is cheaper.
func TestValueOPT1(t *testing.T) {
	text := fmt.Sprintf(plain, "1y", "year", "exclusivity: {id: only, from: lab, to: cloud, ladder: [{level: exclusive}]}", "0%", "1", "{lognormal: {mean: {constant: 100}, volatility: 30%}}",
		"{lognormal: {mean: {constant: 95}, volatility: 20%}}", "{start: 100}", "  correlations: [{between: [list_price, market_price], rho: 50%}]\npolicy: {take: {cheapest: {}}}\n")
	v := valuation(t, text, 16384, Edits{})
	nearFormula(t, v, &v.Rights[0], 12.952272612275)
}

// A warrant on 10 new shares at 100 of a company of 100 shares worth 10,000, used in a
// year: Galai and Schneller's 9.500530520169 each.
func TestValueOPT3(t *testing.T) {
	clause := "warrant: {id: rights, from: lab, to: cloud, strike: 100, vests: [{shares: 10, from: 2027-11-15}]}"
	text := fmt.Sprintf(plain, "1y", "month", clause, "{continuous: 5%}", "0", "1", "1", "{start: 10000, shares: 100, moves: {lognormal: {volatility: 20%}}}", "")
	v := valuation(t, text, 16384, Edits{})
	nearFormula(t, v, &v.Rights[0], 95.00530520169)
	// Used as soon as it pays it is another right, and the formula is left out.
	v = valuation(t, strings.Replace(text, "2027-11-15", "2027-03-15", 1), 0, Edits{})
	if c := v.Rights[0].Closed; c.Unfit == "" || !math.IsNaN(c.Cents) {
		t.Errorf("%+v", c)
	}
}

// Preferred shares on a fifth of a company of 100 that get 20 first, in five years:
// Metrick and Yasuda's 25.419969178839, of which 20 are worth as much as converted.
func TestValueOPT4(t *testing.T) {
	clause := "equity: {id: shares, from: cloud, to: lab, amount: 0.01, pre_money: 0.04, preference: {multiple: 2000}}"
	text := fmt.Sprintf(plain, "5y", "year", clause, "{continuous: 4%}", "0", "1", "1", "{start: 100, moves: {lognormal: {volatility: 60%}}}", "")
	v := valuation(t, text, 16384, Edits{})
	r := &v.Rights[0]
	preferred, _ := options.Preferred(options.Firm{Value: 100, Volatility: 0.6}, 20, 0.2, 0.04, 5)
	close(t, "the formula", preferred, 25.419969178839, 1e-12)
	// The cheque's cent is in the company too.
	close(t, "what coming first adds", r.Closed.Cents/100, 5.419969178839, 2e-3)
	x, _ := v.less(r.without, "npv", "cloud")
	if se := x.estimate.StandardError(); !(math.Abs(x.value-r.Closed.Cents) <= 4*se) || !(se < 0.02*r.Closed.Cents) {
		t.Errorf("sampled %v, error %v, formula %v", x.value/100, se/100, r.Closed.Cents/100)
	}
}

// The right of first refusal has no bids in a file; the formula is said in shares: the
// holder gains 7/24 - 1/6, the seller and the rival lose 1/12 each.
func TestValueOPT5(t *testing.T) {
	v := valuation(t, fmt.Sprintf(plain, "2y", "year", "exclusivity: {id: only, from: lab, to: cloud, ladder: [{level: first_refusal}]}", "5%", "10", "1", "1", "{start: 100}", ""), 0, Edits{})
	c := v.Rights[0].Closed
	for _, part := range []string{"gains 12.5% of the most", "seller gets 8.33% less", "rival 8.33% less"} {
		if !math.IsNaN(c.Cents) || !strings.Contains(c.Says, part) {
			t.Errorf("%+v does not say %s", c, part)
		}
	}
}

// With less without is the provider's value seen in three ways, and all parties' together.
func TestRightsOfADeal(t *testing.T) {
	d, src, _, err := Load(library(t)["amazon-anthropic-2026"], Edits{})
	if err != nil {
		t.Fatal(err)
	}
	v := NewValuation(src, Edits{}, d, RunOptions{Paths: 512, Seed: 1})
	for _, r := range v.Rights {
		for _, c := range v.gainColumns() {
			if x, ok := v.less(r.without, c.name, c.party); !ok || math.IsNaN(x.margin) {
				t.Errorf("%s to %s: %v, margin %v", r.ID, c.party, x.value, x.margin)
			}
		}
	}
	if len(v.Rights) != 3 {
		t.Errorf("%d rights, want the facility, the note's conversion and the option", len(v.Rights))
	}
}
