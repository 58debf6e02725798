// SPDX-License-Identifier: Apache-2.0

package app

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"offtake/internal/deal"
	"offtake/internal/diag"
	"offtake/internal/measure"
	"offtake/internal/paths"
)

// A Library is the deals that are built into the program: SLUG/deal.yaml, and
// below templates a starting file for some archetypes.
type Library struct{ files fs.FS }

// NewLibrary is the library that a file system holds.
func NewLibrary(files fs.FS) Library { return Library{files} }

// templates is the folder of templates; each is called by its archetype's code
// in small letters, a hyphen and words.
const templates = "templates"

// Slugs are the names of the deals, in order.
func (l Library) Slugs() []string { return l.below(".") }

// Templates are the names of the templates, in the order of their archetypes.
func (l Library) Templates() []string {
	names := l.below(templates)
	slices.SortStableFunc(names, func(a, b string) int { return archetypeAt(a) - archetypeAt(b) })
	return names
}

// archetypeAt is where the archetype of a template's name stands among all.
func archetypeAt(name string) int {
	code, _, _ := strings.Cut(name, "-")
	return slices.IndexFunc(deal.Archetypes, func(a deal.Archetype) bool { return strings.EqualFold(a.Code, code) })
}

func (l Library) below(dir string) []string {
	found, err := fs.Glob(l.files, path.Join(dir, "*", "deal.yaml"))
	if err != nil {
		panic("app: " + err.Error())
	}
	names := make([]string, len(found))
	for i, name := range found {
		names[i] = path.Base(path.Dir(name))
	}
	slices.Sort(names)
	return names
}

// Find is the file of a deal or a template by its name, which is the name in
// messages too.
func (l Library) Find(slug string) (Source, bool) {
	if slug == "" || strings.ContainsAny(slug, `/\.`) {
		return Source{}, false
	}
	for _, dir := range []string{".", templates} {
		if text, err := fs.ReadFile(l.files, path.Join(dir, slug, "deal.yaml")); err == nil {
			return Source{Name: slug, Text: text}, true
		}
	}
	return Source{}, false
}

// Template is the starting file of an archetype, by its code.
func (l Library) Template(code string) (Source, bool) {
	for _, name := range l.Templates() {
		if strings.HasPrefix(name, strings.ToLower(code)+"-") {
			return l.Find(name)
		}
	}
	return Source{}, false
}

// Like is the file to start a new deal from: a deal's or template's by name, or
// the template of an archetype.
func (l Library) Like(name string) (Source, error) {
	if a, ok := deal.FindArchetype(name); ok {
		if src, ok := l.Template(a.Code); ok {
			return src, nil
		}
		return Source{}, Misuse{fmt.Sprintf("%s (%s) has no template yet: its clauses cannot all be said; there are templates of %s", a.Code, a.Name, enumerate(l.templateCodes()))}
	}
	if src, ok := l.Find(name); ok {
		return src, nil
	}
	return Source{}, l.missing(name)
}

func (l Library) templateCodes() []string {
	var codes []string
	for _, a := range deal.Archetypes {
		if _, ok := l.Template(a.Code); ok {
			codes = append(codes, a.Code)
		}
	}
	return codes
}

// missing says that the library has no deal of that name.
func (l Library) missing(name string) error {
	says := fmt.Sprintf("the library has no deal %s", name)
	if meant := diag.Suggest(name, append(l.Slugs(), l.Templates()...)); meant != "" {
		return Misuse{says + "; did you mean " + meant + "?"}
	}
	return Misuse{says + "; offtake library lists them"}
}

// A LibraryDeal is one deal of the library at a glance. Amounts are in the
// deal's currency, and left out where the deal has none of the kind.
type LibraryDeal struct {
	Slug          string    `json:"slug"`
	Title         string    `json:"title"`
	Archetypes    []string  `json:"archetypes,omitempty"`
	Parties       []PartyID `json:"parties"`
	Currency      string    `json:"currency"`
	Signed        string    `json:"signed"`
	Starts        string    `json:"starts"`
	Term          string    `json:"term"`
	FirstCheque   *float64  `json:"first_cheque,omitempty"`
	Commitment    *float64  `json:"commitment,omitempty"`
	HeadlineRatio *float64  `json:"headline_ratio,omitempty"`
	Status        string    `json:"status,omitempty"` // the firmest of its facts
	Sources       int       `json:"sources"`
	Facts         int       `json:"facts"`       // inputs that a source states, as a run counts them; words are none
	Assumptions   int       `json:"assumptions"` // the other inputs

	deal *deal.Deal
}

