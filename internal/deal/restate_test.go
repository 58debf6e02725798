// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"offtake/internal/calendar"
	"offtake/internal/clause"
	"offtake/internal/deal/read"
	"offtake/internal/deal/tree"
	"offtake/internal/diag"
)

// viewed is a valid file's deal in a form.
func viewed(t testing.TB, name string, v View, sets ...Edit) *Deal {
	t.Helper()
	d, list := ParseAs(name, files(t, "valid")[name], v, sets)
	if d == nil {
		t.Fatal(list)
	}
	return d
}

// terms is a deal in words: what of it the example of restatements changes.
func terms(d *Deal) string {
	out := ""
	for _, c := range d.Clauses {
		out += c.Head().ID
		switch c := c.(type) {
		case *clause.Commitment:
			out += fmt.Sprintf(" %g x %g %s", c.Take, c.Total.Value/1e11, c.Schedule.Shape)
		case *clause.Price:
			out += fmt.Sprintf(" net %d", c.NetMonths)
		}
		out += "; "
	}
	return out + d.Term.String()
}

// TestForms holds the deal as of each day, and in each alternative, to what its changes
// make of it.
func TestForms(t *testing.T) {
	for _, test := range []struct {
		day          string
		alternatives []string
		want         string
	}{
		{"2026-04-20", nil, "shares; list net 2; spend 0.8 x 20 ; base-load 1 x 4 ; 4y"},
		{"2027-04-30", nil, "shares; list net 2; spend 0.8 x 20 ; base-load 1 x 4 ; 4y"},
		// the price is gone, and with it the discount; its payment terms stay
		{"2027-05-01", nil, "shares; spend 0.8 x 24 table; base-load 1 x 4 ; list-price net 2; 4y"},
		{"2028-05-01", nil, "shares; spend 0.7 x 24 growth; base-load 1 x 4 ; bonus; fixed-price net 0; 5y"},
		{"", nil, "shares; spend 0.7 x 24 growth; base-load 1 x 4 ; bonus; fixed-price net 0; 5y"},
		{"", []string{"prospectus"}, "shares; spend 0.7 x 30 growth; base-load 1 x 4 ; bonus; fixed-price net 0; 5y"},
		{"", []string{"more"}, "shares; spend 0.7 x 22 growth; base-load 1 x 4 ; bonus; fixed-price net 0; top 1 x 2 ; 5y"},
		{"", []string{"more", "prospectus"}, "shares; spend 0.7 x 30 growth; base-load 1 x 4 ; bonus; fixed-price net 0; top 1 x 2 ; 5y"},
		{"2026-12-31", []string{"no-floor"}, "shares; list net 2; base-load 1 x 4 ; 4y"},
	} {
		v := View{Alternatives: test.alternatives}
		if test.day != "" {
			v.AsOf = date(test.day)
		}
		d := viewed(t, "restated.yaml", v)
		if got := terms(d); got != test.want {
			t.Errorf("as of %s, %v:\n got %s\nwant %s", test.day, test.alternatives, got, test.want)
		}
		other, list := viewed(t, "restated.yaml", View{}).As(v)
		if other == nil || terms(other) != test.want || !reflect.DeepEqual(other.View(), v) {
			t.Errorf("as of %s, %v: another way round it is %v", test.day, test.alternatives, list)
		}
		amended := 0
		for _, a := range d.Amendments {
			if test.day == "" || !a.Date.After(v.AsOf) {
				amended++
			}
		}
		if len(d.Amended()) != amended || len(d.Chosen()) != len(test.alternatives) || len(d.Amendments) != 2 || len(d.Alternatives) != 3 {
			t.Errorf("as of %s: %d amendments and %d alternatives apply", test.day, len(d.Amended()), len(d.Chosen()))
		}
	}
}

