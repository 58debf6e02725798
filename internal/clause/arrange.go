// SPDX-License-Identifier: Apache-2.0

package clause

import "offtake/internal/contract"

// Arrange puts clauses in the order in which those of one stage run: by kind
// as in the catalogue, and among commitments a nested one before the one
// around it and a lower one before the one stacked on it. A commitment that
// refers to a clause that is not among them stands alone. What a clause needs
// to know of the others it is told here, in a copy.
func Arrange(clauses []Clause) []contract.Clause {
	var out []contract.Clause
	for _, k := range Catalog {
		var kind []Clause
		for _, c := range clauses {
			if c.Kind() == k.Name {
				kind = append(kind, c)
			}
		}
		for _, c := range arrangeKind(kind) {
			if x, ok := c.(social); ok {
				c = x.among(clauses)
			}
			out = append(out, settled(c, clauses))
		}
	}
	return out
}

// A social clause does something else for some of the others that it stands
// among.
type social interface {
	among(clauses []Clause) Clause
}

func arrangeKind(kind []Clause) []Clause {
	var out []Clause
	placed := map[string]bool{}
	var place func(c Clause)
	place = func(c Clause) {
		if placed[c.Head().ID] {
			return
		}
		placed[c.Head().ID] = true
		for _, other := range kind {
			if comesBefore(other, c) {
				place(other)
			}
		}
		out = append(out, alone(c, kind))
	}
	for _, c := range kind {
		place(c)
	}
	return out
}

// comesBefore tells whether a's ledger must be settled before b's.
func comesBefore(a, b Clause) bool {
	inner, ok := a.(*Commitment)
	if ok && inner.Within == b.Head().ID {
		return true
	}
	upper, ok := b.(*Commitment)
	return ok && upper.AfterOf == a.Head().ID
}

// alone drops a commitment's references to commitments that are not there, and
// tells a price of the others.
func alone(c Clause, among []Clause) Clause {
	if x, ok := c.(*Price); ok && len(among) > 1 {
		y := *x
		y.others = nil
		for _, other := range among {
			y.others = append(y.others, other.Head())
		}
		return &y
	}
	x, ok := c.(*Commitment)
	if !ok {
		return c
	}
	y := *x
	if !present(y.Within, among) {
		y.Within = ""
	}
	if !present(y.AfterOf, among) {
		y.AfterOf = ""
	}
	return &y
}

// settled is a clause on its own, with what it takes from others written into
// it: a purchase within a round has the round's price, and buys nothing where
// nobody leads the round. What draws into a note that is not there draws
// against the security that it states.
func settled(c Clause, among []Clause) Clause {
	switch x := c.(type) {
	case *Equity:
		if x.Within == "" {
			return c
		}
		y := *x
		if lead, is := find(among, x.Within).(*Equity); is {
			y.PreMoney, y.PerShare = lead.PreMoney, lead.PerShare
		} else {
			y.Amount.Value, y.ProRata = 0, nil
		}
		return &y
	case *Facility:
		if x.Into != "" && !present(x.Into, among) {
			y := *x
			y.Into = ""
			return &y
		}
	}
	return c
}

func present(id string, among []Clause) bool {
	return find(among, id) != nil
}
