// SPDX-License-Identifier: Apache-2.0

package app

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"offtake/internal/report"
	"offtake/internal/unit"
)

// An event that no path has shown is bounded by 3 over the number of paths, in the
// report and in JSON, and nowhere 0 ± 0: a lab that needs far more than its minimum,
// and fails once in ten million years.
func TestNeverSeen(t *testing.T) {
	text, err := os.ReadFile("../paths/testdata/worked.yaml")
	if err != nil {
		t.Fatal(err)
	}
	never := strings.NewReplacer("firm: {constant: 10}", "firm: {lognormal: {mean: 900, volatility: 10%}}",
		"hazard: 4%", "hazard: 0.00001%", "mode: weighted", "mode: simulated").Replace(string(text))
	for points, plain := range map[string]bool{"sobol": false, "plain": true} {
		d, src, list, err := Load(Source{Name: "deal.yaml", Text: []byte(never)}, Edits{})
		if err != nil || list.HasFaults() {
			t.Fatal(err, list)
		}
		const paths = 2048
		r := NewRun(src, Edits{}, d, RunOptions{Paths: paths, Seed: 7, Plain: plain})
		var out strings.Builder
		if err := report.Text(&out, r.Report(), report.TextOptions{Width: 120}); err != nil {
			t.Fatal(err)
		}
		bound := "< " + unit.FormatRate(3.0/paths)
		for _, line := range []string{"Lab fails within the run", "any deficiency is charged", "default"} {
			found := false
			for _, row := range strings.Split(out.String(), "\n") {
				if fields := strings.TrimSpace(row); strings.HasPrefix(fields, line+"  ") {
					found = true
					if !strings.Contains(row, bound) || strings.Contains(row, "±") {
						t.Errorf("%s: %q, want %s", points, row, bound)
					}
				}
			}
			if !found {
				t.Errorf("%s: there is no row %s", points, line)
			}
		}
		if x := regexp.MustCompile(`± \$?0(\.0+)?%?([ ;]|$)|deficiency in all`).FindString(out.String()); x != "" {
			t.Errorf("%s: the report has %q:\n%s", points, x, out.String())
		}
		seen := 0
		for _, n := range r.JSON().Measures {
			if n.Name == "default" || n.Name == "deficiency_total" || n.Name == "deficiency_paid" {
				seen++
				if *n.Chance != 0 || *n.ChanceMargin != 3.0/paths {
					t.Errorf("%s: %s has a chance of %v ± %v", points, n.Name, *n.Chance, *n.ChanceMargin)
				}
			}
		}
		if seen < 3 {
			t.Errorf("%d measures are there", seen)
		}
		if id := r.JSON().Run; id.Points != points || (id.Groups == 16) == plain {
			t.Errorf("%+v", id)
		}
	}
}
