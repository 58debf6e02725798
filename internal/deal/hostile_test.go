// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// head is the least file, without clauses and world.
const head = `offtake: 1
title: Hostile
currency: USD
signed: 2026-01-01
starts: 2026-01-01
term: 10y
parties: {lab: {role: buyer}, cloud: {role: supplier}}
`

const tail = "world: {discount: 5%, need: {firm: 1M}, cost: {sunk: 0.5}, lab_value: {start: 1B}}\n"

// many repeats a text, with %d its number, with commas between.
func many(n int, format string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = strings.ReplaceAll(format, "%d", fmt.Sprint(i))
	}
	return strings.Join(parts, ", ")
}

// TestParseHostile gives files that are YAML and made to cost time. None may take time
// in the square of its length, and no more diagnostics are kept than can be read.
func TestParseHostile(t *testing.T) {
	for name, source := range map[string]string{
		"clauses":        head + tail + "clauses: [" + many(9_000, "{commitment: {id: c%d, from: lab, to: cloud, total: 1B, within: c1%d}}") + "]\n",
		"chain":          head + tail + "clauses: [" + chain(200) + "]\n",
		"unknown fields": head + tail + "clauses: [{price: {" + many(30_000, "discoun%d: 1") + "}}]\n",
		"facts":          head + tail + "clauses: [{price: {id: list, from: cloud, to: lab}}]\nfacts: {" + many(9_000, "clauses.lost%d.discount: {status: press, source: s%d}") + "}\n",
		"sources":        head + tail + "clauses: [{price: {id: list, from: cloud, to: lab}}]\nsources: {" + many(9_000, "s%d: {publisher: P, title: T}") + "}\nassumptions: {" + many(9_000, "sources.s%d: x") + "}\n",
		"hurdles":        head + strings.ReplaceAll(tail, "world: {", "world: {hurdle: {"+many(20_000, "p%d: 5%")+"}, ") + "clauses: [{price: {id: list, from: cloud, to: lab}}]\n",
		"parties":        strings.ReplaceAll(head, "parties: {", "parties: {"+many(9_000, "p%d: {role: other}")+", ") + tail + "clauses: [{price: {id: list, from: cloud, to: lab}}]\nexpect: [" + many(9_000, "{measure: npv, party: q%d, value: 1}") + "]\n",
		"tiers":          head + tail + "clauses: [{price: {id: list, from: cloud, to: lab, tiers: [" + many(20_000, "{from: %d, discount: 5%}") + "]}}]\n",
		"table":          head + tail + "clauses: [{commitment: {id: c, from: lab, to: cloud, total: 1B, schedule: {table: [" + many(90_000, "%d") + "]}}}]\n",
		"amendments":     head + tail + "clauses: [{price: {id: list, from: cloud, to: lab}}]\namendments: [" + many(5_000, "{date: 2027-01-01, set: {clauses.list.net: %d, clauses.list.nett: %d}}") + "]\n",
		"years":          strings.ReplaceAll(head, "10y", "200y") + tail + "clauses: [{commitment: {id: c, from: lab, to: cloud, total: 1B, schedule: {growth: {per_year: 10000%}}}}]\n",
	} {
		d, list := Parse(name, []byte(source))
		if (d == nil) != list.HasFaults() || len(list) > 201 {
			t.Errorf("%s: %d diagnostics", name, len(list))
		}
		if d != nil {
			d.Inputs()
		}
	}
}

