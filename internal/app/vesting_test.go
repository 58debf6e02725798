// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"strings"
	"testing"
)

// What a check calls never to vest is worth nothing in a run, and what lies just on this
// side of it is worth something. The warrant ends on 15 June 2031; what vests does so by the
// end of May, when 1 GW runs and 29 x 100M + 11 x 50M units can have been taken.
func TestNeverVestsIsWorthNothing(t *testing.T) {
	const clauses = `  - capacity: {id: campus, from: cloud, to: lab, generations: [{from: 2029-01-01, gw: 0.5, units_per_gw: 200M}, {from: 2031-07-01, gw: 1, units_per_gw: 200M}]}
  - option: {id: more, from: cloud, to: lab, generations: [{from: 2030-07-01, gw: 0.5, units_per_gw: 100M}]}
  - warrant: {id: rebate, from: cloud, to: lab, share_price: cloud-share, expires: 2031-06-15, vests: [{shares: 1M, %s}]}`
	const world = `  events: {listing: 2031-05-31, sale: 2031-06-01}
  indexes: {cloud-share: {table: [100, 150, 120]}}
policy: {take: {share: 100%}}
`
	for asks, ever := range map[string]bool{
		"gw: 1": true, "gw: 1.001": false, "units: 3.45B": true, "units: 3.451B": false, "price: 150": true, "price: 151": false,
		"from: 2031-05-31": true, "from: 2031-06-01": false, "on: listing": true, "on: sale": false,
		"price: 100, gw: 0.5": true, "price: 150, from: 2031-01-01": false,
	} {
		a := bookDeal(t, fmt.Sprintf(clauses, asks), world)
		text := strings.Replace(string(a.run.Source.Text), "firm: 100M", "firm: 100B", 1)
		d, src, list, err := Load(Source{Name: "deal.yaml", Text: []byte(text)}, Edits{})
		if err != nil || d == nil {
			t.Fatal(err, list)
		}
		warned := strings.Contains(fmt.Sprint(list), "VESTING-NEVER")
		worth, ok := NewRun(src, Edits{}, d, RunOptions{}).estimate("options", "")
		if !ok || warned == ever || (worth > 0) != ever {
			t.Errorf("%s: warned %v, worth %v", asks, warned, worth)
		}
	}
}
