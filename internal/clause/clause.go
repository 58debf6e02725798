// SPDX-License-Identifier: Apache-2.0

package clause

import (
	"offtake/internal/calendar"
	"offtake/internal/contract"
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
}

// fields is the part of the table that all clauses share.
func (h *Head) fields(from, to string) []field.Field {
	return []field.Field{
		{Name: "id", Kind: field.Text, Required: true, Into: &h.ID,
			Doc: "name of the clause in this deal, used by every figure and every reference"},
		{Name: "from", Kind: field.Party, Required: true, Into: &h.From, Doc: from},
		{Name: "to", Kind: field.Party, Required: true, Into: &h.To, Doc: to},
		{Name: "binding", Kind: field.Choice, Choices: []string{"firm", "conditional", "intent"}, Default: "firm", Into: &h.Binding,
			Doc: "whether the parties are bound, bound on a condition, or merely say what they intend; runs take the clause as performed whichever it is, and the term sheet says which"},
	}
}

// binding is the ending of a sentence about a clause that is not firm.
func (h *Head) binding() string {
	switch h.Binding {
	case "conditional":
		return " This binds on a condition; runs take it as met."
	case "intent":
		return " This states an intention and binds nobody; runs take it as performed."
	}
	return ""
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
