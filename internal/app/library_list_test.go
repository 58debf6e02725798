// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"offtake/deals"
	"offtake/internal/deal"
)

// Every deal and every template of the library checks without an unexplained word and gives what
// it expects of itself; a template is of the archetype that it is named by.
func TestLibraryHolds(t *testing.T) {
	l := NewLibrary(deals.FS)
	if len(l.Slugs()) == 0 || len(l.Templates()) == 0 {
		t.Fatal("the library is empty")
	}
	for _, slug := range append(l.Slugs(), l.Templates()...) {
		src, ok := l.Find(slug)
		if !ok {
			t.Errorf("%s is not found", slug)
			continue
		}
		d, _, list, err := Load(src, Edits{})
		if err != nil || d == nil {
			t.Errorf("%s: %v %v", slug, list, err)
			continue
		}
		for _, x := range list {
			if !slices.Contains(warned[slug], x.Code) {
				t.Errorf("%s: %v", slug, x)
			}
		}
		if len(d.Expect) == 0 || len(d.Archetypes) == 0 {
			t.Errorf("%s expects nothing of itself, or is of no archetype", slug)
		}
		for _, o := range Test(d) {
			if !o.Pass {
				t.Errorf("%s:%d: %s", slug, o.Line, o.Says)
			}
		}
		if string(Format(src).Text) != string(src.Text) {
			t.Errorf("%s is not in its canonical form", slug)
		}
	}
	for _, slug := range l.Templates() {
		code, _, _ := strings.Cut(slug, "-")
		src, _ := l.Find(slug)
		if d, _ := deal.Parse(slug, src.Text); !slices.Contains(d.Archetypes, strings.ToUpper(code)) {
			t.Errorf("%s is of the archetypes %v", slug, d.Archetypes)
		}
		if like, err := l.Like(code); err != nil || like.Name != slug {
			t.Errorf("%s starts from %s: %v", code, like.Name, err)
		}
	}
}

// small is a library of two deals and a template.
func small(t *testing.T) Library {
	l := NewLibrary(deals.FS)
	real, _ := l.Find("amazon-anthropic-2026")
	plain, ok := l.Template("A13")
	if !ok {
		t.Fatal("there is no template of A13")
	}
	return NewLibrary(fstest.MapFS{
		"b-deal/deal.yaml":                {Data: real.Text},
		"a-deal/deal.yaml":                {Data: plain.Text},
		"templates/a13-plain/deal.yaml":   {Data: plain.Text},
		"templates/a2-facility/deal.yaml": {Data: real.Text},
	})
}

func TestLibraryList(t *testing.T) {
	l := small(t)
	if got := fmt.Sprint(l.Slugs(), l.Templates()); got != "[a-deal b-deal] [a2-facility a13-plain]" {
		t.Error(got)
	}
	for _, test := range []struct {
		filter LibraryFilter
		want   string
	}{
		{LibraryFilter{}, "a-deal b-deal"},
		{LibraryFilter{Archetype: "a1"}, "b-deal"},
		{LibraryFilter{Archetype: "A13"}, "a-deal"},
		{LibraryFilter{Archetype: "A5"}, ""},
		{LibraryFilter{Party: "AMAZ"}, "b-deal"},
		{LibraryFilter{Party: "lab"}, "a-deal b-deal"}, // a name of one, the key of both
		{LibraryFilter{Status: "filing"}, "b-deal"},
		{LibraryFilter{Status: "press"}, ""},
	} {
		list, err := l.List(test.filter)
		var got []string
		for _, x := range list {
			got = append(got, x.Slug)
		}
		if err != nil || strings.Join(got, " ") != test.want {
			t.Errorf("%+v: %q %v", test.filter, got, err)
		}
	}
	for _, f := range []LibraryFilter{{Archetype: "A14"}, {Status: "rumour"}} {
		if _, err := l.List(f); err == nil {
			t.Errorf("%+v is let pass", f)
		}
	}
	list, _ := l.List(LibraryFilter{Archetype: "A1"})
	x := list[0]
	if *x.FirstCheque != 5e9 || *x.Commitment != 100e9 || *x.HeadlineRatio != 20 || x.Status != "filing" || x.Sources != len(x.deal.Sources) {
		t.Errorf("%+v", x)
	}
	plain, err := l.Entry("a-deal")
	if err != nil || plain.FirstCheque != nil || plain.HeadlineRatio != nil || plain.Status != "" || len(plain.Documents) != 0 {
		t.Errorf("%+v %v", plain, err)
	}
}

