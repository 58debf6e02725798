// SPDX-License-Identifier: Apache-2.0

package deal

import (
	"offtake/internal/accounts"
	"offtake/internal/deal/read"
	"offtake/internal/field"
	"offtake/internal/policy"
	"offtake/internal/provider"
	"offtake/internal/world"
)

// A draft is a deal being read: what the file says in words that the deal keeps in
// another form.
type draft struct {
	*Deal
	version  int
	currency string
	step     string
	dayCount string
}

func newDraft() *draft {
	return &draft{Deal: &Deal{World: world.New(), Policy: policy.New(), Accounting: accounts.NewTerms(), Provider: provider.NewTerms()}, step: "month", dayCount: "actual/365"}
}

// Fields is the table of what a file may say. It points into a deal of its own, for
// documentation; the elements of clauses are mappings with one field, which is the
// name of an entry of clause.Catalog.
func Fields() []field.Field { return newDraft().fields() }

// fields is the table in the order of reading: later fields need the currency and the
// parties.
func (d *draft) fields() []field.Field { return append(d.termFields(), d.contextFields()...) }

func (d *draft) termFields() []field.Field {
	return []field.Field{
		{Name: "offtake", Kind: field.Count, Required: true, Into: &d.version, Doc: "version of the file format: 1"},
		{Name: "title", Kind: field.Text, Required: true, Into: &d.Title, Doc: "what to call the deal"},
		{Name: "archetype", Kind: field.Words, Choices: archetypeCodes(), Into: &d.Archetypes,
			Doc: "which of the usual forms of deal this is an example of, by their codes, one or several"},
		{Name: "currency", Kind: field.Text, Required: true, Into: &d.currency, Doc: "ISO 4217 code of the currency of all amounts, such as USD"},
		{Name: "signed", Kind: field.Date, Required: true, Into: &d.Signed, Doc: "the day of signing, on which the deal is valued"},
		{Name: "starts", Kind: field.Date, Required: true, Into: &d.Starts, Doc: "first day of the term; contract years run from it"},
		{Name: "term", Kind: field.Span, Required: true, Into: &d.Term, Doc: "how long the deal runs, such as 10y"},
		{Name: "step", Kind: field.Choice, Choices: []string{"month", "quarter", "year"}, Default: "month", Into: &d.step,
			Doc: "the length of a step of the time grid"},
		{Name: "day_count", Kind: field.Choice, Choices: []string{"actual/365", "30/360"}, Default: "actual/365", Into: &d.dayCount,
			Doc: "how days become years when flows are discounted"},
		{Name: "parties", Kind: field.Places, Required: true, Key: d.newParty,
			Doc: "who agrees, by a short name that clauses use; exactly one buyer and one supplier"},
		{Name: "clauses", Kind: field.List, Required: true, By: "id", Doc: "what is agreed: each element is one clause, under the name of its kind"},
	}
}

func (d *draft) contextFields() []field.Field {
	return []field.Field{
		{Name: "existing", Kind: field.List, Fields: d.newExisting, Doc: "stakes that parties held, and commitments that the buyer had, before the deal"},
		{Name: "elsewhere", Kind: field.List, By: "id", Fields: d.newMinimum, Doc: "what the buyer must spend with others"},
		{Name: "world", Kind: field.Group, Required: true, Fields: d.World.Fields, Doc: "what is believed about everything outside the agreement"},
		{Name: "policy", Kind: field.Group, Fields: d.Policy.Fields, Doc: "how the buyer decides"},
		{Name: "accounting", Kind: field.Group, Fields: d.Accounting.Fields, Doc: "judgements and numbers that the books of supplier and buyer need; offtake accounts uses them"},
		{Name: "provider", Kind: field.Group, Fields: d.Provider.Fields, Doc: "what the supplier builds for the deal, and how it pays for that; offtake provider uses it"},
		{Name: "sources", Kind: field.Places, Key: d.newSource, Doc: "documents that facts are taken from, by a short name"},
		{Name: "facts", Kind: field.Places, Key: d.newFact, Doc: "where values come from, by their paths; a fact covers all that is inside its path"},
		{Name: "assumptions", Kind: field.Places, Key: d.newAssumption, Doc: "why values that are no facts are what they are, by their paths"},
		{Name: "amendments", Kind: field.List, Fields: d.newAmendment, Doc: "restatements of the deal after its signing; all apply unless a run is as of an earlier day"},
		{Name: "alternatives", Kind: field.Places, Key: d.newAlternative, Doc: "what else the deal may be where sources disagree, by a short name; none applies unless it is asked for"},
		{Name: "scenarios", Kind: field.Places, Key: d.newScenario, Doc: "the world and the policy as others believe them to be, by a short name; none applies unless it is asked for"},
		{Name: "expect", Kind: field.List, Fields: d.newExpectation, Doc: "results that runs of the deal are held to"},
	}
}