// PartyID is a party of a deal.
type PartyID struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	Role string `json:"role"`
}

// Statuses are those of facts, the firmest first.
var Statuses = []string{"filing", "announcement", "press", "estimate"}

// A LibraryFilter leaves deals out of a list; what is "" leaves none out.
type LibraryFilter struct {
	Archetype string // code
	Party     string // part of a party's name, in either case
	Status    string // of the firmest fact
}

// List is every deal that the filter leaves in.
func (l Library) List(f LibraryFilter) ([]LibraryDeal, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	out := []LibraryDeal{}
	for _, slug := range l.Slugs() {
		x, err := l.glance(slug)
		if err != nil {
			return nil, err
		}
		if f.keeps(x) {
			out = append(out, x)
		}
	}
	return out, nil
}

// check refuses codes and words that no deal can have.
func (f LibraryFilter) check() error {
	if _, ok := deal.FindArchetype(f.Archetype); f.Archetype != "" && !ok {
		return Misuse{fmt.Sprintf("--archetype %s: give a code from A1 to A%d", f.Archetype, len(deal.Archetypes))}
	}
	if f.Status != "" && !slices.Contains(Statuses, f.Status) {
		return Misuse{fmt.Sprintf("--status %s: give filing, announcement, press or estimate", f.Status)}
	}
	return nil
}

func (f LibraryFilter) keeps(x LibraryDeal) bool {
	return (f.Archetype == "" || slices.ContainsFunc(x.Archetypes, func(a string) bool { return strings.EqualFold(a, f.Archetype) })) &&
		(f.Status == "" || x.Status == f.Status) &&
		(f.Party == "" || slices.ContainsFunc(x.Parties, func(p PartyID) bool {
			return strings.Contains(strings.ToLower(p.Name), strings.ToLower(f.Party)) || p.Key == f.Party
		}))
}

// glance reads and runs one deal.
func (l Library) glance(slug string) (LibraryDeal, error) {
	src, ok := l.Find(slug)
	if !ok {
		return LibraryDeal{}, l.missing(slug)
	}
	d, list := deal.Parse(slug, src.Text)
	if d == nil {
		return LibraryDeal{}, fmt.Errorf("the library's own deal %s has faults: %w", slug, list.Err())
	}
	inputs := d.Inputs()
	facts := deal.Sourced(inputs)
	x := LibraryDeal{
		Slug: slug, Title: d.Title, Archetypes: d.Archetypes, Currency: d.Currency.Code, Signed: d.Signed.String(), Starts: d.Starts.String(), Term: d.Term.String(),
		Status: firmest(d.Facts), Sources: len(d.Sources), Facts: facts, Assumptions: len(inputs) - facts, deal: d,
	}
	for _, p := range d.Parties {
		x.Parties = append(x.Parties, PartyID{p.Key, d.Name(p.Key), p.Role})
	}
	base := paths.RunBase(paths.NewJob(d, nil))
	s := base.Job.Setting(false)
	x.FirstCheque, x.Commitment = amountOf(s.FirstChequeCents()), amountOf(s.CommitmentCents)
	if i := measure.Find(base.Measures, "headline_ratio", "", "", 0); i >= 0 {
		x.HeadlineRatio = finite(base.Values[i])
	}
	return x, nil
}

// amountOf is an amount in currency units; nil for nothing.
func amountOf(cents float64) *float64 {
	if cents == 0 {
		return nil
	}
	return finite(shown(measure.Measure{Unit: measure.Money}, cents))
}

// firmest is the firmest status of any fact.
func firmest(facts []deal.Fact) string {
	for _, status := range Statuses {
		if slices.ContainsFunc(facts, func(f deal.Fact) bool { return f.Status == status }) {
			return status
		}
	}
	return ""
}
