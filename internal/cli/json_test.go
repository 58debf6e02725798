// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// documented are the members that docs/json.md has for a command.
func documented(t *testing.T, section string) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "json.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(text), "\n## "+section+"\n")
	if !ok {
		t.Fatalf("docs/json.md has nothing on %s", section)
	}
	part, _, _ := strings.Cut(rest, "\n## ")
	out := map[string]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(part, -1) {
		out[row[1]] = true
	}
	return out
}

// members are the ways to every value in some JSON; what is in diagnostics is left to
// the part on them.
func members(value any, at string, out map[string]bool) {
	switch x := value.(type) {
	case map[string]any:
		for name, inner := range x {
			members(inner, strings.TrimPrefix(at+"."+name, "."), out)
		}
	case []any:
		for _, inner := range x {
			if strings.HasSuffix(at, "faults") {
				out[at+"[]"] = true
				continue
			}
			members(inner, at+"[]", out)
		}
	default:
		out[at] = true
	}
}

// The page on JSON has every member that is printed, and none that is not.
func TestJSONPage(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return name
	}
	first, err := os.ReadFile(filepath.Join("..", "..", "docs", "first-deal.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	bad := write("bad.yaml", strings.Replace(string(first), "total: 9B", "totel: 9B", 1))
	broken := write("broken.yaml", "offtake: [\n")
	unsure := write("unsure.yaml", strings.Replace(string(first), "sunk: 0.5", "sunk: 0.4 to 0.6", 1))
	untidy := write("untidy.yaml", string(first)+"\n\n")
	wrong := write("wrong.yaml", string(first)+`expect:
  - {measure: npv, party: cloud, value: 1}
  - {measure: schedule, clause: spend, period: 1, value: 3B}
  - {measure: nothing, value: 3B}
`)
	narrow := write("narrow.yaml", strings.Replace(string(first), "amount: 1B", "amount: 1B, round: 1.5B", 1))
	stepped := write("stepped.yaml", strings.Replace(string(first), "need: {firm: {table: [2B, 3.5B, 5B]}}", "need: {firm: 3B, flexible: {amount: 1B, value: 2}}", 1))
	seldom := write("seldom.yaml", strings.Replace(string(first), "table: [2B, 3.5B, 5B]", "constant: {discrete: [{value: 0, probability: 99%}, {value: 4B, probability: 1%}]}", 1))
	// The present value -100 + 230 x - 132 x^2 of its flows has its largest value, 230^2/(4 132) - 100 = 0.1893939394, at x = 230/264.
	twice := write("twice.yaml", strings.NewReplacer("  - equity: {id: cheque, from: cloud, to: lab, amount: 1B, pre_money: 50B}\n  - commitment: {id: spend, from: lab, to: cloud, total: 9B, make_up: {life: 2}}\n",
		"  - grant: {id: gift, from: cloud, to: lab, worth: 100M}\n  - price: {id: list, from: cloud, to: lab, fixed: 1}\n",
		"term: 3y", "term: 2y\nstep: year\nday_count: 30/360", "table: [2B, 3.5B, 5B]", "table: [230M, 132M]", "sunk: 0.5", "sunk: {table: [0, 2]}").Replace(string(first)))
	const amazon = "amazon-anthropic-2026"
	restated := filepath.Join("..", "deal", "testdata", "valid", "restated.yaml")
	again, err := os.ReadFile(restated)
	if err != nil {
		t.Fatal(err)
	}
	later := []string{"--as-of", "2028-05-01", "--alternative", "more", "--scenario", "cloud-believes"}
	form := func(args ...string) []string { return append(args, later...) }
	for section, runs := range map[string][][]string{
		"run alternatives": {{"run", restated, "--alternative", "all", "--as-of", "2028-05-01", "--scenario", "lab-believes", "--set", "world.discount=4%", "--without", "shares"},
			{"run", restated, "--alternative", "all", "--paths", "16384", "--until", "90%", "--set", "world.need.firm={lognormal: {mean: 5B, volatility: 90%}}"}, {"run", restated, "--scenario", "all", "--alternative", "more"}},
		"run": {form("run", restated), {"run", amazon, "--set", "world.discount=5%", "--without", "delayed-draw"}, {"run", amazon, "--paths", "16"},
			{"run", unsure, "--paths", "4096", "--set", "world.need.firm={lognormal: {mean: 3B, volatility: 30%}}"},
			{"run", filepath.Join("..", "..", "docs", "first-deal.yaml"), "--paths", "16384", "--until", "90%"},
			{"run", write("plain.yaml", strings.Replace(string(first), "amount: 1B", "amount: 0.01", 1))}},
		"accounts": {form("accounts", restated), {"accounts", "coreweave-openai-2025", "--set", "accounting.supplier_revenue=5B", "--without", "late-again"},
			{"accounts", "xai-valor-2026", "--set", "accounting.asset_value=5.4B"}},
		"provider": {form("provider", write("built.yaml", strings.Replace(string(again), "\nclauses:\n", "\nclauses:\n  - capacity: {id: built, from: cloud, to: lab, generations: [{from: 2027-01-01, gw: 0.1, units_per_gw: 1B}]}\n", 1)),
			"--set", "provider.balance.equity=5B", "--without", "shares"), {"provider", "coreweave-openai-2025", "--paths", "64", "--without", "late-again"}},
		"clauses": {form("clauses", restated, "--paths", "64", "--group", "both=shares,spend"), {"clauses", restated, "--paths", "64", "--exact", "2", "--orders", "2", "--set", "world.discount=5%", "--without", "shares"},
			{"clauses", amazon, "--paths", "64", "--rules", "written", "--group", "a=series-g,series-h,delayed-draw,convertible", "--group", "b=delivery,later-chips,list"}},
		"compare": {{"compare", restated + "@2028-05-01@more@cloud-believes", restated + "@lab-believes", "--paths", "64"}, {"compare", amazon, restated, "--differs", "--paths", "64"},
			{"compare", amazon, write("euros.yaml", strings.NewReplacer("USD", "EUR", "$", "").Replace(string(first))), "--paths", "64"}},
		"check":   {{"check", bad}},
		"explain": {form("explain", restated), {"explain", amazon, "--set", "world.discount=5%", "--without", "delayed-draw"}, {"explain", amazon, "--set", "world.cost.sunk=0.4 to 0.6"}, {"explain", write("first.yaml", string(first))}},
		"value": {form("value", restated), {"value", seldom, "--paths", "1024"}, {"value", amazon, "--paths", "64", "--set", "world.discount=5%", "--without", "series-g"},
			{"value", write("lent.yaml", strings.Replace(string(first), "clauses:\n", "clauses:\n  - loan: {id: vendor, from: cloud, to: lab, principal: 1B, rate: 2%}\n  - exclusivity: {id: only, from: lab, to: cloud, ladder: [{level: first_refusal}]}\n", 1)), "--set", "day_count=30/360"}},
		"alternatives": {form("alternatives", restated, "--money", "1B"), {"alternatives", amazon, "--paths", "64", "--set", "world.discount=5%", "--without", "later-chips"}},
		"explain figure": {form("explain", restated, "npv.cloud"), {"explain", amazon, "npv.cloud"}, {"explain", amazon, "deficiency.aws-spend.3"},
			{"explain", amazon, "headline_ratio"}, {"explain", unsure, "npv.cloud"}, {"explain", amazon, "npv.cloud", "--paths", "0"},
			{"explain", amazon, "value.rights.delayed-draw.gains.lab", "--paths", "64"}},
		"solve": {{"solve", unsure, "--vary", "world.cost.sunk", "--so-that", "npv.cloud = 0", "--paths", "64", "--set", "world.discount=5%"},
			{"solve", unsure, "--vary", "clauses.spend.total=1B..30B", "--vary", "world.lab_value.start=10B..90B", "--so-that", "npv.lab = 0", "--so-that", "npv.cloud = -900B", "--paths", "0"},
			{"solve", narrow, "--vary", "clauses.cheque.amount=1B..3B", "--so-that", "npv.cloud = 0", "--paths", "0"},
			{"solve", unsure, "--vary", "clauses.spend.total=1M..30B", "--so-that", "deficiency_total = 0", "--paths", "0"},
			{"solve", twice, "--vary", "world.discount=5%..25%", "--so-that", "npv.cloud = 189393.94", "--paths", "0"},
			{"solve", stepped, "--vary", "world.need.flexible.value=0.5..3", "--so-that", "pv_spend = 11B", "--paths", "0"}},
		"sensitivity":  {{"sensitivity", unsure, "--paths", "64", "--set", "world.discount=5%", "--set", "world.default={hazard: 2%}", "--top", "12"}, {"sensitivity", narrow, "--paths", "0", "--move", "90%"}, {"sensitivity", narrow, "--paths", "0", "--on", "premium", "--set", "clauses.cheque.pre_money=60B"}},
		"page":         {{"page", unsure, "--paths", "64"}},
		"test":         {{"test", wrong, bad, restated}},
		"library":      {{"library"}},
		"library name": {{"library", amazon}},
		"fmt":          {{"fmt", "--check", untidy, broken}},
	} {
		printed := map[string]bool{}
		for _, args := range runs {
			var out, errs bytes.Buffer
			Main(append(args, "--json"), &out, &errs)
			var value any
			decoder := json.NewDecoder(&out)
			if err := decoder.Decode(&value); err != nil || decoder.More() {
				t.Fatalf("%q prints no one JSON value: %v\n%s", args, err, errs.String())
			}
			if all, ok := value.(map[string]any); ok && section == "page" { // its parts are those of other sections
				for _, name := range []string{"value", "clauses", "sensitivity"} {
					if all[name] != nil {
						all[name] = name
					}
				}
			}
			members(value, "", printed)
		}
		known := documented(t, section)
		for name := range printed {
			if !known[name] {
				t.Errorf("%s: docs/json.md does not have %s", section, name)
			}
		}
		for name := range known {
			if !printed[name] {
				t.Errorf("%s: docs/json.md has %s, which nothing prints", section, name)
			}
		}
	}
}
