// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/deal"
	"offtake/internal/report"
	"offtake/internal/unit"
)

// LibraryPage is a list of deals for reading.
func (l Library) LibraryPage(deals []LibraryDeal) *report.Document {
	doc := &report.Document{Title: "The library", Subtitle: librarySubtitle(deals)}
	if len(deals) == 0 {
		return doc
	}
	t := report.Table{Columns: []report.Column{
		{Title: "Deal", Align: report.AlignLeft}, {Title: "Title", Align: report.AlignLeft, MinWidth: 24},
		{Title: "Archetype", Align: report.AlignLeft}, {Title: "First cheque", Align: report.AlignDecimal, MinWidth: 6}, {Title: "Commitment", Align: report.AlignDecimal},
		{Title: "Ratio", Align: report.AlignDecimal}, {Title: "Best source", Align: report.AlignLeft}, {Title: "Sources, facts", Align: report.AlignRight, MinWidth: 8},
	}}
	for _, x := range deals {
		t.Rows = append(t.Rows, report.Row(x.Slug, x.between(), strings.Join(x.Archetypes, " "), x.amount(x.FirstCheque), x.amount(x.Commitment),
			numberOr(x.HeadlineRatio), orNone(x.Status), fmt.Sprintf("%d, %d", x.Sources, x.Facts)))
	}
	t.Note = "Ratio is commitment over first cheque, which compares unlike things: run a deal to see the others beside it."
	doc.Sections = append(doc.Sections, report.Section{Blocks: []report.Block{t}}, l.archetypes(deals))
	return doc
}

func librarySubtitle(deals []LibraryDeal) string {
	switch n := len(deals); n {
	case 0:
		return "No deal is like that. Leave an option out, or see all with offtake library."
	default:
		return counted(n, "deal") + ". Every command takes these names for files, as in offtake run " + deals[0].Slug + "; offtake library " + deals[0].Slug + " shows its sources."
	}
}

// archetypes says what the archetypes are, with what there is of each.
func (l Library) archetypes(deals []LibraryDeal) report.Section {
	t := report.Table{Columns: []report.Column{{Title: "Archetype", Align: report.AlignLeft}, {Title: "What it is", Align: report.AlignLeft},
		{Title: "Deals here", Align: report.AlignRight}, {Title: "Template", Align: report.AlignLeft}}}
	for _, a := range deal.Archetypes {
		n := 0
		for _, x := range deals {
			if slices.Contains(x.Archetypes, a.Code) {
				n++
			}
		}
		template := "–"
		if src, ok := l.Template(a.Code); ok {
			template = src.Name
		}
		t.Rows = append(t.Rows, report.Row(a.Code, a.Name, dash(n), template))
	}
	return report.Section{Title: "Archetypes", Note: "offtake new --like A1 FILE starts a deal of your own from a template; --like with a deal's name starts from that deal.", Blocks: []report.Block{t}}
}

func dash(n int) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprint(n)
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func numberOr(x *float64) string {
	if x == nil {
		return "–"
	}
	return unit.FormatNumber(*x)
}

// amount is an amount of the deal for people.
func (x LibraryDeal) amount(major *float64) string {
	if major == nil {
		return "–"
	}
	return money(x.deal, float64(*major*unit.MinorPerMajor))
}

// between is the title, with who agreed where it does not name them.
func (x LibraryDeal) between() string {
	var names []string
	for _, p := range x.Parties {
		if !strings.Contains(x.Title, p.Name) {
			names = append(names, p.Name)
		}
	}
	if len(names) == 0 {
		return x.Title
	}
	return x.Title + " (with " + enumerate(names) + ")"
}

// A LibraryEntry is one deal of the library with what it rests on.
type LibraryEntry struct {
	LibraryDeal
	Documents []LibraryDocument `json:"documents"`
	Claims    []LibraryClaim    `json:"claims"`
	Reasons   []LibraryReason   `json:"reasons"`
}

// A LibraryDocument is a source of a deal.
type LibraryDocument struct {
	Key       string `json:"key"`
	Status    string `json:"status,omitempty"` // the firmest of the facts taken from it
	Publisher string `json:"publisher"`
	Title     string `json:"title"`
	Date      string `json:"date,omitempty"`
	URL       string `json:"url,omitempty"`
	Facts     int    `json:"facts"`
}

// A LibraryClaim is a fact: what is at a path, and who says so.
type LibraryClaim struct {
	Path   string `json:"path"`
	Status string `json:"status"`
	Source string `json:"source,omitempty"`
	Note   string `json:"note,omitempty"`
}

