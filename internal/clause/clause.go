// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"fmt"
	"slices"
	"strings"

	"offtake/internal/calendar"
	"offtake/internal/contract"
	"offtake/internal/diag"
	"offtake/internal/field"
	"offtake/internal/unit"
)

// A Clause is one term of an agreement, as it was agreed. It is filled through
// its fields and not changed afterwards; Bind lays it out for running.
type Clause interface {
	contract.Clause
	// Head is what every clause has: its id and the parties it runs between.
	Head() *Head
	// Kind is its name in the catalogue.
	Kind() string
	// Fields is the table of what a file may say, pointing into the clause.
	Fields() []field.Field
	// Check reports what no single field can: sums, dates, references.
	Check(in *Setting, r field.Report)
	// Explain says the clause in English.
	Explain(in *Setting) string
	// Without says what there is when the clause is switched off.
	Without() Absence
}

// An Absence is what the parties would have without a clause.
type Absence struct {
	Instead []Clause // what applies in its place
	Says    string   // that, and what becomes of clauses that refer to it, in a sentence
}

// A Setting is the agreement around a clause.
type Setting struct {
	Grid     *calendar.Grid
	Signed   calendar.Date
	Currency unit.Currency
	Names    map[string]string // of parties, by key
	Buyer    string
	Supplier string
	Clauses  []Clause // all that apply, in the order of the file
	Off      []string // ids of clauses that are switched off
	Events   []string // of the world
	Indexes  []string // of the world
	Parties  []string // keys, in the order of the file
	// Shares are how many shares of the buyer there were before the deal.
	Shares float64
}

// knowsEvent warns of an event whose day the world does not give.
func (in *Setting) knowsEvent(name, path string, r field.Report) {
	if name == "" || slices.Contains(in.Events, name) {
		return
	}
	hint := "add its day under world.events, if it shall happen"
	if meant := diag.Suggest(name, in.Events); meant != "" {
		hint = "did you mean " + meant + "?"
	}
	r.Warn("EVENT-UNKNOWN", path, hint, "no event %s is given under world.events: it never happens", name)
}

// knowsIndex reports an index that the world does not give.
func (in *Setting) knowsIndex(name, path string, r field.Report) {
	if name == "" || slices.Contains(in.Indexes, name) {
		return
	}
	hint := "add it under world.indexes"
	if meant := diag.Suggest(name, in.Indexes); meant != "" {
		hint = "did you mean " + meant + "?"
	}
	r.Fault("INDEX-UNKNOWN", path, hint, "there is no index %s under world.indexes", name)
}

// Name is a party's name, or its key where it has none.
func (in *Setting) Name(party string) string {
	if n := in.Names[party]; n != "" {
		return n
	}
	return party
}

// Money writes an amount for people.
func (in *Setting) Money(cents float64) string { return unit.FormatMoney(cents, in.Currency) }

// Amount writes an amount with its qualifier: at least $100B.
func (in *Setting) Amount(a unit.Amount) string {
	if a.Bound == unit.Exact {
		return in.Money(a.Value)
	}
	return a.Bound.String() + " " + in.Money(a.Value)
}

// Find is the clause of that id, or nil where there is none or it is off.
func (in *Setting) Find(id string) Clause {
	for _, c := range in.Clauses {
		if c.Head().ID == id {
			return c
		}
	}
	return nil
}

// IsOff tells whether the id is of a clause that is switched off.
func (in *Setting) IsOff(id string) bool {
	for _, off := range in.Off {
		if off == id {
			return true
		}
	}
	return false
}

// promisesCapacity tells whether any clause promises capacity.
func (in *Setting) promisesCapacity() bool {
	for _, c := range in.Clauses {
		if c.Kind() == "capacity" {
			return true
		}
	}
	return false
}

// A Head is what every clause has.
type Head struct {
	ID       string
	From, To string // party keys: who gives and who gets
	Binding  string // firm, conditional or intent
	// If names the event on which a conditional clause comes into force; ""
	// takes the condition as met. Likely is the probability that an intent is
	// carried out, decided once; 0 takes it as carried out.
	If     string
	Likely float64
	// Since and Until bound the days on which the clause is in force; zero
	// where nothing is said. It is in force in steps that begin on or after
	// Since and before Until.
	Since, Until calendar.Date
	// Events are what the file calls events of the world, by their keys, where
	// it gives them names.
	Events map[string]string
}

// eventName is an event as a sentence has it: "the listing of Anthropic", or by
// its key "the liquidity event".
func (h *Head) eventName(key string) string {
	name := h.Events[key]
	if name == "" {
		name = strings.NewReplacer("-", " ", "_", " ").Replace(key)
	}
	for _, article := range []string{"the ", "a ", "an "} {
		if strings.HasPrefix(name, article) {
			return name
		}
	}
	return "the " + name
}

// fields is the part of the table that all clauses share.
func (h *Head) fields(from, to string) []field.Field {
	return []field.Field{
		{Name: "id", Kind: field.Text, Required: true, Into: &h.ID,
			Doc: "name of the clause in this deal, used by every figure and every reference"},
		{Name: "from", Kind: field.Party, Required: true, Into: &h.From, Doc: from},
		{Name: "to", Kind: field.Party, Required: true, Into: &h.To, Doc: to},
		{Name: "binding", Kind: field.Variant, Default: "firm", Fields: h.grades,
			Bare: &field.Field{Name: "binding", Kind: field.Choice, Choices: []string{"firm", "conditional", "intent"}, Into: &h.Binding},
			Doc:  "whether the parties are bound, bound on a condition, or merely say what they intend; a bare conditional is taken as met and a bare intent as carried out"},
	}
}

