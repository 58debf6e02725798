// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// notSums are measures of money that are no sum of flows: what they are made
// of is shown, and does not add up to them.
var notSums = []string{"npv_at_hurdle", "peak_exposure", "default_loss", "effective_commitment", "deficiency_worst"}

// Every figure can be traced: on rich deals, lane by lane and in expectation,
// the sources of a sum of money add up to it.
func TestFiguresAreTraced(t *testing.T) {
	sums := map[string]bool{}
	for name, r := range map[string]*run{"rich": rich(), "available": available(), "bare": bare(), "moved": moved()} {
		s := r.setting(t)
		b := r.book(t, s)
		traced(t, name, s, b, sums)
		if len(r.fails) > 1 {
			weights := make([]float64, len(r.fails))
			for lane := range weights {
				weights[lane] = 1 / float64(len(weights))
			}
			expected := *s
			expected.Expected = true
			traced(t, name+", expected", &expected, b.Expected(weights, len(r.fails)-1), sums)
		}
	}
	for _, name := range []string{"pv_spend", "pv_spend_riskless", "net_equity_price", "premium", "stake_fair_value", "overcharge", "deficiency_value", "supply_gain",
		"surplus", "options", "credit_loss", "deadweight", "npv", "npv_if_scarce", "deficiency_elsewhere", "deficiency_book",
		"least_cash", "total_given", "total_received", "total_given_in_kind", "total_received_in_kind"} {
		if !sums[name] {
			t.Errorf("%s was never held to its sources", name)
		}
	}
}

func traced(t *testing.T, deal string, s *Setting, b *Book, sums map[string]bool) {
	t.Helper()
	seen := map[string]bool{}
	out, scale := make([]float64, b.lanes), 0.0
	for _, m := range Catalog(s) {
		key := fmt.Sprint(m.Key(), " ", m.Period)
		if seen[key] {
			t.Errorf("%s: %s is there twice", deal, key)
		}
		seen[key] = true
		checkMeasure(t, deal, &m)
		sources := m.Sources(b)
		checkSources(t, deal+", "+key, s, b, sources)
		signed := slices.ContainsFunc(sources, func(x Source) bool { return x.Sign != 0 })
		switch {
		case !signed && m.Unit == Money && m.Clause == "" && !slices.Contains(notSums, m.Name) && !zero(&m, b):
			t.Errorf("%s: %s has no sources that add up", deal, key)
		case signed && m.Unit != Money:
			t.Errorf("%s: %s is in %v and its sources claim to add up to it", deal, key, m.Unit)
		}
		if !signed {
			continue
		}
		sums[m.Name] = true
		m.Value(b, out)
		for lane := range out {
			sum := 0.0
			for _, x := range sources {
				if x.Sign != 0 {
					sum += x.Sign * x.Value[lane]
					scale = max(scale, math.Abs(x.Value[lane]))
				}
			}
			if !(math.Abs(sum-out[lane]) <= 1e-11*scale) {
				t.Errorf("%s: %s in lane %d is %v, its sources add up to %v", deal, key, lane, out[lane], sum)
			}
		}
	}
}

// zero tells whether a measure is zero in every lane.
func zero(m *Measure, b *Book) bool {
	out := make([]float64, b.lanes)
	m.Value(b, out)
	return !slices.ContainsFunc(out, func(x float64) bool { return x != 0 })
}

func checkMeasure(t *testing.T, deal string, m *Measure) {
	t.Helper()
	if m.Name == "" || m.Doc == "" || m.Sources == nil || m.Value == nil || m.Unit.String() == "" {
		t.Errorf("%s: %s lacks a doc, a value or sources", deal, m.Key())
	}
	if strings.HasSuffix(m.Doc, ".") || strings.TrimSpace(m.Doc) != m.Doc || strings.Contains(m.Doc, "  ") {
		t.Errorf("%s: the doc of %s is no phrase: %q", deal, m.Key(), m.Doc)
	}
}

func checkSources(t *testing.T, what string, s *Setting, b *Book, sources []Source) {
	t.Helper()
	ids := map[string]bool{}
	for _, l := range s.Program.Lines() {
		ids[l.Clause] = true
	}
	for _, x := range sources {
		if x.Label == "" || x.Sign != 0 && len(x.Value) != b.lanes || x.Clause != "" && !ids[x.Clause] {
			t.Errorf("%s: source %+v", what, x)
		}
		if x.Sign == 0 && len(x.Value) == 0 && len(x.Inputs) == 0 {
			t.Errorf("%s: source %s says nothing", what, x.Label)
		}
		for _, path := range x.Inputs {
			id, _, _ := strings.Cut(strings.TrimPrefix(path, "clauses."), ".")
			if of := strings.HasPrefix(path, "clauses."); of && !ids[id] || !of && !strings.HasPrefix(path, "world.") && path != "existing" && path != "elsewhere" && path != "policy.take" {
				t.Errorf("%s: source %s has the input %s", what, x.Label, path)
			}
		}
	}
}

// The rich deal is rich: every part of its value is there in some lane.
func TestRichDealIsRich(t *testing.T) {
	s := rich().setting(t)
	b := rich().book(t, s)
	for _, m := range Catalog(s) {
		row := m.Clause != ""
		invests := m.Name == "total_received" && (m.Party == "fund" || m.Party == "bank") // shares and notes are no cash
		if m.Unit == Money && !row && !invests && m.Name != "supply_gain_if_scarce" && zero(&m, b) {
			t.Errorf("%s is zero in every lane", m.Key())
		}
	}
	for _, name := range []string{"deferred", "deficiency", "make_up_used", "make_up_bank"} {
		found := false
		for _, m := range Catalog(s) {
			found = found || m.Name == name && !zero(&m, b)
		}
		if !found {
			t.Errorf("%s is zero in every row", name)
		}
	}
}

