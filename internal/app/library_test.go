// SPDX-License-Identifier: Apache-2.0

package app

import (
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"offtake/internal/deal"
	"offtake/internal/measure"
	"offtake/internal/paths"
)

// library is every deal of the library, by its folder's name.
func library(t *testing.T) map[string]Source {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("..", "..", "deals", "*", "deal.yaml"))
	if err != nil || len(names) == 0 {
		t.Fatal("there is no library", err)
	}
	out := map[string]Source{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(filepath.Dir(name))] = Source{Name: name, Text: text}
	}
	return out
}

// examples are the deals that show one clause each, by name.
func examples(t *testing.T) map[string]Source {
	t.Helper()
	names, err := filepath.Glob(filepath.Join("..", "..", "docs", "clauses", "*.yaml"))
	if err != nil || len(names) == 0 {
		t.Fatal("there are no examples", err)
	}
	out := map[string]Source{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out["example "+filepath.Base(name)] = Source{Name: name, Text: text}
	}
	return out
}

// warned are the warnings that are true of a deal; each is explained in its
// file.
var warned = map[string][]string{
	"coreweave-nvidia-2025": {"CAPACITY-CONSTANT"},     // the order is for these machines
	"coreweave-openai-2025": {"CAPACITY-CONSTANT"},     // each order is for its machines
	"google-anthropic-2026": {"MINIMUM-OVER-CAPACITY"}, // in the alternative with the press's total, as the file says
	"terawulf-google-2025":  {"CAPACITY-CONSTANT"},     // halls do not age as chips do
	"snap-aws-2017":         {"SIGNED-AFTER-START"},    // the addendum of February reaches back to January
}

// Every deal of the library reads clean, rests on sourced facts and reasoned
// assumptions alone, and comes to what it says of itself.
func TestLibrary(t *testing.T) {
	for slug, src := range library(t) {
		t.Run(slug, func(t *testing.T) {
			d, list := deal.Parse(src.Name, src.Text)
			if d == nil {
				t.Fatal(list)
			}
			for _, x := range list {
				if !slices.Contains(warned[slug], x.Code) {
					t.Errorf("an unexpected warning: %s", x.Message)
				}
			}
			for form, d := range forms(t, d) {
				for _, in := range d.Inputs() {
					if in.Status == deal.Assumed && in.Reason == "" {
						t.Errorf("line %d: %s: %s is neither a fact nor an assumption with a reason", in.Place.Line, form, in.Path)
					}
				}
			}
			cites(t, d, string(src.Text))
			if deal.Sourced(d.Inputs()) == 0 || len(d.Sources) == 0 {
				t.Error("nothing is sourced")
			}
			outcomes := Test(d)
			if len(outcomes) == 0 {
				t.Error("nothing is expected")
			}
			for _, o := range outcomes {
				if !o.Pass {
					t.Errorf("line %d: %s", o.Line, o.Says)
				}
			}
		})
	}
}

// forms are a deal as signed, as amended up to each day, as it stands, and in each
// of its alternatives.
func forms(t *testing.T, d *deal.Deal) map[string]*deal.Deal {
	t.Helper()
	views := map[string]deal.View{"as signed": {AsOf: d.Signed}}
	for _, a := range d.Amendments {
		views["as of "+a.Date.String()] = deal.View{AsOf: a.Date}
	}
	for _, a := range d.Alternatives {
		views["alternative "+a.Name] = deal.View{Alternatives: []string{a.Name}}
	}
	out := map[string]*deal.Deal{"as it stands": d}
	for name, v := range views {
		as, list := d.As(v)
		if as == nil {
			t.Fatal(name, list)
		}
		out[name] = as
	}
	return out
}

// cited finds where words name a source, as in (source sec-filing) or (press,
// source a-note; and more).
var cited = regexp.MustCompile(`[(, ]sources? ([a-z][a-z0-9]*(?:-[a-z0-9]+)+)`)

// cites holds a file to sources that are there where its words name one, and to no
// source that nothing rests on.
func cites(t *testing.T, d *deal.Deal, text string) {
	t.Helper()
	used := map[string]bool{}
	for _, m := range cited.FindAllStringSubmatch(strings.ReplaceAll(text, "\n# ", " "), -1) {
		used[m[1]] = true
		if !slices.ContainsFunc(d.Sources, func(s deal.Source) bool { return s.Key == m[1] }) {
			t.Errorf("the file speaks of the source %s, which it does not have", m[1])
		}
	}
	for _, f := range d.Facts {
		used[f.Source] = true
	}
	for _, a := range d.Amendments {
		used[a.Source] = true
	}
	for _, a := range d.Alternatives {
		used[a.Source] = true
	}
	for _, s := range d.Sources {
		if !used[s.Key] {
			t.Errorf("nothing rests on the source %s", s.Key)
		}
	}
}

// On every deal of the library, whole and without each of its clauses, the
// provider's value from flows is that from parts under each view of its cost,
// and all sides' values, with what those outside get, add up to S + G - W. So
// it is for every example of a clause.
func TestLibraryAddsUp(t *testing.T) {
	all := library(t)
	maps.Copy(all, examples(t))
	for slug, src := range all {
		d, list := deal.Parse(src.Name, src.Text)
		if d == nil {
			t.Fatal(list)
		}
		addsUp(t, slug, d)
		for _, c := range d.Clauses {
			id := c.Head().ID
			without, err := d.Without(id)
			if err != nil {
				t.Fatal(err)
			}
			addsUp(t, slug+" without "+id, without)
		}
	}
}

func addsUp(t *testing.T, name string, d *deal.Deal) {
	t.Helper()
	base := paths.RunBase(paths.NewJob(d, nil))
	at := func(name, party string) float64 {
		return base.Values[measure.Find(base.Measures, name, party, "", 0)]
	}
	size := math.Abs(at("pv_spend", "")) + 1e-5*d.World.LabValue.StartCents.Value // of which a float keeps 16 digits
	flows, parts := make([]float64, 1), make([]float64, 1)
	for k, c := range base.Job.Plan.Costs {
		base.Book.NPVProvider(flows, k)
		base.Book.NPVProviderFromParts(parts, k)
		if math.Abs(flows[0]-parts[0]) > 1e-9*size {
			t.Errorf("%s: if its cost is %s, the provider has %v from flows and %v from parts", name, c.Name, flows[0], parts[0])
		}
	}
	sum := 0.0
	for _, p := range d.Parties {
		if i := measure.Find(base.Measures, "npv", p.Key, "", 0); i >= 0 {
			sum += base.Values[i]
		}
	}
	sum += base.Book.Parts().Outside[0]
	if want := at("surplus", "") + at("supply_gain", "") - at("deadweight", ""); math.Abs(sum-want) > 1e-9*size {
		t.Errorf("%s: the sides' values add up to %v, S + G - W is %v", name, sum, want)
	}
}
