// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"offtake/internal/field"
)

func varied(t *testing.T) *Deal {
	t.Helper()
	text, err := os.ReadFile("../../docs/first-deal.yaml")
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), "sunk: 0.5", "sunk: 0.4 to 0.6", 1)
	if changed == string(text) {
		t.Fatal("the example has another cost")
	}
	d, list := Parse("first.yaml", []byte(changed))
	if d == nil {
		t.Fatal(list)
	}
	return d
}

func TestVariable(t *testing.T) {
	d := varied(t)
	v, err := d.Variable("clauses.spend.total")
	if err != nil || v.Kind != field.Money || v.Value != 9e11 || v.Uncertain {
		t.Errorf("%+v, %v", v, err)
	}
	if text := v.Write(1.25e11 + 0.4); text != "1.25B" {
		t.Error(text)
	}
	// A number that the file has as an interval has the mean of its distribution.
	v, err = d.Variable("world.cost.sunk")
	if err != nil || !v.Uncertain || !(v.Value > 0.4 && v.Value < 0.6) || v.Text != "0.4 to 0.6" || !v.Min.Set() {
		t.Errorf("%+v, %v", v, err)
	}
	// A field that the file does not state has its default.
	v, err = d.Variable("clauses.spend.take")
	if err != nil || v.Kind != field.Rate || v.Text != "" || v.Value != 1 {
		t.Errorf("%+v, %v", v, err)
	}
	for path, want := range map[string]string{
		"clauses.spend.totl": "clauses.spend.total", "clauses.spend": "clauses.spend.total", "clauses.spend.period": "one by one",
		"term": "terms are in", "signed": "terms are in", "world": "world.cost.sunk", "nothing.at.all": "a path begins with",
	} {
		if v, err := d.Variable(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %+v, %v", path, v, err)
		}
	}
}

// What is set with With is as if it had been set for the run, in the same form and with the
// same clauses switched off.
func TestWith(t *testing.T) {
	d, err := varied(t).Without("cheque")
	if err != nil {
		t.Fatal(err)
	}
	got, list := d.With(Edit{"clauses.spend.total", "12B"}, Edit{"world.cost.sunk", "0.55"})
	if got == nil {
		t.Fatal(list)
	}
	a, _ := got.Variable("clauses.spend.total")
	b, _ := got.Variable("world.cost.sunk")
	if a.Value != 1.2e12 || b.Uncertain || b.Value != 0.55 || len(got.Off()) != 1 || math.IsNaN(a.Value) {
		t.Errorf("%+v, %+v, off %v", a, b, got.Off())
	}
	if in, _ := got.Input("clauses.spend.total"); in.By != "--set" {
		t.Errorf("%+v", in)
	}
	if bad, list := d.With(Edit{"world.cost.sunk", "-1"}); bad != nil || !list.HasFaults() {
		t.Error("a cost below zero is taken")
	}
}

// With reads one form alone; what comes of it is what reading the whole file with the values set
// comes to.
func TestWithIsParse(t *testing.T) {
	files, _ := filepath.Glob("../../deals/*/deal.yaml")
	if len(files) == 0 {
		t.Fatal("no deals")
	}
	for k, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		d, list := Parse(name, text)
		if d == nil {
			t.Fatal(list)
		}
		view := View{}
		if n := len(d.Scenarios); n > 0 {
			view.Scenarios = []string{d.Scenarios[k%n].Name}
		}
		if d, list = d.As(view); d == nil {
			t.Fatal(list)
		}
		var several []Edit
		for i, in := range d.Inputs() {
			v, err := d.Variable(in.Path)
			if err != nil || v.Value != v.Value {
				continue
			}
			e := Edit{in.Path, v.Write(v.Value * 1.1)}
			if several = append(several, e); i%31 != k%31 {
				continue
			}
			alike(t, d, view, e)
			alike(t, d, view, several...)
			several = nil
		}
	}
}

func alike(t *testing.T, d *Deal, view View, edits ...Edit) {
	t.Helper()
	got, _ := d.With(edits...)
	want, list := ParseAs(d.file.name, d.file.source, view, edits)
	if (got == nil) != (want == nil) {
		t.Fatalf("%s, %v: %v, %v: %v", d.Title, edits, got != nil, want != nil, list)
	}
	if got == nil {
		return
	}
	for _, x := range []struct{ got, want any }{{got.World, want.World}, {got.Policy, want.Policy}, {got.Clauses, want.Clauses}, {got.Existing, want.Existing},
		{got.Prior, want.Prior}, {got.Elsewhere, want.Elsewhere}, {got.grid, want.grid}} {
		if !reflect.DeepEqual(x.got, x.want) {
			t.Fatalf("%s, %v: %T is another", d.Title, edits, x.got)
		}
	}
}
