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
	{"default", "what follows when a party fails", func() Clause { return NewDefault() }},
	{"collateral", "cash locked for another party, and drawn on when its owner fails", func() Clause { return NewCollateral() }},
	{"guarantee", "what a third party pays when another fails to", func() Clause { return NewGuarantee() }},
	{"backstop", "capacity that a third party buys when the buyer leaves it", func() Clause { return NewBackstop() }},
	{"loan", "money lent at a stated rate", func() Clause { return NewLoan() }},
	{"charge", "a fee beside the price: by the month, for power, by the unit, or a cost passed on", func() Clause { return NewCharge() }},
	{"hardware", "machines that the customer brings or prepays", func() Clause { return NewHardware() }},
	{"lease", "rent for chips, halls or all compute, let by the supplier, the buyer or a third party", func() Clause { return NewLease() }},
	{"note", "money lent that may become shares", func() Clause { return NewNote() }},
	{"exclusivity", "how far need must be run with the supplier", func() Clause { return NewExclusivity() }},
	{"revenue_share", "a share of revenue that one party pays another", func() Clause { return NewRevenueShare() }},
	{"sale", "a holder's right to sell its shares to the market", func() Clause { return NewSale() }},
	{"grant", "stock given for no payment", func() Clause { return NewGrant() }},
	{"warrant", "the right to buy shares, vesting by volume and price", func() Clause { return NewWarrant() }},
	{"right", "a right beside the money: a licence, a seat, information, a partner's status", func() Clause { return NewRight() }},
	{"resale", "the right to sell on compute that is paid for and not needed", func() Clause { return NewResale() }},
	{"option", "the right to more capacity on agreed terms", func() Clause { return NewOption() }},
	{"damages", "what the supplier pays for compute that is promised and not delivered", func() Clause { return NewDelayDamages() }},
	{"termination", "the right to end the agreement, or a part of it", func() Clause { return NewTermination() }},
	{"switching", "the right to move to another provider under the European Union's Data Act", func() Clause { return NewSwitching() }},
	{"extension", "the right to extend the term", func() Clause { return NewExtension() }},
	{"prepayment", "what the buyer pays in advance, and how it is credited", func() Clause { return NewPrepayment() }},
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
