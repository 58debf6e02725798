// SPDX-License-Identifier: Apache-2.0

package app

import (
	"offtake/internal/clause"
	"offtake/internal/deal"
	"offtake/internal/measure"
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

// Traced is what explain --json prints of a figure.
type Traced struct {
	Deal    DealID    `json:"deal"`
	Figure  Number    `json:"figure"`
	Doc     string    `json:"doc"`
	Amounts []Amount  `json:"amounts"`
	Flows   []Flow    `json:"flows"`
	Clauses []Said    `json:"clauses"`
	Inputs  []InputID `json:"inputs"`
}

// Amount is one amount that a figure is made of, as a present value. Where sign
// is not 0 the figure is the sum of sign x value.
type Amount struct {
	Label  string   `json:"label"`
	Clause string   `json:"clause,omitempty"`
	Kind   string   `json:"kind,omitempty"` // of flow
	Unit   string   `json:"unit"`
	Sign   float64  `json:"sign"`
	Value  *float64 `json:"value,omitempty"`
}

// TraceJSON is what Trace says as data.
func (r *Run) TraceJSON(figure string) (Traced, error) {
	i, err := r.findFigure(figure)
	if err != nil {
		return Traced{}, err
	}
	m := r.Base.Measures[i]
	sources := m.Sources(r.Base.Book)
	out := Traced{Deal: dealID(r.Deal, r.Source, r.Edits), Figure: r.baseNumber(i), Doc: sentence(m.Doc),
		Amounts: []Amount{}, Flows: flowsJSON(r.Deal, r.movesBehind(sources)), Clauses: []Said{}, Inputs: inputIDs(r.inputsBehind(m, sources))}
	for _, s := range sources {
		if s.Value != nil {
			unit := measure.Measure{Unit: s.Unit}
			out.Amounts = append(out.Amounts, Amount{s.Label, s.Clause, s.Kind, number(r.Deal, unit).Unit, s.Sign, finite(shown(unit, s.Value[0]))})
		}
	}
	for _, c := range r.Deal.Clauses {
		if behind(c.Head().ID, m, sources) {
			out.Clauses = append(out.Clauses, said(r.Deal, c))
		}
	}
	return out, nil
}
