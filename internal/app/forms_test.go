// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/paths"
)

// example is a deal of package deal's test data.
func example(t *testing.T, name string) Source {
	t.Helper()
	text, err := os.ReadFile("../deal/testdata/valid/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return Source{Name: name, Text: text}
}

// A clause that an amendment removes on the day of signing is as if it had been switched
// off: every figure of the base run is the same, but for those of the price that then
// applies, which has another name.
func TestRemovedIsWithout(t *testing.T) {
	for _, name := range []string{"full.yaml", "sparse.yaml", "restated.yaml"} {
		src := example(t, name)
		d, list := deal.Parse(name, src.Text)
		if d == nil {
			t.Fatal(list)
		}
		signed, _ := d.As(deal.View{AsOf: d.Signed})
		for _, c := range signed.Clauses {
			id := c.Head().ID
			if signed.Implied(id) {
				continue
			}
			removed, list := deal.Parse(name, amended(t, src.Text, fmt.Sprintf("{date: %s, remove: [%s]}", d.Signed, id)))
			if removed == nil {
				t.Fatalf("%s without %s: %v", name, id, list)
			}
			without, err := signed.Without(id)
			if err != nil {
				t.Fatal(err)
			}
			a, b := paths.RunBase(paths.NewJob(removed, nil)), paths.RunBase(paths.NewJob(without, nil))
			compared := 0
			for i, m := range b.Measures {
				k := measure.Find(a.Measures, m.Name, m.Party, m.Clause, m.Period)
				if k < 0 || a.Values[k] != b.Values[i] && !(math.IsNaN(a.Values[k]) && math.IsNaN(b.Values[i])) {
					t.Errorf("%s without %s: %s is not the same", name, id, m.Key())
				}
				compared++
			}
			if compared < 10 || len(a.Measures) != len(b.Measures) {
				t.Errorf("%s without %s: %d and %d measures", name, id, len(a.Measures), len(b.Measures))
			}
		}
	}
}

// amended is a file with one amendment and nothing that its own amendments and
// alternatives bring.
func amended(t *testing.T, text []byte, amendment string) []byte {
	t.Helper()
	out, keep := "", true
	for _, line := range strings.SplitAfter(string(text), "\n") {
		if name, _, ok := strings.Cut(line, ":"); ok && line[0] != ' ' && line[0] != '#' {
			keep = !strings.Contains("facts assumptions amendments alternatives scenarios expect", name)
		}
		if keep {
			out += line
		}
	}
	return []byte(out + "amendments: [" + amendment + "]\n")
}

// Every expectation of the example is held to the form that it names.
func TestExpectationsOfForms(t *testing.T) {
	d, _, list, err := Load(example(t, "restated.yaml"), Edits{})
	if d == nil {
		t.Fatal(list, err)
	}
	for _, o := range Test(d) {
		if !o.Pass {
			t.Errorf("line %d: %s", o.Line, o.Says)
		}
	}
	// Of the deal as of an earlier day, those that name no day are of that day.
	d, _, _, _ = Load(example(t, "restated.yaml"), Edits{AsOf: "2026-04-20"})
	passed := 0
	for _, o := range Test(d) {
		if o.Pass {
			passed++
		}
	}
	if passed != 5 { // but for the first, of the amended ratio, and that of top, which is then of four years
		t.Errorf("%d expectations hold as signed", passed)
	}
}

// What is wrong with a call is said all at once.
func TestMisuseAtOnce(t *testing.T) {
	_, _, list, err := Load(example(t, "restated.yaml"), Edits{AsOf: "May", Alternatives: []string{"no"}, Scenarios: []string{"cloud-believe"}, Set: []string{"a", "b=1", "clauses.spend.take=2"}})
	says := ""
	if err != nil {
		says = err.Error()
	}
	for _, want := range []string{"--as-of May: write a date", "--set a: write PATH=VALUE", "--alternative no: the file has no alternative no", "--scenario cloud-believe: the file has no scenario cloud-believe (did you mean cloud-believes?)", "--set b: nothing can be set at b"} {
		if !strings.Contains(says, want) {
			t.Errorf("%q is not said: %s", want, says)
		}
	}
	if len(list) != 1 || list[0].Code != "VALUE-TOO-HIGH" {
		t.Errorf("and beside it: %v", list)
	}
}

// The comparison has the figures of each form's own run.
func TestCompare(t *testing.T) {
	src := example(t, "restated.yaml")
	e := Edits{Without: []string{"spend"}, Scenarios: []string{"lab-believes"}}
	d, src, list, err := Load(src, e)
	if d == nil {
		t.Fatal(list, err)
	}
	c, _, err := Compare(src, e, d, RunOptions{})
	if err != nil || len(c.Runs) != 4 {
		t.Fatal(c, err)
	}
	for _, x := range c.Runs {
		own := e
		if x.Name != "" {
			own.Alternatives = []string{x.Name}
		}
		if x.Name == "no-floor" {
			own.Without = nil // the alternative has no such clause
		}
		alone, src, list, err := Load(src, own)
		if alone == nil {
			t.Fatal(list, err)
		}
		if a, b := NewRun(src, own, alone, RunOptions{}).JSON().Hash, x.Run.JSON().Hash; a != b {
			t.Errorf("%s: %s and %s", x.Name, a, b)
		}
	}
	if d, _, _, _ := Load(example(t, "sparse.yaml"), Edits{}); d != nil {
		if _, _, err := Compare(src, Edits{}, d, RunOptions{}); err == nil {
			t.Error("a deal without alternatives was compared")
		}
	}
}

// The comparison of scenarios is in the alternative that is asked for, and has the figures
// of each scenario's own run.
func TestCompareScenarios(t *testing.T) {
	src := example(t, "restated.yaml")
	e := Edits{Alternatives: []string{"prospectus"}}
	d, src, list, err := Load(src, e)
	if d == nil {
		t.Fatal(list, err)
	}
	c, _, err := CompareScenarios(src, e, d, RunOptions{})
	if err != nil || len(c.Runs) != 3 {
		t.Fatal(c, err)
	}
	for k, name := range []string{"", "lab-believes", "cloud-believes"} {
		own := e
		if name != "" {
			own.Scenarios = []string{name}
		}
		alone, src, list, err := Load(src, own)
		if alone == nil {
			t.Fatal(list, err)
		}
		if a, b := NewRun(src, own, alone, RunOptions{}).JSON().Hash, c.Runs[k].Run.JSON().Hash; a != b || c.JSON().Forms[k].Scenario != name || c.Runs[k].Name != name {
			t.Errorf("%s: %s and %s, %+v", name, a, b, c.JSON().Forms[k])
		}
	}
	if d, _, _, _ := Load(example(t, "sparse.yaml"), Edits{}); d != nil {
		if _, _, err := CompareScenarios(src, Edits{}, d, RunOptions{}); err == nil {
			t.Error("a deal without scenarios was compared")
		}
	}
}