func (h *Head) grades() []field.Field {
	return []field.Field{
		{Name: "conditional", Kind: field.Text, Into: &h.If, Chosen: func() { h.Binding = "conditional" },
			Doc: "the event on which the clause comes into force; the world says when it happens, if ever"},
		{Name: "intent", Kind: field.Rate, Min: field.Beyond(0), Max: field.At(1), Into: &h.Likely, Chosen: func() { h.Binding = "intent" },
			Doc: "how likely it is that the intention is carried out: drawn once a path; a base run takes that share of what is intended"},
	}
}

// window are the fields of clauses that may be in force for a part of the term.
func (h *Head) window() []field.Field {
	return []field.Field{
		{Name: "since", Kind: field.Date, Default: "the signing", Into: &h.Since, Doc: "first day on which it is in force; it counts from the first step that begins on or after this date"},
		{Name: "until", Kind: field.Date, Default: "the end", Into: &h.Until, Doc: "the day on which it is no longer in force; no step that begins on or after this date counts"},
	}
}

// checkForce reports an event that the world does not know, and dates between
// which the clause is never in force.
func (h *Head) checkForce(in *Setting, r field.Report) {
	in.knowsEvent(h.If, "binding.conditional", r)
	t := h.terms(in.Grid)
	if h.Since != (calendar.Date{}) && !h.Since.Before(in.Grid.End()) {
		r.Fault("DATE-OUTSIDE-TERM", "since", "the term ends on "+in.Grid.End().String(), "the clause would come into force on %s, after the term", h.Since)
	} else if t.From >= in.Grid.Term() || t.To != 0 && t.To <= t.From {
		first, hint := "", "set it after the start"
		if h.Since != (calendar.Date{}) {
			first, hint = fmt.Sprintf("from %s on and ", h.Since), "set it after since, and after the start"
		}
		r.Fault("WINDOW-EMPTY", "until", hint, "no step begins %sbefore %s: the clause is never in force", first, h.Until)
	}
}

// A Dated clause pays on days that it states, once, and not later where a
// condition is met later.
type Dated interface {
	// LastPaid is the last of these days, zero for the signing; ok is false where
	// it pays at other times as well.
	LastPaid() (day calendar.Date, ok bool)
}

// latest is the last of days, zero where there are none.
func latest(days ...calendar.Date) calendar.Date {
	var out calendar.Date
	for _, d := range days {
		if d.After(out) {
			out = d
		}
	}
	return out
}

// terms are those of the clause's gate.
func (h *Head) terms(grid *calendar.Grid) contract.Terms {
	t := contract.Terms{Event: h.If, Probability: h.Likely}
	for t.From < grid.Steps() && grid.StepStart(t.From).Before(h.Since) {
		t.From++
	}
	if h.Until != (calendar.Date{}) {
		for t.To < grid.Steps() && grid.StepStart(t.To).Before(h.Until) {
			t.To++
		}
		t.To = max(t.To, t.From) // from and to at 0 would mean always
		if t.To == 0 {
			t.From, t.To = 1, 1
		}
	}
	return t
}

// gate attaches the clause's gate.
func (h *Head) gate(b *contract.Builder) contract.Gate { return b.Gate(h.ID, h.terms(b.Grid())) }

// binding is the ending of what is said of a clause that is not firm, or not
// always in force.
func (h *Head) binding() string { return h.bindingOf("This applies") }

// bindingOf is the same of something that happens while the clause is in force.
func (h *Head) bindingOf(what string) string {
	s := ""
	switch {
	case h.If != "":
		s = fmt.Sprintf(" This binds once %s has happened.", h.eventName(h.If))
	case h.Binding == "conditional":
		s = " This binds on a condition that the file does not name; runs take it as met."
	case h.Likely != 0:
		s = fmt.Sprintf(" This states an intention and binds nobody; runs take it as carried out with a probability of %s.", unit.FormatRate(h.Likely))
	case h.Binding == "intent":
		s = " This states an intention and binds nobody; runs take it as carried out."
	}
	switch from, to := h.Since != (calendar.Date{}), h.Until != (calendar.Date{}); {
	case from && to:
		s += fmt.Sprintf(" %s from %s until %s.", what, h.Since, h.Until)
	case from:
		s += fmt.Sprintf(" %s from %s.", what, h.Since)
	case to:
		s += fmt.Sprintf(" %s until %s.", what, h.Until)
	}
	return s
}

// between checks that the clause runs from one role of the compute contract
// to the other.
func (h *Head) between(from, to string, in *Setting, r field.Report) {
	if h.From != from && h.From != "" {
		r.Fault("PARTY-ROLE", "from", "write "+from, "%s is not the party this clause starts from", in.Name(h.From))
	}
	if h.To != to && h.To != "" {
		r.Fault("PARTY-ROLE", "to", "write "+to, "%s is not the party this clause goes to", in.Name(h.To))
	}
}

// parties checks that giver and receiver differ.
func (h *Head) parties(in *Setting, r field.Report) {
	if h.From != "" && h.From == h.To {
		r.Fault("PARTY-SAME", "to", "name the other party", "%s cannot deal with itself", in.Name(h.From))
	}
}