// Measures are found by what tells them apart.
func TestFind(t *testing.T) {
	s := rich().setting(t)
	all := Catalog(s)
	for _, c := range []struct {
		name, party, clause string
		period              int
		key                 string
	}{
		{"npv", "cloud", "", 0, "npv.cloud"}, {"npv", "lab", "", 0, "npv.lab"}, {"npv", "fund", "", 0, "npv.fund"}, {"npv", "", "", 0, "npv.cloud"},
		{"paid", "", "inner", 12, "paid.inner"}, {"paid", "", "outer", 3, "paid.outer"}, {"paid", "", "outer", 4, ""}, {"paid", "lab", "", 1, ""}, {"price", "", "", 0, ""},
		{"overcharge", "", "", 0, "overcharge"},
	} {
		i, key := Find(all, c.name, c.party, c.clause, c.period), ""
		if i >= 0 {
			key = all[i].Key()
			if all[i].Period != c.period {
				t.Errorf("%s: period %d, want %d", key, all[i].Period, c.period)
			}
		}
		if key != c.key {
			t.Errorf("%s %s %s %d: found %q, want %q", c.name, c.party, c.clause, c.period, key, c.key)
		}
	}
}

// A book can be used again, and lanes do not matter to each other.
func TestBooksAreUsedAgain(t *testing.T) {
	r := rich()
	s := r.setting(t)
	b := r.book(t, s)
	all := Catalog(s)
	read := func(b *Book) (out [][]float64) {
		for _, m := range all {
			col := make([]float64, b.lanes)
			m.Value(b, col)
			out = append(out, col)
		}
		return out
	}
	first := read(b)
	b.Close()
	if again := read(b); fmt.Sprint(again) != fmt.Sprint(first) {
		t.Error("closing twice changes the book")
	}
	for lane := range r.fails {
		alone := rich()
		alone.fails, alone.leaves = r.fails[lane:lane+1], r.leaves[lane:lane+1]
		for i, col := range read(alone.book(t, s)) {
			if x, y := col[0], first[i][lane]; math.Float64bits(x) != math.Float64bits(y) && !(math.IsNaN(x) && math.IsNaN(y)) {
				t.Errorf("lane %d, %s: %v alone, %v among others", lane, all[i].Key(), x, y)
			}
		}
	}
	// Opened again, it forgets.
	b.Open()
	b.Close()
	for i, col := range read(b) {
		if m := all[i]; m.Name == "overcharge" || m.Name == "pv_spend" || m.Name == "stake" || m.Clause != "" {
			if col[0] != 0 {
				t.Errorf("after opening again %s is %v", m.Key(), col[0])
			}
		}
	}
}

// The means of lanes added up are theirs.
func TestBooksAddUp(t *testing.T) {
	r := rich()
	s := r.setting(t)
	b := r.book(t, s)
	sums, weights := NewSums(s, 0), make([]float64, b.lanes)
	sums.AddBook(b, 3, nil)
	for lane := range 3 {
		weights[lane] = 1.0 / 3
	}
	sum, _ := sums.Means(3, NewControls(0, 0).Fit(), nil)
	mean := b.Expected(weights, 7)
	for _, name := range []string{"overcharge", "deficiency_value", "surplus", "credit_loss", "deadweight", "stake", "pv_spend"} {
		want(t, s, sum, name, "", 0, value(t, s, mean, name, "", 0))
	}
	for _, party := range []string{"cloud", "lab", "fund"} {
		want(t, s, sum, "npv", party, 0, value(t, s, mean, "npv", party, 0))
		want(t, s, sum, "irr", party, 0, value(t, s, mean, "irr", party, 0))
	}
}

// An expected book is the weighted mean of its lanes; with all weight on one
// lane it is that lane.
func TestExpectedIsTheMean(t *testing.T) {
	r := rich()
	s := r.setting(t)
	b := r.book(t, s)
	weights := []float64{0.1, 0.05, 0.2, 0, 0.15, 0.1, 0.1, 0.3}
	e := b.Expected(weights, 7)
	one := b.Expected([]float64{0, 0, 1, 0, 0, 0, 0, 0}, 7)
	for _, name := range []string{"overcharge", "deficiency_value", "supply_gain", "surplus", "options", "credit_loss", "deadweight", "pv_spend", "stake", "stake_after"} {
		mean := 0.0
		for lane, w := range weights {
			mean += w * value(t, s, b, name, "", lane)
		}
		want(t, s, e, name, "", 0, mean)
		want(t, s, one, name, "", 0, value(t, s, b, name, "", 2))
	}
	for _, party := range []string{"cloud", "lab", "fund", "bank"} {
		mean := 0.0
		for lane, w := range weights {
			mean += w * value(t, s, b, "npv", party, lane)
		}
		want(t, s, e, "npv", party, 0, mean)
	}
	expected := *s
	expected.Expected = true
	want(t, &expected, e, "default_loss", "cloud", 0, value(t, s, b, "npv", "cloud", 7)-value(t, s, e, "npv", "cloud", 0))
	want(t, &expected, e, "pv_spend_riskless", "", 0, value(t, s, b, "pv_spend", "", 7))
	// Rows of a ledger are as agreed.
	all := Catalog(&expected)
	col, agreed := make([]float64, 1), make([]float64, b.lanes)
	for _, m := range all {
		if m.Clause != "" {
			if m.Value(e, col); true {
				m.Value(b, agreed)
			}
			if col[0] != agreed[7] {
				t.Errorf("%s, period %d: %v, as agreed %v", m.Key(), m.Period, col[0], agreed[7])
			}
		}
	}
}
