// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"strings"
	"testing"

	"offtake/internal/deal/read"
)

func seeds(f *testing.F) [][]byte {
	var out [][]byte
	for _, dir := range []string{"valid", "invalid"} {
		for _, source := range files(f, dir) {
			out = append(out, source)
		}
	}
	return out
}

// FuzzParse holds what any text gives: a deal or a fault, diagnostics that say
// something, and a deal that can be laid out for running with any clause switched off.
func FuzzParse(f *testing.F) {
	for _, source := range seeds(f) {
		f.Add(source)
	}
	known := map[string]bool{}
	for _, c := range Codes {
		known[c.Name] = true
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		d, list := Parse("deal.yaml", source)
		if (d == nil) != list.HasFaults() {
			t.Fatalf("deal %v, faults %v", d != nil, list)
		}
		for _, x := range list {
			if !known[x.Code] || x.Message == "" || x.Hint == "" {
				t.Fatalf("%+v", x)
			}
		}
		if d == nil {
			return
		}
		d.Inputs()
		d.Program(true)
		for _, c := range d.Clauses {
			if id := c.Head().ID; !d.Implied(id) {
				without, err := d.Without(id)
				if err != nil {
					t.Fatal(err)
				}
				without.Program(false)
				c.Explain(without.Setting())
			}
		}
		checkForms(t, d)
	})
}

// checkForms holds a deal without faults to have none in any of the forms that it was
// checked in, and lays each out for running.
func checkForms(t *testing.T, d *Deal) {
	views := []View{{AsOf: d.Signed}}
	for _, a := range d.Amendments {
		views = append(views, View{AsOf: a.Date})
	}
	for _, a := range d.Alternatives {
		views = append(views, View{Alternatives: []string{a.Name}})
	}
	for _, s := range d.Scenarios {
		views = append(views, View{Scenarios: []string{s.Name}})
	}
	for _, v := range views {
		form, list := d.As(v)
		if form == nil {
			t.Fatalf("%+v: %v", v, list)
		}
		form.Inputs()
		form.Program(true)
		for _, c := range form.Clauses {
			c.Explain(form.Setting())
			form.RestatedBy("clauses." + c.Head().ID)
		}
	}
}

// FuzzAmendments gives a deal any text for amendments.
func FuzzAmendments(f *testing.F) {
	for _, seed := range []string{
		"[{date: 2027-01-01, set: {clauses.spend.take: 70%}}]", "[{date: 2027-01-01, remove: [spend, list]}, {date: 2027-01-01, add: [{price: {id: list, from: cloud, to: lab}}]}]",
		"\n- date: 2027-01-01\n  set:\n    clauses.spend.make_up:\n      life: 2\n    clauses.spend.exit.fee: 5%\n", "[{date: 2027-02-01, set: {term: 3y, world.need.firm: 2B, clauses: []}}]",
		"[{date: 2027-01-01, set: {parties.lab.role: supplier}}]", "[{date: 2027-01-01, set: {clauses.spend: {id: x}}, source: press, status: filing, says: x}]",
		"[{date: 2027-01-01, set: {clauses.spend.id: other, clauses[0]: none, facts.x: 1, existing: []}}]",
	} {
		f.Add(uint8(0), seed)
		f.Add(uint8(1), seed)
	}
	f.Fuzz(func(t *testing.T, which uint8, text string) { checkChanges(t, which, "amendments: "+text) })
}

// FuzzAlternatives gives a deal any text for alternatives.
func FuzzAlternatives(f *testing.F) {
	for _, seed := range []string{
		"{a: {set: {clauses.spend.take: 70%}}}", "{a: {remove: [spend]}, b: {add: [{price: {id: list, from: cloud, to: lab}}], set: {signed: 2026-01-01}}}",
		"\n  a:\n    set:\n      clauses.spend.schedule:\n        growth: {per_year: 3%}\n    says: it\n", "{all: {set: {term: 3y}}, b: {}}",
		"{a: {set: {world: {}, world.discount: 5%}}}", "{a: {set: {policy.take.share: 50%, elsewhere.third.minimum.flat: 1}}}",
	} {
		f.Add(uint8(0), seed)
		f.Add(uint8(1), seed)
	}
	f.Fuzz(func(t *testing.T, which uint8, text string) { checkChanges(t, which, "alternatives: "+text) })
}

func checkChanges(t *testing.T, which uint8, text string) {
	sources := plainSources(t)
	source := strings.TrimRight(sources[int(which)%len(sources)], "\n") + "\n" + text + "\n"
	d, list := Parse("deal.yaml", []byte(source))
	if (d == nil) != list.HasFaults() {
		t.Fatalf("deal %v, faults %v", d != nil, list)
	}
	if d != nil {
		checkForms(t, d)
	}
}

// FuzzRestate holds a deal restated at any path by any value to the one whose text says
// so.
func FuzzRestate(f *testing.F) {
	for i, path := range []string{"title", "clauses.spend.take", "world.discount", "clauses.list.net", "world.need.firm.table", "policy.draw.share", "parties.x", "existing[0].stake.share"} {
		f.Add(uint8(i), path, []string{"5", "50%", "{x: 1}", "[1, 2]", "none", "{role: other}"}[i%6])
	}
	f.Fuzz(func(t *testing.T, which uint8, path, value string) {
		sources := plainSources(t)
		path = read.Clean(strings.ToValidUTF8(path, ""))
		if isRestatable(path, false) {
			checkRestated(t, sources[int(which)%len(sources)], path, strings.ToValidUTF8(value, ""))
		}
	})
}

// FuzzSet holds edits of any text at any path to what Set promises.
func FuzzSet(f *testing.F) {
	for i, source := range seeds(f) {
		f.Add(source, []string{"title", "clauses.spend.take", "world.discount", "clauses.list.net", "world.need.firm.table", "policy.draw.share"}[i%6],
			[]string{"5", "a: b", "{x: 1}", "[1, 2]", "none", "é\n"}[i%6])
	}
	f.Fuzz(func(t *testing.T, source []byte, path, value string) {
		checkSet(t, source, path, strings.ToValidUTF8(value, ""))
	})
}

// FuzzFormat holds formatting to be done after one time, and to keep what is said.
func FuzzFormat(f *testing.F) {
	for _, source := range seeds(f) {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source []byte) { checkForm(t, source) })
}
