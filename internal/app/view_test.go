// SPDX-License-Identifier: Apache-2.0

package app

import (
	"io"
	"math"
	"os"
	"strings"
	"testing"

	"offtake/internal/calendar"
	"offtake/internal/deal"
	"offtake/internal/report"
	"offtake/internal/value"
	"offtake/internal/value/estimate"
	"offtake/internal/value/screen"
)

// pageFor is a reader's page on a deal.
func pageFor(t *testing.T, r *Run, opt ViewOptions) *View {
	t.Helper()
	v, err := NewView(r, opt)
	if err != nil {
		t.Fatalf("%s for %s: %v", r.Source.Name, opt.Reader, err)
	}
	return v
}

// sampledCampus is a sampled run of the campus.
func sampledCampus(t *testing.T, replace ...string) *Run {
	t.Helper()
	c := campus(t, replace...)
	return SampleFor(c.Source, Edits{}, c.Deal, RunOptions{Paths: 16, Seed: 1})
}

// What others pay a holder for its shares is none of what the supply side adds to the
// lab: N of docs/clauses/sale.yaml, whose price is the market's, is nothing.
func TestSupplyTakesNoSale(t *testing.T) {
	text, err := os.ReadFile("../../docs/clauses/sale.yaml")
	if err != nil {
		t.Fatal(err)
	}
	src := Source{Name: "sale", Text: text}
	d, list := deal.Parse(src.Name, src.Text)
	if d == nil {
		t.Fatal(list)
	}
	r := SampleFor(src, Edits{}, d, RunOptions{Paths: 16, Seed: 1})
	for _, a := range pageFor(t, r, ViewOptions{Reader: "investor"}).Answers {
		for _, x := range a.Figures {
			if x.Label == "what the supply side adds, N" && (x.Value == nil || math.Abs(*x.Value) > 1) {
				t.Errorf("N is %s", x.Text)
			}
		}
	}
}

// Every reader's page of every deal of the library answers each question in a sentence with
// figures, each of which has a value or says why not, and which explain can trace.
func TestEveryPage(t *testing.T) {
	for slug, src := range library(t) {
		d, _ := deal.Parse(src.Name, src.Text)
		r := SampleFor(src, Edits{}, d, RunOptions{Paths: 64, Seed: 1})
		for _, reader := range Readers {
			v := pageFor(t, r, ViewOptions{Reader: reader})
			if len(v.Answers) < 4 {
				t.Errorf("%s for %s: %d answers", slug, reader, len(v.Answers))
			}
			for _, a := range v.Answers {
				checkAnswer(t, slug+" for "+reader, r, a)
			}
			if err := report.Text(io.Discard, v.Report(), report.TextOptions{Width: 80}); err != nil {
				t.Errorf("%s for %s: %v", slug, reader, err)
			}
		}
	}
}

func checkAnswer(t *testing.T, page string, r *Run, a Answer) {
	t.Helper()
	if !strings.HasSuffix(a.Question, "?") || !strings.HasSuffix(a.Says, ".") || strings.Contains(a.Says, "%!") {
		t.Errorf("%s: %q says %q", page, a.Question, a.Says)
	}
	if len(a.Figures) == 0 || a.Assumed == "" && len(a.Rests) == 0 {
		t.Errorf("%s: %q has no figure, or takes nothing for granted", page, a.Question)
	}
	for _, f := range a.Figures {
		if f.Label == "" || f.Text == "" || (f.Text == "-") != (f.Why != "") || strings.Contains(f.Text, "NaN") {
			t.Errorf("%s: %q has the figure %+v", page, a.Question, f)
		}
		for _, key := range f.Reading.Figures {
			if i, err := r.findFigure(key); err != nil || value.FigureName(&r.measured()[i]) != key {
				t.Errorf("%s: %q names the figure %s: %v", page, a.Question, key, err)
			}
		}
	}
}

// By hand: need is 20B a year, of which 15B is owed; five years of exclusivity over all of
// it bind 20B; others hold 2B. What is left is 3B, or nothing. One gigawatt, then two.
func TestViewYears(t *testing.T) {
	r := sampledCampus(t, "world:", "elsewhere: [{id: other, with: Other, minimum: {table: [2B, 2B, 2B, 2B, 2B, 2B, 2B, 2B, 2B, 2B]}}]\nworld:",
		"  - price:", "  - exclusivity: {id: home, from: lab, to: cloud, ladder: [{level: preferred}, {from: 2029-01-01, level: exclusive}, {from: 2034-01-01, level: none}]}\n  - price:")
	v := pageFor(t, r, ViewOptions{Reader: "competitor"})
	for y, want := range map[int]struct {
		exclusive, gw float64
		level         string
	}{0: {0, 1, "preferred"}, 4: {20, 1, "exclusive"}, 9: {0, 2, "none"}} {
		got := v.years[y]
		for _, x := range [][2]float64{{got.Need.Mean, 20e11}, {got.Floor, 15e11}, {got.Exclusive.Mean, want.exclusive * 1e11}, {got.Elsewhere, 2e11}, {got.GWYears, want.gw}} {
			closeTo(t, "year", x[0], x[1])
		}
		if got.Level != want.level {
			t.Errorf("year %d: level %q", y+1, got.Level)
		}
	}
	closeTo(t, "bound by the floor", v.years[0].Bound.Mean, 0.75)
	closeTo(t, "bound by exclusivity", v.years[4].Bound.Mean, 1)
	closeTo(t, "left", v.years[0].Left.Mean, 3e11)
	closeTo(t, "left under exclusivity", v.years[4].Left.Mean, 0)
	if share, year := v.mostBound(); share.Mean != 1 || year != 4 {
		t.Errorf("most is bound in year %d: %v", year, share)
	}
	if says := v.Answers[2].Says; !strings.Contains(says, "$15.0B of need, 8%") || !strings.Contains(says, "in no year is it half") {
		t.Errorf("left to bid for: %s", says)
	}
}

