// SPDX-License-Identifier: Apache-2.0

package app

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/value"
	"offtake/internal/value/means"
)

// keyed are the members that tell the elements of a list apart, by the list's name; elements
// of others go by their place, from 1.
var keyed = map[string][]string{
	"views": {"cost"}, "rights": {"id"}, "gains": {"party", "cost"}, "measures": {"name", "party", "clause", "period"},
	"clauses": {"name", "party"}, "whole": {"party"}, "pairs": {"of", "party"}, "rules": {"rule"},
	"remaining": {"on"}, "excluded": {"what"}, "prepaid": {"clause"}, "leases": {"of"},
	"failures": {"after_year"},
	"figures":  {"figure"}, "inputs": {"name"}, "effects": {"figure"}, "variance": {"figure"}, "of": {"name"}, "shapley": {"name"}, "turns": {"name"},
	"money": {"at"}, "means": {"name"}, "npv": {"party"}, "default_costs": {"party"}, "known": {"figure"},
}

// noFigures are names in the JSON of commands that are no figures, with what they are.
var noFigures = map[string]string{
	"deal": "which deal it is", "run": "how it was run", "rules": "how the buyer chooses, not what comes of it",
	"judgements":   "inputs, with their sources",
	"common_draws": "of the method: how much certainty common draws bring",
}

// noFiguresOf are likewise those of one command.
var noFiguresOf = map[string]map[string]string{
	"provider":     {"inputs": "inputs, with their sources"},
	"compare":      {"differs": "of two files: each is asked for its own figure", "deals": "which deals they are"},
	"alternatives": {"variance_ratio": "of the method"},
	"solve":        {"unknowns": "what is looked for, and where", "value": "where it was run", "se": "how well the values beside it are known"},
	"sensitivity": {"move": "how far assumptions are moved", "now": "what the input is", "low": "what it is moved to", "high": "what it is moved to",
		"shapley_paths": "of the method", "from": "where turns are looked for", "to": "where turns are looked for",
		"lowest": "the figure at some of the places that were looked at, which are not printed", "highest": "likewise"},
}

// namesIn are the numbers in the JSON of a command by the names by which they are asked for,
// but for what belongs to the figure beside it.
func namesIn(t *testing.T, command string, printed any, known map[string]func() (*Explained, error)) map[string]float64 {
	t.Helper()
	text, err := json.Marshal(printed)
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := json.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	var walk func(at, member string, x any)
	walk = func(at, member string, x any) {
		switch x := x.(type) {
		case float64:
			if known[at] != nil {
				out[at] = x
			} else if bare(at) == at || strings.HasSuffix(at, ".mean") || strings.HasSuffix(at, ".value") {
				out[bare(at)] = x
			}
		case map[string]any:
			for name, y := range x {
				if _, list := y.([]any); noFigures[name] == "" && (noFiguresOf[command][name] == "" || command == "sensitivity" && member == "effects" && !list) && !slices.Contains(keyed[member], name) {
					walk(strings.TrimSuffix(at+"."+name, ".cells"), name, y)
				}
			}
		case []any:
			for i, y := range x {
				walk(strings.TrimSuffix(at+"."+keyOf(member, i, y), "."), member, y)
			}
		}
	}
	for name, y := range tree {
		if noFigures[name] == "" && noFiguresOf[command][name] == "" {
			walk(command+"."+name, name, y)
		}
	}
	return out
}

// keyOf is what an element of a list goes by.
func keyOf(list string, i int, element any) string {
	of, isObject := element.(map[string]any)
	switch list {
	case "cells": // a row's, of which the deal that is asked has one
		return ""
	case "figures": // of an answer
		if of["figure"] == nil {
			return fmt.Sprint(i + 1)
		}
	}
	if keyed[list] == nil || !isObject {
		return fmt.Sprint(i + 1)
	}
	var parts []string
	for _, member := range keyed[list] {
		switch x := of[member].(type) {
		case []any:
			for _, y := range x {
				parts = append(parts, fmt.Sprint(y))
			}
		case nil:
		default:
			parts = append(parts, hyphened(fmt.Sprint(x)))
		}
	}
	return strings.Join(parts, ".")
}

