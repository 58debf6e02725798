// SPDX-License-Identifier: Apache-2.0

package rights

import (
	"slices"

	"offtake/internal/clause"
	"offtake/internal/contract"
	"offtake/internal/deal"
	"offtake/internal/measure"
)

// A Right is one right of a deal.
type Right struct {
	measure.Right
	What   string // what it is, as a phrase: draw rights
	Clause string // the clause that gives it
	Field  string // what of the clause gives it; "" where the whole clause is the right

	gives clause.Clause
	bare  clause.Clause // the clause without it; nil where the whole clause is the right
}

// Without is the deal without the right: its clause switched off, or without what gives it.
func (r *Right) Without(d *deal.Deal) *deal.Deal {
	if r.bare != nil {
		return d.Instead(r.bare)
	}
	out, err := d.Without(r.Clause)
	if err != nil {
		panic("rights: " + err.Error()) // a clause of the file that applies can be switched off
	}
	return out
}

// Gives is the clause that gives the right.
func (r *Right) Gives() clause.Clause { return r.gives }

// HasLines tells whether any line is the right's own.
func (r *Right) HasLines(p *contract.Program) bool {
	return slices.ContainsFunc(p.Lines(), func(l contract.Line) bool {
		return slices.Contains(r.Clauses, l.Clause) && (r.Kinds == nil || slices.Contains(r.Kinds, l.Kind))
	})
}

// Measured are the rights as measures know them.
func Measured(all []Right) []measure.Right {
	out := make([]measure.Right, len(all))
	for i := range all {
		out[i] = all[i].Right
	}
	return out
}

// Of are the rights of a deal, in the order of its clauses. What a clause gives beside its
// main purpose is named after clause and field: spend.exit.
func Of(d *deal.Deal) []Right {
	var out []Right
	for _, c := range d.Clauses {
		for _, r := range of(d, c) {
			id := c.Head().ID
			if r.Clause, r.gives = id, c; r.Field != "" {
				id += "." + r.Field
			}
			if r.ID = id; r.Clauses == nil {
				r.Clauses = []string{r.Clause}
			}
			out = append(out, r)
		}
	}
	return out
}

// whole is a right that is the whole of its clause.
func whole(holder, what string) []Right {
	return []Right{{Right: measure.Right{Holder: holder}, What: what}}
}

// part is a right that a field of a clause gives, with lines of some kinds of its own.
func part(holder, what, field string, bare clause.Clause, kinds ...string) []Right {
	return []Right{{Right: measure.Right{Holder: holder, Kinds: kinds}, What: what, Field: field, bare: bare}}
}

// noLines are the kinds of lines of a right that has none of its own.
const noLines = "none"

// of are the rights that a clause gives.
func of(d *deal.Deal, c clause.Clause) []Right {
	from, to, lab := c.Head().From, c.Head().To, d.Buyer()
	switch c := c.(type) {
	case *clause.Facility:
		out := whole(to, "right to draw")
		if c.DrawnBy == "lender" {
			out = whole(from, "right to pay in")
		}
		out[0].Clauses = []string{c.Head().ID}
		if c.Into != "" {
			out[0].Clauses = append(out[0].Clauses, c.Into)
		}
		return out
	case *clause.Warrant:
		return whole(to, "warrant")
	case *clause.Note:
		if c.Converts != nil {
			bare := *c
			bare.Converts, bare.Cap = nil, 0
			return part(from, "conversion of the note", "conversion", &bare, "note_for_shares", "conversion")
		}
	case *clause.Loan:
		if to == lab {
			return whole(to, "loan on its terms")
		}
	case *clause.Equity:
		return ofEquity(c)
	case *clause.Option:
		return whole(lab, "call on capacity")
	case *clause.Exclusivity:
		return whole(to, exclusivityWords(c))
	case *clause.Termination:
		return whole(leaver(d, c.By), "right to end the agreement")
	case *clause.Switching:
		return whole(lab, "right to switch")
	case *clause.Sale:
		return whole(from, "right to sell shares")
	case *clause.Extension:
		return whole(leaver(d, c.By), "right to extend the term")
	case *clause.Commitment:
		if c.Exit != nil {
			bare := *c
			bare.Exit = nil
			return part(lab, "right to leave", "exit", &bare, "exit_fee")
		}
	case *clause.Resale:
		return whole(lab, "right to sell on")
	case *clause.Right:
		if c.Worth != nil || c.Blocks == "exit" {
			return whole(to, "right beside the money")
		}
	}
	return nil
}

// ofEquity are what shares give beside a part of the company.
func ofEquity(c *clause.Equity) []Right {
	var out []Right
	if c.ProRata != nil {
		bare := *c
		bare.ProRata = nil
		out = append(out, part(c.Head().From, "pro rata in later rounds", "pro_rata", &bare, noLines)...)
	}
	if c.Preference != nil {
		bare := *c
		bare.Preference = nil
		out = append(out, part(c.Head().From, "preference over other shares", "preference", &bare, noLines)...)
	}
	return out
}

// leaver is who has a right to end the agreement; the lab where either side has.
func leaver(d *deal.Deal, by string) string {
	if by == "supplier" {
		return d.Supplier()
	}
	return d.Buyer()
}

// exclusivityWords is what a ladder is at its strongest.
func exclusivityWords(c *clause.Exclusivity) string {
	level := func(name string) bool {
		return slices.ContainsFunc(c.Ladder, func(g clause.Rung) bool { return g.Level == name })
	}
	switch {
	case level("exclusive"):
		return "exclusivity"
	case level("first_refusal"):
		return "right of first refusal"
	}
	return "preferred supplier"
}
