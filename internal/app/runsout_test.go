// SPDX-License-Identifier: Apache-2.0

package app

import (
	"os"
	"strings"
	"testing"

	"offtake/internal/report"
)

// A report says how likely it is that cash runs out, when and how low it gets; one of
// a base run warns where it does on means, and a figure can be traced to the flows.
func TestReportOfCash(t *testing.T) {
	text, err := os.ReadFile("../deal/testdata/valid/cash.yaml")
	if err != nil {
		t.Fatal(err)
	}
	run := func(text string, paths int) *Run {
		d, src, list, err := Load(Source{Name: "deal.yaml", Text: []byte(text)}, Edits{})
		if err != nil || list.HasFaults() {
			t.Fatal(err, list)
		}
		return NewRun(src, Edits{}, d, RunOptions{Paths: paths, Seed: 7})
	}
	says := func(doc *report.Document, want ...string) {
		t.Helper()
		var out strings.Builder
		if err := report.Text(&out, doc, report.TextOptions{Width: 120}); err != nil {
			t.Fatal(err)
		}
		one := strings.Join(strings.Fields(out.String()), " ")
		for _, x := range want {
			if !strings.Contains(one, x) {
				t.Errorf("nothing says %q in\n%s", x, out.String())
			}
		}
	}
	says(run(string(text), 1024).Report(), "Whether the cash of Lab has run out", "if it runs out, in month", "lowest cash of Lab, median", "Cash of Lab over sampled paths")
	short := run(strings.Replace(string(text), "from: 5B, drift: 10%", "from: 4B", 1), 0)
	says(short.Report(), "On the mean of every input the cash of Lab runs out by the end of month 36")
	traced, err := short.Explain("least_cash")
	if err != nil {
		t.Fatal(err)
	}
	says(traced.Report(), "cash on the valuation date", "paid to others until then", "usage until then list", "world.default.cash.start")
	var lasts strings.Builder
	if err := report.Text(&lasts, run(string(text), 0).Report(), report.TextOptions{Width: 120}); err != nil || strings.Contains(lasts.String(), "runs out") {
		t.Errorf("%v, or an account that lasts is said to run out", err)
	}
}
