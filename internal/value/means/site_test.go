// SPDX-License-Identifier: Apache-2.0

package means

import (
	"math"
	"testing"

	"offtake/internal/clause"
	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/paths"
)

// steady is a deal of ten years in which 10 units a month are taken, of a capacity of 20.
const steady = `offtake: 1
title: Steady
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 10y
day_count: 30/360
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
  site: {name: Somebody, role: other}
clauses:
  - equity: {id: stake, from: cloud, to: lab, amount: 100}
  - capacity: {id: delivery, from: cloud, to: lab, generations: [{from: 2027-01-01, gw: 2, units_per_gw: 10}]}
world:
  discount: 6%
  need: {firm: {constant: 120}}
  cost: {sunk: 0.4}
  lab_value: {start: 1000}
`

// built is the site of the steady deal: a gigawatt costs 100, of which 70 are chips.
func built(t *testing.T, change func(*Terms)) Mean {
	t.Helper()
	d, list := deal.Parse("steady.yaml", []byte(steady))
	if d == nil {
		t.Fatal(list)
	}
	terms := Usual()
	terms.BuildCents, terms.RunningCents = 10000, 0
	if change != nil {
		change(&terms)
	}
	all, err := (&Given{Deal: d, Base: paths.RunBase(paths.NewJob(d, nil).Detailed(nil)), Money: []Money{{Cents: 10000}}, Terms: terms}).Build()
	if err != nil {
		t.Fatal(err)
	}
	return all[len(all)-1]
}

// Half of the capacity is taken, so that one gigawatt is built; its chips last six years, and
// others follow for the four that are left: 30 of halls and a third of 70 then remain.
func TestSiteIsSizedAndRenewed(t *testing.T) {
	m := built(t, nil)
	var leases []*clause.Lease
	lent := 0.0
	for _, c := range m.Deal.Clauses {
		switch c := c.(type) {
		case *clause.Lease:
			leases = append(leases, c)
		case *clause.Loan:
			lent += c.Principal.Value
		}
	}
	if len(leases) != 2 {
		t.Fatalf("%d leases", len(leases))
	}
	for i, want := range []struct{ outlay, left, months float64 }{{10000, 0, 72}, {7000, 3000 + 7000.0/3, 48}} {
		x := leases[i]
		if math.Abs(*x.PowerGW-1) > 1e-9 || math.Abs(x.Outlay-want.outlay) > 1 || math.Abs(x.Residual.Cents-want.left) > 1 || float64(x.Term.Months) != want.months {
			t.Errorf("lease %d: %v GW, outlay %v, left %v, %d months", i, *x.PowerGW, x.Outlay, x.Residual.Cents, x.Term.Months)
		}
	}
	if math.Abs(lent-17000) > 2 {
		t.Errorf("lenders and the lab put in %v, want all that is built", lent)
	}
}

// A site that lets at cost gains nothing: at the riskless rate of its debt, and with running
// costs passed on, rents are worth what it pays, to within cents and what compounding by the
// month leaves between payments at the start and at the end of a step.
func TestSiteLetsAtCost(t *testing.T) {
	m := built(t, func(x *Terms) { x.DebtRate, x.RunningCents = 12*(math.Pow(1.06, 1.0/12)-1), 500 })
	b := paths.RunBase(paths.NewJob(m.Deal, nil))
	i := measure.Find(b.Measures, "npv", "site-2", "", 0)
	if i < 0 {
		t.Fatal("the site is no party")
	}
	if npv := b.Values[i] / 100; math.Abs(npv) > 1.5 {
		t.Errorf("the site gains %v of some 170 that it builds", npv)
	}
}
