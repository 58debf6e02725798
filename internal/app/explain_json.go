// SPDX-License-Identifier: Apache-2.0

package app

import (
	"offtake/internal/clause"
	"offtake/internal/deal"
)

// Terms is what explain --json prints of a deal: the contract and what it rests
// on.
type Terms struct {
	Deal    DealID        `json:"deal"`
	Term    string        `json:"term"`
	Parties []PartyID     `json:"parties"`
	Clauses []Said        `json:"clauses"`
	Off     []SwitchedOff `json:"off"`
	Policy  []string      `json:"policy"`
	Inputs  []InputID     `json:"inputs"`
}

// Said is a clause in English.
type Said struct {
	ID      string `json:"id"`
	Kind    string `json:"kind"`
	Line    int    `json:"line,omitempty"` // in the file; not given where no line states it
	Binding string `json:"binding"`
	Implied bool   `json:"implied,omitempty"` // it applies because no clause states it
	Text    string `json:"text"`
}

// SwitchedOff is a clause that was switched off, and what holds without it.
type SwitchedOff struct {
	ID      string `json:"id"`
	Instead string `json:"instead"`
}

// InputID is an input with where it comes from.
type InputID struct {
	Path   string `json:"path"`
	Line   int    `json:"line,omitempty"` // not given for a value set for this run
	Value  string `json:"value"`          // as the file says it
	Status string `json:"status"`
	Source string `json:"source,omitempty"`
	Reason string `json:"reason,omitempty"`
	By     string `json:"by,omitempty"`   // what put it there after the signing
	Says   string `json:"says,omitempty"` // of an uncertain number, its distribution in words
}

// TermsJSON is the contract as data.
func TermsJSON(d *deal.Deal, src Source, e Edits) Terms {
	out := Terms{Deal: dealID(d, src, e), Term: d.Term.String(), Clauses: []Said{}, Off: []SwitchedOff{}, Policy: rules(d), Inputs: inputIDs(d.Inputs())}
	for _, p := range d.Parties {
		out.Parties = append(out.Parties, PartyID{p.Key, d.Name(p.Key), p.Role})
	}
	for _, c := range d.Clauses {
		out.Clauses = append(out.Clauses, said(d, c))
	}
	for _, c := range d.SwitchedOff() {
		out.Off = append(out.Off, SwitchedOff{c.Head().ID, c.Without().Says})
	}
	return out
}

func said(d *deal.Deal, c clause.Clause) Said {
	h := c.Head()
	s := Said{ID: h.ID, Kind: c.Kind(), Binding: h.Binding, Implied: d.Implied(h.ID), Text: c.Explain(d.Setting())}
	if at, ok := d.Place("clauses." + h.ID); ok {
		s.Line = at.Line
	}
	return s
}

func inputIDs(inputs []deal.Input) []InputID {
	out := []InputID{}
	for _, in := range inputs {
		out = append(out, InputID{in.Path, in.Place.Line, in.Text, in.Status, in.Source, in.Reason, in.By, in.Says})
	}
	return out
}
