// SPDX-License-Identifier: Apache-2.0

package paths

import (
	"fmt"
	"testing"

	"offtake/internal/contract"
)

// choosing is a yearly deal of five years with every right that pays or not, of a
// lab of 100 shares that is worth 100 at the signing and grows by 10% a year.
func choosing(policy string) string {
	return `
offtake: 1
title: Rights
currency: USD
signed: 2027-01-01
starts: 2027-01-01
term: 5y
step: year
day_count: 30/360
parties:
  lab: {name: Lab, role: buyer}
  cloud: {name: Cloud, role: supplier}
  bank: {name: Bank, role: other}
  fund: {name: Fund, role: investor}
clauses:
  - price: {id: list, from: cloud, to: lab, fixed: 1}
  - warrant: {id: rights, from: cloud, to: lab, strike: 2, share_price: cloud-share, vests: [{shares: 10, from: 2027-01-01}]}
  - note: {id: paper, from: bank, to: lab, principal: 0.01, conversion: {at_election: true, price_per_share: 1}}
  - facility: {id: line, from: bank, to: lab, limit: 0.01, worth: 120%, drawn_by: lender}
  - equity: {id: stake, from: fund, to: lab, amount: 0.01, pro_rata: {share: 100%}}
  - lease: {id: hall, from: bank, to: cloud, term: 3y, rent: 0.01, outlay: 10, residual: 6, purchase: {price: 4}}
existing:
  - stake: {holder: fund, in: lab, share: 10%}
world:
  discount: 10%
  need: {firm: 1}
  cost: {sunk: 0.5}
  lab_value: {start: 100, shares: 100}
  indexes: {cloud-share: {per_year: {rate: 50%, from: 2}}}
  rounds: [{at: 2028-06-01, amount: 10, pre_money: 60.5}]
policy: ` + policy + "\n"
}

// By hand, of the share that costs 2: 3 in the second year, 4.5 in the third, 6.75 in
// the fourth. A share of the lab for 1: 1.1 at the first year's end, 1.21, 1.331.
// Money in a facility is worth 120%, 121 is bought at 60.5 in the second year's round,
// and for 4 the thing let, worth 6 in its last year.
func TestRightsAreUsedByRule(t *testing.T) {
	const never = 99
	for _, c := range []struct {
		policy, kind string
		want         int
	}{
		{"{}", "exercised", 1}, {"{exercise: {above: 150%}}", "exercised", 1}, {"{exercise: {above: 151%}}", "exercised", 2}, {"{exercise: {above: 226%}}", "exercised", 3},
		{"{exercise: {from: 2029-06-01}}", "exercised", 2}, {"{exercise: never}", "exercised", 4},
		{"{}", "note_for_shares", 0}, {"{convert: {above: 122%}}", "note_for_shares", 2}, {"{convert: {above: 120%}}", "note_for_shares", 1},
		{"{convert: {from: 2030-01-01}}", "note_for_shares", 3}, {"{convert: never}", "note_for_shares", never},
		{"{}", "draw", 0}, {"{put: {above: 120%}}", "draw", 0}, {"{put: {above: 121%}}", "draw", never}, {"{put: {from: 2028-01-01}}", "draw", 1}, {"{put: never}", "draw", never},
		{"{}", "pro_rata", 1}, {"{join: {above: 199%}}", "pro_rata", 1}, {"{join: {above: 210%}}", "pro_rata", never}, {"{join: never}", "pro_rata", never},
		{"{}", "bought", 2}, {"{buy: {above: 150%}}", "bought", 2}, {"{buy: {above: 151%}}", "bought", never}, {"{buy: never}", "bought", never},
	} {
		j := NewJob(parse(t, choosing(c.policy)), nil)
		at, net := never, 0.0
		seen := ""
		one(t, j, func(m *contract.Month) {
			for _, p := range m.Postings() {
				if p.Amount[0] == 0 {
					continue
				}
				seen += fmt.Sprint(m.T, " ", p.Line.Kind, "; ")
				if p.Line.Kind == c.kind && at == never {
					at = m.T
				}
				if p.Line.Kind == "strike" {
					net += p.Amount[0]
				}
			}
		})
		if at != c.want {
			t.Errorf("policy %s: %s in step %d, want %d: %s", c.policy, c.kind, at, c.want, seen)
		}
		if pays := net == 2000; c.kind == "exercised" && pays != (c.want < 4) { // 10 shares at 2; net at the end
			t.Errorf("policy %s: %v is paid for shares", c.policy, net)
		}
	}
}