// TestViewRefused holds what cannot be asked for to what is said.
func TestViewRefused(t *testing.T) {
	source := files(t, "valid")["restated.yaml"]
	v := View{AsOf: date("2026-04-19"), Alternatives: []string{"prospect", "zebra"}}
	sets := []Edit{{"clauses.spend.tak", "50%"}, {"clauses.spend.take", "150%"}, {"clauses.spend.total", "25B"}, {"clauses.spend.schedule.table", "[1B"}, {"nothing", "5"}}
	d, list := ParseAs("deal.yaml", source, v, sets)
	var got []string
	for _, x := range list {
		got = append(got, x.String()+" ("+x.Hint+")")
	}
	want := []string{
		"--alternative prospect: fault ALTERNATIVE-UNKNOWN: the file has no alternative prospect (did you mean prospectus?)",
		"--alternative zebra: fault ALTERNATIVE-UNKNOWN: the file has no alternative zebra (the alternatives are prospectus, no-floor and more)",
		"--as-of 2026-04-19: fault AS-OF-BEFORE: the deal is not signed until 2026-04-20 (give a day from the signing on)",
		"--set clauses.spend.schedule.table: fault EDIT-HERE: [1B is not a value that can stand there (write a value on one line, with brackets closed)",
		"--set clauses.spend.tak: fault PATH-UNKNOWN: nothing can be set at clauses.spend.tak (did you mean clauses.spend.take?)",
		"--set clauses.spend.take: fault VALUE-TOO-HIGH: clauses.spend.take is 150%, and must be at most 100% (take: share of the schedule that must be paid for, taken or not)",
		"--set nothing: fault PATH-UNKNOWN: nothing can be set at nothing",
	}
	for i := range want {
		if d != nil || len(got) != len(want) || !strings.HasPrefix(got[i], want[i]) {
			t.Fatalf("got %s", strings.Join(got, "\n"))
		}
	}
}

// TestFormPlaces holds values to the lines on which the form that is read has them.
func TestFormPlaces(t *testing.T) {
	source := strings.Split(string(files(t, "valid")["restated.yaml"]), "\n")
	d := viewed(t, "restated.yaml", View{Alternatives: []string{"more"}}, Edit{"clauses.top.take", "50%"})
	for path, want := range map[string]string{
		"clauses.spend.take": "70%", "clauses.spend.total": "22B", "clauses.bonus.amount": "500M", "clauses.fixed-price.fixed": "0.9", "clauses.bonus": "equity",
		"clauses.spend": "commitment", "clauses.base-load.total": "4B", "clauses.top.total": "2B", "term": "5y", "clauses.spend.make_up.life": "2",
		"clauses.spend.schedule": "clauses.spend.schedule", "clauses.spend.carry_forward.cap": "10%", "expect[0].value": "24", "amendments[0].date": "2027-05-01",
	} {
		at, ok := d.Place(path)
		if !ok {
			t.Errorf("%s has no place", path)
			continue
		}
		if got := source[at.Line-1][at.Column-1 : at.Column-1+at.Width]; got != want || at.File != "restated.yaml" {
			t.Errorf("%s stands at %q, and not at %q", path, got, want)
		}
	}
	if at, ok := d.Place("clauses.top.take"); !ok || at.Line != 0 || at.File != "--set clauses.top.take" {
		t.Errorf("what was set for the run stands at %v", at)
	}
	if _, ok := d.Place("clauses.list"); ok {
		t.Error("a clause that was removed has a place")
	}
}

