// SPDX-License-Identifier: Apache-2.0

package clause

// A Kind is an entry of the catalogue: a clause's name in deal files and how
// to make an empty one with its defaults set.
type Kind struct {
	Name string
	Doc  string
	New  func() Clause
}

// Catalog is the vocabulary, in the order in which the clauses of one stage
// run when a deal has several kinds of them.
var Catalog = []Kind{
	{"capacity", "power and compute that the supplier promises, by chip generation", func() Clause { return NewCapacity() }},
	{"price", "what a unit of compute costs", func() Clause { return NewPrice() }},
	{"equity", "shares bought for cash or for credits", func() Clause { return NewEquity() }},
	{"facility", "money that may be drawn once milestones open it", func() Clause { return NewFacility() }},
	{"commitment", "a minimum of spend, and what happens when it is missed", func() Clause { return NewCommitment() }},
}

// Find is the catalogue's entry of that name.
func Find(name string) (Kind, bool) {
	for _, k := range Catalog {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}
