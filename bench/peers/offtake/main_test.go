// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"testing"

	"offtake/internal/deal"
	"offtake/internal/paths"
)

// The deal has every measure that the peers have, and gives the same whether it is
// asked for all measures or for these alone.
func TestSample(t *testing.T) {
	text, err := os.ReadFile("../../deal.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d, list := deal.Parse("deal.yaml", text)
	if len(list) > 0 {
		t.Fatal(list)
	}
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