// TestFormInputs holds each value to the source of the form that it is of.
func TestFormInputs(t *testing.T) {
	d := viewed(t, "restated.yaml", View{Alternatives: []string{"more"}}, Edit{"clauses.top.take", "50%"})
	got := map[string]string{}
	for _, in := range d.Inputs() {
		got[in.Path] = strings.Join([]string{in.Text, in.Status, in.Source, in.Reason, in.By}, "; ")
	}
	for path, want := range map[string]string{
		"clauses.spend.take":              "70%; press; paper; ; amendment of 2028-05-01", // the announcement was of 80%
		"clauses.spend.total":             "22B; press; paper; ; alternative more",
		"clauses.spend.carry_forward.cap": "10%; filing; filing; the parties raised the commitment; amendment of 2027-05-01",
		"clauses.bonus.amount":            "500M; filing; filing; of the second cheque; amendment of 2028-05-01",
		"clauses.bonus.pre_money":         "80B; assumption; ; as of the round; amendment of 2028-05-01",
		"clauses.fixed-price.fixed":       "0.9; press; paper; ; amendment of 2028-05-01",
		"clauses.top.take":                "50%; assumption; ; set for this run; --set",
		"clauses.top.total":               "2B; press; paper; ; alternative more",
		"clauses.shares.amount":           "1B; assumption; ; ; ",
		"existing[1].commitment.total":    "6B; assumption; ; ; ",
	} {
		if got[path] != want {
			t.Errorf("%s: %q, want %q", path, got[path], want)
		}
	}
	signed := viewed(t, "restated.yaml", View{AsOf: date("2026-04-20")})
	for path, want := range map[string]string{"clauses.spend.take": "80%; announcement; paper", "clauses.spend.total": "20B; announcement; paper", "clauses.spend": "; assumption; "} {
		in, ok := signed.Input(path)
		if text := in.Text; path == "clauses.spend" && strings.HasPrefix(text, "{id: spend,") {
			in.Text = ""
		}
		if got := strings.Join([]string{in.Text, in.Status, in.Source}, "; "); !ok || got != want {
			t.Errorf("as signed, %s: %q, want %q", path, got, want)
		}
	}
	if by := d.RestatedBy("clauses.spend"); !slices.Equal(by, []string{"alternative more", "amendment of 2028-05-01", "amendment of 2027-05-01"}) && len(by) != 3 {
		t.Errorf("spend was restated by %v", by)
	}
	if by := d.RestatedBy("clauses.shares"); len(by) > 0 {
		t.Errorf("shares were restated by %v", by)
	}
}

// TestPrior holds commitments from before the deal to the tables that they make.
func TestPrior(t *testing.T) {
	d := viewed(t, "restated.yaml", View{AsOf: date("2026-04-20")})
	// 6B over four years; half of 2B and 1B, which is with another party and so
	// stands beside the minimum elsewhere.
	if x := d.Prior[0]; x.ID != "first-deal" || x.To != "cloud" || x.Amount.Value != 6e11 || !slices.Equal(x.Table, []float64{1.5e11, 1.5e11, 1.5e11, 1.5e11}) {
		t.Errorf("%+v", x)
	}
	if x := d.Elsewhere[1]; len(d.Elsewhere) != 2 || x.ID != "old" || x.With != "Other Cloud" || !slices.Equal(x.Table, []float64{1e11, 0.5e11, 0, 0}) {
		t.Errorf("%+v", d.Elsewhere)
	}
}

// bare is a deal without what is of its file and its form.
func bare(d *Deal) *Deal {
	out := *d
	out.reader, out.file, out.form, out.view, out.gone = nil, nil, nil, View{}, nil
	out.Amendments, out.Alternatives, out.Scenarios = nil, nil, nil
	out.Sources, out.Facts, out.Assumptions, out.Expect = nil, nil, nil, nil
	flatten(&out)
	return &out
}