func (d *draft) newParty(key string) field.Field {
	d.Parties = append(d.Parties, Party{Key: key})
	p := &d.Parties[len(d.Parties)-1]
	return group(key, "a party",
		field.Field{Name: "name", Kind: field.Text, Into: &p.Name, Doc: "what documents call it; without it, the short name stands"},
		field.Field{Name: "role", Kind: field.Choice, Choices: []string{Buyer, Supplier, Investor, Other}, Required: true, Into: &p.Role,
			Doc: "buyer takes compute, supplier supplies it"})
}

func (d *draft) newMinimum() []field.Field {
	d.Elsewhere = append(d.Elsewhere, Minimum{})
	m := &d.Elsewhere[len(d.Elsewhere)-1]
	amounts := func() []field.Field {
		return []field.Field{
			{Name: "table", Kind: field.Series, Item: field.Money, Min: field.At(0), Into: &m.Table, Doc: "an amount for each contract year of this deal"},
			{Name: "flat", Kind: field.Money, Min: field.At(0), Into: &m.flat, Doc: "the same in every contract year"},
		}
	}
	return []field.Field{
		{Name: "id", Kind: field.Text, Required: true, Into: &m.ID, Doc: "name of the minimum in this deal"},
		{Name: "with", Kind: field.Text, Required: true, Into: &m.With, Doc: "whom the buyer must pay"},
		{Name: "minimum", Kind: field.Variant, Required: true, Fields: amounts, Doc: "what must be spent in each contract year of this deal"},
	}
}

func (d *draft) newSource(key string) field.Field {
	d.Sources = append(d.Sources, Source{Key: key})
	s := &d.Sources[len(d.Sources)-1]
	return group(key, "a document",
		field.Field{Name: "publisher", Kind: field.Text, Required: true, Into: &s.Publisher, Doc: "who published it"},
		field.Field{Name: "title", Kind: field.Text, Required: true, Into: &s.Title, Doc: "what it is called"},
		field.Field{Name: "date", Kind: field.Date, Into: &s.Date, Doc: "when it was published"},
		field.Field{Name: "url", Kind: field.Text, Into: &s.URL, Doc: "where it can be read"})
}

func (d *draft) newFact(path string) field.Field {
	d.Facts = append(d.Facts, Fact{Path: read.Clean(path)})
	f := &d.Facts[len(d.Facts)-1]
	return group(path, "where a value comes from",
		field.Field{Name: "status", Kind: field.Choice, Choices: statuses, Required: true, Into: &f.Status,
			Doc: "how firm it is: filed with an authority, announced by a party, reported, or estimated by somebody"},
		field.Field{Name: "source", Kind: field.Text, Into: &f.Source, Doc: "short name of a source; needed but for an estimate"},
		field.Field{Name: "note", Kind: field.Text, Into: &f.Note, Doc: "what to know about it"})
}

func (d *draft) newAssumption(path string) field.Field {
	d.Assumptions = append(d.Assumptions, Assumption{Path: read.Clean(path)})
	return field.Field{Name: path, Kind: field.Text, Into: &d.Assumptions[len(d.Assumptions)-1].Reason, Doc: "why the value is what it is"}
}

func (d *draft) newExpectation() []field.Field {
	d.Expect = append(d.Expect, Expectation{Tolerance: 1e-9})
	e := &d.Expect[len(d.Expect)-1]
	return []field.Field{
		{Name: "measure", Kind: field.Text, Required: true, Into: &e.Measure, Doc: "name of the measure"},
		{Name: "party", Kind: field.Party, Into: &e.Party, Doc: "whose, where the measure is of a party"},
		{Name: "clause", Kind: field.Ref, Into: &e.Clause, Doc: "of which clause, where the measure is of one"},
		{Name: "period", Kind: field.Count, Min: field.At(1), Into: &e.Period, Doc: "which, from 1, where the measure is of a period"},
		{Name: "value", Kind: field.Number, Required: true, Into: &e.Value, Doc: "what it must come to, in the measure's unit"},
		{Name: "tolerance", Kind: field.Number, Default: "1e-9", Min: field.At(0), Into: &e.Tolerance, Doc: "how far off it may be, as a share of the value"},
		{Name: "note", Kind: field.Text, Into: &e.Note, Doc: "where the value comes from"},
		{Name: "as_of", Kind: field.Date, Into: &e.AsOf, Doc: "of the deal as restated up to that day; without it, of the deal with all its amendments"},
		{Name: "alternative", Kind: field.Text, Into: &e.Alternative, Doc: "of the deal in that alternative"},
		{Name: "scenario", Kind: field.Text, Into: &e.Scenario, Doc: "of the deal in that scenario"},
	}
}

// group is the field of a mapping.
func group(name, doc string, fields ...field.Field) field.Field {
	return field.Field{Name: name, Kind: field.Group, Doc: doc, Fields: func() []field.Field { return fields }}
}
