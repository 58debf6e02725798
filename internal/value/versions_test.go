// SPDX-License-Identifier: Apache-2.0

package value

import (
	"fmt"
	"strings"
	"testing"

	"offtake/internal/measure"
	"offtake/internal/paths"
)

// The steps add up, to the cent, to the difference of the two runs; a step is the
// difference of the deals before and after it; and what differs in nothing is worth
// nothing.
func TestBetweenAddsUp(t *testing.T) {
	a := parse(t, "")
	b := parse(t, "", "discount: 10%", "discount: 15%", "total: 9B", "total: 8B", "sunk: 0.5", "sunk: 0.6", "over: cloud", "over: chips")
	diffs := a.Differences(b)
	v, err := Between(a, b, diffs, Options{Paths: 1024, Seed: 7})
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Steps) != 4 || v.Steps[0].Clauses[0] != "list" || v.Steps[1].Clauses[0] != "spend" || v.Steps[2].Clauses[0] != "partner" || !v.Steps[3].Rest {
		t.Fatalf("steps %+v", v.Steps)
	}
	job := paths.NewJob(a, nil)
	s := paths.Run([]*paths.Job{job, paths.NewJob(b, nil)}, paths.Options{Paths: 1024, Seed: 7})
	cheaper, err := a.Toward(b, []string{"list"})
	if err != nil {
		t.Fatal(err)
	}
	first := paths.Run([]*paths.Job{job, paths.NewJob(cheaper, nil, job)}, paths.Options{Paths: 1024, Seed: 7})
	for h, party := range v.Holders {
		sum := 0.0
		for _, x := range v.Steps {
			sum += x.Adds[h].Mean
		}
		if sum != v.Total[h].Mean || v.To[h].Mean-v.From[h].Mean != sum {
			t.Errorf("%s: steps come to %v, the difference is %v", party, sum, v.Total[h].Mean)
		}
		if v.Steps[2].Adds[h].Mean != 0 {
			t.Errorf("%s: what a right is over is worth %v", party, v.Steps[2].Adds[h].Mean)
		}
		if party == "fund" {
			continue
		}
		at := measure.Find(s[1].Measures, "npv", party, "", 0)
		near(t, party+": the difference", v.Total[h].Mean, s[1].Against[at].Mean)
		near(t, party+": its error", v.Total[h].Error, s[1].Against[at].StandardError())
		near(t, party+": the discount", v.Steps[0].Adds[h].Mean, first[1].Against[measure.Find(first[1].Measures, "npv", party, "", 0)].Mean)
	}
	if v.Steps[0].Adds[0].Mean >= 0 || v.Steps[0].Adds[1].Mean <= 0 {
		t.Errorf("a discount brings the supplier %v and the buyer %v", v.Steps[0].Adds[0].Mean, v.Steps[0].Adds[1].Mean)
	}
}

// A clause that needs an index which the other version's world alone has goes over with
// the rest; and deals that cannot stand in each other are refused.
func TestBetweenWaits(t *testing.T) {
	a := parse(t, "")
	b := parse(t, "", "right: {id: partner, from: lab, to: cloud, what: partner_status, over: cloud}", "revenue_share: {id: share, from: lab, to: cloud, of: income, share: 1%}",
		"discount: 10%", "discount: 15%", "  lab_value: {start: 50B}", "  lab_value: {start: 50B}\n  indexes: {income: 1B}")
	v, err := Between(a, b, a.Differences(b), Options{Paths: 1024, Seed: 7})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range v.Steps {
		got = append(got, fmt.Sprint(x.Clauses, x.Rest))
	}
	if strings.Join(got, " ") != "[list] false [partner] false [share] true" {
		t.Errorf("steps %v", got)
	}
	if _, err := Between(a, parse(t, "", "term: 2y", "term: 3y"), nil, Options{Paths: 64}); err == nil || !strings.Contains(err.Error(), "the term") {
		t.Errorf("versions of other terms: %v", err)
	}
}