// TestHostileIsCheap holds what is made to cost time or memory to one diagnostic, and to
// little work: the bytes that are allocated on the way, for any work leaves some, are
// bounded by the bytes of the file. Without the limits several of these take gigabytes.
func TestHostileIsCheap(t *testing.T) {
	repeat := strings.Repeat
	price := "clauses: [{price: {id: list, from: cloud, to: lab}}]\n"
	full := string(files(t, "valid")["full.yaml"])
	for name, test := range map[string]struct{ source, code string }{
		"aliases":           {head + tail + "a: &a [x, x]\n" + "clauses: *a\n", "YAML-ANCHOR"},
		"brackets":          {head + tail + "clauses: " + repeat("[", 200_000), "FILE-SIZE"},
		"closed brackets":   {head + tail + "clauses: " + repeat("[", 90_000) + repeat("]", 90_000), "YAML-DEPTH"},
		"braces":            {head + tail + "clauses: " + repeat("{a: ", 60_000), "YAML-DEPTH"},
		"giant number":      {head + strings.ReplaceAll(tail, "5%", repeat("9", 1_000_000)) + price, "RATE-FORM"},
		"giant exponent":    {head + strings.ReplaceAll(tail, "1B", "1e999999999") + price, "AMOUNT-FORM"},
		"beyond products":   {head + strings.ReplaceAll(tail, "0.5", "1e300") + price, "VALUE-TOO-HIGH"},
		"giant fraction":    {head + strings.ReplaceAll(tail, "0.5", "0."+repeat("0", 100_000)+"1") + price, "NUMBER-FORM"},
		"broken bytes":      {head + tail + price + "# " + repeat("\xff\xfe", 500_000) + "\n", "FILE-UTF8"},
		"broken rune":       {head + tail + price + "# \xed\xa0\x80\n", "FILE-UTF8"},
		"clauses":           {head + tail + "clauses:\n" + repeat("  - price: {id: list, from: cloud, to: lab}\n", 100_000), "FILE-SIZE"},
		"clauses in a line": {head + tail + "clauses: [" + many(9_000, "{price: {id: p%d, from: cloud, to: lab}}") + "]\n", "CLAUSES-MANY"},
		"table":             {head + tail + "clauses: [{commitment: {id: c, from: lab, to: cloud, total: 1B, schedule: {table: [" + many(1_000_000, "1") + "]}}}]\n", "FILE-SIZE"},
		"table in bounds":   {head + tail + "clauses: [{commitment: {id: c, from: lab, to: cloud, total: 1B, schedule: {table: [" + many(190_000, "1") + "]}}}]\n", "SCHEDULE-LENGTH"},
		"table of need":     {head + strings.ReplaceAll(tail, "firm: 1M", "firm: {table: ["+many(190_000, "1")+"]}") + price, "TABLE-LENGTH"},
		"amendments":        {head + tail + price + "amendments: [" + many(5_000, "{date: 2027-01-01, set: {clauses.list.net: %d}}") + "]\n", "CHANGES-MANY"},
		"alternatives":      {head + tail + price + "alternatives: {" + many(5_000, "a%d: {set: {clauses.list.net: %d}}") + "}\n", "CHANGES-MANY"},
		"amended at length": {head + tail + price + "alternatives: {" + many(90, "a%d: {set: {clauses.list.net: %d}}") + "}\nexpect: [" + many(9_000, "{measure: npv, value: 1}") + "]\n", "CHANGES-MANY"},
		"long path":         {head + tail + price + "facts: {\"" + repeat("clauses.", 100_000) + "\": {status: estimate}}\n", "PATH-UNKNOWN"},
		"long set":          {head + tail + price + "amendments: [{date: 2027-01-01, set: {\"" + repeat("[", 190_000) + "\": 1}}]\n", "PATH-UNKNOWN"},
		"deep set":          {head + tail + price + "amendments: [{date: 2027-01-01, set: {\"world" + repeat(".x", 100_000) + "\": 1}}]\n", "PATH-UNKNOWN"},
		"long word":         {strings.ReplaceAll(full, "impossibility", repeat("im", 500_000)), "CHOICE-UNKNOWN"},
		"long name":         {full + "# " + repeat("x", 1_000_000) + "\n" + repeat("y", 1_000_000) + ": 1\n", "FIELD-UNKNOWN"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, list := Parse(name, []byte(test.source))
		runtime.ReadMemStats(&after)
		if codes := codesOf(list); !slices.Contains(codes, test.code) || len(list) > 2 {
			t.Errorf("%s: %d diagnostics, %v", name, len(list), codes)
		}
		if work, most := after.TotalAlloc-before.TotalAlloc, uint64(20<<20+1500*len(test.source)); work > most {
			t.Errorf("%s: %d bytes were allocated for a file of %d", name, work, len(test.source))
		}
	}
}

// TestRestatedWork holds the work of a deal that is restated as often as may be to a
// bound: its forms are read twice each, and no more.
func TestRestatedWork(t *testing.T) {
	source := head + tail + "clauses: [{price: {id: list, from: cloud, to: lab}}]\n"
	allocated := func(changes int) float64 {
		text := []byte(source + "alternatives: {" + many(changes, "a%d: {set: {clauses.list.net: 1}}") + "}\n")
		return testing.AllocsPerRun(1, func() {
			if d, list := Parse("deal.yaml", text); d == nil {
				t.Fatal(list)
			}
		})
	}
	ten, hundred := allocated(10), allocated(100)
	if hundred > 11*ten {
		t.Errorf("10 alternatives take %v allocations, 100 take %v", ten, hundred)
	}
}

// chain is so many commitments, each within the next and the last within the first.
func chain(n int) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = fmt.Sprintf("{commitment: {id: c%d, from: lab, to: cloud, total: 1B, within: c%d}}", i, (i+1)%n)
	}
	return strings.Join(parts, ", ")
}