// First refusal binds what need has grown by since it began, in its scope: need of 10B
// grows to 30B in the second year, and half of 20B is bound.
func TestFirstRefusal(t *testing.T) {
	r := sampledCampus(t, "firm: 20B", "firm: {table: [10B, 30B, 30B, 30B, 30B, 30B, 30B, 30B, 30B, 30B]}", "  - price:", "  - exclusivity: {id: home, from: lab, to: cloud, ladder: [{level: first_refusal, scope: 50%}]}\n  - price:")
	v := pageFor(t, r, ViewOptions{Reader: "customer"})
	closeTo(t, "at first", v.years[0].Exclusive.Mean, 0)
	closeTo(t, "then", v.years[1].Exclusive.Mean, 10e11)
}

// Each flag is raised at its threshold and not below it.
func TestFlagThresholds(t *testing.T) {
	at := func(x float64) Reading { return Reading{Value: &x, Text: "x"} }
	sure := func(x, margin float64) Reading { return Reading{Value: &x, Margin: &margin, Text: "x"} }
	share := func(x float64) *float64 { return &x }
	for name, x := range map[string]struct {
		flag Flag
		want string
	}{
		"a stake below a tenth":      {controlFlag(at(0.0999), nil, nil, "C", "L"), notRaised},
		"a stake of a tenth":         {controlFlag(at(0.10), nil, nil, "C", "L"), raised},
		"no stake":                   {controlFlag(none("x"), nil, nil, "C", "L"), notRaised},
		"no stake and a seat":        {controlFlag(none("x"), []string{"seat"}, nil, "C", "L"), raised},
		"less spend than capital":    {spendFlag(at(0.99), "L"), notRaised},
		"as much":                    {spendFlag(at(1), "L"), raised},
		"no capital":                 {spendFlag(none("x"), "L"), notRaised},
		"less than half of need":     {needFlag(estimate.Estimate{Mean: 0.499}, 2, "L"), notRaised},
		"half of need":               {needFlag(estimate.Estimate{Mean: 0.5}, 2, "L"), raised},
		"nothing owed":               {switchingFlag(at(0), at(0), calendar.Span{Months: 2}, 0, "L"), notRaised},
		"all owed":                   {switchingFlag(at(100), at(100), calendar.Span{}, 0, "L"), raised},
		"less owed by leaving":       {switchingFlag(at(100), at(60), calendar.Span{Days: 62}, 0, "L"), notRaised},
		"three months of notice":     {switchingFlag(at(100), at(60), calendar.Span{Days: 90}, 0, "L"), raised},
		"a charge":                   {switchingFlag(at(0), at(0), calendar.Span{Months: 2}, 1, "L"), raised},
		"backlog unknown":            {backlogFlag(nil, "L", "C"), unknown},
		"less than a tenth of it":    {backlogFlag(share(0.0999), "L", "C"), notRaised},
		"a tenth of it":              {backlogFlag(share(0.1), "L", "C"), raised},
		"a price below the market's": {priceFlag(sure(0.9, 0.05), "L"), raised},
		"one within its error":       {priceFlag(sure(0.9, 0.15), "L"), notRaised},
		"a price above the market's": {priceFlag(sure(1.1, 0.05), "L"), notRaised},
		"no price":                   {priceFlag(none("x"), "L"), unknown},
	} {
		if x.flag.State != x.want || x.flag.Threshold == "" || x.flag.Says == "" {
			t.Errorf("%s: %s, want %s: %s", name, x.flag.State, x.want, x.flag.Says)
		}
	}
}

