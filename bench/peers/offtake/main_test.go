// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"offtake/internal/deal"
	"offtake/internal/paths"
)

// read is a deal of the benchmark, and its text.
func read(t *testing.T, name string) (*deal.Deal, string) {
	t.Helper()
	text, err := os.ReadFile("../../" + name)
	if err != nil {
		t.Fatal(err)
	}
	d, list := deal.Parse(name, text)
	if len(list) > 0 {
		t.Fatal(list)
	}
	return d, string(text)
}

// The deal has every measure that the peers have, and gives the same whether it is
// asked for all measures or for these alone.
func TestSample(t *testing.T) {
	d, _ := read(t, "deal.yaml")
	job := paths.NewJob(d, nil)
	opt := paths.Options{Paths: 1024, Seed: 1, Only: asked}
	got := sample(job, opt)
	if len(got.Mean) != 15 {
		t.Errorf("%d measures, want 15: %v", len(got.Mean), got.Mean)
	}
	opt.Only = nil
	all := paths.Run([]*paths.Job{job}, opt)[0]
	for i := range all.Measures {
		m, scale := &all.Measures[i], 1.0
		if m.Unit.Minor() {
			scale = 0.01
		}
		if want, asked := got.Mean[key(m)]; asked && want != scale*all.Estimates[i].Mean {
			t.Errorf("%s is %v alone, %v among all", m.Key(), want, scale*all.Estimates[i].Mean)
		}
	}
}

// The other deals of the benchmark are the first one, but for a few lines.
func TestDealsDiffer(t *testing.T) {
	_, first := read(t, "deal.yaml")
	for name, own := range map[string]string{
		"jumps.yaml":   `#|title:|  need:|  list_price:`,
		"clauses.yaml": `#|title:|  - charge: \{id: support,`,
	} {
		_, text := read(t, name)
		less := regexp.MustCompile(`(?m)^(` + own + `).*\n`)
		if less.ReplaceAllString(text, "") != less.ReplaceAllString(first, "") {
			t.Errorf("%s differs from deal.yaml beyond %s", name, own)
		}
	}
}

// Requests are answered one by one: of the deal, of the deal less some clauses, and of
// what its clauses are worth.
func TestReply(t *testing.T) {
	d, _ := read(t, "clauses.yaml")
	for _, id := range []string{"delivery", "floor", "delayed-draw", "power", "revenue-share", "home", "second-cheque"} {
		var err error
		if d, err = d.Without(id); err != nil {
			t.Fatal(err)
		}
	}
	var out strings.Builder
	requests := "1024 1 1\n1024 1 1 plain\n1024 1 1 without support list\n1024 1 1 clauses\n1024 1 2 clauses\n1024 2 1 clauses\n"
	if err := reply(d, strings.NewReader(requests), &out); err != nil {
		t.Fatal(err)
	}
	in := json.NewDecoder(strings.NewReader(out.String()))
	var whole, plain, less answer
	var once, again, other worth
	for _, to := range []any{&whole, &plain, &less, &once, &again, &other} {
		if err := in.Decode(to); err != nil {
			t.Fatal(err)
		}
	}
	if plain.Hash == whole.Hash || less.Mean["pv_spend"] <= whole.Mean["pv_spend"] {
		t.Errorf("the same by plain numbers, or no dearer at list: %v, %v, %v", whole, plain, less)
	}
	// The first cheque, the discount and the fee are left: 2^3 coalitions.
	if once.Coalitions != 8 || once.Paths != 1024 || once.Hash != again.Hash || once.Hash == other.Hash {
		t.Errorf("clauses: %v, %v, and of another seed %v", once, again, other)
	}
	for _, bad := range []string{"1024 1", "1024 1 1 loud", "1024 1 1 without zebras"} {
		if err := reply(d, strings.NewReader(bad), io.Discard); err == nil {
			t.Errorf("%q is answered", bad)
		}
	}
}
