// SPDX-License-Identifier: Apache-2.0

package diag_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"offtake/internal/diag"
)

func at(file string, line, column int) diag.Place {
	return diag.Place{File: file, Line: line, Column: column}
}

func TestListCounts(t *testing.T) {
	var l diag.List
	if l.HasFaults() || l.Err() != nil {
		t.Error("an empty list has faults")
	}
	l.Warn("TAKE-LOW", at("deal.yaml", 3, 1), "", "take is %d%%", 10)
	if l.HasFaults() || l.Faults() != 0 || l.Err() != nil {
		t.Error("a warning is a fault")
	}
	l.Fault("AMOUNT-NEGATIVE", at("deal.yaml", 2, 1), "write a positive amount", "amount %s is negative", "-5B")
	l.Add(diag.Diagnostic{Code: "X"}, diag.Diagnostic{Severity: diag.Warning, Code: "Y"})
	if !l.HasFaults() || l.Faults() != 2 || len(l) != 4 {
		t.Errorf("%d faults of %d; want 2 of 4", l.Faults(), len(l))
	}
	want := diag.Diagnostic{Severity: diag.Fault, Code: "AMOUNT-NEGATIVE", Place: at("deal.yaml", 2, 1), Message: "amount -5B is negative", Hint: "write a positive amount"}
	if diff := cmp.Diff(want, l[1]); diff != "" {
		t.Error(diff)
	}
}

func TestListIsAnError(t *testing.T) {
	var l diag.List
	if got := l.Error(); got != "no diagnostics" {
		t.Error(got)
	}
	l.Warn("W", at("deal.yaml", 1, 2), "", "odd")
	if got := l.Error(); got != "deal.yaml:1:2: warning W: odd" {
		t.Error(got)
	}
	l.Fault("F", at("deal.yaml", 3, 0), "", "bad")
	err := fmt.Errorf("check: %w", l.Err())
	if got := err.Error(); got != "check: deal.yaml:3: fault F: bad (and 1 more)" {
		t.Error(got)
	}
	var back diag.List
	if !errors.As(err, &back) || len(back) != 2 {
		t.Errorf("the list came back as %v", back)
	}
}

func TestSort(t *testing.T) {
	l := diag.List{
		{Code: "B", Place: at("b.yaml", 1, 1)}, {Code: "A", Place: at("a.yaml", 2, 1)}, {Code: "Z", Place: at("a.yaml", 1, 9)}, {Code: "B", Place: at("a.yaml", 1, 2), Message: "first"},
		{Code: "A", Place: at("a.yaml", 1, 2)}, {Code: "B", Place: at("a.yaml", 1, 2), Message: "second"}, {Code: "Z", Place: at("a.yaml", 0, 0)},
	}
	l.Sort()
	got := ""
	for _, d := range l {
		got += fmt.Sprintf("%v %s%s\n", d.Place, d.Code, d.Message)
	}
	if diff := cmp.Diff("a.yaml Z\na.yaml:1:2 A\na.yaml:1:2 Bfirst\na.yaml:1:2 Bsecond\na.yaml:1:9 Z\na.yaml:2:1 A\nb.yaml:1:1 B\n", got); diff != "" {
		t.Error(diff)
	}
}

func TestString(t *testing.T) {
	for _, c := range []struct {
		place diag.Place
		want  string
	}{
		{diag.Place{File: "deal.yaml", Line: 12, Column: 15, Path: "clauses.x"}, "deal.yaml:12:15: fault C: m"}, {diag.Place{File: "deal.yaml", Line: 12}, "deal.yaml:12: fault C: m"},
		{diag.Place{File: "deal.yaml", Path: "clauses.x"}, "deal.yaml: clauses.x: fault C: m"}, {diag.Place{Path: "clauses.x"}, "clauses.x: fault C: m"},
		{diag.Place{}, "fault C: m"}, {diag.Place{File: "deal.yaml"}, "deal.yaml: fault C: m"}, {diag.Place{Line: 3, Column: 4}, "3:4: fault C: m"},
	} {
		if got := (diag.Diagnostic{Code: "C", Place: c.place, Message: "m"}).String(); got != c.want {
			t.Errorf("got %q; want %q", got, c.want)
		}
	}
}

func TestJSON(t *testing.T) {
	l := diag.List{
		{Severity: diag.Fault, Code: "AMOUNT-NEGATIVE", Place: diag.Place{File: "deal.yaml", Line: 12, Column: 15, Width: 3, Path: "clauses.series-g.amount"}, Message: "amount < 0", Hint: "write 5B"},
		{Severity: diag.Warning, Code: "W", Message: "odd"},
	}
	got, err := json.Marshal(l)
	want := `[{"severity":"fault","code":"AMOUNT-NEGATIVE","file":"deal.yaml","line":12,"column":15,"path":"clauses.series-g.amount","message":"amount \u003c 0","hint":"write 5B"},` +
		`{"severity":"warning","code":"W","message":"odd"}]`
	if err != nil || string(got) != want {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
	if got, err := json.Marshal(diag.List(nil)); err != nil || string(got) != "[]" {
		t.Errorf("an empty list is %s, %v", got, err)
	}
}