// The library counts a deal's facts and assumptions as its report does: what
// words say, which no figure rests on, is listed with its source and not counted.
func TestLibraryCountsAsRunsDo(t *testing.T) {
	l := NewLibrary(deals.FS)
	words := 0
	for _, slug := range l.Slugs() {
		e, err := l.Entry(slug)
		if err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf(": %s and %s.", counted(e.Facts, "sourced fact"), counted(e.Assumptions, "assumption"))
		if said := inputs(e.deal).Note; !strings.Contains(said, want) {
			t.Errorf("%s: %q in the report, %q in the library", slug, said, want)
		}
		cited := 0
		for _, d := range e.Documents {
			cited += d.Facts
			if d.Facts == 0 && d.Status != "" {
				words++
			}
		}
		if cited > e.Facts {
			t.Errorf("%s: %d facts are taken from its sources, of %d", slug, cited, e.Facts)
		}
		if len(e.Claims) != len(e.deal.Facts) {
			t.Errorf("%s lists %d of its %d facts", slug, len(e.Claims), len(e.deal.Facts))
		}
	}
	if words == 0 {
		t.Error("no source states words alone")
	}
}

// What is not there is said, with what was probably meant.
func TestLibraryMisses(t *testing.T) {
	l := small(t)
	for name, want := range map[string]string{
		"A5":        "A5 (warrants for spend) has no template yet: its clauses cannot all be said; there are templates of A2 and A13",
		"b-deel":    "did you mean b-deal?",
		"zebra":     "offtake library lists them",
		"../b-deal": "the library has no deal",
	} {
		if _, err := l.Like(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := l.Entry("c-deal"); err == nil {
		t.Error("a deal that is not there is shown")
	}
	broken := NewLibrary(fstest.MapFS{"x/deal.yaml": {Data: []byte("offtake: 1\n")}})
	if _, err := broken.List(LibraryFilter{}); err == nil || !strings.Contains(err.Error(), "the library's own deal x has faults") {
		t.Errorf("%v", err)
	}
}

// What may be typed next is only what begins as typed, and long lists of paths are cut.
func TestAssignments(t *testing.T) {
	src, _ := NewLibrary(deals.FS).Find("amazon-anthropic-2026")
	for typed, want := range map[string]string{
		"clauses.aws-spend.relief=":       "clauses.aws-spend.relief=impossibility clauses.aws-spend.relief=pro_rata clauses.aws-spend.relief=none",
		"clauses.list.di":                 "clauses.list.discount=",
		"world.need.f":                    "world.need.firm.lognormal.mean.table[ world.need.firm.lognormal.volatility= world.need.flexible=",
		"clauses.nothing":                 "",
		"clauses.aws-spend.total=":        "",
		"clauses.aws-spend.acceleration=": "clauses.aws-spend.acceleration=true clauses.aws-spend.acceleration=false",
	} {
		var got []string
		for _, c := range Assignments(src, typed) {
			text := c.Text
			if i := strings.IndexByte(text, '['); i > 0 {
				text = text[:i+1]
			}
			got = append(got, text)
		}
		if got = slices.Compact(got); strings.Join(got, " ") != want {
			t.Errorf("%s: %q", typed, got)
		}
	}
	all := Assignments(src, "")
	if len(all) == 0 || len(all) > 2*pathsMost {
		t.Errorf("%d choices at first", len(all))
	}
}