// codesOf are the kinds of what was found, each once.
func codesOf(l diag.List) []string {
	var out []string
	for _, d := range l {
		out = append(out, d.Code)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// plainSources are valid files without amendments, facts and the like, which what is
// set could contradict.
func plainSources(t testing.TB) []string {
	var out []string
	for _, source := range files(t, "valid") {
		kept := ""
		keep := true
		for _, line := range strings.SplitAfter(string(source), "\n") {
			if name, _, ok := strings.Cut(line, ":"); ok && line[0] != ' ' && line[0] != '#' {
				keep = !slices.Contains(contextRoots, name)
			}
			if keep {
				kept += line
			}
		}
		out = append(out, kept)
	}
	slices.Sort(out)
	return out
}

// TestRestatedIsEdited holds a deal that an amendment, an alternative or --set restates
// to the deal whose file was edited to say the same.
func TestRestatedIsEdited(t *testing.T) {
	sources := plainSources(t)
	values := rapid.OneOf(rapid.SampledFrom([]string{"5B", "at least 3B", "12%", "0.5", "2", "-1", "2027-01-01", "18m", "5y", "true", "none", "lab", "cloud", "quarter", "a: b",
		"[1, 2]", "[1B, 2B, 3B, 4B]", "{a: 1}", "{life: 2}", "{flat: {}}", "{growth: {per_year: 5%}}", "{continuous: 3%}", "{fee: 5%}", "", " ", "é"}), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		source := rapid.SampledFrom(sources).Draw(t, "source")
		p, _ := readFile("", []byte(source))
		path := rapid.SampledFrom(slices.DeleteFunc(pathsOf(p), func(path string) bool { return !isRestatable(path, false) })).Draw(t, "path")
		value := strings.ToValidUTF8(values.Draw(t, "value"), "")
		checkRestated(t, source, path, value)
	})
}

func checkRestated(t interface {
	Fatalf(string, ...any)
	Helper()
}, source, path, value string) {
	t.Helper()
	edited, err := Set([]byte(source), path, value)
	if edited == nil || err != nil && strings.Contains(err.Error(), codeEdit) {
		return // no value, or with comments inside that text edits keep
	}
	want, faults := Parse("deal.yaml", edited)
	p, _ := readFile("", []byte(source))
	f, ok := p.fieldAt(read.Clean(path))
	if !ok {
		t.Fatalf("%s can be set, and has no field", path)
	}
	signed := "2026-04-20"
	if p.d.Signed != (calendar.Date{}) {
		signed = p.d.Signed.String()
	}
	text := tree.Write(path, tree.Plain, true) + ": " + write(f, value, tree.Plain, true)
	end := strings.TrimRight(source, "\n") + "\n"
	for what, parse := range map[string]func() (*Deal, diag.List){
		"amendment": func() (*Deal, diag.List) {
			return Parse("deal.yaml", []byte(end+"amendments: [{date: "+signed+", set: {"+text+"}}]\n"))
		},
		"alternative": func() (*Deal, diag.List) {
			return ParseAs("deal.yaml", []byte(end+"alternatives: {other: {set: {"+text+"}}}\n"), View{Alternatives: []string{"other"}}, nil)
		},
		"set": func() (*Deal, diag.List) { return ParseAs("deal.yaml", []byte(source), View{}, []Edit{{path, value}}) },
	} {
		got, list := parse()
		if (got == nil) != (want == nil) {
			t.Fatalf("%s of %s to %q: %v, and edited: %v", what, path, value, list, faults)
		}
		if got == nil {
			if a, b := codesOf(list), codesOf(faults); !slices.Equal(a, b) {
				t.Fatalf("%s of %s to %q: %v, and edited: %v", what, path, value, list, faults)
			}
			continue
		}
		if !reflect.DeepEqual(bare(got), bare(want)) {
			t.Fatalf("%s of %s to %q makes another deal:\n%+v\n%+v", what, path, value, bare(got), bare(want))
		}
	}
}

// What an alternative says it changes is what stands in the form that was asked for,
// whatever was asked before.
func TestWhatStoodBefore(t *testing.T) {
	source := head + tail + `clauses: [{price: {id: list, from: cloud, to: lab, discount: 10%}}]
amendments: [{date: 2027-01-01, set: {clauses.list.discount: 20%}}]
alternatives: {more: {set: {clauses.list.discount: 30%}}, most: {set: {clauses.list.discount: 40%}}}
`
	d, list := Parse("f.yaml", []byte(source))
	if list.HasFaults() {
		t.Fatal(list)
	}
	early := View{AsOf: date("2026-12-31"), Alternatives: []string{"more"}}
	var kept *Deal
	for _, test := range []struct {
		view View
		want string
	}{
		{early, "10%"},
		{View{Alternatives: []string{"more"}}, "20%"},
		{View{Alternatives: []string{"most", "more"}}, "40%"},
	} {
		x, list := d.As(test.view)
		if list.HasFaults() {
			t.Fatal(list)
		}
		chosen := x.Chosen()
		if was := chosen[len(chosen)-1].Set[0].Was; was != test.want {
			t.Errorf("%v: 30%% instead of %s, want %s", test.view, was, test.want)
		}
		if kept == nil {
			kept = x
		}
	}
	if was := kept.Chosen()[0].Set[0].Was; was != "10%" {
		t.Errorf("a later form changes what is said of the first: %s", was)
	}
}