// asking is what is asked of solve.
var asking = value.Question{Vary: []string{"clauses.list.discount=0%..40%"}, SoThat: []string{"npv.cloud = 1B"}}

// followed checks that every number in the JSON of a command is explained, as the number that
// it is, and that nothing else is offered.
func followed(t *testing.T, name, command string, d *deal.Deal, opt RunOptions, printed any, asked string) {
	t.Helper()
	all, err := explainers[command](explaining{Source{}, Edits{}, d, opt, asked, asking})
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]func() (*Explained, error){}
	for _, x := range all {
		known[x.name] = x.explain
	}
	names := namesIn(t, command, printed, known)
	if len(names) == 0 {
		t.Fatalf("%s: %s prints no figure", name, command)
	}
	for _, figure := range slices.Sorted(maps.Keys(names)) {
		if known[figure] == nil {
			t.Errorf("%s: %s is not explained", name, figure)
			continue
		}
		x, err := known[figure]()
		if err != nil {
			t.Errorf("%s: %s: %v", name, figure, err)
			continue
		}
		said := names[figure]
		holds(t, name, figure, x, &said)
	}
	for _, figure := range slices.Sorted(maps.Keys(known)) {
		if _, there := names[figure]; !there && asked == "" {
			x, err := known[figure]()
			if err != nil {
				t.Errorf("%s: %s: %v", name, figure, err)
			} else if figures := x.JSON().Figure; figures.says() != nil {
				t.Errorf("%s: %s is offered and not printed", name, figure)
			}
		}
	}
}

// Every figure of clauses is explained, under its name, and its amounts add up to it, of all
// coalitions and of sampled orders; the flows of a clause that is last are those of two runs.
func TestClausesFollowed(t *testing.T) {
	deals := loadedRich(t)
	for _, name := range []string{"worked", "third party"} {
		d, opt := deals[name], RunOptions{Paths: 64, Seed: 1}
		settings := UsualClauses()
		settings.Paths = 64
		c, err := NewClauseWorth(Source{}, Edits{}, d, settings)
		if err != nil {
			t.Fatal(err)
		}
		followed(t, name, "clauses", d, opt, c.JSON(), "")
	}
	isTwoRuns(t, deals["worked"])
}

// isTwoRuns checks the amounts of a clause that is last against those of two runs, where the
// buyer has nothing to choose.
func isTwoRuns(t *testing.T, d *deal.Deal) {
	t.Helper()
	opt := RunOptions{Paths: 64, Seed: 1}
	x, err := Explain(Source{}, Edits{}, d, opt, "clauses.clauses.stake.cloud.last", value.Question{})
	if err != nil {
		t.Fatal(err)
	}
	less, err := d.Without("stake")
	if err != nil {
		t.Fatal(err)
	}
	npv, seen := measure.Measure{Name: "npv", Party: "cloud"}, 0
	for side, of := range []*deal.Deal{d, less} {
		r := explainRun(Source{}, Edits{}, of, opt)
		for _, s := range r.sourcesOf(npv) {
			i := slices.IndexFunc(x.sources, func(o measure.Source) bool {
				return o.Label == s.Label && o.Clause == s.Clause && o.Kind == s.Kind && o.Value != nil
			})
			if s.Value == nil || i < 0 {
				continue
			}
			seen++
			if got := [][]float64{x.with, x.without}[side][i]; math.Abs(got-s.Sign*s.Value[0]) > 1e-9*math.Abs(got) {
				t.Errorf("%s %s is %v on side %d, in a run of its own %v", s.Clause, s.Label, got, side, s.Sign*s.Value[0])
			}
		}
	}
	if seen < 3 {
		t.Errorf("only %d amounts are in both: %v", seen, x.JSON().Amounts)
	}
}