// A LibraryReason is an assumption: why the value at a path is what it is.
type LibraryReason struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// Entry is one deal of the library, or a template.
func (l Library) Entry(slug string) (LibraryEntry, error) {
	x, err := l.glance(slug)
	if err != nil {
		return LibraryEntry{}, err
	}
	out := LibraryEntry{LibraryDeal: x, Documents: []LibraryDocument{}, Claims: []LibraryClaim{}, Reasons: []LibraryReason{}}
	inputs := x.deal.Inputs()
	for _, s := range x.deal.Sources {
		out.Documents = append(out.Documents, documentOf(x.deal, inputs, s))
	}
	for _, f := range x.deal.Facts {
		out.Claims = append(out.Claims, LibraryClaim{f.Path, f.Status, f.Source, f.Note})
	}
	for _, a := range x.deal.Assumptions {
		out.Reasons = append(out.Reasons, LibraryReason{a.Path, strings.TrimSpace(a.Reason)})
	}
	return out, nil
}

// documentOf is a source of the deal, with how many of its inputs rest on it. What
// it states in words makes it firm too, and is no input.
func documentOf(d *deal.Deal, inputs []deal.Input, s deal.Source) LibraryDocument {
	doc := LibraryDocument{Key: s.Key, Publisher: s.Publisher, Title: s.Title, URL: s.URL}
	if !s.Date.IsZero() {
		doc.Date = s.Date.String()
	}
	var of []deal.Fact
	for _, f := range d.Facts {
		if f.Source == s.Key {
			of = append(of, f)
		}
	}
	for _, in := range inputs {
		if in.Source == s.Key && in.Status != deal.Assumed {
			of, doc.Facts = append(of, deal.Fact{Status: in.Status}), doc.Facts+1
		}
	}
	doc.Status = firmest(of)
	return doc
}

// Page is the entry for reading.
func (e LibraryEntry) Page() *report.Document {
	doc := &report.Document{Title: e.Title, Subtitle: dates(e.deal)}
	figures := report.Figures{}
	add := func(label, value, note string) {
		figures.Rows = append(figures.Rows, report.Figure{Label: label, Value: value, Note: note})
	}
	for _, code := range e.Archetypes {
		a, _ := deal.FindArchetype(code)
		add("archetype", code, a.Doc)
	}
	add("first cheque", e.amount(e.FirstCheque), "")
	add("commitment", e.amount(e.Commitment), "")
	add("commitment / first cheque", numberOr(e.HeadlineRatio), "")
	add("best source", orNone(e.Status), "")
	doc.Sections = append(doc.Sections, report.Section{Note: parties(e.deal), Blocks: []report.Block{figures}}, e.documents(), e.claims(), e.reasons())
	return doc
}

func (e LibraryEntry) documents() report.Section {
	s := report.Section{Title: "Sources", Note: "None: every number is an assumption."}
	if len(e.Documents) == 0 {
		return s
	}
	s.Note = "Status is that of the firmest fact taken from a source; counted are the inputs that rest on it."
	var items []report.Clause
	for _, d := range e.Documents {
		text := d.Publisher + ", " + d.Title
		if d.Date != "" {
			text += ", " + d.Date
		}
		mark := d.Status
		if d.Facts > 0 {
			text += " (" + counted(d.Facts, "fact") + ")"
		}
		if mark == "" {
			mark = "no fact"
		}
		if d.URL != "" {
			text += ". " + d.URL
		}
		items = append(items, report.Clause{ID: d.Key, Text: text, Mark: mark})
	}
	s.Blocks = append(s.Blocks, report.Clauses{Items: items})
	return s
}

func (e LibraryEntry) claims() report.Section {
	s := report.Section{Title: "Facts", Note: fmt.Sprintf("Each is its source's claim. Of the deal's %s %s on them; what only words say is not counted.",
		counted(e.Facts+e.Assumptions, "input"), rest(e.Facts))}
	if len(e.Claims) == 0 {
		return report.Section{Title: "Facts", Note: "None."}
	}
	t := report.Table{Columns: []report.Column{{Title: "Value", Align: report.AlignLeft}, {Title: "Says", Align: report.AlignLeft}, {Title: "Status", Align: report.AlignLeft},
		{Title: "Source", Align: report.AlignLeft}, {Title: "Note", Align: report.AlignLeft}}}
	for _, c := range e.Claims {
		t.Rows = append(t.Rows, report.Row(c.Path, e.said(c.Path), c.Status, c.Source, c.Note))
	}
	s.Blocks = append(s.Blocks, t)
	return s
}

// rest says that so many rest on something.
func rest(n int) string {
	if n == 1 {
		return "1 rests"
	}
	return fmt.Sprint(n, " rest")
}

// said is what the file says at a path, where that is a single value.
func (e LibraryEntry) said(path string) string {
	text, _ := e.deal.Text(path)
	return text
}

func (e LibraryEntry) reasons() report.Section {
	s := report.Section{Title: "Assumptions", Note: "Nobody's claims but the file's."}
	if len(e.Reasons) == 0 {
		return report.Section{Title: "Assumptions", Note: "None is given a reason."}
	}
	t := report.Table{Columns: []report.Column{{Title: "Value", Align: report.AlignLeft}, {Title: "Reason", Align: report.AlignLeft}}}
	for _, r := range e.Reasons {
		t.Rows = append(t.Rows, report.Row(r.Path, r.Reason))
	}
	s.Blocks = append(s.Blocks, t)
	return s
}
