// SPDX-License-Identifier: Apache-2.0

package app

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"offtake/internal/contract"
	"offtake/internal/measure"
	"offtake/internal/value"
)

// sources of deals in which every part has something to show.
func richDeals(t *testing.T) map[string]string {
	t.Helper()
	read := func(path ...string) string {
		text, err := os.ReadFile(filepath.Join(append([]string{"..", ".."}, path...)...))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	amazon, worked := read("deals", "amazon-anthropic-2026", "deal.yaml"), read("internal", "paths", "testdata", "worked.yaml")
	soft := strings.Replace(amazon, "binding: conditional", "binding: conditional\n      worth: 80%", 1)
	soft = strings.Replace(soft, "table: [16B", "table: [3B", 1)
	soft = strings.Replace(soft, "discount: 10%}", "discount: 10%, net: 2}", 1)
	credit := strings.Replace(worked, "round: 5}", "round: 9, paid_in: credits}", 1)
	credit = strings.Replace(credit, "firm: {constant: 10}", "firm: {table: [4, 6, 9, 12, 14, 3, 11, 9, 10, 16]}", 1)
	credit = strings.Replace(credit, "period: year}", "period: year, deficiency: 70%, make_up: {life: 2}}", 1)
	third := strings.Replace(credit, "  cloud: {", "  fund: {name: Fund, role: investor}\n  cloud: {", 1)
	third = strings.Replace(third, "  - price:", "  - equity: {id: angel, from: fund, to: lab, amount: 4, at: 2030-01-01, pre_money: 700, round: 11}\n  - price:", 1)
	sold := strings.Replace(third, "  - price:", "  - sale: {id: exit, from: fund, to: lab, of: [angel], since: 2031-01-01, per_year: 30%, discount: 10%}\n  - sale: {id: block, from: cloud, to: lab, of: [stake], binding: intent}\n  - price:", 1)
	sold = strings.Replace(sold, "expect:", "policy: {sell: always}\nexpect:", 1)
	return map[string]string{"amazon": amazon, "amazon, soft": soft, "worked": worked, "credits": credit, "third party": third, "sold": sold}
}

// Every figure in money that says what it is made of adds up to itself, on
// every deal of the library, every example of a clause and richer ones; and
// every figure can be traced.
func TestFiguresAddUp(t *testing.T) {
	all := runs(t)
	for name, text := range richDeals(t) {
		d, src, list, err := Load(Source{Name: "deal.yaml", Text: []byte(text)}, Edits{})
		if err != nil || list.HasFaults() {
			t.Fatal(name, err, list)
		}
		all[name] = NewRun(src, Edits{}, d, RunOptions{})
	}
	for name, r := range all {
		added := 0
		for i, m := range r.Base.Measures {
			sum, adds, size := 0.0, false, 0.0
			for _, s := range m.Sources(r.Base.Book) {
				if s.Sign != 0 && s.Value != nil {
					sum, adds, size = sum+s.Sign*s.Value[0], true, size+math.Abs(s.Value[0])
				}
			}
			if adds && m.Unit == measure.Money {
				added++
				if got := r.Base.Values[i]; math.Abs(sum-got) > 1e-9*math.Max(size, 1) {
					t.Errorf("%s: %s is %v, its sources add up to %v", name, value.FigureName(&m), got, sum)
				}
			}
			if adds && m.Unit != measure.Money {
				t.Errorf("%s: %s is no money and yet a sum", name, value.FigureName(&m))
			}
			if m.Period > 2 {
				continue // rows of one kind are traced alike
			}
			if doc, err := r.Explain(value.FigureName(&m)); err != nil || len(doc.Report().Sections) < 2 {
				t.Errorf("%s: %s cannot be traced: %v", name, value.FigureName(&m), err)
			}
		}
		if added < 15 {
			t.Errorf("%s: only %d figures are sums", name, added)
		}
	}
}

// A ratio says both of its sides, each as it enters: of spend to the provider's
// money, that is what the lines for use come to over what all others do.
func TestRatiosSayBothSides(t *testing.T) {
	seen := map[string]int{}
	for name, r := range runs(t) {
		role := map[string]contract.Role{}
		for _, m := range r.everyMove() {
			role[m.Clause+" "+m.Kind] = m.Role
		}
		for i, m := range r.Base.Measures {
			use, money := 0.0, 0.0
			for _, s := range m.Sources(r.Base.Book) {
				switch {
				case s.Value == nil || s.Kind == "":
				case role[s.Clause+" "+s.Kind] == contract.Use:
					use += s.Value[0]
				default:
					money += s.Value[0]
				}
			}
			want := 0.0
			switch m.Name {
			case "pv_ratio", "survival_ratio":
				want = use / money
			case "pv_coverage":
				want = money / use
			case "breakeven_markup":
				want = money / (use - money)
			default:
				continue
			}
			if got := r.Base.Values[i]; !math.IsNaN(got) {
				if seen[m.Name]++; math.Abs(got-want) > 1e-9*math.Abs(want) {
					t.Errorf("%s: %s is %v, its sources give %v", name, value.FigureName(&m), got, want)
				}
			}
		}
		for _, figure := range []string{"months_funded", "breakeven_markup_fair", "implied_cost_of_capital"} {
			i, err := r.findFigure(figure)
			if err != nil || math.IsNaN(r.Base.Values[i]) {
				continue
			}
			seen[figure]++
			if !slices.ContainsFunc(r.Base.Measures[i].Sources(r.Base.Book), func(s measure.Source) bool {
				return s.Value != nil && s.Kind != "" && role[s.Clause+" "+s.Kind] != contract.Use
			}) {
				t.Errorf("%s: %s does not say the money that it is of", name, figure)
			}
		}
	}
	if len(seen) != 7 {
		t.Errorf("of seven figures only %v are defined somewhere", seen)
	}
}

// A figure that is not there, of a kind that is, is told from those that are.
func TestFigureOfAnotherName(t *testing.T) {
	r := runs(t)["amazon-anthropic-2026"]
	_, err := r.Explain("npv.amazon")
	if err == nil || !strings.Contains(err.Error(), "of that kind it has npv.cloud, npv.lab") {
		t.Error(err)
	}
}