// Every figure of accounts is explained, and its amounts add up to it: of base runs and of
// samples.
func TestAccountsFollowed(t *testing.T) {
	for name, d := range loadedRich(t) {
		for _, n := range []int{0, 64} {
			opt := RunOptions{Paths: n, Seed: 1}
			followed(t, name, "accounts", d, opt, NewAccounts(Source{}, Edits{}, d, opt).JSON(), "")
		}
	}
}

// Every figure of provider is explained, and its amounts add up to it.
func TestProviderFollowed(t *testing.T) {
	deals := loadedRich(t)
	for _, name := range []string{"amazon", "amazon, soft"} {
		for _, n := range []int{0, 64} {
			opt := RunOptions{Paths: n, Seed: 1}
			u, err := NewUnderwriting(Source{}, Edits{}, deals[name], opt)
			if err != nil {
				t.Fatal(err)
			}
			followed(t, name, "provider", deals[name], opt, u.JSON(), "")
		}
	}
}

// Every figure of sensitivity is explained: what moving an input does, as two runs whose amounts
// add up to the difference that is printed, the values at which the verdict turns, and the parts
// of the variance.
func TestSensitivityFollowed(t *testing.T) {
	deals := loadedRich(t)
	check := func(name, asked string, n, top int) {
		o := UsualSensitivity()
		o.Options, o.Top = value.Options{Paths: n, Seed: 1}, top
		s, err := Sensitivity(Source{}, Edits{}, deals[name], o)
		if err != nil {
			t.Fatal(err)
		}
		x := s.JSON()
		if x.Inputs = x.Inputs[:min(3, len(x.Inputs))]; asked == "sensitivity.inputs." {
			x.Variance, x.Turns = nil, nil
		}
		followed(t, name, "sensitivity", deals[name], RunOptions{Paths: n, Seed: 1}, x, asked)
	}
	usual := UsualSensitivity().Top
	check("worked", "sensitivity.turns.", 0, usual)
	check("worked", "sensitivity.variance.", 64, usual)
	check("amazon", "sensitivity.inputs.", 64, 1)
}

// Every figure of alternatives is explained, by each of the means.
func TestAlternativesFollowed(t *testing.T) {
	d := loadedRich(t)["amazon"]
	for _, n := range []int{0, 64} {
		opt := RunOptions{Paths: n, Seed: 1}
		a, err := NewByOtherMeans(Source{}, Edits{}, d, opt, means.Usual(), 0)
		if err != nil {
			t.Fatal(err)
		}
		followed(t, "amazon", "alternatives", d, opt, a.JSON(), "")
	}
}

// Every figure of each reader's page, and of a deal beside itself, is explained.
func TestPagesFollowed(t *testing.T) {
	d, opt := loadedRich(t)["amazon"], RunOptions{Paths: 64, Seed: 1}
	run := SampleFor(Source{}, Edits{}, d, opt)
	for _, reader := range Readers {
		v, err := NewView(run, ViewOptions{Reader: reader})
		if err != nil {
			t.Fatal(err)
		}
		followed(t, "amazon", "view", d, opt, map[string]any{reader: v.JSON()}, "view."+reader)
	}
	b := NewBeside([]Version{{Deal: d}, {Deal: d}}, opt)
	followed(t, "amazon", "compare", d, opt, b.JSON(), "")
}

// Every figure of solve is explained: what is left at each place, as amounts that come to it, and
// the roots; of a base run and of a sample.
func TestSolveFollowed(t *testing.T) {
	d := loadedRich(t)["amazon"]
	for _, n := range []int{0, 64} {
		s, err := Solve(Source{}, Edits{}, d, asking, value.Options{Paths: n, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		x := s.JSON()
		x.Points = x.Points[:3] // all are followed alike
		followed(t, "amazon", "solve", d, RunOptions{Paths: n, Seed: 1}, x, "solve.")
	}
}
