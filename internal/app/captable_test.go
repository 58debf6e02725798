// SPDX-License-Identifier: Apache-2.0

package app

import (
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"offtake/internal/deal"
	"offtake/internal/paths"
	"offtake/internal/report"
)

// Rounds of shares, and a commitment by milestones, in round numbers.
const roundsDeal = `offtake: 1
title: Rounds
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 4y
step: year
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
clauses:
  - equity: {id: e, from: cloud, to: lab, amount: 10B, pre_money: 50B, pro_rata: {share: 100%}}
  - commitment:
      id: c
      from: lab
      to: cloud
      total: 300M
      milestones: [{by: 2027-12-31, amount: 100M}, {by: 2029-12-31, amount: 200M}]
world:
  discount: 0%
  need: {firm: {table: [80M, 100M, 70M, 50M]}}
  cost: {sunk: 0.5}
  lab_value: {start: 50B, shares: 1B}
  rounds: [{at: 2028-06-30, amount: 12B, pre_money: 60B}, {at: 2029-06-30, amount: 10B, pre_money: 100B}]
`

func roundsRun(t *testing.T) *Run {
	t.Helper()
	d, list := deal.Parse("rounds", []byte(roundsDeal))
	if d == nil {
		t.Fatal(list)
	}
	return &Run{Deal: d, Base: paths.RunBase(paths.NewJob(d, nil))}
}

// By hand: a share costs 50, so 10 billion buy 200 million of 1.2 billion. At 60
// billion it costs 50 again: 240 million are new, a sixth of them the investor's.
// At 100 billion for 1.44 billion shares 10 billion buy 144 million; the investor
// takes no part, as the price is above the fair value.
func TestHoldings(t *testing.T) {
	got := map[string][]float64{}
	for _, h := range roundsRun(t).JSON().Holdings {
		var on []string
		for _, x := range h.Shares {
			on = append(on, x.On)
			got[h.Holder+" "+h.Class] = append(got[h.Holder+" "+h.Class], x.Number/1e6)
		}
		if want := []string{"before", "signing", "2028-12-31", "2029-12-31"}; !slices.Equal(on, want) {
			t.Errorf("%s: %v, want %v", h.Holder, on, want)
		}
	}
	for name, want := range map[string][]float64{
		"cloud preferred": {0, 200, 240, 240}, "market before the deal": {1000, 1000, 1000, 1000}, "market later rounds": {0, 0, 200, 344},
	} {
		if len(got[name]) != len(want) || !slices.EqualFunc(got[name], want, func(a, b float64) bool { return a-b < 1e-6 && b-a < 1e-6 }) {
			t.Errorf("%s: %v, want %v", name, got[name], want)
		}
	}
	if len(got) != 3 {
		t.Errorf("holdings are %v", got)
	}
}

// Of what docs/clauses/sale.yaml has, a quarter of the 5B / 380B x 1,000 million shares that
// were bought are sold in the second year and in the third. Others have them, and no money
// is taken for shares.
func TestSoldHoldings(t *testing.T) {
	text, err := os.ReadFile("../../docs/clauses/sale.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d, list := deal.Parse("sale", text)
	if d == nil {
		t.Fatal(list)
	}
	got := map[string]float64{}
	for _, h := range (&Run{Deal: d, Base: paths.RunBase(paths.NewJob(d, nil))}).JSON().Holdings {
		got[h.Holder+" "+h.Class] = h.Shares[len(h.Shares)-1].Number / 1e6
	}
	half := 5.0 / 380 * 1000 / 2
	want := map[string]float64{"cloud nonvoting preferred": half, "market nonvoting preferred": half, "market before the deal": 1000}
	if !maps.EqualFunc(got, want, func(a, b float64) bool { return math.Abs(a-b) < 1e-6 }) {
		t.Errorf("holdings are %v, want %v", got, want)
	}
}

// Whether a commitment was completed is said by a word, and not in money.
func TestStatusInLedger(t *testing.T) {
	r := roundsRun(t)
	table := r.ledger("c", func(i int) float64 { return r.Base.Values[i] })
	i := slices.IndexFunc(table.Columns, func(c report.Column) bool { return strings.EqualFold(c.Title, "expired") })
	if i < 0 || table.Columns[i].Unit != "" {
		t.Fatalf("no column, or one of money: %v", table.Columns)
	}
	if first, last := table.Rows[0][i].Text, table.Rows[1][i].Text; first != "–" || last != "yes" {
		t.Errorf("expired says %q and %q, want – and yes", first, last)
	}
}