// Flags that are read off clauses alone.
func TestFlagsOfClauses(t *testing.T) {
	state := func(name string, replace ...string) string {
		v := pageFor(t, sampledCampus(t, replace...), ViewOptions{Reader: "regulator"})
		for _, f := range v.Flags {
			if f.Name == name {
				return f.State
			}
		}
		t.Fatalf("there is no flag %s", name)
		return ""
	}
	add := func(clause string) []string { return []string{"  - price:", "  - " + clause + "\n  - price:"} }
	for name, with := range map[string]string{
		"Exclusivity":         "exclusivity: {id: x, from: lab, to: cloud, ladder: [{level: first_refusal}]}",
		"Information":         "right: {id: x, from: lab, to: cloud, what: first_notification, over: plans}",
		"Revenue and resale":  "right: {id: x, from: lab, to: cloud, what: exclusive_resale, over: models}",
		"Supplier and lender": "loan: {id: x, from: cloud, to: lab, principal: 1B, rate: 6%}",
		"Control":             "right: {id: x, from: lab, to: cloud, what: board_seat, over: the board}",
	} {
		if got := state(name); got != notRaised {
			t.Errorf("%s without a cause: %s", name, got)
		}
		if got := state(name, add(with)...); got != raised {
			t.Errorf("%s with %s: %s", name, with, got)
		}
	}
	if got := state("Exclusivity", add("exclusivity: {id: x, from: lab, to: cloud, ladder: [{level: preferred}]}")...); got != notRaised {
		t.Errorf("a preferred supplier: %s", got)
	}
	if got := state("Information", add("right: {id: x, from: cloud, to: lab, what: information, over: plans}")...); got != notRaised {
		t.Errorf("what the supplier tells: %s", got)
	}
}

// Screens as worked elsewhere: a market of 30, 30, 20 and 20 percent has an index of 2,600
// (HH-1 of package screen); a stake of 2% in a rival of 30% by one of 40% adds 24; and
// vGUPPIu is 31.25% (VG-1).
func TestConcentrationScreens(t *testing.T) {
	var shares []MarketShare
	for _, text := range []string{"cloud=30%", "A=30%", "B=20%", "C=20%", "models:Lab=30%", "models:cloud=40%"} {
		x, err := ParseShare(text)
		if err != nil {
			t.Fatal(err)
		}
		shares = append(shares, x)
	}
	prices := map[string]float64{}
	for _, text := range []string{"diversion_down=25%", "margin=0.5", "price=100", "input_price=40"} {
		name, x, err := ParsePressure(text)
		if err != nil {
			t.Fatal(err)
		}
		prices[name] = x
	}
	v := pageFor(t, sampledCampus(t), ViewOptions{Reader: "regulator", Shares: shares, Prices: prices})
	figure := func(label string) Reading {
		for _, a := range v.Answers {
			for _, f := range a.Figures {
				if f.Label == label {
					return f.Reading
				}
			}
		}
		t.Fatalf("there is no figure %s", label)
		return Reading{}
	}
	for label, want := range map[string]float64{"Herfindahl-Hirschman index, at least": 2600, "change of the index by the stake": 0.02 * 0.4 * 0.3 * 1e4, "change by a merger": 2 * 0.4 * 0.3 * 1e4,
		"on what the rival pays for compute (vGUPPIu)": 0.3125} {
		if x := figure(label); x.Value == nil || math.Abs(*x.Value-want) > 1e-6*want {
			t.Errorf("%s: %+v, want %v", label, x, want)
		}
	}
	if x := figure("on the rival's own price (vGUPPIr)"); x.known() || !strings.Contains(x.Why, "pass_through, rival_price") {
		t.Errorf("what lacks inputs: %+v", x)
	}
	if _, err := NewView(v.run, ViewOptions{Reader: "regulator", Shares: append(shares, MarketShare{"compute", "D", 0.1})}); err == nil || !strings.Contains(err.Error(), "110%") {
		t.Errorf("shares beyond all: %v", err)
	}
	if _, err := NewView(v.run, ViewOptions{Reader: "lab", Shares: shares}); err == nil {
		t.Error("shares were taken for the lab")
	}
	for _, bad := range []string{"cloud", "=3%", "chips:cloud=3%", "cloud=130%", "cloud=x"} {
		if _, err := ParseShare(bad); err == nil {
			t.Errorf("--share %s was taken", bad)
		}
	}
	for _, bad := range []string{"margin", "margins=3%", "margin=x"} {
		if _, _, err := ParsePressure(bad); err == nil {
			t.Errorf("--pressure %s was taken", bad)
		}
	}
}

// A threshold is said as it is, and only those in force on the day are told.
func TestThresholdWords(t *testing.T) {
	v := pageFor(t, sampledCampus(t), ViewOptions{Reader: "regulator"})
	block := v.rules(screen.Market{Relation: screen.Rivals, HHI: 1900, Change: 150, Share: 0.31})
	table, ok := block.(report.Table)
	if !ok {
		t.Fatalf("%+v", block)
	}
	var said []string
	for _, row := range table.Rows {
		said = append(said, row[0].Text+": "+row[3].Text)
	}
	for _, want := range []string{"United States: index above 1,800, change above 100", "United States: share above 30%, change above 100", "European Union: index 1,000 to 2,000, change below 250", "United Kingdom: -"} {
		if !strings.Contains(strings.Join(said, "\n"), want) {
			t.Errorf("%q is not among\n%s", want, strings.Join(said, "\n"))
		}
	}
	for _, rule := range screen.Rules() {
		if !rule.InForce(calendar.MustParseDate("2026-01-01")) && strings.Contains(strings.Join(said, "\n"), rule.Document) {
			t.Errorf("%s is not in force", rule.Document)
		}
	}
}
